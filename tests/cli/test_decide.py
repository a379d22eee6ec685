"""kg decide and kg undo on a stored graph."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.decisions import Accept, Apart, Merge, Reject, Relate, Rename, Retype, Split, read

Kg = Callable[..., tuple[int, str, str]]
BASE = "https://kg.example/"
E = BASE + "entity/"
C = "https://w3id.org/evident-kg/company#"
FALK = BASE + "person/ines-falk"


def decided(folder: Path) -> list[dict[str, object]]:
    return [json.loads(text) for text in (folder / "decisions.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_statement_is_rejected_by_its_id(kg: Kg, boatyard: Path, tmp_path: Path) -> None:
    code, out, err = kg("decide", "reject", "a37874f2dce50694", "-o", boatyard, "--who", "ann", "--why", "sold in 2019")
    (made,) = read(tmp_path / "decisions.jsonl").lines
    assert (code, out) == (0, "")
    assert made.id in err
    assert isinstance(made, Reject)
    assert (made.subject, made.predicate, made.object) == (E + "larkspur-marine", C + "produces", E + "heron-9")
    assert (made.document, made.sentence) == (
        "larkspur-profile",
        "It makes the Heron 9, a small sailing boat, for 29,990 euros.",
    )
    assert (made.who, made.why) == ("ann", "sold in 2019")
    assert made.when.endswith("Z")


@pytest.mark.parametrize("name", ["ev:a37874f2dce50694", BASE + "statement/a37874f2dce50694"])
def test_a_statement_may_be_named_as_a_query_shows_it(name: str, kg: Kg, boatyard: Path, tmp_path: Path) -> None:
    assert kg("decide", "accept", name, "-o", boatyard)[0] == 0
    (made,) = read(tmp_path / "decisions.jsonl").lines
    assert isinstance(made, Accept)


@pytest.mark.parametrize(
    ("words", "target"),
    [
        (("Larkspur", "produces", "Heron 9"), E + "heron-9"),
        (("Larkspur Marine", "was founded in", "2007-04"), "2007-04"),
        (("Ines Falk", "jobTitle", "Managing Director"), "managing director"),
        (("Heron 9", "price", "29990 EUR"), "29990 EUR"),
    ],
)
def test_a_fact_is_rejected_by_its_names(
    words: tuple[str, str, str], target: str, kg: Kg, boatyard: Path, tmp_path: Path
) -> None:
    assert kg("decide", "reject", *words, "-o", boatyard)[0] == 0
    (made,) = read(tmp_path / "decisions.jsonl").lines
    assert isinstance(made, Reject)
    assert (made.object, made.document, made.sentence) == (target, "", "")


def test_every_other_kind(kg: Kg, boatyard: Path, tmp_path: Path) -> None:
    for arguments in (
        ("merge", "Larkspur Marine", "ostrava sails"),
        ("apart", "Heron 9", "Heron 12"),
        ("split", "Larkspur", "--document", "falk interview", "--name", "LM"),
        ("rename", "Heron 9", " Heron IX "),
        ("retype", "Heron 9", "Vehicle"),
        ("relate", "Larkspur", "produces", "Heron 12", "--source", "catalogue"),
        ("relate", "Larkspur", "foundingDate", "2007", "--document", "falk interview", "--sentence", "We did."),
        ("relate", "Larkspur", "produces", "Heron 14", "--new", "Vehicle", "--source", "catalogue"),
    ):
        code, _, err = kg("decide", *arguments, "-o", boatyard, "--who", "ann")
        assert (code, err.count("decided")) == (0, 1), err
    merge, apart, split, rename, retype, fact, dated, new = read(tmp_path / "decisions.jsonl").lines
    assert isinstance(merge, Merge)
    assert merge.entities == (E + "larkspur-marine", E + "ostrava-sails")
    assert isinstance(apart, Apart)
    assert isinstance(split, Split)
    assert (split.documents, split.names) == (("falk interview",), ("LM",))
    assert isinstance(rename, Rename)
    assert rename.label == "Heron IX"
    assert isinstance(retype, Retype)
    assert retype.type == C + "Vehicle"
    assert isinstance(fact, Relate)
    assert (fact.object, fact.datatype) == (E + "heron-12", None)
    assert isinstance(dated, Relate)
    assert (dated.object, dated.datatype) == ("2007", "gYear")
    assert isinstance(new, Relate)
    assert [(one.iri, one.label) for one in new.new] == [(BASE + "added/heron-14", "Heron 14")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("reject", "0000000000000000"), "no statement '0000000000000000'"),
        (("reject", "Larkspur", "produces"), "name a statement by its id, or a fact"),
        (("reject", "Nobody", "produces", "Heron 9"), "nothing in the graph is called 'Nobody'"),
        (("accept", "Larkspur", "eats", "Heron 9"), "no predicate is called 'eats'"),
        (("merge", "Larkspur", "LM"), "that takes two entities"),
        (("split", "Larkspur"), "nothing tells what to split off"),
        (("split", "Larkspur", "--document", "falk"), "no document 'falk'"),
        (("rename", "Larkspur", " "), "the new name is empty"),
        (("retype", "Larkspur", "Spaceship"), "the ontology has no class 'Spaceship'"),
        (("relate", "Larkspur", "produces", "Heron 12"), "where is it known from?"),
        (("relate", "Larkspur", "produces", "Heron 14", "--source", "x"), "nothing in the graph is called 'Heron 14'"),
        (("relate", "Larkspur", "foundingDate", "spring", "--source", "x"), "'spring' is not a date"),
    ],
)
def test_what_means_nothing_is_a_usage_error_and_writes_nothing(
    arguments: tuple[str, ...], said: str, kg: Kg, boatyard: Path, tmp_path: Path
) -> None:
    code, out, err = kg("decide", *arguments, "-o", boatyard)
    assert (code, out) == (2, "")
    assert said in err
    assert not (tmp_path / "decisions.jsonl").exists()


def test_the_list_and_undo(kg: Kg, boatyard: Path, tmp_path: Path) -> None:
    kg("decide", "rename", "Heron 9", "Heron IX", "-o", boatyard, "--who", "ann", "--why", "so they say")
    kg("decide", "rename", "Heron 9", "Heron X", "-o", boatyard, "--who", "ben")
    code, out, err = kg("decide", "list", "-o", boatyard)
    (row,) = out.splitlines()[2:]
    assert (code, err) == (0, "")
    assert "heron-9  Heron X" in " ".join(row.split()).replace(" Heron X", "  Heron X")
    assert len(json.loads(kg("decide", "list", "--all", "--json", "-o", boatyard)[1])) == 2
    assert kg("undo", "-o", boatyard)[0] == 0
    (held,) = json.loads(kg("decide", "list", "--json", "-o", boatyard)[1])
    assert (held["label"], held["who"], held["why"]) == ("Heron IX", "ann", "so they say")
    assert kg("undo", held["id"][:5], "-o", boatyard)[0] == 0
    code, out, err = kg("decide", "list", "-o", boatyard)
    assert (code, err) == (0, "no decision in decisions.jsonl\n")
    code, _, err = kg("undo", "-o", boatyard)
    assert (code, "no decision to take back" in err) == (2, True)
    assert [row["do"] for row in decided(tmp_path)] == ["rename", "rename", "undo", "undo"]


def test_a_line_that_cannot_be_read_is_told_and_not_lost(kg: Kg, boatyard: Path, tmp_path: Path) -> None:
    (tmp_path / "decisions.jsonl").write_text("{\n")
    kg("decide", "rename", "Heron 9", "Heron IX", "-o", boatyard)
    _, out, err = kg("decide", "list", "-o", boatyard)
    assert "Heron IX" in out
    assert "decisions.jsonl:1: no decision" in err
    assert (tmp_path / "decisions.jsonl").read_text().startswith("{\n")


def test_a_project_keeps_its_decisions_wherever_one_stands(
    kg: Kg, boatyard: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kg.toml").write_text("")
    below = tmp_path / "data"
    below.mkdir()
    monkeypatch.chdir(below)
    assert kg("decide", "rename", "Heron 9", "Heron IX", "-o", boatyard)[0] == 0
    assert len(decided(tmp_path)) == 1


def test_explain_shows_the_ids(kg: Kg, boatyard: Path) -> None:
    _, out, _ = kg("explain", "Larkspur", "produces", "Heron 9", "-o", boatyard)
    assert "    statement   a37874f2dce50694" in out
