from __future__ import annotations

import pytest

from kg.class_labels import asks_when, name_words_of, ner_labels_of, nouns_called, superclasses, words_of


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["painter"], ("PERSON",)),
        (["film production company"], ("ORG",)),
        (["place"], ("GPE", "LOC")),
        (["work of art"], ("WORK_OF_ART",)),
        (["material"], ()),
    ],
)
def test_the_head_of_a_label_tells_what_a_recogniser_calls_its_things(
    labels: list[str], expected: tuple[str, ...]
) -> None:
    assert ner_labels_of(labels) == expected


def test_labels_of_one_word_stand_inside_names() -> None:
    assert name_words_of(["airport", "civil airport", "Airfield"]) == ("Airfield", "Airport")


def test_a_label_that_ends_in_another_is_below_it() -> None:
    labels = {"a": ["award"], "b": ["film award"], "c": ["awarded film"]}
    assert superclasses(labels, labels) == {"a": set(), "b": {"a"}, "c": set()}


@pytest.mark.parametrize(
    ("label", "expected"),
    [("publication date", True), ("date of birth", True), ("Year", True), ("candidate", False), ("day job", False)],
)
def test_labels_that_ask_when(label: str, expected: bool) -> None:
    assert asks_when(label) is expected


@pytest.mark.parametrize(
    ("name", "words"), [("birthPlace", "birth place"), ("LCC_number", "lcc number"), ("Leader", "Leader")]
)
def test_local_names_are_taken_apart(name: str, words: str) -> None:
    assert words_of(name) == words


def test_what_a_recogniser_calls_alike_is_below_the_general_class() -> None:
    labels = {"a": ["singer"], "b": ["human"], "c": ["person"], "d": ["material"]}
    assert superclasses(labels, labels) == {"a": {"b", "c"}, "b": set(), "c": set(), "d": set()}


def test_general_nouns_of_places() -> None:
    assert {"municipality", "country"} <= nouns_called("GPE")
    assert "painter" not in nouns_called("GPE")
