"""Things that other data have IRIs for: the same IRI is the same thing; another IRI, in one file or namespace, is not.

That of two IRIs in one namespace each means another thing is what who gives them out takes care of. IRIs of different
namespaces in different files may mean one thing; then names decide.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Protocol

from kg.model import Entity, Extracted, LocalEntity

Place = tuple[int, int]
"""A thing of one document: the document's position, and the thing's in its extraction."""

OWN_FILE = "file:"  # of the scheme of relative IRIs, which mean something in their file only


class Joined(Protocol):
    """Clusters of positions of which some must stay apart."""

    def join_held(self, i: int, j: int) -> bool:
        """Make two clusters one, unless they must stay apart."""
        ...

    def tell_apart(self, i: int, questions: Collection[str]) -> None:
        """Keep the cluster of a position apart from all others that are told apart by one of these questions."""
        ...


def namespace(iri: str) -> str:
    """An IRI up to its last # or /."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def identify(
    clusters: Joined, extractions: Sequence[Extracted], at: Mapping[Place, int], parts: Collection[Place]
) -> None:
    """Join what has an IRI in common, then keep apart what has different ones; parts: places that users split off."""
    linked = list(_linked(extractions, parts))
    first: dict[str, int] = {}
    for place, entity in linked:
        for iri in entity.same_as:
            clusters.join_held(first.setdefault(iri, at[place]), at[place])
    for place, entity in linked:
        clusters.tell_apart(at[place], questions(place, entity))


def questions(place: Place, entity: LocalEntity) -> list[str]:
    """Two things that have a question in common are one only if they have an IRI in common."""
    return [f"document {place[0]}", *map(namespace, entity.same_as)] if entity.same_as else []


def told_apart(
    extractions: Sequence[Extracted], of: Mapping[Place, str], entities: Sequence[Entity]
) -> Callable[[str, str], bool]:
    """Tells of two entities whether they are not one, however alike their names are; one may be named by an IRI alone.

    of: the IRI of the entity at each place.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for place, thing in _linked(extractions, ()):
        found[of[place]].update(questions(place, thing))
    nameless = {e.iri for e in entities if e.iri in found and not any(mention.named for mention in e.mentions)}
    return lambda one, other: bool({one, other} & nameless or found.get(one, set()) & found.get(other, set()))


def links(things: Sequence[LocalEntity], base: str) -> tuple[str, ...]:
    """The IRIs that a thing has elsewhere: none of the graph's own, nor one that means something in its file only."""
    found = {iri for thing in things for iri in thing.same_as}
    return tuple(sorted(iri for iri in found if not iri.startswith((base, OWN_FILE))))


def namesakes(extractions: Sequence[Extracted], iri_of: Callable[[Place], str]) -> dict[Place, tuple[str, str]]:
    """The IRIs of things that share theirs with another one of their file: as it would be, and with an ending."""
    found: dict[Place, tuple[str, str]] = {}
    for d, extraction in enumerate(extractions):
        same: dict[str, list[int]] = defaultdict(list)
        for n, entity in enumerate(extraction.entities):
            if entity.same_as:
                same[iri_of((d, n))].append(n)
        for iri, members in same.items():
            if len(members) > 1:
                found |= {(d, n): (iri, f"{iri}-{_digest(extraction.entities[n].same_as[:1])}") for n in members}
    return found


def ending(entity: Entity) -> str:
    """What tells an entity from another of its name: a digest of its IRIs elsewhere, else of its mentions."""
    return _digest(entity.same_as or [f"{m.document}\1{m.span.begin}" for m in entity.mentions])


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:6]


def _linked(extractions: Sequence[Extracted], parts: Collection[Place]) -> Iterator[tuple[Place, LocalEntity]]:
    for d, extraction in enumerate(extractions):
        for n, entity in enumerate(extraction.entities):
            if entity.same_as and (d, n) not in parts:
                yield (d, n), entity
