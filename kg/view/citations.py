"""What the pages and pictures know of a statement: where it is made, in which words, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

if TYPE_CHECKING:
    Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Passage:
    """Words inside their sentence, and the document.

    before, after: the sentence's text on both sides of the quote, empty where the store holds no sentence.
    begin: offset of the quote in code points. document: the document's id.
    """

    quote: str
    before: str
    after: str
    begin: int
    document: str
    title: str | None
    source: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Citation(Passage):
    """Where a statement is made, and who says it. speaker, place: labels."""

    confidence: float
    speaker: str | None = None
    time: str | None = None
    place: str | None = None
    rule: str | None = None

    def order(self) -> tuple[float, str, int, str]:
        """The surest evidence first, then by its place in the documents."""
        return (-self.confidence, self.document, self.begin, self.quote)


@dataclass(frozen=True, slots=True)
class Mention(Passage):
    """Where an entity is named, or meant by a pronoun."""

    named: bool

    def order(self) -> tuple[bool, str, int, str]:
        """Names before pronouns, then by the place in the documents."""
        return (not self.named, self.document, self.begin, self.quote)


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
