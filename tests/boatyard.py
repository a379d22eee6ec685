"""A small graph that was written by hand, laid into a store."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.store import Store

BASE = "https://kg.example/"
COMPANY = "https://w3id.org/evident-kg/company#"
BOATYARD = Path(__file__).parent / "graphs" / "boatyard.trig"


def stored(folder: Path, *more: ox.Quad) -> Store:
    """The graph, and further quads, opened as readers see it."""
    graphs: dict[str | None, set[ox.Quad]] = {}
    for quad in (*ox.parse(path=str(BOATYARD), format=ox.RdfFormat.TRIG), *more):
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None
        graphs.setdefault(name, set()).add(quad)
    with Store.open(folder, create=True) as writer:
        for name, found in graphs.items():
            writer.put(name, found)
        writer.manifest = {"base": BASE, "prefixes": {"company": COMPANY, "e": BASE + "entity/"}}
    return Store.view(folder)
