"""From the words of subject and object to a relation, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extract.grounding.mentions import thing_at, value_at
from kg.extract.grounding.passage import Passage
from kg.extract.grounding.saying import lies_ahead, stance_between
from kg.model import Evidence, Mention, Relation, Span, Stance
from kg.ontology import Property


@dataclass(frozen=True, slots=True)
class Place:
    """Where a relation is stated: the words of subject and object, and the part of a sentence that states it."""

    subject: Span
    object: Span
    evidence: Span
    sentence: Span


@dataclass(frozen=True, slots=True)
class Found:
    """What a proposer says of a relation. claim: the stance that it claims, "" for none. today: the document's date."""

    rule: str
    confidence: float
    claim: str
    today: str


def related(
    passage: Passage, place: Place, prop: Property, found: Found, question: Passage | None = None
) -> Relation | str:
    """The relation of a property between the words at a place, or why there is none.

    question: the paragraph that this one answers, where subject or object may stand.
    """
    homes = [
        question if question is not None and words in question.span else passage
        for words in (place.subject, place.object)
    ]
    subject = thing_at(homes[0], place.subject, "subject", prop.domain)
    if isinstance(subject, str):
        return subject
    target = (
        value_at(homes[1], place.object, prop)
        if prop.datatype
        else thing_at(homes[1], place.object, "object", prop.range)
    )
    if isinstance(target, str):
        return target
    inside = subject.kind == "nominal" and target.kind == "name" and target.span in subject.span
    if subject.span.overlaps(target.span) and not inside:
        return "subject and object are the same words"
    stance, word = _stance(passage, place, target, found)
    relation = Relation(
        subject=subject,
        predicate=prop.iri,
        object=target,
        evidence=Evidence(place.evidence, place.evidence.of(passage.text), place.sentence),
        stance=stance,
        rule=found.rule + _unsaid(subject, target) + (f" [{word}]" if word else ""),
        domain=prop.domain,
        range=prop.range,
        confidence=found.confidence,
    )
    return _with_speaker(relation, passage)


def _unsaid(subject: Mention, target: Mention) -> str:
    """For the rule: which end the words do not name, so that a reader of the evidence need not look for it."""
    ends = {"subject": subject, "object": target}
    return "".join(f" ({side} unsaid)" for side, end in ends.items() if end.kind == "unsaid")


def _stance(passage: Passage, place: Place, target: Mention, found: Found) -> tuple[Stance, str]:
    heads = [passage.head(span) for span in (place.subject, place.object) if span in place.sentence]
    said = stance_between(passage.graph, [head for head in heads if head is not None], found.claim)
    return ("planned", "date") if said[0] == "asserted" and lies_ahead(target, found.today) else said


def _with_speaker(relation: Relation, passage: Passage) -> Relation:
    role, speaker = passage.parse.role, passage.parse.speaker
    if role in ("question", "answer"):
        return replace(relation, voice="question" if role == "question" else "answer", speaker=speaker or None)
    for span, said_by in passage.quoted:
        if relation.evidence.span.overlaps(span) and relation.subject.span in span:
            return replace(relation, voice="quotation", speaker=said_by or None)
    return relation
