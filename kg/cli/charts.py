"""Charts of counts for the terminal: bars of block characters, aligned and as wide as there is room for."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from kg.cli.tables import cut, visible, width

MOST = 12  # bars of one chart
BLOCKS = " ▏▎▍▌▋▊▉"  # an empty column, then its eighths
FULL, PALE = "█", "░"
LABEL = 32  # columns of a label, at most
SHORTEST = 8  # columns of the longest bar, at least
INDENT, GAP = "  ", "  "
PERIODS = (1, 5, 10, 50, 100, 500, 1000)  # years that a bar stands for

STYLES = {"title": "bold", "bar": "cyan", "pale": "dim cyan", "note": "dim"}

# A line is made of pieces of text, each with what it is: title, label, count, bar, pale or note.
Line = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a part of its count may be pale, and a note stands after it. With drawn=False, there is no bar."""

    label: str
    count: int
    pale: int = 0
    note: str = ""
    drawn: bool = True


def charts(counts: Mapping[str, Any], columns: int) -> list[Line]:
    """The charts of what `kg.statistics` counts, an empty line before each; nothing where all is empty."""
    found = (
        ("Entities by type", _bars(counts["types"])),
        ("Statements by predicate", _by_stance(counts["predicate_stances"])),
        ("Documents with the most facts", _bars(counts["document_facts"])),
        ("Facts by year", years(counts["years"])),
        ("Statements by confidence", _tenths(counts["confidences"])),
    )
    return [line for title, bars in found if bars for line in ([], *chart(title, bars, columns))]


def chart(title: str, bars: Sequence[Bar], columns: int) -> list[Line]:
    """A title, and a line for each bar that is at most so many columns wide: label, count, bar, note."""
    labels = [cut(visible(bar.label), min(LABEL, columns // 3)) for bar in bars]
    counts = [f"{bar.count:,}" for bar in bars]
    wide, deep = max(map(width, labels)), max(map(len, counts))
    room = columns - len(INDENT) - wide - len(GAP) - deep - len(GAP)
    most = max((bar.count for bar in bars if bar.drawn), default=0)
    noted = max((len(GAP) + width(bar.note) for bar in bars if bar.note), default=0)
    if room - noted < SHORTEST:
        noted = 0
    lines: list[Line] = [[(title, "title")]]
    for bar, label, count in zip(bars, labels, counts, strict=True):
        drawn = _drawn(bar, most, max(room - noted, SHORTEST)) if bar.drawn and bar.count else []
        line = [(INDENT + label + " " * (wide - width(label)) + GAP, "label"), (count.rjust(deep), "count")]
        if drawn:
            line += [(GAP, "label"), *drawn]
        if bar.note and noted:
            line.append((GAP + bar.note, "note"))
        lines.append(line)
    return lines


def print_charts(lines: Sequence[Line]) -> None:
    """Print charts on standard output, in colour on a terminal."""
    if not sys.stdout.isatty():
        for line in lines:
            click.echo("".join(text for text, _ in line))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console()
    for line in lines:
        console.print(Text.assemble(*((text, STYLES.get(kind, "")) for text, kind in line)), no_wrap=True)


def _drawn(bar: Bar, most: int, room: int) -> Line:
    """The bar, to an eighth of a column where it is of one piece; what is counted is never without any mark."""
    if not bar.pale:
        whole, eighths = divmod(round(bar.count / most * room * 8), 8)
        return [((FULL * whole + BLOCKS[eighths].strip()) or BLOCKS[1], "bar")]
    length = max(round(bar.count / most * room), 1 + (bar.pale < bar.count))
    pale = min(max(round(bar.pale / bar.count * length), 1), length - (bar.pale < bar.count))
    return [(FULL * (length - pale), "bar"), (PALE * pale, "pale")]


def _bars(counts: Mapping[str, int]) -> list[Bar]:
    bars = [Bar(name, count) for name, count in counts.items()]
    return [*bars[:MOST], *_rest(bars[MOST:])]


def _by_stance(counts: Mapping[str, Mapping[str, int]]) -> list[Bar]:
    """Statements by predicate, those that are not asserted pale, with a note that tells them apart."""
    bars: list[Bar] = []
    for predicate, stances in counts.items():
        others = {stance: count for stance, count in stances.items() if stance != "asserted"}
        note = ", ".join(f"{count:,} {visible(stance)}" for stance, count in others.items())
        bars.append(Bar(predicate, sum(stances.values()), sum(others.values()), note))
    return [*bars[:MOST], *_rest(bars[MOST:])]


def _rest(bars: Sequence[Bar]) -> list[Bar]:
    """What is too much for bars of its own, as a last line without one."""
    return [Bar(f"({len(bars):,} more)", sum(bar.count for bar in bars), drawn=False)] if bars else []


def years(counts: Mapping[str, int]) -> list[Bar]:
    """A bar for each year, or for as many years as make few enough bars; empty ones between are left out."""
    dated = sorted((int(year), count) for year, count in counts.items())
    bars: list[Bar] = []
    for period in PERIODS:
        grouped: Counter[int] = Counter()
        for year, count in dated:
            grouped[year // period * period] += count
        bars = [Bar(_period(first, period), count) for first, count in grouped.items()]
        if len(bars) <= MOST:
            break
    return bars


def _period(first: int, years: int) -> str:
    return str(first) if years == 1 else f"{first}–{first + years - 1}"


def _tenths(counts: Mapping[str, int]) -> list[Bar]:
    """A histogram from the lowest confidence up, with the tenths between that are empty."""
    if not counts:
        return []
    low = min(round(float(tenth) * 10) for tenth in counts)
    return [Bar(f"{n / 10:.1f}–{(n + 1) / 10:.1f}", counts.get(f"{n / 10:.1f}", 0)) for n in range(low, 10)]
