"""Components side by side: each, the largest first, where it is free and keeps the whole smallest.

On a raster as in Freivalds, Dogrusoz and Kikusts 2002, https://doi.org/10.1007/3-540-45848-4_30.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.view.layout.arrange import ASPECT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.view.layout.draft import Draft
    from kg.view.layout.stress import Points

    Raster = NDArray[np.bool_]

MARGIN = 8.0  # units kept free around each component


def pack(outlines: Sequence[Points], cell: float) -> Points:
    """How far each component moves. The first of them stays.

    outlines: of each component rectangles that cover it: x, y, half the width, half the height.
    cell: of the raster; its width.
    """
    moves = np.zeros((len(outlines), 2))
    taken = np.zeros((1, 1), dtype=np.bool_)
    centre = np.zeros(2)  # of the first component, as row and column of `taken`
    home = np.zeros(2)
    for n, outline in enumerate(outlines):
        mask, corner = _mask(outline, cell)
        size = np.array(mask.shape)
        taken = np.pad(taken, [(size[0], size[0]), (size[1], size[1])])
        centre = centre + size
        if n:
            at = _free(taken, mask, centre)
            moves[n] = home - corner + ((at - centre) * cell)[::-1]
        else:
            at = centre.astype(np.int64) - size // 2
            home = corner - ((at - centre) * cell)[::-1]
        taken[at[0] : at[0] + size[0], at[1] : at[1] + size[1]] |= mask
        used_rows, used_columns = np.nonzero(taken.any(axis=1))[0], np.nonzero(taken.any(axis=0))[0]
        low = np.array((used_rows[0], used_columns[0]))
        taken = taken[low[0] : used_rows[-1] + 1, low[1] : used_columns[-1] + 1]
        centre = centre - low
    return moves


def outline(draft: Draft, members: Sequence[int], cell: float) -> Points:
    """What covers the nodes and the edges of a component."""
    places = draft.places[list(members)]
    nodes = np.concatenate((places, draft.sizes[list(members)] / 2 + MARGIN), axis=1)
    edges = [(node, other) for node in members for other in draft.graph.neighbours[node] if node < other]
    if not edges:
        return nodes
    one, other = draft.places[np.array(edges).T]
    steps = np.hypot(*(other - one).T) // cell + 1
    count = steps.astype(np.int64)
    at = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    points = (
        np.repeat(one, count, axis=0) + np.repeat(other - one, count, axis=0) * (at / np.repeat(steps, count))[:, None]
    )
    return np.concatenate((nodes, np.concatenate((points, np.full_like(points, MARGIN)), axis=1)))


def strips(centres: Points, radii: Points) -> Points:
    """What covers discs: strips across each."""
    edges = np.linspace(-1.0, 1.0, 12)
    middles = (edges[1:] + edges[:-1]) / 2
    nearest = np.where(edges[1:] * edges[:-1] <= 0, 0.0, np.minimum(np.abs(edges[1:]), np.abs(edges[:-1])))
    wide = np.sqrt(1 - nearest**2)
    rows = [
        np.stack((np.full(11, x), y + middles * r, wide * r + MARGIN, np.full(11, r / 11 + MARGIN)), axis=1)
        for (x, y), r in zip(centres, radii, strict=True)
    ]
    return np.concatenate(rows)


def _mask(boxes: Points, cell: float) -> tuple[Raster, Points]:
    """The cells that are covered, and where the first of them begins."""
    low = (boxes[:, :2] - boxes[:, 2:]).min(axis=0)
    first = ((boxes[:, :2] - boxes[:, 2:] - low) // cell).astype(np.int64)
    last = ((boxes[:, :2] + boxes[:, 2:] - low) // cell).astype(np.int64)
    columns, rows = last.max(axis=0) + 1
    mask = np.zeros((rows, columns), dtype=np.bool_)
    for left, top, right, bottom in set(map(tuple, np.concatenate((first, last), axis=1).tolist())):
        mask[top : bottom + 1, left : right + 1] = True
    return mask, low


def _free(taken: Raster, mask: Raster, centre: Points) -> NDArray[np.int64]:
    """The row and column for the mask where nothing is taken and the whole stays smallest, in the shape of a screen."""
    rows, columns = (wide - narrow + 1 for wide, narrow in zip(taken.shape, mask.shape, strict=True))
    blocked = np.zeros((rows, columns), dtype=np.bool_)
    for row, column in np.argwhere(mask).tolist():
        blocked |= taken[row : row + rows, column : column + columns]
    middle = [
        np.arange(count) + size / 2 - at for count, size, at in zip((rows, columns), mask.shape, centre, strict=True)
    ]
    down, across = np.abs(middle[0])[:, None], np.abs(middle[1])[None, :]
    reach = np.maximum((down + mask.shape[0] / 2) * ASPECT, across + mask.shape[1] / 2)
    cost = np.where(blocked, np.inf, reach + np.hypot(down, across) / 1000)
    return np.array(np.unravel_index(cost.argmin(), cost.shape))
