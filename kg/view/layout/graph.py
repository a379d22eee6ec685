"""The graph as the drawing sees it: entities in the order of their keys, each joined to others or not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

ENOUGH = 0.5  # share of the entities that must have been there for their places to be kept
Neighbours = list[list[int]]  # of each node, in ascending order


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes are numbered in the order of their keys; `numbers` are those that they have elsewhere."""

    keys: tuple[str, ...]
    numbers: tuple[int, ...]
    neighbours: Neighbours
    chance: tuple[float, ...]  # a pseudo-random number from -1 to 1 for each key
    spoken: tuple[int, ...]
    silent: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """The places of nodes in an earlier drawing, and the communities to which they belonged there."""

    places: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    community: Mapping[int, int] = field(default_factory=dict)

    def worth(self, graph: Graph) -> bool:
        """Whether enough of the graph was there."""
        return sum(node in self.places for node in graph.spoken) > ENOUGH * len(graph.spoken)


def arranged(keys: Sequence[str], edges: Iterable[tuple[int, int]], silent: Collection[int]) -> Graph:
    """The graph without loops and with one edge between any two nodes; an edge makes both its ends speak."""
    numbers = sorted(range(len(keys)), key=keys.__getitem__)
    place = [0] * len(keys)
    for n, node in enumerate(numbers):
        place[node] = n
    around: list[set[int]] = [set() for _ in keys]
    for one, other in edges:
        if one != other:
            around[place[one]].add(place[other])
            around[place[other]].add(place[one])
    quiet = {place[node] for node in silent if not around[place[node]]}
    ordered = tuple(keys[node] for node in numbers)
    return Graph(
        ordered,
        tuple(numbers),
        [sorted(found) for found in around],
        tuple(_chance(key) for key in ordered),
        tuple(n for n in range(len(keys)) if n not in quiet),
        tuple(sorted(quiet)),
    )


def _chance(key: str) -> float:
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return int.from_bytes(digest) / (1 << 47) - 1


def components(neighbours: Neighbours, nodes: Iterable[int]) -> list[list[int]]:
    """The connected parts among some of the nodes, the largest first."""
    left = set(nodes)
    found: list[list[int]] = []
    for first in sorted(left):
        if first not in left:
            continue
        left.discard(first)
        part = [first]
        for node in part:  # which grows meanwhile
            for other in neighbours[node]:
                if other in left:
                    left.discard(other)
                    part.append(other)
        found.append(sorted(part))
    return sorted(found, key=lambda part: (-len(part), part[0]))


def within(neighbours: Neighbours, members: Sequence[int]) -> Neighbours:
    """The graph of some nodes alone, which come in ascending order, numbered in that order."""
    place = {node: n for n, node in enumerate(members)}
    return [[place[other] for other in neighbours[node] if other in place] for node in members]
