"""Places for names and for the words on edges, so that nothing that can be read lies on anything else."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.view.picture.canvas import Canvas
    from kg.view.picture.edges import Curves
    from kg.view.picture.words import Metrics

    Points = NDArray[np.float64]

LINE = 1.18  # height of a line over the font size
AIR = 3.0  # pixels between a name and what stands beside it
SMALLER = (1.0, 0.86)  # what finds no place is tried again in smaller letters
DISLIKED = (0.0, 0.0, 0.7, 0.9, 1.0, 1.4, 1.5, 1.6, 1.7, 2.2, 2.3)  # each of the places of a name, in edges under it
COVERING = 3.0  # how much worse than an edge another entity under a name is
SAMPLES = 16  # points of an edge that are looked at
ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73)  # where on its edge a word may stand


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text around a centre; `angle` in degrees, for words on edges. `owner`: its entity or edge."""

    owner: int
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    size: float
    angle: float = 0.0
    bold: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what is not turned."""
        return (
            self.x - self.width / 2,
            self.y - self.height / 2,
            self.x + self.width / 2,
            self.y + self.height / 2,
        )

    def corners(self) -> Points:
        """The four corners, turned."""
        turn = math.radians(self.angle)
        across = np.array((math.cos(turn), -math.sin(turn))) * self.width / 2
        down = np.array((math.sin(turn), math.cos(turn))) * self.height / 2
        return np.array((self.x, self.y)) + np.array((-across - down, across - down, across + down, down - across))


def extent(lines: Sequence[str], size: float, metrics: Metrics, *, bold: bool = False) -> tuple[float, float]:
    """Width and height of lines of text."""
    return max(metrics.width(line, size, bold=bold) for line in lines), LINE * size * len(lines)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that an entity shall have; `inside` where it may stand on what it names."""

    entity: int
    lines: tuple[str, ...]
    bold: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What names must keep clear of, and the field they must stay in: left, top, right, bottom.

    crowded: whether a name may stand on other entities, though better on few, as there are too many of them.
    """

    points: Points
    radii: Points
    ways: Curves
    field: tuple[float, float, float, float]
    crowded: bool = False


def names(
    wanted: Sequence[Name], around: Surroundings, size: float, metrics: Metrics, *, beside: Sequence[Label] = ()
) -> list[Label]:
    """Each wanted name at the best free place at its entity, the most important first; some find none.

    A place is better the fewer edges run through it. beside: names that stand there already.
    """
    samples = np.concatenate([around.ways.at(part) for part in np.linspace(0.03, 0.97, SAMPLES)])
    dots = np.column_stack((around.points - around.radii[:, None], around.points + around.radii[:, None]))
    placed = list(beside)
    for name in wanted:
        taken = np.array([label.box for label in placed]).reshape(-1, 4)
        for smaller in SMALLER:
            width, height = extent(name.lines, size * smaller, metrics, bold=name.bold)
            centre = _best(name, (width, height), around, (dots, taken, samples))
            if centre:
                placed.append(Label(name.entity, name.lines, *centre, width, height, size * smaller, bold=name.bold))
                break
    return placed[len(beside) :]


def _best(
    name: Name, extents: tuple[float, float], around: Surroundings, seen: tuple[Points, Points, Points]
) -> tuple[float, float] | None:
    """The best centre for the box of a name; `seen` are boxes of entities, of names, and points of edges."""
    dots, taken, samples = seen
    point = around.points[name.entity]
    centres = point + _candidates(*extents, float(around.radii[name.entity]) + AIR)
    half = np.array(extents) / 2
    boxes = np.column_stack((centres - half, centres + half))
    left, top, right, bottom = around.field
    free = (boxes[:, 0] >= left) & (boxes[:, 1] >= top) & (boxes[:, 2] <= right) & (boxes[:, 3] <= bottom)
    free[0] &= name.inside
    covered = _overlap(boxes, np.delete(dots, name.entity, axis=0), 1.0).sum(axis=1)
    covered[0] = 0
    free &= (covered == 0) | around.crowded
    free &= ~_overlap(boxes, taken, AIR).any(axis=1)
    if not free.any():
        return None
    near = samples[(np.abs(samples - point) < half * 2 + 40).all(axis=1)]
    crossed = _overlap(boxes, np.hstack((near, near)), 0.0).sum(axis=1)
    crossed[0] = 0
    cost = crossed + COVERING * covered + np.array(DISLIKED) + np.where(free, 0.0, np.inf)
    chosen = int(cost.argmin())
    return float(centres[chosen, 0]), float(centres[chosen, 1])


def _candidates(width: float, height: float, reach: float) -> Points:
    """Centres on an entity, below, above, right and left of it, at its corners, and a little further off."""
    down, aside, corner = reach + height / 2, reach + width / 2, reach * 0.75
    near = [(0, 0), (0, down), (0, -down), (aside, 0), (-aside, 0)]
    corners = [(x * (corner + width / 2), y * (corner + height / 2)) for y in (1, -1) for x in (1, -1)]
    return np.array([*near, *corners, (0, down + height * 0.6), (0, -down - height * 0.6)])


def _overlap(some: Points, others: Points, air: float) -> NDArray[np.bool_]:
    """Which of some boxes come nearer than `air` to which of the others."""
    one, other = some[:, None, :], others[None, :, :]
    apart = (one[..., :2] >= other[..., 2:] + air) | (other[..., :2] >= one[..., 2:] + air)
    overlapping: NDArray[np.bool_] = np.logical_not(apart.any(axis=2))
    return overlapping


def words(
    texts: Sequence[str], around: Surroundings, placed: Sequence[Label], size: float, metrics: Metrics
) -> list[Label]:
    """The text of each edge along it, where it is long enough and nothing else stands there."""
    taken = [label.corners() for label in placed]
    square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    taken += [point + square * radius for point, radius in zip(around.points, around.radii, strict=True)]
    spots = [(part, around.ways.at(part), around.ways.at(part + 0.02) - around.ways.at(part - 0.02)) for part in ALONG]
    found: list[Label] = []
    for edge, text in enumerate(texts):
        first, *_, last = around.ways.knots[edge]
        room = math.hypot(*(last - first))
        for smaller, (part, where, ahead) in product(SMALLER, spots):
            width = metrics.width(text, size * smaller)
            if width / 2 + 8 > room * min(part, 1 - part):
                continue
            dx, dy = ahead[edge] if ahead[edge, 0] >= 0 else -ahead[edge]
            centre = float(where[edge, 0]), float(where[edge, 1])
            angle = -math.degrees(math.atan2(dy, dx))
            label = Label(edge, (text,), *centre, width + 4, size * smaller * 1.1, size * smaller, angle)
            corners = label.corners()
            if not any(_touching(corners, other) for other in taken):
                taken.append(corners)
                found.append(label)
                break
    return found


def _touching(one: Points, other: Points) -> bool:
    """Whether two rectangles overlap: no side of either parts them."""
    if (one.max(axis=0) <= other.min(axis=0)).any() or (other.max(axis=0) <= one.min(axis=0)).any():
        return False
    for corners in (one, other):
        for axis in (corners[1] - corners[0], corners[2] - corners[1]):
            some, others = one @ axis, other @ axis
            if some.max() <= others.min() or others.max() <= some.min():
                return False
    return True


def draw_names(canvas: Canvas, labels: Sequence[Label], top: float) -> None:
    """Names on a sheet, on a field that begins at `top`."""
    for label in labels:
        step = label.height / len(label.lines)
        for number, line in enumerate(label.lines):
            y = top + label.y - label.height / 2 + (number + 0.5) * step
            canvas.text(label.x, y, line, size=label.size, bold=label.bold, align="center", halo=True, layer=7)


def draw_words(canvas: Canvas, labels: Sequence[Label], top: float) -> None:
    """The words on edges, each on a ground that breaks its edge."""
    if labels:
        grounds = np.array([label.corners() for label in labels]) + np.array((0.0, top))
        canvas.polygons(grounds, colour=canvas.palette.ground, layer=4)
    for label in labels:
        canvas.text(
            label.x,
            top + label.y,
            label.lines[0],
            size=label.size,
            colour=canvas.palette.quiet,
            align="center",
            angle=label.angle,
            layer=6,
        )
