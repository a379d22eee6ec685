"""The documents of a graph with their texts, and what stands where in them, for formats that annotate texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.archive import Archive
from kg.errors import StoreError
from kg.model import Document, Span
from kg.rdf.namespaces import DCTERMS, FOAF, KGV, RDF
from kg.rdf.terms import text
from kg.store import Store

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Properties = dict[str, list[Term]]

_TYPE = RDF + "type"


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, a mention or the words of a statement. properties: terms by predicate, sorted."""

    iri: str
    span: Span
    properties: Properties

    def values(self, predicate: str) -> list[str]:
        """The IRIs and words of a property."""
        return [term.value for term in self.properties.get(predicate, ()) if not isinstance(term, ox.Triple)]


@dataclass(frozen=True, slots=True)
class Source:
    """A document with its text and what was found in it, in the order of the text.

    text: as it was read, but for lone surrogates, which are U+FFFD as in the graph.
    """

    iri: str
    text: str
    properties: Properties
    sentences: tuple[Passage, ...]
    mentions: tuple[Passage, ...]
    records: tuple[Passage, ...]


def sources(store: Store) -> Iterator[Source]:
    """The documents, sorted by IRI.

    Raises StoreError where the text of one is not kept beside the store, or is another than the one that was read.
    """
    texts = Archive.of(store).texts()
    for graph in store.graphs():
        described = _described(store, graph)
        for iri in sorted(described):
            if _is(described[iri], FOAF + "Document"):
                yield _source(store, iri, described, texts)


def _source(store: Store, iri: str, described: dict[str, Properties], texts: dict[str, str]) -> Source:
    own = described[iri]
    (identifier,) = (term.value for term in own[DCTERMS + "identifier"] if isinstance(term, ox.Literal))
    words = texts.get(identifier)
    digest = None if words is None else Document(identifier, words, "").sha256
    if words is None or ox.Literal(digest or "") not in own.get(KGV + "sha256", ()):
        raise StoreError(
            f"the text of {identifier!r} is not kept as it was read",
            where=str(store.folder),
            hint="kg build reads the documents anew",
        )
    home = ox.NamedNode(iri)
    passages = sorted(
        (Passage(name, _span(found), found) for name, found in described.items() if home in _home(found)),
        key=lambda passage: (passage.span, passage.iri),
    )
    return Source(
        iri,
        text(words).value,
        own,
        *(
            tuple(passage for passage in passages if _is(passage.properties, kind))
            for kind in (KGV + "Sentence", KGV + "Mention", RDF + "Statement")
        ),
    )


def _described(store: Store, graph: str) -> dict[str, Properties]:
    """Terms by subject and predicate, sorted."""
    found: dict[str, Properties] = defaultdict(lambda: defaultdict(list))
    for quad in sorted(store.quads.quads_for_pattern(None, None, None, ox.NamedNode(graph)), key=str):
        if isinstance(quad.subject, ox.NamedNode):
            found[quad.subject.value][quad.predicate.value].append(quad.object)
    return {subject: dict(properties) for subject, properties in found.items()}


def _is(properties: Properties, kind: str) -> bool:
    return ox.NamedNode(kind) in properties.get(_TYPE, ())


def _home(properties: Properties) -> list[Term]:
    return properties.get(KGV + "inDocument", [])


def _span(properties: Properties) -> Span:
    begin, end = (properties[KGV + name][0] for name in ("beginOffset", "endOffset"))
    assert isinstance(begin, ox.Literal)
    assert isinstance(end, ox.Literal)
    return Span(int(begin.value), int(end.value))
