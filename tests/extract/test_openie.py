"""Open clauses, at least one test for each construction, on what the language model makes of a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.annotate import Annotator
from kg.extract.openie import Clause, clauses
from kg.extract.propositions import propositions

pytestmark = pytest.mark.model

Found = Callable[[str], tuple[Clause, ...]]
Said = Callable[[str], list[str]]


@pytest.fixture(scope="session")
def found(annotator: Annotator) -> Found:
    def run(text: str) -> tuple[Clause, ...]:
        return clauses(text, propositions(annotator.phrases([text])[0]))

    return run


@pytest.fixture(scope="session")
def said(found: Found) -> Said:
    return lambda text: [str(clause) for clause in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norvia opened a factory in Graz in 2016.", ["(Norvia; opened; a factory; in Graz; in 2016)"]),
        ("In 2016 Norvia opened a factory.", ["(Norvia; opened; a factory; In 2016)"]),
        ("Norvia did not buy Quorex.", ["(Norvia; did not buy; Quorex)"]),
        ("Norvia set up a branch in Lisbon.", ["(Norvia; set up; a branch; in Lisbon)"]),
        ("She took part in the fair.", ["(She; took part in; the fair)"]),
        ("There are three factories in Graz.", ["(There; are; three factories in Graz)"]),
    ],
)
def test_active_clauses(said: Said, text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The factory was opened by Norvia in 2016.", ["(The factory; was opened by; Norvia; in 2016)"]),
        ("He was personally involved in the strike.", ["(He; was personally involved in; the strike)"]),
        (
            "The boats were built in Graz and shown in Lisbon.",
            ["(The boats; were built in; Graz)", "(The boats; were shown in; Lisbon)"],
        ),
    ],
)
def test_passive_clauses(said: Said, text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norvia, which makes boats, bought Quorex.", "(Norvia; makes; boats)"),
        ("The lamp, which Okandor designed, won a prize.", "(Okandor; designed; The lamp)"),
        (
            "It raised the tensions between the firms that finally led to a strike.",
            "(the firms; finally led to; a strike)",
        ),
        ("The city in which the firm operates is Graz.", "(the firm; operates in; The city)"),
        ("He was the first man to walk on the moon.", "(the first man; to walk on; the moon)"),
    ],
)
def test_relative_clauses(said: Said, text: str, expected: str) -> None:
    assert expected in said(text)


def test_a_relative_clause_is_no_part_of_the_noun_phrase(said: Said) -> None:
    assert "(Norvia; bought; Quorex)" in said("Norvia, which makes boats, bought Quorex.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A lamp designed by Okandor stands in the museum.", "(A lamp; is designed by; Okandor)"),
        ("The lamps designed by Okandor stand in the museum.", "(The lamps; are designed by; Okandor)"),
        ("The firm making the sails moved to Graz.", "(The firm; is making; the sails)"),
        ("Norvia, based in Graz, makes boats.", "(Norvia; is based in; Graz)"),
        ("Founded in 2016, Norvia makes boats.", "(Norvia; is Founded in; 2016)"),
    ],
)
def test_participles(said: Said, text: str, expected: str) -> None:
    assert expected in said(text)


def test_the_copula_of_a_participle_is_not_in_the_text(found: Found) -> None:
    clause = next(c for c in found("A lamp designed by Okandor stands in the museum.") if c.predicate.implied)
    assert clause.predicate.implied == "is"
    assert len(clause.predicate.tokens) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norvia, a maker of boats, bought Quorex.", "(Norvia; is; a maker of boats)"),
        ("Its founder Maria Okandor left the firm.", "(Maria Okandor; is; Its founder)"),
        ("The bank's chief executive, Mary Smith, left.", "(Mary Smith; is; The bank's chief executive)"),
        ('The book "A New Oath" was printed in Graz.', "(A New Oath; is; The book)"),
    ],
)
def test_appositions(said: Said, text: str, expected: str) -> None:
    assert expected in said(text)


def test_a_place_behind_a_place_is_no_apposition(said: Said) -> None:
    assert said("The fair in Lisbon, Portugal, was opened by Okandor.") == [
        "(The fair in Lisbon, Portugal; was opened by; Okandor)"
    ]


def test_a_name_with_a_place_stands_there(said: Said) -> None:
    assert "(The Expo; is in; Lisbon)" in said("The Expo in Lisbon was opened in May.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norvia is a maker of boats.", ["(Norvia; is; a maker of boats)"]),
        (
            "Maria Okandor became chief executive of Norvia in 2019.",
            ["(Maria Okandor; became; chief executive of Norvia; in 2019)"],
        ),
        ("The boats were bad.", ["(The boats; were; bad)"]),
        ("Norvia has been able to sell boats since 2012.", ["(Norvia; has been able to sell; boats; since 2012)"]),
    ],
)
def test_copulas(said: Said, text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_owners(said: Said) -> None:
    assert "(Norvia; has; founder)" in said("Norvia's founder lives in Graz.")


def test_whose_is_the_noun_before_it(said: Said) -> None:
    made = said("Norvia, whose founder is Okandor, makes boats.")
    assert {"(Norvia; has; founder)", "(founder; is; Okandor)"} <= set(made)


@pytest.mark.parametrize(
    "text",
    ["Norvia's acquisition of Quorex pleased the bank.", "The acquisition of Quorex by Norvia pleased the bank."],
)
def test_actions_named_by_nouns(said: Said, text: str) -> None:
    made = said(text)
    assert "(Norvia; acquisition of; Quorex)" in made
    assert not [clause for clause in made if "; has; " in clause]


def test_coordinated_subjects_and_objects(said: Said) -> None:
    assert said("Norvia and Quorex make boats and sails.") == [
        "(Norvia; make; boats)",
        "(Norvia; make; sails)",
        "(Quorex; make; boats)",
        "(Quorex; make; sails)",
    ]


def test_coordinated_verbs_share_subject_and_time(said: Said) -> None:
    assert said("In 1918 the firm left Graz and opened a factory.") == [
        "(the firm; left; Graz; In 1918)",
        "(the firm; opened; a factory; In 1918)",
    ]


def test_coordinated_verbs_share_their_object(said: Said) -> None:
    assert said("The firm designed and sold boats.") == ["(The firm; designed; boats)", "(The firm; sold; boats)"]


def test_a_verb_without_subject_takes_that_of_the_clause_before_it(said: Said) -> None:
    assert "(It; contains; calendula oil)" in said("It has a rope core, contains calendula oil, and floats.")


def test_a_name_is_joined_to_the_name_before_an_apposition(said: Said) -> None:
    made = said("It was set up in April 2011 by Mary Smith, a former bus planner, and Peter Jones, who could weld.")
    assert "(It; was set up in; April 2011; by Mary Smith and Peter Jones)" in made


def test_an_ampersand_makes_one_name(said: Said) -> None:
    assert said("Linden & Sloe was founded in 2009.") == ["(Linden & Sloe; was founded in; 2009)"]


def test_what_is_coordinated_inside_an_argument_stays_together(said: Said) -> None:
    assert said("Norvia sold boats in Graz and Lisbon.") == ["(Norvia; sold; boats; in Graz and Lisbon)"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Okandor gave Norvia a loan.", ["(Okandor; gave; Norvia; a loan)"]),
        ("Norvia was given a loan by the bank.", ["(Norvia; was given; a loan; by the bank)"]),
        ("Okandor gave a loan to Norvia.", ["(Okandor; gave; a loan; to Norvia)"]),
        (
            "Norvia was given a loan and plans to buy Quorex.",
            ["(Norvia; was given; a loan)", "(Norvia; plans to buy; Quorex)"],
        ),
    ],
)
def test_double_objects(said: Said, text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norvia plans to buy Quorex.", ["(Norvia; plans to buy; Quorex)"]),
        (
            "Norvia wants to buy Quorex and to sell Tarnel.",
            ["(Norvia; wants to buy; Quorex)", "(Norvia; wants to sell; Tarnel)"],
        ),
        (
            "Norvia asked Quorex to build a boat.",
            ["(Norvia; asked; Quorex; to build a boat)", "(Quorex; to build; a boat)"],
        ),
    ],
)
def test_infinitives(said: Said, text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The bank said that Norvia had bought Quorex.",
            ["(The bank; said that; Norvia had bought Quorex)", "(Norvia; had bought; Quorex)"],
        ),
        (
            "Plans for a factory do not exist, according to the bank.",
            ["(Plans for a factory; do not exist; according to the bank)"],
        ),
        (
            '"Norvia has bought Quorex," the bank said.',
            ["(Norvia; has bought; Quorex)", "(the bank; said; Norvia has bought Quorex)"],
        ),
    ],
)
def test_reported_speech(said: Said, text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_a_clause_that_is_joined_loosely_is_no_argument(said: Said) -> None:
    assert "(he; was readmitted in; 1841)" in said("He held the post until 1834; he was readmitted in 1841.")


def test_stance_is_that_of_the_last_verb(found: Found) -> None:
    assert [c.stance for c in found("Norvia plans to buy Quorex.")] == ["planned"]
    assert [c.stance for c in found("Norvia did not buy Quorex.")] == ["denied"]
    assert [c.stance for c in found("Norvia bought Quorex.")] == ["asserted"]


def test_the_main_clause_is_surer_than_what_depends_on_it(found: Found) -> None:
    dependent, main = found("Norvia, which makes boats, bought Quorex.")
    assert dependent.confidence < main.confidence


def test_every_part_stands_at_its_offsets(found: Found) -> None:
    text = "The firm, which Okandor did not buy, was opened\n in Graz by its founder, a maker of sails."
    made = found(text)
    assert len(made) > 2
    for clause in made:
        for part in (clause.subject, clause.predicate, *clause.arguments):
            words = " ".join(" ".join(span.of(text).split()) for span in part.spans)
            assert part.text == f"{part.implied} {words}".strip()


def test_nothing_is_said_without_a_verb(said: Said) -> None:
    assert said("Boats and sails") == []
