"""The types of the entities that are shown, the commonest first, and how they look."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

# Paul Tol's bright scheme, https://sronpersonalpages.nl/~pault/. The seven commonest types are dots; the others
# take the colours again in other shapes, of which none is near to a dot or to the shape before it.
COLOURS = ("#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#BBBBBB")
SHAPES = ("triangle", "square", "star", "diamond", "triangleDown", "hexagon")


@dataclass(frozen=True, slots=True)
class Look:
    """One type: its class, how many entities have it, its colour and its shape."""

    iri: str
    label: str
    count: int
    colour: str
    shape: str


def legend(graph: nx.MultiDiGraph[str]) -> list[Look]:
    """The types of a graph of `network`, the commonest first."""
    labels = {about["class_iri"]: about["class_label"] for _, about in graph.nodes(data=True)}
    return looks((str(class_) for _, class_ in graph.nodes(data="class_iri")), labels)


def looks(classes: Iterable[str], labels: Mapping[str, str]) -> list[Look]:
    """The types of entities, given the class of each, and the labels of the classes."""
    counts = Counter(classes)
    ordered = sorted(counts, key=lambda iri: (-counts[iri], labels[iri], iri))
    return [
        Look(iri, labels[iri], counts[iri], COLOURS[number % len(COLOURS)], _shape(number))
        for number, iri in enumerate(ordered)
    ]


def _shape(number: int) -> str:
    return "dot" if number < len(COLOURS) else SHAPES[(number - len(COLOURS)) % len(SHAPES)]
