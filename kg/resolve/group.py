"""Which things of single documents are one over all documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import Extracted, LocalEntity
from kg.ontology import Ontology
from kg.resolve.external import identify
from kg.resolve.iris import Kinds
from kg.resolve.names import Clusters, name_key

Place = tuple[int, int]
"""A thing of one document: the document's position, and the thing's in its extraction."""

_NAMED = ("person", "place", "name")


@dataclass(frozen=True, slots=True)
class Constraints:
    """What users decided about groups.

    parts: places that are split off, with the name of their part: by their names they are one with their part only.
    together, apart: sets of places that are one, and pairs of sets no members of which are; newest first. A constraint
    that contradicts a newer one has no effect. split_off: what is a part of its own, and what it was a part of: nothing
    but a decision joins these again.
    """

    parts: Mapping[Place, str] = field(default_factory=dict)
    ordered: Sequence[tuple[bool, tuple[frozenset[Place], ...]]] = ()
    split_off: Sequence[tuple[frozenset[Place], frozenset[Place]]] = ()


class Grouping:
    """Things are one if a name of theirs is equal and their classes may be, unless constraints say otherwise.

    What data give IRIs is one if these are (`kg.resolve.external`); of a name that two such things share, no other is.
    refused: positions of constraints that have no effect.
    """

    def __init__(
        self, extractions: Sequence[Extracted], ontology: Ontology, constraints: Constraints | None = None
    ) -> None:
        given = constraints or Constraints()
        self._places = [(d, n) for d, extraction in enumerate(extractions) for n in range(len(extraction.entities))]
        self._at = {place: i for i, place in enumerate(self._places)}
        self._clusters = _Held(len(self._places))
        self.refused = frozenset(
            n
            for n, (together, sets) in enumerate(given.ordered)
            if not self._clusters.constrain(together, [sorted(self._at[place] for place in s) for s in sets], n)
        )
        for n, sets in enumerate(given.split_off, start=len(given.ordered)):
            self._clusters.constrain(False, [sorted(self._at[place] for place in s) for s in sets], n)
        identify(self._clusters, extractions, self._at, given.parts)
        own, others = _keyed(extractions, self._places, ontology, given.parts)
        for keyed in (own, others):  # a thing's first name counts before its other ones
            for members in keyed.values():
                if len(members) > 1:
                    self._clusters.join_all(members)

    def join(self, alike: Iterable[tuple[Place, Place]]) -> None:
        """Make these one as well where constraints allow it, the first first."""
        for one, other in alike:
            self._clusters.join_held(self._at[one], self._at[other])

    @property
    def groups(self) -> list[list[Place]]:
        """Places that are one thing, in the order of their first."""
        return [[self._places[i] for i in members] for members in self._clusters.by_first().values()]


class _Held(Clusters):
    """Clusters of which some must stay apart: no cluster gets two sides of the same question."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self._sides: dict[int, dict[int | str, int]] = {}  # by the cluster's first position: question -> side

    def constrain(self, together: bool, sets: Sequence[Sequence[int]], question: int) -> bool:
        """Join the sets, or keep them apart for good; False, and no change, where that cannot be."""
        if together:
            members = [i for found in sets for i in found]
            before = (list(self._parent), {root: dict(sides) for root, sides in self._sides.items()})
            if all(self.join_held(members[0], i) for i in members[1:]):
                return True
            self._parent, self._sides = before
            return False
        roots = [{self.find(i) for i in found} for found in sets]
        if any(one & other for n, one in enumerate(roots) for other in roots[:n]):
            return False
        for side, found in enumerate(roots):
            for root in found:
                self._sides.setdefault(root, {})[question] = side
        return True

    def tell_apart(self, i: int, questions: Collection[str]) -> None:
        """Keep the cluster of a position apart from all others that are told apart by one of these questions."""
        i = self.find(i)
        self._sides.setdefault(i, {}).update(dict.fromkeys(questions, i))

    def join_held(self, i: int, j: int) -> bool:
        """Make two clusters one, unless they must stay apart; tells whether they are one."""
        i, j = self.find(i), self.find(j)
        if i == j:
            return True
        one, other = self._sides.get(i, {}), self._sides.get(j, {})
        if any(other.get(question, side) != side for question, side in one.items()):
            return False
        self.join(i, j)
        if one or other:
            self._sides[min(i, j)] = one | other
        return True

    def join_all(self, members: Sequence[int]) -> None:
        """Join each with the first that it may be joined with."""
        if not self._sides:
            for i in members[1:]:
                self.join(members[0], i)
            return
        heads: list[int] = []
        for i in self._unambiguous(members):
            if not any(self.join_held(head, i) for head in heads):
                heads.append(i)

    def _unambiguous(self, members: Sequence[int]) -> Sequence[int]:
        """Without what is told apart, where that holds for two of them: what else has their name may mean either."""
        told = {i: self._sides.get(self.find(i), {}).items() for i in members}
        sides = {i: {(q, side) for q, side in sides if isinstance(q, str)} for i, sides in told.items()}
        every = set().union(*sides.values())
        return members if len({q for q, _ in every}) == len(every) else [i for i in members if not sides[i]]


def _keyed(
    extractions: Sequence[Extracted], places: Sequence[Place], ontology: Ontology, parts: Mapping[Place, str]
) -> tuple[dict[tuple[str, str], list[int]], dict[tuple[str, str], list[int]]]:
    """Positions by kind and first name, and by kind and any other name of theirs or of others."""
    own: dict[tuple[str, str], list[int]] = defaultdict(list)
    every: dict[tuple[str, str], list[int]] = defaultdict(list)
    kinds = Kinds(ontology)
    things = [
        (entity, kind := kinds[entity.type], name_key(entity.names[0].text), _keys(entity, kind, extraction.id))
        for extraction in extractions
        for entity in extraction.entities
    ]
    sure = _sure_kinds(things)
    for i, (entity, guessed, first, found) in enumerate(things):
        kind, keys = guessed, found
        if not entity.firm and kind in _NAMED:
            others = sure.get(first, ())
            if len(others) == 1 and kind not in others:
                (kind,) = others
                keys = _keys(entity, kind, extractions[places[i][0]].id)
        part = f"{kind}\0{parts[places[i]]}" if parts and places[i] in parts else kind
        for key in keys:
            every[part, key].append(i)
            if key == first:
                own[part, key].append(i)
    return own, every


def _sure_kinds(things: Iterable[tuple[LocalEntity, str, str, Iterable[str]]]) -> dict[str, set[str]]:
    """For each name, the kinds of the things of that name for whose class more than a guess speaks."""
    found: dict[str, set[str]] = defaultdict(set)
    for entity, kind, _, keys in things:
        if entity.firm and kind in _NAMED:
            for key in keys:
                found[key].add(kind)
    return found


def _keys(entity: LocalEntity, kind: str, document: str) -> list[str]:
    if entity.same_as and not any(entity.named):  # its IRI stands for its name
        return [f"\0{entity.same_as[0]}"]
    name = entity.names[0].text
    if kind == "person" and " " not in name:
        return [f"\0{document}\0{name_key(name)}"]
    if kind == "person" or len(entity.names) == 1:
        return [name_key(name)]
    return sorted({name_key(label.text) for label in entity.names if len(label.text) > 2 or label.text == name})
