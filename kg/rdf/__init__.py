"""The one place where RDF is made: IRIs, named graphs, provenance.

    default_graph    entities and asserted facts
    evidence_graph   what one document says, and where
    decisions_graph  what users decided, and what became of it
    ontology_graph   the ontology as used

All return sorted pyoxigraph quads with canonical literals and without blank nodes.
"""

from __future__ import annotations

from kg.rdf.assemble import Target, default_facts, default_graph, ontology_graph, subject_quads
from kg.rdf.decisions import decisions_graph
from kg.rdf.namespaces import PREFIXES, prefixes
from kg.rdf.provenance import Spoken, by_document, evidence_graph

__all__ = [
    "PREFIXES",
    "Spoken",
    "Target",
    "by_document",
    "decisions_graph",
    "default_facts",
    "default_graph",
    "evidence_graph",
    "ontology_graph",
    "prefixes",
    "subject_quads",
]
