from __future__ import annotations

import io
import sys
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.charts import MOST, Bar, Line, chart, charts, print_charts, years
from kg.cli.tables import cut, width

COUNTS: dict[str, Any] = {
    "types": {"Person": 8, "Place": 4, "Award": 1},
    "predicate_stances": {"produces": {"asserted": 3, "denied": 1, "planned": 1}, "owns": {"asserted": 2}},
    "document_facts": {"press": 5},
    "years": {"2019": 1, "2020": 2},
    "confidences": {"0.6": 1, "0.8": 4},
}
NOTHING: dict[str, Any] = {name: {} for name in COUNTS}


def plain(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


def test_bars_are_aligned_and_in_proportion() -> None:
    assert plain(chart("Types", [Bar("Person", 8), Bar("Place", 4), Bar("Award", 1)], 30)) == [
        "Types",
        "  Person  8  █████████████████",
        "  Place   4  ████████▌",
        "  Award   1  ██▏",
    ]


def test_every_chart_has_its_title_and_an_empty_line_before_it() -> None:
    lines = plain(charts(COUNTS, 60))
    assert [after for before, after in pairwise(lines) if not before] == [
        "Entities by type",
        "Statements by predicate",
        "Documents with the most facts",
        "Facts by year",
        "Statements by confidence",
    ]
    assert lines[0] == ""


def test_nothing_to_count_gives_no_line() -> None:
    assert charts(NOTHING, 80) == []
    assert plain(charts(NOTHING | {"years": {"2019": 1}}, 80))[:2] == ["", "Facts by year"]


def test_what_is_not_asserted_is_pale_and_named() -> None:
    lines = charts(NOTHING | {"predicate_stances": COUNTS["predicate_stances"]}, 60)
    assert "1 denied, 1 planned" in plain(lines)[2]
    pieces = {kind: text for text, kind in lines[2]}
    assert len(pieces["pale"]) / (len(pieces["bar"]) + len(pieces["pale"])) == pytest.approx(2 / 5, abs=0.06)
    assert "pale" not in {kind for _, kind in lines[3]}


def test_a_stance_of_one_in_many_still_shows() -> None:
    counts = {"produces": {"asserted": 999, "denied": 1}, "owns": {"denied": 2}, "has": {"asserted": 1, "denied": 1}}
    lines = charts(NOTHING | {"predicate_stances": counts}, 60)
    assert [[kind for _, kind in line if kind in ("bar", "pale")] for line in lines[2:]] == [
        ["bar", "pale"],
        ["bar", "pale"],
        ["bar", "pale"],
    ]
    assert [len(text) for text, kind in lines[3] if kind == "bar"] == [0]


def test_what_is_too_much_is_summed_up_without_a_bar() -> None:
    counts = {f"Type{n:02}": 30 - n for n in range(20)}
    lines = plain(charts(NOTHING | {"types": counts}, 60))
    assert len(lines) == 2 + MOST + 1
    assert lines[-1].split() == ["(8", "more)", str(sum(30 - n for n in range(12, 20)))]
    assert lines[2].endswith("█")


def test_many_years_are_drawn_together() -> None:
    assert years({"2019": 1, "2020": 2}) == [Bar("2019", 1), Bar("2020", 2)]
    many = {str(year): 1 for year in range(1990, 2021)}
    assert years(many)[0] == Bar("1990–1994", 5)
    assert sum(bar.count for bar in years(many)) == len(many)
    assert years({}) == []
    assert len(years({str(year): 1 for year in range(1, 3000)})) <= MOST


def test_a_confidence_that_none_has_keeps_its_place() -> None:
    lines = plain(charts(NOTHING | {"confidences": COUNTS["confidences"]}, 60))
    assert [line.split()[:2] for line in lines[2:]] == [
        ["0.6–0.7", "1"],
        ["0.7–0.8", "0"],
        ["0.8–0.9", "4"],
        ["0.9–1.0", "0"],
    ]


def test_control_characters_and_wide_ones() -> None:
    lines = plain(chart("Documents", [Bar("a\x1b[31mb\nc", 2), Bar("新高端", 1)], 60))
    assert "\x1b" not in "".join(lines)
    starts = [width(line[: line.index("█")]) for line in lines[1:]]
    assert starts[0] == starts[1]
    assert cut("新高端新高端", 6) == "新高…"
    assert cut("short", 5) == "short"


@given(
    st.lists(
        st.tuples(st.text(max_size=40), st.integers(1, 10**7), st.integers(0, 10**7), st.text(max_size=30)), min_size=1
    ),
    st.integers(40, 200),
)
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, int, int, str]], columns: int) -> None:
    bars = [Bar(label, count, min(pale, count), "1 denied" if note else "") for label, count, pale, note in rows]
    lines = chart("Title", bars, columns)
    assert len(lines) == len(bars) + 1
    assert all(width(line) <= columns for line in plain(lines))
    for line in lines[1:]:
        assert any(text for text, kind in line if kind in ("bar", "pale")), "each count has a mark"


def test_colour_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = charts(COUNTS, 60)
    print_charts(lines)
    assert capsys.readouterr().out.splitlines() == plain(lines)

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    print_charts(lines)
    shown = terminal.getvalue()
    assert "\x1b[36m█" in shown
    assert "Entities by type" in shown
