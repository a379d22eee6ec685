"""Entities and statements about an invented instrument maker, and a small ontology."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from kg.model import Document, Entity, EntityMention, Evidence, Label, Span, Statement, Value
from kg.ontology import Ontology, load
from tests.things import things

BASE = "https://kg.example/"
E = BASE + "entity/"
C = "https://w3id.org/evident-kg/company#"
TEXT = "Varnholt Lutes costs 29,990 euros 😀. It may work with Oudry."


ONTOLOGY = f"""
@prefix : <{C}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:partnerOf a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:label "works together with"@en .
:price a owl:DatatypeProperty ; rdfs:label "costs"@en .
:founder a owl:ObjectProperty ; rdfs:label "was founded by"@en .
"""


@pytest.fixture(scope="session")
def ontology(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    path = tmp_path_factory.mktemp("ontology") / "lutes.ttl"
    path.write_text(ONTOLOGY, encoding="utf-8")
    return load([path])


@pytest.fixture
def document() -> Document:
    return Document(id="a b/ü", text=TEXT, source="a.txt", date="2017-05", title="Lutes")


def make_entity(slug: str, label: str, *aliases: str, mentions: int = 1) -> Entity:
    places = things(EntityMention("a b/ü", Span(n, n + len(label)), True) for n in range(mentions))
    return Entity(E + slug, C + "Organization", Label(label, "en"), tuple(Label(alias) for alias in aliases), places)


@pytest.fixture
def entities() -> list[Entity]:
    return [make_entity("varnholt", "Varnholt Lutes", "Varnholt"), make_entity("oudry", "Oudry")]


@pytest.fixture
def statement() -> Statement:
    return Statement(
        subject=E + "varnholt",
        predicate=C + "price",
        object=Value("29990 EUR", "amount"),
        document="a b/ü",
        evidence=Evidence(Span(15, 33), TEXT[15:33], Span(0, 36)),
        stance="asserted",
        rule="costs",
        confidence=0.87,
    )


@pytest.fixture
def partners(statement: Statement) -> Statement:
    return replace(
        statement,
        predicate=C + "partnerOf",
        object=E + "oudry",
        evidence=Evidence(Span(40, 60), TEXT[40:60], Span(37, 61)),
    )
