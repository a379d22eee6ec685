"""A paragraph as proposals are looked up in it: its words, its sentences, and what is mentioned in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.arguments import Arguments
from kg.extract.graph import Graph
from kg.extract.propositions import propositions
from kg.extract.speech import quotations
from kg.extract.times import dates_of
from kg.model import Annotation, Mention, Parse, Span

# Models write straight quotes and hyphens where a text has others; each stands for one character.
_FOLD = str.maketrans("‘’ʼ‚“”„«»‐‑–—−\u00a0\u2009\u202f", '\'\'\'\'"""""-----   ')
_EDGES = " \"'.,;:()"
_FIRST_UNSPACED = "\u2e80"


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a document.

    text: the document's. simple: the same with simple quotes and hyphens; offsets are the same. mentions: those inside
    the paragraph. quoted: what stands between quotation marks, with who says it.
    """

    text: str
    simple: str
    graph: Graph
    mentions: tuple[Mention, ...]
    arguments: Arguments
    quoted: tuple[tuple[Span, str], ...]

    @property
    def parse(self) -> Parse:
        """The words of the paragraph."""
        return self.graph.parse

    @property
    def span(self) -> Span:
        """From its first character to its last."""
        return Span(self.parse.spans[0].begin, self.parse.spans[-1].end)

    @property
    def sentences(self) -> list[Span]:
        """The spans of its sentences, in order."""
        return self.parse.sentence_spans

    def tokens(self, span: Span) -> list[int]:
        """The tokens that share a character with the span."""
        return [i for i, own in enumerate(self.parse.spans) if own.overlaps(span)]

    def head(self, span: Span) -> int | None:
        """The token that governs the others of a span, a noun or pronoun if one does; None for a span without words."""
        tokens = self.tokens(span)
        free = [i for i in tokens if self.parse.heads[i] == i or self.parse.heads[i] not in tokens]
        nouns = [i for i in free if self.parse.tags[i][:1] in "NPW"]
        return min(nouns or free, default=None)


def passages_of(annotation: Annotation, first: int, last: int, nouns: frozenset[str]) -> list[Passage]:
    """The paragraphs [first, last) of a document. nouns: those of the ontology's classes."""
    text = annotation.document.text
    simple = text.translate(_FOLD)
    begins = [mention.span.begin for mention in annotation.mentions]
    made = []
    for parse in annotation.parses[first:last]:
        begin, end = parse.spans[0].begin, parse.spans[-1].end
        inside = annotation.mentions[bisect_left(begins, begin) : bisect_left(begins, end)]
        mentions = tuple(m for m in inside if m.span.end <= end)
        graph = propositions(parse, dates_of(parse, mentions))
        arguments = Arguments(text, graph, mentions, nouns)
        made.append(Passage(text, simple, graph, mentions, arguments, tuple(quotations(graph, arguments))))
    return made


def places_of_quote(quote: str, passage: Passage) -> list[Span]:
    """Where the words stand in the paragraph, whatever the white space; marks around them may be the model's own."""
    words = quote.translate(_FOLD)
    return _found(words, passage, passage.span) or _found(words.strip(_EDGES), passage, passage.span)


def places_of_words(words: str, passage: Passage, where: Sequence[Span]) -> list[Span]:
    """Where whole words stand in the first of these spans that holds them, in any case if not in the same."""
    simple = words.translate(_FOLD).strip(_EDGES) or words
    for span in where:
        found = _found(simple, passage, span) or _found(simple, passage, span, re.IGNORECASE)
        if found:
            return found
    return []


def _found(words: str, passage: Passage, where: Span, flags: int = 0) -> list[Span]:
    parts = words.split()
    if not parts:
        return []
    pattern = r"\s+".join(map(re.escape, parts))
    # "it" does not stand in "with"; a quote that begins or ends inside a word is none.
    begins = r"(?<!\w)" if _is_spaced(parts[0][0]) else ""
    ends = r"(?!\w)" if _is_spaced(parts[-1][-1]) else ""
    found = re.compile(begins + pattern + ends, flags).finditer(passage.simple, where.begin, where.end)
    return [Span(*match.span()) for match in found]


def _is_spaced(letter: str) -> bool:
    """Whether it belongs to a word that stands apart from its neighbours, as words of East Asian scripts do not."""
    return letter.isalnum() and letter < _FIRST_UNSPACED
