from __future__ import annotations

import numpy as np
import pytest

from kg.annotate import SpacyAnnotator
from kg.config import Settings
from kg.extract.grounding import Passage, passages_of
from kg.extract.learned.naming import likely, named
from kg.extract.learned.pieces import Pieces
from kg.extract.learned.windows import Window
from kg.model import Annotation, Document, Span
from kg.ontology import load, shipped

pytestmark = pytest.mark.model
TEXT = "Orla Vint directed the film Snow on a Factory Farm in 1998, and pork is an ingredient of it."


@pytest.fixture(scope="module")
def annotation() -> Annotation:
    annotator = SpacyAnnotator(Settings().model, load([shipped("company.ttl")]))
    return annotator.annotate(Document("d", TEXT, "d"))


@pytest.fixture(scope="module")
def passage(annotation: Annotation) -> Passage:
    [made] = passages_of(annotation, 0, 1, frozenset())
    return made


def span(words: str) -> Span:
    begin = TEXT.index(words)
    return Span(begin, begin + len(words))


def names(annotation: Annotation, passage: Passage, *found: tuple[str, float]) -> list[str]:
    made = named(annotation.mentions, [(passage, {span(words): score for words, score in found})])
    assert list(made) == sorted(made, key=lambda m: m.span)
    return [m.surface for m in made if m.kind == "name"]


def test_a_larger_name_takes_the_place_of_those_inside(annotation: Annotation, passage: Passage) -> None:
    assert "Snow on a Factory Farm" not in names(annotation, passage)
    found = names(annotation, passage, ("Snow on a Factory Farm", 3.0), ("pork", 2.0))
    assert "Snow on a Factory Farm" in found
    assert "pork" in found
    assert "Factory Farm" not in found


def test_the_surer_of_two_that_overlap_is_one(annotation: Annotation, passage: Passage) -> None:
    found = names(annotation, passage, ("Snow on a Factory Farm", 3.0), ("film Snow", 5.0))
    assert "Snow on a Factory Farm" not in found
    assert "film Snow" in found


def test_values_and_larger_names_stay(annotation: Annotation, passage: Passage) -> None:
    before = names(annotation, passage)
    assert names(annotation, passage, ("1998", 9.0), ("Orla", 9.0), ("a Factory", 9.0)) == before
    values = [m.surface for m in named(annotation.mentions, [(passage, {span("in 1998"): 9.0})]) if m.value]
    assert values == ["1998"]


def test_what_speaks_for_names_is_read_from_the_scores() -> None:
    scores = np.full((5, 5), -3.0, dtype=np.float32)
    scores[1, 2], scores[3, 3], scores[0, 4] = 2.0, -1.0, 9.0
    pieces = Pieces((101, 1, 2, 3, 102), (0, 0, 5, 10, 0), (0, 4, 9, 12, 0))
    assert likely(scores, Window(Span(100, 112), 100, pieces)) == {Span(100, 109): 2.0}
