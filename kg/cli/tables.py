"""Tables for people: rich on a terminal, plain aligned text everywhere else."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence

import click

GAP = "  "


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "", colours: Sequence[str] = ()
) -> None:
    """Print rows under their column names on standard output.

    Control characters that a document smuggled in are shown, never sent to the terminal. colours: one a row, for its
    first cell, on a terminal.
    """
    cells = [[visible(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _print_rich(columns, cells, title, colours)
        return
    if title:
        click.echo(title)
    for line in plain_lines(columns, cells):
        click.echo(line)


def plain_lines(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The table as aligned lines; Chinese, Japanese and Korean characters count as two columns."""
    widths = [max(map(width, column)) for column in zip(columns, *rows, strict=True)]
    lines = [columns, ["-" * wide for wide in widths], *rows]
    return [
        GAP.join(cell + " " * (wide - width(cell)) for cell, wide in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]


def print_json(value: object) -> None:
    """Print a value as JSON with a stable layout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def visible(value: object) -> str:
    """A cell on one line: None as nothing, line breaks as spaces, other control characters escaped."""
    if value is None:
        return ""
    text = " ".join(str(value).split())
    return "".join(
        char if unicodedata.category(char) not in ("Cc", "Cf", "Cs") or char in "\u200c\u200d" else _escaped(char)
        for char in text
    )


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(_columns(char) for char in text)


def cut(text: str, columns: int) -> str:
    """The text in at most so many columns, with an ellipsis for what is cut off."""
    if width(text) <= columns:
        return text
    kept = text
    while kept and width(kept) > columns - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _print_rich(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str, colours: Sequence[str]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, title=title or None, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for number, (first, *rest) in enumerate(rows):
        table.add_row(Text(first, colours[number] if colours else ""), *map(Text, rest))
    Console().print(table)
