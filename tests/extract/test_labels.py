from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.extract.labels import HEAD, OWN, WHOLE, wordings
from kg.extract.relational import american
from kg.ontology import Ontology, load

HEADER = """
@prefix : <https://kg.example/labels#> .
@prefix kgv: <https://w3id.org/evident-kg/vocab#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Work a owl:Class . :Person a owl:Class . :Place a owl:Class . :Country a owl:Class ; rdfs:subClassOf :Place .
"""
THING = "a owl:ObjectProperty ; rdfs:domain :Work ; rdfs:range :Person"


@pytest.fixture
def ontology(tmp_path: Path) -> Callable[[str], Ontology]:
    """An ontology with one property, :p."""

    def make(declared: str) -> Ontology:
        path = tmp_path / "labels.ttl"
        path.write_text(f"{HEADER}:p {declared} .", encoding="utf-8")
        return load([path])

    return make


@pytest.fixture
def said(ontology: Callable[[str], Ontology]) -> Callable[[str], dict[str, int]]:
    """The wordings of :p with their ranks."""

    def make(declared: str) -> dict[str, int]:
        made = ontology(declared)
        return dict(wordings(made.properties["https://kg.example/labels#p"], made))

    return make


Said = Callable[[str], dict[str, int]]


@pytest.mark.parametrize(
    ("label", "phrase", "rank"),
    [
        # A noun: its own wordings, what says the same, and the verb that it is made of.
        ("leader", "?o is the leader of ?s", OWN),
        ("leader", "?s has ?o as its leader", OWN),
        ("author", "?o wrote ?s", WHOLE),
        ("restorer", "?o restored ?s", WHOLE),
        ("chief restorer", "?o restored ?s", HEAD),
        ("musical director", "?o directed ?s", HEAD),
        ("hasLeader", "?s has leader ?o", OWN),
        # Nouns with a preposition, participles, verbs.
        ("member of", "?s is a member of ?o", OWN),
        ("member of", "?s belonged to ?o", WHOLE),
        ("member of jury", "?s is a member of ?o", WHOLE),
        ("designed by", "?s is designed by ?o", OWN),
        ("located in", "?s lies in ?o", HEAD),
        ("employs", "?s employs ?o", OWN),
        ("position held", "?s's position is ?o", OWN),
        # An event and who does it.
        ("production company", "?o produced ?s", WHOLE),
        ("operating organisation", "?o operated ?s", WHOLE),
        ("operating organisation", "?s's operating organization is ?o", OWN),
    ],
)
def test_what_a_label_of_a_thing_gives(said: Said, label: str, phrase: str, rank: int) -> None:
    assert said(f'{THING} ; rdfs:label "{label}"').get(phrase) == rank


@pytest.mark.parametrize(
    ("label", "datatype", "phrase", "rank"),
    [
        ("birthDate", "date", "?s was born in ?o", WHOLE),
        ("date of birth", "date", "?s has a birth date of ?o", OWN),
        ("established", "gYear", "?s was established in ?o", OWN),
        ("publication date", "date", "?s is a ?o *", HEAD),
        ("length", "decimal", "?s is ?o * long", WHOLE),
        ("deckLength", "decimal", "?s has a deck length of ?o *", OWN),
        ("deckLength", "decimal", "?s is ?o * long", HEAD),
        ("number of rooms", "integer", "?s has ?o rooms", OWN),
        ("storeyCount", "integer", "There are ?o storeys in ?s", OWN),
        ("height in metres", "decimal", "?s's height is ?o meters", OWN),
        ("height in metres", "decimal", "?s's height is ?o", WHOLE),
    ],
)
def test_what_a_label_of_a_value_gives(said: Said, label: str, datatype: str, phrase: str, rank: int) -> None:
    assert said(f'a owl:DatatypeProperty ; rdfs:range xsd:{datatype} ; rdfs:label "{label}"').get(phrase) == rank


def test_a_place_label_asks_for_the_class_that_it_names(said: Said) -> None:
    found = said('a owl:ObjectProperty ; rdfs:range :Place ; rdfs:label "country"')
    assert "?s is in ?o:Country" in found
    assert "?s is in ?o" not in found


def test_a_place_label_without_such_a_class_takes_any_place(said: Said) -> None:
    assert "?s is in ?o" in said('a owl:ObjectProperty ; rdfs:range :Place ; rdfs:label "location"')


def test_without_a_range_no_wording_lacks_words_of_its_own(said: Said) -> None:
    found = said('a rdf:Property ; rdfs:label "genre"'.replace("rdf:Property", "owl:ObjectProperty"))
    assert not {"?s is ?o", "?s , ?o", "?s in ?o"} & found.keys()


@pytest.mark.parametrize("noun", ["member", "number", "mayor"])
def test_nouns_that_are_made_of_no_verb(said: Said, noun: str) -> None:
    assert not [phrase for phrase in said(f'{THING} ; rdfs:label "{noun}"') if f"{noun[:-2]}ed" in phrase]


@pytest.mark.parametrize(
    ("british", "expected"),
    [
        ("The colour of ?s is ?o", "The color of ?s is ?o"),
        ("its organisations", "its organizations"),
        ("its four courses", "its four courses"),
        ("?s our ?o", "?s our ?o"),
    ],
)
def test_american_spelling(british: str, expected: str) -> None:
    assert american(british) == expected
