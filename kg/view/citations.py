"""What the pages and pictures know of a statement: where it is made, in which words, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

if TYPE_CHECKING:
    Term = NamedNode | BlankNode | Literal | Triple


class Described(msgspec.Struct, frozen=True, array_like=True):
    """What is told of a document."""

    id: str = ""
    title: str | None = None
    source: str | None = None
    date: str | None = None


class Passage(msgspec.Struct, frozen=True):
    """Words inside their sentence, and the document.

    begin: offset of the quote in code points. first: that of the sentence. Where the store holds no sentence, the quote
    stands for it.
    """

    quote: str
    begin: int
    sentence: str
    first: int
    described: Described

    @property
    def before(self) -> str:
        """The sentence's text before the quote."""
        return self.sentence[: self.begin - self.first]

    @property
    def after(self) -> str:
        """The sentence's text after the quote."""
        return self.sentence[self.begin - self.first + len(self.quote) :]

    @property
    def document(self) -> str:
        """The document's id."""
        return self.described.id

    @property
    def title(self) -> str | None:
        """The document's title."""
        return self.described.title

    @property
    def source(self) -> str | None:
        """Where the document was read from."""
        return self.described.source

    @property
    def date(self) -> str | None:
        """The document's date."""
        return self.described.date


class Citation(Passage, frozen=True):
    """Where a statement is made, and who says it. speaker, place: labels."""

    confidence: float
    speaker: str | None = None
    time: str | None = None
    place: str | None = None
    rule: str | None = None

    def order(self) -> tuple[float, str, int, str]:
        """The surest evidence first, then by its place in the documents."""
        return (-self.confidence, self.described.id, self.begin, self.quote)


class Mention(Passage, frozen=True):
    """Where an entity is named, or meant by a pronoun."""

    named: bool

    def order(self) -> tuple[bool, str, int, str]:
        """Names before pronouns, then by the place in the documents."""
        return (not self.named, self.described.id, self.begin, self.quote)

    def where(self) -> tuple[str, str, int]:
        """The same for all mentions in one sentence, and for those of one place where there is none."""
        return self.described.id, self.sentence, self.begin if len(self.sentence) == len(self.quote) else -1


@dataclass(frozen=True, slots=True)
class LiteralStatement:
    """A statement whose object is a value: a date, an amount, a count or words.

    term: the value itself. An amount is a resource; its label is the `value`.
    """

    predicate: str
    label: str
    value: str
    stance: str
    evidence: tuple[Citation, ...]
    term: Term


@dataclass(frozen=True, slots=True)
class Record:
    """One statement record: what is said, with which stance, and where."""

    subject: NamedNode
    predicate: NamedNode
    object: Term
    stance: str
    citation: Citation
