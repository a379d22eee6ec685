"""The drawing of a large graph: communities as discs with their names, and their statements in bundles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.view.picture.arrange import arranged
from kg.view.picture.canvas import WIDTH
from kg.view.picture.edges import curves
from kg.view.picture.frame import MARGIN, fitted
from kg.view.picture.labels import Name, Surroundings, draw_names, extent, names
from kg.view.picture.words import broken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.view.layout import Community
    from kg.view.picture.arrange import Drawn
    from kg.view.picture.canvas import Canvas
    from kg.view.picture.labels import Label
    from kg.view.picture.words import Metrics

    Points = NDArray[np.float64]

LARGEST, SMALLEST = 18.0, 11.0  # font sizes of names
DOT = 1.8  # radius of an entity
THICKEST = 14.0  # of a bundle
NAMED = 90
MEMBERS = 4  # a smaller community has no name


@dataclass(frozen=True, slots=True)
class Overview:
    """Where all is drawn, on a field of a height; places are counted from the top of the field.

    bundles: for each two communities that statements join, how many do. dots: of the entities.
    """

    found: Drawn
    around: Surroundings
    bundles: list[int]
    dots: Points
    labels: list[Label]
    height: float

    @property
    def note(self) -> str:
        """What the drawing shows, for its foot."""
        return (
            f"Each of the {len(self.around.points):,} discs holds entities that many statements join; a line stands "
            "for all statements between two of them, the thicker the more."
        )

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draw it below `top`: bundles, then discs, then entities, then names."""
        down = np.array((0.0, top))
        palette = canvas.palette
        if self.bundles:
            widths = np.minimum(0.8 * np.sqrt(self.bundles), THICKEST)
            canvas.lines(self.around.ways.knots + down, colour=palette.edge, width=widths, layer=2, alpha=0.6)
        canvas.discs(self.around.points + down, self.around.radii, colour=palette.disc, rim=palette.edge, layer=3)
        types = np.array(self.found.types)
        for kind in self.found.kinds:
            dots = self.dots[types == kind.iri] + down
            canvas.marks(dots, np.full(len(dots), DOT), shape=kind.shape, colour=kind.colour, rim=0)
        for label in self.labels:
            if np.allclose((label.x, label.y), self.around.points[label.owner]):
                canvas.polygons(label.corners()[None] + down, colour=palette.disc, layer=6, alpha=0.8)
        draw_names(canvas, self.labels, top)


def by_community(found: Drawn, metrics: Metrics) -> Overview:
    """Find a place for everything."""
    size = 2 * DOT + 4
    count = len(found.keys)
    layout = arranged(found, np.full((count, 2), size), np.full(count, DOT))
    communities = layout.communities
    places = np.array(layout.places, dtype=np.float64)
    centres = np.array([(c.x, c.y) for c in communities], dtype=np.float64).reshape(-1, 2)
    radii = np.array([c.radius for c in communities], dtype=np.float64)
    sizes = np.concatenate((radii * 2, np.full(count, size)))
    field = fitted(np.vstack((centres, places)), np.column_stack((sizes, sizes)))
    centres, radii = field.moved(centres), radii * field.scale
    counts = _bundles(found, layout.community)
    ways = curves(centres, radii, list(counts), gap=0.0, head=0.0)
    room = (MARGIN / 2, 0.0, WIDTH - MARGIN / 2, field.height)
    around = Surroundings(centres, radii, ways, room)
    labels = _names(communities, around, metrics)
    return Overview(found, around, list(counts.values()), field.moved(places), labels, field.height)


def _bundles(found: Drawn, community: tuple[int, ...]) -> dict[tuple[int, int], int]:
    """How many statements join each two communities; the thickest come last, so that they are drawn above."""
    pairs = Counter(tuple(sorted((community[s], community[o]))) for s, o in found.ends)
    joined = {(one, other): count for (one, other), count in pairs.items() if one != other and one >= 0}
    return dict(sorted(joined.items(), key=lambda item: (item[1], item[0])))


def _names(communities: tuple[Community, ...], around: Surroundings, metrics: Metrics) -> list[Label]:
    """The names of the largest communities, in them or beside them, in letters as large as their discs allow."""
    ranked = sorted(range(len(communities)), key=lambda n: (-len(communities[n].members), n))
    found: list[Label] = []
    for number in ranked[:NAMED]:
        if len(communities[number].members) < MEMBERS:
            break
        lines = broken(communities[number].name)
        width, _ = extent(lines, 1.0, metrics)
        radius = float(around.radii[number])
        size = float(np.clip(min(1.8 * radius / width, radius / 4), SMALLEST, LARGEST))
        found += names([Name(number, lines, inside=True)], around, size, metrics, beside=found)
    return found
