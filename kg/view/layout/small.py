"""Graphs of which all labels are drawn: each component by itself, then all fitted together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from kg.view.layout.apart import parted
from kg.view.layout.arrange import ASPECT, arrange
from kg.view.layout.communities import FEWEST, communities
from kg.view.layout.draft import Draft, Group
from kg.view.layout.graph import Past, components, within
from kg.view.layout.keep import joined, kept_grid
from kg.view.layout.pack import outline, pack
from kg.view.layout.rows import grid
from kg.view.layout.stress import drawn, turned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.view.layout.graph import Graph
    from kg.view.layout.stress import Points

EDGE = 150.0  # length of an edge in pixels: room for its label between those of its two entities
FLAT = 120  # nodes of a component that is drawn as one
CELL = 24.0  # pixels of the raster on which components are fitted together


def draft(
    graph: Graph,
    labels: Sequence[str],
    boxes: Sequence[tuple[float, float]],
    past: Past,
) -> Draft:
    """The drawing, in which the labels do not overlap."""
    found = Draft(graph, np.array(boxes, dtype=np.float64).reshape(-1, 2), dots=False)
    parts = components(graph.neighbours, graph.spoken)
    silent = sorted(graph.silent, key=lambda node: (labels[node].casefold(), node))
    if past.worth(graph):
        present = joined(found, parts, past.places)
        fitted(found, [part for part in parts if present.isdisjoint(part)], sorted(present))
        kept_grid(found, silent, past.places)
    else:
        past = Past()
        fitted(found, parts)
        grid(found, silent, graph.spoken)
    for part in parts:
        if len(part) >= FEWEST:
            found.groups.extend(Group(tuple(one)) for one in communities(graph, part, past.community))
    if graph.silent:
        found.groups.append(Group(graph.silent, silent=True))
    return found


def component(draft: Draft, nodes: Sequence[int]) -> None:
    """Places for a component, around the origin."""
    if len(nodes) > FLAT:
        arrange(draft, communities(draft.graph, nodes, {}))
        return
    chance = draft.chance(nodes)
    points = turned(drawn(within(draft.graph.neighbours, nodes), chance), chance) * EDGE
    if len(nodes) > 3:  # fewer stand in a row or a corner, where the length of an edge is all that counts
        points = _shaped(points, draft.area(nodes))
    draft.places[list(nodes)] = parted(points, draft.overlaps(nodes))


def _shaped(points: Points, area: float) -> Points:
    """Stretched to fill the area in the shape of a screen, as far as edges allow."""
    width, height = np.maximum(np.ptp(points, axis=0), EDGE)
    higher = float(np.clip(width / height / ASPECT, 0.8, 1.9))
    return points * (1.0, higher) * math.sqrt(area / float(width * height * higher))


def fitted(draft: Draft, parts: Sequence[Sequence[int]], present: Sequence[int] = ()) -> None:
    """The components side by side, around those that are present already."""
    for part in parts:
        component(draft, part)
    whole = [present, *parts] if present else parts
    if len(whole) < 2:
        return
    moves = pack([outline(draft, part, CELL) for part in whole], CELL)
    for part, move in zip(whole, moves, strict=True):
        draft.places[list(part)] += move
