"""Where a page shows its entities, so that the next one can keep them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.view.blocks import unpack

if TYPE_CHECKING:
    from pathlib import Path

    from kg.view.content import Places


def _graph(page: str) -> tuple[str, bool]:
    """The text of the element that holds the graph, and whether it is packed."""
    from html.parser import HTMLParser  # which takes .05 s to load

    class Graph(HTMLParser):
        text, packed, inside = "", False, False

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            about = dict(attrs)
            if tag == "script" and about.get("id") == "graph-data":
                self.inside = True
                self.packed = about.get("type") == "application/octet-stream"

        def handle_endtag(self, tag: str) -> None:
            self.inside = self.inside and tag != "script"

        def handle_data(self, data: str) -> None:
            if self.inside:
                self.text += data

    found = Graph()
    found.feed(page)
    return found.text, found.packed


def places(path: Path) -> Places:
    """Where the entities of a page stand, by IRI: x, y and the number of their community, or -1.

    Raises UsageError for a file that is no such page.
    """
    wrong = UsageError("the file is no page of kg", where=str(path), hint="name one that kg view or kg build wrote")
    try:
        text, packed = _graph(path.read_text(encoding="utf-8"))
        data = unpack(text, packed=packed)
        columns = data["entities"]
        rows = zip(*(columns[name] for name in ("base", "name", "x", "y", "community")), strict=True)
        return {data["bases"][base] + name: (float(x), float(y), int(group)) for base, name, x, y, group in rows}
    except OSError as error:
        raise UsageError(f"the page cannot be read: {error.strerror}", where=str(path)) from None
    except (ValueError, KeyError, TypeError, IndexError):
        raise wrong from None
