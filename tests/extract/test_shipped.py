"""The shipped ontology's frames lie ready, are up to date, and are what compiling would give."""

from __future__ import annotations

import pytest

from kg.annotate import SpacyAnnotator
from kg.extract.frames import compile_frames
from kg.extract.shipped import SHIPPED, compiled, dump, key_of
from kg.ontology import Ontology

pytestmark = pytest.mark.model


def test_the_file_is_up_to_date(ontology: Ontology, annotator: SpacyAnnotator, request: pytest.FixtureRequest) -> None:
    made = compile_frames(ontology, annotator.phrases)
    text = dump(made, key_of(ontology, annotator.version))
    if request.config.getoption("--update-golden"):
        SHIPPED.write_text(text, encoding="utf-8")
    assert SHIPPED.read_text(encoding="utf-8") == text, "run `make frames`"


def test_it_is_read_where_it_fits(ontology: Ontology, annotator: SpacyAnnotator) -> None:
    def never(_: object) -> list[object]:
        raise AssertionError("compiled although it lies ready")

    assert compiled(ontology, never, annotator.version) == compile_frames(ontology, annotator.phrases)  # type: ignore[arg-type]  # never called


def test_another_model_compiles_anew(ontology: Ontology, annotator: SpacyAnnotator) -> None:
    asked = []

    def parse(texts: object) -> object:
        asked.append(texts)
        return annotator.phrases(list(texts))  # type: ignore[call-overload]  # a sequence of strings

    compiled(ontology, parse, "another 1.0")  # type: ignore[arg-type]  # as above
    assert len(asked) == 1
