"""A store of rdflib that knows in which order its triples came: those of rdflib keep them in sets.

What cannot be told apart but by its place in a file has the same name in every run only so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Graph
from rdflib.plugins.stores.memory import Memory

if TYPE_CHECKING:
    from rdflib.graph import _ContextType, _TripleType


class InOrder(Memory):
    """came: the triples, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.came: dict[_TripleType, None] = {}

    def add(self, triple: _TripleType, context: _ContextType, quoted: bool = False) -> None:
        """Add a triple behind those that are there."""
        super().add(triple, context, quoted)
        self.came[triple] = None


def ntriples(store: InOrder) -> str:
    """All of it in N-Triples, by subjects in their order. Raises what rdflib raises where it cannot write."""
    graph = Graph("SimpleMemory", bind_namespaces="none")
    for triple in store.came:
        graph.add(triple)
    return graph.serialize(format="nt")
