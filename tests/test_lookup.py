from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.errors import UsageError
from kg.lookup import Lookup, near
from tests.boatyard import COMPANY, stored


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lookup]:
    with stored(tmp_path_factory.mktemp("graph")) as reader:
        yield Lookup(reader)


def test_an_entity_is_called_by_any_of_its_names(graph: Lookup) -> None:
    for iri, label in graph.labels.items():
        for name in (*graph.named(iri), label.upper(), iri, f"<{iri}>"):
            assert iri in graph.called(name), name
    assert graph.called("nobody") == set()


def test_a_name_that_is_a_literal_is_no_entity(graph: Lookup) -> None:
    assert graph.find_entities("Red", ["red"]) == set()
    with pytest.raises(UsageError, match="nothing in the graph is called 'Red'"):
        graph.find_entities("Red")


def test_a_predicate_is_found_by_its_local_name_and_iri(graph: Lookup) -> None:
    iri = COMPANY + "produces"
    assert graph.find_predicates("Produces") == graph.find_predicates("company:produces") == {iri}
    assert graph.expanded("company:produces") == graph.expanded(f"<{iri}>") == iri
    with pytest.raises(UsageError, match="no predicate is called"):
        graph.find_predicates("prodooces")


def test_a_statement_is_found_by_what_its_iri_ends_in(graph: Lookup) -> None:
    for record in graph.records():
        iri = record["statement"].value
        assert graph.statement(iri).statement == graph.statement(iri.rpartition("/")[2]).statement == iri
    with pytest.raises(UsageError, match="no statement"):
        graph.statement("none")


def test_near_names_are_a_hint_and_without_any_those_that_are_known() -> None:
    assert near("Heorn 9", ["Heron 9", "Crane"]) == "did you mean: Heron 9"
    assert near("xyz", ["Heron 9", "Crane"]) == "known: Crane, Heron 9"
