"""The extractors of a build, most trusted first: rules always, a learned model and a language model where asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import Settings
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.annotate import Annotator
    from kg.extract import Extractor
    from kg.extract.learned import LearnedExtractor
    from kg.extract.llm import Endpoint, Estimate, LlmExtractor
    from kg.model import Annotation, Dropped, Problem, Relation
    from kg.ontology import Ontology

RULES, LEARNED, LLM = "rules", "learned", "llm"


class Proposers:
    """All extractors that the settings ask for, ready to read. notices: what they cannot use, for people.

    Raises UsageError and ModelError for a model that cannot be used.
    """

    def __init__(self, settings: Settings, ontology: Ontology, annotator: Annotator) -> None:
        from kg.extract import EXTRACTORS

        self._all: list[Extractor] = [EXTRACTORS[RULES](ontology, annotator.phrases, annotator.version)]
        self._learned = _learned(settings, ontology)
        if self._learned is not None:
            self._all.append(self._learned)
        self._llm = _llm(settings, ontology)
        if self._llm is not None:
            self._all.append(self._llm)
        self.notices = tuple(notice for one in self._all for notice in one.notices)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What a language model was asked and did not answer."""
        return self._llm.problems if self._llm else ()

    @property
    def unfinished(self) -> frozenset[str]:
        """The ids of documents of which not all was answered."""
        return self._llm.unfinished if self._llm else frozenset()

    def cost(self, texts: Iterable[str]) -> Estimate | None:
        """What it would cost to ask a language model about texts; None where none is to be asked."""
        return self._llm.estimate(texts) if self._llm else None

    def extract(self, annotation: Annotation) -> tuple[Annotation, list[Relation], list[Dropped]]:
        """What all find in a document, and the annotation with the names that they add to it."""
        from kg.extract.grounding import together

        if self._learned is not None:
            annotation = self._learned.named(annotation)
        return together(annotation, *(one.extract(annotation) for one in self._all))


def cost(texts: Iterable[str], settings: Settings, ontology: Ontology) -> Estimate | None:
    """What it would cost to ask a language model about texts; None where none is to be asked."""
    llm = _llm(settings, ontology)
    return llm.estimate(texts) if llm else None


def versions(settings: Settings) -> dict[str, str]:
    """The versions of the extractors by how the rules of their statements begin; nothing large is loaded for it.

    Raises UsageError and ModelError as `Proposers` does.
    """
    from kg.extract.rules import VERSION

    found = {RULES: VERSION}
    if settings.learned:
        from kg.extract.learned.card import model_path, read_card

        found[LEARNED] = read_card(model_path(settings.learned)).version
    if settings.llm:
        from kg.extract.llm.extractor import version_of

        found[LLM] = version_of(_endpoint(settings).model)
    return found


def _learned(settings: Settings, ontology: Ontology) -> LearnedExtractor | None:
    if not settings.learned:
        return None
    from kg.extract.learned import LearnedExtractor, model_path, open_model

    return LearnedExtractor(ontology, open_model(model_path(settings.learned)))


def _llm(settings: Settings, ontology: Ontology) -> LlmExtractor | None:
    if not settings.llm:
        return None
    from kg.extract.llm import Limits, LlmExtractor

    limits = Limits(requests=settings.llm_requests or None)
    return LlmExtractor(ontology, _endpoint(settings), cache=Path(settings.output) / "store" / "llm", limits=limits)


def _endpoint(settings: Settings) -> Endpoint:
    from kg.extract.llm import Endpoint

    if not settings.llm_model:
        raise UsageError("no language model is named", hint="--llm-model NAME, as the endpoint knows it")
    return Endpoint(settings.llm, settings.llm_model)
