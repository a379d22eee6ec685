"""What differs between two graphs, and why.

    read      a folder or an export as a `Graph`
    diff      two graphs as a `Difference`: documents, entities, facts and statements that came, went and changed

Why is told from the graphs themselves and their manifests: a document, the ontology, the model, a decision, a merge.
"""

from __future__ import annotations

from kg.diff.compare import diff, only
from kg.diff.read import read
from kg.diff.snapshot import snapshot
from kg.diff.values import Cause, Change, Changes, Decision, Difference, Fact, Graph, Part, Place, Record, Thing

__all__ = [
    "Cause",
    "Change",
    "Changes",
    "Decision",
    "Difference",
    "Fact",
    "Graph",
    "Part",
    "Place",
    "Record",
    "Thing",
    "diff",
    "only",
    "read",
    "snapshot",
]
