"""The values that flow from documents to pages.

All are frozen; spans are offsets into a document's text in Unicode code points, half open.
IRIs of classes and properties are plain strings; local names are for display. What there are hundreds of thousands of
are structs, which are made, compared and hashed in a fifth of the time that dataclasses take.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

import msgspec

Stance = Literal["asserted", "denied", "planned", "possible", "reported", "asked"]
STANCES: tuple[Stance, ...] = ("asserted", "denied", "planned", "possible", "reported", "asked")

MentionKind = Literal["name", "phrase", "nominal", "pronoun", "value", "unsaid"]
Voice = Literal["question", "answer", "quotation", "narration"]
DocumentKind = Literal["text", "rdf"]
Datatype = Literal["date", "gYearMonth", "gYear", "integer", "decimal", "amount", "string"]


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """Offsets [begin, end) into a document's text, in code points."""

    begin: int
    end: int

    def __contains__(self, other: Span) -> bool:
        return self.begin <= other.begin and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.begin < other.end and other.begin < self.end

    @property
    def is_empty(self) -> bool:
        """Whether it holds no character; such a span is a place only."""
        return self.begin == self.end

    def of(self, text: str) -> str:
        """The words at the span."""
        return text[self.begin : self.end]


@dataclass(frozen=True, slots=True)
class Document:
    """A text that is never changed after reading; every span points into it.

    source: where it comes from, for people: what its front matter says, else the path. path: the file as the user gave
    it, with forward slashes; "-" for standard input.
    date: ISO 8601, as far as known: 2017, 2017-05 or 2017-05-10; None if unknown.
    speakers: names of those who speak in it, as its front matter gives them; may be empty.
    kind: "rdf" for statements in N-Triples, a line each, which no language model reads.
    """

    id: str
    text: str
    source: str
    date: str | None = None
    title: str | None = None
    speakers: tuple[str, ...] = ()
    path: str = ""
    kind: DocumentKind = "text"

    @property
    def sha256(self) -> str:
        """Digest of the text, in hexadecimal digits."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


class Value(msgspec.Struct, frozen=True, gc=False):
    """A literal in canonical form.

    lexical: "2017-05", "420", "29990 EUR" (an amount: number, space, ISO 4217 code), or the words.
    """

    lexical: str
    datatype: Datatype


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed span: a name, a descriptive phrase, a nominal reference, a pronoun or a value.

    type: the IRI of a class, or None while undecided and for values.
    head: lemma of the head word, lower case; used for reference.
    score: belief in [0, 1] that this is a mention of that type.
    annotator: what found it, for provenance. votes: classes (IRIs) that something speaks for, with weights.
    called: common nouns that the text uses for it right beside it ("the carrier X"). title: "Dr." or
    the like before it.
    """

    span: Span
    surface: str
    kind: MentionKind
    type: str | None = None
    head: str = ""
    plural: bool = False
    score: float = 1.0
    annotator: str = ""
    value: Value | None = None
    votes: tuple[tuple[str, float], ...] = ()
    called: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Parse:
    """One paragraph as the language model reads it; all tuples run over its tokens but the last two.

    spans: offsets into the document. heads: index of the governing token (its own for a root).
    sentences: token ranges [first, last). names: token ranges of the name recogniser with its labels.
    role: "question" where an interviewer speaks, else "answer" or "narration". speaker: label of who speaks, or "".
    """

    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    spans: tuple[Span, ...]
    sentences: tuple[tuple[int, int], ...]
    names: tuple[tuple[int, int, str], ...] = ()
    role: str = "narration"
    speaker: str = ""

    @property
    def sentence_spans(self) -> list[Span]:
        """The spans of its sentences, in order."""
        return [Span(self.spans[first].begin, self.spans[last - 1].end) for first, last in self.sentences]


@dataclass(frozen=True, slots=True)
class Annotation:
    """A document with its paragraphs parsed and what is mentioned in it, sorted by span."""

    document: Document
    parses: tuple[Parse, ...]
    mentions: tuple[Mention, ...]

    @property
    def sentences(self) -> tuple[Span, ...]:
        """The spans of all sentences, in order."""
        return tuple(span for parse in self.parses for span in parse.sentence_spans)


class Evidence(msgspec.Struct, frozen=True):
    """The words that state a fact: `document.text[span] == quote`, inside one sentence."""

    span: Span
    quote: str
    sentence: Span


@dataclass(frozen=True, slots=True)
class Relation:
    """What a sentence says, on mentions.

    predicate: IRI of the property. domain, range: classes that this wording asks for; empty means any.
    rule: what found it, for `kg explain`. rank: 0, or how far its wording is from the label that it was made of.
    speaker: name or label of the person who says it, if the text has speakers; voice: in what part of the text.
    time, place: of the statement, where the sentence says so.
    """

    subject: Mention
    predicate: str
    object: Mention
    evidence: Evidence
    stance: Stance
    rule: str
    domain: frozenset[str] = frozenset()
    range: frozenset[str] = frozenset()
    confidence: float = 1.0
    speaker: str | None = None
    voice: Voice = "narration"
    time: Value | None = None
    place: str | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Dropped:
    """A candidate that did not pass the gate, and why. value: of its object, where that is one."""

    subject: str
    predicate: str
    object: str
    evidence: Evidence
    rule: str
    reason: str
    value: Value | None = None


class Label(msgspec.Struct, frozen=True, order=True, gc=False):
    """A name with its language tag (BCP 47), "" where the language is not known to matter."""

    text: str
    language: str = ""


class LocalEntity(msgspec.Struct, frozen=True):
    """One thing as one document speaks of it.

    type: IRI of its class. names: canonical first. mentions: every span that refers to it, sorted;
    `named` tells for each of these spans whether it is a name (True) or a reference ("the firm"). firm: whether more
    than a guess speaks for its class. same_as: IRIs that other data have for it, sorted.
    """

    type: str
    names: tuple[Label, ...]
    mentions: tuple[Span, ...]
    named: tuple[bool, ...]
    firm: bool = True
    same_as: tuple[str, ...] = ()


class LocalStatement(msgspec.Struct, frozen=True):
    """A relation between local entities, by their position in `Extraction.entities`.

    object: such a position, or a literal.
    """

    subject: int
    predicate: str
    object: int | Value
    evidence: Evidence
    stance: Stance
    rule: str
    confidence: float
    speaker: int | None = None
    time: Value | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document yields, before other documents are looked at; the unit of caching."""

    document: Document
    sentences: tuple[Span, ...]
    entities: tuple[LocalEntity, ...]
    statements: tuple[LocalStatement, ...]
    dropped: tuple[Dropped, ...]

    @property
    def id(self) -> str:
        """The document's id."""
        return self.document.id

    def whole(self) -> Extraction:
        """Itself; see `Extracted`."""
        return self


class Extracted(Protocol):
    """As much of an extraction as must be at hand for all documents at once; `whole` fetches the rest."""

    @property
    def id(self) -> str:
        """The document's id."""

    @property
    def entities(self) -> tuple[LocalEntity, ...]:
        """Its things."""

    @property
    def statements(self) -> tuple[LocalStatement, ...]:
        """What it says."""

    def whole(self) -> Extraction:
        """All of it, with the text."""


class EntityMention(msgspec.Struct, frozen=True, gc=False):
    """Where an entity is mentioned; named is False for a reference ("the firm")."""

    document: str
    span: Span
    named: bool


class Entity(msgspec.Struct, frozen=True):
    """One IRI for one real thing, over all documents. aliases exclude the label itself.

    things: what it is in each document, by that document's id, in their order. replaces: IRIs that it would have by the
    names of single documents, and that stand for nothing else. same_as: IRIs that it has in other data, sorted.
    """

    iri: str
    type: str
    label: Label
    aliases: tuple[Label, ...]
    things: tuple[tuple[str, LocalEntity], ...] = ()
    replaces: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()

    @property
    def mentions(self) -> list[EntityMention]:
        """Where it is mentioned, by document and span."""
        return sorted((m for document, thing in self.things for m in mentions_in(document, thing)), key=_place)

    @property
    def is_mentioned(self) -> bool:
        """Whether any document mentions it."""
        return any(thing.mentions for _, thing in self.things)


def mentions_in(document: str, thing: LocalEntity) -> Iterator[EntityMention]:
    """Where a document, by its id, mentions a thing."""
    return (EntityMention(document, span, named) for span, named in zip(thing.mentions, thing.named, strict=True))


def _place(mention: EntityMention) -> tuple[str, Span]:
    return mention.document, mention.span


class Statement(msgspec.Struct, frozen=True):
    """One piece of evidence for one triple in one document.

    subject, speaker, place: IRIs of entities. object: the IRI of an entity, or a literal.
    document: the document's id. decision: id of the one that accepted or added it.
    """

    subject: str
    predicate: str
    object: str | Value
    document: str
    evidence: Evidence
    stance: Stance
    rule: str
    confidence: float
    speaker: str | None = None
    time: Value | None = None
    place: str | None = None
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a user should know about: what, where, what to do."""

    where: str
    what: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Findings of a check (SHACL, evaluate below its bar); no findings means it passed.

    notes: what could not be checked, or not in full, and is no finding.
    """

    name: str
    findings: tuple[Problem, ...] = ()
    checked: int = 0
    notes: tuple[str, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Counts are of the whole graph; the four document tuples hold ids, sorted.

    merged: pairs of things of different names that were taken for one. decisions: how many were replayed. unmet: those
    of them that had no effect.
    notices: what the ontology and the extractors lack. cautions: what is odd about what was inferred.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    documents: int = 0
    sentences: int = 0
    silent: int = 0
    entities: int = 0
    facts: int = 0
    inferred: int = 0
    statements: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()
    merged: int = 0
    decisions: int = 0
    unmet: tuple[Problem, ...] = ()
    cautions: tuple[str, ...] = ()
