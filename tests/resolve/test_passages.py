"""Passages with references, read by the language model, and what a careful reader takes from them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.annotate import ANNOTATORS
from kg.config import Settings
from kg.extract import EXTRACTORS
from kg.model import Document, Mention, Span, Value
from kg.ontology import Ontology
from kg.resolve.local import link, open_references

pytestmark = pytest.mark.model

Facts = Callable[[str], set[tuple[str, str, str]]]
Means = Callable[[str], str | None]


@pytest.fixture(scope="module")
def reader(company: Ontology) -> Callable[[str], tuple[object, ...]]:
    model = Settings().model
    annotator = ANNOTATORS["spacy"](model, company)
    extractor = EXTRACTORS["rules"](company, annotator.phrases, annotator.version)

    def read(text: str) -> tuple[object, ...]:
        annotation = annotator.annotate(Document("passage", text, "passage.txt"))
        return (annotation, *extractor.extract(annotation))

    return read


@pytest.fixture(scope="module")
def facts(company: Ontology, reader: Callable[[str], tuple[object, ...]]) -> Facts:
    """The asserted statements: label, local name, label or literal."""

    def told(text: str) -> set[tuple[str, str, str]]:
        annotation, relations, dropped = reader(text)
        found = link(annotation, relations, dropped, company)  # type: ignore[arg-type]
        names = [e.names[0].text for e in found.entities]
        return {
            (
                names[s.subject],
                s.predicate.rpartition("#")[2],
                s.object.lexical if isinstance(s.object, Value) else names[s.object],
            )
            for s in found.statements
            if s.stance == "asserted"
        }

    return told


@pytest.fixture(scope="module")
def means(company: Ontology, reader: Callable[[str], tuple[object, ...]]) -> Means:
    """The name that the pronoun between asterisks stands for."""

    def resolved(marked: str) -> str | None:
        before, word, _ = marked.split("*")
        annotation, relations, _ = reader(marked.replace("*", ""))
        references = open_references(annotation, relations, company)  # type: ignore[arg-type]
        span = Span(len(before), len(before) + len(word))
        found = references.find(Mention(span, word, "pronoun", head=word.lower()), [])
        return None if found is None else references.clusters[found][0].surface

    return resolved


@pytest.mark.parametrize(
    ("passage", "name"),
    [
        ("Orla Quist hired Mara Teal because *she* needed an engineer.", "Orla Quist"),
        ("Ivo Brandt met Mara Teal. *She* makes lamps.", "Mara Teal"),
        ("Mr. Pell met Ms. Grau. *He* makes lamps.", "Pell"),
        ("Orla Quist praised *her* in the end. Mara Teal stayed.", None),
        ("Mara Teal met Helena Quist and *her* brother in Norr.", "Helena Quist"),
        ("When *she* arrived in Norr, Mara Teal opened a shop.", "Mara Teal"),
        ("Mara Teal, who sold *her* boat, met Orla Quist.", "Mara Teal"),
        ("Halmbrook asked its customers what *they* used before.", None),
        ("Since Halmbrook and its motors were sold, *they* make lamps.", "Halmbrook"),
        ("Ivo Brandt, the reporter of the magazine Sail, asked why *he* had left.", "Ivo Brandt"),
    ],
)
def test_who_is_meant(means: Means, passage: str, name: str | None) -> None:
    assert means(passage) == name


@pytest.mark.parametrize(
    ("passage", "fact"),
    [
        pytest.param(
            "Halmbrook Ltd makes lamps. The firm bought Tarnwald GmbH in 2012. Its founder is Orla Quist.",
            ("Halmbrook Ltd", "founder", "Orla Quist"),
            id="its: the topic, not what was named last",
        ),
        pytest.param(
            "Tarnwald GmbH is financed by Pelikan Oy and by Norrbank AG. Its chief executive is Mara Teal.",
            ("Mara Teal", "worksFor", "Tarnwald GmbH"),
            id="its: the subject of a passive",
        ),
        pytest.param(
            "Tarnwald GmbH has delivered motors to Pelikan Oy since 2004. The company was founded in 1998.",
            ("Tarnwald GmbH", "foundingDate", "1998"),
            id="the company: the subject",
        ),
        pytest.param(
            "Tarnwald GmbH sold its stake in Pelikan Oy. The group employs 340 people.",
            ("Tarnwald GmbH", "numberOfEmployees", "340"),
            id="the group: the subject",
        ),
        pytest.param(
            "Tarnwald GmbH makes ferries with Pelikan Oy, a yard based in Lisbon. The Lisbon firm was founded in 1998.",
            ("Pelikan Oy", "foundingDate", "1998"),
            id="the Lisbon firm",
        ),
        pytest.param(
            "Bodega Ferrol opened a fourth shop. The wine retailer employs 412 people.",
            ("Bodega Ferrol", "numberOfEmployees", "412"),
            id="the retailer: who does something for a living",
        ),
        pytest.param(
            "Tarnwald GmbH went to the Norr Boat Show. The show opened on 3 May 2021.",
            ("Norr Boat Show", "eventDate", "2021-05-03"),
            id="the show",
        ),
        pytest.param(
            "Orla Quist works for Tarnwald GmbH in Norr. We make ferries, says Quist. Our founder is Mara Teal.",
            ("Tarnwald GmbH", "founder", "Mara Teal"),
            id="our: what the document speaks of",
        ),
        pytest.param(
            "Tarnwald GmbH showed the Moth in Norr. It costs 900 euros.",
            ("Moth", "price", "900 EUR"),
            id="it: what can have a price",
        ),
        pytest.param(
            "Brannock AG presented its second model, the Moth, in Norr. The lamp weighs a pound. It costs 900 euros.",
            ("Brannock AG", "produces", "Moth"),
            id="its second model",
        ),
        pytest.param(
            "Tarnwald GmbH likes Norr. Pelikan Oy has been based there since 2003.",
            ("Pelikan Oy", "headquarters", "Norr"),
            id="there",
        ),
        pytest.param(
            "Mara Teal founded Tarnwald GmbH. She also founded Pelikan Oy.",
            ("Pelikan Oy", "founder", "Mara Teal"),
            id="she: a person",
        ),
    ],
)
def test_what_a_reference_leads_to(facts: Facts, passage: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(passage)


def test_a_noun_of_no_class_is_nobody_for_standing_in_a_phrase(facts: Facts) -> None:
    text = (
        "LEEDS, 4 March 2024 - Halmbrook, the maker of the eVolt 3, has opened a plant in Leeds. Sonnet, a start-up, "
        'supplies it. "We invested in the site," said Ivo Brandt, the chief executive of Halmbrook.'
    )
    assert not [fact for fact in facts(text) if fact[1] == "investedIn"]
