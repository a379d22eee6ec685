"""What several proposers found in one document, as `kg.resolve.link` takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.grounding.mentions import ANNOTATOR
from kg.model import Annotation, Dropped, Mention, Relation, Span

Found = tuple[Sequence[Relation], Sequence[Dropped]]


def together(annotation: Annotation, *found: Found) -> tuple[Annotation, list[Relation], list[Dropped]]:
    """All relations and all that was dropped, and the annotation with the names that a proposer added to it.

    found: what `extract` gave, the most trusted proposer first: where two relate the same words by the same property,
    the first counts, with its stance. The annotation is the same value where no name is new.
    """
    best: dict[tuple[Span, str, Span], Relation] = {}
    for relations, _ in found:
        for relation in relations:
            best.setdefault((relation.subject.span, relation.predicate, relation.object.span), relation)
    relations = sorted(best.values(), key=lambda r: (r.evidence.span, r.predicate, r.subject.span, r.object.span))
    dropped = [one for _, rows in found for one in rows]
    return with_names(annotation, relations), relations, dropped


def with_names(annotation: Annotation, relations: Sequence[Relation]) -> Annotation:
    """The annotation with the names that stand in relations only, the longest where they overlap.

    Names are made one thing, and get a class, with all others of the document; so they must be known before that.
    """
    votes: dict[Span, dict[str, float]] = {}
    made: dict[Span, Mention] = {}
    for relation in relations:
        for mention in (relation.subject, relation.object):
            if mention.kind == "name" and mention.annotator == ANNOTATOR:
                made[mention.span] = mention
                told = votes.setdefault(mention.span, {})
                told.update((iri, max(weight, told.get(iri, 0.0))) for iri, weight in mention.votes)
    taken = [m.span for m in annotation.mentions]
    new = []
    for span in sorted(made, key=lambda s: (s.begin - s.end, s)):
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
            new.append(replace(made[span], votes=tuple(sorted(votes[span].items()))))
    if not new:
        return annotation
    return replace(annotation, mentions=tuple(sorted([*annotation.mentions, *new], key=lambda m: m.span)))
