"""`kg import` at the terminal."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.imports.vocabulary import Vocabulary
from kg.ontology import load, shipped

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


@pytest.fixture(scope="module")
def guide() -> list[str]:
    """The blocks of Turtle in the section of the guide."""
    text = (Path(__file__).parents[2] / "docs" / "guide.md").read_text(encoding="utf-8")
    section = text.partition("## Join data that exist\n")[2].partition("\n## ")[0]
    return re.findall(r"```turtle\n(.*?)```", section, re.DOTALL)


def test_the_guide_shows_what_comes_of_its_example(run: CliRunner, guide: list[str]) -> None:
    Path("facts.ttl").write_text(guide[0], encoding="utf-8")
    done = run.invoke(cli, ["import", "facts.ttl", "-o", "graph", "--format", "jsonl"])
    rows = {row["predicate"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert {row["role"] for row in rows.values()} == {"name", "class", "same thing", "founder", "foundingDate", ""}
    assert [row["predicate"] for row in rows.values() if row["dropped"]] == ["https://data.example/id/dock"]
    assert "facts.ttl" in run.invoke(cli, ["explain", "Larkspur Marine", "founder", "-o", "graph"]).stdout
    assert "no property of the ontology" in run.invoke(cli, ["why-not", "-", "dock", "-o", "graph"]).stdout
    assert run.invoke(cli, ["verify", "-o", "graph"]).exit_code == 0
    run.invoke(cli, ["export", "--format", "csv", "--to", ".", "-o", "graph"])
    edges = csv.DictReader(io.StringIO(Path("edges.csv").read_text(encoding="utf-8")))
    links = {edge["object"] for edge in edges if edge["predicate"].endswith("sameAs")}
    assert "http://www.wikidata.org/entity/Q1234567890" in links


def test_the_guide_shows_terms_that_an_ontology_takes(tmp_path: Path, guide: list[str]) -> None:
    prefixes = "".join(f"@prefix {name}: <https://{name}.example/> .\n" for name in ("wd", "wdt", "own"))
    path = tmp_path / "company.ttl"
    path.write_text(shipped("company.ttl").read_text(encoding="utf-8") + prefixes + guide[1], encoding="utf-8")
    vocabulary = Vocabulary(load([path]))
    found = [vocabulary.properties(f"https://{name}") for name in ("wdt.example/P112", "own.example/ceoOf")]
    found.append(vocabulary.properties("https://own.example/ledBy"))
    assert [(iri.rpartition("#")[2], inverse) for ((iri, inverse),) in found] == [
        ("founder", False),
        ("worksFor", False),
        ("worksFor", True),
    ]
    assert vocabulary.classes("https://wd.example/Q4830453")
