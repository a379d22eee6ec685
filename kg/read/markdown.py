"""Markdown: its prose without its marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.read import front_matter
from kg.read.draft import Draft, File
from kg.read.html import visible_text
from kg.read.text import clean, decode, paragraphs, row

if TYPE_CHECKING:
    from markdown_it.token import Token


def read_markdown(file: File) -> Iterator[Draft]:
    """Headings, paragraphs, list items and table rows, each a paragraph (CommonMark 0.31, and tables).

    A block of code that names its language is left out; other such blocks may well hold prose.
    """
    from markdown_it import MarkdownIt

    about, text = front_matter.split(clean(decode(file.data)), file.where)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    yield Draft(paragraphs(_blocks(tokens)), about)


def _blocks(tokens: list[Token]) -> Iterator[str]:
    cells: list[list[str]] | None = None
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            yield from row(cells or [])
            cells = None
        elif token.type == "inline":
            prose = _inline(token)
            if cells is None:
                yield prose
            else:
                cells.append([prose])
        elif token.type == "code_block" or (token.type == "fence" and not token.info.strip()):
            yield token.content
        elif token.type == "html_block":
            yield visible_text(token.content)


def _inline(token: Token) -> str:
    """A line break in the source is a blank in the prose; an image speaks by its description."""
    parts: list[str] = []
    for child in token.children or []:
        if child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak":
            parts.append("\n")
        elif child.type in ("text", "code_inline", "image"):
            parts.append(child.content)
    return "".join(parts)
