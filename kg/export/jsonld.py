"""JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/): one object a subject, with a context computed from the graph.

A property whose values are all IRIs, or all of one datatype, says so in the context, and its values
are plain strings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby

import pyoxigraph as ox

from kg.export.names import by_namespace, split
from kg.rdf.namespaces import RDF, XSD
from kg.store import Store

Json = str | list["Json"] | dict[str, "Json"]

_TYPE = ox.NamedNode(RDF + "type")


def jsonld(store: Store) -> dict[str, bytes]:
    """All graphs, as graph.jsonld."""
    writer = _Writer(by_namespace(store), _kinds(store.quads))
    nodes = writer.nodes(store.quads.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    for graph in store.graphs():
        inside = writer.nodes(store.quads.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
        nodes.append({"@id": graph, "@graph": inside})
    document: Json = {"@context": writer.context(), "@graph": nodes}
    return {"graph.jsonld": (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")}


def _kinds(quads: Iterable[ox.Quad]) -> dict[ox.NamedNode, str]:
    """For each predicate "@id", the one datatype of all its values, or "" where they differ or have a language."""
    kinds: dict[ox.NamedNode, str] = {}
    for quad in quads:
        kind = _kind(quad.object)
        if kinds.setdefault(quad.predicate, kind) != kind:
            kinds[quad.predicate] = ""
    return kinds


def _kind(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if not isinstance(term, ox.Literal):
        return "@id"
    return "" if term.language else term.datatype.value


class _Writer:
    """Terms as JSON, and which prefixes and predicates they took."""

    def __init__(self, names: dict[str, str], kinds: dict[ox.NamedNode, str]) -> None:
        self._names = names
        self._kinds = kinds
        self._prefixes: dict[str, Json] = {}
        self._terms: dict[str, Json] = {}

    def context(self) -> Json:
        return {**dict(sorted(self._prefixes.items())), **dict(sorted(self._terms.items()))}

    def nodes(self, quads: Iterable[ox.Quad]) -> list[Json]:
        rows = sorted(quads, key=str)
        return [self._node(list(group)) for _, group in groupby(rows, key=lambda quad: quad.subject)]

    def _node(self, quads: list[ox.Quad]) -> Json:
        node: dict[str, Json] = {"@id": self._iri(_text(quads[0].subject))}
        types: list[Json] = [self._iri(_text(quad.object)) for quad in quads if _is_type(quad)]
        if types:
            node["@type"] = types[0] if len(types) == 1 else types
        rest = [quad for quad in quads if not _is_type(quad)]
        for predicate, group in groupby(rest, key=lambda quad: quad.predicate):
            values = [self._value(quad.object, self._kinds[predicate]) for quad in group]
            node[self._term(predicate)] = values[0] if len(values) == 1 else values
        return node

    def _term(self, predicate: ox.NamedNode) -> str:
        name, kind = self._iri(predicate.value), self._kinds[predicate]
        if kind and kind != XSD + "string":
            self._terms[name] = {"@id": predicate.value, "@type": kind if kind == "@id" else self._iri(kind)}
        return name

    def _value(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, kind: str) -> Json:
        if not isinstance(term, ox.Literal):
            iri = self._iri(_text(term))
            return iri if kind == "@id" else {"@id": iri}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if kind or term.datatype.value == XSD + "string":
            return term.value
        return {"@value": term.value, "@type": self._iri(term.datatype.value)}

    def _iri(self, iri: str) -> str:
        namespace, local = split(iri)
        name = self._names.get(namespace)
        if not name:  # a prefix of JSON-LD cannot be empty
            return iri
        self._prefixes[name] = namespace
        return f"{name}:{local}"


def _is_type(quad: ox.Quad) -> bool:
    return quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode)


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """The IRI of a node, or a blank node as it is written."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)
