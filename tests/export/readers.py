"""What a store holds, and what readers that know nothing of kg find in its exports, as sets that can be compared."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import rdflib

from kg.rdf.namespaces import DCTERMS, FOAF, KGV, PREFIXES, RDF, RDFS, SCHEMA, SKOS, local_name
from kg.store import Store

Node = tuple[object, ...]
Triple = tuple[Node, Node, Node]

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_xml(text: str) -> str:
    """The text as XML 1.0 (2.2, Characters) can hold it."""
    return _NOT_XML.sub("\ufffd", text)


def iri(value: str) -> Node:
    """An IRI, as it stands in the sets."""
    return ("IRI", value)


def stored(store: Store) -> dict[str | None, set[Triple]]:
    """The triples of a store by graph; None is the default graph."""
    found: dict[str | None, set[Triple]] = {None: set()}
    for quad in store.quads:
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None
        found.setdefault(graph, set()).add(from_oxigraph(quad.triple))
    return found


def from_oxigraph(triple: ox.Triple) -> Triple:
    """A triple of Oxigraph; triple terms are tuples themselves."""

    def node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
        if isinstance(term, ox.Triple):
            return from_oxigraph(term)
        if isinstance(term, ox.Literal):
            return ("literal", term.value, term.language, term.datatype.value)
        return (type(term).__name__.replace("NamedNode", "IRI"), term.value)

    return node(triple.subject), node(triple.predicate), node(triple.object)


def from_rdflib(triples: Iterable[tuple[rdflib.term.Node, ...]]) -> set[Triple]:
    """Triples of rdflib."""

    def node(term: rdflib.term.Node) -> Node:
        if isinstance(term, rdflib.Literal):
            kind = RDF + "langString" if term.language else str(term.datatype or PREFIXES["xsd"] + "string")
            return ("literal", str(term), term.language, kind)
        return ("IRI" if isinstance(term, rdflib.URIRef) else "blank", str(term))

    return {(node(s), node(p), node(o)) for s, p, o in triples}


def rdflib_default(data: bytes, syntax: str) -> dict[str | None, set[Triple]]:
    """A syntax of one graph."""
    return {None: from_rdflib(rdflib.Graph().parse(data=data, format=syntax))}


def rdflib_all(data: bytes, syntax: str) -> dict[str | None, set[Triple]]:
    """A syntax of all graphs."""
    read = rdflib.Dataset()
    read.parse(data=data, format=syntax)
    found: dict[str | None, set[Triple]] = {None: from_rdflib(read.default_graph)}
    for graph in read.graphs():
        if graph.identifier != read.default_graph.identifier:
            found[str(graph.identifier)] = from_rdflib(graph)
    return found


def described(triples: Iterable[Triple]) -> dict[str, dict[str, set[Node]]]:
    """Objects by subject and predicate."""
    found: dict[str, dict[str, set[Node]]] = {}
    for (_, subject, *_rest), (_, predicate, *_rest2), target in triples:
        found.setdefault(str(subject), {}).setdefault(str(predicate), set()).add(target)
    return found


def the(nodes: Iterable[Node]) -> str:
    """The words or the IRI of the one node there."""
    (node,) = nodes
    return str(node[1])


def evidence(store: Store) -> dict[str, dict[str, set[Node]]]:
    """What the evidence graphs say, by subject."""
    return described(
        triple
        for graph, triples in stored(store).items()
        if graph and "/graph/evidence/" in graph
        for triple in triples
    )


def of_kind(found: dict[str, dict[str, set[Node]]], kind: str) -> dict[str, dict[str, set[Node]]]:
    """Subjects of a class."""
    return {subject: own for subject, own in found.items() if iri(kind) in own.get(RDF + "type", ())}


class Network:
    """The entities and facts of a store, as tables and networks have them, asked for in SPARQL."""

    def __init__(self, store: Store) -> None:
        graphs = stored(store)
        own = described(graphs[None])
        labels = described(
            triple
            for graph, triples in graphs.items()
            if graph and graph.endswith("graph/ontology")
            for triple in triples
        )
        amounts = of_kind(own, SCHEMA + "MonetaryAmount")
        telling = {RDF + "type", RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", DCTERMS + "isReplacedBy"}
        self.entities = {
            subject: (the(names[RDFS + "label"]), local_name(the(names[RDF + "type"])))
            for subject, names in own.items()
            if RDF + "type" in names and subject not in amounts
        }
        self.links: list[tuple[str, str, str]] = []
        self.literals: list[tuple[str, str, str, str]] = []
        self.names: dict[str, str] = {}
        for subject, predicate, target in graphs[None]:
            s, p, o = (str(node[1]) for node in (subject, predicate, target))
            if s in amounts or p in telling:
                continue
            self.names[p] = next((str(node[1]) for node in labels.get(p, {}).get(RDFS + "label", ())), local_name(p))
            if target[0] == "literal":
                self.literals.append((s, p, o, local_name(str(target[3]))))
            elif o in amounts:
                self.literals.append((s, p, the(own[o][RDFS + "label"]), "MonetaryAmount"))
            else:
                self.links.append((s, p, o))
        self._states(store)
        mentions = of_kind(evidence(store), KGV + "Mention").values()
        self.mentions = Counter(str(node[1]) for mention in mentions for node in mention[KGV + "refersTo"])

    def _states(self, store: Store) -> None:
        """The documents that state a triple, and how sure the surest of them is; objects as they are stored."""
        found = evidence(store)
        self.stated: dict[tuple[str, str, str], tuple[set[str], float]] = {}
        for record in of_kind(found, RDF + "Statement").values():
            if iri(KGV + "asserted") in record[KGV + "stance"]:
                s, p, o = (the(record[RDF + name]) for name in ("subject", "predicate", "object"))
                documents, surest = self.stated.get((s, p, o), (set(), 0.0))
                document = the(found[the(record[KGV + "inDocument"])][DCTERMS + "identifier"])
                self.stated[s, p, o] = documents | {document}, max(surest, float(the(record[KGV + "confidence"])))

    def support(self, s: str, p: str, o: str) -> tuple[str, float | None]:
        """Documents and confidence of a fact between entities; a symmetric one may be stated the other way round."""
        documents, surest = self.stated.get((s, p, o)) or self.stated.get((o, p, s)) or (set(), None)
        return " | ".join(sorted(documents)), surest


def read_graphml(data: bytes) -> nx.MultiDiGraph[str]:
    return nx.MultiDiGraph(nx.parse_graphml(data.decode(), force_multigraph=True))


def read_gexf(data: bytes) -> nx.MultiDiGraph[str]:
    return nx.MultiDiGraph(nx.read_gexf(io.BytesIO(data)))


def read_tables(paths: Iterable[Path]) -> list[list[dict[str, str]]]:
    return [list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline=""), strict=True)) for path in paths]


Reader = Callable[[bytes], "nx.MultiDiGraph[str]"]
DOCUMENT = FOAF + "Document"
