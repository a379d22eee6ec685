"""What counts in passages."""

from __future__ import annotations

import json
from pathlib import Path

import passages
import pytest

from kg.model import Annotation, Document, Mention, Span, Value

TEXT = "Norvia was set up in May 2016. We employ 40 people."
PASSAGE = {
    "text": TEXT,
    "mentions": [["Norvia", "Organization"], ["We", "Organization"], ["May 2016", "Date"], ["40", "Number"]],
    "facts": [["Norvia", "foundingDate", "May 2016"], ["We", "numberOfEmployees", "40"]],
    "tags": ["news"],
}


def test_literals_are_normalised_and_untold_subjects_left_out() -> None:
    date = Mention(Span(21, 29), "May 2016", "value", value=Value("2016-05", "gYearMonth"))
    annotation = Annotation(Document("a", TEXT, "a"), (), (date,))
    gold = passages.gold_of("a", PASSAGE, annotation)
    assert gold["facts"] == [{"s": "Norvia", "p": "foundingDate", "o": "2016-05"}]
    assert [entity["name"] for entity in gold["entities"]] == ["Norvia", "We"]


def test_each_line_is_a_passage_named_by_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "part1.jsonl"
    file.write_text(f"{json.dumps(PASSAGE)}\n" * 2, encoding="utf-8")
    assert [name for name, _ in passages.passages([file])] == ["part1-001", "part1-002"]


def test_a_folder_is_scored_with_its_own_ontology(tmp_path: Path) -> None:
    file = tmp_path / "part1.jsonl"
    file.touch()
    folder = tmp_path / "rivers"
    folder.mkdir()
    assert list(passages.groups([file, folder])) == [
        ("passages", [file], None),
        ("rivers", [folder / "passages.jsonl"], folder / "ontology.ttl"),
    ]


@pytest.mark.model
def test_a_passage_is_scored(tmp_path: Path) -> None:
    file = tmp_path / "part1.jsonl"
    file.write_text(json.dumps(PASSAGE), encoding="utf-8")
    found = passages.score([file])
    # What it finds of "we" counts against it: the annotator left that subject untold.
    assert (found.facts.right, found.facts.predicted, found.facts.gold) == (1, 2, 1)
