"""The inside of a community, drawn into a disc."""

from __future__ import annotations

import math
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from kg.view.layout.apart import parted
from kg.view.layout.graph import within
from kg.view.layout.shapes import key_of
from kg.view.layout.stress import drawn, luck, towards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.view.layout.draft import Draft
    from kg.view.layout.graph import Neighbours
    from kg.view.layout.shapes import Inside
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


def digest(draft: Draft, members: Sequence[int]) -> bytes:
    """The same for the same nodes and edges among them."""
    near = within(draft.graph.neighbours, members)
    return key_of(near, draft.sizes[list(members)], draft.chance(members))


def inside(draft: Draft, members: Sequence[int]) -> Inside:
    """Places around the origin where none overlap, and the radius of the disc that holds them."""
    return draft.shapes.of(digest(draft, members), lambda: settled(draft, shape(draft, members), members))


def aims(draft: Draft, groups: Sequence[Sequence[int]], centres: Points) -> Points:
    """For each node of the drawing, where its neighbours in other discs lie, seen from the centre of its own."""
    disc = np.full(len(draft.places), -1)
    for n, group in enumerate(groups):
        disc[list(group)] = n
    nodes = [node for group in groups for node in group]
    near = [draft.graph.neighbours[node] for node in nodes]
    one = np.repeat(np.array(nodes, dtype=np.int64), [len(others) for others in near])
    other = np.fromiter(chain.from_iterable(near), dtype=np.int64, count=len(one))
    leads = (disc[other] >= 0) & (disc[other] != disc[one])
    one, other = one[leads], other[leads]
    away = centres[disc[other]] - centres[disc[one]]
    away = away / np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-9)[:, None]
    return np.stack([np.bincount(one, away[:, axis], len(disc)) for axis in (0, 1)], axis=1)


def faced(draft: Draft, points: Points, members: Sequence[int], aims: Points) -> Points:
    """The points turned so that who has neighbours in other discs stands on their side."""
    return towards(points, aims if aims.any() else luck(draft.chance(members)))


def settled(draft: Draft, points: Points, members: Sequence[int], ease: Points | None = None) -> Inside:
    """The points without overlaps around the centre of the circle that holds them, and its radius."""
    points = parted(points, draft.overlaps(members), ease)
    centre, radius = draft.circle(points, members)
    return points - centre, radius
