"""What a page shows of one named graph, as plain values: small enough to be kept, and the same for the same graph."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.rdf.namespaces import DCTERMS, FOAF, KGV, RDF, RDFS, local_name
from kg.view.citations import Described
from kg.view.records import language_rank, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pyoxigraph import Quad

    from kg.view.citations import Term

    About = Mapping[str, Term]
    Sentence = tuple[int, str]  # where it begins, and its text


class Value(msgspec.Struct, frozen=True, array_like=True):
    """A literal."""

    text: str
    datatype: str
    language: str = ""

    @property
    def term(self) -> Literal:
        """As RDF has it."""
        if self.language:
            return Literal(self.text, language=self.language)
        return Literal(self.text, datatype=NamedNode(self.datatype))


Node = str | Value
"""The IRI of a node, or a value."""


class Said(msgspec.Struct, frozen=True, array_like=True):
    """A statement record. begin: offset of the quote. sentence: its number in the part, -1 where it stands in none."""

    subject: str
    predicate: str
    object: Node
    stance: str
    quote: str
    begin: int
    sentence: int
    confidence: float
    speaker: Node | None = None
    time: str | None = None
    place: Node | None = None
    rule: str | None = None


class Meant(msgspec.Struct, frozen=True, array_like=True):
    """Where an entity is named, or meant by a pronoun; begin and sentence as with `Said`."""

    quote: str
    begin: int
    sentence: int
    named: bool


class Part(msgspec.Struct, frozen=True, array_like=True):
    """A named graph. document: the IRI of that which it is about, "" without one.

    text: the document as it was read, "" where that is not at hand. spans: where its sentences begin and end in it.
    sentences: those of a document whose text is not at hand. mentions: by entity, packed, since large graphs show few.
    settled: whether each quote stands in a sentence. labels: IRI, rank of the language, words.
    """

    quads: int
    document: str = ""
    described: Described = Described()
    text: str = ""
    spans: tuple[int, ...] = ()
    sentences: tuple[tuple[int, str], ...] = ()
    said: tuple[Said, ...] = ()
    settled: bool = False
    mentioned: int = 0
    mentions: dict[str, msgspec.Raw] = {}
    labels: tuple[tuple[str, int, str], ...] = ()

    @property
    def sound(self) -> bool:
        """Whether all of its sentences and quotes are known to stand in the document's text."""
        return bool(self.text) and self.settled

    def all_sentences(self) -> Sequence[Sentence]:
        """Where the sentences begin, and their texts."""
        if not self.spans:
            return self.sentences
        return [(begin, self.text[begin:end]) for begin, end in zip(self.spans[::2], self.spans[1::2], strict=True)]

    def mentions_of(self, entity: str) -> list[Meant]:
        """Where the document mentions an entity."""
        found = self.mentions.get(entity)
        return _MEANT.decode(found) if found else []


_MEANT = msgspec.msgpack.Decoder(list[Meant])
_DOCUMENT = FOAF + "Document"
_TYPE, _LABEL, _SUBJECT = RDF + "type", RDFS + "label", RDF + "subject"
_REFERS, _TEXT = KGV + "refersTo", KGV + "text"
_PASSAGE = ("beginOffset", "quote", "named", "stance", "confidence", "rule", "speaker", "time", "place")
_WANTED = frozenset(
    {_SUBJECT, RDF + "predicate", RDF + "object", _REFERS, _TEXT}
    | {DCTERMS + name for name in ("identifier", "title", "source", "date")}
    | {KGV + name for name in _PASSAGE}
)


def part_of(quads: Iterable[Quad], text_of: Callable[[str], str]) -> Part | None:
    """What a page shows of a graph; None where the graph is none that a build makes.

    text_of: the text of a document by its id, "" where it is not at hand.
    """
    nodes: defaultdict[str, dict[str, Term]] = defaultdict(dict)
    documents: list[str] = []
    labels: list[tuple[str, int, str]] = []
    count = 0
    for count, quad in enumerate(quads, start=1):  # noqa: B007
        predicate = quad.predicate.value
        if predicate in _WANTED:
            nodes[_iri(quad.subject)][predicate] = quad.object
        elif predicate == _TYPE:
            if isinstance(quad.object, NamedNode) and quad.object.value == _DOCUMENT:
                documents.append(_iri(quad.subject))
        elif predicate == _LABEL and isinstance(quad.object, Literal):
            labels.append((_iri(quad.subject), language_rank(quad.object), quad.object.value))
    if not documents and not any(_SUBJECT in about or _REFERS in about for about in nodes.values()):
        return Part(count, labels=tuple(sorted(labels)))
    if len(documents) != 1:
        return None
    [document] = documents
    described = _described(document, nodes[document])
    sentences = sorted(
        (_number(about, "beginOffset"), _words(about, _TEXT)) for about in nodes.values() if _TEXT in about
    )
    said: list[Said] = []
    meant: defaultdict[str, list[Meant]] = defaultdict(list)
    for about in nodes.values():
        if _SUBJECT in about:
            if (record := _said(about, sentences)) is not None:
                said.append(record)
        elif _REFERS in about:
            meant[_words(about, _REFERS)].append(_meant(about, sentences))
    numbers = [*(one.sentence for one in said), *(one.sentence for found in meant.values() for one in found)]
    text = text_of(described.id)
    whole = bool(text) and all(text.startswith(sentence, begin) for begin, sentence in sentences)
    return Part(
        count,
        document,
        described,
        text if whole else "",
        tuple(offset for begin, words in sentences for offset in (begin, begin + len(words))) if whole else (),
        () if whole else tuple(sentences),
        tuple(said),
        all(number >= 0 for number in numbers),
        sum(map(len, meant.values())),
        {entity: msgspec.Raw(msgspec.msgpack.encode(found)) for entity, found in meant.items()},
        tuple(sorted(labels)),
    )


def _iri(subject: NamedNode | BlankNode | Triple) -> str:
    return subject.value if isinstance(subject, NamedNode) else str(subject)


def _described(document: str, about: About) -> Described:
    id_, title, source, date = (_words(about, DCTERMS + name) for name in ("identifier", "title", "source", "date"))
    return Described(id_ or words(local_name(document)), title or None, source or None, date or None)


def _said(about: About, sentences: Sequence[Sentence]) -> Said | None:
    """A record; None where it lacks a subject, a predicate or an object."""
    subject, predicate, object_ = (about.get(RDF + name) for name in ("subject", "predicate", "object"))
    if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode) or object_ is None:
        return None
    return Said(
        subject.value,
        predicate.value,
        _node(object_),
        local_name(_words(about, KGV + "stance") or "asserted"),
        *_passage(about, sentences),
        float(_words(about, KGV + "confidence") or 1),
        _node(about[KGV + "speaker"]) if KGV + "speaker" in about else None,
        _words(about, KGV + "time") if KGV + "time" in about else None,
        _node(about[KGV + "place"]) if KGV + "place" in about else None,
        _words(about, KGV + "rule") if KGV + "rule" in about else None,
    )


def _meant(about: About, sentences: Sequence[Sentence]) -> Meant:
    return Meant(*_passage(about, sentences), _words(about, KGV + "named") != "false")


def _passage(about: About, sentences: Sequence[Sentence]) -> tuple[str, int, int]:
    """A quote, where it begins, and the number of its sentence."""
    quote, begin = _words(about, KGV + "quote"), _number(about, "beginOffset")
    place = bisect_right(sentences, begin, key=itemgetter(0)) - 1
    holds = place >= 0 and bool(quote) and sentences[place][1].startswith(quote, begin - sentences[place][0])
    return quote, begin, place if holds else -1


def _node(term: Term) -> Node:
    if isinstance(term, Literal):
        return Value(term.value, term.datatype.value, term.language or "")
    return str(term.value) if isinstance(term, NamedNode) else str(term)


def _words(about: About, name: str) -> str:
    """The words of a value, or the IRI of a node; "" without one."""
    term = about.get(name)
    return term.value if isinstance(term, Literal | NamedNode) else ""


def _number(about: About, name: str) -> int:
    return int(_words(about, KGV + name) or 0)
