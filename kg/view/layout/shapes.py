"""The insides of communities, kept from drawing to drawing: most are as they were when the graph hardly changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.view.layout.graph import Neighbours
    from kg.view.layout.stress import Points

    Disc = tuple[Points, float]  # the centre and the radius of a circle around nodes
    Inside = tuple[Points, float]  # places of nodes around the origin, and the radius of the disc that holds them
    Kept = Mapping[bytes, tuple[bytes, float]]


@dataclass(frozen=True, slots=True)
class Component:
    """A component that is drawn by itself. groups: its communities, by the numbers of nodes in it.

    places: of its nodes, as bytes. discs: centres and radii of the communities. shapes: under which keys their insides
    are kept.
    """

    groups: list[list[int]]
    places: bytes
    discs: list[tuple[float, float, float]]
    shapes: list[bytes]


@dataclass(slots=True)
class Shapes:
    """Insides of communities, and whole components, by a digest of all that decides them.

    before, components: those of another drawing, as `taken` and `drawn` had them. taken, drawn: those of this one;
    nothing else need be kept.
    """

    before: Kept = field(default_factory=dict)
    components: Mapping[bytes, Component] = field(default_factory=dict)
    taken: dict[bytes, tuple[bytes, float]] = field(default_factory=dict)
    drawn: dict[bytes, Component] = field(default_factory=dict)

    def component(self, key: bytes, make: Callable[[], Component]) -> Component:
        """The component that is kept under a key; it is drawn where none is."""
        found = self.components.get(key)
        if found is None or not all(one in self.before for one in found.shapes):
            found = make()
        self.drawn[key] = found
        self.taken.update((one, self.before[one]) for one in found.shapes if one in self.before)
        return found

    def of(self, key: bytes, make: Callable[[], Inside]) -> Inside:
        """What is kept under a key; it is made where nothing is."""
        found = self.before.get(key)
        if found is None:
            points, radius = make()
            found = points.tobytes(), radius
        self.taken[key] = found
        return np.frombuffer(found[0]).reshape(-1, 2), found[1]


def key_of(neighbours: Neighbours, sizes: Points, chance: Sequence[float]) -> bytes:
    """A digest of a graph, of how large its nodes are, and of their pseudo-random numbers."""
    digest = hashlib.blake2b(sizes.tobytes(), digest_size=16)
    digest.update(np.array(chance).tobytes())
    digest.update(repr(neighbours).encode())
    return digest.digest()
