"""Graphs to be drawn, and what to look for in their drawings."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.view.layout import layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.view.layout import Layout

Edges = list[tuple[int, int]]
BOX = (100.0, 50.0)
RADIUS = 6.0


@dataclass
class Drawing:
    """A graph whose nodes are called alike, and how it is drawn."""

    keys: list[str]
    edges: Edges
    silent: list[int] = field(default_factory=list)
    like: dict[str, tuple[float, float, int]] | None = None

    def __post_init__(self) -> None:
        self.found: Layout = layout(
            self.keys,
            [f"Entity {key}" for key in self.keys],
            self.edges,
            boxes=[BOX] * len(self.keys),
            radii=[RADIUS] * len(self.keys),
            silent=self.silent,
            like=self.like,
        )

    @property
    def former(self) -> dict[str, tuple[float, float, int]]:
        """What `like` takes."""
        rows = zip(self.keys, self.found.places, self.found.community, strict=True)
        return {key: (*place, community) for key, place, community in rows}

    def at(self, key: str) -> tuple[int, int]:
        return self.found.places[self.keys.index(key)]


def drawn(count: int, edges: Edges, silent: Sequence[int] = ()) -> Drawing:
    return Drawing([f"{node:05}" for node in range(count)], edges, list(silent))


def clustered(count: int, seed: int = 1) -> Edges:
    """Groups of about forty with a hub each, joined here and there."""
    chance = random.Random(seed)
    edges = [(node, node - node % 40) for node in range(count)]
    for _ in range(count):
        node = chance.randrange(count)
        edges.append((node, min(count - 1, node - node % 40 + chance.randrange(40))))
    edges.extend((chance.randrange(count), chance.randrange(count)) for _ in range(count // 8))
    return edges


def tree(count: int, seed: int = 1) -> Edges:
    chance = random.Random(seed)
    return [(node, chance.randrange(node)) for node in range(1, count)]


def boxes_overlap(found: Layout) -> int:
    """How many pairs of labels overlap by more than the rounding of their places."""
    places = sorted(found.places)
    return sum(
        abs(x - other_x) < BOX[0] - 2 and abs(y - other_y) < BOX[1] - 2
        for n, (x, y) in enumerate(places)
        for other_x, other_y in places[n + 1 :]
    )


def dots_overlap(found: Layout) -> int:
    """How many pairs of dots overlap."""
    cells: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for x, y in found.places:
        cells.setdefault((x // 12, y // 12), []).append((x, y))
    pairs = 0
    for (column, row), inside in cells.items():
        near = [place for dx in (-1, 0, 1) for dy in (-1, 0, 1) for place in cells.get((column + dx, row + dy), [])]
        pairs += sum(math.dist(one, other) < 2 * RADIUS for one in inside for other in near) - len(inside)
    return pairs // 2


def discs_overlap(found: Layout) -> int:
    """How many pairs of discs overlap."""
    discs = [((one.x, one.y), one.radius) for one in found.communities]
    return sum(
        math.dist(place, other) < radius + other_radius
        for n, (place, radius) in enumerate(discs)
        for other, other_radius in discs[n + 1 :]
    )


def outside(found: Layout) -> int:
    """How many members are not wholly within the disc of their community."""
    return sum(
        math.dist(found.places[node], (one.x, one.y)) + RADIUS > one.radius
        for one in found.communities
        for node in one.members
    )
