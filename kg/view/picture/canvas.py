"""The sheet that a picture is drawn on: matplotlib without its plots, axes and settings of the user's.

Coordinates are pixels from the top left corner. The same drawing gives the same bytes.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape

from kg.view.picture.words import FAMILY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

Format = Literal["png", "svg"]

WIDTH = 1600.0  # of the sheet; another width of a picture makes everything larger or smaller
DOTS = 72  # pixels an inch of the sheet, so that a point of a font is a pixel
PRINTED = 254  # dots an inch of a PNG in a document: 1,600 pixels are 16 cm
HALO = 3.2
SETTINGS: Any = {
    "font.sans-serif": [FAMILY],
    "path.simplify": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "kg",
}
MARKERS = {
    "dot": ("o", 1.0),
    "triangle": ("^", 1.15),
    "square": ("s", 0.88),
    "star": ("*", 1.45),
    "diamond": ("D", 0.85),
    "triangleDown": ("v", 1.15),
    "hexagon": ("h", 1.08),
}  # and their size, so that all look about as large


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a picture that do not say anything."""

    ground: str
    text: str
    quiet: str
    edge: str
    disc: str


LIGHT = Palette(ground="#FFFFFF", text="#1C2026", quiet="#5A626E", edge="#A3ABB7", disc="#F1F3F6")
DARK = Palette(ground="#15181D", text="#EDEFF2", quiet="#A2ABB8", edge="#616B79", disc="#20252D")


@contextmanager
def plain() -> Iterator[None]:
    """matplotlib as it comes, whatever the user has set, and without a word on letters that no font has."""
    log = logging.getLogger("matplotlib")
    level = log.level
    log.setLevel(logging.ERROR)
    import matplotlib

    try:
        with warnings.catch_warnings(), matplotlib.rc_context():
            warnings.simplefilter("ignore", UserWarning)
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(SETTINGS)
            yield
    finally:
        log.setLevel(level)


class Canvas:
    """A sheet; use it within `plain()`."""

    def __init__(self, height: float, *, family: Sequence[str], palette: Palette) -> None:
        from matplotlib.figure import Figure

        self.palette = palette
        self._family = [*family, "sans-serif"]
        self._height = height
        self._haloed = 0
        self._figure = Figure(figsize=(WIDTH / DOTS, height / DOTS), dpi=DOTS, facecolor=palette.ground)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)

    def text(  # noqa: PLR0913
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float,
        colour: str | None = None,
        bold: bool = False,
        align: Literal["left", "center", "right"] = "left",
        angle: float = 0.0,
        halo: bool = False,
        layer: float = 9,
    ) -> None:
        """One line, its letters' middle at y; with a halo, what lies below it is kept away from the letters."""
        drawn = self._axes.text(
            x,
            y + 0.36 * size if angle == 0 else y,
            words,
            parse_math=False,
            fontfamily=self._family,
            fontsize=size,
            color=colour or self.palette.text,
            fontweight="bold" if bold else "normal",
            ha=align,
            va="baseline" if angle == 0 else "center_baseline",
            rotation=angle,
            rotation_mode="anchor",
            zorder=layer,
        )
        if halo:
            self._haloed += 1
            drawn.set_gid(f"name-{self._haloed}")

    def lines(self, knots: Points, *, colour: str, width: float | Points, layer: float, alpha: float = 1.0) -> None:
        """Cubic Bézier curves, as an array (curves, 4, 2)."""
        from matplotlib.collections import PathCollection
        from matplotlib.path import Path

        codes = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
        paths = [Path(corners, codes) for corners in knots]
        self._axes.add_collection(
            PathCollection(
                paths, facecolors="none", edgecolors=colour, linewidths=width, alpha=alpha, zorder=layer, clip_on=False
            ),
            autolim=False,
        )

    def polygons(self, corners: Points, *, colour: str, layer: float, alpha: float = 1.0) -> None:
        """Filled polygons, as an array (polygons, corners, 2)."""
        from matplotlib.collections import PolyCollection

        found: Any = corners
        self._axes.add_collection(
            PolyCollection(found, facecolors=colour, linewidths=0, alpha=alpha, zorder=layer, clip_on=False),
            autolim=False,
        )

    def marks(self, points: Points, radii: Points, *, shape: str, colour: str, rim: float, layer: float = 5) -> None:
        """Entities of one type, with a rim in the colour of the ground."""
        marker, factor = MARKERS[shape]
        sizes = radii[:1] if (radii == radii[0]).all() else radii  # one size for all makes a small SVG
        self._axes.scatter(
            points[:, 0],
            points[:, 1],
            s=(2 * sizes * factor) ** 2,
            marker=marker,
            facecolors=colour,
            edgecolors=self.palette.ground,
            linewidths=rim,
            zorder=layer,
            clip_on=False,
        )

    def discs(self, points: Points, radii: Points, *, colour: str, rim: str, layer: float) -> None:
        """Filled circles with a thin rim."""
        self._axes.scatter(
            points[:, 0],
            points[:, 1],
            s=(2 * radii) ** 2,
            facecolors=colour,
            edgecolors=rim,
            linewidths=1.0,
            zorder=layer,
            clip_on=False,
        )

    def rule(self, y: float, left: float, right: float) -> None:
        """A thin line across."""
        self._axes.plot([left, right], [y, y], color=self.palette.edge, linewidth=0.8, alpha=0.6, clip_on=False)

    def data(self, format: Format, *, title: str, width: int) -> bytes:  # noqa: A002
        """The picture as a file."""
        return self._png(title, width) if format == "png" else self._svg(title, width)

    def _png(self, title: str, width: int) -> bytes:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.patheffects import withStroke

        for drawn in self._axes.texts:
            if drawn.get_gid():
                drawn.set_path_effects([withStroke(linewidth=HALO, foreground=self.palette.ground)])
        self._figure.set_dpi(DOTS * width / WIDTH)
        into = io.BytesIO()
        about = {"Software": None, "Title": title.encode("latin-1", "replace").decode("latin-1")}
        sheet: Any = FigureCanvasAgg(self._figure)
        sheet.print_png(into, metadata=about, pil_kwargs={"dpi": (PRINTED, PRINTED)})
        return into.getvalue()

    def _svg(self, title: str, width: int) -> bytes:
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        into = io.StringIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        sheet: Any = FigureCanvasSVG(self._figure)
        sheet.print_svg(into, metadata=nothing)
        text = _haloed(into.getvalue(), self.palette.ground)
        head, body = text[text.index("<svg ") :].split(">", 1)
        high = round(self._height * width / WIDTH)
        head = re.sub(r'\b(width|height)="[^"]*"', lambda m: f'{m[1]}="{width if m[1] == "width" else high}"', head)
        start_tag = f'<?xml version="1.0" encoding="utf-8"?>\n{head} role="img">'
        return f"{start_tag}\n <title>{escape(title)}</title>{body}".encode()


def _haloed(svg: str, ground: str) -> str:
    """Each name with its outline in the colour of the ground behind it, which no screen reader reads twice."""
    stroke = f"stroke: {ground}; stroke-width: {HALO}; fill: {ground}; "

    def doubled(found: re.Match[str]) -> str:
        before, attributes, words = found.groups()
        behind = re.sub(r"fill: #\w+; |; fill: #\w+", "", attributes).replace('style="', f'style="{stroke}', 1)
        return f'{before}<text aria-hidden="true" {behind}>{words}</text>\n    <text {attributes}>{words}</text>'

    return re.sub(r'(<g id="name-\d+">\s*)<text ([^>]*)>([^<]*)</text>', doubled, svg)
