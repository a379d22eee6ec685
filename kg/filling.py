"""What a graph is to hold, and the SPARQL update that makes it so."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import pyoxigraph as ox


class Filling(NamedTuple):
    """What a graph (its IRI; None for the default graph) is to hold.

    quads: None where it is as it should be. subjects: IRIs where only what it says of these is otherwise.
    """

    graph: str | None
    quads: Collection[ox.Quad] | None
    subjects: Collection[str] | None = None


def difference(graph: str | None, removed: Collection[ox.Quad], added: Collection[ox.Quad]) -> str:
    """One update (SPARQL 1.1 Update) that takes quads of a graph away and adds others."""
    return _data("DELETE", removed, graph) + _data("INSERT", set(added), graph)


def _data(verb: str, quads: Collection[ox.Quad], graph: str | None) -> str:
    """One operation of a SPARQL update; "" for no quads."""
    if not quads:
        return ""
    triples = "".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads)
    return (
        f"{verb} DATA {{ {triples} }} ;\n"
        if graph is None
        else f"{verb} DATA {{ GRAPH <{graph}> {{ {triples} }} }} ;\n"
    )
