"""What stands around the drawing: the title, the legend of types, and the counts at the foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.view.picture.canvas import WIDTH
from kg.view.picture.words import clean, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.view.legend import Look
    from kg.view.picture.canvas import Canvas
    from kg.view.picture.words import Metrics

    Points = NDArray[np.float64]

MARGIN = 48.0
TITLE, LEGEND, FOOT = 30.0, 16.0, 14.0  # font sizes
ROW = 28.0  # height of a row of the legend
MARK = 7.0  # radius of a mark in the legend
ABOVE = 12.0  # pixels left free above and below the drawing
HIGH, HIGHEST = 850.0, 2200.0  # pixels of height: what a small drawing may grow to, and the most
LEAST_SCALE = 1.5  # to which a small drawing grows whatever its height
GAP = 26.0  # between two entries of the legend


@dataclass(frozen=True, slots=True)
class Entry:
    """A type in the legend, with its place."""

    kind: Look
    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Frame:
    """The words around a drawing; the drawing begins at `top`."""

    title: str
    entries: list[Entry]
    foot: list[str]
    top: float


def framed(title: str, kinds: Sequence[Look], foot: Sequence[str], metrics: Metrics) -> Frame:
    """Title, legend and foot, set out for the width of a sheet."""
    room = WIDTH - 2 * MARGIN
    line = metrics.fitted(shortened(title, 200), TITLE, room, bold=True)
    entries: list[Entry] = []
    x, y = MARGIN, MARGIN + TITLE + 22
    for kind in kinds:
        name = metrics.fitted(clean(kind.label), LEGEND, room / 3)
        wide = _width(name, kind, metrics)
        if x > MARGIN and x + wide > WIDTH - MARGIN:
            x, y = MARGIN, y + ROW
        entries.append(Entry(kind, name, x, y))
        x += wide + GAP
    top = y + ROW / 2 + 20 if entries else MARGIN + TITLE + 12
    return Frame(line, entries, [metrics.fitted(clean(text), FOOT, room) for text in foot], top)


def _width(name: str, kind: Look, metrics: Metrics) -> float:
    return 2 * MARK + 9 + metrics.width(name, LEGEND) + 7 + metrics.width(f"{kind.count:,}", LEGEND)


def depth(foot: Sequence[str]) -> float:
    """Height of what stands below the drawing."""
    return MARGIN * 0.75 + FOOT * 1.5 * len(foot) + 22


def draw_frame(canvas: Canvas, found: Frame, metrics: Metrics, height: float) -> None:
    """Draw it on a sheet of a height."""
    canvas.text(MARGIN, MARGIN + TITLE * 0.3, found.title, size=TITLE, bold=True)
    for entry in found.entries:
        at = np.array([(entry.x + MARK, entry.y)])
        canvas.marks(at, np.array([MARK]), shape=entry.kind.shape, colour=entry.kind.colour, rim=0)
        x = entry.x + 2 * MARK + 9
        canvas.text(x, entry.y, entry.name, size=LEGEND)
        x += metrics.width(entry.name, LEGEND) + 7
        canvas.text(x, entry.y, f"{entry.kind.count:,}", size=LEGEND, colour=canvas.palette.quiet)
    y = height - depth(found.foot) + 12
    canvas.rule(y, MARGIN, WIDTH - MARGIN)
    for number, text in enumerate(found.foot):
        canvas.text(MARGIN, y + FOOT * (1.5 + 1.5 * number), text, size=FOOT, colour=canvas.palette.quiet)


@dataclass(frozen=True, slots=True)
class Field:
    """Places of a layout on the field that is drawn on, and its height."""

    points: Points
    scale: float
    height: float
    low: Points
    corner: Points

    def moved(self, points: Points) -> Points:
        """Other places of the same layout."""
        found: Points = (points - self.low) * self.scale + self.corner
        return found


def fitted(points: Points, boxes: Points, *, most: float = 2.4) -> Field:
    """Places with boxes around them on the field. most: how much larger than in the layout it may all be."""
    low, high = (points - boxes / 2).min(axis=0), (points + boxes / 2).max(axis=0)
    wide, tall = np.maximum(high - low, 1.0)
    scale = float(min((WIDTH - 2 * MARGIN) / wide, max(LEAST_SCALE, HIGH / tall), HIGHEST / tall, most))
    corner = np.array(((WIDTH - wide * scale) / 2, ABOVE))
    return Field((points - low) * scale + corner, scale, max(float(tall * scale) + 2 * ABOVE, 160.0), low, corner)
