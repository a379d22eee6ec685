"""Which property and class an IRI of other data stands for."""

from __future__ import annotations

import pytest

from kg.imports.vocabulary import Vocabulary
from kg.ontology import Ontology, load

TEXT = """
@prefix : <https://o.example/> . @prefix x: <https://x.example/> . @prefix schema: <https://schema.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:Yard a owl:Class ; owl:equivalentClass x:Shipyard ; rdfs:subClassOf schema:Organization , schema:Yard .
:Boat a owl:Class . x:Sloop rdfs:subClassOf x:Ship . x:Ship owl:equivalentClass :Boat .
:Mast a owl:Class . :Part a owl:Class .
:builds a owl:ObjectProperty ; rdfs:domain :Yard ; rdfs:range :Boat ; owl:inverseOf x:builtBy ;
    rdfs:subPropertyOf schema:builds , schema:makes .
x:assembles rdfs:subPropertyOf :builds . :builds owl:equivalentProperty x:makes . x:produces skos:exactMatch x:makes .
x:both rdfs:subPropertyOf :builds , :owns . :owns a owl:ObjectProperty ; rdfs:domain :Yard ; rdfs:range :Boat .
x:madeIn owl:inverseOf x:assembles . x:loop rdfs:subPropertyOf x:loop , x:ring . x:ring rdfs:subPropertyOf x:loop .
"""
OWN, X = "https://o.example/", "https://x.example/"
BUILDS = (OWN + "builds", False)


@pytest.fixture(scope="module")
def ontology(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    path = tmp_path_factory.mktemp("o") / "o.ttl"
    path.write_text(TEXT, encoding="utf-8")
    return load([path])


@pytest.mark.parametrize(
    ("iri", "stands_for"),
    [
        (OWN + "builds", [BUILDS]),
        (X + "makes", [BUILDS]),
        (X + "produces", [BUILDS]),
        (X + "assembles", [BUILDS]),
        (X + "builtBy", [(OWN + "builds", True)]),
        (X + "madeIn", [(OWN + "builds", True)]),
        (X + "both", [BUILDS, (OWN + "owns", False)]),
        (X + "loop", []),
        (X + "unheard", []),
        ("https://schema.org/builds", [BUILDS]),
        ("http://schema.org/builds", [BUILDS]),
        ("https://schema.org/makes", []),
    ],
)
def test_properties(ontology: Ontology, iri: str, stands_for: list[tuple[str, bool]]) -> None:
    assert list(Vocabulary(ontology).properties(iri)) == stands_for


@pytest.mark.parametrize(
    ("iri", "stands_for"),
    [
        (OWN + "Yard", {OWN + "Yard"}),
        (X + "Shipyard", {OWN + "Yard"}),
        (X + "Sloop", {OWN + "Boat"}),
        ("http://schema.org/Yard", {OWN + "Yard"}),
        ("https://schema.org/Organization", set()),
        (X + "Unheard", set()),
    ],
)
def test_classes(ontology: Ontology, iri: str, stands_for: set[str]) -> None:
    assert Vocabulary(ontology).classes(iri) == stands_for
