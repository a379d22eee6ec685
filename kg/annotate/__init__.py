"""What is mentioned in a document: sentences, names, posts, dates, amounts, counts, and who speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from kg.annotate.cues import cues
from kg.annotate.language import keep_whole, load_model, model_version
from kg.annotate.lemmas import lemmas_of
from kg.annotate.names import find_names
from kg.annotate.parse import parse, parse_phrases
from kg.annotate.speakers import find_turns
from kg.annotate.values import find_values
from kg.model import Annotation, Document, Mention, Parse
from kg.ontology import Ontology

__all__ = ["ANNOTATORS", "Annotator", "SpacyAnnotator"]


class Annotator(Protocol):
    """Turns a document into its parses and mentions; `phrases` reads single sentences for the ontology's compiler."""

    version: str

    def annotate(self, document: Document) -> Annotation:
        """Parses and mentions of one document."""

    def phrases(self, texts: Sequence[str]) -> list[Parse]:
        """The parses of single sentences, one each."""


class SpacyAnnotator:
    """A spaCy pipeline for the grammar, and our own rules for names, values and turns.

    model: name or path of the pipeline. Raises ModelError where it is not installed.
    """

    def __init__(self, model: str, ontology: Ontology) -> None:
        self._nlp = load_model(model)
        self._lemmas = lemmas_of(model)
        silent = all(cls.silent for cls in ontology.classes.values())
        self._cues = cues(ontology, self._lemmas.nouns if silent else frozenset())
        keep_whole(self._nlp, sorted(self._cues.name_word_classes))
        self.version = model_version(model)

    def annotate(self, document: Document) -> Annotation:
        """Parses and mentions of one document; names win over counts, dates over names."""
        text = document.text
        turns = find_turns(text, document.speakers)
        parses = parse(self._nlp, self._lemmas, text, turns)
        values = find_values(text, document.date)
        names = find_names(text, parses, values, self._cues)
        return Annotation(document, parses, tuple(_merged(names, values)))

    def phrases(self, texts: Sequence[str]) -> list[Parse]:
        """The parses of single sentences, one each."""
        return parse_phrases(self._nlp, self._lemmas, texts)


def _merged(names: Sequence[Mention], values: Sequence[Mention]) -> list[Mention]:
    """All mentions, sorted, without overlaps: a value inside a name is part of the name."""
    blocked = bytearray(max((m.span.end for m in names), default=0))
    for mention in names:
        blocked[mention.span.begin : mention.span.end] = b"\x01" * (mention.span.end - mention.span.begin)
    free = [m for m in values if not any(blocked[m.span.begin : m.span.end])]
    return sorted([*names, *free], key=lambda m: m.span)


ANNOTATORS: dict[str, Callable[[str, Ontology], Annotator]] = {"spacy": SpacyAnnotator}
