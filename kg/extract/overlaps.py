"""Of relations that rest on more or less of the same words, those that stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.model import Dropped, Relation, Span


def longest(relations: Iterable[Relation], words_of: Mapping[tuple[str, str], frozenset[str]]) -> list[Relation]:
    """Without those whose words are but a part of another's: "has an office in" beside "has its head office in".

    words_of: the words of each wording, by predicate and phrase.
    """
    groups: dict[tuple[Span, Span], list[tuple[frozenset[str], Relation]]] = defaultdict(list)
    for r in relations:
        words = words_of[r.predicate, r.rule.partition(" [")[0]]
        groups[r.subject.span, r.object.span].append((words, r))
    return [
        relation
        for group in groups.values()
        for words, relation in group
        if relation.rank
        or not any(words and words < others and relation.predicate != other.predicate for others, other in group)
    ]


def most_special(relations: Sequence[Relation]) -> Iterator[Relation]:
    """Of relations that take more or less of one phrase ("a seat of X", "X"), the one with the longer wording."""
    groups: dict[tuple[str, Span], list[Relation]] = defaultdict(list)
    for relation in relations:
        groups[relation.predicate, relation.subject.span].append(relation)
    for group in groups.values():
        for one in group:
            rivals = [r for r in group if r is not one and r.object.span.overlaps(one.object.span)]
            if all(_wording(one) > _wording(r) for r in rivals):
                yield one


def _wording(relation: Relation) -> tuple[int, Span]:
    return len(relation.rule.partition(" [")[0]), relation.object.span


def is_read_better(dropped: Dropped, relations: Sequence[Relation]) -> bool:
    """Whether a relation takes less of the same words: "48,000 pounds" of "damages of 48,000 pounds"."""
    return any(
        r.predicate == dropped.predicate
        and r.evidence.sentence == dropped.evidence.sentence
        and r.subject.surface == dropped.subject
        and r.object.surface != dropped.object
        and r.object.surface in dropped.object
        for r in relations
    )
