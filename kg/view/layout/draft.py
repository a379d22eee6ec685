"""A drawing in the making: what there is, how much room it takes, where it stands so far."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kg.view.layout import apart
from kg.view.layout.shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.view.layout.graph import Graph
    from kg.view.layout.shapes import Disc
    from kg.view.layout.stress import Points

BOX_GAP = 14.0  # units kept free between two labels
DOT_GAP = 8.0  # between two dots
BOX_ROOM = 1.2  # area of a part of the drawing over that of the labels in it
DOT_ROOM = 2.6  # the same for dots


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that make up a community. disc: around them, where it is known."""

    members: tuple[int, ...]
    silent: bool = False
    disc: Disc | None = None


@dataclass(slots=True)
class Draft:
    """Places of all nodes, the width and height that each takes there, and the communities found so far."""

    graph: Graph
    sizes: Points
    dots: bool  # whether only the dots are kept apart, or the labels too
    shapes: Shapes = field(default_factory=Shapes)
    places: Points = field(init=False)
    groups: list[Group] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places = np.zeros((len(self.graph.keys), 2))

    @property
    def gap(self) -> float:
        """The units kept free between two nodes."""
        return DOT_GAP if self.dots else BOX_GAP

    def area(self, members: Sequence[int]) -> float:
        """What the nodes need to stand clear and in some order."""
        taken = float((self.sizes[list(members)] + self.gap).prod(axis=1).sum())
        return taken * (DOT_ROOM if self.dots else BOX_ROOM)

    def overlaps(self, members: Sequence[int]) -> apart.Search:
        """The search for overlaps between these nodes."""
        sizes = self.sizes[list(members)] + self.gap
        return apart.circles(sizes[:, 0] / 2) if self.dots else apart.boxes(sizes)

    def chance(self, members: Sequence[int]) -> list[float]:
        """The pseudo-random numbers of the nodes."""
        return [self.graph.chance[node] for node in members]

    def circle(self, points: Points, members: Sequence[int]) -> Disc:
        """The centre and the radius of a circle around these nodes at these points."""
        sizes = self.sizes[list(members)]
        if self.dots:
            return around(points, sizes[:, 0] / 2)
        corners = [points + sizes * (x, y) for x in (-0.5, 0.5) for y in (-0.5, 0.5)]
        return around(np.concatenate(corners), np.zeros(4 * len(points)))


def around(points: Points, radii: Points) -> Disc:
    """Nearly the smallest circle around circles (Badoiu and Clarkson 2003, https://doi.org/10.1145/644108.644240)."""
    centre = (points.min(axis=0) + points.max(axis=0)) / 2
    best, least = centre, np.inf
    for step in range(2, 50):
        away = points - centre
        reach = np.hypot(away[:, 0], away[:, 1]) + radii
        farthest = int(reach.argmax())
        if reach[farthest] < least:
            best, least = centre, float(reach[farthest])
        centre = centre + away[farthest] / step
    return best, float(least)


def disc(draft: Draft, group: Group) -> tuple[int, int, int]:
    """The centre and the radius of a community, in whole units."""
    centre, radius = group.disc or draft.circle(draft.places[list(group.members)], group.members)
    return round(centre[0]), round(centre[1]), math.ceil(radius) + 2
