"""`kg diff`: its tables, its JSON and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kg
from tests.diff.small import Small

BEFORE = Small({"a": ["Ann makes boats", "Annie makes sails", "Bo knows Cy"], "b": ["Bo makes flour"]})
AFTER = Small(
    {"a": ["Ann makes boats", "Annie makes sails", "Bo knows Cy/denied"], "c": ["Di makes \x1b[31mrope"]},
    called={"Annie": "ann", "\x1b[31mrope": "rope"},
    replaced={"annie": "ann"},
    decisions={"1": ("merge", ("ann", "annie"))},
)


@pytest.fixture
def graphs(tmp_path: Path) -> tuple[str, str]:
    BEFORE.store(tmp_path / "before")
    AFTER.store(tmp_path / "after")
    return "before", "after"


def test_what_came_and_went_with_cause_and_evidence(kg: Kg, graphs: tuple[str, str]) -> None:
    code, out, err = kg("diff", *graphs)
    assert code == 1
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[0] == "before → after"
    assert "documents 1 1" in lines
    assert r"came Di makes \x1b[31mrope document: c added c:0 Di makes \x1b[31mrope" in lines
    assert "went Bo makes flour document: b removed b:0 Bo makes flour" in lines
    assert "merged Annie Maker Ann (ann), Annie (annie) → Annie (ann) decision: merge 1 made a:0, a:17" in lines
    assert any(line.startswith("changed Bo knows Cy denied stance: asserted → denied other:") for line in lines)
    assert "\x1b" not in out
    assert "the other way round: 1 (--json lists them)" in err
    assert "statements behind the facts above: 2" in err


def test_only_a_part(kg: Kg, graphs: tuple[str, str]) -> None:
    code, out, _ = kg("diff", *graphs, "--only", "statements")
    assert code == 1
    assert out.count("Bo makes flour") == 1
    assert "\nentities" not in out
    BEFORE.but(confidence=0.5).store(Path("surer"))
    assert kg("diff", "before", "surer", "--only", "facts")[0] == 0


def test_json_holds_all(kg: Kg, graphs: tuple[str, str]) -> None:
    code, out, _ = kg("diff", *graphs, "--json")
    found = json.loads(out)
    assert code == 1
    assert not found["equal"]
    assert found["documents"]["added"][0]["after"] == ["c"]
    (fact,) = found["facts"]["changed"]
    assert fact["before"][0]["subject"] == "https://kg.example/entity/annie"
    assert fact["after"][0]["subject"] == "https://kg.example/entity/ann"
    assert fact["causes"] == [{"kind": "merge", "detail": "of Annie"}]
    assert found["labels"]["https://kg.example/entity/bo"] == "Bo"
    assert kg("diff", *graphs, "--json") == (code, out, "")


def test_equal_graphs_are_no_finding(kg: Kg, graphs: tuple[str, str]) -> None:
    code, out, err = kg("diff", "before", "before")
    assert (code, out, err) == (0, "", "before and before do not differ\n")
    assert json.loads(kg("diff", "before", "before", "--json")[1])["equal"]


def test_the_second_is_the_graph_of_the_project(kg: Kg, graphs: tuple[str, str]) -> None:
    Path("kg.toml").write_text('output = "after"\n', encoding="utf-8")
    assert kg("diff", "after")[0] == 0
    assert kg("diff", "before")[0] == 1


def test_other_settings_are_remarked(kg: Kg, graphs: tuple[str, str]) -> None:
    BEFORE.but(model="large").store(Path("larger"))
    code, out, err = kg("diff", "before", "larger")
    assert (code, out) == (0, "")
    assert "note: made with other settings: model small → large" in err


def test_what_is_no_graph(kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    code, out, err = kg("diff", "nowhere", "nothing")
    assert (code, out) == (2, "")
    assert err.startswith("error: nowhere: there is no such file or folder")
    assert kg("diff")[0] == 2


def test_colours_are_for_a_terminal(
    kg: Kg, graphs: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b" not in kg("diff", *graphs)[1]
    monkeypatch.setattr("kg.cli.tables.sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[32mcame" in kg("diff", *graphs)[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[32m" not in kg("diff", *graphs)[1]
