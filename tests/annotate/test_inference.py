from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.annotate.inference import RECOGNISER, multiply_by_numpy, run
from kg.annotate.parse import blocks
from kg.config import Settings
from kg.model import Document
from kg.read import read

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = Settings().model
DATA = Path(__file__).parents[2] / "data"
FOUND = "Orla Quist founded Halm Bakery in Graz in May 1994, and sold it to Quorex for $3 million."

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def plain() -> Language:
    """The pipeline as spaCy gives it."""
    import spacy

    return spacy.load(MODEL, exclude=["attribute_ruler", "lemmatizer"])


@pytest.fixture
def own() -> Language:
    """A pipeline that may be changed."""
    import spacy

    return spacy.load(MODEL, exclude=["attribute_ruler", "lemmatizer"])


@pytest.fixture(scope="module")
def paragraphs() -> list[str]:
    """Those of all samples."""
    documents = [found for found in read([str(DATA)], max_bytes=1 << 24) if isinstance(found, Document)]
    return [span.of(d.text) for d in documents for span, _, _ in blocks(d.text, ()) if span.of(d.text).strip()]


def parsed(docs: list[Doc]) -> list[list[tuple[str, str, str, int]]]:
    return [[(t.text, t.tag_, t.dep_, t.head.i) for t in doc] for doc in docs]


def named(docs: list[Doc]) -> list[list[tuple[int, int, str]]]:
    return [[(e.start, e.end, e.label_) for e in doc.ents] for doc in docs]


def test_the_samples_are_read_as_spacy_reads_them(plain: Language, own: Language, paragraphs: list[str]) -> None:
    expected = list(plain.pipe(paragraphs))
    multiply_by_numpy(own)
    docs = run(own, paragraphs)
    assert len(docs) == len(paragraphs) > 100
    assert parsed(docs) == parsed(expected)
    assert named(docs) == named(expected)
    assert sum(len(names) for names in named(docs)) > 300


def test_layers_multiply_through_numpy(own: Language) -> None:
    def through_numpy(nlp: Language) -> Iterator[bool]:
        for _, pipe in nlp.pipeline:
            yield from (not layer.ops.use_blis for layer in getattr(pipe, "model").walk())  # noqa: B009

    assert not any(through_numpy(own))
    multiply_by_numpy(own)
    assert all(through_numpy(own))


def test_other_pipelines_keep_their_arithmetic(own: Language, plain: Language) -> None:
    multiply_by_numpy(own)
    assert getattr(plain.get_pipe("tagger"), "model").ops.use_blis  # noqa: B009


def test_a_component_behind_the_recogniser_sees_its_names(own: Language) -> None:
    own.add_pipe("merge_entities")
    (doc,) = run(own, [FOUND])
    assert "Halm Bakery" in [token.text for token in doc]


def test_the_recogniser_can_be_left_out(own: Language) -> None:
    (doc,) = run(own, [FOUND], [RECOGNISER])
    assert not doc.ents
    assert doc[1].dep_


def test_a_pipeline_without_a_recogniser(own: Language) -> None:
    own.remove_pipe(RECOGNISER)
    (doc,) = run(own, [FOUND])
    assert not doc.ents


def test_names_given_before_the_recogniser_stay(own: Language) -> None:
    ruler = own.add_pipe("entity_ruler", before=RECOGNISER)
    getattr(ruler, "add_patterns")([{"label": "BAKERY", "pattern": "Halm Bakery"}])  # noqa: B009
    (doc,) = run(own, [FOUND])
    assert "BAKERY" in [ent.label_ for ent in doc.ents]


@pytest.mark.parametrize("texts", [[], [""], ["", FOUND, " \n "]])
def test_texts_without_words(own: Language, texts: list[str]) -> None:
    docs = run(own, texts)
    assert [doc.text for doc in docs] == texts
    assert named(docs) == named([own(text) for text in texts])


def test_more_texts_than_are_decoded_at_once(own: Language) -> None:
    docs = run(own, [FOUND] * 300)
    assert named(docs) == named(docs[:1]) * 300
