from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ONE = {
    "id": "a",
    "text": "Ada.\r\n",
    "date": "2017-05-10",
    "title": "T",
    "speakers": ["Ada Vance"],
    "source": "https://x.example/a",
}


@pytest.mark.parametrize("found", [ONE, [ONE], {"documents": [ONE], "version": 1}])
def test_the_three_forms_of_json(tmp_path: Path, reading: Any, found: object) -> None:
    (tmp_path / "file.json").write_text(json.dumps(found), encoding="utf-8")
    document = reading("file.json").document
    assert (document.id, document.text, document.date, document.title) == ("a", "Ada.", "2017-05-10", "T")
    assert (document.speakers, document.source) == (("Ada Vance",), "https://x.example/a")


def test_ids_where_there_are_none(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "one.json").write_text('{"text": "A."}', encoding="utf-8")
    (tmp_path / "list.json").write_text(
        '[{"text": "A."}, {"text": "B.", "id": 7}, {"text": "C.", "id": " "}]', encoding="utf-8"
    )
    (tmp_path / "lines.jsonl").write_text('\n{"text": "A."}\n\n{"text": "B.", "id": null}\n', encoding="utf-8")
    result = reading("one.json", "list.json", "lines.jsonl")
    assert not result.problems
    assert [document.id for document in result.documents] == ["one", "list-1", "7", "list-3", "lines-2", "lines-4"]
    assert {document.source for document in result.documents} == {"one.json", "list.json", "lines.jsonl"}


def test_a_bad_line_is_a_problem_and_the_rest_is_read(tmp_path: Path, reading: Any) -> None:
    lines = [
        b'{"id": "a", "text": "Caf\xc3\xa9 \xe2\x80\xa8 one."}',
        b'{"id": "b", "text": ',
        b"[1]",
        b'{"id": "c"}',
        b'{"id": "d", "text": "Caf\xe9."}',
        b'{"id": "e", "text": 5}',
        b'{"id": "f", "text": "F.", "date": "soon"}',
        b'{"id": "g", "text": "\\ud800G.\\u0000"}',
    ]
    (tmp_path / "a.jsonl").write_bytes(b"\r\n".join(lines))
    result = reading("a.jsonl")
    assert [(document.id, document.text) for document in result.documents] == [
        ("a", "Café\n one."),
        ("f", "F."),
        ("g", "\ufffdG."),
    ]
    assert [problem.where for problem in result.problems] == [f"a.jsonl:{line}" for line in (2, 3, 4, 5, 6, 7)]
    for problem, word in zip(result.problems, ["JSON", "object", "text", "UTF-8", "text", "soon"], strict=True):
        assert word in problem.what
        assert problem.hint


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_encodings(tmp_path: Path, reading: Any, encoding: str) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"text": "Zürich"}\n{"text": "Łódź"}'.encode(encoding))
    (tmp_path / "b.json").write_bytes('{"text": "Köln"}'.encode(encoding))
    assert [document.text for document in reading("a.jsonl", "b.json").documents] == ["Zürich", "Łódź", "Köln"]


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ('{"text": "A.",\n\n}', "a.json:3", "no JSON"),
        ("5", "a.json", "no document"),
        ("[]", "a.json", "empty"),
        ('{"documents": {}}', "a.json", "no document"),
        ('{"id": "a"}', "a.json", 'no text under "text"'),
        ('{"text": "  \\n"}', "a.json", 'no text under "text"'),
        ('{"text": ["A."]}', "a.json", 'no text under "text"'),
        ('[{"id": "a"}]', "a.json", "document 1 of the list"),
        ("[" * 100_000, "a.json", "JSON"),
        ("9" * 5000, "a.json", "JSON"),
    ],
)
def test_what_is_no_document(tmp_path: Path, reading: Any, text: str, where: str, what: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    problem = reading("a.json").problem
    assert problem.where == where
    assert what in problem.what


def test_binary_content_is_one_problem(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\x00\x01\n" * 500)
    assert "binary" in reading("a.jsonl").problem.what


def test_lines_without_a_document(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\xef\xbb\xbf\n\n")
    assert "no document" in reading("a.jsonl").problem.what


@pytest.mark.parametrize("value", [True, [2017], {"year": 2017}, 17, 2017.5e300])
def test_a_date_that_is_none(tmp_path: Path, reading: Any, value: object) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"text": "A.", "date": value}), encoding="utf-8")
    result = reading("a.json")
    assert [document.date for document in result.documents] == [None]
    assert "date" in result.problems[0].what


def test_a_year_may_be_a_number(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "a.json").write_text('{"text": "A.", "date": 2017, "title": 5}', encoding="utf-8")
    document = reading("a.json").document
    assert (document.date, document.title) == ("2017", "5")
