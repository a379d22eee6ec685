"""Triples as entities, statements, and candidates that were dropped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.imports import Importer
from kg.imports.extract import UNKNOWN
from kg.model import Document, Extraction, Label
from kg.ontology import Ontology
from kg.rdf_lines import canonical_lines

C = "https://w3id.org/evident-kg/company#"
HEAD = f"""
@prefix : <{C}> . @prefix b: <https://boats.example/> . @prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
"""


@pytest.fixture(scope="module")
def importer(company: Ontology) -> Importer:
    return Importer(company)


def imported(importer: Importer, text: str) -> Extraction:
    made = importer.extract(document(text))
    for entity in made.entities:
        assert list(entity.mentions) == sorted(set(entity.mentions))
    for evidence in [*(s.evidence for s in made.statements), *(d.evidence for d in made.dropped)]:
        assert evidence.span.of(made.document.text) == evidence.quote
        assert evidence.sentence in made.sentences
    return made


def document(text: str) -> Document:
    lines = canonical_lines((HEAD + text).encode(), ".ttl", "boats.ttl")
    return Document("boats.ttl", "\n".join(lines), "boats.ttl", kind="rdf")


def facts(made: Extraction) -> list[tuple[str, str, str]]:
    names = [entity.names[0].text for entity in made.entities]
    return sorted(
        (
            names[s.subject],
            s.predicate.removeprefix(C),
            names[s.object] if isinstance(s.object, int) else s.object.lexical,
        )
        for s in made.statements
    )


def reasons(made: Extraction) -> list[str]:
    return [d.reason for d in made.dropped]


def test_facts_names_and_classes(importer: Importer) -> None:
    made = imported(
        importer,
        """b:yard a schema:Organization ; rdfs:label "Larkspur Marine"@en , "Ларкспур"@ru ; skos:altLabel "Larkspur" ;
        schema:foundingDate "2016-05-10T00:00:00Z"^^xsd:dateTime ; :founder b:ines ; :numberOfEmployees 40.0 .
        b:ines a :Person ; foaf:name "Ines Falk" .""",
    )
    assert facts(made) == [
        ("Larkspur Marine", "founder", "Ines Falk"),
        ("Larkspur Marine", "foundingDate", "2016-05-10"),
        ("Larkspur Marine", "numberOfEmployees", "40"),
    ]
    yard = next(entity for entity in made.entities if entity.type == C + "Organization")
    assert yard.names == (Label("Larkspur Marine", "en"), Label("Ларкспур", "ru"), Label("Larkspur"))
    assert yard.same_as == ("https://boats.example/yard",)
    said = {span.of(made.document.text): named for span, named in zip(yard.mentions, yard.named, strict=True)}
    assert said == {"https://boats.example/yard": False, "Larkspur Marine": True, "Ларкспур": True, "Larkspur": True}
    assert not made.dropped


def test_a_class_follows_from_the_facts_if_they_allow_only_one(importer: Importer) -> None:
    made = imported(importer, 'b:yard :headquarters b:hale . b:hale rdfs:label "Hale" . b:yard rdfs:label "Yard" .')
    assert {(e.names[0].text, e.type, e.firm) for e in made.entities} == {
        ("Yard", C + "Organization", False),
        ("Hale", C + "Place", False),
    }
    made = imported(importer, 'b:yard :founder b:x . b:yard rdfs:label "Yard" . b:x rdfs:label "Ann Lee" .')
    assert not made.statements
    assert reasons(made)[0].startswith("nothing tells the class of 'Yard'")


def test_a_thing_without_a_name_is_called_by_its_address(importer: Importer) -> None:
    made = imported(importer, "b:yard :headquarters b:Port_Hale , b:Q42 ; rdfs:label 'Yard' .")
    named = {e.names[0].text: any(e.named) for e in made.entities}
    assert named == {"Yard": True, "Port Hale": True, "Q42": False}


def test_blank_nodes_are_things_if_they_have_a_name(importer: Importer) -> None:
    made = imported(importer, 'b:yard rdfs:label "Yard" ; :headquarters [ rdfs:label "Hale" ] , [] .')
    assert facts(made) == [("Yard", "headquarters", "Hale")]
    assert reasons(made)[0].startswith("nothing names the blank node")
    assert [e.same_as for e in made.entities if e.names[0].text == "Hale"] == [()]


def test_the_other_way_round(importer: Importer, company: Ontology) -> None:
    line = f"<https://boats.example/ledBy> <http://www.w3.org/2002/07/owl#inverseOf> <{C}worksFor> .\n"
    made = imported(
        Importer(replace(company, ntriples=company.ntriples + line)),
        """b:yard b:ledBy b:ann , "Bo" ; rdfs:label "Yard" ; a :Organization .
        b:ann rdfs:label "Ann Lee" ; a :Person .""",
    )
    assert facts(made) == [("Ann Lee", "worksFor", "Yard")]
    assert reasons(made) == ["the object is a literal, the property asks for a thing"]


def test_amounts_of_money(importer: Importer) -> None:
    made = imported(
        importer,
        """b:heron a :Product ; rdfs:label "Heron 9" ; :price [ a schema:MonetaryAmount ; schema:value "29990.00" ;
        schema:currency "EUR" ] , b:amount , [ a schema:MonetaryAmount ; schema:value 3 ] , "12 USD" , 12 .
        b:amount a schema:MonetaryAmount ; rdfs:label "7.50 GBP" .""",
    )
    assert [value for _, _, value in facts(made)] == ["12 USD", "29990 EUR", "7.5 GBP"]
    assert reasons(made) == ["the object is no amount"] * 2
    assert len(made.entities) == 1


def test_what_is_the_same_is_one(importer: Importer) -> None:
    made = imported(
        importer,
        """b:yard rdfs:label "Yard" ; a :Organization ; owl:sameAs b:y2 , <https://w.example/Q1> .
        b:y2 :headquarters b:hale . b:hale a :Place ; rdfs:label "Hale" ; owl:sameAs b:hale , "Hale" .""",
    )
    assert facts(made) == [("Yard", "headquarters", "Hale")]
    assert made.entities[0].same_as or made.entities[1].same_as
    assert ("https://boats.example/y2", "https://boats.example/yard", "https://w.example/Q1") in {
        e.same_as for e in made.entities
    }
    assert reasons(made) == ["it does not say of two things that they are one"] * 2


def test_what_finds_no_place_is_told(importer: Importer) -> None:
    made = imported(
        importer,
        """b:yard rdfs:label "Yard" ; a :Organization , b:Odd ; b:colour "red" ; :headquarters "Hale" , b:ann ;
        :foundingDate "long ago" ; rdfs:label "" . b:ann a :Person ; rdfs:label "Ann Lee" . b:odd rdfs:label "Odd" .
""",
    )
    assert sorted(reasons(made)) == sorted(
        [
            "no class of the ontology corresponds to 'https://boats.example/Odd'; "
            "owl:equivalentClass or rdfs:subClassOf there says which does",
            "no property of the ontology corresponds to 'https://boats.example/colour'; "
            "owl:equivalentProperty there says which does",
            "the object is a literal, the property asks for a thing",
            "the object is a person, the property asks for place",
            "the object is no date",
            "it gives no name",
            UNKNOWN.format("Odd"),
        ]
    )
    assert not made.statements


def test_wikidata_types(importer: Importer, company: Ontology) -> None:
    line = f"<https://w.example/Q7> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{C}Organization> .\n"
    made = imported(
        Importer(replace(company, ntriples=company.ntriples + line)),
        '<https://w.example/Q1> wdt:P31 <https://w.example/Q7> ; rdfs:label "Yard"@en .',
    )
    assert [(e.type, e.firm) for e in made.entities] == [(C + "Organization", True)]


def test_of_several_classes_the_one_that_fits_and_is_narrowest(importer: Importer) -> None:
    made = imported(importer, 'b:x a :Product , :Vehicle , :Organization ; rdfs:label "X1" ; :price "3 EUR" .')
    assert [e.type for e in made.entities] == [C + "Vehicle"]
    assert facts(made) == [("X1", "price", "3 EUR")]


def test_things_and_themselves(importer: Importer) -> None:
    made = imported(importer, 'b:x a :Organization ; rdfs:label "X" ; :acquired b:x .')
    assert reasons(made) == ["subject and object are one thing"]
