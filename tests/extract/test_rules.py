"""Sentences of business prose about invented companies, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

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
Rows = Sequence[tuple[Any, ...]]

STATED: list[tuple[str, list[tuple[str, str, str]]]] = [
    # headquarters, from a place before the noun for a firm, before the firm, or in brackets
    ("The Graz brewery Norvia opened.", [("Norvia", "headquarters", "Graz")]),
    ("Norvia, a Graz brewery, opened.", [("Norvia", "headquarters", "Graz")]),
    ("The Graz brewery employs 40 people.", [("Graz brewery", "headquarters", "Graz")]),
    ("It was built by Lisbon's Quorex.", [("Quorex", "headquarters", "Lisbon")]),
    ("It was built by Quorex (Lisbon).", [("Quorex", "headquarters", "Lisbon")]),
    # kinds of goods, where the phrase asks for them
    ("Norvia makes kettles.", [("Norvia", "produces", "kettles")]),
    ("Norvia is a maker of steel cables.", [("Norvia", "produces", "steel cables")]),
    ("The cable maker Norvia opened.", [("Norvia", "produces", "cable")]),
    # what a product is said to be, and what it has
    (
        "The Tarnel 300 is a kettle that was designed by Maria Okandor.",
        [("Tarnel 300", "developedBy", "Maria Okandor")],
    ),
    ("The Tarnel 300, a kettle with a steel lid, is new.", [("Tarnel 300", "hasFeature", "steel lid")]),
    ("The Tarnel 300 is a kettle for students.", [("Tarnel 300", "targets", "students")]),
    # two that are partners, rivals
    ("Norvia and Quorex are partners.", [("Norvia", "partnerOf", "Quorex")]),
    ("Norvia and Quorex are rivals.", [("Norvia", "competesWith", "Quorex")]),
    # a noun and the name behind it, wherever the parser hung the name
    (
        "She met Maria Okandor, managing director of the kettle maker Norvia S.p.A.",
        [("Maria Okandor", "worksFor", "Norvia S.p.A.")],
    ),
    ("Maria Okandor, head of sales at Norvia, sees no slump.", [("Maria Okandor", "worksFor", "Norvia")]),
    # foundingDate, founder
    ("Norvia was founded in 2007.", [("Norvia", "foundingDate", "2007")]),
    (
        "Founded in Lisbon in 2011, Quorex makes kettles.",
        [("Quorex", "foundingDate", "2011"), ("Quorex", "headquarters", "Lisbon")],
    ),
    (
        "Peter Lindquell and Maria Okandor founded Norvia in March 2009.",
        [
            ("Norvia", "founder", "Peter Lindquell"),
            ("Norvia", "founder", "Maria Okandor"),
            ("Norvia", "foundingDate", "2009-03"),
        ],
    ),
    (
        "Norvia, founded by Peter Lindquell in 2009, is based in Graz.",
        [
            ("Norvia", "founder", "Peter Lindquell"),
            ("Norvia", "foundingDate", "2009"),
            ("Norvia", "headquarters", "Graz"),
        ],
    ),
    ("Norvia, whose founder is Peter Lindquell, grew.", [("Norvia", "founder", "Peter Lindquell")]),
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
    ("Quorex launched a sub-brand called Lumetta.", [("Quorex", "hasBrand", "Lumetta")]),
    ("Lumetta, a brand of Norvia, is popular with students.", [("Norvia", "hasBrand", "Lumetta")]),
    (
        "Norvia's brand Lumetta is popular with students.",
        [("Norvia", "hasBrand", "Lumetta"), ("Lumetta", "targets", "students")],
    ),
    # produces, launchDate, presentedAt, presentedIn
    ("Norvia manufactures the Tarnel 300.", [("Norvia", "produces", "Tarnel 300")]),
    (
        "The Tarnel 300 and the Tarnel 500 are made by Norvia.",
        [("Norvia", "produces", "Tarnel 300"), ("Norvia", "produces", "Tarnel 500")],
    ),
    (
        "The Tarnel 300, which Quorex has built since 2012, costs 290 euros.",
        [("Quorex", "produces", "Tarnel 300"), ("Tarnel 300", "price", "290 EUR")],
    ),
    ("Norvia, maker of the Tarnel 300, is based in Graz.", [("Norvia", "produces", "Tarnel 300")]),
    ("The Tarnel 300 was launched in May 2014.", [("Tarnel 300", "launchDate", "2014-05")]),
    ("The Tarnel 300 came out in March 2016.", [("Tarnel 300", "launchDate", "2016-03")]),
    ("The Tarnel 300 has been on the market since 2016.", [("Tarnel 300", "launchDate", "2016")]),
    (
        "Norvia presented the Tarnel 300 at the Graz Design Fair.",
        [("Norvia", "produces", "Tarnel 300"), ("Tarnel 300", "presentedAt", "Graz Design Fair")],
    ),
    ("The Tarnel 300 made its debut at the Graz Design Fair.", [("Tarnel 300", "presentedAt", "Graz Design Fair")]),
    ("Quorex unveiled the Tarnel 500 in Tokyo.", [("Tarnel 500", "presentedIn", "Tokyo")]),
    # receivedAward, awardedBy
    (
        "The Tarnel 500 won the Aldermere Design Award in 2018.",
        [("Tarnel 500", "receivedAward", "Aldermere Design Award")],
    ),
    ("Norvia was awarded the Aldermere Design Award.", [("Norvia", "receivedAward", "Aldermere Design Award")]),
    (
        "The Aldermere Foundation awarded Norvia the Aldermere Design Award.",
        [("Norvia", "receivedAward", "Aldermere Design Award")],
    ),
    (
        "The Aldermere Design Award, which the Aldermere Foundation gives, went to Quorex.",
        [
            ("Aldermere Design Award", "awardedBy", "Aldermere Foundation"),
            ("Quorex", "receivedAward", "Aldermere Design Award"),
        ],
    ),
    (
        "The Aldermere Design Award is awarded by the Aldermere Foundation.",
        [("Aldermere Design Award", "awardedBy", "Aldermere Foundation")],
    ),
    # partnerOf, competesWith, suppliedBy
    ("Norvia works with Quorex.", [("Norvia", "partnerOf", "Quorex")]),
    (
        "Norvia entered into a partnership with the University of Porto.",
        [("Norvia", "partnerOf", "University of Porto")],
    ),
    ("Norvia has competed with Quorex for years.", [("Norvia", "competesWith", "Quorex")]),
    ("Norvia competes with Quorex.", [("Norvia", "competesWith", "Quorex")]),
    ("Its rival Quorex sells kettles.", [("Its", "competesWith", "Quorex")]),
    ("Norvia's rival Quorex makes kettles.", [("Norvia", "competesWith", "Quorex")]),
    ("Haldorn Foundry supplies Norvia with castings.", [("Norvia", "suppliedBy", "Haldorn Foundry")]),
    ("Norvia gets its batteries from Haldorn Foundry.", [("Norvia", "suppliedBy", "Haldorn Foundry")]),
    ("The castings of the Tarnel 300 come from Haldorn Foundry.", [("Tarnel 300", "suppliedBy", "Haldorn Foundry")]),
    # developedBy
    (
        "The Tarnel 300 was developed by the University of Porto.",
        [("Tarnel 300", "developedBy", "University of Porto")],
    ),
    (
        "The Tarnel 300, designed by Peter Lindquell, costs 290 euros.",
        [("Tarnel 300", "developedBy", "Peter Lindquell"), ("Tarnel 300", "price", "290 EUR")],
    ),
    # worksFor, jobTitle
    (
        "Maria Okandor, chief executive of Quorex, lives in Porto.",
        [("Maria Okandor", "worksFor", "Quorex"), ("Maria Okandor", "jobTitle", "chief executive")],
    ),
    (
        "Norvia's chief executive, Maria Okandor, opened the plant.",
        [("Maria Okandor", "worksFor", "Norvia"), ("Maria Okandor", "jobTitle", "chief executive")],
    ),
    (
        "Maria Okandor joined Norvia in 2013 as head of design.",
        [("Maria Okandor", "worksFor", "Norvia"), ("Maria Okandor", "jobTitle", "head of design")],
    ),
    (
        "Peter Lindquell was appointed managing director of Norvia.",
        [("Peter Lindquell", "worksFor", "Norvia"), ("Peter Lindquell", "jobTitle", "managing director")],
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
    ("Peter Lindquell says that Norvia acquired Keldra Group.", [("Norvia", "acquired", "Keldra Group")]),
    ("Keldra Capital has invested in Norvia.", [("Keldra Capital", "investedIn", "Norvia")]),
    ("Keldra Capital took a stake in Norvia.", [("Keldra Capital", "investedIn", "Norvia")]),
    # sponsors, pursues, targets, hasFeature
    ("The Porto Marathon is sponsored by Quorex.", [("Quorex", "sponsors", "Porto Marathon")]),
    ("Norvia's aim is affordable heating for everyone.", [("Norvia", "pursues", "affordable heating for everyone")]),
    ("Norvia aims to cut waste.", [("Norvia", "pursues", "cut waste")]),
    ("The Tarnel 300 is aimed at young families.", [("Tarnel 300", "targets", "young families")]),
    ("The Tarnel 300 is equipped with a temperature sensor.", [("Tarnel 300", "hasFeature", "temperature sensor")]),
    ("The Tarnel 300 has a seat of recycled oak.", [("Tarnel 300", "hasFeature", "seat of recycled oak")]),
    ("The Tarnel 300 contains recycled aluminium.", [("Tarnel 300", "hasFeature", "recycled aluminium")]),
    # price, revenue, numberOfEmployees
    ("The Tarnel 300 sells for $350.", [("Tarnel 300", "price", "350 USD")]),
    (
        "Norvia has 420 employees and sales of 45 million euros.",
        [("Norvia", "numberOfEmployees", "420"), ("Norvia", "revenue", "45000000 EUR")],
    ),
    ("Norvia had sales of 45 million euros in 2019.", [("Norvia", "revenue", "45000000 EUR")]),
    ("420 people work for Norvia.", [("Norvia", "numberOfEmployees", "420")]),
    # eventDate, interviewed
    ("The Lisbon Design Week was held in June 2018.", [("Lisbon Design Week", "eventDate", "2018-06")]),
    ("Maria Okandor was interviewed by Clara Benning.", [("Clara Benning", "interviewed", "Maria Okandor")]),
    ("Norvia was founded in 2007: what came next?", [("Norvia", "foundingDate", "2007")]),
]

NOT_STATED: list[tuple[str, tuple[str, str, str], str]] = [
    # What fills a slot is denied.
    ("Norvia was set up in 1926, not in 1912.", ("Norvia", "foundingDate", "1912"), "denied"),
    (
        "Norvia is the sponsor of neither the Graz Marathon nor the Linz Marathon.",
        ("Norvia", "sponsors", "Graz Marathon"),
        "denied",
    ),
    ("Norvia is based not in Lyon but in Graz.", ("Norvia", "headquarters", "Lyon"), "denied"),
    # It lies ahead of the document's date (10 May 2021).
    ("The Tarnel 300 goes on sale in November 2021.", ("Tarnel 300", "launchDate", "2021-11"), "planned"),
    # What was so is over.
    ("Norvia's alliance with Keldra Group has been terminated.", ("Norvia", "partnerOf", "Keldra Group"), "denied"),
    ("The partnership between Norvia and Quorex ended in 2019.", ("Norvia", "partnerOf", "Quorex"), "denied"),
    ("Until 2021 Norvia was part of Keldra Group.", ("Norvia", "parentOrganization", "Keldra Group"), "denied"),
    # It was expected, forbidden, claimed.
    ("Norvia had been tipped to buy Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    (
        "That Maria Okandor holds a stake in Norvia, as a blog claimed, is untrue.",
        ("Maria Okandor", "investedIn", "Norvia"),
        "denied",
    ),
    # What is yet to be launched is not its own yet.
    ("Norvia will launch its kettle Brenka.", ("Norvia", "produces", "Brenka"), "planned"),
    ("Norvia did not acquire Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "denied"),
    ("Norvia has never operated in Norway.", ("Norvia", "operatesIn", "Norway"), "denied"),
    ("Norvia no longer owns Keldra Group.", ("Keldra Group", "parentOrganization", "Norvia"), "denied"),
    ("Quorex neither makes nor sells the Tarnel 300.", ("Quorex", "produces", "Tarnel 300"), "denied"),
    ("Neither Norvia nor Quorex operates in Norway.", ("Quorex", "operatesIn", "Norway"), "denied"),
    ("Norvia denies having acquired Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "denied"),
    ("Norvia failed to buy Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "denied"),
    ("Norvia refused to sponsor the Graz Marathon.", ("Norvia", "sponsors", "Graz Marathon"), "denied"),
    ("Before that, Maria Okandor worked for Norvia.", ("Maria Okandor", "worksFor", "Norvia"), "denied"),
    ("Norvia used to own Keldra Group.", ("Keldra Group", "parentOrganization", "Norvia"), "denied"),
    ("Norvia is likely to buy Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    ("Maria Okandor worked for Norvia until 2015.", ("Maria Okandor", "worksFor", "Norvia"), "denied"),
    ("Maria Okandor, former chief executive of Quorex, left.", ("Maria Okandor", "worksFor", "Quorex"), "denied"),
    (
        "Maria Okandor, former chief executive of Quorex, left.",
        ("Maria Okandor", "jobTitle", "chief executive"),
        "denied",
    ),
    ("Maria Okandor is no longer chief executive of Norvia.", ("Maria Okandor", "worksFor", "Norvia"), "denied"),
    ("Maria Okandor was chief executive of Norvia until 2019.", ("Maria Okandor", "worksFor", "Norvia"), "denied"),
    ("Former Norvia chief executive Maria Okandor left.", ("Maria Okandor", "worksFor", "Norvia"), "denied"),
    ("Without buying Keldra Group, Norvia grew.", ("Norvia", "acquired", "Keldra Group"), "denied"),
    ("Norvia plans to acquire Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    ("Norvia hopes to acquire Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    ("Norvia hoped to sponsor the Graz Marathon.", ("Norvia", "sponsors", "Graz Marathon"), "planned"),
    ("Norvia will acquire Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    ("Norvia is going to acquire Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    ("Norvia agreed to buy Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    ("Norvia tried to buy Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    ("Analysts expect Norvia to acquire Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "planned"),
    ("The Tarnel 300 will be launched in 2023.", ("Tarnel 300", "launchDate", "2023"), "planned"),
    ("Norvia wants to open a shop in Madrid.", ("Norvia", "operatesIn", "Madrid"), "planned"),
    (
        "The planned acquisition of Brightholm Ltd by Norvia worries Quorex.",
        ("Norvia", "acquired", "Brightholm Ltd"),
        "planned",
    ),
    (
        "Norvia launched the Tarnel 300 to win the Aldermere Design Award.",
        ("Norvia", "receivedAward", "Aldermere Design Award"),
        "planned",
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
    ("According to rumours, Norvia bought Keldra Group.", ("Norvia", "acquired", "Keldra Group"), "reported"),
    ("Has Norvia acquired Keldra Group?", ("Norvia", "acquired", "Keldra Group"), "asked"),
    ("Does Norvia operate in Norway?", ("Norvia", "operatesIn", "Norway"), "asked"),
]

WRONG: list[tuple[str, tuple[str, str, str]]] = [
    ("Brightholm Ltd was bought by Norvia.", ("Brightholm Ltd", "acquired", "Norvia")),
    ("Norvia's acquisition of Keldra Group ended a dispute.", ("Keldra Group", "acquired", "Norvia")),
    ("Norvia has completed its acquisition of Keldra Group.", ("Keldra Group", "acquired", "its")),
    ("Brightholm Ltd is a subsidiary of Keldra Group.", ("Keldra Group", "parentOrganization", "Brightholm Ltd")),
    ("Maria Okandor visited Norvia in Graz.", ("Maria Okandor", "worksFor", "Norvia")),
    ("Norvia was praised by Peter Lindquell.", ("Norvia", "founder", "Peter Lindquell")),
    ("Norvia grew after Quorex had been founded in 2007.", ("Norvia", "foundingDate", "2007")),
    ("Norvia refused plans to open an office in Oslo.", ("Norvia", "operatesIn", "Oslo")),
    ("Norvia competes with Quorex, which is based in Oslo.", ("Norvia", "headquarters", "Oslo")),
    ("Haldorn Foundry supplies Norvia with castings.", ("Haldorn Foundry", "suppliedBy", "Norvia")),
]

MISREAD: list[tuple[str, tuple[str, str, str]]] = [
    ("Quorex CEO Maria Okandor opened the shop.", ("Maria Okandor", "worksFor", "Quorex")),
    (
        "With 420 employees, Norvia is the largest mill in the region.",
        ("Norvia", "numberOfEmployees", "420"),
    ),
]

KNOWN_BUGS = {
    ("Former Norvia chief executive Maria Okandor left.", "worksFor"): "an adjective of the post is not looked at",
    ("Quorex CEO Maria Okandor opened the shop.", "worksFor"): "the employer hangs on the post, not on the name",
}


def cases(rows: Rows) -> list[Any]:
    """The rows of a table for `parametrize`; those of known bugs are expected to fail."""
    return [
        pytest.param(
            *row,
            marks=[pytest.mark.xfail(strict=True, reason=KNOWN_BUGS[row[0], row[1][1]])]
            if (row[0], row[1][1]) in KNOWN_BUGS
            else [],
        )
        for row in rows
    ]


SENTENCES: list[str] = sorted({row[0] for table in (STATED, NOT_STATED, WRONG, MISREAD) for row in cast("Rows", table)})


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


@pytest.mark.parametrize(("text", "triple", "stance"), cases(NOT_STATED))
def test_what_a_sentence_does_not_state(sayings: Sayings, text: str, triple: tuple[str, str, str], stance: str) -> None:
    assert {said[3] for said in sayings(text) if said[:3] == triple} == {stance}


@pytest.mark.parametrize(("text", "triple"), cases(WRONG))
def test_what_a_sentence_does_not_say(sayings: Sayings, text: str, triple: tuple[str, str, str]) -> None:
    assert triple not in {said[:3] for said in sayings(text) if said[3] == "asserted"}


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        # The longer wording counts, not a part of it.
        ("Norvia has its head office in Graz.", ("Norvia", "operatesIn", "Graz")),
        # A bare noun is no kind of goods where the phrase does not ask for one, or where it means something else.
        ("Norvia launched kettles.", ("Norvia", "produces", "kettles")),
        ("Norvia makes sense.", ("Norvia", "produces", "sense")),
        # A phrase that means a person is no technology, one that means a thing is no audience.
        ("The Tarnel 300 uses students.", ("Tarnel 300", "hasFeature", "students")),
        ("The Tarnel 300 is aimed at cables.", ("Tarnel 300", "targets", "cables")),
    ],
)
def test_what_is_not_taken(sayings: Sayings, text: str, triple: tuple[str, str, str]) -> None:
    assert triple not in {said[:3] for said in sayings(text)}


def test_the_table_covers_every_property(ontology: Ontology) -> None:
    stated = {triple[1] for _, triples in STATED for triple in triples}
    assert stated == {prop.local for prop in ontology.properties.values()}


@pytest.mark.parametrize(("text", "triple"), cases(MISREAD))
def test_readings_of_the_parser_that_hide_a_statement(
    sayings: Sayings, text: str, triple: tuple[str, str, str]
) -> None:
    assert (*triple, "asserted") in sayings(text)


def test_an_answer_is_said_by_its_speaker(annotate: Annotate, extractor: RuleExtractor) -> None:
    text = "Clara Benning: When did you start?\n\nMaria Okandor: Norvia was founded in 2009.\n\n"
    text += "Clara Benning: And who designed the Tarnel 300?\n\nMaria Okandor: Peter Lindquell designed the Tarnel 300."
    relations, _ = extractor.extract(annotate(text))
    founded = next(r for r in relations if r.predicate.endswith("#foundingDate"))
    assert (founded.voice, founded.speaker) == ("answer", "Maria Okandor")


def test_a_question_states_nothing(annotate: Annotate, extractor: RuleExtractor) -> None:
    text = "Q: Was Norvia founded in 2009?\n\nA: No.\n\nQ: Does Norvia sell the Tarnel 300?\n\nA: Not yet."
    relations, _ = extractor.extract(annotate(text))
    assert {r.stance for r in relations} == {"asked"}
    assert {r.voice for r in relations} == {"question"}


def test_a_quotation_is_said_by_who_says_it(annotate: Annotate, extractor: RuleExtractor) -> None:
    relations, _ = extractor.extract(annotate("“We founded Norvia in 2009 in a small barn,” said Maria Okandor."))
    assert {(r.voice, r.speaker) for r in relations} == {("quotation", "Maria Okandor")}
    assert ("Norvia", "founder", "We", "asserted") in {shape(r) for r in relations}


def test_what_stands_outside_of_quotation_marks_is_narration(annotate: Annotate, extractor: RuleExtractor) -> None:
    relations, _ = extractor.extract(annotate("Norvia was founded in 2009, said Maria Okandor."))
    assert {(r.voice, r.speaker) for r in relations} == {("narration", None)}


def test_a_relation_is_found_once(annotate: Annotate, extractor: RuleExtractor) -> None:
    relations, _ = extractor.extract(annotate("Norvia, founded by Peter Lindquell in 2009, is based in Graz."))
    keys = [(r.subject.span, r.predicate, r.object.span) for r in relations]
    assert len(keys) == len(set(keys))


def test_relations_are_sorted_by_their_evidence(annotate: Annotate, extractor: RuleExtractor) -> None:
    relations, _ = extractor.extract(annotate(" ".join(SENTENCES[:12])))
    spans = [r.evidence.span for r in relations]
    assert spans == sorted(spans)


def test_confidence_is_lower_for_wordings_without_a_word_of_their_own(
    annotate: Annotate, extractor: RuleExtractor
) -> None:
    relations, _ = extractor.extract(annotate("Maria Okandor, chief executive of Quorex, works for Norvia."))
    by_rule = {r.predicate.rpartition("#")[2]: r.confidence for r in relations if r.subject.surface == "Maria Okandor"}
    assert by_rule["jobTitle"] < by_rule["worksFor"] <= 1


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


def test_nouns_that_are_no_mentions_are_told_as_dropped(annotate: Annotate, extractor: RuleExtractor) -> None:
    _, dropped = extractor.extract(annotate("Quorex makes a lot. The Quorex 5 costs a fortune."))
    assert {(d.subject, d.object, d.reason) for d in dropped} >= {
        ("Quorex", "lot", "the object says too little to be a thing"),
        ("Quorex 5", "fortune", "the object is not read as an amount of money"),
    }
