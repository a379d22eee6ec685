"""The example of a second domain, and the guide that tells of it."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.ontology import Ontology, load, shipped

ROOT = Path(__file__).parents[1]
LAW = "ontology/examples/law.ttl"
GUIDE = (ROOT / "docs" / "ontology-guide.md").read_text("utf-8")
PREFIXES = """
@prefix : <https://example.org/law#> .
@prefix law: <https://w3id.org/evident-kg/examples/law#> .
@prefix kgv: <https://w3id.org/evident-kg/vocab#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SNIPPETS = re.findall(r"```turtle\n(.*?)```", GUIDE, re.DOTALL)
SHOWN = re.findall(r"```console\n\$ kg (.+)\n((?:.*\n)*?)```", GUIDE)


@pytest.fixture(scope="module")
def law() -> Ontology:
    return load([shipped("examples/law.ttl")])


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the first command that the guide shows."""
    folder = tmp_path_factory.mktemp("law") / "law-graph"
    run(SHOWN[0][0], folder)
    return folder


def run(command: str, folder: Path) -> str:
    """What a command of the guide prints, run in the checkout."""
    arguments = [
        str(folder) if a == "law-graph" else str(ROOT / a) if a.startswith("ontology/") else a
        for a in shlex.split(command)
    ]
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout.replace(str(folder), "law-graph")


def facts(folder: Path, *options: str) -> set[tuple[str, str, str]]:
    result = CliRunner().invoke(cli, ["facts", "--format", "jsonl", "-o", str(folder), *options])
    return {(r["s"][0], r["p"], r["o"][0]) for r in map(json.loads, result.stdout.splitlines())}


def test_the_example_lacks_nothing_that_the_engine_asks_for(law: Ontology) -> None:
    assert law.notices == ()
    assert {"Court", "Case", "Judge", "Lawyer", "LawFirm", "Statute"} <= {c.local for c in law.classes.values()}
    for prop in law.properties.values():
        assert prop.definition
        assert len(prop.phrases) >= 2
        assert all(phrase.count("?s") == 1 == phrase.count("?o") for phrase in prop.phrases)


def test_no_phrase_or_cue_of_the_example_names_anything_of_its_texts(law: Ontology) -> None:
    texts = "".join(p.read_text("utf-8") for p in sorted((ROOT / "ontology" / "examples").glob("law-*.txt")))
    names = set(
        "Brightwater Eastmoor Edmund Edwin Harrowmere Livestock Lock Margaret Mills Noor Orme Osgood Pettifer Philippa "
        "Rahmani River Stride Tolliver Weir Westmark Winstanley Works Wren Dairy BML".split()
    )
    assert names <= set(re.findall(r"\w+", texts))
    wordings = [w for p in law.properties.values() for w in (*p.phrases, *p.value_nouns, *p.value_words)]
    cues = [w for c in law.classes.values() for w in (*c.nouns, *c.name_words, *c.name_patterns)]
    assert not names & set(re.findall(r"\w+", " ".join(wordings + cues)))


def test_there_are_snippets_and_commands_in_the_guide() -> None:
    assert len(SNIPPETS) >= 4
    assert len(SHOWN) >= 4


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_every_snippet_of_the_guide_can_be_loaded(snippet: str, tmp_path: Path) -> None:
    path = tmp_path / "snippet.ttl"
    path.write_text(
        PREFIXES + "law:breached a owl:ObjectProperty .\n" + snippet.replace("@prefix", "\n@prefix"), encoding="utf-8"
    )
    assert load([path]).properties


def test_the_guide_uses_only_terms_that_the_vocabulary_defines() -> None:
    vocabulary = shipped("vocab.ttl").read_text("utf-8")
    used = set(re.findall(r"kgv:\w+", GUIDE + shipped("examples/law.ttl").read_text("utf-8")))
    assert used
    assert {term for term in used if f"\n{term} a " not in vocabulary} == set()


@pytest.mark.model
@pytest.mark.parametrize(("command", "answer"), SHOWN)
def test_the_guide_shows_what_its_commands_print(command: str, answer: str, graph: Path, tmp_path: Path) -> None:
    assert run(command, tmp_path / "law-graph" if command.startswith("build") else graph) == answer


@pytest.mark.model
def test_the_facts_in_the_guide_are_those_of_the_texts(graph: Path) -> None:
    table = GUIDE.partition("| subject | property | object |\n|---|---|---|\n")[2].partition("\n\n")[0]
    listed = [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in table.splitlines()]
    assert len(listed) == len(set(listed)) > 20
    assert facts(graph) == set(listed)


@pytest.mark.model
def test_what_is_denied_open_or_another_claim_is_no_fact(graph: Path) -> None:
    asserted = facts(graph)
    assert ("Brightwater Mills Ltd", "breached", "Livestock Act 1988") not in asserted
    assert not any(o == "Supreme Court" for _, _, o in asserted)
    assert facts(graph, "--stance", "denied") == {
        ("Brightwater Mills Ltd", "breached", "Livestock Act 1988"),
        ("Brightwater Mills Ltd", "appealedAgainst", "Court of Appeal of Westmark"),
    }


@pytest.mark.model
def test_every_phrase_of_the_example_compiles(law: Ontology) -> None:
    from kg.annotate import SpacyAnnotator
    from kg.config import Settings
    from kg.extract import RuleExtractor

    assert RuleExtractor(law, SpacyAnnotator(Settings().model, law).phrases).compiled.failed == ()


@pytest.mark.model
def test_what_the_guide_tries_gives_the_reason_that_it_tells(tmp_path: Path) -> None:
    [command] = re.findall(r"```\nkg (try .+)\n```", GUIDE)
    tried = run(command, tmp_path)
    assert "Weir Case" in tried
    assert "nothing in the text fits the reference 'council'" in tried


@pytest.mark.model
def test_a_candidate_that_another_reading_betters_is_not_told(graph: Path) -> None:
    arguments = ["why-not", "-", "orderedToPay", "--format", "jsonl", "-o", str(graph)]
    dropped = [json.loads(line)["object"] for line in CliRunner().invoke(cli, arguments).stdout.splitlines()]
    assert dropped == ["damages"]
    assert ("48000 GBP", "orderedToPay") in {(o, p) for _, p, o in facts(graph)}
