"""Small graphs that were drawn before: who was there stays, who is new finds a place nearby."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from kg.view.layout.apart import parted
from kg.view.layout.graph import components
from kg.view.layout.rows import grid

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kg.view.layout.draft import Draft
    from kg.view.layout.graph import Graph
    from kg.view.layout.stress import Points

    Former = Mapping[int, tuple[float, float]]

LONG = 3.0  # times the length of common edges, from which on an edge joins what does not stand together
SMALLER = 0.25  # of the largest part of a component: what is smaller moves to it once they are joined
FIXED = 0.02  # how easily those that were there give way
REACH = 150.0


def stayers(graph: Graph, former: Former) -> set[int]:
    """The nodes whose places still fit: above or below the line beside which silent nodes begin, as they are now.

    Who has been silent and no longer is, or the other way round, needs another place.
    """
    known = sorted(former, key=lambda node: (former[node][1], node))
    silent = set(graph.silent)
    best = fit = sum(node in silent for node in known)
    line = -math.inf
    for node in known:
        fit += -1 if node in silent else 1
        if fit > best:
            best, line = fit, former[node][1]
    return {node for node in known if (former[node][1] > line) == (node in silent)}


def joined(draft: Draft, parts: Sequence[Sequence[int]], former: Former) -> set[int]:
    """Places for the components of which something was there before, close to where it was; the nodes in them."""
    staying = stayers(draft.graph, former)
    edges = [
        (math.dist(former[node], former[other]), node, other)
        for part in parts
        for node in part
        for other in draft.graph.neighbours[node]
        if node < other and node in staying and other in staying
    ]
    limit = LONG * sorted(edges)[len(edges) * 9 // 10][0] if edges else math.inf
    placed: set[int] = set()
    for part in parts:
        placed.update(_together(draft, [node for node in part if node in staying], former, limit))
    draft.places[sorted(placed)] = [former[node] for node in sorted(placed)]
    for part in parts:
        if not placed.isdisjoint(part):
            _added(draft, part, placed)
    nodes = sorted(placed)
    ease = np.array([FIXED if node in former else 1.0 for node in nodes])
    draft.places[nodes] = parted(draft.places[nodes], draft.overlaps(nodes), ease)
    return placed


def _together(draft: Draft, known: Sequence[int], former: Former, limit: float) -> list[int]:
    """The nodes of one component without the small parts that stand far from what they are joined to by now."""
    near = draft.graph.neighbours.copy()
    for node in known:
        near[node] = [
            other for other in near[node] if other in former and math.dist(former[node], former[other]) <= limit
        ]
    pieces = components(near, known)
    return [node for piece in pieces if len(piece) > SMALLER * len(pieces[0]) for node in piece]


def _added(draft: Draft, part: Sequence[int], placed: set[int]) -> None:
    """Places for the new nodes of a component, those with most neighbours in place first."""
    around = draft.graph.neighbours
    open_ = {node: sum(other in placed for other in around[node]) for node in part if node not in placed}
    while open_:
        node = max(open_, key=lambda one: (open_[one], len(around[one]), -one))
        del open_[node]
        draft.places[node] = _spot(draft, node, placed)
        placed.add(node)
        for other in around[node]:
            if other in open_:
                open_[other] += 1


def _spot(draft: Draft, node: int, placed: Collection[int]) -> Points:
    """The free place that is nearest to the neighbours."""
    near = draft.places[[other for other in draft.graph.neighbours[node] if other in placed]]
    taken = sorted(placed)
    reach = (draft.sizes[taken] + draft.sizes[node]) / 2 + draft.gap
    middle: Points = near.mean(axis=0)
    angles = np.arange(24) * (math.pi / 12) + draft.graph.chance[node]
    circle = np.stack((np.cos(angles), np.sin(angles) * 0.7), axis=1)
    for turn in range(1, 1000):
        spots = np.concatenate([middle + circle * REACH * (turn + ring / 4) for ring in range(4)])
        if turn == 1:
            spots = np.concatenate((middle[None, :], middle + circle * REACH * 0.7, spots))
        gaps = np.abs(spots[:, None, :] - draft.places[taken][None, :, :])
        free = spots[~(gaps < reach).all(axis=2).any(axis=1)]
        if len(free):
            way = np.linalg.norm(free[:, None, :] - near[None, :, :], axis=2).sum(axis=1)
            best: Points = free[int(way.argmin())]
            return best
    return middle


def kept_grid(draft: Draft, silent: Sequence[int], former: Former) -> None:
    """Who was silent before stays in the grid, which moves down where the drawing above has grown; others fill it."""
    staying = stayers(draft.graph, former)
    old = [node for node in silent if node in staying]
    if not old:
        grid(draft, silent, draft.graph.spoken)
        return
    above = list(draft.graph.spoken)
    step = draft.sizes[list(silent)].max(axis=0) + draft.gap
    places = np.array([former[node] for node in old], dtype=np.float64)
    bottom = float((draft.places[above, 1] + draft.sizes[above, 1] / 2).max()) if above else -math.inf
    top = float((places[:, 1] - draft.sizes[old, 1] / 2).min())
    places[:, 1] += max(0.0, bottom + draft.gap - top)
    draft.places[old] = parted(places, draft.overlaps(old))
    first, last = draft.places[old].min(axis=0), draft.places[old].max(axis=0)
    columns = max(round(float((last[0] - first[0]) / step[0])) + 1, math.ceil(math.sqrt(len(silent))))
    cell, taken = 0, list(old)
    for node in silent:
        while node not in staying:
            spot = first + step * (cell % columns, cell // columns)
            cell += 1
            reach = (draft.sizes[taken] + draft.sizes[node] + draft.gap) / 2
            if not (np.abs(draft.places[taken] - spot) < reach).all(axis=1).any():
                draft.places[node] = spot
                taken.append(node)
                break
