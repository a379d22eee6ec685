from __future__ import annotations

from collections.abc import Callable

import pytest

Edges = Callable[..., set[str]]


@pytest.mark.parametrize(("word", "lemma"), [("is", "be"), ("became", "become"), ("remains", "remain")])
def test_a_copula_joins_subject_and_complement(edges: Edges, word: str, lemma: str) -> None:
    found = edges(f"""
    Okandor okandor NNP nsubj 1
    {word} {lemma} VBZ ROOT 1
    founder founder NN attr 1
    """)
    assert "Okandor is founder" in found


def test_other_verbs_do_not_join(edges: Edges) -> None:
    found = edges("""
    Okandor okandor NNP nsubj 1
    left leave VBD ROOT 1
    founder founder NN attr 1
    """)
    assert "Okandor is founder" not in found


def test_apposition(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 4
    , , , punct 0
    a a DT det 3
    mill mill NN appos 0
    grew grow VBD ROOT 4
    """)
    assert "Norvia is mill" in found


def test_a_naming_verb_joins_its_object_and_its_complement(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    named name VBD ROOT 1
    Okandor okandor NNP dobj 1
    director director NN oprd 1
    """)
    assert "Okandor is director" in found
    assert "Norvia is director" not in found


def test_a_naming_verb_in_the_passive(edges: Edges) -> None:
    found = edges("""
    Okandor okandor NNP nsubjpass 2
    was be VBD auxpass 2
    appointed appoint VBN ROOT 2
    director director NN oprd 2
    """)
    assert "Okandor is director" in found


def test_a_participle_of_a_naming_verb(edges: Edges) -> None:
    found = edges("""
    a a DT det 1
    brand brand NN ROOT 1
    called call VBN acl 1
    Lumetta lumetta NNP oprd 2
    """)
    assert "brand is Lumetta" in found


def test_serving_as_joins_its_subject_and_the_post(edges: Edges) -> None:
    found = edges("""
    Okandor okandor NNP nsubj 1
    serves serve VBZ ROOT 1
    as as IN prep 1
    director director NN pobj 2
    """)
    assert "Okandor is director" in found


def test_serving_something_joins_nothing(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    serves serve VBZ ROOT 1
    hospitals hospital NNS dobj 1
    """)
    assert found == {"serves subj Norvia", "serves obj hospitals"}


def test_a_noun_before_a_name_means_the_same(edges: Edges) -> None:
    found = edges("""
    the the DT det 2
    brewery brewery NN compound 2
    Quorex quorex NNP nsubj 3
    grew grow VBD ROOT 3
    """)
    assert "brewery is Quorex" in found


def test_a_noun_before_a_name_is_owned_by_what_owns_the_name(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP poss 3
    's 's POS case 0
    rival rival NN compound 3
    Quorex quorex NNP nsubj 4
    grew grow VBD ROOT 4
    """)
    assert {"rival is Quorex", "rival of Norvia"} <= found


def test_two_nouns_before_a_name_are_one_description(edges: Edges) -> None:
    found = edges("""
    the the DT det 3
    kettle kettle NN compound 3
    maker maker NN compound 3
    Quorex quorex NNP nsubj 4
    grew grow VBD ROOT 4
    """)
    assert {"maker is Quorex", "maker mod kettle"} <= found
    assert "kettle is Quorex" not in found


def test_an_adjective_before_a_noun_and_a_name_modifies_the_noun(edges: Edges) -> None:
    found = edges("""
    the the DT det 3
    small small JJ amod 3
    brewery brewery NN compound 3
    Quorex quorex NNP ROOT 3
    """)
    assert {"brewery is Quorex", "brewery mod small"} <= found
    assert "small is Quorex" not in found


@pytest.mark.parametrize(("word", "tag", "same"), [("“", "``", True), ("44", "CD", True), ("German", "JJ", False)])
def test_what_may_stand_between_a_noun_and_a_name(edges: Edges, word: str, tag: str, same: bool) -> None:
    found = edges(f"""
    the the DT det 3
    brewery brewery NN compound 3
    {word} {word} {tag} amod 3
    Quorex quorex NNP ROOT 3
    """)
    assert ("brewery is Quorex" in found) is same


def test_a_capitalised_word_before_a_name_is_part_of_it(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP compound 1
    Group group NNP ROOT 1
    """)
    assert found == {"Group mod Norvia"}


def test_one_of_several_is_each_of_them(edges: Edges) -> None:
    found = edges("""
    Okandor okandor NNP nsubj 1
    is be VBZ ROOT 1
    one one CD attr 1
    of of IN prep 2
    the the DT det 5
    founders founder NNS pobj 3
    """)
    assert "Okandor is founders" in found


@pytest.mark.parametrize(("word", "expected"), [("Norlandish", True), ("large", False)])
def test_an_adjective_in_capitals_is_a_name(edges: Edges, word: str, expected: bool) -> None:
    found = edges(f"""
    language language NN nsubj 1
    is be VBZ ROOT 1
    {word} {word} JJ acomp 1
    """)
    assert (f"language is {word}" in found) is expected


def test_a_name_in_brackets_tells_namesakes_apart(edges: Edges) -> None:
    found = edges("""
    Graz graz NNP nsubj 4
    ( ( -LRB- punct 0
    Norland norland NNP appos 0
    ) ) -RRB- punct 0
    grew grow VBD ROOT 4
    """)
    assert "Graz is Norland" not in found
