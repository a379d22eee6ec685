"""What is read at once is what is read one after the other, in stores that are as they should be and in others."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kg.rdf.namespaces import KGV, RDF
from kg.view import bulk
from kg.view.bulk import PROPERTIES, Said, at_most
from kg.view.records import Reader
from tests.view.conftest import B as BASE
from tests.view.conftest import Maker

EVERYTHING = "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }"


def nodes_of(quads: Store, property_: str) -> list[NamedNode]:
    found = {quad.subject for quad in quads.quads_for_pattern(None, NamedNode(property_), None, None)}
    return sorted((node for node in found if isinstance(node, NamedNode)), key=str)


def must_read_alike(quads: Store) -> None:
    single, bulky = Reader(quads), Reader(quads)
    bulky.read_all()
    records = nodes_of(quads, RDF + "subject")
    assert [bulky.record(node) for node in records] == [single.record(node) for node in records]
    for node in {quad.object for quad in quads.quads_for_pattern(None, NamedNode(KGV + "refersTo"), None, None)}:
        assert isinstance(node, NamedNode)
        assert bulky.mentions(node) == single.mentions(node)
    subjects = {quad.object for quad in quads.quads_for_pattern(None, NamedNode(RDF + "subject"), None, None)}
    known = {node for node in subjects if isinstance(node, NamedNode)}
    assert set(bulky.records_of(known)) == set(single.records_of(known)) == set(records)


@pytest.fixture
def held(optics: Maker) -> Store:
    """A store of one's own, with mentions at an offset and without."""
    own = Maker(Store(), dict(optics.iris), dict(optics.length))
    own.quads.extend(optics.quads)
    own.mention("notes", "Delft", 3, "Delft")
    own.mention("notes", "Delft")
    return own.quads


def test_records_and_mentions(held: Store) -> None:
    must_read_alike(held)
    assert nodes_of(held, RDF + "subject")


@pytest.mark.parametrize("lacking", [*((place,) for place in range(2, len(PROPERTIES[Said]))), (2, 3), (4, 5), (7, 8)])
def test_records_that_lack_something(held: Store, lacking: tuple[int, ...]) -> None:
    for node in nodes_of(held, RDF + "subject")[:3]:
        for place in lacking:
            for quad in list(held.quads_for_pattern(node, NamedNode(PROPERTIES[Said][place]), None, None)):
                held.remove(quad)
    must_read_alike(held)


def test_a_record_that_names_no_document_belongs_to_that_of_its_graph(held: Store) -> None:
    [first, *_] = nodes_of(held, RDF + "subject")
    [quad] = held.quads_for_pattern(first, NamedNode(KGV + "inDocument"), None, None)
    before = Reader(held).record(first)
    held.remove(quad)
    reader = Reader(held)
    reader.read_all()
    assert reader.record(first) == before


def test_records_outside_the_graph_of_a_document(held: Store) -> None:
    for node in nodes_of(held, RDF + "subject")[::2]:
        for quad in list(held.quads_for_pattern(node, None, None, None)):
            held.remove(quad)
            held.add(Quad(node, quad.predicate, quad.object, NamedNode("https://other.example/graph")))
    must_read_alike(held)


def test_records_without_a_name_are_left_out(held: Store) -> None:
    graph = NamedNode("https://other.example/graph")
    held.add(Quad(BlankNode("b"), NamedNode(RDF + "subject"), NamedNode(BASE + "entity/00001"), graph))
    must_read_alike(held)


def test_many_mentions_are_not_read_at_once(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    count = len(nodes_of(held, KGV + "refersTo"))
    for most, many in ((count, False), (count - 1, True)):
        monkeypatch.setattr(bulk, "MENTIONS", most)
        reader = Reader(held)
        reader.read_all()
        assert reader.many_mentions is many
        must_read_alike(held)


def test_at_most_counts_all_graphs_and_no_further_than_it_must(held: Store) -> None:
    count = len(held)
    assert at_most(held, count, EVERYTHING)
    assert not at_most(held, count - 1, EVERYTHING)
    assert at_most(held, 0, f"?s <{KGV}nothing> {Literal('x')}")
