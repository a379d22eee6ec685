"""The graph as a page that can be read and traced to its sentences.

    graph = network(store, focus="Example Works", hops=2)
    write_page(store, Path("graph.html"))

`network` makes a networkx graph out of a store, `page` makes one self-contained HTML file out of that graph,
and `write_page` does both.
"""

from __future__ import annotations

from kg.view.network import network
from kg.view.page import page, write_page
from kg.view.records import Citation, LiteralStatement, Mention

__all__ = ["Citation", "LiteralStatement", "Mention", "network", "page", "write_page"]
