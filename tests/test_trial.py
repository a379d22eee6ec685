"""What is made of a few words, with the language model."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import Settings
from kg.errors import UsageError
from kg.model import Document
from kg.ontology import Ontology, load
from kg.trial import Trial, try_text

pytestmark = pytest.mark.model

YARD = """
@prefix : <https://example.org/yard#> .
@prefix kgv: <https://w3id.org/evident-kg/vocab#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Organization a owl:Class ; rdfs:label "organization" ; kgv:nameWord "Ltd" ; kgv:mentionedAs kgv:Name .
:Product a owl:Class ; rdfs:label "product" ; kgv:nameWord "Heron" ; kgv:mentionedAs kgv:Name .
:produces a owl:ObjectProperty ; rdfs:label "produces" ; rdfs:domain :Organization ; rdfs:range :Product ;
    kgv:phrase "?s makes ?o" .
:foundingDate a owl:DatatypeProperty ; rdfs:label "founding date" ; rdfs:domain :Organization ; rdfs:range xsd:gYear ;
    kgv:phrase "?s was founded in ?o" .
"""
INVERSE = """
@prefix : <https://example.org/boats#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
:captainOf a owl:ObjectProperty .
:captain a owl:ObjectProperty ; owl:inverseOf :captainOf .
"""
TEXT = "Larkspur Marine Ltd was founded last year. It hammers the Heron 9 in a way."


def tried(yard: Ontology, *phrases: tuple[str, str], text: str = TEXT) -> Trial:
    return try_text(text, yard, model=Settings().model, phrases=phrases, date="2020-05")


def said(trial: Trial) -> set[tuple[str, str, str, bool]]:
    return {(r.subject, r.predicate, r.object, r.added) for r in trial.relations}


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    path = tmp_path_factory.mktemp("yard") / "yard.ttl"
    path.write_text(YARD, encoding="utf-8")
    return load([path])


@pytest.fixture(scope="module")
def plain(yard: Ontology) -> Trial:
    return tried(yard)


def test_statements_with_stance_phrase_and_words(plain: Trial) -> None:
    [found] = plain.relations
    assert (found.subject, found.predicate, found.object) == ("Larkspur Marine Ltd", "foundingDate", "2019")
    assert (found.stance, found.added) == ("asserted", False)
    assert found.quote == TEXT[found.begin : found.end]
    assert plain.notices == ()


def test_mentions_with_their_classes(plain: Trial) -> None:
    found = {m.words: (m.kind, m.type, m.means) for m in plain.mentions}
    assert found["Larkspur Marine Ltd"] == ("name", "organization", "Larkspur Marine Ltd")
    assert found["last year"] == ("value", "gYear", "2019")
    assert all(m.words == TEXT[m.begin : m.end] for m in plain.mentions)
    assert [m.begin for m in plain.mentions] == sorted(m.begin for m in plain.mentions)


def test_clauses_do_not_need_the_ontology(plain: Trial) -> None:
    assert ("It", "hammers") in {(c.subject, c.predicate) for c in plain.clauses}


def test_a_further_phrase_shows_what_it_adds(yard: Ontology) -> None:
    found = tried(yard, ("produces", "?s hammers ?o"))
    assert said(found) == {
        ("Larkspur Marine Ltd", "foundingDate", "2019", False),
        ("Larkspur Marine Ltd", "produces", "Heron 9", True),
    }
    assert found.notices == ()
    reference = next(m for m in found.mentions if m.words == "It")
    assert (reference.kind, reference.means) == ("reference", "Larkspur Marine Ltd")


@pytest.mark.parametrize("name", ["PRODUCES", "https://example.org/yard#produces"])
def test_a_property_goes_by_any_of_its_names(yard: Ontology, name: str) -> None:
    assert said(tried(yard, (name, "?s hammers ?o"))) == said(tried(yard, ("produces", "?s hammers ?o")))


def test_a_phrase_counts_for_the_inverse_property_too(tmp_path: Path) -> None:
    path = tmp_path / "boats.ttl"
    path.write_text(INVERSE, encoding="utf-8")
    found = tried(load([path]), ("captainOf", "?s steered ?o"), text="Ines Falk steered the Heron 9.")
    assert said(found) == {("Ines Falk", "captainOf", "Heron 9", True), ("Heron 9", "captain", "Ines Falk", True)}


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("?s makes things", "cannot be used: it needs ?s and ?o once each"),
        ("?s makes ?o", "adds nothing: it is there already"),
        ("?s is making ?o", "which is there already"),
        ("?s paints ?o", "changes nothing here"),
    ],
)
def test_a_phrase_that_changes_nothing_says_why(yard: Ontology, phrase: str, says: str) -> None:
    found = tried(yard, ("produces", phrase))
    assert len(found.notices) == 1
    assert found.notices[0].startswith(f"the phrase {phrase!r} of produces ")
    assert says in found.notices[0]
    assert not any(r.added for r in found.relations)


def test_a_candidate_that_a_further_phrase_proposes_is_told_with_its_reason(yard: Ontology) -> None:
    found = tried(yard, ("produces", "?s paints ?o"), text="Larkspur Marine Ltd paints the way.")
    [dropped] = [d for d in found.dropped if d.added]
    assert (dropped.subject, dropped.object) == ("Larkspur Marine Ltd", "way")
    assert dropped.reason == "the object says too little to be a thing"
    assert dropped.quote == found.text[dropped.begin : dropped.end]


def test_in_its_document_a_sentence_is_read_as_it_stands_there(yard: Ontology) -> None:
    document = Document("a", "Boats\n\nLarkspur Marine Ltd was founded in 2007.  It\nhammers the Heron 9.", "a.txt")
    words = "It hammers the Heron 9."
    phrases = [("produces", "?s hammers ?o")]
    alone = try_text(words, yard, model=Settings().model, phrases=phrases)
    assert alone.relations == ()
    assert [d.reason for d in alone.dropped] == ["nothing in the text fits the reference 'It'"]
    found = try_text(words, yard, model=Settings().model, phrases=phrases, within=document)
    assert said(found) == {("Larkspur Marine Ltd", "produces", "Heron 9", True)}
    assert found.text == "It\nhammers the Heron 9."
    assert all(m.words == document.text[m.begin : m.end] for m in found.mentions)
    assert [m.words for m in found.mentions] == ["It", "Heron 9"]
    with pytest.raises(UsageError, match="does not stand in 'a'"):
        try_text("It rained.", yard, model=Settings().model, within=document)


def test_the_same_text_gives_the_same(yard: Ontology, plain: Trial) -> None:
    assert tried(yard) == plain


def test_what_cannot_be_tried(yard: Ontology) -> None:
    for text, phrases, date in (
        ("", (), None),
        (TEXT, [("prodces", "?s makes ?o")], None),
        (TEXT, (), "2020-13"),
    ):
        with pytest.raises(UsageError) as caught:
            try_text(text, yard, model=Settings().model, phrases=phrases, date=date)
        assert caught.value.hint
