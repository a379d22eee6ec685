"""The drawing of entities and statements one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.view.layout import apart
from kg.view.layout.apart import pushed
from kg.view.picture.arrange import arranged
from kg.view.picture.canvas import WIDTH
from kg.view.picture.edges import curves
from kg.view.picture.frame import MARGIN, fitted
from kg.view.picture.labels import AIR, Name, Surroundings, draw_names, draw_words, extent, names, words
from kg.view.picture.words import broken, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.view.picture.arrange import Drawn
    from kg.view.picture.canvas import Canvas
    from kg.view.picture.labels import Label
    from kg.view.picture.words import Metrics

    Points = NDArray[np.float64]

EVERYTHING = 300  # entities up to which each has its name
NAMED = 120  # names in a larger drawing
DENSE = 1000  # statements above which edges are paler
TURNS, PUSHES = 8, 30  # in which entities make room for their names
WORDED = 80  # statements up to which edges have words
DESIGNED = 13.0  # font size that the layout reckons with
SMALLEST, LARGEST = 10.5, 20.0  # font sizes of names


@dataclass(frozen=True, slots=True)
class Detail:
    """Where all is drawn, on a field of a height; places are counted from the top of the field."""

    found: Drawn
    around: Surroundings
    labels: list[Label]
    words: list[Label]
    height: float

    @property
    def note(self) -> str:
        """How many names there was room for, for the foot."""
        count = len(self.found.keys)
        if len(self.labels) == count:
            return ""
        if count > EVERYTHING:
            return f"The names of {len(self.labels):,} entities with the most statements are shown."
        return f"{count - len(self.labels):,} names found no room."

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draw it below `top`: edges, then entities, then words."""
        down = np.array((0.0, top))
        colour, count = canvas.palette.edge, len(self.found.ends)
        width, alpha = (1.3, 0.95) if count <= EVERYTHING else (0.9, 0.75 if count <= DENSE else 0.5)
        if count:
            canvas.lines(self.around.ways.knots + down, colour=colour, width=width, layer=2, alpha=alpha)
            canvas.polygons(self.around.ways.heads + down, colour=colour, layer=3, alpha=alpha)
        rim = 1.5 if len(self.found.keys) <= EVERYTHING else 0.6
        types = np.array(self.found.types)
        for kind in self.found.kinds:
            chosen = types == kind.iri
            points, radii = self.around.points[chosen] + down, self.around.radii[chosen]
            canvas.marks(points, radii, shape=kind.shape, colour=kind.colour, rim=rim)
        draw_words(canvas, self.words, top)
        draw_names(canvas, self.labels, top)


def in_detail(found: Drawn, metrics: Metrics) -> Detail:
    """Find a place for everything."""
    few = len(found.keys) <= EVERYTHING
    radii = (6.0 + 2.0 * np.sqrt(found.degree)) if few else (3.5 + 1.1 * np.sqrt(found.degree))
    radii = np.minimum(radii, 20.0)
    lines = [broken(label) for label in found.labels]
    boxes = _boxes(lines, radii, DESIGNED, metrics) if few else np.column_stack((radii, radii)) * 2 + 4
    field = fitted(np.array(arranged(found, boxes, radii).places, dtype=np.float64), boxes)
    radii = radii * float(np.clip(field.scale, 0.55, 1.4))
    size = float(np.clip(DESIGNED * field.scale, SMALLEST, LARGEST))
    if few and size > DESIGNED * field.scale:  # letters are larger than the layout reckoned with
        boxes = _boxes(lines, radii, size, metrics, air=10)
        field = fitted(_with_room(field.points, boxes), boxes, most=1.0)
    worded = len(found.ends) <= WORDED
    ways = curves(field.points, radii, found.ends, gap=18.0 if worded else 10.0, head=_head(len(found.ends)))
    room = (MARGIN / 2, 0.0, WIDTH - MARGIN / 2, field.height)
    around = Surroundings(field.points, radii, ways, room, crowded=not few)
    ranked = sorted(range(len(radii)), key=lambda n: (-int(found.degree[n]), n))
    wanted = [Name(n, lines[n], bold=n in found.focused) for n in (ranked if few else ranked[:NAMED])]
    labels = names(wanted, around, size, metrics)
    texts = [shortened(text, 40) for text in found.words] if worded else []
    on_edges = words(texts, around, labels, max(size * 0.74, 10.0), metrics)
    return Detail(found, around, labels, on_edges, field.height)


def _head(edges: int) -> float:
    return 11.0 if edges <= 300 else 7.0 if edges <= 1500 else 5.0


def _with_room(points: Points, boxes: Points) -> Points:
    """Places moved until names have room, within the width of the sheet."""
    reach = MARGIN + boxes[:, 0] / 2
    search = apart.boxes(boxes)
    for _ in range(TURNS):
        points = pushed(points, search, PUSHES)
        points[:, 0] = np.clip(points[:, 0], reach, WIDTH - reach)
    return points


def _boxes(lines: Sequence[tuple[str, ...]], radii: Points, size: float, metrics: Metrics, air: float = 5) -> Points:
    """Width and height of each entity with its name, and some air around it."""
    extents = np.array([extent(line, size, metrics) for line in lines])
    return np.column_stack((np.maximum(extents[:, 0], 2 * radii), 2 * radii + AIR + extents[:, 1])) + air
