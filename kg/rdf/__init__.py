"""The one place where RDF is made: IRIs, named graphs, provenance.

    default_graph    entities and asserted facts
    evidence_graph   what one document says, and where
    ontology_graph   the ontology as used

All three return sorted pyoxigraph quads with canonical literals and without blank nodes.
"""

from __future__ import annotations

from kg.rdf.assemble import default_graph, ontology_graph
from kg.rdf.namespaces import PREFIXES, prefixes
from kg.rdf.provenance import Spoken, by_document, evidence_graph

__all__ = [
    "PREFIXES",
    "Spoken",
    "by_document",
    "default_graph",
    "evidence_graph",
    "ontology_graph",
    "prefixes",
]
