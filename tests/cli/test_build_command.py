"""What kg build says, from reports made by hand; and the whole way, with the language model."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from kg.cli.build import SHOWN_SENTENCES, one_problem, print_silent, summary, tell_problems, why_nothing
from kg.cli.standard import Run
from kg.missing import Sentence, Silent
from kg.model import BuildReport, Problem

Kg = Callable[..., tuple[int, str, str]]

REPORT = BuildReport(
    added=("a", "b"),
    changed=("c",),
    documents=4,
    sentences=20,
    silent=5,
    entities=9,
    facts=7,
    statements={"asserted": 8, "denied": 1},
    dropped={"no phrase": 3, "wrong class": 4},
)
EMPTY = BuildReport(added=("a",), documents=1, sentences=3)
TEXT = """\
Larkspur Marine was founded in April 2007 by Ines Falk. The company makes the Heron 9.
Larkspur Marine does not own Ostrava Sails.
"""


def told(report: BuildReport, capsys: pytest.CaptureFixture[str], verbosity: int = 0) -> str:
    with click.Context(click.Command("build"), obj=Run(verbosity)).scope():
        tell_problems(report)
    return capsys.readouterr().err


def test_the_summary_counts_what_the_issue_asks_for() -> None:
    assert summary(REPORT) == [
        ("documents", "4 (2 new, 1 changed)"),
        ("sentences", "20"),
        ("sentences that gave nothing", "5"),
        ("entities", "9"),
        ("facts", "7"),
        ("statements, asserted", "8"),
        ("statements, denied", "1"),
        ("candidates dropped", "7"),
    ]
    assert summary(BuildReport(documents=2))[0] == ("documents", "2 (nothing changed)")


def test_each_problem_is_told_with_place_and_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    problems = (Problem("a.pdf", "it is encrypted", "save it without a password"), Problem("", "nothing to read"))
    report = BuildReport(documents=1, statements={"asserted": 1}, problems=problems)
    assert told(report, capsys).splitlines() == [
        "not read: a.pdf: it is encrypted (save it without a password)",
        "not read: nothing to read",
    ]
    assert one_problem(problems[1]) == "nothing to read"


def test_no_relation_is_a_loud_warning_even_when_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    for verbosity in (0, -1):
        assert told(EMPTY, capsys, verbosity).startswith("WARNING: not one relation was found.")
    assert "WARNING" not in told(REPORT, capsys)


def test_why_nothing_was_found() -> None:
    assert "language" in why_nothing(BuildReport(documents=1))
    assert "phrase" in why_nothing(EMPTY)
    dropped = BuildReport(documents=1, sentences=1, dropped={"b": 1, "a": 1, "c": 3, "d": 0})
    assert why_nothing(dropped) == "Candidates were found and dropped: c (3), a (1), b (1)."


@pytest.mark.model
def test_the_whole_way(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    code, out, _ = kg("build", "note.txt", "-o", "graph")
    assert code == 0
    assert out.startswith("graph in graph\n")
    assert any(line.split() == ["documents", "1", "(1", "new)"] for line in out.splitlines())
    names = {path.name for path in Path("graph").iterdir()}
    assert names == {"graph.html", "graph.trig", "graph.ttl", "report.json", "store"}
    assert "Heron 9" in kg("query", "SELECT ?n { ?m company:produces/rdfs:label ?n }", "-o", "graph")[1]
    assert "«" in kg("explain", "Larkspur Marine", "founder", "-o", "graph")[1]
    assert kg("validate", "-o", "graph")[0] == 0
    again = kg("build", "note.txt", "-o", "graph", "--json")
    assert json.loads(again[1])["unchanged"] == ["note"]


@pytest.mark.model
def test_the_sentences_that_gave_nothing(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(f"About boats\n\n{TEXT}It rained. Did it rain?\n", encoding="utf-8")
    code, out, err = kg("build", "note.txt", "-o", "graph", "--silent")
    assert code == 0
    assert [line.split("  ")[0] for line in out.partition("sentence that gave nothing\n")[2].splitlines()[1:]] == [
        "note:144"
    ]
    assert "not shown: 2 questions and headings" in err
    printed = json.loads(kg("build", "note.txt", "-o", "graph", "--silent", "--json")[1])
    texts = {one["sentence"]["begin"]: one["sentence"]["text"] for one in printed["silent_sentences"]}
    assert texts == {0: "About boats", 144: "It rained.", 155: "Did it rain?"}
    assert len(texts) == printed["silent"]
    rows = kg("query", "silent", "-o", "graph", "--format", "csv")[1].splitlines()
    assert [row.split(",")[1:3] for row in rows[1:]] == [["0", "heading"], ["144", "statement"], ["155", "question"]]


def test_a_long_list_of_sentences_is_cut_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    found = [Silent(Sentence("a", n, n + 9, "It rained."), 0) for n in range(SHOWN_SENTENCES + 3)]
    with click.Context(click.Command("build"), obj=Run(0)).scope():
        print_silent(found)
    captured = capsys.readouterr()
    assert captured.out.count("It rained.") == SHOWN_SENTENCES
    assert "and 3 more: kg query silent" in captured.err


@pytest.mark.model
def test_input_that_cannot_be_read_is_reported_and_the_rest_built(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing follows")
    code, _, err = kg("build", "note.txt", "empty.txt", "broken.pdf", "missing.txt", "-o", "graph")
    assert code == 3
    assert [line.split(":")[1].strip() for line in err.splitlines() if line.startswith("not read: ")] == [
        "empty.txt",
        "broken.pdf",
        "missing.txt",
    ]
    assert "Traceback" not in err
    assert "Heron 9" in kg("facts", "-o", "graph")[1]


@pytest.mark.model
def test_standard_input(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert kg("build", "-", "-o", "graph")[0] == 0
    assert "Heron 9" in kg("facts", "-o", "graph")[1]


@pytest.mark.model
def test_a_text_that_states_nothing_is_a_loud_warning(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("It rained. Then it rained again.", encoding="utf-8")
    code, _, err = kg("build", "note.txt", "-o", "graph")
    assert code == 0
    assert "WARNING: not one relation was found." in err


def test_nothing_named_and_nothing_there(kg: Kg) -> None:
    code, out, err = kg("build")
    assert (code, out) == (2, "")
    assert "kg init" in err
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--base", "nowhere"], "no usable IRI"),
        (["--model", "xx_no_such_model"], "not installed"),
        (["--ontology", "missing.ttl"], "missing.ttl"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_writes_nothing(
    flags: list[str], says: str, kg: Kg, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    code, out, err = kg("build", "note.txt", "-o", "graph", *flags)
    assert (code, out) == (2, "")
    assert says in err
    assert "Traceback" not in err
    assert not (Path("graph") / "graph.ttl").exists()
