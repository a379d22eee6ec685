"""Paths between two entities, and answers of queries in the light."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from kg.view import network
from tests.view.browser.pages import Opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.view.browser.conftest import Made
    from tests.view.conftest import Maker

pytestmark = pytest.mark.browser


def _connect(opened: Opened, start: str, end: str) -> None:
    page = opened.page
    if page.locator("#path").is_hidden():
        page.locator("#open-path").click()
    page.locator("#path").get_by_role("button", name="Clear", exact=True).click()
    for field, label in (("#path-from", start), ("#path-to", end)):
        page.locator(field).fill(label)
        page.locator(field).press("Enter")


def _facts(graph: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    facts: nx.Graph[str] = nx.Graph()
    facts.add_nodes_from(graph)
    facts.add_edges_from((s, o) for s, o, about in graph.edges(data=True) if about["stance"] == "asserted")
    return facts


def test_paths_are_as_short_as_can_be(show: Callable[..., Opened], optics: Maker, optics_page: Path) -> None:
    opened = show(optics_page)
    facts = _facts(network(optics))
    label = {iri: name for name, iri in optics.iris.items()}
    chance = random.Random(5)
    joined = 0
    for _ in range(12):
        start, end = chance.sample(sorted(facts), 2)
        _connect(opened, label[start], label[end])
        found = opened.kg("state.current.path?.map(model.iri) ?? null")
        if not nx.has_path(facts, start, end):
            assert found is None
            assert "No path leads from" in opened.page.locator("#path").inner_text()
            continue
        joined += 1
        assert (found[0], found[-1]) == (start, end)
        assert len(found) - 1 == nx.shortest_path_length(facts, start, end)
        assert all(facts.has_edge(a, b) for a, b in pairwise(found))
        ends = opened.kg(
            "state.current.pathStatements.map((i) => [model.iri(model.s[i]), model.iri(model.o[i]), "
            "model.stances[model.stance[i]]])"
        )
        assert [{a, b} for a, b, _ in ends] == [set(pair) for pair in pairwise(found)]
        assert {stance for *_, stance in ends} <= {"asserted"}
        assert opened.page.locator("#path .result li").count() == len(found) - 1
    assert joined > 3


def test_paths_in_a_large_graph(show: Callable[..., Opened], thousands: Made) -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from((s, o) for s, o, _ in thousands.graph.links())
    opened = show(thousands.page)
    chance = random.Random(7)
    for _ in range(4):
        start, end = chance.sample(sorted(nx.node_connected_component(graph, 0)), 2)
        _connect(opened, thousands.graph.entities[start].label, thousands.graph.entities[end].label)
        assert opened.kg("state.current.path.length") - 1 == nx.shortest_path_length(graph, start, end)


def test_a_path_is_told_with_its_sentences_and_can_be_turned(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    _connect(opened, "Oto Kalmus", "Gullwing Robotics")
    card = opened.page.locator("#path")
    assert "2 steps" in card.inner_text()
    assert card.locator("mark").all_text_contents() == [
        "Oto Kalmus has led Qvistren",
        "Gullwing Robotics fits the Ospreta",
    ]
    opened.page.wait_for_url(re.compile("#.*path="))
    address = opened.page.url
    card.locator("button", has_text="Swap").click()
    assert opened.kg("model.label[state.current.path[0]]") == "Gullwing Robotics"
    again = show(optics_page, "#" + address.split("#")[1])
    assert again.kg("state.current.path.map((i) => model.label[i])") == [
        "Oto Kalmus",
        "Qvistren Sensors AS",
        "Gullwing Robotics",
    ]
    assert again.page.locator("#path mark").count() == 2
    again.page.keyboard.press("Escape")
    assert again.current("path") is None


def test_a_path_that_only_what_is_no_fact_gives_is_offered(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    _connect(opened, "Tarnhelm Optics GmbH", "Porto")
    assert opened.current("path") is None
    opened.page.locator("#path button", has_text="Include what is not a fact").click()
    assert opened.kg("state.current.path.map((i) => model.label[i])") == ["Tarnhelm Optics GmbH", "Porto"]
    assert "planned" in opened.page.locator("#path .result").inner_text()


def test_the_path_keeps_to_what_is_shown(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    _connect(opened, "Oto Kalmus", "Gullwing Robotics")
    opened.kg("state.set({ hiddenTypes: new Set([model.types.findIndex(({ label }) => /company/i.test(label))]) })")
    assert "No path leads from" in opened.page.locator("#path").inner_text()


def test_an_answer_stands_in_the_light(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    page = opened.page
    before = opened.ink()
    page.locator("#open-queries").click()
    assert page.locator("#queries .names button span:first-child").all_text_contents() == ["Awards won", "Nothing"]
    page.locator("#queries button", has_text="Awards won").click()
    assert "2 rows" in page.locator("#queries").inner_text()
    assert page.locator("#queries tbody tr").count() == 2
    lit = opened.kg("model.queries[state.current.query].entities.map((i) => model.label[i])")
    assert sorted(lit) == [
        "Golden Prism",
        "Lanternrock Ferries",
        "Maritime Innovation Prize",
        "Northlight Diagnostics",
    ]
    assert opened.kg("model.queries[0].statements.map((i) => model.predicates[model.p[i]].label)") == ["won", "won"]
    opened.settle()
    assert opened.ink() != before
    page.wait_for_url(re.compile("q=awards"))
    page.locator("#queries tbody .entity", has_text="Golden Prism").click()
    assert opened.heading() == "Golden Prism"
    page.locator("#queries button", has_text="All results").click()
    page.locator("#queries button", has_text="Nothing").click()
    assert "empty" in page.locator("#queries").inner_text()
