"""Sentences of business prose about invented companies, and what they say."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import EXTRACTORS, RuleExtractor
from kg.model import Annotation, Dropped, Relation
from kg.ontology import Ontology

pytestmark = pytest.mark.model

Annotate = Callable[[str], Annotation]
Said = tuple[str, str, str, str]
Sayings = Callable[[str], set[Said]]

bug = partial(pytest.mark.xfail, strict=True)

STATED: list[tuple[str, list[tuple[str, str, str]]]] = [
    # foundingDate, founder
    ("Norvia was founded in 2007.", [("Norvia", "foundingDate", "2007")]),
    (
        "Founded in Lisbon in 2011, Quorex makes kettles.",
        [("Quorex", "foundingDate", "2011"), ("Quorex", "headquarters", "Lisbon")],
    ),
    (
        "Peter Lindqvist and Maria Okafor founded Norvia in March 2009.",
        [
            ("Norvia", "founder", "Peter Lindqvist"),
            ("Norvia", "founder", "Maria Okafor"),
            ("Norvia", "foundingDate", "2009-03"),
        ],
    ),
    (
        "Norvia, founded by Peter Lindqvist in 2009, is based in Graz.",
        [
            ("Norvia", "founder", "Peter Lindqvist"),
            ("Norvia", "foundingDate", "2009"),
            ("Norvia", "headquarters", "Graz"),
        ],
    ),
    ("Norvia, whose founder is Peter Lindqvist, grew.", [("Norvia", "founder", "Peter Lindqvist")]),
    # headquarters, locatedIn, operatesIn
    ("Quorex GmbH has its head office in Vienna.", [("Quorex GmbH", "headquarters", "Vienna")]),
    ("The Lisbon-based brewery Quorex grew last year.", [("Quorex", "headquarters", "Lisbon")]),
    ("The Lisbon Design Week takes place in Lisbon.", [("Lisbon Design Week", "locatedIn", "Lisbon")]),
    ("The Graz Design Fair, held in Graz, draws 9,000 visitors.", [("Graz Design Fair", "locatedIn", "Graz")]),
    (
        "Norvia is active in Chile, Peru and Bolivia.",
        [("Norvia", "operatesIn", "Chile"), ("Norvia", "operatesIn", "Peru"), ("Norvia", "operatesIn", "Bolivia")],
    ),
    ("Norvia has shops in Madrid.", [("Norvia", "operatesIn", "Madrid")]),
    ("Norvia expanded into Norway in 2017.", [("Norvia", "operatesIn", "Norway")]),
    (
        "Norvia, Quorex and Brightholm Ltd operate in Norway.",
        [
            ("Norvia", "operatesIn", "Norway"),
            ("Quorex", "operatesIn", "Norway"),
            ("Brightholm Ltd", "operatesIn", "Norway"),
        ],
    ),
    # parentOrganization, hasBrand
    ("Brightholm Ltd is a subsidiary of Keldra Group.", [("Brightholm Ltd", "parentOrganization", "Keldra Group")]),
    (
        "The brewery Quorex, headquartered in Vienna, belongs to Keldra Group.",
        [("Quorex", "parentOrganization", "Keldra Group"), ("Quorex", "headquarters", "Vienna")],
    ),
    ("Keldra Group owns Brightholm Ltd today.", [("Brightholm Ltd", "parentOrganization", "Keldra Group")]),
    ("Lumo, a brand of Norvia, is popular with students.", [("Norvia", "hasBrand", "Lumo")]),
    (
        "Norvia's brand Lumo is popular with students.",
        [("Norvia", "hasBrand", "Lumo"), ("Lumo", "targets", "students")],
    ),
    # produces, launchDate, presentedAt, presentedIn
    ("Norvia manufactures the Tarn 300.", [("Norvia", "produces", "Tarn 300")]),
    (
        "The Tarn 300 and the Tarn 500 are made by Norvia.",
        [("Norvia", "produces", "Tarn 300"), ("Norvia", "produces", "Tarn 500")],
    ),
    (
        "The Tarn 300, which Quorex has built since 2012, costs 290 euros.",
        [("Quorex", "produces", "Tarn 300"), ("Tarn 300", "price", "290 EUR")],
    ),
    ("Norvia, maker of the Tarn 300, is based in Graz.", [("Norvia", "produces", "Tarn 300")]),
    ("The Tarn 300 was launched in May 2014.", [("Tarn 300", "launchDate", "2014-05")]),
    ("The Tarn 300 came out in March 2016.", [("Tarn 300", "launchDate", "2016-03")]),
    ("The Tarn 300 has been on the market since 2016.", [("Tarn 300", "launchDate", "2016")]),
    (
        "Norvia presented the Tarn 300 at the Graz Design Fair.",
        [("Norvia", "produces", "Tarn 300"), ("Tarn 300", "presentedAt", "Graz Design Fair")],
    ),
    ("The Tarn 300 made its debut at the Graz Design Fair.", [("Tarn 300", "presentedAt", "Graz Design Fair")]),
    ("Quorex unveiled the Tarn 500 in Tokyo.", [("Tarn 500", "presentedIn", "Tokyo")]),
    # receivedAward, awardedBy
    ("The Tarn 500 won the Alder Design Award in 2018.", [("Tarn 500", "receivedAward", "Alder Design Award")]),
    ("Norvia was awarded the Alder Design Award.", [("Norvia", "receivedAward", "Alder Design Award")]),
    (
        "The Alder Design Award, which the Alder Foundation gives, went to Quorex.",
        [
            ("Alder Design Award", "awardedBy", "Alder Foundation"),
            ("Quorex", "receivedAward", "Alder Design Award"),
        ],
    ),
    (
        "The Alder Design Award is awarded by the Alder Foundation.",
        [("Alder Design Award", "awardedBy", "Alder Foundation")],
    ),
    # partnerOf, competesWith, suppliedBy
    ("Norvia works with Quorex.", [("Norvia", "partnerOf", "Quorex")]),
    (
        "Norvia entered into a partnership with the University of Porto.",
        [("Norvia", "partnerOf", "University of Porto")],
    ),
    ("Norvia has competed with Quorex for years.", [("Norvia", "competesWith", "Quorex")]),
    ("Norvia's rival Quorex makes kettles.", [("Norvia", "competesWith", "Quorex")]),
    ("Halden Foundry supplies Norvia with castings.", [("Norvia", "suppliedBy", "Halden Foundry")]),
    ("Norvia gets its batteries from Halden Foundry.", [("Norvia", "suppliedBy", "Halden Foundry")]),
    ("The castings of the Tarn 300 come from Halden Foundry.", [("Tarn 300", "suppliedBy", "Halden Foundry")]),
    # developedBy
    ("The Tarn 300 was developed by the University of Porto.", [("Tarn 300", "developedBy", "University of Porto")]),
    (
        "The Tarn 300, designed by Peter Lindqvist, costs 290 euros.",
        [("Tarn 300", "developedBy", "Peter Lindqvist"), ("Tarn 300", "price", "290 EUR")],
    ),
    # worksFor, jobTitle
    (
        "Maria Okafor, chief executive of Quorex, lives in Porto.",
        [("Maria Okafor", "worksFor", "Quorex"), ("Maria Okafor", "jobTitle", "chief executive")],
    ),
    (
        "Norvia's chief executive, Maria Okafor, opened the plant.",
        [("Maria Okafor", "worksFor", "Norvia"), ("Maria Okafor", "jobTitle", "chief executive")],
    ),
    (
        "Maria Okafor joined Norvia in 2013 as head of design.",
        [("Maria Okafor", "worksFor", "Norvia"), ("Maria Okafor", "jobTitle", "head of design")],
    ),
    (
        "Peter Lindqvist was appointed managing director of Norvia.",
        [("Peter Lindqvist", "worksFor", "Norvia"), ("Peter Lindqvist", "jobTitle", "managing director")],
    ),
    # acquired, investedIn
    ("Norvia acquired Brightholm Ltd in 2016.", [("Norvia", "acquired", "Brightholm Ltd")]),
    (
        "Norvia, which took over Brightholm Ltd in 2016, employs 420 people.",
        [("Norvia", "acquired", "Brightholm Ltd"), ("Norvia", "numberOfEmployees", "420")],
    ),
    ("Brightholm Ltd was sold to Norvia.", [("Norvia", "acquired", "Brightholm Ltd")]),
    ("The acquisition of Brightholm Ltd by Norvia ended in 2016.", [("Norvia", "acquired", "Brightholm Ltd")]),
    ("Norvia not only acquired Brightholm Ltd but also grew.", [("Norvia", "acquired", "Brightholm Ltd")]),
    ("Peter Lindqvist says that Norvia acquired Keldra Group.", [("Norvia", "acquired", "Keldra Group")]),
    ("Keldra Capital has invested in Norvia.", [("Keldra Capital", "investedIn", "Norvia")]),
    ("Keldra Capital took a stake in Norvia.", [("Keldra Capital", "investedIn", "Norvia")]),
    # sponsors, pursues, targets, hasFeature
    ("The Porto Marathon is sponsored by Quorex.", [("Quorex", "sponsors", "Porto Marathon")]),
    ("Norvia's aim is affordable heating for everyone.", [("Norvia", "pursues", "affordable heating for everyone")]),
    ("Norvia aims to cut waste.", [("Norvia", "pursues", "cut waste")]),
    ("The Tarn 300 is aimed at young families.", [("Tarn 300", "targets", "young families")]),
    ("The Tarn 300 is equipped with a temperature sensor.", [("Tarn 300", "hasFeature", "temperature sensor")]),
    ("The Tarn 300 contains recycled aluminium.", [("Tarn 300", "hasFeature", "recycled aluminium")]),
    # price, revenue, numberOfEmployees
    ("The Tarn 300 sells for $350.", [("Tarn 300", "price", "350 USD")]),
    (
        "Norvia has 420 employees and sales of 45 million euros.",
        [("Norvia", "numberOfEmployees", "420"), ("Norvia", "revenue", "45000000 EUR")],
    ),
    ("Norvia had sales of 45 million euros in 2019.", [("Norvia", "revenue", "45000000 EUR")]),
    ("420 people work for Norvia.", [("Norvia", "numberOfEmployees", "420")]),
    # eventDate, interviewed
    ("The Lisbon Design Week was held in June 2018.", [("Lisbon Design Week", "eventDate", "2018-06")]),
    ("Maria Okafor was interviewed by Clara Benning.", [("Clara Benning", "interviewed", "Maria Okafor")]),
    ("Norvia was founded in 2007: what came next?", [("Norvia", "foundingDate", "2007")]),
]

NOT_STATED: list[tuple[str, tuple[str, str, str], str]] = [
    ("Norvia did not acquire Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "denied"),
    ("Norvia has never operated in Norway.", ("Norvia", "operatesIn", "Norway"), "denied"),
    ("Norvia no longer owns Keldra Group.", ("Keldra Group", "parentOrganization", "Norvia"), "denied"),
    ("Quorex neither makes nor sells the Tarn 300.", ("Quorex", "produces", "Tarn 300"), "denied"),
    ("Neither Norvia nor Quorex operates in Norway.", ("Quorex", "operatesIn", "Norway"), "denied"),
    ("Norvia denies having acquired Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "denied"),
    ("Norvia failed to buy Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "denied"),
    ("Norvia refused to sponsor the Graz Marathon.", ("Norvia", "sponsors", "Graz Marathon"), "denied"),
    ("Before that, Maria Okafor worked for Norvia.", ("Maria Okafor", "worksFor", "Norvia"), "denied"),
    ("Maria Okafor worked for Norvia until 2015.", ("Maria Okafor", "worksFor", "Norvia"), "denied"),
    pytest.param(
        "Maria Okafor, former chief executive of Quorex, left.",
        ("Maria Okafor", "worksFor", "Quorex"),
        "denied",
        marks=bug(reason="an adjective of the post in apposition is not looked at"),
    ),
    (
        "Maria Okafor, former chief executive of Quorex, left.",
        ("Maria Okafor", "jobTitle", "chief executive"),
        "denied",
    ),
    ("Maria Okafor is no longer chief executive of Norvia.", ("Maria Okafor", "worksFor", "Norvia"), "denied"),
    ("Maria Okafor was chief executive of Norvia until 2019.", ("Maria Okafor", "worksFor", "Norvia"), "denied"),
    pytest.param(
        "Former Norvia chief executive Maria Okafor left.",
        ("Maria Okafor", "worksFor", "Norvia"),
        "denied",
        marks=bug(reason="an adjective before an employer and a post is not looked at"),
    ),
    pytest.param(
        "Without buying Keldra Group, Norvia grew.",
        ("Norvia", "acquired", "Keldra Group"),
        "denied",
        marks=bug(reason="a gerund behind without is stated"),
    ),
    ("Norvia plans to acquire Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    pytest.param(
        "Norvia hopes to acquire Keldra Group.",
        ("Norvia", "acquired", "Keldra Group"),
        "planned",
        marks=bug(reason="the lemma of hopes is hop"),
    ),
    pytest.param(
        "Norvia hoped to sponsor the Graz Marathon.",
        ("Norvia", "sponsors", "Graz Marathon"),
        "planned",
        marks=bug(reason="the lemma of hoped is hop"),
    ),
    ("Norvia will acquire Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    ("Norvia is going to acquire Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    ("Norvia agreed to buy Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    ("Norvia tried to buy Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    ("Analysts expect Norvia to acquire Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    ("The Tarn 300 will be launched in 2023.", ("Tarn 300", "launchDate", "2023"), "planned"),
    ("Norvia wants to open a shop in Madrid.", ("Norvia", "operatesIn", "Madrid"), "planned"),
    (
        "The planned acquisition of Brightholm Ltd by Norvia worries Quorex.",
        ("Norvia", "acquired", "Brightholm Ltd"),
        "planned",
    ),
    pytest.param(
        "Norvia launched the Tarn 300 to win the Alder Design Award.",
        ("Norvia", "receivedAward", "Alder Design Award"),
        "planned",
        marks=bug(reason="a purpose that the parser hangs on the verb as its complement is stated"),
    ),
    ("Norvia bought Quorex and will acquire Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    ("Norvia may acquire Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "possible"),
    ("Norvia would acquire Keldra Group to grow.", ("Norvia", "acquired", "Keldra Group"), "possible"),
    ("If Norvia acquires Keldra Group, prices will rise.", ("Norvia", "acquired", "Keldra Group"), "possible"),
    ("Observers say that Norvia acquired Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "reported"),
    ("Norvia is said to have acquired Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "reported"),
    ("Norvia has reportedly acquired Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "reported"),
    ("It is rumoured that Norvia bought Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "reported"),
    ("There are rumours that Norvia has bought Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "reported"),
    pytest.param(
        "According to rumours, Norvia bought Keldra Group.",
        ("Norvia", "acquired", "Keldra Group"),
        "reported",
        marks=bug(reason="the source of a report is not looked at"),
    ),
    ("Has Norvia acquired Keldra Group?", ("Norvia", "acquired", "Keldra Group"), "asked"),
    ("Does Norvia operate in Norway?", ("Norvia", "operatesIn", "Norway"), "asked"),
]

WRONG: list[tuple[str, tuple[str, str, str]]] = [
    ("Brightholm Ltd was bought by Norvia.", ("Brightholm Ltd", "acquired", "Norvia")),
    pytest.param(
        "Norvia's acquisition of Keldra Group ended a dispute.",
        ("Keldra Group", "acquired", "Norvia"),
        marks=bug(reason="owner and object of an event have one role"),
    ),
    pytest.param(
        "Norvia has completed its acquisition of Keldra Group.",
        ("Keldra Group", "acquired", "its"),
        marks=bug(reason="owner and object of an event have one role"),
    ),
    ("Brightholm Ltd is a subsidiary of Keldra Group.", ("Keldra Group", "parentOrganization", "Brightholm Ltd")),
    ("Maria Okafor visited Norvia in Graz.", ("Maria Okafor", "worksFor", "Norvia")),
    ("Norvia was praised by Peter Lindqvist.", ("Norvia", "founder", "Peter Lindqvist")),
    ("Norvia grew after Quorex had been founded in 2007.", ("Norvia", "foundingDate", "2007")),
    ("Norvia refused plans to open an office in Oslo.", ("Norvia", "operatesIn", "Oslo")),
    ("Norvia competes with Quorex, which is based in Oslo.", ("Norvia", "headquarters", "Oslo")),
    ("Halden Foundry supplies Norvia with castings.", ("Halden Foundry", "suppliedBy", "Norvia")),
]

SENTENCES = sorted(
    {str(tuple(row.values if isinstance(row, ParameterSet) else row)[0]) for row in (*STATED, *NOT_STATED, *WRONG)}
)


def shape(relation: Relation) -> Said:
    value = relation.object.value
    obj = value.lexical if value else relation.object.surface
    subject, obj = (
        side.removesuffix(".") if side.endswith("Ltd.") else side for side in (relation.subject.surface, obj)
    )
    return subject, relation.predicate.rpartition("#")[2], obj, relation.stance


@pytest.fixture(scope="session")
def sayings(annotate: Annotate, extractor: RuleExtractor) -> Sayings:
    """What a text says, as (subject, property, object, stance)."""

    def run(text: str) -> set[Said]:
        return {shape(relation) for relation in extractor.extract(annotate(text))[0]}

    return run


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_what_a_sentence_states(sayings: Sayings, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert {(*triple, "asserted") for triple in expected} <= sayings(text)


@pytest.mark.parametrize(("text", "triple", "stance"), NOT_STATED)
def test_what_a_sentence_does_not_state(sayings: Sayings, text: str, triple: tuple[str, str, str], stance: str) -> None:
    assert {said[3] for said in sayings(text) if said[:3] == triple} == {stance}


@pytest.mark.parametrize(("text", "triple"), WRONG)
def test_what_a_sentence_does_not_say(sayings: Sayings, text: str, triple: tuple[str, str, str]) -> None:
    assert triple not in {said[:3] for said in sayings(text) if said[3] == "asserted"}


def test_the_table_covers_every_property(ontology: Ontology) -> None:
    stated = {triple[1] for _, triples in STATED for triple in triples}
    assert stated == {prop.local for prop in ontology.properties.values()}


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Norvia competes with Quorex.", ("Norvia", "competesWith", "Quorex")),
        ("Quorex launched a sub-brand called Lumo.", ("Quorex", "hasBrand", "Lumo")),
        ("Its rival Quorex sells kettles.", ("Its", "competesWith", "Quorex")),
        ("Quorex CEO Maria Okafor opened the shop.", ("Maria Okafor", "worksFor", "Quorex")),
        (
            "With 420 employees, Norvia is the largest mill in the region.",
            ("Norvia", "numberOfEmployees", "420"),
        ),
        (
            "The Alder Foundation awarded Norvia the Alder Design Award.",
            ("Norvia", "receivedAward", "Alder Design Award"),
        ),
    ],
)
def test_readings_of_the_parser_that_hide_a_statement(
    sayings: Sayings, text: str, triple: tuple[str, str, str]
) -> None:
    assert (*triple, "asserted") in sayings(text)


def test_a_statement_has_the_time_of_its_clause(annotate: Annotate, extractor: RuleExtractor) -> None:
    relations, _ = extractor.extract(annotate("Norvia acquired Brightholm Ltd in March 2016."))
    bought = next(r for r in relations if r.predicate.endswith("#acquired"))
    assert bought.time is not None
    assert bought.time.lexical == "2016-03"


def test_a_founding_date_has_no_time_beside_it(annotate: Annotate, extractor: RuleExtractor) -> None:
    relations, _ = extractor.extract(annotate("Norvia was founded in 2007."))
    assert [r.time for r in relations if r.predicate.endswith("#foundingDate")] == [None]


def test_an_answer_is_said_by_its_speaker(annotate: Annotate, extractor: RuleExtractor) -> None:
    text = "Clara Benning: When did you start?\n\nMaria Okafor: Norvia was founded in 2009.\n\n"
    text += "Clara Benning: And who designed the Tarn 300?\n\nMaria Okafor: Peter Lindqvist designed the Tarn 300."
    relations, _ = extractor.extract(annotate(text))
    founded = next(r for r in relations if r.predicate.endswith("#foundingDate"))
    assert (founded.voice, founded.speaker) == ("answer", "Maria Okafor")


def test_a_question_states_nothing(annotate: Annotate, extractor: RuleExtractor) -> None:
    text = "Q: Was Norvia founded in 2009?\n\nA: No.\n\nQ: Does Norvia sell the Tarn 300?\n\nA: Not yet."
    relations, _ = extractor.extract(annotate(text))
    assert {r.stance for r in relations} == {"asked"}
    assert {r.voice for r in relations} == {"question"}


def test_a_quotation_is_said_by_who_says_it(annotate: Annotate, extractor: RuleExtractor) -> None:
    relations, _ = extractor.extract(annotate("“We founded Norvia in 2009 in a small barn,” said Maria Okafor."))
    assert {(r.voice, r.speaker) for r in relations} == {("quotation", "Maria Okafor")}
    assert ("Norvia", "founder", "We", "asserted") in {shape(r) for r in relations}


def test_what_stands_outside_of_quotation_marks_is_narration(annotate: Annotate, extractor: RuleExtractor) -> None:
    relations, _ = extractor.extract(annotate("Norvia was founded in 2009, said Maria Okafor."))
    assert {(r.voice, r.speaker) for r in relations} == {("narration", None)}


def test_a_relation_is_found_once(annotate: Annotate, extractor: RuleExtractor) -> None:
    relations, _ = extractor.extract(annotate("Norvia, founded by Peter Lindqvist in 2009, is based in Graz."))
    keys = [(r.subject.span, r.predicate, r.object.span) for r in relations]
    assert len(keys) == len(set(keys))


def test_relations_are_sorted_by_their_evidence(annotate: Annotate, extractor: RuleExtractor) -> None:
    relations, _ = extractor.extract(annotate(" ".join(SENTENCES[:12])))
    spans = [r.evidence.span for r in relations]
    assert spans == sorted(spans)


def test_confidence_is_lower_for_wordings_without_a_word_of_their_own(
    annotate: Annotate, extractor: RuleExtractor
) -> None:
    relations, _ = extractor.extract(annotate("Maria Okafor, chief executive of Quorex, works for Norvia."))
    by_rule = {r.predicate.rpartition("#")[2]: r.confidence for r in relations if r.subject.surface == "Maria Okafor"}
    assert by_rule["jobTitle"] < by_rule["worksFor"] <= 1


def test_a_description_where_a_name_is_asked_for_is_dropped_with_the_reason(
    annotate: Annotate, extractor: RuleExtractor, ontology: Ontology
) -> None:
    text = "A new kettle maker was founded in 2007."
    relations, dropped = extractor.extract(annotate(text))
    assert relations == []
    found = next(d for d in dropped if ontology.properties[d.predicate].local == "foundingDate")
    assert (found.subject, found.object, found.reason) == (
        "kettle maker",
        "2007",
        "a descriptive phrase where a name is asked for",
    )
    assert found.evidence.quote in text


def test_nothing_is_found_where_nothing_is_said(annotate: Annotate, extractor: RuleExtractor) -> None:
    for text in ("", "\n\n", "It rained all day.", "!!! ???", "Norvia."):
        assert extractor.extract(annotate(text)) == ([], [])


def test_the_built_in_extractor_is_this_one(extractor: RuleExtractor) -> None:
    assert EXTRACTORS["rules"] is RuleExtractor
    assert extractor.version


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_evidence_stands_in_the_text_and_in_its_sentence(
    annotate: Annotate, extractor: RuleExtractor, data: st.DataObject
) -> None:
    sentences = data.draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
    gaps = data.draw(
        st.lists(st.sampled_from([" ", "\n", "\n\n", "  "]), min_size=len(sentences), max_size=len(sentences))
    )
    text = "".join(sentence + gap for sentence, gap in zip(sentences, gaps, strict=True))
    annotation = annotate(text)
    relations, dropped = extractor.extract(annotation)
    found: list[Relation | Dropped] = [*relations, *dropped]
    for item in found:
        assert item.evidence.quote
        assert item.evidence.quote == item.evidence.span.of(text)
        assert item.evidence.span in item.evidence.sentence
        assert item.evidence.sentence in annotation.sentences
    for relation in relations:
        for mention in (relation.subject, relation.object):
            assert mention.surface == mention.span.of(text)
            assert mention.span in relation.evidence.span
        assert 0 < relation.confidence <= 1


@settings(max_examples=10, deadline=None)
@given(order=st.permutations(range(6)))
def test_paragraphs_do_not_depend_on_their_neighbours(
    annotate: Annotate, extractor: RuleExtractor, order: list[int]
) -> None:
    chosen = ["Norvia acquired Brightholm Ltd in 2016.", *(text for text, _ in STATED[20:25])]
    alone = sorted(shape(r) for text in chosen for r in extractor.extract(annotate(text))[0])
    text = "\n\n".join(chosen[n] for n in order)
    assert sorted(shape(r) for r in extractor.extract(annotate(text))[0]) == alone


@settings(max_examples=5, deadline=None)
@given(sentences=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
def test_the_same_text_gives_the_same_relations(
    annotate: Annotate, extractor: RuleExtractor, sentences: list[str]
) -> None:
    text = " ".join(sentences)
    assert extractor.extract(annotate(text)) == extractor.extract(annotate(text))
