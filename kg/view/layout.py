"""Places for the nodes, computed here so that a page opens at once and always looks the same."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kg.runtime import one_thread

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Raster = NDArray[np.bool_]
    Placed = dict[str, tuple[float, float]]

SEED = 7
EDGE = 150.0  # length of an edge in pixels: room for its label between those of its two entities
HUB = 0.15  # how much longer an edge is for each root of a further edge at its ends, so that hubs spread
ROOM = 1.2  # area of a component over that of the labels in it
FAR = 0.8  # below 1 draws far branches in, so that a few long ones do not make everything else small
GAP = 14.0  # pixels kept free between two labels
ASPECT = 1.4  # width over height of the whole, as that of the drawing on a common screen
CELL = 24.0  # pixels of the raster on which components are fitted together
MARGIN = 8.0  # pixels kept free around each component


def positions(
    graph: nx.Graph[str], sizes: Mapping[str, tuple[float, float]], *, below: Collection[str] = ()
) -> dict[str, tuple[int, int]]:
    """The centre of each node in whole pixels.

    sizes: width and height of what is drawn for each node, label included; these boxes are kept apart.
    below: nodes without edges that stand in a grid below everything, and change nothing above it.
    Each component is laid out by itself by seeded springs; then the components are fitted together, the largest
    in the middle and the others around it.
    """
    import networkx as nx

    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(set(graph) - set(below)))
    plain.add_edges_from(sorted((min(pair), max(pair)) for pair in graph.edges() if pair[0] != pair[1]))
    components = sorted((sorted(found) for found in nx.connected_components(plain)), key=lambda c: (-len(c), c[0]))
    with one_thread():
        packed = _pack(plain, [_component(plain, nodes, sizes) for nodes in components], sizes)
    packed.update(_grid(sorted(below), sizes, packed))
    return {node: (round(x), round(y)) for node, (x, y) in sorted(packed.items())}


def _component(graph: nx.Graph[str], nodes: Sequence[str], sizes: Mapping[str, tuple[float, float]]) -> Placed:
    import networkx as nx
    import numpy as np

    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted((min(pair), max(pair)) for pair in graph.subgraph(nodes).edges()))
    places = nx.spring_layout(ordered, seed=SEED, iterations=15)
    points = np.array([places[node] for node in nodes], dtype=np.float64)
    points = _wide(_eased(points - points.mean(axis=0), _distances(ordered, nodes) ** FAR)) * EDGE
    boxes = np.array([sizes[node] for node in nodes], dtype=np.float64) + GAP
    if len(nodes) > 3:  # fewer stand in a row or a corner, where the length of an edge is all that counts
        points = _shaped(points, ROOM * float(boxes.prod(axis=1).sum()))
    points = _apart(points, boxes)
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, points, strict=True)}


def _distances(graph: nx.Graph[str], nodes: Sequence[str]) -> Points:
    """The length of the shortest way between any two nodes, where edges of hubs are longer than others."""
    import numpy as np

    number = {node: n for n, node in enumerate(nodes)}
    lengths = np.full((len(nodes), len(nodes)), np.inf)
    np.fill_diagonal(lengths, 0.0)
    for one, other in graph.edges():
        hubs = sum(math.sqrt(len(graph[end])) - 1 for end in (one, other))
        lengths[number[one], number[other]] = lengths[number[other], number[one]] = 1 + HUB * hubs
    for between in range(len(nodes)):
        np.minimum(lengths, lengths[:, between, None] + lengths[None, between, :], out=lengths)
    return lengths


def _wide(points: Points) -> Points:
    """Turned so that the longer side lies along the width of a screen."""
    import numpy as np

    _, _, axes = np.linalg.svd(points, full_matrices=False)
    signs = [1.0 if axis[np.abs(axis).argmax()] >= 0 else -1.0 for axis in axes]  # which an SVD leaves open
    axes = axes * np.array(signs)[:, None]
    turned: Points = points @ axes.T
    return turned


def _eased(points: Points, distances: Points, rounds: int = 40) -> Points:
    """Points moved until their distances fit the wanted ones as well as they can, near ones before far ones.

    Stress majorization, Gansner, Koren and North 2004, https://doi.org/10.1007/978-3-540-31843-9_25.
    """
    import numpy as np

    count = len(points)
    far = distances + np.eye(count)
    weights = far**-2 * (1 - np.eye(count))
    laplacian = np.diag(weights.sum(axis=1)) - weights + 1.0 / count
    inverse = np.linalg.inv(laplacian)
    places = points
    for _ in range(rounds):
        apart = places[:, None, :] - places[None, :, :]
        lengths = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-9)
        pull = weights * distances / lengths
        moved = inverse @ (pull.sum(axis=1)[:, None] * places - pull @ places)
        settled = float(np.abs(moved - places).max()) < 0.002
        places = moved
        if settled:
            break
    eased: Points = places - places.mean(axis=0)
    return eased


def _shaped(points: Points, area: float) -> Points:
    """Stretched to fill the area in the shape of a screen, as far as edges allow."""
    import numpy as np

    width, height = np.maximum(np.ptp(points, axis=0), EDGE)
    higher = float(np.clip(width / height / ASPECT, 0.8, 1.9))
    return points * (1.0, higher) * math.sqrt(area / float(width * height * higher))


def _apart(points: Points, sizes: Points, rounds: int = 160) -> Points:
    """Boxes that overlap are pushed apart along the shorter way until none does, or `rounds` are over.

    Where they are slow to find room, the whole grows a little.
    """
    import numpy as np

    reach = (sizes[:, None, :] + sizes[None, :, :]) / 2
    wide, high = np.triu(reach[:, :, 0], 1), np.triu(reach[:, :, 1], 1)  # each pair once, no box with itself
    places = points.copy()
    for turn in range(1, rounds + 1):
        across, down = (places[:, None, axis] - places[None, :, axis] for axis in (0, 1))
        one, other = np.nonzero((np.abs(across) < wide - 0.5) & (np.abs(down) < high - 0.5))
        if not len(one):
            break
        gaps = np.stack((across[one, other], down[one, other]), axis=1)
        overlap = np.stack((wide[one, other], high[one, other]), axis=1) - np.abs(gaps)
        shorter = overlap.argmin(axis=1)
        pairs = np.arange(len(one))
        push = np.where(gaps[pairs, shorter] < 0, -0.3, 0.3) * overlap[pairs, shorter]
        np.add.at(places, (one, shorter), push)
        np.add.at(places, (other, shorter), -push)
        if turn % 20 == 0:
            places *= 1.02
    return places


def _pack(graph: nx.Graph[str], components: Sequence[Placed], sizes: Mapping[str, tuple[float, float]]) -> Placed:
    """Components side by side: each, the largest first, where it is free and keeps the whole smallest.

    On a raster as in Freivalds, Dogrusoz and Kikusts 2002, https://doi.org/10.1007/3-540-45848-4_30.
    """
    import numpy as np

    placed: Placed = {}
    taken = np.zeros((1, 1), dtype=np.bool_)
    centre = np.zeros(2)  # of the first component, as row and column of `taken`
    for component in components:
        mask, corner = _mask(graph, component, sizes)
        size = np.array(mask.shape)
        taken = np.pad(taken, [(size[0], size[0]), (size[1], size[1])])
        centre = centre + size
        at = _free(taken, mask, centre) if placed else centre.astype(int) - size // 2
        taken[at[0] : at[0] + size[0], at[1] : at[1] + size[1]] |= mask
        used = np.argwhere(taken)
        low, high = used.min(axis=0), used.max(axis=0) + 1
        taken = taken[low[0] : high[0], low[1] : high[1]]
        down, across = (at - centre) * CELL
        centre = centre - low
        placed.update(
            {n: (x - corner[0] + float(across), y - corner[1] + float(down)) for n, (x, y) in component.items()}
        )
    return placed


def _mask(
    graph: nx.Graph[str], component: Placed, sizes: Mapping[str, tuple[float, float]]
) -> tuple[Raster, tuple[float, float]]:
    """The cells that a component covers with its boxes and edges, and where the first of them begins."""
    import numpy as np

    boxes = [(x, y, sizes[n][0] / 2 + MARGIN, sizes[n][1] / 2 + MARGIN) for n, (x, y) in component.items()]
    for one, other in graph.subgraph(component).edges():
        (x, y), (to_x, to_y) = component[one], component[other]
        steps = int(math.hypot(to_x - x, to_y - y) / CELL) + 1
        boxes.extend((x + (to_x - x) * n / steps, y + (to_y - y) * n / steps, MARGIN, MARGIN) for n in range(1, steps))
    found = np.array(boxes)
    low, high = (found[:, :2] - found[:, 2:]).min(axis=0), (found[:, :2] + found[:, 2:]).max(axis=0)
    columns, rows = (int(n) + 1 for n in (high - low) // CELL)
    mask = np.zeros((rows, columns), dtype=np.bool_)
    for x, y, wide, tall in boxes:
        left, right = int((x - wide - low[0]) // CELL), int((x + wide - low[0]) // CELL)
        top, bottom = int((y - tall - low[1]) // CELL), int((y + tall - low[1]) // CELL)
        mask[top : bottom + 1, left : right + 1] = True
    return mask, (float(low[0]), float(low[1]))


def _free(taken: Raster, mask: Raster, centre: Points) -> NDArray[np.int64]:
    """The row and column for the mask where nothing is taken and the whole stays smallest, in the shape of a screen."""
    import numpy as np

    rows, columns = (wide - narrow + 1 for wide, narrow in zip(taken.shape, mask.shape, strict=True))
    blocked = np.zeros((rows, columns), dtype=np.bool_)
    for row, column in np.argwhere(mask):
        blocked |= taken[row : row + rows, column : column + columns]
    middle = [
        np.arange(count) + size / 2 - at for count, size, at in zip((rows, columns), mask.shape, centre, strict=True)
    ]
    down, across = np.abs(middle[0])[:, None], np.abs(middle[1])[None, :]
    reach = np.maximum((down + mask.shape[0] / 2) * ASPECT, across + mask.shape[1] / 2)
    cost = np.where(blocked, np.inf, reach + np.hypot(down, across) / 1000)
    return np.array(np.unravel_index(cost.argmin(), cost.shape))


def _grid(nodes: Sequence[str], sizes: Mapping[str, tuple[float, float]], above: Placed) -> Placed:
    """Rows below what is placed, about as wide as that and at least as wide as high."""
    if not nodes:
        return {}
    left, right = min((x for x, _ in above.values()), default=0.0), max((x for x, _ in above.values()), default=0.0)
    step_x, step_y = (max(sizes[node][axis] for node in nodes) + GAP for axis in (0, 1))
    columns = max(int((right - left) // step_x) + 1, math.ceil(math.sqrt(len(nodes))))
    top = max((y + sizes[node][1] / 2 for node, (_, y) in above.items()), default=0.0) + step_y
    return {node: (left + n % columns * step_x, top + n // columns * step_y) for n, node in enumerate(nodes)}
