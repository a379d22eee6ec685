"""What a document leaves unsaid of its own house: whoever holds a post there, where no other employer is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kg.model import LocalStatement, Span
from kg.ontology import Ontology, Property

RULE = "implied"
BELIEF = 0.65


def implied(
    statements: Sequence[LocalStatement], house: int, bodies: Sequence[Span], ontology: Ontology
) -> Iterator[LocalStatement]:
    """Statements of properties that are implied by others (`kgv:impliedBy`), with the house as their object.

    Nothing is implied of a subject that has such a property, nor by a sentence that names another body. bodies: where
    bodies other than the house are named.
    """
    for prop in ontology.properties.values():
        if not prop.implied_by:
            continue
        has = {s.subject for s in statements if s.predicate == prop.iri and s.stance == "asserted"}
        for s in statements:
            is_new = s.stance == "asserted" and s.subject not in has and s.subject != house
            if is_new and s.predicate in prop.implied_by and not any(b in s.evidence.sentence for b in bodies):
                yield _implied(s, prop, house)


def _implied(statement: LocalStatement, prop: Property, house: int) -> LocalStatement:
    rule = f"{RULE}: {statement.rule}"
    belief = round(min(BELIEF, statement.confidence), 2)
    return replace(statement, predicate=prop.iri, object=house, rule=rule, confidence=belief)
