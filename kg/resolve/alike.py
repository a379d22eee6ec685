"""Things of different names that are taken for one, because their names and what is said of them speak for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from kg.model import Statement
from kg.ontology import Ontology
from kg.resolve.candidates import Candidate, from_entities
from kg.resolve.compare import ASK, Reason, at_least, compare
from kg.resolve.decided import Resolved
from kg.resolve.external import told_apart
from kg.resolve.folding import folded
from kg.resolve.group import Place
from kg.resolve.matches import Match, Matches, matches

NAMED = 0.5  # the least score without what is said of the things


@dataclass(frozen=True, slots=True)
class Alike:
    """Two entities, by their IRIs and by a place of each, with the score and the reasons, the weightiest first."""

    one: str
    other: str
    places: tuple[Place, Place]
    score: float
    reasons: tuple[Reason, ...]


def alike(
    made: Resolved, statements: Iterable[Statement], ontology: Ontology, least: float, before: Matches | None = None
) -> tuple[list[Alike], Matches]:
    """The pairs of entities that score at least so, the likeliest first, and what to give as `before` next time.

    The names must speak for it by themselves: two firms of one trade in one town share all but that. Of a thing that is
    like several which are not like one another, none is given.
    """
    first = {iri: place for place, iri in reversed(made.of.items())}
    words: dict[str, set[str]] = {}

    def of(candidate: Candidate) -> set[str]:
        if candidate.iri not in words:
            words[candidate.iri] = _words(candidate)
        return words[candidate.iri]

    def judge(one: Candidate, other: Candidate) -> Match | None:
        found = None if of(one).isdisjoint(of(other)) else at_least(one, other, least, NAMED)
        return Match(one.iri, other.iri, found.score, found.reasons) if found and _by_label(one, other) else None

    candidates = (c for c in from_entities(made.entities, statements, ontology) if c.iri in first)
    now = matches(candidates, judge, f"{least} {ontology.digest}", before)
    apart = told_apart(made.extractions, made.of, made.entities)
    told = [m for m in now.found if not apart(m.one, m.other)]
    found = [Alike(m.one, m.other, (first[m.one], first[m.other]), m.score, m.reasons) for m in told]
    return _unambiguous(sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))), now


def _words(candidate: Candidate) -> set[str]:
    """What another thing must share one of to be like this one, lest all that are near in the alphabet be compared."""
    found: set[str] = set()
    for name in candidate.names:
        parts = folded(name, candidate.kind == "person")
        found |= {*parts.words, parts.letters, parts.initials, parts.initials_of_all}
    return found


def _unambiguous(found: list[Alike]) -> list[Alike]:
    """The pairs without those of a thing that is like two others which are not like one another."""
    like: dict[str, set[str]] = defaultdict(set)
    for pair in found:
        like[pair.one] |= {pair.one, pair.other}
        like[pair.other] |= {pair.one, pair.other}
    return [pair for pair in found if like[pair.one] == like[pair.other]]


def _by_label(one: Candidate, other: Candidate) -> bool:
    """Whether the labels alone speak for it, where both are of several words."""
    bare = [replace(c, names=c.names[:1], neighbours=frozenset(), facts=frozenset()) for c in (one, other)]
    return not all(" " in c.names[0] for c in bare) or compare(*bare).score >= ASK
