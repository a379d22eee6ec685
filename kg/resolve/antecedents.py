"""The mentions of a document that a reference may mean, with what is asked of each to rank them."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.model import Annotation, Mention, Span
from kg.resolve.salience import Anaphor, Candidate, case_of
from kg.resolve.syntax import Syntax


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A mention of a thing: the thing's number, and what tells how salient the mention is."""

    cluster: int
    candidate: Candidate


class Before(NamedTuple):
    """Where a thing was mentioned last before an offset. is_near: in one of the sentences shortly before."""

    begin: int
    is_near: bool
    in_paragraph: bool


class Antecedents:
    """All mentions of things in a document, in its order; resolved references join them.

    types: the classes of the things, by which each class has its topic.
    """

    def __init__(
        self, annotation: Annotation, clusters: Sequence[Sequence[Mention]], types: Sequence[str | None]
    ) -> None:
        self.syntax = Syntax(annotation.parses)
        self._sentences = [s.begin for s in annotation.sentences]
        self._paragraphs = [parse.spans[0].begin for parse in annotation.parses]
        self._mentions = sorted((m.span, n) for n, cluster in enumerate(clusters) for m in cluster)
        self._named = [sorted(m.span.begin for m in cluster) for cluster in clusters]
        self._leaders: dict[int, int] = {}
        for span, _ in self._mentions:
            self._leaders.setdefault(self.sentence(span.begin), span.begin)
        topics: dict[str | None, int] = {}
        for n, cls in enumerate(types):
            if len(clusters[n]) > len(clusters[topics.setdefault(cls, n)]):
                topics[cls] = n
        self._topics = frozenset(topics.values())

    def note(self, span: Span, cluster: int) -> None:
        """Make a resolved reference an antecedent for those that follow."""
        bisect.insort(self._mentions, (span, cluster))

    def sentence(self, begin: int) -> int:
        """The number of the sentence at an offset."""
        return bisect.bisect_right(self._sentences, begin) - 1

    def anaphor(self, span: Span) -> Anaphor:
        """A reference at a span, with its place."""
        place = self.syntax.position(span)
        return Anaphor(span, self.sentence(span.begin), place, case_of(place))

    def before(self, begin: int, window: int) -> dict[int, Before]:
        """The things mentioned in the paragraph before an offset, or in one of the `window` sentences before it."""
        sentence = self.sentence(begin)
        paragraph = self._paragraphs[max(0, bisect.bisect_right(self._paragraphs, begin) - 1)]
        found: dict[int, Before] = {}
        for i in range(bisect.bisect_left(self._mentions, (Span(begin, 0), -1)) - 1, -1, -1):
            span, n = self._mentions[i]
            is_near, in_paragraph = sentence - self.sentence(span.begin) <= window, span.begin >= paragraph
            if not (is_near or in_paragraph):
                break
            found.setdefault(n, Before(span.begin, is_near, in_paragraph))
        return found

    def inside(self, span: Span) -> set[int]:
        """The things that mentions within a span mean."""
        first = bisect.bisect_left(self._mentions, (Span(span.begin, 0), -1))
        last = bisect.bisect_left(self._mentions, (Span(span.end, 0), -1))
        return {n for found, n in self._mentions[first:last] if found in span}

    def around(self, anaphor: Anaphor, window: int) -> Iterator[Antecedent]:
        """Mentions behind the anaphor in its sentence, then those before it up to `window` sentences back."""
        end = bisect.bisect_left(self._mentions, (anaphor.span, -1))
        for i in range(end, len(self._mentions)):
            found = self._at(i, end, anaphor)
            if found.candidate.sentence > anaphor.sentence:
                break
            yield found
        for i in range(end - 1, -1, -1):
            found = self._at(i, end, anaphor)
            if anaphor.sentence - found.candidate.sentence > window:
                break
            yield found

    def _at(self, i: int, end: int, anaphor: Anaphor) -> Antecedent:
        span, n = self._mentions[i]
        sentence = self.sentence(span.begin)
        candidate = Candidate(
            span=span,
            sentence=sentence,
            place=self.syntax.position(span),
            leads=self._leaders.get(sentence) == span.begin,
            nearest=i == end - 1,
            mentions=bisect.bisect_left(self._named[n], anaphor.span.begin),
            first=n == 0,
            topic=n in self._topics,
        )
        return Antecedent(n, candidate)
