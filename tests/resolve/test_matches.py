"""What was found last time saves comparisons, and changes nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve import candidates as blocking
from kg.resolve.candidates import Candidate
from kg.resolve.compare import at_least
from kg.resolve.matches import Match, Matches, matches

WORDS = ["Tarnwald", "Tarnwalt", "Pelikan", "Works", "GmbH", "Group", "Antriebe", "TA", "3", "Anna", "A."]


def judge(one: Candidate, other: Candidate) -> Match | None:
    found = at_least(one, other, 0.3)
    return Match(one.iri, other.iri, found.score, found.reasons) if found else None


class Counted:
    """A judge that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def __call__(self, one: Candidate, other: Candidate) -> Match | None:
        self.asked.append((one.iri, other.iri))
        return judge(one, other)


def thing(iri: str, *names: str, documents: tuple[str, ...] = ("a",), kind: str = "organization") -> Candidate:
    return Candidate(iri, names, kind, kind, frozenset({kind}), frozenset(documents))


name = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
things = st.dictionaries(
    st.sampled_from([f"e:{n:02}" for n in range(14)]),
    st.tuples(
        st.lists(name, min_size=1, max_size=2, unique=True),
        st.sets(st.sampled_from("abc"), min_size=1),
        st.sampled_from(["organization", "person"]),
    ),
    max_size=14,
)


def made(found: dict[str, tuple[list[str], set[str], str]]) -> list[Candidate]:
    return [
        thing(iri, *names, documents=tuple(documents), kind=kind) for iri, (names, documents, kind) in found.items()
    ]


@pytest.fixture(scope="module", autouse=True)
def _small_blocks() -> Iterator[None]:
    """Blocks are split, and their members compared with neighbours only, in small sets too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocking, "BLOCK", 3)
        patch.setattr(blocking, "WINDOW", 1)
        yield


@given(things, things, st.randoms(use_true_random=False))
def test_it_is_what_it_would_be_without(
    before: dict[str, tuple[list[str], set[str], str]],
    now: dict[str, tuple[list[str], set[str], str]],
    chance: random.Random,
) -> None:
    mixed = {iri: chance.choice([before.get(iri, about), about]) for iri, about in now.items()}
    candidates = made(mixed)
    chance.shuffle(candidates)
    known = matches(made(before), judge, "x")
    assert matches(candidates, judge, "x", known) == matches(made(mixed), judge, "x")


def test_only_what_changed_is_compared_again() -> None:
    things = [thing(f"e:{n}", name) for n, name in enumerate(["Tarnwald", "Pelikan", "Tarnwald GmbH", "Pelikan AG"])]
    known = matches(things, judge, "x")
    ask = Counted()
    assert matches(things, ask, "x", known) == known
    assert ask.asked == []
    things[2] = thing("e:2", "Tarnwald GmbH", documents=("a", "b"))
    matches(things, ask, "x", known)
    assert ask.asked == [("e:0", "e:2")]


def test_other_code_or_another_ontology_makes_all_be_compared() -> None:
    things = [thing("e:1", "Tarnwald GmbH"), thing("e:2", "Tarnwald")]
    known = matches(things, judge, "x")
    ask = Counted()
    assert matches(things, ask, "y", known) == Matches("y", known.things, known.found)
    assert ask.asked == [("e:1", "e:2")]


def test_what_is_gone_matches_nothing() -> None:
    things = [thing("e:1", "Tarnwald GmbH"), thing("e:2", "Tarnwald")]
    known = matches(things, judge, "x")
    assert [(m.one, m.other) for m in known.found] == [("e:1", "e:2")]
    assert matches(things[:1], judge, "x", known).found == ()
