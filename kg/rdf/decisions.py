"""The graph of decisions: what users decided, who, when and why, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from kg.decisions import Accept, Reject
from kg.model import Statement
from kg.rdf.iris import (
    decision_iri,
    decisions_graph_iri,
    document_iri,
    sentence_iri,
    statement_hash,
    statement_iri,
)
from kg.rdf.namespaces import DCTERMS, KGV, PROV, RDF, RDFS
from kg.rdf.terms import Nodes, object_term, text, typed
from kg.resolve import Outcome


def decisions_graph(outcomes: Iterable[Outcome], base: str) -> list[Quad]:
    """The decisions that were replayed, in their named graph, sorted.

    kgv:about leads to the entities and statements that one is about; those of a rejected statement have no record.
    """
    node = Nodes()
    graph = node[decisions_graph_iri(base)]
    quads = {quad for outcome in outcomes for quad in _decision(outcome, graph, node, base)}
    return sorted(quads, key=str)


def _decision(outcome: Outcome, graph: NamedNode, node: Nodes, base: str) -> Iterator[Quad]:
    decision = outcome.decision
    subject = node[decision_iri(base, decision.id)]
    yield Quad(subject, node[RDF + "type"], node[KGV + "Decision"], graph)
    yield Quad(subject, node[RDF + "type"], node[PROV + "Activity"], graph)
    yield Quad(subject, node[DCTERMS + "identifier"], text(decision.id), graph)
    yield Quad(subject, node[KGV + "decides"], text(decision.do), graph)
    yield Quad(subject, node[KGV + "applied"], typed("false" if outcome.reason else "true", "boolean"), graph)
    for name, said in ((DCTERMS + "creator", decision.who), (DCTERMS + "date", decision.when)):
        if said:
            yield Quad(subject, node[name], text(said), graph)
    if decision.why:
        yield Quad(subject, node[RDFS + "comment"], text(decision.why), graph)
    if outcome.reason:
        yield Quad(subject, node[KGV + "reason"], text(outcome.reason), graph)
    for iri in outcome.entities:
        yield Quad(subject, node[KGV + "about"], node[iri], graph)
    for statement in outcome.statements:
        record = statement_iri(base, statement_hash(statement))
        yield Quad(subject, node[KGV + "about"], node[record], graph)
    if isinstance(outcome.decision, Accept | Reject):
        for statement in outcome.statements:
            yield from _stated(statement, subject, graph, node, base)


def _stated(statement: Statement, subject: NamedNode, graph: NamedNode, node: Nodes, base: str) -> Iterator[Quad]:
    """What was accepted or rejected, and in which sentence: of what was rejected nothing else tells that."""
    sentence = sentence_iri(document_iri(base, statement.document), statement.evidence.sentence)
    yield Quad(subject, node[RDF + "subject"], node[statement.subject], graph)
    yield Quad(subject, node[RDF + "predicate"], node[statement.predicate], graph)
    yield Quad(subject, node[RDF + "object"], object_term(statement.object, base, node), graph)
    yield Quad(subject, node[PROV + "used"], node[sentence], graph)
