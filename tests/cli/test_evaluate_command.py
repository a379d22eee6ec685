"""kg evaluate on a stored graph and gold written for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli.evaluate import fallen

Kg = Callable[..., tuple[int, str, str]]


@pytest.fixture
def gold(kg: Kg, boatyard: Path, tmp_path: Path) -> Path:
    """Gold that says just what the graph says."""
    facts = [json.loads(line) for line in kg("facts", "-o", boatyard, "--format", "jsonl")[1].splitlines()]
    entities = [json.loads(line) for line in kg("entities", "-o", boatyard, "--format", "jsonl")[1].splitlines()]
    folder = tmp_path / "gold"
    folder.mkdir()
    for name in {row["id"] for row in facts}:
        document = {
            "id": name,
            "genre": "profile",
            "entities": [
                {"name": row["s"][0], "type": row["type"], "aliases": row["s"][1:]}
                for row in entities
                if row["id"] == name
            ],
            "facts": [{"s": row["s"][0], "p": row["p"], "o": row["o"][0]} for row in facts if row["id"] == name],
        }
        (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def test_a_graph_agrees_with_itself(kg: Kg, boatyard: Path, gold: Path) -> None:
    code, out, err = kg("evaluate", gold, "-o", boatyard, "--json")
    assert (code, err) == (0, "")
    scores = json.loads(out)
    assert scores["facts"]["f1"] == scores["entities"]["f1"] == 1.0
    assert scores["facts"]["gold"] > 10


def test_the_table_has_documents_and_sums(kg: Kg, boatyard: Path, gold: Path) -> None:
    code, out, _ = kg("evaluate", gold, "-o", boatyard, "--per-property", "--errors")
    assert code == 0
    first = {line.split()[0] for line in out.splitlines() if line}
    assert {"precision", "larkspur-profile", "facts", "entities", "traps", "produces", "kind"} <= first


def test_a_missed_fact_is_shown_and_falls_below_the_baseline(kg: Kg, boatyard: Path, gold: Path) -> None:
    Path("before.json").write_text(kg("evaluate", gold, "-o", boatyard, "--json")[1], encoding="utf-8")
    path = gold / "larkspur-profile.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["facts"].append({"s": "Larkspur Marine", "p": "acquired", "o": "Nordby Nets", "evidence": "bought"})
    path.write_text(json.dumps(document), encoding="utf-8")
    code, out, err = kg("evaluate", gold, "-o", boatyard, "--baseline", "before.json", "--errors")
    assert code == 1
    assert "below the baseline: F1 of facts" in err
    assert any(line.startswith("missed") and "Nordby Nets" in line for line in out.splitlines())


def test_a_baseline_that_is_none(kg: Kg, boatyard: Path, gold: Path) -> None:
    Path("before.json").write_text("{}", encoding="utf-8")
    code, out, err = kg("evaluate", gold, "-o", boatyard, "--baseline", "before.json")
    assert (code, out) == (2, "")
    assert err.startswith("error: before.json: no baseline")


def test_no_gold(kg: Kg, boatyard: Path, tmp_path: Path) -> None:
    for flags in ((), ("-o", boatyard)):
        code, out, err = kg("evaluate", tmp_path, *flags)
        assert (code, out) == (2, "")
        assert "no gold documents" in err


def test_equal_scores_have_not_fallen() -> None:
    scores = {"facts": {"f1": 0.5}, "entities": {"f1": 0.25}}
    assert fallen(scores, scores) == []
    assert fallen(scores, {}) == []
    assert fallen(scores, {"facts": {"f1": 0.501}, "entities": {"f1": 0.25}}) == ["F1 of facts is 0.500, was 0.501"]
