"""`kg import` at the terminal."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli

FACTS = """
@prefix c: <https://w3id.org/evident-kg/company#> . @prefix b: <https://boats.example/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
b:yard a c:Organization ; rdfs:label "Larkspur Marine" ; c:foundingDate "2016" ; b:colour "red" .
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "facts.ttl").write_text(FACTS, encoding="utf-8")
    return CliRunner()


def test_a_table_tells_what_became_of_each_predicate(run: CliRunner) -> None:
    done = run.invoke(cli, ["import", "facts.ttl", "-o", "out"])
    assert done.exit_code == 0
    assert "graph in out" in done.stdout
    (line,) = [line for line in done.stdout.splitlines() if "boats.example/colour" in line]
    assert line.split()[:4] == ["facts.ttl", "https://boats.example/colour", "1", "0"]
    assert "owl:equivalentProperty" in line


def test_for_programs(run: CliRunner) -> None:
    told = json.loads(run.invoke(cli, ["import", "facts.ttl", "-o", "out", "--json"]).stdout)
    assert told["added"] == ["facts.ttl"]
    lines = run.invoke(cli, ["import", "facts.ttl", "-o", "out", "--format", "jsonl"]).stdout.splitlines()
    assert list(map(json.loads, lines)) == told["imported"]
    table = run.invoke(cli, ["import", "facts.ttl", "-o", "out", "--format", "csv"]).stdout
    assert [row["triples"] for row in csv.DictReader(io.StringIO(table))] == ["1"] * 4


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["gone.ttl"], 3, "not read: gone.ttl: there is no such file or folder"),
        (["notes.md"], 2, "this is no file of RDF"),
        (["facts.ttl", "--reason", "owl"], 0, ""),
        ([], 2, "Missing argument"),
    ],
)
def test_exit_codes(run: CliRunner, arguments: list[str], code: int, said: str) -> None:
    done = run.invoke(cli, ["import", *arguments, "-o", "out"])
    told = done.stderr or str(done.exception)
    assert done.exit_code == code or getattr(done.exception, "exit_code", None) == code
    assert said in told


def test_a_text_that_is_rdf_is_not_tried(run: CliRunner) -> None:
    run.invoke(cli, ["import", "facts.ttl", "-o", "out"])
    done = run.invoke(cli, ["try", "Larkspur", "--document", "facts.ttl", "-o", "out"])
    assert "is no text" in str(done.exception)
