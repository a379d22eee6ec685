"""What a model proposes of real sentences, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.extract import RuleExtractor
from kg.extract.grounding import together
from kg.extract.llm.answers import read_answer
from kg.model import Annotation, Dropped, Relation
from kg.ontology import Ontology
from kg.resolve import link
from kg.resolve.gate import refuse
from tests.extract.llm.standin import Ask, Fact, StandIn, fact, facts, paragraphs

Annotate = Callable[[str], Annotation]
Found = tuple[list[Relation], list[Dropped]]
Propose = Callable[..., Found]


@pytest.fixture
def propose(ask: Ask, service: StandIn, annotate: Annotate) -> Propose:
    """What becomes of proposals about a text."""

    def run(text: str, *rows: Fact) -> Found:
        service.says = lambda _: facts(*rows)
        annotation = annotate(text)
        relations, dropped = ask.extractor(unit_characters=5000).extract(annotation)
        sentences = set(annotation.sentences)
        for evidence in [*(r.evidence for r in relations), *(d.evidence for d in dropped)]:
            assert evidence.span.of(text) == evidence.quote
            assert evidence.sentence in sentences
            assert evidence.span in evidence.sentence
        for relation in relations:  # classes are decided over the whole document
            assert "no known class" in (refuse(text, relation, None, None, ask.ontology) or "")
        return relations, dropped

    return run


KETTLES = "Norvia Mills Ltd makes kettles. It was founded in Graz in 2007 by Maria Okandor, and employs 420 people."


@pytest.mark.model
@pytest.mark.parametrize(
    ("row", "subject", "target"),
    [
        (
            fact("Norvia Mills Ltd", "produces", "kettles", "Norvia Mills Ltd makes kettles"),
            "Norvia Mills Ltd",
            "kettles",
        ),
        (fact("Norvia", "produces", "kettles", "makes kettles"), "Norvia Mills Ltd", "kettles"),
        (fact("It", "foundingDate", "2007", "It was founded in Graz in 2007"), "It", "2007"),
        (fact("it", "foundingDate", "in 2007", "It  was founded in\nGraz in 2007"), "It", "2007"),
        (fact("It", "founder", "Maria Okandor", "founded in Graz in 2007 by Maria Okandor"), "It", "Maria Okandor"),
        (fact("Norvia Mills", "headquarters", "Graz", "was founded in Graz"), "Norvia Mills Ltd", "Graz"),
        (fact("It", "numberOfEmployees", "420 people", "employs 420 people"), "It", "420 people"),
        (fact("It", "numberOfEmployees", "420", '"employs 420 people."'), "It", "420 people"),
    ],
)
def test_what_stands_in_the_text_is_kept(propose: Propose, row: Fact, subject: str, target: str) -> None:
    (relation,), dropped = propose(KETTLES, row)
    assert dropped == []
    assert (relation.subject.surface, relation.stance) == (subject, "asserted")
    assert relation.object.surface in (target, target.removesuffix(" people"))
    assert relation.evidence.quote in KETTLES
    assert (relation.rule, relation.confidence, relation.rank) == ("llm:small", 0.6, 0)


@pytest.mark.model
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (fact("Norvia", "produces", "kettles", "Norvia sells kettles"), "the quote does not stand in the text"),
        (fact("Norvia", "produces", "kettles", "Mills Ltd make"), "the quote does not stand in the text"),
        (
            fact("Quorex", "produces", "kettles", "makes kettles"),
            "the subject does not stand in the paragraph: 'Quorex'",
        ),
        (fact("Norvia", "produces", "lamps", "makes kettles"), "the object does not stand in the paragraph: 'lamps'"),
        (fact("Norvia", "sells", "kettles", "makes kettles"), "the ontology has no such property: 'sells'"),
        (fact("It", "foundingDate", "Graz", "founded in Graz"), "the object is not read as a date"),
        (fact("It", "numberOfEmployees", "2007", "founded in Graz in 2007"), "the object is not read as a number"),
        (fact("It", "produces", "2007", "founded in Graz in 2007"), "the object is a value, not a thing"),
        (fact("2007", "produces", "kettles", "makes kettles"), "the subject is a value, not a thing"),
        (fact("Norvia", "produces", "Norvia", "Norvia Mills Ltd makes"), "subject and object are the same words"),
        (fact("Norvia", "produces", "Mills", "Norvia Mills Ltd makes"), "subject and object are the same words"),
        (fact("It", "produces", "kettles", "420 people", "certain"), "the model claims no known stance: 'certain'"),
        (
            fact("Norvia", "founder", "Maria Okandor", "makes kettles. It was founded"),
            "the quote runs over several sentences, and none of them holds both",
        ),
        (fact("it", "founder", "Okandor", "Norvia Mills Ltd makes kettles"), "neither subject nor object stands"),
    ],
)
def test_what_does_not_is_dropped_with_its_reason(propose: Propose, row: Fact, reason: str) -> None:
    relations, (dropped,) = propose(KETTLES, row)
    assert relations == []
    assert dropped.reason.startswith(reason)
    assert dropped.rule == "llm:small"


@pytest.mark.model
def test_of_several_sentences_the_smallest_part_that_holds_both_is_evidence(propose: Propose) -> None:
    (relation,), _ = propose(KETTLES, fact("It", "foundingDate", "2007", KETTLES))
    assert relation.evidence.quote == "It was founded in Graz in 2007"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "target", "claim", "stance"),
    [
        ("Norvia makes kettles.", "kettles", "asserted", "asserted"),
        ("Norvia makes kettles.", "kettles", "denied", "denied"),
        ("Norvia makes kettles.", "kettles", "", "asserted"),
        ("Norvia plans to make kettles.", "kettles", "asserted", "planned"),
        ("Norvia will make kettles.", "kettles", "asserted", "planned"),
        ("Norvia does not make kettles.", "kettles", "asserted", "denied"),
        ("Norvia may make kettles.", "kettles", "asserted", "possible"),
        ("Norvia no longer makes kettles.", "kettles", "asserted", "denied"),
        ("Norvia reportedly makes kettles.", "kettles", "asserted", "reported"),
        ("Does Norvia make kettles?", "kettles", "asserted", "asked"),
        ("There are rumours that Norvia makes kettles.", "kettles", "asserted", "reported"),
        ("Norvia makes lamps, not kettles.", "kettles", "asserted", "denied"),
        ("Norvia, which plans to move, makes kettles.", "kettles", "asserted", "asserted"),
        ("Norvia did not deny that it plans to make kettles.", "kettles", "asserted", "planned"),
    ],
)
def test_a_claim_only_weakens(propose: Propose, text: str, target: str, claim: str, stance: str) -> None:
    (relation,), _ = propose(text, fact("Norvia", "produces", target, text, claim))
    assert relation.stance == stance
    assert relation.rule.startswith("llm:small")


@pytest.mark.model
def test_a_date_that_lies_ahead_is_a_plan(propose: Propose) -> None:
    text = "The Tarnel 300 comes out in November 2021."
    (relation,), _ = propose(text, fact("Tarnel 300", "launchDate", "November 2021", text))
    assert relation.stance == "planned"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Norvia’s kettle – the “Tarnel 300” – is new.", 'Norvia\'s kettle - the "Tarnel 300"'),
        ('Norvia\'s kettle - the "Tarnel 300" - is new.', "Norvia’s kettle – the “Tarnel 300”"),
    ],
)
def test_quotation_marks_may_have_another_shape(propose: Propose, text: str, quote: str) -> None:
    (relation,), _ = propose(text, fact("Norvia", "produces", "Tarnel 300", quote))
    assert relation.evidence.quote == text[: len(quote)]


@pytest.mark.model
def test_what_says_too_little_becomes_no_thing(propose: Propose) -> None:
    text = "Norvia makes a lot of things."
    relations, (dropped,) = propose(text, fact("Norvia", "produces", "a lot", "makes a lot of things"))
    assert relations == []
    assert "says too little" in dropped.reason


@pytest.mark.model
def test_what_a_person_says_has_its_speaker(propose: Propose) -> None:
    text = "“Norvia makes kettles of steel and copper,” said Maria Okandor."
    (relation,), _ = propose(text, fact("Norvia", "produces", "kettles", "Norvia makes kettles"))
    assert (relation.voice, relation.speaker) == ("quotation", "Maria Okandor")


@pytest.mark.model
def test_they_become_statements_beside_those_of_the_rules(
    ask: Ask, service: StandIn, annotate: Annotate, extractor: RuleExtractor, ontology: Ontology
) -> None:
    text = "Norvia Mills Ltd plans to make kettles. Peter Lindquell brought it to life with Maria Okandor."
    annotation = annotate(text)
    service.says = lambda _: facts(
        fact("Norvia Mills Ltd", "produces", "kettles", "plans to make kettles"),
        fact("it", "founder", "Peter Lindquell", "Peter Lindquell brought it to life"),
    )
    rules = extractor.extract(annotation)
    told, relations, dropped = together(annotation, rules, ask.extractor().extract(annotation))
    found = link(told, relations, dropped, ontology)
    said = {
        (
            found.entities[s.subject].names[0].text,
            ontology.properties[s.predicate].local,
            s.stance,
            s.rule.partition(":")[0],
        )
        for s in found.statements
    }
    assert ("Norvia Mills Ltd", "founder", "asserted", "llm") in said
    assert not any(stance == "asserted" for _, name, stance, _ in said if name == "produces")


def test_a_name_that_no_annotator_found_gets_a_class_of_its_slot(ask: Ask, service: StandIn) -> None:
    plain = paragraphs("Norvia makes kettles", "Norvia makes lamps")
    relations, dropped = ask.extractor().extract(plain)
    assert {r.subject.annotator for r in relations} == {"proposer"}
    told, joined, _ = together(plain, (relations, dropped))
    assert [m.surface for m in told.mentions] == ["Norvia", "Norvia"]
    found = link(told, joined, [], ask.ontology)
    assert [entity.names[0].text for entity in found.entities if entity.names[0].text == "Norvia"] == ["Norvia"]
    # without them, the name stands for nothing
    assert link(plain, joined, [], ask.ontology).statements == ()


def test_of_two_proposers_the_first_counts(ask: Ask) -> None:
    plain = paragraphs("Norvia makes kettles")
    relations, _ = ask.extractor().extract(plain)
    rules = [replace(relations[0], stance="planned", rule="rule")]
    assert [r.rule for r in together(plain, (rules, []), (relations, []))[1]] == ["rule"]
    assert together(plain, ([], []))[0] is plain


@pytest.mark.parametrize(
    ("content", "number", "whole"),
    [
        ('{"facts": []}', 0, True),
        ("[]", 0, True),
        ('[{"a": 1}]', 0, True),
        ('<think>{"facts": [{}, {}]}</think>{"facts": []}', 0, True),
        ("<think>no end", None, None),
        ("", None, None),
        ("{" * 5000, None, None),
        ("[" * 5000, None, None),
        ('{"facts": [{"subject":"a","property":"b","object":3,"quote":"d"}, {"subj', 1, False),
        ('[1] says: {"facts": [{"subject":"a","property":"b","object":"c","quote":"d"}]} [2]', 1, True),
        ('{"facts": [' + "9" * 5000 + "]}", None, None),
    ],
)
def test_answers_are_read_however_they_are_written(content: str, number: int | None, whole: bool | None) -> None:
    answer = read_answer(content)
    assert (None if answer is None else len(answer.proposals), None if answer is None else answer.whole) == (
        number,
        whole,
    )
