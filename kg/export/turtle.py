"""Turtle and TriG to be read by people: prefixes, one block a subject, types and labels first.

https://www.w3.org/TR/turtle/ and https://www.w3.org/TR/trig/. Written here because Oxigraph orders
its prefixes at random and rdflib its subjects by how often they are referred to; both would make
files differ, or jump, from build to build. This takes a tenth of rdflib's time, so size is no matter.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

import pyoxigraph as ox

from kg.export.names import by_namespace, split
from kg.rdf.namespaces import RDF, RDFS, SKOS, XSD
from kg.store import Store

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph

# What may follow "prefix:" unescaped (PN_LOCAL), without the rarer letters.
_LOCAL = r"(?:[{letter}]|%[0-9A-Fa-f]{{2}})(?:[{letter}.-]|%[0-9A-Fa-f]{{2}})*(?<!\.)"
_ASCII = "A-Za-z0-9_"
_LETTER = _ASCII + "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff"
_ASCII_LOCAL = re.compile(_LOCAL.format(letter=_ASCII))
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
    quads = store.quads.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return {"graph.ttl": turtle_of(by_namespace(store), quads)}


def trig(store: Store) -> dict[str, bytes]:
    """All graphs, as graph.trig: the default graph first, then the named ones, sorted by IRI."""
    return {"graph.trig": b"".join(trig_parts(store))}


def trig_parts(store: Store) -> Iterator[bytes]:
    """The bytes of graph.trig, graph by graph, so that nobody has to hold them all."""
    names = by_namespace(store)
    yield trig_head(names).encode()
    for graph in (None, *store.graphs()):
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        yield trig_graph(names, graph, store.quads.quads_for_pattern(None, None, None, name)).encode()


def turtle_of(names: dict[str, str], quads: Iterable[ox.Quad]) -> bytes:
    """Triples as Turtle; names: prefixes by namespace, of which those that are used stand at the top."""
    writer = Writer(names)
    blocks = list(writer.blocks(quads, ""))
    return turtle_file(names, blocks, writer.taken)


def turtle_file(names: dict[str, str], blocks: Iterable[str], taken: Collection[str]) -> bytes:
    """Blocks of text as one file; taken: the namespaces whose prefixes they use."""
    used = {namespace: name for namespace, name in names.items() if namespace in taken}
    return "\n".join(filter(None, (trig_head(used), "\n".join(blocks)))).encode("utf-8")


def trig_head(names: dict[str, str]) -> str:
    """The prefixes at the top of a file."""
    return "".join(f"@prefix {name}: <{namespace}> .\n" for namespace, name in sorted(names.items(), key=_by_name))


def trig_graph(names: dict[str, str], graph: str | None, quads: Iterable[ox.Quad]) -> str:
    """One graph of a TriG file; None is the default graph. An empty default graph is nothing."""
    writer = Writer(names)
    if graph is None:
        return "".join(f"\n{block}" for block in writer.blocks(quads, ""))
    blocks = "\n".join(writer.blocks(quads, "    "))
    return f"\n{writer.term(ox.NamedNode(graph))} {{\n{blocks}}}\n"


def _by_name(item: tuple[str, str]) -> str:
    return item[1]


class Writer:
    """Triples as text, and which prefixes they took."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names
        self.taken: set[str] = set()
        self._known: dict[str, tuple[str, str]] = {}

    def blocks(self, quads: Iterable[ox.Quad], indent: str) -> Iterator[str]:
        """One block of text for each subject, sorted by IRI; a triple that comes twice stands once."""
        groups: dict[Term, set[tuple[tuple[int, str], str]]] = {}
        for quad in quads:
            groups.setdefault(quad.subject, set()).add((rank(quad.predicate.value), self.object(quad)))
        for subject in sorted(groups, key=str):
            yield f"{indent}{self.term(subject)} {self.properties(groups[subject], f'{indent}    ')} .\n"

    def object(self, quad: ox.Quad) -> str:
        """The object of a triple, and what is to stand with it there."""
        return self.term(quad.object)

    def properties(self, pairs: set[tuple[tuple[int, str], str]], indent: str) -> str:
        """Predicates, by rank, and their objects, one a line; all but the first line indented."""
        lines = []
        for (_, predicate), group in groupby(sorted(pairs), key=lambda pair: pair[0]):
            objects = f",\n{indent}    ".join(words for _, words in group)
            lines.append(f"{self._verb(predicate)} {objects}")
        return f" ;\n{indent}".join(lines)

    def _verb(self, predicate: str) -> str:
        return "a" if predicate == _TYPE else self._named(predicate)

    def term(self, term: Term) -> str:
        """A term as it is written; nodes recur and are kept, literals mostly do not."""
        return self._named(term.value) if isinstance(term, ox.NamedNode) else self._write(term)

    def _named(self, iri: str) -> str:
        found = self._known.get(iri)
        if found is None:
            found = self._known[iri] = self._short(iri)
        text, namespace = found
        if namespace:
            self.taken.add(namespace)
        return text

    def _write(self, term: Term) -> str:
        if isinstance(term, ox.Triple):
            return f"<<( {self.term(term.subject)} {self.term(term.predicate)} {self.term(term.object)} )>>"
        if isinstance(term, ox.Literal) and not term.language:
            datatype = term.datatype.value
            bare = _BARE.get(datatype)
            if bare is not None and bare.fullmatch(term.value):
                return term.value
            if datatype != XSD + "string" and self._short(datatype)[1]:
                return f"{ox.Literal(term.value)}^^{self._named(datatype)}"
        return str(term)

    def _short(self, iri: str) -> tuple[str, str]:
        """How an IRI is written, and the namespace whose prefix that takes, or ""."""
        namespace, local = split(iri)
        name = self._names.get(namespace)
        if name is None or not (_ASCII_LOCAL if local.isascii() else _any_local()).fullmatch(local):
            return str(ox.NamedNode(iri)), ""
        return f"{name}:{local}", namespace


@functools.cache
def rank(predicate: str) -> tuple[int, str]:
    """Where a predicate stands among those of its subject: types and labels first, then by IRI."""
    return _FIRST.get(predicate, 0), predicate


@functools.cache
def _any_local() -> re.Pattern[str]:
    """To compile it takes longer than to write the subjects that a build changes."""
    return re.compile(_LOCAL.format(letter=_LETTER))
