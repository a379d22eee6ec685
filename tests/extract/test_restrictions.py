from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract import RuleExtractor
from kg.extract.restrictions import Restrictions
from kg.model import Annotation, Mention, Span
from kg.ontology import Ontology

Annotate = Callable[[str], Annotation]
COMPANY = "https://w3id.org/evident-kg/company#"


def mention(surface: str, kind: str, head: str = "") -> Mention:
    return Mention(Span(0, len(surface)), surface, kind, head=head)  # type: ignore[arg-type]  # as written in the test


@pytest.mark.parametrize(
    ("filler", "reason"),
    [
        (mention("Norvia", "name"), None),
        (mention("the company", "nominal", "company"), None),
        (mention("Lisbon", "name"), "the subject is a place, the wording asks for a thing of another class"),
    ],
)
def test_a_slot_that_asks_for_an_organization(ontology: Ontology, filler: Mention, reason: str | None) -> None:
    slots = Restrictions(ontology)
    allowed = frozenset((COMPANY + "Organization",))
    assert slots.unfit("subject", filler, allowed, True) == reason


def test_a_slot_that_asks_for_nothing_takes_anything(ontology: Ontology) -> None:
    slots = Restrictions(ontology)
    for kind in ("name", "phrase", "nominal"):
        assert slots.unfit("object", mention("kettle", kind, "kettle"), frozenset(), False) is None


@pytest.mark.model
def test_a_description_where_a_name_is_asked_for_is_dropped_with_the_reason(
    annotate: Annotate, extractor: RuleExtractor, ontology: Ontology
) -> None:
    text = "A new kettle maker was founded in 2007."
    relations, dropped = extractor.extract(annotate(text))
    assert relations == []
    found = next(d for d in dropped if ontology.properties[d.predicate].local == "foundingDate")
    assert (found.subject, found.object, found.reason) == (
        "kettle maker",
        "2007",
        "the subject is a description, the wording asks for a name",
    )
    assert found.evidence.quote in text
