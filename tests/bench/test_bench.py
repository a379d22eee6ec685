"""The parts of the benchmarks that decide what is measured, and what counts as met."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import overhead
import pytest
import scores
import startup
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Problem
from kg.read import read

ROOT = Path(__file__).parents[2]


TEXT = "In May, Orla Quist of Halm Bakery met the bakery's founder. QUIST: Halm is small. Nobody laughed."
VARIED = frozenset({"orla", "quist", "halm"})


def test_names_stand_inside_a_sentence_and_nowhere_in_lower_case() -> None:
    assert overhead.names([TEXT], frozenset()) == VARIED


def test_names_leave_out_what_is_kept() -> None:
    assert overhead.names([TEXT], frozenset({"halm"})) == VARIED - {"halm"}


def test_the_first_copy_is_the_text_itself() -> None:
    assert overhead.vary(TEXT, 0, VARIED) == TEXT


def test_a_name_is_the_same_wherever_it_stands() -> None:
    varied = overhead.vary(TEXT, 7, VARIED)
    mixed, upper = re.search(r"O\w+ (Q\w+) of", varied), re.search(r"(Q\w+):", varied)
    assert mixed is not None
    assert upper is not None
    assert mixed[1].upper() == upper[1] != "QUIST"


def test_names_vary_after_a_line_end_in_json() -> None:
    assert overhead.vary(r"\n\nQuist", 1, VARIED) == r"\n\n" + overhead.vary("Quist", 1, VARIED)


@given(st.integers(0, 99), st.integers(0, 99))
def test_a_hundred_copies_differ(one: int, other: int) -> None:
    same = overhead.vary("Quist 奥野", one, VARIED) == overhead.vary("Quist 奥野", other, VARIED)
    assert same == (one == other)


@given(st.text(), st.integers(0, 500))
def test_varying_keeps_every_place_in_the_text(text: str, copy: int) -> None:
    varied = overhead.vary(text, copy, VARIED)
    assert len(varied) == len(text)
    assert varied.split() == [] if not text.split() else len(varied.split()) == len(text.split())


def test_the_corpus_has_the_words_and_an_id_for_each_document(tmp_path: Path) -> None:
    words = overhead.write_corpus(ROOT / "data", tmp_path / "corpus", 14_000)
    found = list(read([str(tmp_path / "corpus")], max_bytes=1 << 24))
    documents = [item for item in found if isinstance(item, Document)]
    assert [item for item in found if isinstance(item, Problem)] == []
    assert 14_000 <= words < 15_500
    # The words are counted before names are varied, which changes none of them.
    assert words == sum(len(document.text.split()) for document in documents)
    assert len({document.text for document in documents}) == len(documents)


def test_growth_leaves_out_what_does_not_grow_and_counts_by_the_word() -> None:
    small = overhead.Times(
        bare=1.0, ours=0.6, build=1.5, stages={"ontology": 0.2, "phrases": 0.3}, summary="", memory=0.0
    )
    large = overhead.Times(
        bare=8.0, ours=4.8, build=12.5, stages={"ontology": 0.2, "phrases": 0.3}, summary="", memory=0.0
    )
    assert overhead.growth(small, 100, large, 800) == pytest.approx(15.0)


def test_the_clock_shares_all_time_out_by_stage() -> None:
    clock = overhead.Clock()
    for stage, done in (("reading", 1), ("loading the language model", 0), ("extracting", 0), ("resolving", 0)):
        clock.tell(stage, done, 3)
    for done in range(3):
        clock.tell("writing", done, 2)
    assert list(clock.stop()) == [
        "ontology",
        "reading",
        "phrases",
        "annotate, extract, link",
        "resolve",
        "page",
        "report",
        "publish",
    ]


@pytest.mark.parametrize(
    ("seconds", "packages", "wrong"),
    [
        (0.1, ["click"], []),
        (0.5, ["click"], ["takes more than 0.4 s"]),
        (0.1, ["spacy", "pyvis", "numpy"], ["loads pyvis", "loads spacy"]),
    ],
)
def test_a_start_is_judged_by_time_and_packages(seconds: float, packages: list[str], wrong: list[str]) -> None:
    assert startup.verdict(seconds, packages) == wrong


def test_the_help_loads_no_language_model() -> None:
    packages = startup.loaded(["--help"])
    assert "click" in packages
    assert not startup.FORBIDDEN & packages


def scored(f1: float = 0.7, precision: float = 0.8, traps: int = 1) -> dict[str, Any]:
    score = {"precision": precision, "recall": 0.6, "f1": f1, "right": 8, "predicted": 10, "gold": 12}
    parts: dict[str, Any] = {part: {"one": dict(score)} for part in scores.PARTS}
    return {"facts": score, "entities": dict(score), "traps_sprung": traps, "traps_set": 5, **parts}


@pytest.mark.parametrize(
    ("now", "count"),
    [
        (scored(), 0),
        (scored(f1=0.695), 0),  # by the slack, and not more
        (scored(f1=0.694), 2),
        (scored(precision=0.79), 2),
        (scored(traps=2), 1),
        (scored(f1=0.9, precision=0.9, traps=0), 0),
    ],
)
def test_a_score_has_fallen_by_more_than_the_slack(now: dict[str, Any], count: int) -> None:
    assert len(scores.fallen(now, scored())) == count


def test_the_table_shows_what_changed() -> None:
    lines = list(scores.table(scored(f1=0.75), scored(f1=0.70)))
    assert lines[1].split() == ["facts", "0.800", "0.600", "0.750", "8", "10", "12", "+0.050"]
    assert "traps sprung: 1 of 5, 1 before" in lines
    assert not any("+" in line for line in scores.table(scored(), None))


def test_scorers_are_compared_in_what_both_tell() -> None:
    ours, theirs = scored(), scored(f1=0.71)
    del theirs["genres"]
    assert {line.partition(":")[0] for line in scores.disagreements(ours, theirs)} == {
        "documents",
        "entities",
        "facts",
        "properties",
    }
    assert scores.disagreements(ours, scored()) == []


def test_another_scorer_gets_the_rows_as_json_lines(tmp_path: Path) -> None:
    script = tmp_path / "count.py"
    script.write_text(
        "import json, sys\nprint(json.dumps({'rows': [json.loads(line)['id'] for line in open(sys.argv[1])]}))\n",
        encoding="utf-8",
    )
    assert scores.scored_by(script, [{"id": "a"}, {"id": "b"}], tmp_path) == {"rows": ["a", "b"]}


def test_another_scorer_that_fails_is_told(tmp_path: Path) -> None:
    script = tmp_path / "fail.py"
    script.write_text("import sys\nsys.exit('no gold')\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="no gold"):
        scores.scored_by(script, [], tmp_path)


def test_scores_are_called_by_the_last_two_parts_of_their_folder() -> None:
    assert scores.name_of(ROOT / "tests" / "gold") == "tests-gold"


@pytest.mark.parametrize("file", sorted((ROOT / "bench" / "scores").glob("*-gold.json")), ids=lambda path: path.stem)
def test_committed_scores_tell_date_versions_and_every_part(file: Path) -> None:
    record = json.loads(file.read_text(encoding="utf-8"))
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", record["date"])
    assert record["versions"].keys() == {"evident-kg", "model", "ontology", "spaCy"}
    assert record.keys() >= {"facts", "entities", "traps_sprung", "traps_set", *scores.PARTS}
