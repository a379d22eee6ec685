from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

FULL = """---
id: larkfield-1
title: "Larkfield: the interview"
date: 2017-05
source: https://press.example/larkfield
speakers: [Ada Vance, Bo Lind]
tags: [left, alone]
---

Ada Vance leads Larkfield.
"""


def test_text_stays_as_it_stands(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "note.txt").write_bytes(b"\xef\xbb\xbfAda Vance leads\r\nLarkfield.\r\n\r\n\r\n\r\n* So * it is.\r\n")
    document = reading("note.txt").document
    assert (document.id, document.source) == ("note", "note.txt")
    assert document.text == "Ada Vance leads\nLarkfield.\n\n* So * it is."
    assert (document.date, document.title, document.speakers) == (None, None, ())


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_front_matter(tmp_path: Path, reading: Any, name: str) -> None:
    (tmp_path / name).write_text(FULL, encoding="utf-8")
    document = reading(name).document
    assert document.id == "larkfield-1"
    assert document.title == "Larkfield: the interview"
    assert document.date == "2017-05"
    assert document.source == "https://press.example/larkfield"
    assert document.speakers == ("Ada Vance", "Bo Lind")
    assert document.text == "Ada Vance leads Larkfield."


@pytest.mark.parametrize(
    ("block", "speakers"),
    [
        ("speakers:\n  - Ada Vance\n  - Bo Lind", ("Ada Vance", "Bo Lind")),
        ("speakers: Ada Vance, Bo Lind", ("Ada Vance", "Bo Lind")),
        ("speakers: Ada Vance", ("Ada Vance",)),
        ("speakers:", ()),
        ("Speakers: [Ada Vance, Ada Vance]", ("Ada Vance",)),
    ],
)
def test_speakers(tmp_path: Path, reading: Any, block: str, speakers: tuple[str, ...]) -> None:
    (tmp_path / "a.txt").write_text(f"---\n{block}\n---\nText.", encoding="utf-8")
    assert reading("a.txt").document.speakers == speakers


@pytest.mark.parametrize(("written", "kept"), [("No", "No"), ("007", "007"), ("1.10", "1.10"), ("~", "~")])
def test_values_stay_words(tmp_path: Path, reading: Any, written: str, kept: str) -> None:
    (tmp_path / "a.txt").write_text(f"---\nid: {written}\ntitle: {written}\n---\nText.", encoding="utf-8")
    document = reading("a.txt").document
    assert (document.id, document.title) == (kept, kept)


@pytest.mark.parametrize(
    "text", ["---\n\nA rule above.\n\n---\n\nAnd below.", "---\nA rule above.\n---\nAnd below.", "--- no"]
)
def test_a_rule_is_no_front_matter(tmp_path: Path, reading: Any, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert reading("a.txt").document.text == text


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("---\ntitle: a\nsource: b: c\n---\nText.", 3, "YAML"),
        ("---\ntitle: [a\n---\nText.", 3, "YAML"),
        ("---\ntitle: a\n\nText without an end.", 1, "no end"),
        ("---\n# only a note\n- a\n---\nText.", 2, "no keys"),
        ("---\na: &a [*a]\n---\nText.", 2, "YAML"),
        ("---\na: " + "[" * 5000 + "\n---\nText.", 1, "YAML"),
    ],
)
def test_malformed_front_matter(tmp_path: Path, reading: Any, text: str, line: int, what: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    problem = reading("a.txt").problem
    assert problem.where == f"a.txt:{line}"
    assert what in problem.what


def test_python_tags_are_never_run(tmp_path: Path, reading: Any) -> None:
    text = "---\ntitle: !!python/object/apply:os.mkdir [made]\nid: safe\n---\nText."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    document = reading("a.txt").document
    assert (document.id, document.title) == ("safe", None)
    assert not (tmp_path / "made").exists()


def test_an_unusable_date_is_a_problem_and_the_text_is_read(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "a.txt").write_text("---\ndate: 03/04/2017\nspeakers: {a: b}\n---\nText.", encoding="utf-8")
    result = reading("a.txt")
    assert [document.text for document in result.documents] == ["Text."]
    date, speakers = result.problems
    assert date.where == "a.txt"
    assert "'03/04/2017'" in date.what
    assert "2017-05-10" in date.hint
    assert "speakers" in speakers.what


def test_standard_input(reading: Any) -> None:
    document = reading("-", stdin="Ada Vance leads Larkfield.\n".encode("utf-16")).document
    assert (document.id, document.source, document.text) == ("stdin", "-", "Ada Vance leads Larkfield.")
    assert document.path == "-"
    assert len(reading("-", "-", stdin=b"Once.").items) == 1


@pytest.mark.parametrize(("data", "what"), [(b"", "empty"), (b"x" * 101, "100"), (bytes(90), "binary")])
def test_standard_input_that_cannot_be_read(reading: Any, data: bytes, what: str) -> None:
    problem = reading("-", stdin=data, max_bytes=100).problem
    assert problem.where == "-"
    assert what in problem.what
