"""Lines of a printed page back into paragraphs.

A PDF knows where glyphs stand and nothing of paragraphs. What tells them apart: a wider gap, another size,
a line that ends early, a bullet. At the end of a page or column only an unfinished sentence goes on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_BULLET = re.compile(r"(?:[•‣▪●○◦∙·*–—-]|\(?[0-9a-z]{1,2}[.)])\s")
_PAGE_NUMBER = re.compile(
    r"[\s|–—-]*(?:(?:page|seite|p\.)\s*)?[0-9]{1,3}(?:\s*(?:/|of|von)\s*[0-9]{1,3})?[\s|–—-]*", re.IGNORECASE
)
_WORD = re.compile(r"\w+(?:-\w+)*")
_DIVIDED = re.compile(r"(?<![\w-])([\w-]*\w)[-‐]$")
_FIRST_WORD = re.compile(r"\w+")
_SOFT_HYPHEN = "\u00ad"
# Measured in the usual distance of lines, in the size of letters, and in the usual length of a full line.
_WIDE_GAP = 1.2
_OTHER_SIZE = 0.15
_EARLY_END = 0.6
_FINISHED_EARLY = 0.85


class Line(NamedTuple):
    """height: of the baseline, upwards. size: of the letters. Both 0 where they are not known."""

    text: str
    height: float
    size: float


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without page numbers and without the heads and feet that most of them repeat.

    A head stays where it stands first: there it is mostly the title.
    """
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    repeated = {key for key, count in seen.items() if len(pages) >= 3 and count > len(pages) / 2}
    titles: set[str] = set()
    kept = []
    for page in pages:
        dropped: set[int] = set()
        for line in _edges(page):
            title = line in page[:2] and _key(line) not in titles
            if _PAGE_NUMBER.fullmatch(line.text) or (_key(line) in repeated and not title):
                dropped.add(id(line))
        titles |= {_key(line) for line in _edges(page)}
        kept.append([line for line in page if id(line) not in dropped])
    return kept


def joined(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """The paragraphs of these pages, broken lines joined and hyphenation undone."""
    lines = [(line, number) for number, page in enumerate(pages) for line in page]
    if not lines:
        return
    step = _usual_step(pages)
    full = _quantile([float(len(line.text)) for line, _ in lines], 0.9)
    words = {word.lower() for line, _ in lines for word in _WORD.findall(line.text)}
    parts = [lines[0][0].text]
    for (above, page), (line, next_page) in pairwise(lines):
        moved = page != next_page or (above.size > 0 and line.height > above.height)
        if _goes_on(above, line) if moved else not _new_paragraph(above, line, step, full):
            parts[-1] = _ended(parts[-1], line.text, words)
            parts.append(line.text)
        else:
            yield "".join(parts)
            parts = [line.text]
    yield "".join(parts)


def _edges(page: Sequence[Line]) -> list[Line]:
    return [*page[:2], *page[-2:]]


def _key(line: Line) -> str:
    return re.sub(r"[0-9]+", "#", line.text)


def _usual_step(pages: Sequence[Sequence[Line]]) -> float:
    """The distance of two lines of one paragraph, in sizes of letters; 0 where it is not known."""
    steps = [
        (above.height - line.height) / line.size
        for page in pages
        for above, line in pairwise(page)
        if line.size > 0 and line.size == above.size and 0 < above.height - line.height < 4 * line.size
    ]
    # Lower than the median: in a text of short paragraphs half of the gaps lie between them.
    return _quantile(steps, 0.3)


def _quantile(values: list[float], part: float) -> float:
    return sorted(values)[int(part * (len(values) - 1))] if values else 0.0


def _goes_on(above: Line, line: Line) -> bool:
    """Over the end of a page or column: only where a sentence was left unfinished."""
    return line.text[0].islower() and not _SENTENCE_END.search(above.text)


def _new_paragraph(above: Line, line: Line, step: float, full: float) -> bool:
    if _BULLET.match(line.text):
        return True
    if above.size > 0 and abs(line.size - above.size) > _OTHER_SIZE * above.size:
        return True
    if step > 0 and line.size > 0 and above.height - line.height > _WIDE_GAP * step * line.size:
        return True
    if line.text[0].islower():
        return False
    length = len(above.text)
    return length < _EARLY_END * full or (length < _FINISHED_EARLY * full and bool(_SENTENCE_END.search(above.text)))


def _ended(text: str, following: str, words: set[str]) -> str:
    """A line as it ends before the one that goes on: with a blank, or with its hyphen, or without it.

    A hyphen goes where it only divides a word, and stays in a compound.
    """
    if text.endswith(_SOFT_HYPHEN):
        return text[:-1]
    first, second = _DIVIDED.search(text), _FIRST_WORD.match(following)
    if not first:
        return f"{text} "
    if not second or not following[0].islower():
        return text
    compound, whole = f"{first[1]}-{second[0]}".lower(), f"{first[1]}{second[0]}".lower()
    keep = compound in words and whole not in words
    return text if keep else text[:-1]
