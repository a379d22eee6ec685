"""Which verdict is on a statement: the last, the closest, and on the same thing however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.decisions import Accept, Reject, Verdict
from kg.verdicts import Verdicts

FACT = ("s", "p", "o")


def on(*made: Verdict, fact: tuple[str, str, str] = FACT, sentence: str = "It is so.") -> Verdict | None:
    known = {"old": "s"}
    return Verdicts(made, known, lambda predicate: predicate == "both").on(fact, "d", sentence)


def test_without_a_verdict_there_is_none() -> None:
    assert on() is None
    assert on(Accept("s", "p", "x"), Accept("o", "p", "s"), Reject("s", "p", "o", "other")) is None


def test_the_last_holds() -> None:
    first, last = Accept("s", "p", "o"), Reject("s", "p", "o", "d")
    assert on(first, last) is last
    assert on(last, first) is first


def test_one_on_the_sentence_goes_before_one_on_the_fact() -> None:
    close, wide = Accept("s", "p", "o", "d", "It is\n so."), Reject("s", "p", "o")
    assert on(close, wide) is close
    assert on(close, wide, sentence="It is otherwise.") is wide


def test_things_are_known_by_the_names_they_had() -> None:
    found = Reject("old", "p", "o")
    assert on(found) is found
    found = Reject("o", "both", "old")
    assert on(found, fact=("s", "both", "o")) is found
    assert on(found, fact=("s", "p", "o")) is None


@pytest.mark.parametrize(("said", "stored"), [("5.0", "5"), ("1E+3", "1000"), ("2017-05", "2017-05")])
def test_numbers_are_the_same_however_they_are_written(said: str, stored: str) -> None:
    found = Reject("s", "p", said)
    assert on(found, fact=("s", "p", stored)) is found
    assert on(found, fact=("s", "p", "6")) is None


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["", "It is so."])), max_size=6))
def test_of_several_the_last_of_the_closest_holds(given: list[tuple[bool, str]]) -> None:
    made = [(Accept if yes else Reject)(*FACT, "d", sentence) for yes, sentence in given]
    close = [one for one in made if one.sentence] or made
    assert on(*made) is (close[-1] if close else None)
