"""A paragraph in windows of a few sentences, as the model reads them, and what in them may be related."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.learned.pieces import LONGEST, Pieces
from kg.model import Mention, Span

if TYPE_CHECKING:
    from kg.extract.learned.model import Model, Vectors

SENTENCES = 3  # of a window
DOUBTFUL = -2.0  # what must at least speak for a reference or a phrase, so that it is looked at
MOST = 24  # candidates of a window


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences of a paragraph that are read together. fresh: where those begin that no window before has."""

    span: Span
    fresh: int
    pieces: Pieces

    def place(self, span: Span) -> tuple[int, int] | None:
        """The pieces of a span of the document."""
        if span not in self.span:
            return None
        return self.pieces.place(span.begin - self.span.begin, span.end - self.span.begin)

    def words(self, first: int, last: int) -> Span:
        """The span of pieces, in the document."""
        return Span(self.span.begin + self.pieces.begins[first], self.span.begin + self.pieces.ends[last])


def windows(model: Model, text: str, sentences: Sequence[Span]) -> Iterator[Window]:
    """Windows that overlap by a sentence, so that what is said of a name before is found; a long one stands alone."""
    at, fresh = 0, sentences[0].begin
    while at < len(sentences):
        count = min(SENTENCES, len(sentences) - at)
        while True:
            span = Span(sentences[at].begin, sentences[at + count - 1].end)
            made = model.pieces(span.of(text))
            if count == 1 or len(made.ids) < LONGEST:
                break
            count -= 1
        if span.end > fresh:
            yield Window(span, fresh, made)
            fresh = span.end
        at += max(1, count - 1) if at + count < len(sentences) else count


def answers(model: Model, text: str, question: Sequence[Span], answer: Sequence[Span]) -> Iterator[Window]:
    """The end of a question with the beginning of what answers it, if they are short enough to be read together."""
    if not question[-1].of(text).endswith("?"):
        return
    for count in range(min(SENTENCES - 1, len(answer)), 0, -1):
        span = Span(question[-1].begin, answer[count - 1].end)
        made = model.pieces(span.of(text))
        if len(made.ids) < LONGEST:
            yield Window(span, answer[0].begin, made)
            return


def candidates(scores: Vectors, window: Window, mentions: Sequence[Mention]) -> list[tuple[Span, tuple[int, int]]]:
    """What may be related, each with its pieces, in the order of the text.

    These are names and values that were read, references and phrases that the model finds likely, and its proposals.
    """
    found: dict[tuple[int, int], tuple[float, Span]] = {}
    for mention in mentions:
        place = window.place(mention.span)
        if place is None:
            continue
        likely = float(scores[place])
        if mention.kind in ("name", "value") or likely > DOUBTFUL:
            found[place] = (likely + 5.0, mention.span)
    own = np.argwhere(scores[1:-1, 1:-1] > 0) + 1
    for first, last in own.tolist():
        found.setdefault((first, last), (float(scores[first, last]), window.words(first, last)))
    best = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))[:MOST]
    return [(span, place) for place, (_, span) in sorted(best)]
