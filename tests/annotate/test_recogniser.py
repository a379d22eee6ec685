from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.recogniser import can_search, recognise
from kg.config import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokens import Doc

pytestmark = pytest.mark.model

WORDS = (
    "Orla Quist founded the University of the Arts in Graz on 3 May 1994 . She sold Halm Bakery Ltd to The New York "
    "Times Company for $ 3 million , said “ Maria de la Cruz ” ; Nordic-born Bank of England \n \n\n  12 % 株式会社 ?"
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    import spacy

    return spacy.load(Settings().model, exclude=["attribute_ruler", "lemmatizer"])


@pytest.fixture(scope="module")
def parse(nlp: Language) -> Callable[[list[str]], list[Doc]]:
    """Texts parsed, their names left out."""
    return lambda texts: list(nlp.pipe(texts, disable=["ner"]))


def named(docs: list[Doc]) -> list[list[tuple[int, int, str]]]:
    return [[(e.start, e.end, e.label_) for e in doc.ents] for doc in docs]


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.lists(st.sampled_from(WORDS.split(" ")), max_size=30).map(" ".join), max_size=4))
def test_the_names_are_those_of_the_recogniser(
    nlp: Language, parse: Callable[[list[str]], list[Doc]], texts: list[str]
) -> None:
    recogniser: Any = nlp.get_pipe("ner")
    ours, theirs = parse(texts), parse(texts)
    recognise(recogniser, ours)
    recogniser.set_annotations(theirs, recogniser.predict(theirs))
    assert named(ours) == named(theirs)
    assert [[t.ent_iob_ for t in doc] for doc in ours] == [[t.ent_iob_ for t in doc] for doc in theirs]


def test_names_at_both_ends_of_texts_stay_in_their_texts(
    nlp: Language, parse: Callable[[list[str]], list[Doc]]
) -> None:
    docs = parse(["It was sold to the Bank of England", "", "The New York Times said so."])
    recognise(nlp.get_pipe("ner"), docs)
    assert [[str(e) for e in doc.ents] for doc in docs] == [["the Bank of England"], [], ["The New York Times"]]


def test_names_that_stand_already_are_kept(nlp: Language, parse: Callable[[list[str]], list[Doc]]) -> None:
    from spacy.tokens import Span

    (doc,) = parse(["The kettle was sold to Orla Quist."])
    doc.set_ents([Span(doc, 1, 2, label="PRODUCT")], default="missing")
    recognise(nlp.get_pipe("ner"), [doc])
    assert [(str(e), e.label_) for e in doc.ents] == [("kettle", "PRODUCT"), ("Orla Quist", "PERSON")]


def test_a_recogniser_is_known(nlp: Language) -> None:
    assert can_search(nlp.get_pipe("ner"))


def test_a_recogniser_that_searches_more_widely_is_left_to_itself() -> None:
    import spacy

    wide: Any = spacy.load(Settings().model).get_pipe("ner")
    wide.cfg["beam_width"] = 4
    assert not can_search(wide)


@pytest.mark.parametrize("name", ["entity_ruler", "sentencizer"])
def test_other_components_are_left_to_themselves(name: str) -> None:
    import spacy

    assert not can_search(spacy.blank("en").add_pipe(name))
