"""kg try: the rendering by a trial made by hand, and the whole way with the language model."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli.trial import print_trial
from kg.trial import Trial, TriedCandidate, TriedClause, TriedMention, TriedRelation

Kg = Callable[..., tuple[int, str, str]]

TEXT = "Larkspur Marine Ltd makes the Heron 9."


def trial(*, added: bool) -> Trial:
    return Trial(
        TEXT,
        (TriedClause("Larkspur Marine", "makes", ("the Heron 9", "in Tønder"), "asserted", 0, 33),),
        (TriedMention("It", 0, 2, "reference", "", "Larkspur Marine"),),
        (TriedRelation("Larkspur Marine", "produces", "Heron 9", "asserted", "?s makes ?o", 0.9, "…", 0, 33, added),),
        (TriedCandidate("Heron 9", "founder", "way", "says too little", "?o founded ?s", "…", 0, 33, False),),
        (),
    )


def test_each_step_is_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    print_trial(trial(added=False))
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "  " not in line and line] == [
        "clauses",
        "mentions",
        "statements",
        "dropped candidates",
    ]
    assert any("the Heron 9 | in Tønder" in line for line in lines)
    assert any(line.split() == ["It", "reference", "unknown", "Larkspur", "Marine"] for line in lines)
    assert not any(line.startswith("+") for line in lines)


def test_what_a_further_phrase_adds_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    print_trial(trial(added=True))
    marked = [line for line in capsys.readouterr().out.splitlines() if line.startswith("+")]
    assert len(marked) == 1
    assert "produces" in marked[0]


def test_an_empty_step_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    print_trial(Trial(TEXT, (), (), (), (), ()))
    assert capsys.readouterr().out.splitlines() == [
        "clauses: none",
        "",
        "mentions: none",
        "",
        "statements: none",
        "",
        "dropped candidates: none",
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([" "], "no text to try"),
        ([TEXT, "--date", "May"], "is no date"),
        ([TEXT, "--phrase", "produces"], "no property with a phrase"),
        ([TEXT, "--phrase", "prodces=?s makes ?o"], "produces"),
        ([TEXT, "--model", "xx_no_such_model"], "not installed"),
        ([TEXT, "--ontology", "missing.ttl"], "missing.ttl"),
    ],
)
def test_what_cannot_be_used(arguments: list[str], says: str, kg: Kg) -> None:
    code, out, err = kg("try", *arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert list(Path().iterdir()) == []


@pytest.mark.model
def test_the_whole_way(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, err = kg("try", TEXT)
    assert (code, err) == (0, "")
    assert any(line.startswith("Larkspur Marine Ltd  produces") for line in out.splitlines())
    monkeypatch.setattr("sys.stdin", io.StringIO(TEXT))
    assert kg("try", "-") == (code, out, err)
    found = json.loads(kg("try", TEXT, "--json")[1])
    assert [(r["subject"], r["predicate"], r["object"]) for r in found["relations"]] == [
        ("Larkspur Marine Ltd", "produces", "Heron 9")
    ]


@pytest.mark.model
def test_a_sentence_is_tried_where_it_stands(kg: Kg) -> None:
    Path("note.txt").write_text("Larkspur Marine Ltd is old. It hammers the Heron 9.", encoding="utf-8")
    assert kg("build", "note.txt", "-o", "graph", "-q")[0] == 0
    command = ("try", "It hammers the Heron 9.", "--phrase", "produces=?s hammers ?o", "-o", "graph", "--document")
    code, out, err = kg(*command, "note")
    assert (code, err) == (0, "")
    assert any(line.startswith("+  Larkspur Marine Ltd  produces") for line in out.splitlines())
    code, out, err = kg(*command, "nota")
    assert (code, out) == (2, "")
    assert "no document 'nota' is kept in graph" in err


@pytest.mark.model
def test_notices_go_to_standard_error(kg: Kg) -> None:
    code, _, err = kg("try", TEXT, "--phrase", "produces=?s makes things")
    assert code == 0
    assert err.startswith("note: the phrase '?s makes things' of produces cannot be used: ")
