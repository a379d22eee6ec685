from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal

from kg.view import Selection, network
from kg.view.shown import shown
from kg.view.triples import difference

if TYPE_CHECKING:
    from tests.view.conftest import RDFS, SKOS, Maker
else:
    from tests.view.conftest import RDFS, SKOS


def test_the_columns_give_all_but_what_is_named(optics: Maker) -> None:
    graph = shown(network(optics))
    found = difference(graph)
    assert found.extra == found.absent == ()
    assert [amount.currency for amount in graph.held.amounts.values()] == ["EUR"]


def test_what_is_irregular_is_named(maker: Maker) -> None:
    maker.entity("A", "Person")
    maker.put(maker.iris["A"], RDFS + "comment", Literal("x", language="fr"))
    maker.put("https://kg.example/entity/old", "http://purl.org/dc/terms/isReplacedBy", maker.iris["A"])
    for quad in list(maker.quads.quads_for_pattern(None, None, None, DefaultGraph())):
        if quad.predicate.value == SKOS + "prefLabel":
            maker.quads.remove(quad)
    graph = shown(network(maker))
    found = difference(graph)
    assert [line.split()[-2] for line in found.extra] == ['"x"@fr', f"<{maker.iris['A']}>"]
    assert [line.split()[-2] for line in found.absent] == ['"A"']


def test_a_part_holds_nothing_of_the_rest(optics: Maker) -> None:
    graph = shown(network(optics, Selection(focus="Tartu")))
    found = difference(graph)
    assert found.extra == found.absent == ()
