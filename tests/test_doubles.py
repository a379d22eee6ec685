"""Pairs that may be one, as questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import decisions
from kg.deciding import Signature
from kg.decisions import Apart, Decision, Merge
from kg.doubles import Doubled, Passage, doubles
from kg.duplicates import Pair, Side, decided, settled
from kg.errors import UsageError
from kg.reviewing import Review
from kg.store import Store
from tests.stored import view_of
from tests.test_duplicates import GRAPH

BASE = "https://kg.example/"
E = BASE + "entity/"
ANN = Signature("ann", "2026-01-02T03:04:05Z", "so it is")
TEXT = "So it is. Tarvos builds cars."
WORDS = f"""
<{BASE}graph/evidence/a> {{
  d:a#s1 a kgv:Sentence ; kgv:inDocument d:a ; kgv:beginOffset 0 ; kgv:endOffset 9 ; kgv:text "So it is." .
  d:a#s2 a kgv:Sentence ; kgv:inDocument d:a ; kgv:beginOffset 10 ; kgv:endOffset 29 ; kgv:text "{TEXT[10:]}" .
  d:a#m0 kgv:refersTo e:tarvos ; kgv:inDocument d:a ; kgv:beginOffset 3 ; kgv:endOffset 5 ; kgv:named false .
  d:a#m1 kgv:refersTo e:tarvos ; kgv:inDocument d:a ; kgv:beginOffset 10 ; kgv:endOffset 16 ; kgv:named true .
  e:old dcterms:isReplacedBy e:tarvos .
}}
{{ e:old dcterms:isReplacedBy e:tarvos . }}
""".replace("d:a#", "d:a\\#")
MENTION = "  <https://kg.example/document/a#mention=0,6> kgv:refersTo e:tarvos ; kgv:inDocument d:a .\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with view_of(GRAPH.replace(MENTION, "") + WORDS, tmp_path_factory.mktemp("doubles"), BASE) as reader:
        yield reader


def test_a_pair_comes_with_the_sentence_that_names_each(store: Store) -> None:
    (found,) = doubles(store)
    assert found.passages == (Passage("a", 10, 16, TEXT[10:], 10, 29), None)
    row = found.as_row()
    assert (row["question"], row["score"]) == ("pair", found.pair.score)
    assert row["passages"][0]["sentence"] == "Tarvos builds cars."
    assert row["merge"] == f"kg decide merge {E}tarvos {E}tarvos-gmbh"


def test_the_answers_are_merge_and_apart(store: Store) -> None:
    (found,) = doubles(store)
    ends = (E + "tarvos", E + "tarvos-gmbh")
    assert found.decision(ANN, yes=True) == Merge(ends, who="ann", when=ANN.when, why=ANN.why)
    assert found.decision(ANN, yes=False) == Apart(ends, who="ann", when=ANN.when, why=ANN.why)
    for yes in (True, False):
        assert doubles(store, [found.decision(ANN, yes=yes)]) == []


def test_what_was_decided_under_a_former_iri_is_not_asked(store: Store) -> None:
    assert doubles(store, [Apart((E + "old", E + "tarvos-gmbh"))]) == []


def test_a_part_is_asked_by_document_score_and_number(store: Store) -> None:
    assert len(doubles(store, document="a")) == 1
    assert len(doubles(store, least=0)) > len(doubles(store, least=0, document="a")) > 1
    assert len(doubles(store, least=0, limit=2)) == 2
    assert doubles(store, least=1) == []
    with pytest.raises(UsageError, match="no document"):
        doubles(store, document="nowhere")


def test_what_follows_is_settled(store: Store) -> None:
    a, b, c, d = (E + name for name in "abcd")
    both: list[Decision] = [Merge((a, b)), Merge((b, c)), Apart((c, d))]
    assert settled(store, both) == {frozenset(p) for p in ((a, b), (b, c), (a, c), (a, d), (b, d), (c, d))}
    assert settled(store, [Apart((a, b)), Apart((b, c))]) == {frozenset((a, b)), frozenset((b, c))}


NAMES = st.sampled_from([E + name for name in "abcdef"])
PAIRS = st.lists(NAMES, min_size=2, max_size=3, unique=True).map(tuple)


@given(st.lists(PAIRS.flatmap(lambda iris: st.sampled_from([Merge(iris), Apart(iris)])), max_size=6))
def test_what_follows_does_not_depend_on_the_order(made: list[Merge | Apart]) -> None:
    found = decided(made)
    assert found == decided(made[::-1])
    assert {frozenset(pair) for one in made for pair in zip(one.entities, one.entities[1:], strict=False)} <= found
    assert all(len(pair) == 2 for pair in found)


def _question(one: str, other: str) -> Doubled:
    return Doubled(Pair(0.5, Side(E + one, (one,), "", ()), Side(E + other, (other,), "", ()), ()), (None, None))


def test_what_follows_from_the_answers_is_not_asked(tmp_path: Path) -> None:
    pairs = ["ab", "bc", "ac", "cd", "ad", "xy"]
    walk = Review([_question(*pair) for pair in pairs], tmp_path / "decisions.jsonl")
    walk.answer(ANN, yes=True)
    assert walk.place == 1
    walk.answer(ANN, yes=True)
    assert (walk.place, walk.left) == (3, 3)
    walk.answer(ANN, yes=False)
    assert (walk.place, walk.left) == (5, 1)
    walk.undo(ANN)
    assert (walk.place, walk.left) == (3, 3)
    walk.undo(ANN)
    assert (walk.place, walk.left) == (1, 5)
    walk.answer(ANN, yes=False)
    assert (walk.place, walk.left) == (3, 3)
    assert [one.do for one in decisions.read(tmp_path / "decisions.jsonl").in_force] == ["merge", "apart"]
