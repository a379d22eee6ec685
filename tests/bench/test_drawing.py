"""The invented graphs of the page's benchmark, and what it makes pyvis do."""

from __future__ import annotations

import json
from pathlib import Path

import page as page_bench
import pytest
from drawing import rivals
from drawing.stores import in_memory, on_disk
from drawing.synthetic import Graph, synthetic

from kg.store import Store
from kg.view import network
from kg.view.shown import shown


@pytest.fixture(scope="module")
def graph() -> Graph:
    return synthetic(200, 500)


def test_a_graph_has_as_much_as_was_asked_for(graph: Graph) -> None:
    assert len(graph.entities) == len({entity.label for entity in graph.entities}) == 200
    assert len(graph.statements) == 500
    degree = [0] * 200
    for s, o, _ in graph.links():
        degree[s] += 1
        degree[o] += 1
    assert max(degree) > 8 * sorted(degree)[100]  # hubs


def test_the_same_seed_gives_the_same_graph(graph: Graph) -> None:
    assert synthetic(200, 500) == graph
    assert synthetic(200, 500, seed=2) != graph


def test_every_quote_stands_in_its_sentence(graph: Graph) -> None:
    for said in graph.statements:
        for evidence in said.evidence:
            begin, end = evidence.quote
            assert graph.entities[said.subject].label in evidence.sentence[begin:end]


def test_the_store_says_what_the_graph_says(graph: Graph, tmp_path: Path) -> None:
    on_disk(graph, tmp_path)
    with Store.view(tmp_path) as store:
        found = network(store)
    assert len(found) == 200
    assert len(shown(found).rows) == 500
    assert len(network(in_memory(graph))) == 200


def test_rivals_ask_nothing_of_the_network(graph: Graph, tmp_path: Path) -> None:
    rivals.write_default(graph, tmp_path / "default.html")
    rivals.write_fixed(graph, tmp_path / "fixed.html")
    for name in ("default.html", "fixed.html"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert 'src="http' not in text
        assert 'href="http' not in text
        assert "vis.Network(" in text


@pytest.mark.parametrize(
    ("value", "least", "most", "met"), [(4, 4, None, True), (3.9, 4, None, False), (20, None, 20, False)]
)
def test_a_bar_is_kept_or_missed(value: float, least: float | None, most: float | None, met: bool) -> None:
    found = page_bench.Figure("x", value, "s", least, most)
    assert found.met is met
    assert ("MISSED" in str(found)) is not met


def test_the_committed_figures_keep_their_bars() -> None:
    rows_saved = json.loads(page_bench.SCORES.read_text(encoding="utf-8"))
    saved = [page_bench.Figure(*(row[key] for key in ("name", "value", "unit", "least", "most"))) for row in rows_saved]
    barred = [figure for figure in saved if figure.least is not None or figure.most is not None]
    assert len(barred) >= 8
    assert [figure.name for figure in barred if not figure.met] == []
