"""Two tables for spreadsheets and data frames: entities and facts (CSV as RFC 4180 has it, in UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from kg.export.network import BETWEEN, network
from kg.store import Store

NODES = ("iri", "label", "type", "aliases", "mentions")
EDGES = (
    *("subject", "predicate", "object", "subject_label", "label", "object_label", "kind", "documents", "quote"),
    "confidence",
)


def csv_tables(store: Store) -> dict[str, bytes]:
    """nodes.csv and edges.csv; a literal stands in edges.csv as object, with its kind."""
    vertices, edges = network(store)
    names = {vertex.iri: vertex.label for vertex in vertices}
    nodes = ((v.iri, v.label, v.type, BETWEEN.join(v.aliases), v.mentions) for v in vertices)
    facts = (
        (
            edge.subject,
            edge.predicate,
            edge.object,
            names[edge.subject],
            edge.label,
            names[edge.object] if edge.kind == "entity" else edge.object,
            edge.kind,
            BETWEEN.join(edge.documents),
            edge.quote,
            edge.confidence,
        )
        for edge in edges
    )
    return {"nodes.csv": _table(NODES, nodes), "edges.csv": _table(EDGES, facts)}


def _table(head: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")
