"""What goes out in one request: a paragraph, or a few that follow each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.model import Annotation, Span

_BREAK = re.compile(r"\n[^\S\n]*\n")
_WORD = re.compile(r"\w*[^\W\d_]\w*")


@dataclass(frozen=True, slots=True)
class Unit:
    """Paragraphs that are asked about together.

    text: as it is sent, white space made single, a blank line between paragraphs. first, last: positions of its
    paragraphs in the annotation, half open. span: from the first character to the last, in the document.
    """

    text: str
    first: int
    last: int
    span: Span


def units_of(annotation: Annotation, most: int) -> list[Unit]:
    """The units of a document, in order, none with more than `most` characters unless a single paragraph has.

    Paragraphs with less than two words say nothing of anything, and are left out.
    """
    spans = [Span(p.spans[0].begin, p.spans[-1].end) for p in annotation.parses]
    return list(_packed(annotation.document.text, spans, most))


def units_of_text(text: str, most: int) -> list[Unit]:
    """The units of a text that was not annotated, with paragraphs up to blank lines: near to what `units_of` gives."""
    begins = [0, *(found.end() for found in _BREAK.finditer(text))]
    ends = [*(found.start() for found in _BREAK.finditer(text)), len(text)]
    return list(_packed(text, [Span(*pair) for pair in zip(begins, ends, strict=True)], most))


def _packed(text: str, spans: Sequence[Span], most: int) -> Iterator[Unit]:
    """Neighbours join as long as they fit."""
    told = [(n, span, " ".join(span.of(text).split())) for n, span in enumerate(spans)]
    speaking = [row for row in told if len(_WORD.findall(row[2])) > 1]
    size, number, groups = 0, 0, []
    for row in speaking:
        if size and size + len(row[2]) > most:
            size, number = 0, number + 1
        size += len(row[2]) + 2
        groups.append((number, row))
    for _, members in groupby(groups, key=lambda pair: pair[0]):
        rows = [row for _, row in members]
        span = Span(rows[0][1].begin, rows[-1][1].end)
        yield Unit("\n\n".join(row[2] for row in rows), rows[0][0], rows[-1][0] + 1, span)
