"""kg evaluate on a stored graph and gold written for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


def scores(f1: float, precision: float, traps: int) -> dict[str, Any]:
    part = {"f1": f1, "precision": precision}
    return {"facts": part, "entities": {"f1": 0.25, "precision": 0.25}, "traps_sprung": traps}


def test_what_has_fallen() -> None:
    now = scores(0.5, 0.75, 2)
    assert fallen(now, now) == []
    assert fallen(now, {}) == []
    assert fallen(now, scores(0.4, 0.7, 3)) == []
    assert fallen(now, scores(0.501, 0.75, 2)) == ["F1 of facts is 0.500, was 0.501"]
    assert fallen(now, scores(0.4, 0.76, 2)) == ["precision of facts is 0.750, was 0.760"]
    assert fallen(now, scores(0.5, 0.75, 1)) == ["2 traps are sprung, were 1"]


def changed(gold: Path, **parts: Any) -> None:
    """Put other parts into the gold of the profile."""
    path = gold / "larkspur-profile.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**document, **parts}), encoding="utf-8")


def test_genres_are_told_where_there_are_several(kg: Kg, boatyard: Path, gold: Path) -> None:
    assert "genre" not in kg("evaluate", gold, "-o", boatyard)[1]
    changed(gold, genre="news")
    out = kg("evaluate", gold, "-o", boatyard)[1]
    assert [line.split()[0] for line in out.partition("genre ")[2].splitlines()[2:4]] == ["news", "profile"]


def test_a_trap_is_told_with_its_reason_and_fails_the_baseline(kg: Kg, boatyard: Path, gold: Path) -> None:
    trap = {"s": "Larkspur Marine", "p": "founder", "o": "Ines Falk", "why": "hearsay"}
    facts = json.loads((gold / "larkspur-profile.json").read_text(encoding="utf-8"))["facts"]
    Path("before.json").write_text(kg("evaluate", gold, "-o", boatyard, "--json")[1], encoding="utf-8")
    changed(gold, not_facts=[trap], facts=[fact for fact in facts if fact["p"] != "founder"])
    code, out, err = kg("evaluate", gold, "-o", boatyard, "--baseline", "before.json")
    assert code == 1
    assert "below the baseline: precision of facts" in err
    assert "below the baseline: 1 traps are sprung, were 0" in err
    assert "traps sprung: 1 of 1" in out
    assert any(line.split()[-1:] == ["hearsay"] for line in out.splitlines())


def test_confusions_show_what_the_gold_says(kg: Kg, boatyard: Path, gold: Path) -> None:
    document = json.loads((gold / "larkspur-profile.json").read_text(encoding="utf-8"))
    facts = [fact | {"p": "worksFor"} if fact["p"] == "founder" else fact for fact in document["facts"]]
    entities = [e | {"type": "Brand"} if e["name"] == "Ostrava Sails" else e for e in document["entities"]]
    changed(gold, facts=facts, entities=entities)
    out = kg("evaluate", gold, "-o", boatyard, "--confusion")[1]
    assert "Larkspur Marine | worksFor | Ines Falk" in out
    assert any(line.split() == ["Brand", "Organization", "1"] for line in out.splitlines())
    printed = json.loads(kg("evaluate", gold, "-o", boatyard, "--confusion", "--json")[1])
    assert [one["kind"] for one in printed["confusions"]] == ["other property"]
    assert printed["mistyped"] == [{"gold": "Brand", "found": "Organization", "count": 1}]
    assert "errors" not in printed


def test_documents_without_gold_are_passed_over_and_told(kg: Kg, boatyard: Path, gold: Path) -> None:
    (gold / "falk interview.json").rename(gold / "stranger.json")
    document = json.loads((gold / "stranger.json").read_text(encoding="utf-8"))
    (gold / "stranger.json").write_text(json.dumps({**document, "id": "stranger"}), encoding="utf-8")
    code, out, err = kg("evaluate", gold, "-o", boatyard)
    assert code == 0
    assert err.splitlines() == ["no gold for: falk interview", "not in the graph, counts as missed: stranger"]
    assert "falk" not in out
    changed(gold, id="nobody")
    code, out, err = kg("evaluate", gold, "-o", boatyard)
    assert (code, out) == (2, "")
    assert "none of the gold documents" in err
