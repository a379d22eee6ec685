from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.extract.learned.labels import VALUE_KINDS, Vocabulary, vocabulary, wording
from kg.ontology import load

ONTOLOGY = """
@prefix : <https://example.org/v#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Thing a owl:Class ; rdfs:label "thing"@en .
:Boat a owl:Class ; rdfs:label "boat"@en ; rdfs:subClassOf :Thing ; rdfs:comment "What floats."@en .
:Person a owl:Class ; rdfs:label "person"@en .
:builtBy a owl:ObjectProperty ; rdfs:label "built by"@en ; skos:altLabel "work of"@en ;
    rdfs:domain :Thing ; rdfs:range :Person ; rdfs:comment "Who built it."@en .
:launched a owl:DatatypeProperty ; rdfs:label "launched on"@en ; rdfs:domain :Boat ; rdfs:range xsd:date .
:knows a owl:ObjectProperty ; rdfs:label "knows"@en .
"""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    path: Path = tmp_path_factory.mktemp("v") / "v.ttl"
    path.write_text(ONTOLOGY)
    return vocabulary(load([path]))


def property_(known: Vocabulary, name: str) -> int:
    return [kind.key.rpartition("#")[2] for kind in known.properties].index(name)


def test_classes_are_followed_by_the_kinds_of_values(known: Vocabulary) -> None:
    assert [kind.key.rpartition("#")[2] for kind in known.types] == ["Boat", "Person", "Thing", *VALUE_KINDS]
    assert known.properties[property_(known, "builtBy")].names[:2] == ("built by", "work of")


def test_subclasses_stand_where_their_superclass_may(known: Vocabulary) -> None:
    domain, range_ = known.allowed()
    boat, person, thing, *values = range(len(known.types))
    built = property_(known, "builtBy")
    assert domain[built, [boat, thing]].all()
    assert not domain[built, [person, *values]].any()
    assert list(np.flatnonzero(range_[built])) == [person]


def test_a_date_takes_dates_and_a_property_without_domain_takes_all(known: Vocabulary) -> None:
    domain, range_ = known.allowed()
    date = [kind.key for kind in known.types].index("Date")
    assert list(np.flatnonzero(range_[property_(known, "launched")])) == [date]
    assert domain[property_(known, "knows")].all()
    assert range_[property_(known, "knows")].all()


@pytest.mark.parametrize(
    ("label", "spoken"),
    [
        ("runwayLength", "runway length"),
        ("CapitalCity", "capital city"),
        ("has_part", "has part"),
        ("built by", "built by"),
        ("Boat", "Boat"),
        ("NGO", "NGO"),
    ],
)
def test_labels_of_one_word_are_read_as_words(tmp_path: Path, label: str, spoken: str) -> None:
    path = tmp_path / "v.ttl"
    path.write_text(ONTOLOGY.replace('"knows"', f'"{label}"'))
    made = vocabulary(load([path]))
    assert made.properties[property_(made, "knows")].names[0] == spoken


def test_wordings(known: Vocabulary) -> None:
    built = known.properties[property_(known, "builtBy")]
    assert wording(built) == "built by: Who built it."
    assert wording(known.properties[property_(known, "knows")]) == "knows"
    assert wording(known.types[0]) == "boat: What floats."
