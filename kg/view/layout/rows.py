"""What has no place in the main drawing stands in rows below it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from kg.view.layout.arrange import ASPECT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.view.layout.draft import Draft
    from kg.view.layout.stress import Points

BLOCK = 400  # silent entities in one disc


def in_rows(sizes: Points, width: float) -> Points:
    """Centres for boxes in rows of at least this width, from the left and back, so that a new one moves none far."""
    room = float(sizes.prod(axis=1).sum())
    width = max(width, math.sqrt(room * ASPECT * 1.1), float(sizes[:, 0].max()))
    places = np.zeros_like(sizes)
    row: list[int] = []
    left = top = 0.0
    back = False
    for n in range(len(sizes) + 1):
        if n == len(sizes) or left + sizes[n, 0] > width:
            height = float(sizes[row, 1].max())
            places[row, 1] = top + height / 2
            if back:
                places[row, 0] = width - places[row, 0]
            top, left, row, back = top + height, 0.0, [], not back
            if n == len(sizes):
                break
        places[n, 0] = left + sizes[n, 0] / 2
        left += sizes[n, 0]
        row.append(n)
    return places


def ring(draft: Draft, members: Sequence[int]) -> tuple[Points, float]:
    """A few connected nodes: the one of most edges in the middle of a circle, the others around it; and its radius."""
    around = draft.graph.neighbours
    hub = max(members, key=lambda node: (len(around[node]), -node))
    widest = float(draft.sizes[list(members), 0].max()) + draft.gap
    if len(members) < 3:
        steps = np.arange(len(members)) - (len(members) - 1) / 2
        return np.stack((steps * 1.6 * widest, steps * 0), axis=1), (len(members) - 1) * 0.8 * widest + widest / 2
    order, open_ = [], [hub]
    while open_:
        node = open_.pop()
        if node not in order:
            order.append(node)
            open_.extend(reversed(around[node]))
    others = order[1:]
    radius = widest * max(1.3, 0.55 / math.sin(math.pi / max(len(others), 2)))
    angles = 2 * math.pi * np.arange(len(others)) / len(others)
    where = {hub: (0.0, 0.0)}
    where.update({node: (radius * math.cos(a), radius * math.sin(a)) for node, a in zip(others, angles, strict=True)})
    return np.array([where[node] for node in members]), radius + widest / 2


def lattice(count: int, step: float) -> Points:
    """Points of a square lattice that fill a disc, row by row."""
    reach = math.ceil(math.sqrt(count / math.pi)) + 1
    across, down = np.meshgrid(np.arange(-reach, reach + 1), np.arange(-reach, reach + 1))
    cells = np.stack((down.ravel(), across.ravel()), axis=1)
    nearest = np.lexsort((cells[:, 1], cells[:, 0], (cells**2).sum(axis=1)))[:count]
    found: Points = cells[np.sort(nearest)][:, ::-1].astype(np.float64) * step
    return found


def grid(draft: Draft, nodes: Sequence[int], above: Sequence[int]) -> None:
    """Rows below what is placed, about as wide as that and at least as wide as high."""
    if not nodes:
        return
    placed = draft.places[list(above)] if above else np.zeros((1, 2))
    left, right = float(placed[:, 0].min()), float(placed[:, 0].max())
    step_x, step_y = (draft.sizes[list(nodes)].max(axis=0) + draft.gap).tolist()
    columns = max(int((right - left) // step_x) + 1, math.ceil(math.sqrt(len(nodes))))
    bottom = float((placed[:, 1] + draft.sizes[list(above), 1] / 2).max()) if above else 0.0
    for n, node in enumerate(nodes):
        draft.places[node] = (left + n % columns * step_x, bottom + step_y + n // columns * step_y)
