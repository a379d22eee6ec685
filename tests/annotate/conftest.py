"""The shipped ontology and the language model, each loaded once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.annotate import ANNOTATORS, Annotator
from kg.config import Settings
from kg.model import Annotation, Document
from kg.ontology import Ontology, load, shipped


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The shipped ontology of companies."""
    return load([shipped("company.ttl")])


@pytest.fixture(scope="session")
def annotator(ontology: Ontology) -> Annotator:
    """The annotator that a build uses."""
    return ANNOTATORS["spacy"](Settings().model, ontology)


@pytest.fixture(scope="session")
def annotate(annotator: Annotator) -> Callable[[str], Annotation]:
    """Annotates a text that is dated 10 May 2021."""

    def run(text: str) -> Annotation:
        return annotator.annotate(Document(id="note", text=text, source="note.txt", date="2021-05-10"))

    return run
