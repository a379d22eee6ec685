"""The vocabulary file covers every term of our own namespace that the project writes or reads."""

from __future__ import annotations

import re
from pathlib import Path

from rdflib import OWL, RDF, RDFS, Graph, URIRef

from kg.model import STANCES
from kg.ontology import shipped
from kg.rdf.namespaces import KGV

ROOT = Path(__file__).parents[2]


def vocabulary() -> Graph:
    return Graph().parse(shipped("vocab.ttl"), format="turtle")


def terms(graph: Graph) -> set[str]:
    return {str(term).removeprefix(KGV) for term in graph.subjects(RDF.type, None) if str(term).startswith(KGV)}


def test_every_term_has_a_label_and_a_comment() -> None:
    graph = vocabulary()
    assert len(terms(graph)) > 25
    for name in sorted(terms(graph)):
        assert len(list(graph.objects(URIRef(KGV + name), RDFS.label))) == 1, name
        assert len(list(graph.objects(URIRef(KGV + name), RDFS.comment))) == 1, name


def test_data_properties_have_domain_and_range() -> None:
    graph = vocabulary()
    free = {"time"}  # a date of any precision
    for kind in (OWL.DatatypeProperty, OWL.AnnotationProperty):
        for found in graph.subjects(RDF.type, kind):
            assert (found, RDFS.domain, None) in graph, found
            assert (found, RDFS.range, None) in graph or str(found).removeprefix(KGV) in free, found


def test_the_stances_are_those_of_the_model() -> None:
    graph = vocabulary()
    individuals = graph.subjects(RDF.type, URIRef(KGV + "Stance"))
    assert {str(found).removeprefix(KGV) for found in individuals} == set(STANCES)


def test_terms_that_the_project_uses_are_all_there() -> None:
    used = set()
    for path in [*(ROOT / "kg" / "rdf").glob("*.py"), *(ROOT / "kg").glob("*.py")]:
        used |= set(re.findall(r'KGV \+ "(\w+)"', path.read_text(encoding="utf-8")))
    for path in [*(ROOT / "ontology").rglob("*.ttl"), *(ROOT / "ontology").rglob("*.rq")]:
        used |= set(re.findall(r"\bkgv:(\w+)", path.read_text(encoding="utf-8")))
    assert len(used) > 20
    assert used - terms(vocabulary()) == set()
