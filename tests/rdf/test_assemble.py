from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyoxigraph as ox
import pytest
from msgspec import structs
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.errors import OntologyError
from kg.model import STANCES, Entity, Label, Stance, Statement, Value
from kg.ontology import Ontology
from kg.rdf import default_graph, ontology_graph
from kg.rdf.namespaces import DCTERMS, RDF, RDFS, SCHEMA, SKOS, XSD

BASE = "https://kg.example/"
E = BASE + "entity/"
C = "https://w3id.org/evident-kg/company#"


def lines(quads: Sequence[ox.Quad]) -> set[str]:
    return {str(quad) for quad in quads}


def facts(quads: Sequence[ox.Quad]) -> set[tuple[str, str]]:
    """Subject and object of the quads whose predicate is partnerOf."""
    return {(str(q.subject), str(q.object)) for q in quads if q.predicate.value == C + "partnerOf"}


def test_entities_have_type_and_names(entities: list[Entity], ontology: Ontology) -> None:
    assert lines(default_graph(entities[:1], [], ontology, BASE)) == {
        f"<{E}varnholt> <{RDF}type> <{C}Organization>",
        f'<{E}varnholt> <{RDFS}label> "Varnholt Lutes"',
        f'<{E}varnholt> <{SKOS}prefLabel> "Varnholt Lutes"@en',
        f'<{E}varnholt> <{SKOS}altLabel> "Varnholt"',
    }


def test_an_old_iri_leads_to_the_one_that_replaces_it(entities: list[Entity], ontology: Ontology) -> None:
    merged = structs.replace(entities[0], replaces=(E + "vl", BASE + "person/varnholt-0a1b2c"))
    added = lines(default_graph([merged], [], ontology, BASE)) - lines(default_graph(entities[:1], [], ontology, BASE))
    assert added == {f"<{old}> <{DCTERMS}isReplacedBy> <{E}varnholt>" for old in merged.replaces}


def test_an_amount_is_a_node(statement: Statement, ontology: Ontology) -> None:
    amount = f"<{BASE}amount/29990-EUR>"
    assert lines(default_graph([], [statement], ontology, BASE)) == {
        f"<{E}varnholt> <{C}price> {amount}",
        f"{amount} <{RDF}type> <{SCHEMA}MonetaryAmount>",
        f'{amount} <{SCHEMA}value> "29990"^^<{XSD}integer>',
        f'{amount} <{SCHEMA}currency> "EUR"',
        f'{amount} <{RDFS}label> "29990 EUR"',
    }


def test_a_fractional_amount_is_decimal(statement: Statement, ontology: Ontology) -> None:
    quads = default_graph([], [structs.replace(statement, object=Value("0.50 EUR", "amount"))], ontology, BASE)
    assert f'"0.5"^^<{XSD}decimal>' in {str(quad.object) for quad in quads}


@pytest.mark.parametrize("stance", STANCES)
def test_only_what_is_asserted_is_a_fact(stance: Stance, partners: Statement, ontology: Ontology) -> None:
    quads = default_graph([], [structs.replace(partners, stance=stance)], ontology, BASE)
    assert bool(quads) == (stance == "asserted")


def test_each_fact_stands_once(statement: Statement, ontology: Ontology) -> None:
    again = structs.replace(statement, document="other", rule="other", confidence=0.1)
    assert default_graph([], [statement, again], ontology, BASE) == default_graph([], [statement], ontology, BASE)


def test_a_symmetric_fact_stands_once_as_stated(partners: Statement, ontology: Ontology) -> None:
    assert isinstance(partners.object, str)
    back = structs.replace(partners, subject=partners.object, object=partners.subject)
    varnholt, oudry = f"<{E}varnholt>", f"<{E}oudry>"
    assert facts(default_graph([], [partners], ontology, BASE)) == {(varnholt, oudry)}
    assert facts(default_graph([], [back], ontology, BASE)) == {(oudry, varnholt)}
    both = facts(default_graph([], [partners, back], ontology, BASE))
    assert both == facts(default_graph([], [back, partners], ontology, BASE))
    assert len(both) == 1
    # What is planned one way and asserted the other is asserted as stated.
    planned = structs.replace(back, stance="planned")
    assert facts(default_graph([], [partners, planned], ontology, BASE)) == {(varnholt, oudry)}


def test_entities_that_nothing_speaks_of_are_left_out(partners: Statement, ontology: Ontology) -> None:
    def unmentioned(slug: str) -> Entity:
        return Entity(E + slug, C + "Person", Label(slug), (), ())

    silent = [unmentioned(slug) for slug in ("varnholt", "oudry", "speaker", "place", "nobody")]
    spoken = structs.replace(partners, stance="denied", speaker=E + "speaker", place=E + "place")
    quads = default_graph(silent, [spoken], ontology, BASE)
    assert {str(quad.subject)[len(E) + 1 : -1] for quad in quads} == {"varnholt", "oudry", "speaker", "place"}
    assert default_graph(silent, [], ontology, BASE) == []


def test_order_of_input_does_not_show(
    entities: list[Entity], statement: Statement, partners: Statement, ontology: Ontology
) -> None:
    expected = default_graph(entities, [statement, partners], ontology, BASE)
    assert default_graph(reversed(entities), [partners, statement], ontology, BASE) == expected
    assert expected == sorted(expected, key=str)


def test_the_ontology_is_stored_without_blank_nodes_and_in_canonical_form(ontology: Ontology) -> None:
    triples = [
        f"_:u <{RDF}first> <{C}A> .\n",
        f"_:u <{RDF}rest> _:v .\n",
        f"_:v <{RDF}first> <{C}B> .\n",
        f"_:v <{RDF}rest> <{RDF}nil> .\n",
        f"<{C}price> <{RDFS}domain> _:u .\n",
        f'<{C}price> <{RDFS}comment> "007"^^<{XSD}integer> .\n',
    ]
    quads = ontology_graph(replace(ontology, ntriples="".join(triples)), BASE)
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(BASE + "graph/ontology")}
    store = ox.Store()
    store.extend(quads)
    assert set(store) == set(quads)


def test_an_ontology_without_blank_nodes_is_stored_as_it_is(ontology: Ontology) -> None:
    stored = "".join(f"{quad.triple} .\n" for quad in ontology_graph(ontology, BASE))
    assert isomorphic(Graph().parse(data=stored, format="nt"), Graph().parse(data=ontology.ntriples, format="nt"))


def test_broken_terms_of_an_ontology_are_named(ontology: Ontology, statement: Statement) -> None:
    with pytest.raises(OntologyError, match="cannot be stored"):
        ontology_graph(replace(ontology, ntriples="<a> <b>"), BASE)
    with pytest.raises(OntologyError, match="no IRI"):
        default_graph([], [structs.replace(statement, predicate="has space")], ontology, BASE)
