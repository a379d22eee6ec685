"""What a notebook shows: rows as a table or a data frame, and the page of a graph."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError

if TYPE_CHECKING:
    import pandas

PAGE_HEIGHT = 640


class Rows(list[dict[str, Any]]):
    """Facts or entities: a list of dicts that notebooks show as a table."""

    def to_df(self) -> pandas.DataFrame:
        """The rows as a pandas DataFrame. Raises UsageError where pandas is not installed."""
        return data_frame(self)

    def _repr_html_(self) -> str:
        return table(self[0] if self else (), (map(_cell, row.values()) for row in self))


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a graph: a file, and what a notebook shows of it."""

    path: Path

    def _repr_html_(self) -> str:
        """The page in a frame of its own, cut off from the notebook around it."""
        text = html.escape(self.path.read_text(encoding="utf-8"))
        return (
            f'<iframe srcdoc="{text}" sandbox="allow-scripts" title="knowledge graph" '
            f'style="width: 100%; height: {PAGE_HEIGHT}px; border: 1px solid #ccc"></iframe>'
        )


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Rows as a table of HTML."""
    body = "".join(_line(row, "td") for row in rows)
    return f"<table><thead>{_line(head, 'th')}</thead><tbody>{body}</tbody></table>"


def data_frame(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] | None = None) -> pandas.DataFrame:
    """Rows as a pandas DataFrame. Raises UsageError where pandas is not installed."""
    try:
        import pandas
    except ImportError:
        raise UsageError("pandas is not installed", hint="pip install evident-kg[pandas]") from None
    return pandas.DataFrame(list(rows), columns=None if columns is None else list(columns))


def _line(cells: Iterable[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
