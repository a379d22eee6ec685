"""How soon the page of a graph can be used, how smoothly it moves, how large it is and what it costs to make.

Ours is measured beside pyvis in the same run, in the same headless Chromium without a GPU, both from files: pyvis as it
makes pages by default, and with fixed positions, which is as fast as vis-network can be. Our page counts as ready when
it says so and then finds an entity that is searched for.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from drawing import browser as chrome
from drawing import making, rivals
from drawing.stores import in_memory, on_disk
from drawing.synthetic import Graph, synthetic
from drawing.views import VIEWS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SCORES = Path(__file__).parent / "scores" / "page.json"
RUNS = 7
SMALL, PYVIS, VIS, LARGE = 60, 1000, 5000, 20_000  # entities
CANVAS = {"kg": "#graph", "vis": "#mynetwork canvas"}


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured; `most` and `least` are its bar, where it has one."""

    name: str
    value: float
    unit: str
    least: float | None = None
    most: float | None = None

    @property
    def met(self) -> bool:
        """Whether it keeps to its bar."""
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value < self.most)

    def __str__(self) -> str:
        bar = f"at least {self.least:g}" if self.least is not None else ""
        bar = f"below {self.most:g}" if self.most is not None else bar
        verdict = f"{bar}: {'met' if self.met else 'MISSED'}" if bar else ""
        return f"{self.name:64} {self.value:10,.{_digits(self.value)}f} {self.unit:8} {verdict}".rstrip()


def _digits(value: float) -> int:
    return 0 if value >= 1000 else 1


@dataclass(frozen=True, slots=True)
class Setting:
    """Where pages are written, how large the graphs are where not as usual, and how often is measured."""

    folder: Path
    nodes: int | None
    runs: int

    def graph(self, usual: int) -> Graph:
        """The graph of the usual size, or of the one asked for."""
        return _graph(self.nodes or usual)

    def ours(self, usual: int) -> Path:
        """Our page of that graph."""
        path = self.folder / f"kg-{self.nodes or usual}.html"
        if not path.exists():
            from kg.view import write_page

            write_page(in_memory(self.graph(usual)), path)
        return path


@cache
def _graph(nodes: int) -> Graph:
    return synthetic(nodes)


def drawn(setting: Setting) -> Iterator[Figure]:
    """How soon pages are drawn, beside pyvis as it comes and beside vis-network with fixed positions."""
    with chrome.chromium() as browser:
        yield from _beside_default(setting, browser)
        yield from _beside_fixed(setting, browser)


def _beside_default(setting: Setting, browser: Browser) -> Iterator[Figure]:
    graph, path = setting.graph(PYVIS), setting.folder / "default.html"
    rivals.write_default(graph, path)
    size = f"{len(graph.entities):,} entities"
    ours = statistics.median(_until_usable(setting, browser, PYVIS) for _ in range(setting.runs))
    theirs = _until_drawn(browser, path)
    longer = " (given up)" if theirs >= chrome.PATIENCE else ""
    yield Figure(f"{size}: kg drawn and usable", ours, "ms")
    yield Figure(f"{size}: pyvis by default drawn{longer}", theirs, "ms")
    yield Figure(f"{size}: kg is sooner by", theirs / ours, "times", least=20)


def _beside_fixed(setting: Setting, browser: Browser) -> Iterator[Figure]:
    graph, path = setting.graph(VIS), setting.folder / "fixed.html"
    rivals.write_fixed(graph, path)
    size = f"{len(graph.entities):,} entities"
    turns = [(_until_usable(setting, browser, VIS), _until_drawn(browser, path)) for _ in range(setting.runs)]
    ours, theirs = (statistics.median(times) for times in zip(*turns, strict=True))
    yield Figure(f"{size}: kg drawn and usable", ours, "ms", most=3000)
    yield Figure(f"{size}: vis-network, fixed positions, drawn", theirs, "ms")
    yield Figure(f"{size}: kg is sooner by", theirs / ours, "times", least=4)
    with chrome.opened(browser, setting.ours(VIS)) as page:
        yield Figure(f"{size}: kg has its sentences as well", chrome.until(page, "complete"), "ms")


def _until_drawn(browser: Browser, path: Path) -> float:
    with chrome.opened(browser, path) as page:
        return chrome.until(page)


def _until_usable(setting: Setting, browser: Browser, usual: int) -> float:
    """Milliseconds until our page is ready; it has to find something then."""
    with chrome.opened(browser, setting.ours(usual)) as page:
        found = chrome.until(page)
        chrome.must_find(page, setting.graph(usual).entities[-1].label)
        return found


def panning(setting: Setting) -> Iterator[Figure]:
    """Frames a second while the mouse drags the graph."""
    graph, path = setting.graph(LARGE), setting.folder / "fixed-large.html"
    size = f"{len(graph.entities):,} entities"
    rivals.write_fixed(graph, path)
    with chrome.chromium() as browser:
        for name, look in VIEWS.items():
            with chrome.opened(browser, setting.ours(LARGE)) as page:
                chrome.until(page, "complete")
                drawn_ones = look(page)
                page.wait_for_timeout(1000)
                rate = chrome.pan(page, CANVAS["kg"]).rate
            words = f" ({drawn_ones:,} drawn)" if drawn_ones else ""
            yield Figure(f"{size}: kg panning, {name}{words}", rate, "frames/s", least=15)
        with chrome.opened(browser, path) as page:
            chrome.until(page)
            page.wait_for_timeout(1000)
            yield Figure(
                f"{size}: vis-network panning, everything at once", chrome.pan(page, CANVAS["vis"]).rate, "frames/s"
            )


def making_it(setting: Setting) -> Iterator[Figure]:
    """What `kg view` costs on a store that lies on disk."""
    graph = setting.graph(LARGE)
    size = f"{len(graph.entities):,} entities, {len(graph.statements):,} statements"
    store, page = setting.folder / "store", setting.folder / "made.html"
    on_disk(graph, store)
    cost = making.view(store, page)
    yield Figure(f"{size}: making the page, CPU", cost.seconds, "s", most=20)
    yield Figure(f"{size}: making the page, memory", cost.memory, "MB", most=1000)
    yield Figure(f"{size}: size of the page", page.stat().st_size / 1e6, "MB", most=8)


def size(setting: Setting) -> Iterator[Figure]:
    """How large a small page is."""
    path = setting.ours(SMALL)
    yield Figure(f"{setting.nodes or SMALL} entities: size of the page", path.stat().st_size / 1000, "KB", most=150)


PARTS: dict[str, Callable[[Setting], Iterator[Figure]]] = {
    "size": size,
    "drawn": drawn,
    "panning": panning,
    "making": making_it,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part; repeatable")
    parser.add_argument("--nodes", type=int, help="entities of every graph, in place of the usual sizes; no bar then")
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of what is quick, of which the median counts")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the pages into this folder and keep them")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--save", action="store_true", help=f"write them to {SCORES.parent.name}/{SCORES.name}")
    options = parser.parse_args(arguments)
    if options.runs < 1 or (options.nodes is not None and options.nodes < SMALL):
        parser.error(f"--runs is at least 1, and --nodes at least {SMALL}")
    found = []
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        place = options.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        for part in options.only or PARTS:
            for figure in PARTS[part](Setting(place, options.nodes, options.runs)):
                found.append(figure)
                if not options.json:
                    print(figure, flush=True)
    text = json.dumps([asdict(figure) | {"met": figure.met} for figure in found], indent=1)
    if options.json:
        print(text)
    if options.save:
        SCORES.write_text(text + "\n", encoding="utf-8")
    return 0 if options.nodes or all(figure.met for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
