from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.grounding import Found, Passage, Place, passages_of, related
from kg.model import Annotation, Relation, Span
from kg.ontology import Ontology

C = "https://w3id.org/evident-kg/company#"
TEXT = "How much is the Vellum Press?\n\nForty dollars a reel.\n\nWhere is Karsk Works?\n\nIn Delft, since May."


@pytest.fixture
def passages(annotate: Callable[[str], Annotation]) -> list[Passage]:
    annotation = annotate(TEXT)
    return passages_of(annotation, 0, len(annotation.parses), frozenset())


def told(
    passages: list[Passage], ontology: Ontology, number: int, prop: str, subject: str, target: str, *, asked: bool
) -> Relation | str:
    one, other = (Span(TEXT.index(words), TEXT.index(words) + len(words)) for words in (subject, target))
    sentence = next(s for s in passages[number].sentences if other in s)
    place = Place(one, other, sentence, sentence)
    question = passages[number - 1] if asked else None
    return related(passages[number], place, ontology.properties[C + prop], Found("t", 0.8, "", "2019"), question)


@pytest.mark.parametrize(
    ("number", "prop", "subject", "target"),
    [(1, "price", "Vellum Press", "Forty dollars"), (3, "locatedIn", "Karsk Works", "Delft")],
)
def test_an_answer_tells_of_what_its_question_names(
    passages: list[Passage], ontology: Ontology, number: int, prop: str, subject: str, target: str
) -> None:
    found = told(passages, ontology, number, prop, subject, target, asked=True)
    assert isinstance(found, Relation)
    assert (found.subject.surface, found.object.surface, found.stance) == (subject, target, "asserted")
    assert found.evidence.quote in TEXT.split("\n\n")[number]


def test_without_the_question_its_words_are_no_words_of_the_paragraph(
    passages: list[Passage], ontology: Ontology
) -> None:
    found = told(passages, ontology, 1, "price", "Vellum Press", "Forty dollars", asked=False)
    assert found == "the subject is no word"


def test_what_a_sentence_leaves_unsaid_has_no_words_and_the_rule_says_so(
    passages: list[Passage], ontology: Ontology
) -> None:
    [sentence] = passages[1].sentences
    begin = Span(sentence.begin, sentence.begin)
    price = Span(TEXT.index("Forty"), TEXT.index("Forty") + len("Forty dollars"))
    place = Place(begin, price, sentence, sentence)
    found = related(passages[1], place, ontology.properties[C + "price"], Found("t", 0.8, "", "2019"))
    assert isinstance(found, Relation)
    assert (found.subject.kind, found.subject.surface, found.subject.span) == ("unsaid", "", begin)
    assert found.rule == "t (subject unsaid)"
