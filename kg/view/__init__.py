"""The graph as a page that can be read, questioned and traced to its sentences, and as pictures.

    graph = network(store, Selection(focus="Example Works", hops=2))
    write_page(store, Path("graph.html"))

`network` makes a networkx graph out of a store, `page` makes one self-contained HTML file out of that graph,
and `write_page` does both. Of a whole store that a build made, `kg.pages` does it without networkx.
"""

from __future__ import annotations

from kg.view.answers import Answer
from kg.view.citations import Citation, LiteralStatement, Mention
from kg.view.network import network
from kg.view.page import page, write_page
from kg.view.picture import write_picture
from kg.view.places import places
from kg.view.selection import Selection

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
