"""Turtle and TriG to be read by people: prefixes, one block a subject, types and labels first.

https://www.w3.org/TR/turtle/ and https://www.w3.org/TR/trig/. Written here because Oxigraph orders
its prefixes at random and rdflib its subjects by how often they are referred to; both would make
files differ, or jump, from build to build. This takes a tenth of rdflib's time, so size is no matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

import pyoxigraph as ox

from kg.export.names import by_namespace, split
from kg.rdf.namespaces import RDF, RDFS, SKOS, XSD
from kg.store import Store

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph

# What may follow "prefix:" unescaped (PN_LOCAL), without the rarer letters.
_LETTER = "A-Za-z0-9_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff"
_LOCAL = re.compile(f"(?:[{_LETTER}]|%[0-9A-Fa-f]{{2}})(?:[{_LETTER}.-]|%[0-9A-Fa-f]{{2}})*(?<!\\.)")
# Numbers and truth values that Turtle reads back with the same datatype without quotes.
_BARE = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
_FIRST = {
    name: rank
    for rank, name in enumerate((RDF + "type", RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel"), start=-4)
}
_TYPE = RDF + "type"


def turtle(store: Store) -> dict[str, bytes]:
    """The default graph, as graph.ttl."""
    writer = _Writer(by_namespace(store))
    quads = store.quads.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return {"graph.ttl": writer.document(writer.blocks(quads, ""))}


def trig(store: Store) -> dict[str, bytes]:
    """All graphs, as graph.trig: the default graph first, then the named ones."""
    writer = _Writer(by_namespace(store))
    parts = list(writer.blocks(store.quads.quads_for_pattern(None, None, None, ox.DefaultGraph()), ""))
    for graph in store.graphs():
        quads = store.quads.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        blocks = "\n".join(writer.blocks(quads, "    "))
        parts.append(f"{writer.term(ox.NamedNode(graph))} {{\n{blocks}}}\n")
    return {"graph.trig": writer.document(parts)}


class _Writer:
    """Terms as text, and which prefixes they took."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names
        self._taken: set[str] = set()
        self._known: dict[Term, str] = {}

    def document(self, parts: Iterable[str]) -> bytes:
        body = "\n".join(parts)
        named = sorted((self._names[namespace], namespace) for namespace in self._taken)
        head = "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in named)
        return "\n".join(filter(None, (head, body))).encode("utf-8")

    def blocks(self, quads: Iterable[ox.Quad], indent: str) -> Iterator[str]:
        """One block of text for each subject, sorted by IRI."""
        rows = sorted(((str(q.subject), _rank(q.predicate), str(q.object)), q) for q in quads)
        for _, group in groupby(rows, key=lambda row: row[0][0]):
            yield self._block([quad for _, quad in group], indent)

    def _block(self, quads: list[ox.Quad], indent: str) -> str:
        lines = []
        for predicate, group in groupby(quads, key=lambda quad: quad.predicate):
            verb = "a" if predicate.value == _TYPE else self.term(predicate)
            objects = f",\n{indent}        ".join(self.term(quad.object) for quad in group)
            lines.append(f"{verb} {objects}")
        body = f" ;\n{indent}    ".join(lines)
        return f"{indent}{self.term(quads[0].subject)} {body} .\n"

    def term(self, term: Term) -> str:
        text = self._known.get(term)
        if text is None:
            text = self._known[term] = self._write(term)
        return text

    def _write(self, term: Term) -> str:
        if isinstance(term, ox.NamedNode):
            return self._short(term.value) or str(term)
        if isinstance(term, ox.Literal) and not term.language:
            datatype = term.datatype.value
            bare = _BARE.get(datatype)
            if bare is not None and bare.fullmatch(term.value):
                return term.value
            short = self._short(datatype) if datatype != XSD + "string" else None
            if short:
                return f"{ox.Literal(term.value)}^^{short}"
        return str(term)

    def _short(self, iri: str) -> str | None:
        namespace, local = split(iri)
        name = self._names.get(namespace)
        if name is None or not _LOCAL.fullmatch(local):
            return None
        self._taken.add(namespace)
        return f"{name}:{local}"


def _rank(predicate: ox.NamedNode) -> tuple[int, str]:
    return _FIRST.get(predicate.value, 0), predicate.value
