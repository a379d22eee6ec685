"""Graphs of which only dots are drawn: communities in discs, small components and silent entities in rows below."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from kg.view.layout.arrange import arrange
from kg.view.layout.communities import FEWEST, communities
from kg.view.layout.discs import digest, inside
from kg.view.layout.draft import Draft, Group
from kg.view.layout.graph import Past, components
from kg.view.layout.keep_discs import keep_discs
from kg.view.layout.pack import pack, strips
from kg.view.layout.rows import BLOCK, in_rows, lattice, ring
from kg.view.layout.shapes import Component, Shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.view.layout.graph import Graph
    from kg.view.layout.shapes import Disc
    from kg.view.layout.stress import Points

    Item = tuple[Sequence[int], Points, float]  # nodes, their places around the origin and how far they reach

DISC_MARGIN = 12.0  # units kept free around a disc in the rows
BREAK = 60.0  # units between the main drawing and the rows
FITTED = 100  # components that are fitted together; others stand in the rows


def draft(
    graph: Graph, labels: Sequence[str], radii: Sequence[float], past: Past, shapes: Shapes | None = None
) -> Draft:
    """The drawing, in which neither dots nor discs overlap."""
    found = Draft(graph, np.array([(2 * r, 2 * r) for r in radii]), dots=True, shapes=shapes or Shapes())
    parts = components(graph.neighbours, graph.spoken)
    if not (past.community and past.worth(graph)):
        past = Past()
    several = [part for part in parts if len(part) >= FEWEST]
    if past.places:
        groups = [communities(graph, part, past.community) for part in several]
        main = [one for part in groups[:FITTED] for one in part]
        discs = keep_discs(found, main, past) if main else []
    else:
        groups, discs = _fitted(found, several[:FITTED])
        main = [one for part in groups for one in part]
        groups += [communities(graph, part, {}) for part in several[FITTED:]]
    small = [one for part in groups[FITTED:] for one in part] + [part for part in parts if len(part) < FEWEST]
    extent = _below(found, [_item(found, part) for part in small], _extent(discs))
    silent = sorted(graph.silent, key=lambda node: (labels[node].casefold(), node))
    blocks = [silent[n : n + BLOCK] for n in range(0, len(silent), BLOCK)]
    _below(found, [_block(found, block) for block in blocks], extent)
    found.groups.extend(Group(tuple(one), disc=disc) for one, disc in zip(main, discs, strict=True))
    found.groups.extend(Group(tuple(one)) for part in groups[FITTED:] for one in part)
    found.groups.sort(key=lambda group: (-len(group.members), group.members))
    found.groups.extend(Group(tuple(sorted(block)), silent=True) for block in blocks)
    return found


def _extent(discs: Sequence[Disc]) -> Points | None:
    """The corners of the rectangle around discs."""
    if not discs:
        return None
    centres, radii = np.array([centre for centre, _ in discs]), np.array([[radius] for _, radius in discs])
    return np.stack(((centres - radii).min(axis=0), (centres + radii).max(axis=0)))


def _fitted(draft: Draft, parts: Sequence[Sequence[int]]) -> tuple[list[list[list[int]]], list[Disc]]:
    """The components side by side: the communities of each, and all their discs."""
    if not parts:
        return [], []
    groups: list[list[list[int]]] = []
    discs: list[list[Disc]] = []
    for nodes in parts:
        found = draft.shapes.component(digest(draft, nodes), partial(_component, draft, nodes))
        draft.places[list(nodes)] = np.frombuffer(found.places).reshape(-1, 2)
        groups.append([[nodes[n] for n in group] for group in found.groups])
        discs.append([(np.array((x, y)), radius) for x, y, radius in found.discs])
    outlines = [strips(np.array([centre for centre, _ in part]), np.array([r for _, r in part])) for part in discs]
    cell = max(16.0, float(np.ptp(outlines[0][:, :2], axis=0).max()) / 80)
    moves = pack(outlines, cell)
    for nodes, move in zip(parts, moves, strict=True):
        draft.places[list(nodes)] += move
    return groups, [(centre + move, radius) for part, move in zip(discs, moves, strict=True) for centre, radius in part]


def _component(draft: Draft, part: Sequence[int]) -> Component:
    """A component drawn by itself."""
    groups = communities(draft.graph, part, {})
    discs = arrange(draft, groups)
    number = {node: n for n, node in enumerate(part)}
    return Component(
        [[number[node] for node in group] for group in groups],
        draft.places[list(part)].tobytes(),
        [(float(x), float(y), radius) for (x, y), radius in discs],
        [digest(draft, group) for group in groups],
    )


def _item(draft: Draft, members: Sequence[int]) -> Item:
    if len(members) < FEWEST:
        return members, *ring(draft, members)
    points, radius = inside(draft, members)
    return members, points, radius + DISC_MARGIN


def _block(draft: Draft, members: Sequence[int]) -> Item:
    step = float(draft.sizes[list(members)].max()) + draft.gap
    points = lattice(len(members), step)
    return members, points, draft.circle(points, members)[1] + DISC_MARGIN


def _below(draft: Draft, items: Sequence[Item], above: Points | None) -> Points | None:
    """The items in rows below a rectangle; the rectangle around both."""
    if not items:
        return above
    low, high = np.zeros((2, 2)) if above is None else above
    sizes = np.array([(2 * radius, 2 * radius) for _, _, radius in items])
    centres = in_rows(sizes, float(high[0] - low[0]))
    inside = np.stack(((centres - sizes / 2).min(axis=0), (centres + sizes / 2).max(axis=0)))
    middle = (low[0] + high[0] - inside[0, 0] - inside[1, 0]) / 2
    move = np.array((middle, high[1] + (0.0 if above is None else BREAK)))
    for (members, points, _), centre in zip(items, centres, strict=True):
        draft.places[list(members)] = points + centre + move
    rows = inside + move
    return rows if above is None else np.stack((np.minimum(low, rows[0]), np.maximum(high, rows[1])))
