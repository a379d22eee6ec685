"""The script that checks the annotated texts of train/ finds what is wrong with them."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

TRAIN = Path(__file__).parents[2] / "train"
PASSAGE: dict[str, Any] = {
    "text": "Anna Besk founded Arrol in 1990.",
    "mentions": [["Anna Besk", "Person"], ["Arrol", "Organization"], ["1990", "Date"]],
    "facts": [["Arrol", "founder", "Anna Besk"], ["Arrol", "foundingDate", "1990"]],
    "tags": [],
}


@pytest.fixture(scope="module")
def problems() -> Callable[[Path], Iterator[str]]:
    spec = importlib.util.spec_from_file_location("check_examples", TRAIN / "check.py")
    assert spec
    assert spec.loader
    module = sys.modules["check_examples"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[[Path], Iterator[str]] = module.problems
    return found


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []),
        ({"mentions": [*PASSAGE["mentions"], ["Oslo", "Place"]]}, ["mention not in the text: 'Oslo'"]),
        ({"mentions": [*PASSAGE["mentions"], ["in", "Town"]]}, ["unknown type: Town"]),
        ({"facts": [["Arrol", "boss", "Anna Besk"]]}, ["unknown property: boss"]),
        ({"facts": [["Arrol", "founder", "Arrol"]]}, ["founder does not lead to: Organization"]),
        ({"facts": [["Anna Besk", "founder", "Anna Besk"]]}, ["founder is not said of: Person"]),
        ({"facts": [["Arrol", "foundingDate", "Anna Besk"]]}, ["foundingDate is not of the kind: Person"]),
        ({"facts": [PASSAGE["facts"][0]] * 2}, ["a fact stands twice"]),
    ],
)
def test_what_is_wrong_with_a_passage_is_told(
    problems: Callable[[Path], Iterator[str]], tmp_path: Path, change: dict[str, Any], told: list[str]
) -> None:
    (tmp_path / "p.jsonl").write_text(json.dumps(PASSAGE | change) + "\n")
    assert list(problems(tmp_path / "p.jsonl")) == [f"1: {problem}" for problem in told]


def test_a_passage_stands_once(problems: Callable[[Path], Iterator[str]], tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text((json.dumps(PASSAGE) + "\n") * 2 + "{\n")
    first, twice = problems(tmp_path / "p.jsonl")
    assert first.startswith("3: ")
    assert twice.startswith("twice: Anna Besk")


def test_nothing_is_wrong_with_those_that_are_kept(problems: Callable[[Path], Iterator[str]]) -> None:
    paths = [*TRAIN.rglob("*.jsonl"), *TRAIN.rglob("documents/*.json")]
    assert len(paths) > 170
    assert [problem for path in sorted(paths) for problem in problems(path)] == []
