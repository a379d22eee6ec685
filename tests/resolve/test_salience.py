from __future__ import annotations

from collections.abc import Mapping

import pytest

from kg.model import Span
from kg.resolve.salience import (
    NEUTER,
    NOMINAL,
    PRONOUN,
    Anaphor,
    Candidate,
    case_of,
    cataphoric,
    features,
    salience,
)
from kg.resolve.syntax import Syntax
from tests.resolve.parses import parsed
from tests.resolve.test_syntax import AND, CONTROL, RELATIVE

WHEN = """
When WRB advmod 2
she PRP nsubj 2
came VBD advcl 4
Mara NNP nsubj 4
left VBD ROOT 4
"""
NOT_WHEN = """
She PRP nsubj 1
left VBD ROOT 1
when WRB advmod 4
Mara NNP nsubj 4
came VBD advcl 1
"""


def pair(rows: str, pronoun: str, name: str) -> tuple[Anaphor, Candidate, Syntax]:
    parse = parsed(rows)
    syntax = Syntax([parse])
    here, there = (parse.spans[parse.words.index(word)] for word in (pronoun, name))
    place = syntax.position(here)
    anaphor = Anaphor(here, 0, place, case_of(place))
    candidate = Candidate(
        there, 0, syntax.position(there), leads=False, nearest=False, mentions=1, first=False, topic=False
    )
    return anaphor, candidate, syntax


def told(rows: str, pronoun: str, name: str) -> set[str]:
    return {feature for feature, value in features(*pair(rows, pronoun, name)) if value}


@pytest.mark.parametrize(
    ("rows", "pronoun", "name", "feature"),
    [
        (CONTROL, "her", "Orla", "binder of a direct object"),
        (AND, "her", "Orla", "binder of possessive"),
        (AND, "her", "Mara", "coordinated possessive"),
        (AND, "her", "Mara", "beside possessive"),
        (RELATIVE, "her", "Teal", "this sentence"),
        (WHEN, "she", "Mara", "behind, in a clause above"),
    ],
)
def test_what_a_place_tells(rows: str, pronoun: str, name: str, feature: str) -> None:
    assert feature in told(rows, pronoun, name)


def test_the_subject_of_its_own_clause_is_no_antecedent_of_an_object() -> None:
    anaphor, candidate, syntax = pair(CONTROL, "him", "Orla")
    assert salience(anaphor, candidate, syntax, PRONOUN) < -3


def test_a_name_behind_a_pronoun_is_meant_from_a_clause_below_it_only() -> None:
    assert cataphoric(*pair(WHEN, "she", "Mara")[:2])
    assert not cataphoric(*pair(NOT_WHEN, "She", "Mara")[:2])


def test_without_a_parse_what_comes_first_leads() -> None:
    anaphor = Anaphor(Span(40, 42), 1, None, case_of(None))
    first = Candidate(Span(0, 4), 0, None, leads=True, nearest=False, mentions=1, first=False, topic=False)
    second = Candidate(Span(10, 14), 0, None, leads=False, nearest=False, mentions=1, first=False, topic=False)
    syntax = Syntax([])
    assert salience(anaphor, first, syntax, PRONOUN) > salience(anaphor, second, syntax, PRONOUN)


@pytest.mark.parametrize("weights", [PRONOUN, NEUTER, NOMINAL])
def test_every_weight_is_that_of_a_feature(weights: Mapping[str, float]) -> None:
    known = {"same gender", "other gender", "person"}  # told by the resolver, not by the place
    known |= {"leads", "nearest", "mentions", "first named", "topic", "sentences", "distance", "embedded", "depth"}
    known |= {"this sentence", "last sentence", "two back", "further back", "same noun phrase"}
    known |= {f"parallel {case}" for case in ("subject", "object", "possessive")}
    known |= {"subject", "object", "oblique", "possessive", "apposition", "modifier", "other"}
    known |= {"binder of a direct object", "binder of object", "binder of possessive", "coordinated possessive"}
    known |= {f"{kind} {case}" for kind in ("beside", "owner of", "subject above") for case in ("object", "possessive")}
    known |= {"subject above subject", "behind, in its clause", "behind, in a clause above"}
    assert set(weights) <= known
