from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.read.text import clean, decode, normalise, one_line, row

SENTENCE = "Hélène Brévent founded the café “Larkfield” in Zürich; it’s a firm of 40 people."


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("a\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne"),
        ("a\x00b\x07c\x1b[0m\td", "abc[0m\td"),
        ("soft\u00adhyphen and \ufeffmark", "softhyphen and mark"),
        ("cafe\u0301", "caf\u00e9"),
        ("e\x00\u0301", "\u00e9"),
        ("one  \ntwo\t\nthree\u00a0", "one\ntwo\nthree"),
        ("a\n \n\t\n\nb", "a\n\nb"),
        ("\n \n  a\n\n", "  a"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("not in XML \uffff", "not in XML"),
        (" \n\t\n", ""),
    ],
)
def test_normalise(raw: str, wanted: str) -> None:
    assert normalise(raw) == wanted


@given(st.text(st.characters(exclude_categories=()) | st.sampled_from("\n\r\t \x00\u0301\u00ade\u00a0\u2028")))
def test_normalise_is_idempotent_and_keeps_its_promises(raw: str) -> None:
    text = normalise(raw)
    assert normalise(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert text.encode("utf-8").decode("utf-8") == text
    assert "\n\n\n" not in text
    assert not any(line != line.rstrip() for line in text.split("\n"))
    assert all(sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs") for sign in text)


def test_long_runs_of_blanks_take_no_time() -> None:
    started = time.process_time()
    normalise(" " * 1_000_000 + "x" + "\n \n" * 100_000)
    assert time.process_time() - started < 5


def test_cleaning_touches_nothing_that_can_be_printed() -> None:
    text = "".join(c for c in map(chr, range(sys.maxunicode + 1)) if c.isprintable())
    assert clean(text) == clean(text + "\0") == text


@given(st.text())
def test_one_line_is_one_line(raw: str) -> None:
    assert len(one_line(raw).splitlines()) <= 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_decode_unicode_and_windows(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding)) == SENTENCE


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("L'entreprise a été créée à Évreux en 1987 par Hélène Brévent.", "latin-1"),
        ("Die Firma Müller & Söhne aus Zürich gründete 1999 ein Café in Köln.", "latin-1"),
        ("Spółka została założona w Łodzi w 1999 roku przez Józefa Wąsika.", "cp1250"),
        ("Компания была основана в Москве в 1999 году Иваном Петровым.", "cp1251"),
        ("会社は1999年に東京で設立された。社長は山田太郎である。", "shift_jis"),
    ],
)
def test_decode_guesses(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_decode_takes_utf8_before_what_is_declared() -> None:
    assert decode("Zürich".encode(), "cp1252") == "Zürich"
    assert decode("Zürich".encode("cp1252"), "no-such-encoding") == "Zürich"
    assert decode("Łódź".encode("iso8859-2"), "iso8859-2") == "Łódź"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        bytes(200),
        "no mark here".encode("utf-16-le"),
        b"\x7fELF\x02\x01" * 9,
        b"%PDF-1.4\nOnly words.",
    ],
)
def test_decode_refuses_binary_content(data: bytes) -> None:
    with pytest.raises(ReadError, match="binary"):
        decode(data)


def test_stray_controls_are_no_binary_content() -> None:
    assert normalise(decode(b"Ada Vance\x00 leads Larkfield.\x0c")) == "Ada Vance leads Larkfield."


def test_row_is_one_line_unless_one_cell_holds_all() -> None:
    assert row([["Ada Vance"], [], ["Director", "since\n1999"]]) == ["Ada Vance | Director since 1999"]
    assert row([["First."], ["", " "]]) == ["First."]
    assert row([["First.", "Second."]]) == ["First.", "Second."]
    assert row([]) == []
