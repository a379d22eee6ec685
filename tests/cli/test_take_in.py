"""kg decide accept on what was dropped, on a stored graph."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.decisions import Reject, Relate, Retype, add, read

Kg = Callable[..., tuple[int, str, str]]
BASE = "https://kg.example/"
E = BASE + "entity/"
C = "https://w3id.org/evident-kg/company#"
FILE = Path("decisions.jsonl")
SENTENCE = "The Heron 9 won the Golden Anchor, which the Harbour Guild gives."
QUOTE = "Heron 9 won the Golden Anchor, which the Harbour Guild"


@pytest.fixture
def name(kg: Kg, boatyard: Path) -> str:
    """The id of the one candidate that was dropped."""
    rows = [json.loads(line) for line in kg("why-not", "-o", boatyard, "--format", "jsonl")[1].splitlines()]
    (found,) = [row["id"] for row in rows if row["kind"] == "dropped"]
    return str(found)


def test_the_id_does_not_change(name: str) -> None:
    assert name == "d-2748ed7ed7"


def test_what_was_dropped_becomes_a_fact_on_its_own_sentence(kg: Kg, boatyard: Path, name: str) -> None:
    options = ("--subject", "Larkspur", "--object", "Ines Falk", "--who", "ann", "--why", "so it is")
    code, out, err = kg("decide", "accept", name, "-o", boatyard, *options)
    (made,) = read(FILE).lines
    assert (code, out) == (0, "")
    assert f"decided ({made.id} in decisions.jsonl)" in err
    assert made == Relate(
        E + "larkspur-marine",
        C + "founder",
        BASE + "person/ines-falk",
        document="larkspur-profile",
        sentence=SENTENCE,
        quote=QUOTE,
        who="ann",
        when=made.when,
        why="so it is",
    )
    assert kg("undo", "-o", boatyard)[0] == 0
    assert read(FILE).in_force == ()
    assert kg("decide", "list", "--all", "-o", boatyard)[1].count(QUOTE) == 1  # in the sentence


def test_ends_that_do_not_fit_are_told_and_nothing_is_written(kg: Kg, boatyard: Path, name: str) -> None:
    code, _, err = kg("decide", "accept", name, "-o", boatyard)
    assert code == 2
    assert "founder asks for another subject than 'Heron 9', which is read as vehicle" in err
    assert f"kg decide retype {E}heron-9 CLASS gives it another class (Brand, Organization)" in err
    assert kg("decide", "accept", name, "--retype", "-o", boatyard)[0] == 2  # one of several classes
    assert not FILE.exists()


def test_ends_are_given_the_class_that_is_asked_for(kg: Kg, boatyard: Path, name: str) -> None:
    options = ("--subject", "Larkspur", "--object", "Tønder", "-o", boatyard)
    assert "--retype gives it that class" in kg("decide", "accept", name, *options)[2]
    code, _, err = kg("decide", "accept", name, "--retype", *options)
    assert code == 0
    retype, relate = read(FILE).in_force
    assert isinstance(retype, Retype)
    assert (retype.entity, retype.type) == (BASE + "place/tønder", C + "Person")
    assert relate.do == "relate"
    assert err.count("decided (") == 2


def test_a_class_that_was_decided_and_not_built_counts(kg: Kg, boatyard: Path, name: str) -> None:
    add(FILE, Retype(E + "heron-9", C + "Organization"))
    assert kg("decide", "accept", name, "--object", "Ines Falk", "-o", boatyard)[0] == 0


def test_what_is_not_in_the_graph_is_asked_for(kg: Kg, boatyard: Path, name: str) -> None:
    code, _, err = kg("decide", "accept", name, "--subject", "Larkspur", "--object", "Ada Holm", "-o", boatyard)
    assert code == 2
    assert "nothing in the graph is called 'Ada Holm', its object" in err
    assert "--object NAME tells what it is, --new CLASS makes it" in err
    options = ("--subject", "Larkspur", "--object", "Ada Holm", "--new", "Person")
    assert kg("decide", "accept", name, *options, "-o", boatyard)[0] == 0
    (made,) = read(FILE).lines
    assert isinstance(made, Relate)
    assert [(one.label, one.type) for one in made.new] == [("Ada Holm", C + "Person")]


def test_one_thing_is_no_pair(kg: Kg, boatyard: Path, name: str) -> None:
    code, _, err = kg("decide", "accept", name, "--subject", "Larkspur", "--object", "LM", "-o", boatyard)
    assert code == 2
    assert "one thing in the graph" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("d-0123456789",), "no candidate 'd-0123456789' was dropped"),
        (("d-01",), "no statement 'd-01'"),
        (("a37874f2dce50694", "--retype"), "only a dropped candidate is told more of"),
        (("Larkspur", "produces", "Heron 9", "--new", "Person"), "only a dropped candidate is told more of"),
    ],
)
def test_what_means_nothing_is_a_usage_error(kg: Kg, boatyard: Path, arguments: tuple[str, ...], said: str) -> None:
    code, _, err = kg("decide", "accept", *arguments, "-o", boatyard)
    assert code == 2
    assert said in err
    assert not FILE.exists()


def test_a_property_of_dates_takes_dates_whatever_it_calls_its_range(kg: Kg, boatyard: Path) -> None:
    assert kg("decide", "relate", "Larkspur", "foundingDate", "spring", "--source", "x", "-o", boatyard)[0] == 2
    assert not FILE.exists()


def test_the_reject_that_stands_in_the_way_is_named(boatyard: Path) -> None:
    from dataclasses import replace

    from kg.deciding import Deciding, Signature
    from kg.dropped import Candidate, Wish, accepted
    from kg.errors import UsageError
    from kg.ontology import load, shipped
    from kg.store import Store
    from tests.cli.conftest import DROPPED

    found = Candidate("larkspur-profile", replace(DROPPED, reason="rejected by ann: no"), SENTENCE)
    made = Reject("s", C + "founder", "o", "larkspur-profile", SENTENCE)
    with Store.view(boatyard) as store, pytest.raises(UsageError) as told:
        accepted(store, found, Deciding(store, Signature()), load([shipped("company.ttl")]), Wish(), [made])
    assert str(told.value).startswith("it was rejected by ann: no")
    assert f"kg undo {made.id} takes that back" in str(told.value)
