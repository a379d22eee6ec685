"""The extractor that asks a trained model which properties hold between the mentions of a few sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.grounding import Found, Passage, Place, passages_of, related
from kg.extract.learned.labels import vocabulary
from kg.extract.learned.model import Model, Read
from kg.extract.learned.naming import likely, named
from kg.extract.learned.windows import Window, candidates, windows
from kg.model import Annotation, Dropped, Evidence, Relation, Span
from kg.ontology import Ontology, Property

if TYPE_CHECKING:
    from kg.extract.learned.model import Vectors

MOST = 0.89  # belief in what no rule says
BOUND = 0.5  # chance; at .4 precision on documents held back falls below .8


class LearnedExtractor:
    """Relations that a model finds likely, for `kg.extract.Extractor`.

    bound: probability above which a relation is proposed.
    """

    def __init__(self, ontology: Ontology, model: Model, *, bound: float = BOUND) -> None:
        self._ontology, self._model = ontology, model
        self._told = model.told(vocabulary(ontology))
        self._slope, self._shift = model.card.calibration
        self._least = (math.log(bound / (1 - bound)) - self._shift) / self._slope
        self._nouns = frozenset(noun for c in ontology.classes.values() for noun in c.nouns)
        self._keys = [kind.key for kind in self._told.vocabulary.properties]
        self._has_phrases = any(prop.phrases for prop in ontology.properties.values())
        self._last: tuple[list[tuple[int, ...]], list[Vectors]] = ([], [])
        self.version = model.version
        self.notices: tuple[str, ...] = ()

    def named(self, annotation: Annotation) -> Annotation:
        """The annotation with the names that the model is sure of; where the ontology has phrases, as it was."""
        if self._has_phrases:
            return annotation
        found: dict[Span, tuple[Passage, dict[Span, float]]] = {}
        for passage, window, x in self._read(annotation):
            _, spans = found.setdefault(passage.span, (passage, {}))
            for span, score in likely(self._model.spans(x), window).items():
                spans[span] = max(score, spans.get(span, score))
        mentions = named(annotation.mentions, found.values())
        return annotation if mentions == annotation.mentions else replace(annotation, mentions=mentions)

    def _read(self, annotation: Annotation) -> Iterator[tuple[Passage, Window, Vectors]]:
        """The windows of a document with their states; those read last are kept, for both ask for the same."""
        passages = passages_of(annotation, 0, len(annotation.parses), self._nouns)
        read = [(p, w) for p in passages for w in windows(self._model, p.text, p.sentences)]
        new = [window.pieces.ids for _, window in read]
        if self._last[0] != new:
            self._last = (new, self._model.hidden(new))
        for (passage, window), x in zip(read, self._last[1], strict=True):
            yield passage, window, x

    def extract(self, annotation: Annotation) -> tuple[list[Relation], list[Dropped]]:
        """Candidates of one document, sorted by evidence, and those that were dropped at once."""
        best: dict[tuple[Span, str, Span], Relation] = {}
        dropped: dict[Dropped, None] = {}
        for passage, window, x in self._read(annotation):
            for found in self._window(passage, window, x, annotation.document.date or ""):
                if isinstance(found, Dropped):
                    dropped[found] = None
                    continue
                key = (found.subject.span, found.predicate, found.object.span)
                if key not in best or best[key].confidence < found.confidence:
                    best[key] = found
        relations = sorted(best.values(), key=lambda r: (r.evidence.span, r.predicate, r.subject.span, r.object.span))
        return relations, list(dropped)

    def _window(self, passage: Passage, window: Window, x: Vectors, today: str) -> Iterator[Relation | Dropped]:
        found = candidates(self._model.spans(x), window, passage.mentions)
        pairs = [
            (s, o)
            for s, (one, _) in enumerate(found)
            for o, (other, _) in enumerate(found)
            if s != o and not one.overlaps(other) and max(one.end, other.end) > window.fresh
        ]
        if not pairs:
            return
        read = Read(window.pieces, x, [place for _, place in found])
        scores = self._model.scores(window.span.of(passage.text), read, self._told, pairs)
        for pair, prop in zip(*(scores > self._least).nonzero(), strict=True):
            one, other = (found[n][0] for n in pairs[pair])
            chance = 1 / (1 + math.exp(-self._slope * float(scores[pair, prop]) - self._shift))
            belief = round(min(MOST, chance), 3)
            found_by = Found(f"learned:{self._model.card.name}", belief, "", today)
            yield from self._relation(passage, one, other, self._ontology.properties[self._keys[prop]], found_by)

    def _relation(
        self, passage: Passage, one: Span, other: Span, prop: Property, found: Found
    ) -> Iterator[Relation | Dropped]:
        sentence = _later(passage.sentences, one, other)
        if sentence is None:
            return
        both = one in sentence and other in sentence
        span = Span(min(one.begin, other.begin), max(one.end, other.end)) if both else sentence
        made = related(passage, Place(one, other, span, sentence), prop, found)
        if isinstance(made, str):
            evidence = Evidence(span, span.of(passage.text), sentence)
            yield Dropped(one.of(passage.text), prop.iri, other.of(passage.text), evidence, found.rule, made)
        else:
            yield made


def _later(sentences: Sequence[Span], one: Span, other: Span) -> Span | None:
    """The sentence that holds the one of two spans that stands later."""
    later = max(one, other)
    return next((sentence for sentence in sentences if later in sentence), None)
