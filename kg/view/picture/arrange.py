"""What of a graph is drawn, and where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kg.view.legend import Look, legend
from kg.view.picture.words import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx
    from numpy.typing import NDArray

    from kg.view.layout import Layout

    Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The entities and asserted statements that are drawn, in a fixed order.

    ends: for each statement, the places of its two entities in `keys`. focused: the places of those in the focus.
    """

    keys: list[str]
    labels: list[str]
    types: list[str]
    kinds: list[Look]
    ends: list[tuple[int, int]]
    words: list[str]
    degree: NDArray[np.int64]
    focused: frozenset[int]


def drawn(graph: nx.MultiDiGraph[str], most_silent: int) -> Drawn:
    """The entities that asserted statements join; the others, too, where there are at most `most_silent` of them."""
    edges = sorted(
        (s, o, str(about["predicate"]), str(about["label"]))
        for s, o, about in graph.edges(data=True)
        if about["stance"] == "asserted"
    )
    joined = {end for s, o, *_ in edges for end in (s, o)}
    keys = sorted(joined if joined and len(graph) - len(joined) > most_silent else graph)
    number = {key: n for n, key in enumerate(keys)}
    ends = [(number[s], number[o]) for s, o, *_ in edges]
    types = [str(graph.nodes[key]["class_iri"]) for key in keys]
    return Drawn(
        keys=keys,
        labels=[str(graph.nodes[key]["label"]) for key in keys],
        types=types,
        kinds=_kinds(graph, types),
        ends=ends,
        words=[label for *_, label in edges],
        degree=np.bincount(np.array(ends, dtype=np.int64).ravel(), minlength=len(keys)),
        focused=frozenset(number[key] for key in keys if _in_focus(graph, key)),
    )


def _in_focus(graph: nx.MultiDiGraph[str], key: str) -> bool:
    """Whether the entity is the one that the graph was asked for, by its IRI or one of its names."""
    focus = graph.graph["selection"].focus
    about = graph.nodes[key]
    names = {name.casefold() for name in (about["label"], *about["aliases"])}
    return focus is not None and (focus == key or focus.casefold() in names)


def _kinds(graph: nx.MultiDiGraph[str], types: Sequence[str]) -> list[Look]:
    """The types as they look on the page, with the number of entities that are drawn."""
    counts = Counter(types)
    looks = [replace(look, count=counts[look.iri]) for look in legend(graph) if counts[look.iri]]
    return sorted(looks, key=lambda look: -look.count)


def arranged(found: Drawn, boxes: Points, radii: Points) -> Layout:
    """The layout of what is drawn. boxes: width and height of each entity with its name. radii: of its mark."""
    from kg.view.layout import layout

    return layout(
        found.keys,
        [shortened(label) for label in found.labels],
        found.ends,
        boxes=[(float(width), float(height)) for width, height in boxes],
        radii=[float(radius) for radius in radii],
        silent=np.flatnonzero(found.degree == 0).tolist(),
    )
