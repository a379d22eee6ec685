"""A document of kind "rdf" as triples with their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model import Document, Evidence, Span

IMPORTED = "rdf"  # begins the rule of what was imported
VERSION = "rdf-0.1.0"

Object = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Line:
    """A triple. subject: an IRI, or "_:" and the name of a blank node. span: of the line, with the dot at its end."""

    subject: str
    predicate: str
    object: Object
    span: Span
    evidence: Evidence
    subject_span: Span
    object_span: Span

    @property
    def target(self) -> str:
        """The object as a node, like the subject; "" for what is none."""
        return node_of(self.object)

    @property
    def rule(self) -> str:
        """What is told of how a statement was found."""
        return f"{IMPORTED}: {self.predicate}"


def node_of(term: Object) -> str:
    """An IRI, or "_:" and the name of a blank node; "" for what is no node."""
    if isinstance(term, ox.NamedNode):
        return term.value
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else ""


def lines_of(document: Document) -> Iterator[Line]:
    """The triples of a document, in the order of its text, which `kg.rdf_lines` wrote."""
    begin = 0
    for text in document.text.split("\n"):
        triple = next(ox.parse(text, format=ox.RdfFormat.N_TRIPLES)).triple
        subject, predicate, _ = text.split(" ", 2)
        object_begin, end = begin + len(subject) + len(predicate) + 2, begin + len(text)
        said = Span(begin, end - 2)
        yield Line(
            node_of(triple.subject),
            triple.predicate.value,
            triple.object,
            Span(begin, end),
            Evidence(said, said.of(document.text), Span(begin, end)),
            _bare(Span(begin, begin + len(subject)), document.text),
            _bare(Span(object_begin, end - 2), document.text),
        )
        begin = end + 1


def _bare(span: Span, text: str) -> Span:
    """A term without its brackets or quotation marks, language and datatype."""
    if text[span.begin] == "<" and text[span.end - 1] == ">" and text[span.begin + 1] != "<":
        return Span(span.begin + 1, span.end - 1)
    if text[span.begin] == '"':
        closing = text.rindex('"', span.begin, span.end)
        return Span(span.begin + 1, closing) if closing > span.begin + 1 else span
    return span
