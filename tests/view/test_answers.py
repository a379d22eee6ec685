from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.view import Answer, network
from kg.view.answers import answers
from kg.view.shown import shown

if TYPE_CHECKING:
    from tests.view.conftest import Maker


def test_names_and_iris_become_entities(optics: Maker) -> None:
    graph = shown(network(optics))
    number = {iri: place for place, iri in enumerate(graph.entities)}
    tarnhelm, jena = optics.iris["Tarnhelm Optics GmbH"], optics.iris["Jena"]
    row = (NamedNode(tarnhelm), Literal("Jena"), Literal("no name"), None)
    [found] = answers(graph, [Answer("q", "Q", ("a", "b", "c", "d"), [row])])
    assert found["rows"] == [[number[tarnhelm], number[jena], "no name", None]]
    assert found["entities"] == sorted([number[tarnhelm], number[jena]])
    [statement] = found["statements"]
    assert (graph.rows[statement].label, graph.rows[statement].object) == ("headquartered in", jena)


def test_a_quote_in_the_row_picks_its_statement(optics: Maker) -> None:
    graph = shown(network(optics))
    names = (Literal("Tarnhelm Optics GmbH"), Literal("Brackwater Lenses Ltd"))
    quote = Literal("Tarnhelm and Brackwater had worked together")
    [whole, one] = answers(
        graph,
        [Answer("q", "Q", ("a", "b"), [names]), Answer("r", "R", ("a", "b", "c"), [(*names, quote)])],
    )
    assert {graph.rows[place].label for place in whole["statements"]} == {"acquired", "partner of"}
    assert {graph.rows[place].label for place in one["statements"]} == {"partner of"}


def test_values_are_found_too(optics: Maker) -> None:
    graph = shown(network(optics))
    row = (Literal("Tarnhelm Optics GmbH"), Literal("1998"))
    [found] = answers(graph, [Answer("q", "Q", ("a", "b"), [row])])
    assert [graph.rows[place].label for place in found["statements"]] == ["founded on"]


def test_two_of_one_name_stay_words(maker: Maker) -> None:
    maker.entity("Twin", "Person")
    maker.iris.pop("Twin")
    maker.iris["other"] = "x"
    maker.entity("Twin", "Place")
    graph = shown(network(maker))
    [found] = answers(graph, [Answer("q", "Q", ("a",), [(Literal("Twin"),)])])
    assert found["rows"] == [["Twin"]]


def test_of_namesakes_the_one_that_the_row_speaks_of_is_meant(maker: Maker) -> None:
    maker.document("d")
    maker.entity("Twin", "Person")
    maker.entity("Acme", "Company")
    maker.iris["idle"] = maker.iris.pop("Twin")
    maker.iris["Twin"] = maker.entity("Twin ", "Place")
    maker.quads.update('DELETE { ?s ?p "Twin " } INSERT { ?s ?p "Twin" } WHERE { ?s ?p "Twin " }')
    maker.say("Acme", "locatedIn", "Twin", "[[Acme sits in Twin]].", "d")
    graph = shown(network(maker))
    number = {iri: place for place, iri in enumerate(graph.entities)}
    row = (Literal("Acme"), Literal("Twin"), Literal("Acme sits in Twin"))
    [found] = answers(graph, [Answer("q", "Q", ("a", "b", "c"), [row])])
    assert found["rows"] == [[number[maker.iris["Acme"]], number[maker.iris["Twin"]], "Acme sits in Twin"]]
    assert len(found["statements"]) == 1


def test_long_answers_are_cut(optics: Maker) -> None:
    graph = shown(network(optics))
    [found] = answers(graph, [Answer("q", "Q", ("a",), [(Literal(str(n)),) for n in range(600)])])
    assert (len(found["rows"]), found["more"]) == (500, 100)
