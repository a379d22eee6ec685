"""How likely two things are one, with the reasons: the logistic of a weighted sum of features."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.resolve.alignment import align
from kg.resolve.candidates import Candidate, pairs
from kg.resolve.features import BIAS, FEATURES, Feature, Pair
from kg.resolve.folding import Folded, folded

MERGE = 0.9
"""From this score on, two things may be taken for one without asking."""
ASK = 0.3
"""From this score on, a person should be asked."""

_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Reason:
    """What a feature adds to the sum: its value in [0, 1] times its weight."""

    feature: str
    value: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """How likely two things are one. names: of each, the names that speak for it most.

    reasons: all features that have a value, the weightiest first.
    """

    score: float
    names: tuple[str, str]
    reasons: tuple[Reason, ...]


def compare(one: Candidate, other: Candidate) -> Comparison:
    """Compare two things by the names that fit best and by what is known of them; nothing else has a say.

    Turned round, it gives the same score and reasons.
    """
    person = _may_be_person(one, other)
    best = max(
        (_pair(one, other, a, b, person) for a in _names(one, person) for b in _names(other, person)),
        key=lambda p: (_sum(p, _OF_NAMES), sorted((p.a.text, p.b.text)), p.a.text),
    )
    values = [(f, value) for f in FEATURES if (value := f.function(best))]
    reasons = [Reason(f.name, round(value, 3), round(f.weight * value, 3)) for f, value in values]
    total = BIAS + sum(f.weight * value for f, value in values)
    ordered = tuple(sorted(reasons, key=lambda r: (-abs(r.contribution), r.feature)))
    return Comparison(round(1 / (1 + math.exp(-total)), 3), (best.a.text, best.b.text), ordered)


def features(one: Candidate, other: Candidate, weight: Callable[[Feature], float]) -> list[float]:
    """The value of each feature, in the order of the table, under other weights than the table's."""
    person = _may_be_person(one, other)
    best = max(
        (_pair(one, other, a, b, person) for a in _names(one, person) for b in _names(other, person)),
        key=lambda p: (sum(weight(f) * f.function(p) for f in _OF_NAMES), p.a.text, p.b.text),
    )
    return [f.function(best) for f in FEATURES]


def likely(candidates: Sequence[Candidate], least: float = ASK) -> list[tuple[int, int, Comparison]]:
    """The pairs of things that score at least so, by their positions, the likeliest first."""
    found = []
    for i, j in pairs(candidates):
        comparison = compare(candidates[i], candidates[j])
        if comparison.score >= least:
            found.append((i, j, comparison))
    return sorted(found, key=lambda f: (-f[2].score, *sorted((candidates[f[0]].iri, candidates[f[1]].iri))))


_OF_NAMES = tuple(f for f in FEATURES if f.of_names)


def _may_be_person(one: Candidate, other: Candidate) -> bool:
    kinds = {one.kind, other.kind}
    return "person" in kinds and kinds <= {"person", ""}


def _names(candidate: Candidate, person: bool) -> list[Folded]:
    return [folded(name, person) for name in candidate.names[:_MOST_NAMES]]


def _pair(one: Candidate, other: Candidate, a: Folded, b: Folded, person: bool) -> Pair:
    return Pair(one, other, a, b, align(a, b, person), person)


def _sum(pair: Pair, table: Sequence[Feature]) -> float:
    return sum(f.weight * f.function(pair) for f in table)
