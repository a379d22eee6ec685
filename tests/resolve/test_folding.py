from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.folding import folded, sound


@pytest.mark.parametrize(
    ("name", "words", "form"),
    [
        ("Vallombra S.p.A.", ("vallombra",), "spa"),
        ("Drzewiecki Sp. z o.o.", ("drzewiecki",), "spzoo"),
        ("Bramwell & Tooth plc", ("bramwell", "tooth"), "plc"),
        ("Haselbach GmbH & Co. KG", ("haselbach",), "kg"),
        ("Ferrolux S.A. de C.V.", ("ferrolux",), "sa"),
        ("PT Telukan Tbk", ("telukan",), "tbk"),
        ("ООО Березовка", ("berezovka",), "ooo"),
        ("青岚电子有限公司", ("qing", "lan", "dian", "zi"), "ltd"),
        ("株式会社ことり", ("kotori",), "kk"),
        ("Tarvos Deutschland GmbH", ("tarvos", "germany"), "gmbh"),
        ("GmbH", ("gmbh",), ""),
    ],
)
def test_a_name_loses_its_legal_form(name: str, words: tuple[str, ...], form: str) -> None:
    found = folded(name)
    assert (found.words, found.form) == (words, form)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lantern Mark II", "Lantern Mk 2"),
        ("Glowfin v2.0", "Glowfin 2.0"),
        ("Hibari 5 S.U.V.", "Hibari 5 SUV"),
        ("Center for Glass", "The Centre for Glass"),
        ("Tarvos Two", "TARVOS 2"),
        ("Third Reed Symposium", "3rd Reed Symposium"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert folded(one).words == folded(other).words


@pytest.mark.parametrize(("one", "other"), [("Series A", "Series B"), ("Model E", "Model Y"), ("Mark I", "Mark II")])
def test_a_letter_that_tells_models_apart_is_no_small_word(one: str, other: str) -> None:
    assert folded(one).words != folded(other).words


def test_initials_of_a_person_are_words_and_titles_are_none() -> None:
    assert folded("Dr. R.J. Thistlewood", person=True).words == ("r", "j", "thistlewood")
    assert folded("J.-L. Ferrandier", person=True).words == ("j", "l", "ferrandier")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kathryn", "catryn"),
        ("joerg", "jorg"),
        ("stephen", "steven"),
        ("lindqvist", "lindquist"),
        ("philip", "phillip"),
    ],
)
def test_words_that_sound_alike_have_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@given(st.text(max_size=30), st.booleans())
def test_any_text_can_be_folded(text: str, person: bool) -> None:
    found = folded(text, person)
    assert all(found.words) or not text.strip()
    assert len(found.words) == len(found.sounds)


@given(st.from_regex(r"[a-z]{2,15}( [a-z]{2,15}){0,3}", fullmatch=True))
def test_case_makes_no_difference_to_a_name(text: str) -> None:
    assert folded(text.upper(), person=True).words == folded(text, person=True).words
