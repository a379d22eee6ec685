"""What is asked, and what becomes of the answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import decisions
from kg.deciding import Signature
from kg.decisions import Accept, Reject, Undo
from kg.errors import UsageError
from kg.reviewing import Doubtful, Review, doubtful
from kg.store import Store

GRAPH = Path(__file__).parent / "graphs" / "boatyard.trig"
COMPANY = "https://w3id.org/evident-kg/company#"
ENTITY = "https://kg.example/entity/"
ANN = Signature("ann", "2026-01-02T03:04:05Z", "so it is")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    graphs: dict[str | None, set[ox.Quad]] = {}
    for quad in ox.parse(GRAPH.read_bytes(), format=ox.RdfFormat.TRIG):
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None
        graphs.setdefault(name, set()).add(quad)
    old = ox.Quad(
        ox.NamedNode(ENTITY + "heron"),
        ox.NamedNode("http://purl.org/dc/terms/isReplacedBy"),
        ox.NamedNode(ENTITY + "heron-9"),
    )
    graphs[None].add(old)
    with Store.open(tmp_path_factory.mktemp("graph"), create=True) as made:
        made.manifest = {"base": "https://kg.example/", "prefixes": {}}
        for name, quads in graphs.items():
            made.put(name, quads)
        yield made


@pytest.fixture(scope="module")
def every(store: Store) -> list[Doubtful]:
    return doubtful(store, below=1)


def _rules(found: list[Doubtful]) -> list[str]:
    return [question.item.fact["rule"] for question in found]


def test_the_least_sure_come_first(store: Store, every: list[Doubtful]) -> None:
    assert _rules(doubtful(store)) == ["co-occurrence", "speakers"]
    places = [(q.item.fact["confidence"], q.item.document, q.item.fact["begin"]) for q in every]
    assert places == sorted(places)
    assert {q.item.fact["stance"] for q in every} >= {"asserted", "denied", "planned"}


def test_a_part_is_asked_by_document_and_property(store: Store) -> None:
    found = doubtful(store, below=1, document="falk interview", predicate="produces")
    assert [(q.item.document, q.item.fact["p"]) for q in found] == [("falk interview", "produces")]
    with pytest.raises(UsageError, match="no document"):
        doubtful(store, document="nowhere")
    with pytest.raises(UsageError, match="no predicate"):
        doubtful(store, predicate="flies")


@pytest.mark.parametrize(
    "made",
    [
        Reject(ENTITY + "larkspur-marine", COMPANY + "produces", ENTITY + "heron-9"),
        Accept(ENTITY + "larkspur-marine", COMPANY + "produces", ENTITY + "heron"),
        Accept(ENTITY + "larkspur-marine", COMPANY + "produces", ENTITY + "heron-9", "larkspur-profile"),
    ],
)
def test_what_is_decided_is_not_asked(store: Store, made: Accept | Reject) -> None:
    assert _rules(doubtful(store, [made])) == ["speakers"]


def test_a_verdict_on_another_sentence_decides_nothing(store: Store) -> None:
    made = Reject(ENTITY + "larkspur-marine", COMPANY + "produces", ENTITY + "heron-9", "larkspur-profile", "Else.")
    assert len(doubtful(store, [made])) == 2


def test_whatever_is_answered_is_not_asked_again(store: Store, every: list[Doubtful]) -> None:
    for question in every:
        for yes in (True, False):
            made = question.decision(ANN, yes=yes)
            left = doubtful(store, decisions.in_force([made]), below=1)
            assert question not in left
            assert len(left) == len(every) - 1


def test_an_amount_is_named_by_its_words(every: list[Doubtful]) -> None:
    [price] = [q for q in every if q.item.fact["p"] == "price"]
    made = price.decision(ANN, yes=False)
    assert made == Reject(
        ENTITY + "heron-9",
        COMPANY + "price",
        "29990 EUR",
        "larkspur-profile",
        "It makes the Heron 9, a small sailing boat, for 29,990 euros.",
        who="ann",
        when=ANN.when,
        why="so it is",
    )


def test_what_was_added_by_hand_is_not_asked(store: Store, tmp_path: Path) -> None:
    record = next(store.quads.quads_for_pattern(None, None, ox.Literal("co-occurrence"), None))
    with Store.open(tmp_path, create=True) as copy:
        copy.manifest = store.manifest
        quads: dict[str | None, set[ox.Quad]] = {}
        for quad in store.quads:
            if quad == record:
                quad = ox.Quad(quad.subject, quad.predicate, ox.Literal("decision: relate"), quad.graph_name)  # noqa: PLW2901
            name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None
            quads.setdefault(name, set()).add(quad)
        for name, found in quads.items():
            copy.put(name, found)
        assert _rules(doubtful(copy)) == ["speakers"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keys=st.lists(st.sampled_from("arsu"), max_size=30))
def test_what_holds_is_what_was_answered_and_not_taken_back(
    every: list[Doubtful], tmp_path: Path, keys: list[str]
) -> None:
    path = tmp_path / "decisions.jsonl"
    path.unlink(missing_ok=True)
    walk = Review(every[:5], path)
    expected: list[tuple[int, Any]] = []
    for key in keys:
        place = walk.place
        if key == "u":
            undone = walk.undo(ANN)
            assert (undone is None) == (not expected)
            if expected:
                assert walk.place == expected.pop()[0]
        elif walk.question is None:
            break
        elif key == "s":
            walk.skip()
        else:
            made = walk.answer(ANN, yes=key == "a")
            assert isinstance(made, Accept if key == "a" else Reject)
            expected.append((place, made))
        last: dict[int, Any] = dict(expected)
        written = decisions.read(path)
        assert written.problems == ()
        assert sorted(map(str, written.in_force)) == sorted(map(str, last.values()))
        assert walk.given == [made for _, made in expected]


def test_undo_is_signed(every: list[Doubtful], tmp_path: Path) -> None:
    walk = Review(every, tmp_path / "d.jsonl")
    made = walk.answer(ANN, yes=True)
    assert walk.undo(ANN) is made
    assert decisions.read(tmp_path / "d.jsonl").lines[1] == Undo(made.id, who="ann", when=ANN.when, why="so it is")
