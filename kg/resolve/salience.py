"""How likely a mention is the antecedent of a pronoun or a nominal reference, by its place: named features, weighed.

The features are those of the literature: preferences for subjects, for parallel roles, for what is near and often
spoken of (Lappin and Leass 1994, "An algorithm for pronominal anaphora resolution"), and constraints of binding theory,
here as weights too, since a parse may be wrong.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.model import Span
from kg.resolve.syntax import Position, Syntax

Case = Literal["subject", "object", "possessive"]

# Fitted as a log-linear ranking of candidates on one half of GAP's development set, then rounded.
PRONOUN: Mapping[str, float] = {
    "this sentence": 1.66,
    "last sentence": 1.02,
    "two back": -0.49,
    "further back": -0.62,
    "distance": -0.33,
    "nearest": 0.7,
    "leads": 0.5,
    "subject": 1.13,
    "possessive": 0.81,
    "object": 0.17,
    "apposition": 0.28,
    "modifier": -0.08,
    "other": -0.42,
    "oblique": -0.32,
    "embedded": -0.69,
    "depth": -0.35,
    "parallel subject": 0.67,
    "parallel object": 0.84,
    "parallel possessive": 0.43,
    "same noun phrase": -0.93,
    "binder of object": -1.53,
    "binder of a direct object": -9.0,
    "binder of possessive": 0.4,
    "beside possessive": 0.63,
    "coordinated possessive": 0.61,
    "owner of possessive": 0.87,
    "subject above subject": 0.14,
    "subject above object": 0.17,
    "behind, in its clause": 0.96,
    "behind, in a clause above": 0.17,
    "mentions": 0.49,
    "first named": 0.32,
    "same gender": 0.45,
    "other gender": -3.0,
    "person": 0.65,
}
# Texts go on speaking of a firm or product for longer than of one person.
NEUTER: Mapping[str, float] = {**PRONOUN, "topic": 0.6, "first named": 0.9}
# By hand: a noun tells more than a pronoun and reaches further back.
NOMINAL: Mapping[str, float] = {
    "sentences": -0.45,
    "leads": 0.8,
    "subject": 0.3,
    "modifier": -0.3,
    "same noun phrase": -2.0,
    "mentions": 0.3,
    "first named": 0.3,
}
LEAST = -1.58


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun or nominal reference to be resolved. place: None where the document has no parse at its span."""

    span: Span
    sentence: int
    place: Position | None
    case: Case


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that may be its antecedent.

    leads: whether it is the first mention of its sentence. nearest: whether none stands between it and the anaphor.
    mentions: how often the thing was mentioned so far. first: whether it is the first thing that the document names.
    topic: whether the document names no other thing of its class more often, or sooner as often.
    """

    span: Span
    sentence: int
    place: Position | None
    leads: bool
    nearest: bool
    mentions: int
    first: bool
    topic: bool


def case_of(place: Position | None) -> Case:
    """The case that a pronoun has by its role."""
    if place is not None and place.role in ("subject", "possessive"):
        return "subject" if place.role == "subject" else "possessive"
    return "object"


def salience(anaphor: Anaphor, candidate: Candidate, syntax: Syntax, weights: Mapping[str, float]) -> float:
    """The sum of the weights of a candidate's features, each times its value."""
    return sum(weights.get(name, 0.0) * value for name, value in features(anaphor, candidate, syntax))


def features(anaphor: Anaphor, candidate: Candidate, syntax: Syntax) -> Iterator[tuple[str, float]]:
    """What a candidate's place and prominence tell, as named features with their values."""
    back = anaphor.sentence - candidate.sentence
    yield ("this sentence", "last sentence", "two back", "further back")[min(back, 3)], 1.0
    yield "sentences", back
    yield "distance", math.log1p(abs(anaphor.span.begin - candidate.span.begin) / 6)
    yield "mentions", math.log(max(1, candidate.mentions))
    yield "nearest", float(candidate.nearest)
    yield "first named", float(candidate.first)
    yield "topic", float(candidate.topic)
    here, there, case = anaphor.place, candidate.place, anaphor.case
    if candidate.leads and (there is None or there.role == "other"):
        yield "leads", 1.0  # where the parse does not tell a subject, what comes first is likely to be one
    if there is None or here is None:
        return
    yield there.role, 1.0
    if there.role == case or (there.role == "oblique" and case == "object"):
        yield f"parallel {case}", 1.0
    if there.embedded:
        yield "embedded", 1.0
    if back:
        yield "depth", min(there.depth, 6) - 1.0
    elif there.parse == here.parse:
        if syntax.noun_phrase(here.parse, there.token, here.noun):
            yield "same noun phrase", 1.0
        if candidate.span.begin > anaphor.span.begin:
            yield "behind, in its clause" if there.clause == here.clause else "behind, in a clause above", 1.0
        else:
            yield from _binding(here, there, case)
            if case == "possessive" and syntax.coordinated(here.parse, there.token, here.noun):
                yield "coordinated possessive", 1.0


def _binding(here: Position, there: Position, case: Case) -> Iterator[tuple[str, float]]:
    """Where the candidate stands before the anaphor in one sentence.

    A pronoun that is an object cannot mean the subject of its own clause; a possessive often does. Subjects of the
    clauses above, and nouns that these modify, command the pronoun.
    """
    if there.role == "subject":
        if there.clause in here.binders:
            yield "binder of a direct object" if here.role == "object" else f"binder of {case}", 1.0
        elif there.clause in here.above:
            yield f"subject above {case}", 1.0
    elif there.clause == here.clause:
        yield f"beside {case}", 1.0
    if there.token in here.owners:
        yield f"owner of {case}", 1.0


def cataphoric(anaphor: Anaphor, candidate: Candidate) -> bool:
    """Whether a pronoun may mean a name behind it: "When she arrived, NAME ...", "In its third year, NAME ..."."""
    here, there = anaphor.place, candidate.place
    if here is None or there is None or here.parse != there.parse or there.role != "subject":
        return False
    return here.depth > there.depth and there.clause in here.above
