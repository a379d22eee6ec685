"""Things of different names that are taken for one, because their names and what is said of them speak for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Statement
from kg.ontology import Ontology
from kg.resolve.candidates import Candidate, from_entities
from kg.resolve.compare import Comparison, Reason, likely
from kg.resolve.decided import Resolved
from kg.resolve.group import Place


@dataclass(frozen=True, slots=True)
class Alike:
    """Two entities, by their IRIs and by a place of each, with the score and the reasons, the weightiest first."""

    one: str
    other: str
    places: tuple[Place, Place]
    score: float
    reasons: tuple[Reason, ...]


def alike(made: Resolved, statements: Iterable[Statement], ontology: Ontology, least: float) -> list[Alike]:
    """The pairs of entities that score at least so, the likeliest first.

    Two full names that have nothing in common but the initials of one are a question for a person.
    """
    candidates = from_entities(made.entities, statements, ontology)
    first: dict[str, Place] = {}
    for place, iri in sorted(made.of.items()):
        first.setdefault(iri, place)
    found = []
    for i, j, comparison in likely(candidates, least):
        one, other = sorted((candidates[i].iri, candidates[j].iri))
        if one in first and other in first and not _only_initials(candidates[i], candidates[j], comparison):
            found.append(Alike(one, other, (first[one], first[other]), comparison.score, comparison.reasons))
    return found


def _only_initials(one: Candidate, other: Candidate, comparison: Comparison) -> bool:
    full = all(" " in candidate.names[0] for candidate in (one, other))
    return full and "acronym" in {reason.feature for reason in comparison.reasons}
