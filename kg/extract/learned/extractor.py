"""The extractor that asks a trained model which properties hold between the mentions of a few sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.grounding import Found, Passage, Place, passages_of, related
from kg.extract.learned.classes import voted
from kg.extract.learned.labels import vocabulary
from kg.extract.learned.model import Model, Read
from kg.extract.learned.naming import likely, named
from kg.extract.learned.pieces import UNSAID
from kg.extract.learned.windows import Window, answers, candidates, windows
from kg.model import Annotation, Dropped, Evidence, Mention, Relation, Span
from kg.ontology import Ontology, Property

if TYPE_CHECKING:
    from kg.extract.learned.model import Vectors

MOST = 0.89  # belief in what no rule says
UNSAID_BOUND = 0.2  # of what a sentence leaves unsaid; how clear that is decides with it, see `kg.resolve.unsaid`
BOUND = 0.45  # chance; at .4 a third trap is sprung on gold documents, at .6 four facts in a hundred are lost


@dataclass(frozen=True, slots=True)
class _Reading:
    """A window of a paragraph, by its number; is_answer: with the end of the question before, which it answers."""

    window: Window
    paragraph: int
    is_answer: bool = False


@dataclass(frozen=True, slots=True)
class _Context:
    """The paragraph that a window lies in, and the question that it answers, if it reaches into that."""

    window: Window
    passage: Passage
    question: Passage | None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """What is mentioned in the paragraphs of the window."""
        return (*self.question.mentions, *self.passage.mentions) if self.question else self.passage.mentions

    def is_new(self, one: Span, other: Span) -> bool:
        """Whether no other window has both: one of them is fresh, and of question and answer each has one."""
        first, last = sorted((one, other))
        return last.end > self.window.fresh and (self.question is None or first.end <= self.question.span.end)


class LearnedExtractor:
    """Relations that a model finds likely, for `kg.extract.Extractor`.

    bound: probability above which a relation is proposed.
    """

    def __init__(self, ontology: Ontology, model: Model, *, bound: float = BOUND) -> None:
        self._ontology, self._model = ontology, model
        self._told = model.told(vocabulary(ontology))
        self._least, self._least_unsaid = map(model.card.score, (bound, min(bound, UNSAID_BOUND)))
        self._nouns = frozenset(noun for c in ontology.classes.values() for noun in c.nouns)
        self._keys = [kind.key for kind in self._told.vocabulary.properties]
        self._has_phrases = any(prop.phrases for prop in ontology.properties.values())
        self._last: tuple[list[tuple[int, ...]], list[Vectors]] = ([], [])
        self.version = model.version
        self.notices: tuple[str, ...] = ()

    def named(self, annotation: Annotation) -> Annotation:
        """The annotation as the model would have it: its votes for the classes of names, and its own names.

        Names are added only where the ontology has no phrases.
        """
        mentions = annotation.mentions
        if not self._has_phrases:
            found: dict[int, dict[Span, float]] = {}
            for reading, x in self._paragraphs(annotation):
                spans = found.setdefault(reading.paragraph, {})
                for span, score in likely(self._model.spans(x), reading.window).items():
                    spans[span] = max(score, spans.get(span, score))
            passages = passages_of(annotation, 0, len(annotation.parses), self._nouns)
            mentions = named(mentions, ((passages[n], spans) for n, spans in sorted(found.items())))
        mentions = voted(mentions, self._kinds(annotation, mentions), self._told.vocabulary)
        return annotation if mentions == annotation.mentions else replace(annotation, mentions=mentions)

    def _kinds(self, annotation: Annotation, mentions: Sequence[Mention]) -> dict[Span, list[Vectors]]:
        """What speaks for each class of a name, in each window that holds it."""
        names = [m.span for m in mentions if m.kind == "name"]
        begins = [span.begin for span in names]
        found: dict[Span, list[Vectors]] = {}
        for reading, x in self._paragraphs(annotation):
            window = reading.window
            inside = names[bisect_left(begins, window.span.begin) : bisect_left(begins, window.span.end)]
            placed = [(span, place) for span in inside if (place := window.place(span))]
            if placed:
                read = Read(window.pieces, x, [place for _, place in placed])
                kinds = self._model.kinds(window.span.of(annotation.document.text), read, self._told)
                for (span, _), row in zip(placed, kinds, strict=True):
                    found.setdefault(span, []).append(row)
        return found

    def _paragraphs(self, annotation: Annotation) -> Iterator[tuple[_Reading, Vectors]]:
        """The windows inside paragraphs, with their states."""
        return ((reading, x) for reading, x in self._read(annotation) if not reading.is_answer)

    def _read(self, annotation: Annotation) -> Iterator[tuple[_Reading, Vectors]]:
        """The windows of a document with their states; those read last are kept, for both ask for the same."""
        read = list(self._readings(annotation))
        new = [reading.window.pieces.ids for reading in read]
        if self._last[0] != new:
            self._last = (new, self._model.hidden(new))
        yield from zip(read, self._last[1], strict=True)

    def _readings(self, annotation: Annotation) -> Iterator[_Reading]:
        text, before = annotation.document.text, list[Span]()
        for n, parse in enumerate(annotation.parses):
            sentences = parse.sentence_spans
            if before:
                yield from (_Reading(one, n, is_answer=True) for one in answers(self._model, text, before, sentences))
            yield from (_Reading(one, n) for one in windows(self._model, text, sentences))
            before = sentences

    def _contexts(self, annotation: Annotation) -> Iterator[tuple[_Context, Vectors]]:
        passages = passages_of(annotation, 0, len(annotation.parses), self._nouns)
        for reading, x in self._read(annotation):
            question = passages[reading.paragraph - 1] if reading.is_answer else None
            yield _Context(reading.window, passages[reading.paragraph], question), x

    def extract(self, annotation: Annotation) -> tuple[list[Relation], list[Dropped]]:
        """Candidates of one document, sorted by evidence, and those that were dropped at once."""
        best: dict[tuple[Span, str, Span], Relation] = {}
        dropped: dict[Dropped, None] = {}
        for context, x in self._contexts(annotation):
            for found in self._window(context, x, annotation.document.date or ""):
                if isinstance(found, Dropped):
                    dropped[found] = None
                    continue
                key = (found.subject.span, found.predicate, found.object.span)
                if key not in best or best[key].confidence < found.confidence:
                    best[key] = found
        relations = sorted(best.values(), key=lambda r: (r.evidence.span, r.predicate, r.subject.span, r.object.span))
        return relations, list(dropped)

    def _window(self, context: _Context, x: Vectors, today: str) -> Iterator[Relation | Dropped]:
        window = context.window
        found = candidates(self._model.spans(x), window, context.mentions)
        if self._model.card.reads_unsaid:
            found.insert(0, (Span(window.span.begin, window.span.begin), UNSAID))
        pairs = [
            (s, o)
            for s, (one, _) in enumerate(found)
            for o, (other, _) in enumerate(found)
            if s != o and not one.overlaps(other) and context.is_new(one, other)
        ]
        if not pairs:
            return
        read = Read(window.pieces, x, [place for _, place in found])
        scores = self._model.scores(window.span.of(context.passage.text), read, self._told, pairs)
        least = [self._least_unsaid if UNSAID in (found[s][1], found[o][1]) else self._least for s, o in pairs]
        for pair, prop in zip(*(scores > np.array(least)[:, None]).nonzero(), strict=True):
            one, other = (found[n][0] for n in pairs[pair])
            asked = self._ontology.properties[self._keys[prop]]
            if other.is_empty and asked.datatype:
                continue  # a value has words
            belief = round(min(MOST, self._model.card.chance(float(scores[pair, prop]))), 3)
            found_by = Found(f"learned:{self._model.card.name}", belief, "", today)
            yield from _relation(context, one, other, asked, found_by)


def _relation(context: _Context, one: Span, other: Span, prop: Property, found: Found) -> Iterator[Relation | Dropped]:
    passage = context.passage
    sentence = _later(passage.sentences, one, other)
    if sentence is None:
        return
    one, other = (Span(sentence.begin, sentence.begin) if end.is_empty else end for end in (one, other))
    both = one in sentence and other in sentence
    span = Span(min(one.begin, other.begin), max(one.end, other.end)) if both else sentence
    made = related(passage, Place(one, other, span, sentence), prop, found, context.question)
    if isinstance(made, str):
        evidence = Evidence(span, span.of(passage.text), sentence)
        yield Dropped(one.of(passage.text), prop.iri, other.of(passage.text), evidence, found.rule, made)
    else:
        yield made


def _later(sentences: Sequence[Span], one: Span, other: Span) -> Span | None:
    """The sentence that holds the one of two spans that stands later."""
    later = max(one, other)
    return next((sentence for sentence in sentences if later in sentence), None)
