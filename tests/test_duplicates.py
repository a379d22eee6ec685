from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.duplicates import duplicates, read_candidates
from kg.lookup import Lookup
from kg.store import Store
from tests.stored import view_of

BASE = "https://kg.example/"
COMPANY = "https://w3id.org/evident-kg/company#"
GRAPH = """
@prefix c: <https://w3id.org/evident-kg/company#> .
@prefix d: <https://kg.example/document/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix e: <https://kg.example/entity/> .
@prefix kgv: <https://w3id.org/evident-kg/vocab#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

e:tarvos a c:Organization ; rdfs:label "Tarvos" ; c:produces e:one ; c:foundingDate "1950"^^xsd:gYear ; c:seat e:riga .
e:tarvos-gmbh a c:Organization ; rdfs:label "Tarvos GmbH" ; skos:altLabel "TG" ; c:produces e:one .
e:atlas a c:Organization ; rdfs:label "Atlas" ; c:foundingDate "1898"^^xsd:gYear .
e:atlas-2 a c:Organization ; rdfs:label "Atlas" ; c:foundingDate "1999"^^xsd:gYear .
e:one a c:Car ; rdfs:label "Tarvos One" .
e:riga a c:Place ; rdfs:label "Riga" .
<https://kg.example/amount/9-EUR> a schema:MonetaryAmount ; rdfs:label "9 EUR" .
<https://kg.example/graph/evidence/a> {
  d:a dcterms:identifier "a" .
  <https://kg.example/document/a#mention=0,6> kgv:refersTo e:tarvos ; kgv:inDocument d:a .
}
<https://kg.example/graph/ontology> {
  c:Car rdfs:subClassOf c:Product .
  c:Product kgv:nerLabel "PRODUCT" . c:Organization kgv:nerLabel "ORG" .
  c:seat a owl:FunctionalProperty .
}
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with view_of(GRAPH, tmp_path_factory.mktemp("pairs"), BASE) as reader:
        yield reader


def test_pairs_that_may_be_one_come_with_reasons_and_commands(store: Store) -> None:
    (pair,) = duplicates(store)
    assert (pair.one.names, pair.other.names) == (("Tarvos",), ("Tarvos GmbH", "TG"))
    assert (pair.one.type, pair.one.documents) == ("Organization", ("a",))
    assert pair.score > 0.9
    assert {"same name", "shared neighbours"} <= {reason.feature for reason in pair.reasons}
    assert pair.merge == f"kg decide merge {BASE}entity/tarvos {BASE}entity/tarvos-gmbh"
    assert pair.apart == f"kg decide apart {BASE}entity/tarvos {BASE}entity/tarvos-gmbh"


def test_what_is_settled_or_unlikely_is_left_out(store: Store) -> None:
    settled = frozenset((f"{BASE}entity/tarvos-gmbh", f"{BASE}entity/tarvos"))
    assert duplicates(store, settled=[settled]) == []
    assert duplicates(store, least=1) == []
    everything = duplicates(store, least=0)
    assert len(everything) > 1
    assert duplicates(store, least=0, limit=1) == everything[:1]


def test_things_are_read_with_all_that_is_known_of_them(store: Store) -> None:
    found = {c.iri.rsplit("/", 1)[1]: c for c in read_candidates(Lookup(store))}
    assert "9-EUR" not in found
    assert found["one"].kind == "product"
    assert found["one"].classes == {COMPANY + "Car", COMPANY + "Product"}
    assert found["tarvos"].facts == {(COMPANY + "foundingDate", "1950"), (COMPANY + "seat", BASE + "entity/riga")}
    assert ("^" + COMPANY + "produces", BASE + "entity/tarvos") in found["one"].neighbours
