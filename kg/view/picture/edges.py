"""The way of each edge: from rim to rim, bowed where several join the same two entities, with an arrowhead."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Points = NDArray[np.float64]

RIM = 2.0  # pixels between an arrowhead and the entity that it points to
LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Curves:
    """Cubic Bézier curves, and the triangle at the end of each.

    knots: for each edge, two ends and the two points between that it bends to, as an array (edges, 4, 2).
    heads: for each edge, the corners of its arrowhead, as an array (edges, 3, 2).
    """

    knots: Points
    heads: Points

    def at(self, part: float) -> Points:
        """The point of each curve at a part of its way, from 0 to 1."""
        weights = np.array([(1 - part) ** 3, 3 * part * (1 - part) ** 2, 3 * part**2 * (1 - part), part**3])
        found: Points = np.einsum("k,ekd->ed", weights, self.knots)
        return found


def curves(points: Points, radii: Points, ends: Sequence[tuple[int, int]], *, gap: float, head: float) -> Curves:
    """Curves between entities.

    gap: pixels between edges that join the same two entities. head: length of an arrowhead.
    """
    if not ends:
        return Curves(np.zeros((0, 4, 2)), np.zeros((0, 3, 2)))
    lanes = _lanes(ends)
    pairs = np.array(ends)
    start, end = points[pairs[:, 0]], points[pairs[:, 1]]
    along = end - start
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), LEAST)
    turned = np.where(pairs[:, 0] <= pairs[:, 1], 1.0, -1.0)
    across = np.stack((-along[:, 1], along[:, 0]), axis=1) / length[:, None] * turned[:, None]
    bow = np.clip(lanes * gap, -0.3 * length, 0.3 * length) * 2
    control = (start + end) / 2 + across * bow[:, None]
    first = _towards(start, control, radii[pairs[:, 0]])
    tip = _towards(end, control, radii[pairs[:, 1]] + RIM)
    base = _towards(tip, control, np.minimum(head * 0.8, length / 3))
    knots = np.stack((first, first + (control - first) * 2 / 3, base + (control - base) * 2 / 3, base), axis=1)
    for number in np.flatnonzero(pairs[:, 0] == pairs[:, 1]):
        knots[number], tip[number] = _loop(points[pairs[number, 0]], float(radii[pairs[number, 0]]), lanes[number], gap)
    return Curves(knots, _heads(knots, tip, head))


def _lanes(ends: Sequence[tuple[int, int]]) -> Points:
    """The place of each edge among those of its two entities: 0 where it is in the middle; for loops counted from 1."""
    bundles = Counter((min(pair), max(pair)) for pair in ends)
    seen: Counter[tuple[int, int]] = Counter()
    lanes: list[float] = []
    for pair in ends:
        bundle = (min(pair), max(pair))
        seen[bundle] += 1
        lanes.append(seen[bundle] - (bundles[bundle] + 1) / 2 if pair[0] != pair[1] else seen[bundle])
    return np.array(lanes)


def _towards(point: Points, target: Points, steps: Points) -> Points:
    way = target - point
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), LEAST)
    moved: Points = point + way * (np.minimum(steps, length) / length)[:, None]
    return moved


def _loop(centre: Points, radius: float, lane: float, gap: float) -> tuple[Points, Points]:
    """A loop above its entity, and where its arrowhead points."""
    high = radius + 14 + gap * lane * 1.6
    corners = np.array([(-0.6 * radius, -0.8 * radius), (-high, -high * 1.9), (high, -high * 1.9)])
    tip = centre + np.array((0.6, -0.8)) * (radius + RIM)
    return np.vstack((centre + corners, tip + (centre + corners[2] - tip) * 0.12)), tip


def _heads(knots: Points, tip: Points, head: float) -> Points:
    way = tip - knots[:, 3]
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), LEAST)
    ahead = way / length[:, None]
    aside = np.stack((-ahead[:, 1], ahead[:, 0]), axis=1) * head * 0.36
    back = tip - ahead * np.minimum(head, length * 1.25)[:, None]
    return np.stack((tip, back + aside, back - aside), axis=1)
