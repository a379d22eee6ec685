"""Places for the entities, computed here so that a page opens at once and always looks the same.

The numbers of the nodes mean nothing: keys give every order and every pseudo-random number, so that the drawing
depends on the graph alone and hardly changes where the graph hardly does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.runtime import one_thread

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kg.view.layout.draft import Draft
    from kg.view.layout.shapes import Shapes

SMALL = 300  # entities that may all be drawn with their labels


@dataclass(frozen=True, slots=True)
class Community:
    """A group of entities that have much to do with each other, and a disc in which all of them lie.

    Discs are free of each other in graphs of more than `SMALL` entities; in smaller ones, where nobody needs them to
    find a way, they may overlap.
    """

    name: str
    x: int
    y: int
    radius: int
    members: tuple[int, ...]
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each entity stands and to which community it belongs (-1: to none)."""

    places: tuple[tuple[int, int], ...]
    community: tuple[int, ...]
    communities: tuple[Community, ...]


def layout(  # noqa: PLR0913
    keys: Sequence[str],
    labels: Sequence[str],
    edges: Sequence[tuple[int, int]],
    *,
    boxes: Sequence[tuple[float, float]],
    radii: Sequence[float],
    silent: Collection[int] = (),
    like: Mapping[str, tuple[float, float, int]] | None = None,
    shapes: Shapes | None = None,
) -> Layout:
    """Places for the entities of a graph, which are numbered as their keys are.

    keys: the IRIs, all different.
    boxes: width and height of dot and label; they are kept apart in graphs of up to `SMALL` entities.
    radii: of the dots, which are kept apart in larger graphs.
    silent: entities of which nothing is said; they stand below everything and change nothing above.
    like: the former place by key, and the number of the former community, or -1; who stood there stays as far as
    possible. Where no more than half of the entities are known, the drawing is made afresh.
    shapes: insides of communities that were drawn before, which need not be drawn again; they change nothing else.
    """
    from kg.view.layout import large, small
    from kg.view.layout.graph import Past, arranged

    graph = arranged(keys, edges, silent)
    names = [labels[node] for node in graph.numbers]
    known = {n: like[key] for n, key in enumerate(graph.keys) if like and key in like}
    past = Past(
        {n: place[:2] for n, place in known.items()},
        {n: place[2] for n, place in known.items() if place[2] >= 0},
    )
    with one_thread():
        if len(keys) <= SMALL:
            draft = small.draft(graph, names, [boxes[node] for node in graph.numbers], past)
        else:
            draft = large.draft(graph, names, [radii[node] for node in graph.numbers], past, shapes)
    return _layout(draft, graph.numbers, names)


def _layout(draft: Draft, numbers: Sequence[int], names: Sequence[str]) -> Layout:
    """The draft in whole units and with the numbers of the entities that it was asked for."""
    from kg.view.layout.draft import disc
    from kg.view.layout.names import named

    places = [(0, 0)] * len(numbers)
    for node, (x, y) in zip(numbers, draft.places.tolist(), strict=True):
        places[node] = (round(x), round(y))
    community = [-1] * len(numbers)
    found: list[Community] = []
    for name, group in zip(named(draft, names), draft.groups, strict=True):
        x, y, radius = disc(draft, group)
        members = tuple(sorted(numbers[node] for node in group.members))
        for node in members:
            community[node] = len(found)
        found.append(Community(name, x, y, radius, members, group.silent))
    return Layout(tuple(places), tuple(community), tuple(found))
