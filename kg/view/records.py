"""Statement records, read from the store one at a time and only where they are needed."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.rdf.namespaces import DCTERMS, FOAF, KGV, RDF, RDFS, local_name
from kg.view.bulk import Meant, Said, about, read_bulk, values
from kg.view.citations import Citation, Described, Mention, Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pyoxigraph import Store

    from kg.view.citations import Term

RDF_TYPE = NamedNode(RDF + "type")
RDF_SUBJECT = NamedNode(RDF + "subject")
RDF_OBJECT = NamedNode(RDF + "object")
LABEL = NamedNode(RDFS + "label")
IDENTIFIER = NamedNode(DCTERMS + "identifier")
IN_DOCUMENT = NamedNode(KGV + "inDocument")
REFERS_TO = NamedNode(KGV + "refersTo")
BEGIN = NamedNode(KGV + "beginOffset")
SENTENCE_TEXT = NamedNode(KGV + "text")
DOCUMENT = NamedNode(FOAF + "Document")


@dataclass
class Reader:
    """Reads records, remembering the labels, sentences and documents that many of them share."""

    quads: Store
    _labels: dict[NamedNode, str] = field(default_factory=dict)
    _documents: dict[NamedNode, Described] = field(default_factory=dict)
    _sentences: dict[NamedNode, list[tuple[int, str]]] = field(default_factory=dict)
    _records: dict[NamedNode, Said] | None = None
    _mentions: dict[NamedNode, Meant] | None = None
    _mentioned: dict[Term | None, list[NamedNode]] = field(default_factory=dict)

    def read_all(self) -> None:
        """Read all records, sentences and mentions at once; what the other methods say afterwards comes from memory."""
        bulk = read_bulk(self.quads)
        self._records, self._sentences, self._mentions = bulk.records, bulk.sentences, bulk.mentions
        for node, found in (bulk.mentions or {}).items():
            self._mentioned.setdefault(found.entity, []).append(node)

    @property
    def many_mentions(self) -> bool:
        """Whether there are so many mentions that `read_all` left them aside."""
        return self._records is not None and self._mentions is None

    def records_of(self, subjects: Collection[NamedNode]) -> Iterable[NamedNode]:
        """The records that speak about any of the subjects."""
        if self._records is not None:
            return (node for node, found in self._records.items() if found.subject in subjects)
        return (node for subject in subjects for node in self.of_subject(subject))

    def of_subject(self, subject: NamedNode) -> list[NamedNode]:
        """The records that speak about `subject`."""
        return self._subjects(RDF_SUBJECT, subject)

    def of_object(self, object_: Term) -> list[NamedNode]:
        """The records that have `object_` as what they say of something else."""
        return self._subjects(RDF_OBJECT, object_)

    def in_document(self, document: NamedNode) -> list[NamedNode]:
        """What one document holds: its sentences, its mentions and its records."""
        return self._subjects(IN_DOCUMENT, document)

    def mentions(self, entity: NamedNode, within: set[NamedNode] | None = None) -> list[Mention]:
        """Where the entity is mentioned, once a sentence; `within` names the only nodes to look at."""
        found_nodes = self._subjects(REFERS_TO, entity) if self._mentions is None else self._mentioned.get(entity, [])
        nodes = [node for node in found_nodes if within is None or node in within]
        return once(map(self._mention, nodes))

    def one(self, subject: NamedNode, predicate: NamedNode) -> Term | None:
        """The first value of a property in any graph."""
        values = [quad.object for quad in self.quads.quads_for_pattern(subject, predicate, None, None)]
        return min(values, key=str) if values else None

    def label(self, node: NamedNode) -> str:
        """The label of an entity, an amount or a property; without one, its local name in words."""
        if node not in self._labels:
            found = [quad.object for quad in self.quads.quads_for_pattern(node, LABEL, None, None)]
            texts = sorted((language_rank(text), text.value) for text in found if isinstance(text, Literal))
            self._labels[node] = texts[0][1] if texts else words(local_name(node.value))
        return self._labels[node]

    def record(self, node: NamedNode) -> Record | None:
        """The record, or None where it lacks a subject, a predicate or an object."""
        found = (self._records or {}).get(node) or values(self.quads, Said, node)
        subject, predicate, object_ = found.subject, found.predicate, found.object
        if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode) or object_ is None:
            return None
        return Record(subject, predicate, object_, local_name(_text(found.stance) or "asserted"), self._citation(found))

    def _citation(self, found: Said) -> Citation:
        return Citation(
            *self._passage(found),
            float(_text(found.confidence) or 1),
            self._named(found.speaker),
            _text(found.time),
            self._named(found.place),
            _text(found.rule),
        )

    def _mention(self, node: NamedNode) -> Mention:
        found = (self._mentions or {}).get(node) or values(self.quads, Meant, node)
        return Mention(*self._passage(found), _text(found.named) != "false")

    def _passage(self, found: Said | Meant) -> tuple[str, int, str, int, Described]:
        """What a record and a mention have in common: the fields of `Passage`."""
        quote, begin = _text(found.quote) or "", _number(found.begin)
        described = self._document(found.document)
        if quote and isinstance(found.document, NamedNode):
            sentences = self._sentences_of(found.document)
            place = bisect_right(sentences, begin, key=itemgetter(0)) - 1
            if place >= 0:
                start, text = sentences[place]
                if text.startswith(quote, begin - start):
                    return quote, begin, text, start, described
        return quote, begin, quote, begin, described

    def _sentences_of(self, document: NamedNode) -> list[tuple[int, str]]:
        """Where the sentences of a document begin, and their texts."""
        if document not in self._sentences and self._records is None:
            graphs = {quad.graph_name for quad in self.quads.quads_for_pattern(None, IN_DOCUMENT, document, None)}
            texts = (
                quad for graph in graphs for quad in self.quads.quads_for_pattern(None, SENTENCE_TEXT, None, graph)
            )
            nodes = {quad.subject for quad in texts if isinstance(quad.subject, NamedNode)}
            self._sentences[document] = sorted(found for node in nodes if (found := self._sentence(node))[1])
        return self._sentences.get(document, [])

    def _sentence(self, node: NamedNode) -> tuple[int, str]:
        """Where a sentence begins, and its text."""
        found = about(self.quads, node)
        return _number(found.get(BEGIN.value)), _text(found.get(SENTENCE_TEXT.value)) or ""

    def _document(self, node: Term | None) -> Described:
        if not isinstance(node, NamedNode):
            return Described()
        if node not in self._documents:
            id_, title, source, date = (
                _text(self.one(node, NamedNode(DCTERMS + name))) or None
                for name in ("identifier", "title", "source", "date")
            )
            self._documents[node] = Described(id_ or words(local_name(node.value)), title, source, date)
        return self._documents[node]

    def _named(self, node: Term | None) -> str | None:
        return self.label(node) if isinstance(node, NamedNode) else _text(node)

    def _subjects(self, predicate: NamedNode, object_: Term) -> list[NamedNode]:
        quads = self.quads.quads_for_pattern(None, predicate, object_, None)
        return [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]


def words(name: str) -> str:
    """A local name in words: "foundedBy" is "founded by"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").lower()


def once(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions in their order, one of each sentence."""
    found: dict[tuple[str, str, int], Mention] = {}
    for mention in sorted(mentions, key=Mention.order):
        found.setdefault(mention.where(), mention)
    return list(found.values())


def _text(term: Term | None) -> str | None:
    return term.value if isinstance(term, Literal | NamedNode) else None


def _number(term: Term | None) -> int:
    return int(_text(term) or 0)


def language_rank(text: Literal) -> int:
    """English, or no language, before the others."""
    return 0 if (text.language or "en").split("-")[0] == "en" else 1
