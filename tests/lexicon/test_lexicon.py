"""What is known of names and nouns beforehand."""

from __future__ import annotations

import pytest

from kg.lexicon import LISTS, fold, is_given, is_people, is_place, person_name, supersenses, territories
from kg.lexicon.legal_forms import split_form, split_joined_form
from kg.lexicon.nicknames import same_given


@pytest.mark.parametrize("name", ["Norway", "Japan", "Europe", "Lisbon", "New York", "Kraków", "Krakow", "GRENOBLE"])
def test_countries_cities_and_continents_are_places(name: str) -> None:
    assert is_place(name)


@pytest.mark.parametrize("name", ["Norvia", "Etc", "America/New York", "UTC", "Eastern", "General", "Universal", "ACT"])
def test_invented_names_and_names_of_time_zones_are_no_places(name: str) -> None:
    assert not is_place(name)


@pytest.mark.parametrize(("word", "letter"), [("Anna", "f"), ("Peter", "m"), ("Ayşe", "f"), ("Schmidt", "s")])
def test_names_of_persons_are_told_apart(word: str, letter: str) -> None:
    assert letter in person_name(word)


def test_languages_name_peoples() -> None:
    assert is_people("French")
    assert is_people("Polish")
    assert not is_people("Norvia")


def test_a_given_name_may_be_hyphenated_and_is_more_than_a_surname() -> None:
    assert is_given("Jean-Baptiste")
    assert not is_given("Norvia")


@pytest.mark.parametrize(
    ("noun", "kind"),
    [("helmet", "artifact"), ("baker", "person"), ("company", "group"), ("pasta", "food"), ("cement", "substance")],
)
def test_nouns_have_the_sense_that_is_commonest(noun: str, kind: str) -> None:
    assert supersenses(noun)[0] == kind


def test_other_nouns_have_no_supersense() -> None:
    assert supersenses("advantage") == supersenses("qwertz") == ()


def test_folding_takes_accents_and_case_away() -> None:
    assert fold("Łódź") == "lodz"
    assert fold("ÅRSTAD") == "arstad"


@pytest.mark.parametrize("file", sorted(LISTS.glob("*.txt")), ids=lambda file: file.stem)
def test_lists_name_their_source_and_are_sorted_and_folded(file: object) -> None:
    assert hasattr(file, "read_text")
    first, *lines = file.read_text(encoding="utf-8").splitlines()
    names = [line.split("\t")[0] for line in lines]
    assert first.startswith("# ")
    assert names == sorted(set(names))
    assert all(name == fold(name) for name in names)


@pytest.mark.parametrize(("name", "english"), [("deutschland", "germany"), ("polska", "poland"), ("brasil", "brazil")])
def test_countries_are_known_by_their_own_names(name: str, english: str) -> None:
    assert territories()[name] == english


@pytest.mark.parametrize(
    ("one", "other", "same"), [("bill", "william", True), ("bill", "robert", False), ("ada", "ada", True)]
)
def test_nicknames_stand_for_given_names(one: str, other: str, same: bool) -> None:
    assert same_given(one, other) is same


def test_a_legal_form_is_split_off_by_its_family() -> None:
    assert split_form(("kestrelmoor", "gmbh", "co", "kg")) == (("kestrelmoor",), "kg")
    assert split_form(("ooo", "zarya")) == (("zarya",), "ooo")
    assert split_form(("ltd",)) == (("ltd",), "")
    assert split_joined_form("小鳥株式会社") == ("小鳥", "kk")
