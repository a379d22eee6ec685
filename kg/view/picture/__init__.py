"""A picture of a graph for reports, PNG or SVG, without a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from kg.errors import UsageError
from kg.view.files import write_whole
from kg.view.network import Readable, network
from kg.view.picture.arrange import Drawn, drawn
from kg.view.picture.canvas import DARK, LIGHT, Canvas, Format, plain
from kg.view.picture.detail import Detail, in_detail
from kg.view.picture.frame import depth, draw_frame, framed
from kg.view.picture.overview import Overview, by_community
from kg.view.picture.words import Metrics, clean, families
from kg.view.selection import WHOLE, Selection

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx

SILENT = 24  # entities without a statement to another one that are drawn all the same
DETAILED = 3000  # entities up to which each is drawn by itself
NARROWEST, WIDEST = 200, 12_000


def write_picture(
    store: Readable,
    path: Path,
    *,
    title: str = "Knowledge graph",
    selection: Selection = WHOLE,
    width: int = 1600,
    dark: bool = False,
) -> None:
    """Write a picture of a store, or of a part of it, whole or not at all.

    The suffix tells the format: .png or .svg. Raises UsageError for another one, for a width below 200 or above
    12,000 pixels, for a selection that does not fit the graph, or if the file cannot be written.
    """
    format = path.suffix.lower().removeprefix(".")  # noqa: A001
    if format not in get_args(Format):
        raise UsageError("a picture is a .png or an .svg", where=str(path), hint="name a file such as graph.png")
    graph = network(store, selection)
    write_whole(path, picture(graph, format="svg" if format == "svg" else "png", title=title, width=width, dark=dark))


def picture(
    graph: nx.MultiDiGraph[str],
    *,
    format: Format,  # noqa: A002
    title: str,
    width: int = 1600,
    dark: bool = False,
) -> bytes:
    """A picture of a graph that `network` gives, as a file; the same graph gives the same bytes.

    Shows entities and the asserted statements between them. Raises UsageError for a width below 200 or above 12,000.
    """
    if not NARROWEST <= width <= WIDEST:
        raise UsageError(f"a picture cannot be {width:,} pixels wide", hint=f"from {NARROWEST} to {WIDEST:,} will do")
    found = drawn(graph, SILENT if graph.graph["selection"].focus is None else 0)
    with plain():
        metrics = Metrics(families((title, *found.labels, *found.words, *(kind.label for kind in found.kinds))))
        at = _drawing(found, metrics)
        foot = [line for line in (_counts(graph, found), at.note) if line]
        around = framed(title, found.kinds, foot, metrics)
        height = around.top + at.height + depth(foot)
        canvas = Canvas(height, family=metrics.family, palette=DARK if dark else LIGHT)
        at.draw(canvas, around.top)
        draw_frame(canvas, around, metrics, height)
        return canvas.data(format, title=clean(title), width=width)


@dataclass(frozen=True, slots=True)
class _Blank:
    """The drawing of a graph without entities."""

    height: float = 120.0
    note: str = "There is no entity to show."

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draw nothing."""


def _drawing(found: Drawn, metrics: Metrics) -> _Blank | Detail | Overview:
    if not found.keys:
        return _Blank()
    return by_community(found, metrics) if len(found.keys) > DETAILED else in_detail(found, metrics)


def _counts(graph: nx.MultiDiGraph[str], found: Drawn) -> str:
    """What is drawn and what is not."""
    line = (
        f"{_count(len(found.keys), 'entity', 'entities')} and {_count(len(found.ends), 'statement')} between them "
        f"from {_count(int(graph.graph['documents']), 'document')}."
    )
    silent = int(graph.graph["entities"]) - len(found.keys)
    if silent:
        line += f" {_count(silent, 'entity', 'entities')} without a statement to another one "
        line += f"{'is' if silent == 1 else 'are'} not shown."
    return line


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
