"""Which of several properties a wording means, where they are known by their labels alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from kg.model import Relation, Span, Value
from kg.ontology import Ontology, Property


class Reading(NamedTuple):
    """A relation that passed the gate, with what its ends stand for: a thing's number, or a value."""

    relation: Relation
    subject: int
    object: int | Value


def closest_readings(readings: Sequence[Reading], ontology: Ontology) -> tuple[list[Reading], list[Reading]]:
    """Those to keep, in order, and those given up.

    Where a sentence relates two things by wordings made of labels, the wording nearest to its label counts, then the
    one that asks for the narrower class ("country" rather than "location" of a country), then the one whose subject
    comes first in the text ("successor" rather than "predecessor"). Phrases of the ontology are all kept.
    """
    groups: dict[tuple[Span, frozenset[int | Value]], list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.relation.rank:
            groups[reading.relation.evidence.sentence, frozenset((reading.subject, reading.object))].append(reading)
    given_up: set[int] = set()
    for group in groups.values():
        best = min(_distance(reading, ontology) for reading in group)
        given_up.update(id(reading) for reading in group if _distance(reading, ontology) > best)
    kept = [reading for reading in readings if id(reading) not in given_up]
    return kept, [reading for reading in readings if id(reading) in given_up]


def _distance(reading: Reading, ontology: Ontology) -> tuple[int, bool, bool, bool, int]:
    relation = reading.relation
    prop = ontology.properties[relation.predicate]
    narrow = relation.range != prop.range
    backwards = relation.subject.span > relation.object.span
    words = [word for word in relation.rule.partition(" [")[0].split() if word[0] not in "?*"]
    return relation.rank, not narrow, _is_other_date(reading, prop), backwards, -len(words) if relation.rank == 1 else 0


def _is_other_date(reading: Reading, prop: Property) -> bool:
    """Whether a year is asked for and a day given, or the reverse."""
    if not isinstance(reading.object, Value) or prop.datatype != "date":
        return False
    return (reading.object.datatype == "gYear") != ("year" in prop.label.lower().split())
