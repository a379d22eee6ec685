"""The decisions of a graph against those that are in force now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from kg.decisions import Decision, Relate
from kg.model import Document, Problem
from kg.rdf.iris import decision_iri, decisions_graph_iri
from kg.rdf.namespaces import KGV, RDF
from kg.resolve import SOURCES
from kg.store import Store
from kg.verify.record import BEGIN, TEXT, nodes_of

_REPLAY = "kg build replays the decisions as they are now"


def check_decisions(store: Store, base: str, decisions: Sequence[Decision]) -> Iterator[Problem]:
    """Decisions that the graph does not know, and those that it knows and that no longer hold."""
    graph = ox.NamedNode(decisions_graph_iri(base))
    kind, type_ = ox.NamedNode(KGV + "Decision"), ox.NamedNode(RDF + "type")
    stored = {str(quad.subject)[1:-1] for quad in store.quads.quads_for_pattern(None, type_, kind, graph)}
    held = {decision_iri(base, decision.id): decision for decision in decisions}
    for iri in sorted(held.keys() - stored):
        yield Problem(f"decision {held[iri].id}", f"the graph does not know it: {held[iri].do}", _REPLAY)
    for iri in sorted(stored - held.keys()):
        yield Problem(f"<{iri}>", "the graph holds this decision, and it is not in force", _REPLAY)


def added_by_hand(quads: Iterable[ox.Quad]) -> Document:
    """The document that tells where facts added by hand are known from, out of its sentences in the graph."""
    nodes = nodes_of(quads)
    lines = [(fields[BEGIN][0], fields[TEXT][0]) for fields in nodes.values() if {BEGIN, TEXT} <= fields.keys()]
    told = [
        (int(begin.value), text.value)
        for begin, text in lines
        if isinstance(begin, ox.Literal) and isinstance(text, ox.Literal) and begin.value.isdigit()
    ]
    return Document(SOURCES, "\n".join(text for _, text in sorted(told)), SOURCES, title="Added by hand")


def check_sources(document: Document, decisions: Sequence[Decision]) -> Iterator[Problem]:
    """Lines of that document which are no source of a decision in force."""
    sources = {" ".join(d.source.split()) for d in decisions if isinstance(d, Relate)}
    for line in document.text.splitlines():
        if line not in sources:
            yield Problem(SOURCES, f"no decision in force names this source: “{line}”", _REPLAY)
