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


@dataclass(slots=True)
class Shapes:
    """Insides of communities by a digest of all that decides them.

    before: those of another drawing, as `taken` had them. taken: those of this one; nothing else need be kept.
    """

    before: Kept = field(default_factory=dict)
    taken: dict[bytes, tuple[bytes, float]] = field(default_factory=dict)

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
