from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate import ANNOTATORS, Annotator, SpacyAnnotator
from kg.config import Settings
from kg.errors import ModelError
from kg.model import Annotation, Document
from kg.ontology import Ontology

pytestmark = pytest.mark.model

Annotate = Callable[[str], Annotation]
SENTENCES = [
    "Norvia was founded in March 2009.",
    "The Tarnel 300 costs 290 euros.",
    "Maria Okandor, head of design, left on Monday.",
    "The motto is “Heat for all”.",
    "Norvia employs 420 people in Lisbon.",
    "Q: Why?",
    "A: Because.",
    "- The K2 Air",
]


def values(annotation: Annotation) -> list[tuple[str, str]]:
    return [(m.value.lexical, m.value.datatype) for m in annotation.mentions if m.value]


def test_names_values_and_posts_are_found_together(annotate: Annotate) -> None:
    found = annotate("Maria Okandor joined Norvia as managing director on 3 May 2017 for 90,000 euros.")
    assert [m.surface for m in found.mentions if m.kind == "name"] == ["Maria Okandor", "Norvia"]
    assert values(found) == [("managing director", "string"), ("2017-05-03", "date"), ("90000 EUR", "amount")]


def test_a_value_inside_a_name_is_part_of_the_name(annotate: Annotate) -> None:
    assert values(annotate("They like the Tarnel 300.")) == []
    assert values(annotate("They visited the Graz Design Fair 2017.")) == []


def test_a_date_is_no_part_of_a_name(annotate: Annotate) -> None:
    found = annotate("In March 2017 Norvia grew.")
    assert values(found) == [("2017-03", "gYearMonth")]
    assert [m.surface for m in found.mentions if m.kind == "name"] == ["Norvia"]


def test_relative_dates_are_counted_from_the_date_of_the_document(annotate: Annotate) -> None:
    assert values(annotate("Norvia grew last year.")) == [("2020", "gYear")]


def test_relative_dates_without_a_document_date_have_no_value(annotator: Annotator) -> None:
    text = "Norvia grew last year."
    assert values(annotator.annotate(Document(id="note", text=text, source="note.txt"))) == []


def test_speakers_of_the_front_matter_are_known(annotator: Annotator) -> None:
    text = "Ada Holmar: Why lamps?\n\nMaria Okandor: We like light."
    document = Document(id="talk", text=text, source="talk.txt", speakers=("Ada Holmar", "Maria Okandor"))
    assert [(p.role, p.speaker) for p in annotator.annotate(document).parses] == [
        ("question", "Ada Holmar"),
        ("answer", "Maria Okandor"),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\ufeff", "\u2028"])
def test_a_text_without_words_has_no_mentions(annotate: Annotate, text: str) -> None:
    assert annotate(text).mentions == ()


def test_the_document_is_kept(annotator: Annotator) -> None:
    document = Document(id="note", text="Norvia grew.", source="note.txt")
    assert annotator.annotate(document).document is document


def test_the_built_in_annotator_is_this_one(annotator: Annotator) -> None:
    assert ANNOTATORS["spacy"] is SpacyAnnotator
    assert annotator.version


def test_a_model_that_is_not_installed(ontology: Ontology) -> None:
    with pytest.raises(ModelError):
        SpacyAnnotator("no_such_pipeline", ontology)


def test_two_annotators_agree(annotator: Annotator, ontology: Ontology) -> None:
    document = Document(id="note", text=" ".join(SENTENCES), source="note.txt", date="2021-05-10")
    assert SpacyAnnotator(Settings().model, ontology).annotate(document) == annotator.annotate(document)


@settings(max_examples=20, deadline=None)
@given(
    sentences=st.lists(st.sampled_from(SENTENCES), max_size=6),
    gap=st.sampled_from([" ", "\n", "\n\n", "\r\n", " \t "]),
)
def test_mentions_are_sorted_stand_at_their_spans_and_lie_in_a_paragraph(
    annotate: Annotate, sentences: list[str], gap: str
) -> None:
    text = gap.join(sentences)
    annotation = annotate(text)
    found = annotation.mentions
    assert all(m.surface == m.span.of(text) for m in found)
    assert all(a.span.end <= b.span.begin for a, b in itertools.pairwise(found))
    assert annotate(text) == annotation
