"""How likely two things are one, with the reasons: the logistic of a weighted sum of features."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.resolve.candidates import Candidate, pairs
from kg.resolve.features import BIAS, FEATURES, Feature, Pair, paired
from kg.resolve.folding import folded

MERGE = 0.8
"""From this score on, two things may be taken for one without asking."""
ASK = 0.3
"""From this score on, a person should be asked."""

MOST_NAMES = 12
"""Of a thing's names, so many are compared: its label and the first of its aliases."""


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
    return _told(_best(one, other, FEATURES))


def at_least(one: Candidate, other: Candidate, least: float, bare: float = 0.0) -> Comparison | None:
    """The same where the score is at least so, else None, in a third of the time.

    bare: the least score without what is said of the things.
    """
    best = _best(one, other, FEATURES)
    if bare and _score(f.weight * f.function(best) for f in FEATURES if not f.of_facts) < bare:
        return None
    return _told(best) if _score(f.weight * f.function(best) for f in FEATURES) >= least else None


def values(one: Candidate, other: Candidate, table: Sequence[Feature] = FEATURES) -> list[float]:
    """The value of each feature of the table, by the names that fit best under its weights."""
    best = _best(one, other, table)
    return [f.function(best) for f in table]


def likely(
    candidates: Sequence[Candidate], least: float = ASK, found: Sequence[tuple[int, int]] | None = None
) -> list[tuple[int, int, Comparison]]:
    """The pairs of things that score at least so, by their positions, the likeliest first.

    found: pairs to look at; None for those of blocking.
    """
    open_pairs = []
    for i, j in pairs(candidates) if found is None else found:
        comparison = at_least(candidates[i], candidates[j], least)
        if comparison is not None:
            open_pairs.append((i, j, comparison))
    return sorted(open_pairs, key=lambda f: (-f[2].score, *sorted((candidates[f[0]].iri, candidates[f[1]].iri))))


def _told(pair: Pair) -> Comparison:
    found = [(f, value) for f in FEATURES if (value := f.function(pair))]
    reasons = [Reason(f.name, round(value, 3), round(f.weight * value, 3)) for f, value in found]
    ordered = tuple(sorted(reasons, key=lambda r: (-abs(r.contribution), r.feature)))
    return Comparison(_score(f.weight * value for f, value in found), (pair.a.text, pair.b.text), ordered)


def _score(contributions: Iterable[float]) -> float:
    return round(1 / (1 + math.exp(-BIAS - sum(contributions))), 3)


def _best(one: Candidate, other: Candidate, table: Sequence[Feature]) -> Pair:
    """The names that fit best, the last in alphabetical order where several do."""
    person = "person" in (one.kind, other.kind) and {one.kind, other.kind} <= {"person", ""}
    ours, theirs = ([folded(name, person) for name in c.names[:MOST_NAMES]] for c in (one, other))
    found = [paired(one, other, a, b, person) for a in ours for b in theirs]
    if len(found) == 1:
        return found[0]
    of_names = [f for f in table if f.of_names]
    return max(
        found, key=lambda p: (sum(f.weight * f.function(p) for f in of_names), sorted((p.a.text, p.b.text)), p.a.text)
    )
