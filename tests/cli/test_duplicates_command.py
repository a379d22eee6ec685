from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import duplicates as module
from kg.duplicates import Pair, Side
from kg.resolve.compare import Reason

Kg = Callable[..., tuple[int, str, str]]

PAIR = Pair(
    0.91,
    Side("https://kg.example/entity/larkspur", ("Larkspur", "LM"), "Organization", ("a", "b")),
    Side("https://kg.example/entity/larkspur-marine", ("Larkspur Marine",), "", ()),
    (Reason("shared words", 0.8, 1.12), Reason("more: kind", 1.0, -0.8)),
)


def test_a_graph_without_doubles_says_so(kg: Kg, boatyard: Path) -> None:
    code, out, err = kg("duplicates", "-o", boatyard)
    assert (code, out) == (0, "")
    assert "no two things" in err


def test_a_pair_is_told_with_reasons_and_commands(kg: Kg, boatyard: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "duplicates", lambda *_, **__: [PAIR])
    code, out, _ = kg("duplicates", "-o", boatyard)
    assert code == 0
    assert out.splitlines()[0].startswith("0.91  Larkspur")
    assert "shared words +1.1, more: kind -0.8" in out
    assert "Larkspur Marine (of no known class) in no document" in out
    assert "kg decide merge https://kg.example/entity/larkspur https://kg.example/entity/larkspur-marine" in out


def test_programs_get_json(kg: Kg, boatyard: Path) -> None:
    code, out, _ = kg("duplicates", "-o", boatyard, "--least", "0", "--limit", "1", "--json")
    (pair,) = json.loads(out)
    assert code == 0
    assert set(pair) == {"score", "one", "other", "reasons", "merge", "apart"}
    assert set(pair["one"]) == {"iri", "names", "type", "documents"}


@pytest.mark.parametrize("flags", [("--least", "2"), ("--limit", "0"), ("--least", "x")])
def test_a_bad_flag_is_a_usage_error(kg: Kg, boatyard: Path, flags: tuple[str, str]) -> None:
    assert kg("duplicates", "-o", boatyard, *flags)[0] == 2
