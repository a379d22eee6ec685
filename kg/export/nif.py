"""NIF 2.0 (http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#): texts with their sentences and mentions.

For tools of entity linking. Strings are named as RFC 5147 names ranges of characters; links are those of the
Internationalization Tag Set (https://www.w3.org/TR/its20/).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kg.export.names import by_namespace
from kg.export.passages import Passage, Source, sources
from kg.export.turtle import turtle_of
from kg.model import Span
from kg.rdf.iris import sentence_iri
from kg.rdf.namespaces import ITSRDF, KGV, NIF, RDF
from kg.rdf.terms import Nodes, typed
from kg.store import Store

_OWN = {NIF: "nif", ITSRDF: "itsrdf"}


def nif(store: Store) -> dict[str, bytes]:
    """Every document as a nif:Context with its text, as graph.nif.ttl; mentions link to their entities.

    Offsets count code points. Raises StoreError where a text is not kept.
    """
    node = Nodes()
    types: dict[str, list[ox.NamedNode]] = defaultdict(list)
    for quad in store.quads.quads_for_pattern(None, node[RDF + "type"], None, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            types[quad.subject.value].append(quad.object)
    quads = [quad for source in sources(store) for quad in _source(source, types, node)]
    names = {space: name for space, name in by_namespace(store).items() if name not in _OWN.values()}
    return {"graph.nif.ttl": turtle_of({**names, **_OWN}, quads)}


def _source(source: Source, types: Mapping[str, list[ox.NamedNode]], node: Nodes) -> Iterator[ox.Quad]:
    whole = Span(0, len(source.text))
    context = node[sentence_iri(source.iri, whole)]
    yield from _string(context, "Context", whole, node)
    yield ox.Quad(context, node[NIF + "isString"], ox.Literal(source.text))
    yield ox.Quad(context, node[NIF + "sourceUrl"], node[source.iri])
    for sentence in source.sentences:
        yield from _part(source, sentence, "Sentence", context, node)
    for mention in source.mentions:
        phrase = node[sentence_iri(source.iri, mention.span)]
        yield from _part(source, mention, "Phrase", context, node)
        for entity in mention.values(KGV + "refersTo"):
            yield ox.Quad(phrase, node[ITSRDF + "taIdentRef"], node[entity])
            for kind in types.get(entity, ()):
                yield ox.Quad(phrase, node[ITSRDF + "taClassRef"], kind)


def _part(source: Source, passage: Passage, kind: str, context: ox.NamedNode, node: Nodes) -> Iterator[ox.Quad]:
    subject = node[sentence_iri(source.iri, passage.span)]
    yield from _string(subject, kind, passage.span, node)
    yield ox.Quad(subject, node[NIF + "referenceContext"], context)
    yield ox.Quad(subject, node[NIF + "anchorOf"], ox.Literal(passage.span.of(source.text)))


def _string(subject: ox.NamedNode, kind: str, span: Span, node: Nodes) -> Iterator[ox.Quad]:
    for name in (kind, "RFC5147String"):
        yield ox.Quad(subject, node[RDF + "type"], node[NIF + name])
    yield ox.Quad(subject, node[NIF + "beginIndex"], typed(str(span.begin), "nonNegativeInteger"))
    yield ox.Quad(subject, node[NIF + "endIndex"], typed(str(span.end), "nonNegativeInteger"))
