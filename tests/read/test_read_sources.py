from __future__ import annotations

import io
import logging
import os
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.model import Document, Problem
from kg.read import NAMED, READERS, covers, read


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"Text of {name}.", encoding="utf-8")


def paths(result: Any) -> list[str]:
    assert not result.problems
    return [document.source for document in result.documents]


def test_a_folder_is_read_with_all_below_it_sorted_by_path(tmp_path: Path, reading: Any) -> None:
    write(tmp_path, "data/b.txt", "data/a/z.md", "data/a/y/x.TXT", "data/a.txt", "data/c.html")
    write(tmp_path, "data/.hidden.txt", "data/.git/in.txt", "data/picture.png", "data/README")
    wanted = ["data/a/y/x.TXT", "data/a/z.md", "data/a.txt", "data/b.txt", "data/c.html"]
    assert paths(reading("data")) == wanted
    assert paths(reading("data/")) == wanted
    assert paths(reading("./data")) == [f"./{path}" for path in wanted]
    assert [Path(path).name for path in paths(reading(str(tmp_path / "data")))] == [Path(path).name for path in wanted]
    assert paths(reading(".")) == [f"./{path}" for path in wanted]
    assert [document.path for document in reading("./data").documents] == [f"./{path}" for path in wanted]


def test_a_document_keeps_its_path_where_it_names_its_source(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "a.txt").write_text("---\nsource: The Orchard Gazette\n---\nHollinor grew.\n", encoding="utf-8")
    document = reading("a.txt").document
    assert (document.source, document.path) == ("The Orchard Gazette", "a.txt")


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("data/*.txt", ["data/b.txt", "data/c.txt"]),
        ("data/[bx]*", ["data/b.txt"]),
        ("data/?.txt", ["data/b.txt", "data/c.txt"]),
        ("**/*.md", ["data/a/y/x.md", "data/a/z.md"]),
        ("data/**/y/*", ["data/a/y/x.md"]),
        ("*/a", ["data/a/y/x.md", "data/a/z.md"]),
        ("data/**", ["data/a/y/x.md", "data/a/z.md", "data/b.txt", "data/c.txt"]),
        ("data/.h*", ["data/.hidden.txt"]),
        ("./data/b*", ["./data/b.txt"]),
    ],
)
def test_patterns(tmp_path: Path, reading: Any, pattern: str, wanted: list[str]) -> None:
    write(tmp_path, "data/c.txt", "data/b.txt", "data/a/z.md", "data/a/y/x.md", "data/.hidden.txt", "data/p.png")
    assert paths(reading(pattern)) == wanted


def test_an_absolute_pattern(tmp_path: Path, reading: Any) -> None:
    write(tmp_path, "data/b.txt")
    assert paths(reading(f"{tmp_path}/*/*.txt")) == [f"{tmp_path}/data/b.txt"]


def test_a_name_with_signs_of_a_pattern_is_a_name_first(tmp_path: Path, reading: Any) -> None:
    write(tmp_path, "report[1].txt", "report1.txt")
    assert paths(reading("report[1].txt")) == ["report[1].txt"]


def test_a_file_is_read_once(tmp_path: Path, reading: Any) -> None:
    write(tmp_path, "data/a.txt", "data/b.txt")
    (tmp_path / "link.txt").symlink_to("data/a.txt")
    assert paths(reading("data/b.txt", "data", "./data/*.txt", "link.txt")) == ["data/b.txt", "data/a.txt"]


def test_of_two_documents_with_one_id_the_second_is_a_problem(tmp_path: Path, reading: Any) -> None:
    write(tmp_path, "data/a.txt", "data/b/a.md")
    (tmp_path / "c.jsonl").write_text('{"id": "a", "text": "A."}\n{"id": "c", "text": "C."}', encoding="utf-8")
    result = reading("data", "c.jsonl")
    assert [document.source for document in result.documents] == ["data/a.txt", "c.jsonl"]
    assert [problem.where for problem in result.problems] == ["data/b/a.md", "c.jsonl"]
    for problem in result.problems:
        assert "'a'" in problem.what
        assert "data/a.txt" in problem.what
        assert "another id" in problem.hint


def test_two_documents_with_one_id_in_one_file(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "c.json").write_text('[{"id": "a", "text": "A."}, {"id": "a", "text": "B."}]', encoding="utf-8")
    result = reading("c.json")
    assert [document.text for document in result.documents] == ["A."]
    assert "c.json" in result.problems[0].what


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("gone.txt", "no such file"),
        ("gone/folder", "no such file"),
        ("gone/*.txt", "no file matches"),
        ("bare/**/*.txt", "no file matches"),
        ("bare/*.png", "can be read"),
        ("bare", "no file that can be read"),
        ("bare/p.png", "suffix .png"),
        ("bare/README", "without a suffix"),
        ("empty.txt", "empty"),
        ("blank.txt", "empty"),
        ("invisible.txt", "no text"),
        ("large.txt", "more than the 1000"),
        ("binary.txt", "binary"),
        ("pipe.txt", "regular file"),
        ("dangling.txt", "No such file"),
        ("circle.txt", "symbolic links"),
        ("https://press.example/a.html", "not fetched"),
        ("", "no path"),
        ("a\0b.txt", "no path"),
        ("x" * 5000 + ".txt", "no such file"),
    ],
)
def test_each_problem_by_itself(tmp_path: Path, reading: Any, source: str, what: str) -> None:
    write(tmp_path, "good.txt", "bare/p.png", "bare/README")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "blank.txt").write_text(" \n\t\n", encoding="utf-8")
    (tmp_path / "invisible.txt").write_text("---\ntitle: a\n---\n\u00ad", encoding="utf-8")
    (tmp_path / "large.txt").write_text("x" * 1001, encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)))
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "dangling.txt").symlink_to("nowhere.txt")
    (tmp_path / "circle.txt").symlink_to("circle.txt")
    result = reading(source, "good.txt", max_bytes=1000)
    assert [document.id for document in result.documents] == ["good"]
    (problem,) = result.problems
    assert what in problem.what
    assert problem.hint


def test_exactly_the_allowed_size_is_read(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "a.txt").write_text("x" * 1000, encoding="utf-8")
    assert reading("a.txt", max_bytes=1000).document.text == "x" * 1000


@pytest.fixture
def shut_folder() -> Iterator[Path]:
    """A folder with a file and a folder that may not be read, outside the folders of pytest, which are all shut."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, "a.txt", "b.txt", "shut/c.txt")
        folder.chmod(0o755)
        (folder / "b.txt").chmod(0o644)
        (folder / "a.txt").chmod(0)
        (folder / "shut").chmod(0)
        yield folder
        (folder / "shut").chmod(0o700)


def test_what_may_not_be_read(shut_folder: Path) -> None:
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)  # root may read everything; "nobody" may not
    try:
        items = list(read([str(shut_folder), f"{shut_folder}/shut/c.txt"], max_bytes=1000))
    finally:
        if root:
            os.seteuid(0)
    assert [item.id for item in items if isinstance(item, Document)] == ["b"]
    problems = [item for item in items if isinstance(item, Problem)]
    wanted = [f"{shut_folder}/a.txt", f"{shut_folder}/shut/", f"{shut_folder}/shut/c.txt"]
    assert [problem.where for problem in problems] == wanted
    assert all(problem.what and problem.hint for problem in problems)
    assert "Permission denied" in problems[0].what


def test_a_file_that_the_system_refuses_to_read(reading: Any) -> None:
    # Reads of this file fail for root too: the memory at address 0 is not mapped.
    if not Path("/proc/self/mem").exists():
        pytest.skip("this system has no /proc")
    Path("mem.txt").symlink_to("/proc/self/mem")
    problem = reading("mem.txt").problem
    assert "cannot be read" in problem.what
    assert "permissions" in problem.hint


def test_links_inside_a_folder_are_not_followed(tmp_path: Path, reading: Any) -> None:
    write(tmp_path, "data/a.txt", "data/b/c.txt", "outside/o.txt")
    for link, target in {
        "data/loop": ".",
        "data/b/up": "..",
        "data/b/again": "../b",
        "data/same.txt": "a.txt",
        "data/away": "../outside",
        "data/o.txt": "../outside/o.txt",
    }.items():
        (tmp_path / link).symlink_to(target)
    for source in ("data", "data/**"):
        result = reading(source)
        assert [document.source for document in result.documents if document.id != "o"][:2] == [
            "data/a.txt",
            "data/b/c.txt",
        ]
    result = reading("data")
    assert [document.id for document in result.documents] == ["a", "c"]
    (problem,) = result.problems
    assert problem.where == "data/o.txt"
    assert "leads out" in problem.what


def test_a_folder_that_is_itself_a_link_is_read(tmp_path: Path, reading: Any) -> None:
    write(tmp_path, "outside/o.txt")
    (tmp_path / "data").symlink_to("outside")
    assert paths(reading("data")) == ["data/o.txt"]


def test_a_name_that_is_no_utf8(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "data").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/data/caf\xe9\n.txt")).write_text("Text.", encoding="utf-8")
    document = reading("data").document
    assert document.source == "data/caf??.txt"
    assert document.source.encode("utf-8")


def test_nothing_is_printed_and_loggers_are_left_as_they_were(
    tmp_path: Path, reading: Any, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("pypdf")
    before = (logger.propagate, list(logger.handlers), list(warnings.filters))
    for suffix in READERS:
        (tmp_path / f"a{suffix}").write_bytes(b"%PDF-1.7 1 0 obj <</Type /Catalog>> <html><p>\xe9")
    assert len(reading(*(f"a{suffix}" for suffix in READERS)).items) == len(READERS)
    assert capfd.readouterr() == ("", "")
    assert not caplog.records
    assert (logger.propagate, list(logger.handlers), list(warnings.filters)) == before


def test_a_reader_stands_behind_each_suffix() -> None:
    assert sorted(READERS) == [".docx", ".htm", ".html", ".json", ".jsonl", ".md", ".pdf", ".txt"]
    assert sorted(NAMED) == [".jsonld", ".nq", ".nt", ".owl", ".rdf", ".trig", ".ttl"]


def test_rdf_is_read_where_it_is_named(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.ttl").write_text("<x:b> <x:c> 1 . <x:a> <x:b> <x:c> .")
    (tmp_path / "in" / "b.txt").write_text("It rained.")
    assert [document.id for document in reading("in").documents] == ["b"]
    assert [document.id for document in reading("in/*").documents] == ["b"]
    for source in ("in/a.ttl", "in/*.ttl", "**/*.ttl"):
        (document,) = reading(source).documents
        assert (document.id, document.path, document.kind) == ("a.ttl", "in/a.ttl", "rdf")
        assert document.text.splitlines()[0] == "<x:a> <x:b> <x:c> ."


def test_what_a_folder_passes_over_is_no_part_of_it_while_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.ttl").touch()
    assert [covers(source, "in/a.ttl") for source in ("in", ".", "in/*", "in/a.ttl", "in/*.ttl")] == [
        *[False] * 3,
        *[True] * 2,
    ]
    (tmp_path / "in" / "a.ttl").unlink()
    assert covers("in", "in/a.ttl")
    assert covers("in", "in/b.txt")


HEADS = [b"", b"---\n", b"PK\x03\x04", b"%PDF-1.4\n", b"\xff\xfe", b"\xef\xbb\xbf", b'{"text": "', b"<p>"]
CONTENTS = st.binary(max_size=300) | st.text(max_size=200).map(str.encode)


@pytest.mark.parametrize("suffix", sorted(READERS | NAMED))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(data=b"\xff\xfe\x00\xd8")
@example(data=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
@example(data=b'{"text": "\\ud800", "id": "\\ud800", "date": "\\ud800"}')
@example(data=b'---\nid: "\\ud800"\n---\nText.')
@given(data=st.builds(bytes.__add__, st.sampled_from(HEADS), CONTENTS))
def test_no_bytes_raise(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(data)
    items = list(read([str(path)], max_bytes=10_000))
    assert items
    for item in items:
        if isinstance(item, Document):
            assert item.text.strip()
            assert item.id
            assert repr(item).encode("utf-8")
            assert "".join([item.id, item.text, item.title or "", *item.speakers]).encode("utf-8")
        else:
            assert isinstance(item, Problem)
            assert item.where.encode("utf-8").startswith(str(path).encode("utf-8"))
            assert item.what.encode("utf-8")
            assert item.hint


def test_damaged_files_do_not_raise(tmp_path: Path, make_pdf: Any) -> None:
    from docx import Document as WordDocument

    stream = io.BytesIO()
    WordDocument().save(stream)
    whole = {".pdf": make_pdf([[(700, 12, "Text."), (680, 12, "More text.")]]), ".docx": stream.getvalue()}
    for suffix, data in whole.items():
        path = tmp_path / f"a{suffix}"
        for at in range(0, len(data), max(1, len(data) // 40)):
            path.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
            assert list(read([str(path)], max_bytes=1_000_000))


def test_what_a_build_wrote_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("One.", encoding="utf-8")
    (tmp_path / "graph" / "store" / "quads").mkdir(parents=True)
    (tmp_path / "graph" / "report.json").write_text("{}", encoding="utf-8")
    for source in (str(tmp_path), f"{tmp_path}/**", f"{tmp_path}/*"):
        found = list(read([source], max_bytes=1000))
        assert [item.id for item in found if isinstance(item, Document)] == ["one"]
        assert len(found) == 1
