"""The evidence of one document: its description, its sentences, what is mentioned where, and what is stated where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg.model import Document, Entity, EntityMention, LocalEntity, Span, Statement, mentions_in
from kg.rdf.iris import (
    decision_iri,
    document_iri,
    evidence_graph_iri,
    extractor_iri,
    mention_iri,
    sentence_iri,
    statement_hash,
    statement_iri,
)
from kg.rdf.namespaces import DCTERMS, FOAF, KGV, PROV, RDF
from kg.rdf.terms import Nodes, confidence, dated, integer, literal, object_term, text, typed

TYPE = NamedNode(RDF + "type")
IN_DOCUMENT = NamedNode(KGV + "inDocument")
BEGIN, END = NamedNode(KGV + "beginOffset"), NamedNode(KGV + "endOffset")
QUOTE = NamedNode(KGV + "quote")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one document says: its things with the IRIs of their entities, and statements."""

    things: list[tuple[str, LocalEntity]] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


def by_document(entities: Iterable[Entity], statements: Iterable[Statement]) -> dict[str, Spoken]:
    """Things and statements by the id of the document that speaks of them."""
    found: defaultdict[str, Spoken] = defaultdict(Spoken)
    for entity in entities:
        for document, thing in entity.things:
            found[document].things.append((entity.iri, thing))
    for statement in statements:
        found[statement.document].statements.append(statement)
    return dict(found)


def evidence_graph(
    document: Document,
    sentences: Iterable[Span],
    things: Iterable[tuple[str, LocalEntity]],
    statements: Iterable[Statement],
    *,
    base: str,
    extractor: str,
    others: Mapping[str, str] | None = None,
) -> list[Quad]:
    """The named graph of one document's evidence, each quad once, in no order.

    things, statements: those of this document, see `by_document`. extractor: what found the
    statements, with its version ("rules-0.1.0"). others: what found those whose rule begins with such a word and a
    colon.
    """
    node = Nodes()
    graph = node[evidence_graph_iri(base, document.id)]
    home = document_iri(base, document.id)
    records = _surest(statements)
    spans = {*sentences, *(statement.evidence.sentence for statement in records.values())}
    quads = set(describe_document(document, node[home], graph))
    for span in spans:
        quads.update(_sentence(span, document.text, home, graph, node))
    for entity, thing in things:
        for mention in mentions_in(document.id, thing):
            quads.update(_mention(entity, mention, document.text, home, graph, node))
    for digest, statement in records.items():
        record = node[statement_iri(base, digest)]
        quads.update(_record(record, statement, home, graph, node))
        quads.add(Quad(record, node[RDF + "object"], object_term(statement.object, base, node), graph))
        name = (others or {}).get(statement.rule.partition(":")[0], extractor)
        quads.add(Quad(record, node[PROV + "wasGeneratedBy"], node[extractor_iri(base, name)], graph))
        if statement.decision:
            quads.add(Quad(record, node[KGV + "decision"], node[decision_iri(base, statement.decision)], graph))
    return list(quads)


def _surest(statements: Iterable[Statement]) -> dict[str, Statement]:
    """Statements by their hash; of those that share one, the surest, so that a record has one confidence."""
    records: dict[str, Statement] = {}
    for statement in statements:
        digest = statement_hash(statement)
        other = records.get(digest)
        if other is None or _rank(statement) > _rank(other):
            records[digest] = statement
    return records


def _rank(statement: Statement) -> tuple[float, str, str, str, str]:
    facets = (statement.speaker or "", str(statement.time or ""), statement.place or "")
    return (statement.confidence, *facets, statement.decision or "")


def describe_document(document: Document, subject: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    """What the graph of a document's evidence says about the document itself."""
    yield Quad(subject, TYPE, NamedNode(FOAF + "Document"), graph)
    yield Quad(subject, NamedNode(DCTERMS + "identifier"), text(document.id), graph)
    yield Quad(subject, NamedNode(DCTERMS + "source"), text(document.source), graph)
    yield Quad(subject, NamedNode(KGV + "sha256"), text(document.sha256), graph)
    if document.date:
        yield Quad(subject, NamedNode(DCTERMS + "date"), dated(document.date), graph)
    if document.title:
        yield Quad(subject, NamedNode(DCTERMS + "title"), text(document.title), graph)


def _sentence(span: Span, words: str, home: str, graph: NamedNode, node: Nodes) -> Iterator[Quad]:
    subject = node[sentence_iri(home, span)]
    yield Quad(subject, TYPE, node[KGV + "Sentence"], graph)
    yield from _place(subject, span, node[home], graph)
    yield Quad(subject, node[KGV + "text"], text(span.of(words)), graph)


def _mention(
    entity: str, mention: EntityMention, words: str, home: str, graph: NamedNode, node: Nodes
) -> Iterator[Quad]:
    subject = node[mention_iri(home, mention.span)]
    yield Quad(subject, TYPE, node[KGV + "Mention"], graph)
    yield from _place(subject, mention.span, node[home], graph)
    yield Quad(subject, node[KGV + "refersTo"], node[entity], graph)
    yield Quad(subject, QUOTE, text(mention.span.of(words)), graph)
    yield Quad(subject, node[KGV + "named"], typed("true" if mention.named else "false", "boolean"), graph)


def _record(record: NamedNode, statement: Statement, home: str, graph: NamedNode, node: Nodes) -> Iterator[Quad]:
    evidence = statement.evidence
    yield Quad(record, TYPE, node[RDF + "Statement"], graph)
    yield Quad(record, TYPE, node[PROV + "Entity"], graph)
    yield Quad(record, node[RDF + "subject"], node[statement.subject], graph)
    yield Quad(record, node[RDF + "predicate"], node[statement.predicate], graph)
    yield Quad(record, node[PROV + "wasDerivedFrom"], node[sentence_iri(home, evidence.sentence)], graph)
    yield from _place(record, evidence.span, node[home], graph)
    yield Quad(record, QUOTE, text(evidence.quote), graph)
    yield Quad(record, node[KGV + "rule"], text(statement.rule), graph)
    yield Quad(record, node[KGV + "stance"], node[KGV + statement.stance], graph)
    yield Quad(record, node[KGV + "confidence"], confidence(statement.confidence), graph)
    if statement.speaker:
        yield Quad(record, node[KGV + "speaker"], node[statement.speaker], graph)
    if statement.time:
        yield Quad(record, node[KGV + "time"], literal(statement.time), graph)
    if statement.place:
        yield Quad(record, node[KGV + "place"], node[statement.place], graph)


def _place(subject: NamedNode, span: Span, document: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    """Where something stands: its document and its offsets in code points."""
    yield Quad(subject, IN_DOCUMENT, document, graph)
    yield Quad(subject, BEGIN, integer(span.begin), graph)
    yield Quad(subject, END, integer(span.end), graph)
