from __future__ import annotations

import pytest
from rdflib import Graph

from kg.errors import OntologyError
from kg.ontology_terms import Terms, local_name

X = "https://example.org/zoo#"
PREFIXES = """
@prefix : <https://example.org/zoo#> .
@prefix kgv: <https://w3id.org/evident-kg/vocab#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def terms(turtle: str) -> Terms:
    return Terms(Graph(bind_namespaces="none").parse(data=PREFIXES + turtle, format="turtle"))


def test_labels_are_english_the_preferred_first_and_else_the_name() -> None:
    found = terms(':a rdfs:label "keeper"@en, "Pfleger"@de ; skos:altLabel "warden" ; skos:prefLabel "zooKeeper" .')
    assert found.labels(X + "a") == ("zoo keeper", "keeper", "warden")
    assert found.labels(X + "feedsAt") == ("feeds at",)


def test_sides_are_alternatives_and_anything_is_none() -> None:
    found = terms(
        ":p rdfs:domain [ owl:unionOf ( :A :B ) ] ; schema:domainIncludes :C ; rdfs:range owl:Thing, :A ."
        ' :q rdfs:domain :Q42 ; rdfs:range :Q43 . :Q43 rdfs:label "zoo" .'
    )
    assert found.sides(X + "p") == ({X + "A", X + "B", X + "C"}, set())
    assert found.sides(X + "q") == (set(), {X + "Q43"})
    assert found.classes_of(X + "q") == {X + "Q43"}


def test_an_inverse_may_be_told_from_either_side() -> None:
    found = terms(":feeds owl:inverseOf :eatsFrom .")
    assert [str(o) for o in found.inverses(X + "eatsFrom")] == [X + "feeds"]
    assert [str(o) for o in found.inverses(X + "feeds")] == [X + "eatsFrom"]


def test_properties_are_not_those_that_annotate() -> None:
    assert terms(":p a rdf:Property . :q a rdf:Property, owl:AnnotationProperty .").properties() == {X + "p"}


def test_a_definition_comes_before_a_comment() -> None:
    found = terms(':a rdfs:comment "A\\n  remark." . :b rdfs:comment "Another." ; skos:definition "What it is." .')
    assert [found.definition(X + name) for name in "abc"] == ["A remark.", "What it is.", ""]


def test_a_class_says_how_its_things_are_named() -> None:
    found = terms(':a kgv:nameWord "Zoo" . :b rdfs:label "b" .')
    assert found.says_how(X + "a")
    assert not found.says_how(X + "b")


def test_a_pattern_has_to_be_a_regular_expression() -> None:
    assert terms(':a kgv:namePattern "^Z" .').patterns(X + "a") == ("^Z",)
    with pytest.raises(OntologyError, match="no regular expression"):
        terms(':a kgv:namePattern "(" .').patterns(X + "a")


@pytest.mark.parametrize(
    ("iri", "name"),
    [(X + "Bird", "Bird"), ("https://schema.org/Thing", "Thing"), ("urn:a:b", "b"), ("https://x.org/a/", "a")],
)
def test_local_names(iri: str, name: str) -> None:
    assert local_name(iri) == name
