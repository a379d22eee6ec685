from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Evidence, Mention, Relation, Span, Value
from kg.ontology import Ontology, load
from kg.resolve.readings import Reading, closest_readings

P = "https://kg.example/readings#"
TURTLE = """
@prefix : <https://kg.example/readings#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Place a owl:Class . :Country a owl:Class ; rdfs:subClassOf :Place .
:location a owl:ObjectProperty ; rdfs:range :Place .
:country a owl:ObjectProperty ; rdfs:range :Place .
:successor a owl:ObjectProperty . :predecessor a owl:ObjectProperty .
:birthYear a owl:DatatypeProperty ; rdfs:range xsd:gYear .
:birthDate a owl:DatatypeProperty ; rdfs:range xsd:date .
"""


@pytest.fixture(scope="module")
def ontology(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    path = tmp_path_factory.mktemp("readings") / "readings.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    return load([path])


def reading(name: str, rank: int, *, first: int = 0, second: int = 20, wanted: str = "", rule: str = "") -> Reading:
    """Thing 0 at `first` and thing 1 at `second`, related by a property."""
    subject, obj = (Mention(Span(n, n + 4), "Name", "name") for n in (first, second))
    evidence = Evidence(Span(0, 24), "", Span(0, 30))
    relation = Relation(subject, P + name, obj, evidence, "asserted", rule, rank=rank)
    relation = replace(relation, range=frozenset([P + wanted]) if wanted else frozenset())
    return Reading(relation, 0 if first < second else 1, 1 if first < second else 0)


def kept(readings: list[Reading], ontology: Ontology) -> list[str]:
    return [r.relation.predicate.removeprefix(P) for r in closest_readings(readings, ontology)[0]]


def test_the_wording_nearest_to_its_label_counts(ontology: Ontology) -> None:
    both = [reading("location", 3, wanted="Place"), reading("country", 1, wanted="Place")]
    assert kept(both, ontology) == ["country"]
    assert [r.relation.predicate for r in closest_readings(both, ontology)[1]] == [P + "location"]


def test_the_narrower_class_counts(ontology: Ontology) -> None:
    both = [reading("location", 2, wanted="Place"), reading("country", 2, wanted="Country")]
    assert kept(both, ontology) == ["country"]


def test_the_subject_that_comes_first_counts(ontology: Ontology) -> None:
    both = [reading("successor", 2), reading("predecessor", 2, first=20, second=0)]
    assert kept(both, ontology) == ["successor"]


def test_phrases_of_the_ontology_are_all_kept(ontology: Ontology) -> None:
    both = [reading("location", 0), reading("country", 0), reading("successor", 2)]
    assert kept(both, ontology) == ["location", "country", "successor"]


def test_other_pairs_are_no_rivals(ontology: Ontology) -> None:
    other = reading("location", 3, second=25)._replace(object=2)
    assert kept([reading("country", 1), other], ontology) == ["country", "location"]


@pytest.mark.parametrize(
    ("value", "expected"), [(Value("1951", "gYear"), "birthYear"), (Value("1951-05-03", "date"), "birthDate")]
)
def test_a_year_goes_to_the_property_of_years(ontology: Ontology, value: Value, expected: str) -> None:
    both = [reading(name, 2)._replace(object=value) for name in ("birthYear", "birthDate")]
    assert kept(both, ontology) == [expected]
