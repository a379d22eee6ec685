"""Which entities of two graphs are one thing: those of one IRI, and those that were merged, split or named anew.

An IRI that only one graph has goes over into what stands in its place there (dcterms:isReplacedBy), or else into what
most of its mentions refer to in the other graph, at the same offsets of documents that did not change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kg.diff.values import Fact, Graph, Place, Record


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the entities of two graphs belong together; IRIs before stand first, those after last; all sorted.

    keys: one name for all IRIs of a thing that has several.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    merged: tuple[tuple[tuple[str, ...], str], ...]
    split: tuple[tuple[str, tuple[str, ...]], ...]
    renamed: tuple[tuple[str, str], ...]
    keys: Mapping[str, str]
    symmetric: frozenset[str]

    def key(self, term: str | None) -> str | None:
        """What stands for an IRI or a literal in either graph."""
        return None if term is None else self.keys.get(term, term)

    def triple(self, item: Fact | Record) -> tuple[str, str, str]:
        """What stands for a fact in either graph, whichever way round a symmetric one is told."""
        ends = (self.keys.get(item.subject, item.subject), self.keys.get(item.object, item.object))
        if item.predicate in self.symmetric:
            ends = (min(ends), max(ends))
        return ends[0], item.predicate, ends[1]


def grouped(facts: Iterable[Fact], aligned: Alignment) -> dict[tuple[str, str, str], set[Fact]]:
    """Facts by what stands for them in either graph."""
    found: dict[tuple[str, str, str], set[Fact]] = {}
    for fact in facts:
        found.setdefault(aligned.triple(fact), set()).add(fact)
    return found


def moved(key: tuple[str, str, str], aligned: Alignment) -> tuple[str, ...]:
    """What is otherwise of a fact that both graphs hold."""
    names = set(aligned.keys.values())
    found = tuple(name for name, end in (("subject", key[0]), ("object", key[2])) if end in names)
    return found or ("direction",)


def align(before: Graph, after: Graph, symmetric: Collection[str] = ()) -> Alignment:
    """Bring the entities of two graphs together. symmetric: predicates that hold both ways."""
    links = _successors(before, after) | {(new, old) for old, new in _successors(after, before)}
    moved = {old for old, _ in links} | {new for _, new in links}
    links |= {(iri, iri) for iri in moved if iri in before.entities and iri in after.entities}
    into: dict[str, set[str]] = defaultdict(set)
    out_of: dict[str, set[str]] = defaultdict(set)
    for old, new in links:
        into[new].add(old)
        out_of[old].add(new)
    return Alignment(
        added=tuple(sorted(after.entities.keys() - before.entities.keys() - into.keys())),
        removed=tuple(sorted(before.entities.keys() - after.entities.keys() - out_of.keys())),
        merged=tuple(sorted((tuple(sorted(old)), new) for new, old in into.items() if len(old) > 1)),
        split=tuple(sorted((old, tuple(sorted(new))) for old, new in out_of.items() if len(new) > 1)),
        renamed=tuple(
            sorted((old, new) for old, new in links if old != new and len(into[new]) == len(out_of[old]) == 1)
        ),
        keys=_keys(links),
        symmetric=frozenset(symmetric),
    )


def _successors(own: Graph, other: Graph) -> set[tuple[str, str]]:
    """For each entity that only one graph has, what it is in the other, if anything."""
    gone = own.entities.keys() - other.entities.keys()
    found = {(iri, new) for iri in gone if (new := _replacement(iri, other)) is not None}
    told = {iri for iri, _ in found}
    return found | _by_mentions(own, other, gone - told)


def _replacement(iri: str, graph: Graph) -> str | None:
    """What a graph says stands in place of an IRI."""
    seen = {iri}
    while (new := graph.replaced.get(iri)) is not None and new not in seen:
        if new in graph.entities:
            return new
        seen.add(new)
        iri = new
    return None


def _by_mentions(own: Graph, other: Graph, wanted: Collection[str]) -> set[tuple[str, str]]:
    """What at least half of the comparable mentions of an entity refer to in the other graph.

    Names count; references ("the firm") only where the entity has no name in these documents, for what a pronoun
    stands for says little of what a thing is.
    """
    same = {name for name, digest in own.documents.items() if other.documents.get(name) == digest}
    votes: dict[tuple[str, bool], Counter[str | None]] = defaultdict(Counter)
    if not wanted or not same:
        return set()
    for place, (iri, named) in own.mentions.items():
        if iri in wanted and place.document in same:
            votes[iri, named][other.mentions.get(place, (None, False))[0]] += 1
    found = set()
    for iri in wanted:
        counted = votes.get((iri, True)) or votes.get((iri, False)) or Counter()
        ranked = sorted((-count, new) for new, count in counted.items() if new is not None and new in other.entities)
        if ranked and -ranked[0][0] * 2 >= counted.total():
            found.add((iri, ranked[0][1]))
    return found


def _keys(links: Collection[tuple[str, str]]) -> dict[str, str]:
    """The least IRI of all that hang together, by IRI."""
    near: dict[str, set[str]] = defaultdict(set)
    for old, new in links:
        near[old].add(new)
        near[new].add(old)
    keys: dict[str, str] = {}
    for least in sorted(near):
        waiting = [least] if least not in keys else []
        while waiting:
            iri = waiting.pop()
            if iri not in keys:
                keys[iri] = least
                waiting += near[iri]
    return keys


def mentioned(graph: Graph, wanted: Collection[str]) -> dict[str, list[Place]]:
    """Where entities are mentioned, in the order of the text."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place, (iri, _) in graph.mentions.items():
        if iri in wanted:
            found[iri].append(place)
    return {iri: sorted(places) for iri, places in found.items()}
