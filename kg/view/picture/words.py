"""The words of a picture: cleaned, broken into lines, measured, and the fonts that have their letters."""

from __future__ import annotations

import functools
import math
import textwrap
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FAMILY = "DejaVu Sans"  # comes with matplotlib: the same letters everywhere
LAST_RESORT = "Last Resort"
JOINERS = "\u200c\u200d"
LONGEST = 54  # characters of a name
COLUMNS = 20  # characters of a line of a name, where a Chinese, Japanese or Korean one counts as two
MEASURED = 100.0  # font size at which widths are measured; they grow with it


def clean(text: str) -> str:
    """One line without control characters and whatever else XML or a font cannot take."""
    kept = (
        char
        for char in " ".join(text.split())
        if (unicodedata.category(char) not in ("Cc", "Cf", "Cs") or char in JOINERS) and ord(char) & 0xFFFE != 0xFFFE
    )
    return "".join(kept).strip()


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text, cleaned, with an ellipsis for what is too long."""
    line = clean(text)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def broken(text: str) -> tuple[str, ...]:
    """A name in lines of about the same length."""
    line = shortened(text) or "?"
    columns = sum(map(_columns, line))
    if columns > len(line):
        return tuple(_by_columns(line, math.ceil(columns / math.ceil(columns / COLUMNS))))
    count = len(textwrap.wrap(line, COLUMNS))
    width = next(w for w in range(math.ceil(len(line) / count), COLUMNS + 1) if len(textwrap.wrap(line, w)) <= count)
    return tuple(textwrap.wrap(line, width))


def _columns(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _by_columns(line: str, width: int) -> Iterable[str]:
    found, taken = "", 0
    for char in line:
        if taken + _columns(char) > width + 1:
            yield found.strip()
            found, taken = "", 0
        found += char
        taken += _columns(char)
    yield found.strip()


def families(texts: Iterable[str]) -> list[str]:
    """Font families that together have the letters, as far as fonts that have them are installed."""
    from matplotlib import font_manager

    missing = {ord(char) for text in texts for char in text if not char.isspace()}
    missing -= _letters(font_manager.findfont(FAMILY))
    found = [FAMILY]
    if not missing:
        return found
    fonts = [font for font in font_manager.fontManager.ttflist if font.style == "normal" and font.weight == 400]
    fonts = sorted(fonts, key=lambda font: ("sans" not in font.name.casefold(), font.name, font.fname))
    having = [(font.name, missing & _letters(font.fname)) for font in fonts if not font.name.startswith(LAST_RESORT)]
    while missing and having:
        name, letters = max(having, key=lambda item: len(item[1] & missing))
        if not letters & missing:
            break
        found.append(name)
        missing -= letters
    return found


@functools.cache
def _letters(path: str) -> frozenset[int]:
    """The characters of a font; none of one that has pictures for letters."""
    from matplotlib.ft2font import FT2Font

    try:
        font = FT2Font(path)
    except (OSError, RuntimeError):
        return frozenset()
    return frozenset(font.get_charmap()) if font.scalable else frozenset()


class Metrics:
    """How wide words are in a font."""

    def __init__(self, family: Sequence[str]) -> None:
        self.family = list(family)
        self._known: dict[tuple[str, bool], float] = {}

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of one line at a font size."""
        from matplotlib.font_manager import FontProperties
        from matplotlib.textpath import text_to_path

        key = (text, bold)
        if key not in self._known:
            font = FontProperties(family=self.family, size=MEASURED, weight="bold" if bold else "normal")
            self._known[key] = float(text_to_path.get_text_width_height_descent(text, font, False)[0])
        return self._known[key] * size / MEASURED

    def fitted(self, text: str, size: float, room: float, *, bold: bool = False) -> str:
        """As much of the line as there is room for, with an ellipsis for the rest."""
        if self.width(text, size, bold=bold) <= room:
            return text
        short, long = 0, len(text)
        while short < long:
            middle = (short + long + 1) // 2
            if self.width(text[:middle].rstrip() + "…", size, bold=bold) <= room:
                short = middle
            else:
                long = middle - 1
        return text[:short].rstrip() + "…"
