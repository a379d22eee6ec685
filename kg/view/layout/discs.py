"""The inside of a community, drawn into a disc."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from kg.view.layout.apart import parted
from kg.view.layout.graph import within
from kg.view.layout.stress import drawn, luck, towards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.view.layout.draft import Draft
    from kg.view.layout.graph import Neighbours
    from kg.view.layout.stress import Points

DENSE = 700  # members for which all distances are looked at
GOLDEN = math.pi * (3 - math.sqrt(5))


def shape(draft: Draft, members: Sequence[int]) -> Points:
    """Places around the origin that fill a disc of the area that the members need; some may overlap."""
    radius = math.sqrt(draft.area(members) / math.pi)
    inside = within(draft.graph.neighbours, members)
    if len(members) > DENSE:
        return sunflower(inside) * radius
    points = drawn(inside, draft.chance(members), 40 if len(members) < 100 else 20)
    return filled(points, draft.sizes[list(members)].prod(axis=1)) * radius


def filled(points: Points, areas: Points) -> Points:
    """Points spread over the disc of radius 1: the narrow side is stretched and crowds are thinned.

    areas: what each is to have of the disc.
    """
    if len(points) < 3:
        return points / max(float(np.abs(points).max()), 1e-9) / 2
    _, spread, axes = np.linalg.svd(points, full_matrices=False)
    wide = np.array((1.0, float(np.clip(spread[0] / max(spread[1], 1e-9), 1.0, 2.0))))
    points = (points @ axes.T * wide) @ axes
    lengths = np.hypot(points[:, 0], points[:, 1])
    order = np.argsort(lengths, kind="stable")
    ranks = np.empty(len(points))
    ranks[order] = np.sqrt((np.cumsum(areas[order]) - areas[order] / 2) / areas.sum())
    wanted = 0.5 * ranks + 0.5 * lengths / lengths.max()
    found: Points = points / np.maximum(lengths, 1e-9)[:, None] * wanted[:, None]
    return found


def sunflower(neighbours: Neighbours) -> Points:
    """The node of most edges in the middle of the disc of radius 1, its neighbours around it, theirs around them."""
    first = max(range(len(neighbours)), key=lambda node: (len(neighbours[node]), -node))
    order, seen = [first], {first}
    for node in order:  # which grows meanwhile
        new = [other for other in neighbours[node] if other not in seen]
        seen.update(new)
        order.extend(sorted(new, key=lambda other: -len(neighbours[other])))
    rank = np.empty(len(neighbours))
    rank[order] = np.arange(len(neighbours))
    radius = np.sqrt((rank + 0.5) / len(neighbours))
    return np.stack((radius * np.cos(rank * GOLDEN), radius * np.sin(rank * GOLDEN)), axis=1)


def faced(draft: Draft, points: Points, members: Sequence[int], centre: Points, centres: dict[int, Points]) -> Points:
    """The points turned so that who has neighbours in other discs stands on their side.

    centres: of the disc in which each node stands.
    """
    aims = np.zeros((len(members), 2))
    inside = set(members)
    for n, node in enumerate(members):
        for other in draft.graph.neighbours[node]:
            if other not in inside and other in centres:
                away = centres[other] - centre
                aims[n] += away / max(math.hypot(*away), 1e-9)
    return towards(points, aims if aims.any() else luck(draft.chance(members)))


def settled(draft: Draft, points: Points, members: Sequence[int], ease: Points | None = None) -> tuple[Points, float]:
    """The points without overlaps around the centre of the circle that holds them, and its radius."""
    points = parted(points, draft.overlaps(members), ease)
    centre, radius = draft.circle(points, members)
    return points - centre, radius
