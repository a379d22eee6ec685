"""A store of quads that are written as TriG."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.store import Store


def view_of(trig: str, folder: Path, base: str) -> Store:
    """A store in that folder, open for reading."""
    graphs: dict[str | None, set[ox.Quad]] = {}
    for quad in ox.parse(trig, format=ox.RdfFormat.TRIG):
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None
        graphs.setdefault(name, set()).add(quad)
    with Store.open(folder, create=True) as writer:
        writer.manifest = {"base": base, "prefixes": {}}
        for name, found in graphs.items():
            writer.put(name, found)
    return Store.view(folder)
