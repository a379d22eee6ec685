from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.tables import plain_lines, print_table, visible


def test_columns_are_aligned() -> None:
    assert plain_lines(("a", "name"), [("1", "x"), ("22", "yy")]) == ["a   name", "--  ----", "1   x", "22  yy"]


def test_wide_characters_take_two_columns() -> None:
    lines = plain_lines(("name", "n"), [("新高端", "1"), ("latin", "2")])
    assert lines[2:] == ["新高端  1", "latin   2"]


def test_a_table_without_rows_has_its_head() -> None:
    assert plain_lines(("one", "two"), []) == ["one  two", "---  ---"]


def test_control_characters_are_shown_and_not_sent() -> None:
    assert visible("a\x1b[31mred\nnext") == "a\\x1b[31mred next"
    assert visible(None) == ""
    assert visible("\u202egnitset") == "\\u202egnitset"


@given(st.text())
def test_whatever_the_text_one_line_without_controls(text: str) -> None:
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in shown)


def test_no_colour_when_piped(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("a",), [("\x1b[1mbold",)], title="things")
    assert capsys.readouterr().out == "things\na\n-----------\n\\x1b[1mbold\n"
