"""An invented graph as a store, in the RDF form that a build writes, made in bulk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from drawing.synthetic import VALUES, Entity, Evidence, Graph, Statement
from kg.rdf.namespaces import DCTERMS, FOAF, KGV, PROV, RDF, RDFS, SKOS, XSD, prefixes
from kg.store import Store

BASE = "https://kg.example/"
CLASSES = "https://w3id.org/evident-kg/company#"


class Nodes(dict[str, ox.NamedNode]):
    """Nodes by IRI, each made once."""

    def __missing__(self, iri: str) -> ox.NamedNode:
        node = self[iri] = ox.NamedNode(iri)
        return node


@dataclass
class Memory:
    """A store that lies in memory, to be read like one on disk."""

    quads: ox.Store


def in_memory(graph: Graph) -> Memory:
    """The graph as a store in memory."""
    store = ox.Store()
    store.bulk_extend(quads(graph))
    return Memory(store)


def on_disk(graph: Graph, folder: Path) -> None:
    """The graph as the store of an output folder."""
    with Store.open(folder, create=True) as store:
        store.quads.bulk_extend(quads(graph))
        store.manifest = {"base": BASE, "prefixes": prefixes(BASE, {"company": CLASSES})}


def quads(graph: Graph) -> Iterator[ox.Quad]:
    """Everything: the facts in the default graph, the evidence in a graph for each document."""
    node = Nodes()
    for entity in graph.entities:
        yield from _entity(entity, node)
    for number, date in enumerate(graph.documents):
        yield from _document(number, date, node)
    for statement in graph.statements:
        if statement.stance == "asserted":
            yield ox.Quad(*_triple(graph, statement, node))
        for evidence in statement.evidence:
            yield from _evidence(graph, statement, evidence, node)


def _entity(entity: Entity, node: Nodes) -> Iterator[ox.Quad]:
    subject = node[f"{BASE}entity/{entity.name}"]
    yield ox.Quad(subject, node[RDF + "type"], node[CLASSES + entity.type])
    yield ox.Quad(subject, node[RDFS + "label"], ox.Literal(entity.label))
    yield ox.Quad(subject, node[SKOS + "prefLabel"], ox.Literal(entity.label))
    for alias in entity.aliases:
        yield ox.Quad(subject, node[SKOS + "altLabel"], ox.Literal(alias))


def _document(number: int, date: str, node: Nodes) -> Iterator[ox.Quad]:
    subject, graph = node[f"{BASE}document/d{number}"], _graph(number, node)
    yield ox.Quad(subject, node[RDF + "type"], node[FOAF + "Document"], graph)
    yield ox.Quad(subject, node[DCTERMS + "identifier"], ox.Literal(f"d{number}"), graph)
    yield ox.Quad(subject, node[DCTERMS + "title"], ox.Literal(f"Report {number}"), graph)
    yield ox.Quad(subject, node[DCTERMS + "source"], ox.Literal(f"reports/{number}.txt"), graph)
    yield ox.Quad(subject, node[DCTERMS + "date"], _typed(date, "date", node), graph)


def _evidence(graph: Graph, said: Statement, found: Evidence, node: Nodes) -> Iterator[ox.Quad]:
    home, where = node[f"{BASE}document/d{found.document}"], _graph(found.document, node)
    end = found.begin + len(found.sentence)
    sentence = ox.NamedNode(f"{home.value}#char={found.begin},{end}")
    yield ox.Quad(sentence, node[RDF + "type"], node[KGV + "Sentence"], where)
    yield ox.Quad(sentence, node[KGV + "text"], ox.Literal(found.sentence), where)
    yield from _place(sentence, home, found.begin, end, where, node)
    subject, predicate, target = _triple(graph, said, node)
    key = f"{subject}{predicate}{target}{found.document},{found.begin}"
    record = ox.NamedNode(f"{BASE}statement/{hashlib.sha256(key.encode()).hexdigest()[:16]}")
    begin, stop = found.begin + found.quote[0], found.begin + found.quote[1]
    yield ox.Quad(record, node[RDF + "type"], node[RDF + "Statement"], where)
    yield ox.Quad(record, node[RDF + "type"], node[PROV + "Entity"], where)
    yield ox.Quad(record, node[RDF + "subject"], subject, where)
    yield ox.Quad(record, node[RDF + "predicate"], predicate, where)
    yield ox.Quad(record, node[RDF + "object"], target, where)
    yield ox.Quad(record, node[PROV + "wasDerivedFrom"], sentence, where)
    yield ox.Quad(record, node[PROV + "wasGeneratedBy"], node[BASE + "extractor/rules-1"], where)
    yield ox.Quad(record, node[KGV + "rule"], ox.Literal(f"?s {said.predicate} ?o"), where)
    yield ox.Quad(record, node[KGV + "stance"], node[KGV + said.stance], where)
    yield ox.Quad(record, node[KGV + "confidence"], _typed(f"{found.confidence:g}", "decimal", node), where)
    yield ox.Quad(record, node[KGV + "quote"], ox.Literal(found.sentence[slice(*found.quote)]), where)
    yield from _place(record, home, begin, stop, where, node)
    if found.speaker is not None:
        yield ox.Quad(record, node[KGV + "speaker"], _subject(graph, found.speaker, node), where)
    if found.year is not None:
        yield ox.Quad(record, node[KGV + "time"], _typed(str(found.year), "gYear", node), where)
    yield from _mention(graph, said.subject, begin, home, where, node)
    if isinstance(said.object, int):
        length = len(graph.entities[said.object].label)
        yield from _mention(graph, said.object, stop - length, home, where, node)


def _mention(
    graph: Graph, entity: int, begin: int, home: ox.NamedNode, where: ox.NamedNode, node: Nodes
) -> Iterator[ox.Quad]:
    label = graph.entities[entity].label
    end = begin + len(label)
    mention = ox.NamedNode(f"{home.value}#mention={begin},{end}")
    yield ox.Quad(mention, node[RDF + "type"], node[KGV + "Mention"], where)
    yield ox.Quad(mention, node[KGV + "refersTo"], _subject(graph, entity, node), where)
    yield ox.Quad(mention, node[KGV + "quote"], ox.Literal(label), where)
    yield ox.Quad(mention, node[KGV + "named"], _typed("true", "boolean", node), where)
    yield from _place(mention, home, begin, end, where, node)


def _place(
    subject: ox.NamedNode, home: ox.NamedNode, begin: int, end: int, where: ox.NamedNode, node: Nodes
) -> Iterator[ox.Quad]:
    yield ox.Quad(subject, node[KGV + "inDocument"], home, where)
    yield ox.Quad(subject, node[KGV + "beginOffset"], _typed(str(begin), "integer", node), where)
    yield ox.Quad(subject, node[KGV + "endOffset"], _typed(str(end), "integer", node), where)


def _triple(graph: Graph, said: Statement, node: Nodes) -> tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]:
    target = (
        _subject(graph, said.object, node)
        if isinstance(said.object, int)
        else _typed(said.object, VALUES[said.predicate], node)
    )
    return _subject(graph, said.subject, node), node[CLASSES + said.predicate], target


def _subject(graph: Graph, entity: int, node: Nodes) -> ox.NamedNode:
    return node[f"{BASE}entity/{graph.entities[entity].name}"]


def _graph(document: int, node: Nodes) -> ox.NamedNode:
    return node[f"{BASE}graph/evidence/d{document}"]


def _typed(lexical: str, datatype: str, node: Nodes) -> ox.Literal:
    return ox.Literal(lexical, datatype=node[XSD + datatype])
