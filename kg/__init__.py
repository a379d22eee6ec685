"""Documents in, an evidence-linked knowledge graph out.

>>> from kg import KnowledgeGraph
>>> graph = KnowledgeGraph.build("report.txt")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph

    __version__: str

__all__ = ["KnowledgeGraph", "__version__"]


def __getattr__(name: str) -> object:
    """`KnowledgeGraph` and `__version__`, made when first asked for: importing kg itself loads nothing."""
    if name == "KnowledgeGraph":
        from kg.api import KnowledgeGraph

        return KnowledgeGraph
    if name == "__version__":
        from importlib.metadata import version

        return version("evident-kg")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
