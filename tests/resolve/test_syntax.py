from __future__ import annotations

import pytest

from kg.model import Span
from kg.resolve.syntax import Position, Syntax
from tests.resolve.parses import parsed

RELATIVE = """
Mara NNP compound 1
Teal NNP nsubj 6
, , punct 1
who WP nsubj 4
sold VBD relcl 1
her PRP$ poss 7
left VBD ROOT 6
boat NN dobj 4
"""
AND = """
Orla NNP nsubj 1
met VBD ROOT 1
Mara NNP dobj 1
and CC cc 2
her PRP$ poss 5
brother NN conj 2
in IN prep 1
the DT det 8
shop NN pobj 6
of IN prep 8
Halm NNP pobj 9
"""
CONTROL = """
Orla NNP nsubj 1
wants VBZ ROOT 1
to TO aux 3
meet VB xcomp 1
her PRP dobj 3
and CC cc 3
praise VB conj 3
him PRP dobj 6
"""
PLACEHOLDER = """
The DT det 1
other NN nsubj 6
, , punct 1
the DT det 4
Halm NNP appos 1
, , punct 1
won VBD ROOT 6
"""
APPOSITION = PLACEHOLDER.replace("other NN", "boat NN")


def place(rows: str, words: str) -> Position:
    parse = parsed(rows)
    begin = " ".join(parse.words).index(words)
    found = Syntax([parse]).position(Span(begin, begin + len(words)))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("rows", "words", "role"),
    [
        (AND, "Orla", "subject"),
        (AND, "Mara", "object"),
        (AND, "brother", "object"),
        (AND, "her", "possessive"),
        (AND, "shop", "oblique"),
        (RELATIVE, "Mara Teal", "subject"),
        (PLACEHOLDER, "Halm", "subject"),
        (APPOSITION, "Halm", "apposition"),
    ],
)
def test_the_role_is_that_of_the_head_and_shared_by_what_is_joined(rows: str, words: str, role: str) -> None:
    assert place(rows, words).role == role


def test_a_possessive_belongs_to_its_noun() -> None:
    assert parsed(AND).words[place(AND, "her").noun] == "brother"


def test_a_relative_clause_has_an_owner() -> None:
    found = place(RELATIVE, "boat")
    assert [parsed(RELATIVE).words[i] for i in found.owners] == ["Teal"]
    assert [parsed(RELATIVE).words[i] for i in found.above] == ["sold", "left"]


@pytest.mark.parametrize("pronoun", ["her", "him"])
def test_clauses_without_a_subject_share_that_of_the_one_above(pronoun: str) -> None:
    assert place(CONTROL, "Orla").clause in place(CONTROL, pronoun).binders


def test_a_clause_with_a_subject_shares_none() -> None:
    assert place(RELATIVE, "Mara Teal").clause not in place(RELATIVE, "boat").binders


def test_what_stands_inside_another_argument_is_embedded() -> None:
    assert place(AND, "Halm").embedded
    assert not place(AND, "Orla").embedded
    assert place(AND, "Halm").depth > place(AND, "Orla").depth


def test_joined_and_named_words_are_told() -> None:
    syntax = Syntax([parsed(AND)])
    assert syntax.coordinated(0, 2, 5)
    assert not syntax.coordinated(0, 0, 5)
    assert syntax.noun_phrase(0, 5, 5)
    assert not syntax.noun_phrase(0, 2, 5)
    assert Syntax([parsed(RELATIVE)]).noun_phrase(0, 0, 1)


def test_no_token_no_place() -> None:
    assert Syntax([parsed(AND)]).position(Span(900, 904)) is None
    assert Syntax([]).position(Span(0, 4)) is None


def test_sentences_are_counted_over_paragraphs() -> None:
    second = parsed(AND, offset=200)
    syntax = Syntax([parsed(RELATIVE), second])
    found = syntax.position(second.spans[0])
    assert found is not None
    assert (found.parse, found.sentence, found.token) == (1, 1, 0)


def test_a_parse_that_goes_in_circles_comes_to_an_end() -> None:
    found = place("a NN conj 1\nb NN conj 0\nc VB xcomp 3\nd VB xcomp 2", "d")
    assert found.depth > 1
