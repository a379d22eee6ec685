"""Which pairs of things match, told from what was found last time: only what changed is compared again.

A pair is looked at where a block holds both (`kg.resolve.candidates`), and whether it matches is a matter of these two
alone. So a pair of which neither changed, in blocks that did not change, is what it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from kg.digests import packed_digest
from kg.resolve.candidates import Candidate, Member, keys_of, pairs_of
from kg.resolve.compare import Reason

_BETWEEN = "\n"
_ENCODER = msgspec.msgpack.Encoder()


class Thing(msgspec.Struct, frozen=True, array_like=True):
    """A candidate as it was compared. digest: of all that was compared; keys: those of its blocks, a line each."""

    iri: str
    digest: bytes
    names: tuple[str, ...]
    person: bool
    keys: str


class Match(msgspec.Struct, frozen=True, array_like=True):
    """Two things that match, by their IRIs in order, with the score and the reasons, the weightiest first."""

    one: str
    other: str
    score: float
    reasons: tuple[Reason, ...]


class Matches(msgspec.Struct, frozen=True, array_like=True):
    """All things that were compared, by IRI, and the pairs that match.

    made_by: what decides beside the things: the ontology, which tells the classes above a thing's own, and the score.
    """

    made_by: str = ""
    things: tuple[Thing, ...] = ()
    found: tuple[Match, ...] = ()


Judge = Callable[[Candidate, Candidate], Match | None]
"""Whether two things match; asked of the pair in either order."""


def matches(candidates: Iterable[Candidate], judge: Judge, made_by: str, before: Matches | None = None) -> Matches:
    """The pairs that match, by IRIs; before: what was found last time, which changes the time only."""
    if before is None or before.made_by != made_by:
        before = Matches(made_by)
    known = {thing.iri: thing for thing in before.things}
    at = {candidate.iri: candidate for candidate in candidates}
    things = tuple([_thing(at[iri], known.get(iri)) for iri in sorted(at)])
    update = _Update(known, {thing.iri: thing for thing in things})
    found = {(m.one, m.other): m for m in update.staying(before.found)}
    for one, other in update.open_pairs():
        match = judge(at[one], at[other])
        if match is not None:
            found[one, other] = match
    return Matches(made_by, things, tuple(match for _, match in sorted(found.items())))


def _thing(candidate: Candidate, before: Thing | None) -> Thing:
    c = candidate
    sets = (sorted(c.documents), sorted(c.neighbours), sorted(c.facts))
    digest = packed_digest(_ENCODER.encode((c.names, c.type, c.kind, *sets)))
    if before is not None and before.digest == digest:
        return before
    person = c.kind == "person"
    return Thing(c.iri, digest, c.names, person, _BETWEEN.join(keys_of(c.names, person)))


class _Update:
    """What is otherwise than last time: things by their IRIs, then and now."""

    def __init__(self, before: Mapping[str, Thing], now: Mapping[str, Thing]) -> None:
        self._before, self._now = before, now
        self._iris = sorted(before.keys() | now.keys())
        changed = (n for n, iri in enumerate(self._iris) if before.get(iri) is not now.get(iri))  # most are the same
        self._changed = {n for n in changed if _digest(before, self._iris[n]) != _digest(now, self._iris[n])}
        moved = [self._iris[n] for n in self._changed if _place(before, self._iris[n]) != _place(now, self._iris[n])]
        self._touched = _keys(before, moved) | _keys(now, moved)

    def open_pairs(self) -> Iterator[tuple[str, str]]:
        """The pairs to compare: those with something that changed, and those that were not in one block before."""
        changed = [self._iris[n] for n in self._changed]
        then, done = self._pairs_then(), set[tuple[int, int]]()
        for key, members in self._blocks(self._now, self._touched | _keys(self._now, changed)).items():
            for pair in pairs_of(key, members):
                new = not self._changed.isdisjoint(pair) or (key in self._touched and pair not in then)
                if new and pair not in done:
                    done.add(pair)
                    yield self._iris[pair[0]], self._iris[pair[1]]

    def staying(self, found: Iterable[Match]) -> Iterator[Match]:
        """The matches of last time that still are: nothing changed, and a block holds both."""
        asked = {}
        for match in found:
            ends = (match.one, match.other)
            if any(iri not in self._now or _digest(self._now, iri) != _digest(self._before, iri) for iri in ends):
                continue
            shared = set.intersection(*(_keys(self._now, [iri]) for iri in ends))
            if shared.isdisjoint(self._touched):
                yield match
            else:
                asked[match] = shared
        if asked:
            blocks = self._blocks(self._now, set().union(*asked.values()))
            paired = {key: set(pairs_of(key, members)) for key, members in blocks.items()}
            for match, shared in asked.items():
                pair = (self._iris.index(match.one), self._iris.index(match.other))
                if any(pair in paired[key] for key in shared):
                    yield match

    def _pairs_then(self) -> set[tuple[int, int]]:
        blocks = self._blocks(self._before, self._touched) if self._before else {}
        return {pair for key, members in blocks.items() for pair in pairs_of(key, members)}

    def _blocks(self, things: Mapping[str, Thing], keys: AbstractSet[str]) -> Mapping[str, Sequence[Member]]:
        """The members of these blocks, in the order of their IRIs."""
        found: dict[str, list[Member]] = defaultdict(list)
        if not keys:
            return found
        for n, iri in enumerate(self._iris):
            thing = things.get(iri)
            if thing is None or keys.isdisjoint(own := thing.keys.split(_BETWEEN)):
                continue
            made = keys_of(thing.names, thing.person)
            for key in own:
                if key in keys:
                    found[key].append(Member(n, *made[key]))
        return found


def _digest(things: Mapping[str, Thing], iri: str) -> bytes | None:
    thing = things.get(iri)
    return None if thing is None else thing.digest


def _place(things: Mapping[str, Thing], iri: str) -> tuple[tuple[str, ...], bool] | None:
    """What decides in which blocks a thing is, and as what."""
    thing = things.get(iri)
    return None if thing is None else (thing.names, thing.person)


def _keys(things: Mapping[str, Thing], iris: Iterable[str]) -> set[str]:
    return {key for iri in iris if iri in things for key in things[iri].keys.split(_BETWEEN)}
