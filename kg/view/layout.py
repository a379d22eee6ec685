"""Places for the nodes, computed here so that a page opens at once and always looks the same."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

SEED = 7
EDGE = 150.0  # length of an edge in pixels: room for its label between those of its two entities
ROOM = 2.0  # area of a component over that of the labels in it, at least
FAR = 0.8  # below 1 draws far branches in, so that a few long ones do not make everything else small
GAP = 18.0  # pixels kept free between two labels
ASPECT = 1.15  # width over height of the whole
MARGIN = 90.0  # pixels kept free between two components


def positions(graph: nx.Graph[str], sizes: Mapping[str, tuple[float, float]]) -> dict[str, tuple[int, int]]:
    """The centre of each node in whole pixels.

    sizes: width and height of what is drawn for each node, label included; these boxes are kept apart.
    Each component is laid out by itself by seeded springs; then the components are packed in rows,
    the largest first, and the entities without any edge stand in a grid below them.
    """
    import networkx as nx

    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_edges_from(sorted((min(pair), max(pair)) for pair in graph.edges() if pair[0] != pair[1]))
    components = sorted((sorted(found) for found in nx.connected_components(plain)), key=lambda c: (-len(c), c[0]))
    boxes = [_springs(plain.subgraph(nodes), nodes, sizes) for nodes in components if len(nodes) > 1]
    packed = _pack(boxes)
    below = max((y for _, y in packed.values()), default=0.0)
    alone = [nodes[0] for nodes in components if len(nodes) == 1]
    packed.update(_grid(alone, sizes, below + MARGIN, max((x for x, _ in packed.values()), default=0.0)))
    return {node: (round(x), round(y)) for node, (x, y) in sorted(packed.items())}


def _springs(
    graph: nx.Graph[str], nodes: Sequence[str], sizes: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    import networkx as nx
    import numpy as np

    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted((min(pair), max(pair)) for pair in graph.edges()))
    places = nx.spring_layout(ordered, seed=SEED, iterations=40)
    points = np.array([places[node] for node in nodes], dtype=np.float64)
    steps = dict(nx.all_pairs_shortest_path_length(ordered))
    distances = np.array([[steps[a][b] for b in nodes] for a in nodes], dtype=np.float64)
    points = _shaped(_wide(_eased(points - points.mean(axis=0), distances**FAR))) * EDGE
    boxes = np.array([sizes[node] for node in nodes], dtype=np.float64) + GAP
    crowded = ROOM * float(boxes.prod(axis=1).sum()) / max(float(np.ptp(points, axis=0).prod()), EDGE**2)
    points = _apart(points * math.sqrt(max(crowded, 1.0)), boxes)
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, points, strict=True)}


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


def _shaped(points: Points) -> Points:
    """Long and low becomes higher, as far as edges allow: the height of a screen is there to be used."""
    import numpy as np

    width, height = np.maximum(np.ptp(points, axis=0), 0.1)
    return points * (1.0, float(np.clip(width / height / ASPECT, 1.0, 1.9)))


def _apart(points: Points, sizes: Points, rounds: int = 80) -> Points:
    """Boxes that overlap are pushed apart along the shorter way until none does, or `rounds` are over."""
    import numpy as np

    reach = (sizes[:, None, :] + sizes[None, :, :]) / 2
    wide, high = np.triu(reach[:, :, 0], 1), np.triu(reach[:, :, 1], 1)  # each pair once, no box with itself
    places = points.copy()
    for _ in range(rounds):
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
    return places


def _pack(boxes: Sequence[dict[str, tuple[float, float]]]) -> dict[str, tuple[float, float]]:
    """Components side by side in rows, about as wide as all of them are high."""
    spans = [_span(box) for box in boxes]
    area = sum((right - left + MARGIN) * (bottom - top + MARGIN) for left, top, right, bottom in spans)
    width = max([math.sqrt(area * ASPECT), *(right - left for left, _, right, _ in spans)], default=0.0)
    placed: dict[str, tuple[float, float]] = {}
    x = y = row = 0.0
    for box, (left, top, right, bottom) in zip(boxes, spans, strict=True):
        if x > 0 and x + right - left > width:
            x, y, row = 0.0, y + row + MARGIN, 0.0
        placed.update({node: (px - left + x, py - top + y) for node, (px, py) in box.items()})
        x += right - left + 2 * MARGIN
        row = max(row, bottom - top)
    return placed


def _grid(
    nodes: Sequence[str], sizes: Mapping[str, tuple[float, float]], top: float, width: float
) -> dict[str, tuple[float, float]]:
    if not nodes:
        return {}
    step_x = max(sizes[node][0] for node in nodes) + GAP
    step_y = max(sizes[node][1] for node in nodes) + GAP
    columns = (
        max(int(width // step_x) + 1, math.ceil(math.sqrt(len(nodes))))
        if width < step_x * 3
        else int(width // step_x) + 1
    )
    return {node: (n % columns * step_x, top + n // columns * step_y) for n, node in enumerate(nodes)}


def _span(box: Mapping[str, tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = zip(*box.values(), strict=True)
    return min(xs), min(ys), max(xs), max(ys)
