"""The graph as a page that can be read, questioned and traced to its sentences, and as pictures.

    graph = network(store, Selection(focus="Example Works", hops=2))
    write_page(store, Path("graph.html"))

`network` makes a networkx graph out of a store, `page` makes one self-contained HTML file out of that graph,
and `write_page` does both. Of a whole store that a build made, `kg.pages` does it without networkx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.view.answers import Answer
from kg.view.citations import Citation, LiteralStatement, Mention
from kg.view.network import network
from kg.view.page import page, write_page
from kg.view.places import places
from kg.view.selection import Selection

if TYPE_CHECKING:
    from kg.view.picture import write_picture

__all__ = [
    "Answer",
    "Citation",
    "LiteralStatement",
    "Mention",
    "Selection",
    "network",
    "page",
    "places",
    "write_page",
    "write_picture",
]


def __getattr__(name: str) -> object:
    """`write_picture`, when first asked for: a build draws no picture."""
    if name == "write_picture":
        from kg.view.picture import write_picture

        return write_picture
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
