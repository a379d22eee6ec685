from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.ontology import load, shipped
from kg.train.examples import Example, marked
from kg.train.oskgc import keys_of
from kg.train.public import core, dfki, parted, redocred, spaced


@pytest.fixture(scope="module")
def keys() -> dict[str, str]:
    return keys_of(load([shipped("company.ttl")]))


def told(example: Example) -> set[tuple[str, str, str]]:
    return {(s, p.rpartition("/")[2].rpartition("#")[2], o) for s, p, o in marked(example)}


def core_row(relation: str, invert: int = 0) -> dict[str, object]:
    words = "Arrol Works , a firm , and Besk Corp".split()
    place = {"e1_start": 0, "e1_end": 1, "e2_start": 7, "e2_end": 8}
    return {"relation": relation, "invert_relation": invert, "context": words, **place}


@pytest.mark.parametrize(
    ("row", "facts"),
    [
        (core_row("acquired_by"), {("Besk Corp", "acquired", "Arrol Works")}),
        (core_row("acquired_by", 1), {("Arrol Works", "acquired", "Besk Corp")}),
        (core_row("shareholder_of"), {("Arrol Works", "investedIn", "Besk Corp")}),
        (
            core_row("competitor_of"),
            {("Arrol Works", "competesWith", "Besk Corp"), ("Besk Corp", "competesWith", "Arrol Works")},
        ),
        (core_row("undefined"), set()),
        (core_row("traded_on"), set()),
    ],
)
def test_core(tmp_path: Path, keys: dict[str, str], row: dict[str, object], facts: set[tuple[str, str, str]]) -> None:
    (tmp_path / "core.json").write_text(json.dumps([row]))
    [example] = core(tmp_path / "core.json", "core", keys)
    assert example.text == "Arrol Works, a firm, and Besk Corp"
    assert told(example) == facts
    assert not example.complete


def test_dfki_gathers_the_pairs_of_a_sentence(tmp_path: Path, keys: dict[str, str]) -> None:
    words = "We make hats and Besk makes shoes .".split()
    rows = [
        {"tokens": words, "label": label, "entities": entities, "type": ["ORGANIZATION", "PRODUCT"]}
        for label, entities in (
            ("CompanyProvidesProduct", [[0, 1], [2, 3]]),
            ("no_relation", [[0, 1], [6, 7]]),
            ("CompanyProvidesProduct", [[4, 5], [6, 7]]),
        )
    ]
    with gzip.open(tmp_path / "d.jsonl.gz", "wt") as file:
        file.write("\n".join(map(json.dumps, rows)))
    [example] = dfki(tmp_path / "d.jsonl.gz", "dfki", keys)
    assert [example.text[b:e] for b, e, _ in example.mentions] == ["We", "hats", "Besk", "shoes"]
    assert told(example) == {("We", "produces", "hats"), ("Besk", "produces", "shoes")}


def test_redocred_has_what_stands_in_a_window(tmp_path: Path) -> None:
    def mention(name: str, sentence: int, first: int, end: int, kind: str) -> dict[str, object]:
        return {"name": name, "sent_id": sentence, "pos": [first, end], "type": kind}

    article = {
        "title": "Anna Besk",
        "sents": [
            ["Anna", "Besk", "was", "born", "in", "Abton", "."],
            ["She", "left", "."],
            ["A", "."],
            ["Abton", "."],
        ],
        "vertexSet": [
            [mention("Anna Besk", 0, 0, 2, "PER")],
            [mention("Abton", 0, 5, 6, "LOC"), mention("Abton", 3, 0, 1, "LOC")],
        ],
        "labels": [{"h": 0, "t": 1, "r": "P19", "evidence": [0]}],
    }
    (tmp_path / "r.json").write_text(json.dumps([article]))
    one, other = redocred(tmp_path / "r.json", "r", {"P19": "born", "PER": "person"})
    assert told(one) == {("Anna Besk", "born", "Abton")}
    assert one.mentions[0] == (0, 9, "person")
    assert other.text == "Abton."
    assert not other.links
    assert one.document == other.document == "Anna Besk"


def test_tokens_stand_in_the_text_where_it_says() -> None:
    sentences = [["Dogs", "(", "old", ")", ",", "do", "n't", "bark", "."], ["So", "?"]]
    text, starts = spaced(sentences)
    assert text == "Dogs (old), don't bark. So?"
    assert [[text[b:e] for b, e in places] for places in starts] == sentences


def test_what_is_held_is_never_learned_from() -> None:
    texts = [f"sentence {n if n % 10 else 3}" for n in range(100)]  # each tenth is that of another row
    found = [Example(text, (), (), "v", document=f"d{n // 2}" if n > 60 else "") for n, text in enumerate(texts)]
    learned, held = parted(found, held=False), parted(found, held=True)
    assert len(learned) > 60
    assert len(held) > 5
    assert "sentence 3" not in {example.text for example in held}
    assert not {example.text for example in learned} & {example.text for example in held}
    assert not {example.document for example in learned if example.document} & {example.document for example in held}
