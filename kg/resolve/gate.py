"""The gate that every proposed relation passes, whatever proposed it."""

from __future__ import annotations

from kg.model import Relation
from kg.ontology import Ontology


def refuse(
    text: str, relation: Relation, subject_type: str | None, object_type: str | None, ontology: Ontology
) -> str | None:
    """Why the relation may not become a statement; None if it may.

    The words must stand in the text at their span, and subject and object must fit domain and range.
    """
    prop = ontology.properties[relation.predicate]
    evidence = relation.evidence
    if evidence.span.of(text) != evidence.quote or not evidence.quote or evidence.span not in evidence.sentence:
        return "the quote does not stand in the text at its span"
    if any(mention.span.of(text) != mention.surface for mention in (relation.subject, relation.object)):
        return "a mention does not stand in the text at its span"
    if not _fits(subject_type, relation.domain, ontology):
        return _unfit("subject", subject_type, relation.domain, ontology)
    if prop.datatype is None and not _fits(object_type, relation.range, ontology):
        return _unfit("object", object_type, relation.range, ontology)
    return None


def _fits(found: str | None, allowed: frozenset[str], ontology: Ontology) -> bool:
    """Without any class in the ontology, every name fits everywhere."""
    return not ontology.classes if found is None else ontology.fits(found, allowed)


def _unfit(side: str, found: str | None, allowed: frozenset[str], ontology: Ontology) -> str:
    known = ontology.classes.get(found or "")
    asked = " or ".join(sorted(ontology.label(iri) for iri in allowed))
    said = f"the {side} is read as {known.label}" if known else f"the {side} is of no known class"
    return f"{said}, the wording asks for {asked}" if asked else said
