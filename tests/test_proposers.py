"""Builds that ask a language model as well, over HTTP."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg import KnowledgeGraph, config, pipeline
from kg.errors import UsageError
from kg.model import BuildReport
from kg.proposers import RULES, versions
from tests.extract.llm.standin import StandIn, Step, fact, facts

TEXT = "Norvia Kettles lends its ear to Ospreta.\n\nNorvia Kettles was founded in 1994."
SAID = "Norvia Kettles lends its ear to Ospreta"

Build = Callable[..., BuildReport]


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    monkeypatch.delenv("LLM_API_KEY", raising=False)
    service = StandIn()
    service.says = lambda text: facts(*([fact("Norvia Kettles", "partnerOf", "Ospreta", SAID)] if SAID in text else []))
    yield service
    service.close()


@pytest.fixture
def build(service: StandIn, tmp_path: Path) -> Build:
    def run(**flags: object) -> BuildReport:
        (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
        given = {"output": str(tmp_path / "out"), "llm": service.url, "llm_model": "small model", **flags}
        with contextlib.chdir(tmp_path):
            return pipeline.build(["note.txt"], config.load(given))

    return run


def partners(folder: Path) -> list[tuple[str, str]]:
    rows = KnowledgeGraph.open(folder / "out").query(
        "SELECT ?rule ?by { GRAPH ?g "
        "{ ?s rdf:predicate company:partnerOf ; kgv:rule ?rule ; prov:wasGeneratedBy ?by } }"
    )
    return [(str(rule).strip('"'), str(by).strip("<>").rpartition("/")[2]) for rule, by in rows.rows]


def test_what_it_says_is_in_the_graph_under_its_name(build: Build, tmp_path: Path) -> None:
    build()
    assert partners(tmp_path) == [("llm:small model", "llm-1-small-model")]


def test_nothing_is_asked_without_the_flag(build: Build, service: StandIn, tmp_path: Path) -> None:
    build(llm="", llm_model="")
    assert not service.requests
    assert partners(tmp_path) == []


def test_what_was_answered_is_not_asked_again(build: Build, service: StandIn, tmp_path: Path) -> None:
    build()
    asked = len(service.requests)
    first = (tmp_path / "out" / "graph.trig").read_bytes()
    assert build().unchanged == ("note",)
    assert pipeline.estimate([str(tmp_path / "note.txt")], settings(tmp_path, service)).requests == 0
    assert len(service.requests) == asked
    assert (tmp_path / "out" / "graph.trig").read_bytes() == first


def settings(folder: Path, service: StandIn) -> config.Settings:
    return config.load({"output": str(folder / "out"), "llm": service.url, "llm_model": "small model"})


def test_a_document_without_all_answers_is_told_and_taken_up_again(
    build: Build, service: StandIn, tmp_path: Path
) -> None:
    service.script = [Step(status=404, content="gone")]
    report = build()
    assert len(report.problems) >= 1
    assert "404" in report.problems[0].what or "404" in report.problems[0].hint
    assert report.facts >= 1  # what the rules find stands all the same
    again = build()
    assert again.changed == ("note",)
    assert not again.problems
    assert len(partners(tmp_path)) == 1


def test_a_limit_ends_the_asking(build: Build, service: StandIn) -> None:
    service.says = lambda text: facts()
    report = build(llm_requests=1)
    assert len(service.requests) == 1
    assert report.facts >= 1


def test_the_cost_is_told_and_nothing_sent(service: StandIn, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    found = pipeline.estimate([str(tmp_path / "note.txt")], settings(tmp_path, service))
    assert found.requests == 1
    assert found.tokens_in > 100
    assert not service.requests
    with pytest.raises(UsageError, match="no language model"):
        pipeline.estimate([str(tmp_path / "note.txt")], config.load({"output": str(tmp_path)}))


def test_the_command_line(service: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kg.__main__ import main

    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    common = ["build", str(tmp_path / "note.txt"), "-o", str(tmp_path / "out"), "--llm", service.url]
    assert main([*common, "--llm-model", "small", "--estimate", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["requests"] == 1
    assert main(common) == 2
    assert "--llm-model" in capsys.readouterr().err
    assert main([*common, "--llm-model", "small"]) == 0
    assert len(service.requests) == 1


def test_versions_tell_who_may_have_found_something() -> None:
    assert versions(config.Settings()) == {RULES: "rules-1"}
    named = config.Settings(llm="http://localhost:1/v1", llm_model="a b")
    assert versions(named) == {RULES: "rules-1", "llm": "llm-1-a-b"}
