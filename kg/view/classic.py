"""The ordinary page of pyvis: vis-network, with places fixed, in one file that needs nothing else."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.view.content import arranged, short
from kg.view.legend import legend
from kg.view.shown import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

    from kg.view.content import Places
    from kg.view.shown import Row

LIMIT = 300  # above, vis-network gets slow
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "hoverConnectedEdges": False},
    "nodes": {"borderWidth": 2, "size": 11},
    "edges": {"arrows": {"to": {"scaleFactor": 0.55}}, "selectionWidth": 1, "hoverWidth": 0.5},
}


def classic_page(graph: nx.MultiDiGraph[str], *, title: str, like: Places | None = None) -> str:
    """The page as text. Names and sentences are escaped: pyvis itself would let them run as scripts."""
    import pyvis.network

    net = pyvis.network.Network(directed=True, cdn_resources="in_line", width="100%", height="100vh")
    net.options = OPTIONS
    seen = shown(graph)
    ids = {node: number for number, node in enumerate(seen.entities, start=1)}
    looks = {look.iri: look for look in legend(graph)}
    for (node, about), (x, y) in zip(seen.entities.items(), arranged(seen, like=like).places, strict=True):
        look = looks[about.class_iri]
        tip = _plain(f"{about.label} ({look.label})")
        net.add_node(
            ids[node], label=short(about.label) or "?", title=tip, shape=look.shape, color=look.colour, x=x, y=y
        )
    net.edges.extend(_edges([row for row in seen.rows if isinstance(row.object, str)], ids))  # add_edge is quadratic
    text: str = net.generate_html()
    return _offline(text, title)


def _edges(statements: Sequence[Row], ids: dict[str, int]) -> list[dict[str, Any]]:
    bundles = Counter(tuple(sorted((row.subject, str(row.object)))) for row in statements)
    seen: Counter[tuple[str, ...]] = Counter()
    edges: list[dict[str, Any]] = []
    for row in statements:
        s, o = row.subject, str(row.object)
        bundle = tuple(sorted((s, o)))
        place, size = seen[bundle], bundles[bundle]
        seen[bundle] += 1
        quote = row.evidence[0].quote if row.evidence else ""
        edges.append(
            {
                "from": ids[s],
                "to": ids[o],
                "arrows": "to",
                "label": short(row.label),
                "title": _plain(f"{row.stance}: “{quote}”"),
                "dashes": row.stance != "asserted",
                "smooth": _bend(place, size, forward=s <= o),
                "selfReference": {"size": 22 + 10 * place, "angle": 0.785},
            }
        )
    return edges


def _bend(place: int, size: int, *, forward: bool) -> dict[str, Any]:
    """How far an edge bows out, so that all edges between the same two entities can be told apart."""
    offset = (place - (size - 1) / 2) * 0.28
    if offset == 0:
        return {"enabled": False}
    side = (offset > 0) == forward
    return {"enabled": True, "type": "curvedCW" if side else "curvedCCW", "roundness": round(abs(offset), 3)}


def _plain(text: str) -> str:
    """A tooltip, which vis-network shows as text. Where it holds "href", pyvis would have it shown as HTML."""
    return re.sub("(?i)(h)(ref)", "\\1\u2060\\2", text)


def _offline(text: str, title: str) -> str:
    """Without what pyvis would have loaded from elsewhere, and with a policy under which nothing can be."""
    text = re.sub(r"<link\b[^>]*\bhref=\"https:[^>]*>", "", text)
    text = re.sub(r"<script\b[^>]*\bsrc=\"https:[^>]*></script>", "", text)
    text = re.sub(r"//# sourceMappingURL=[^\s<]*", "", text)
    head = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>{html.escape(title)}</title>'
    return text.replace('<meta charset="utf-8">', f'<meta charset="utf-8">{head}', 1)
