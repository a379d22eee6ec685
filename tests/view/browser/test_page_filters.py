"""Legend and filters: what they show and hide is what the data says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from kg.view import network
from tests.view.browser.pages import Opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drawing.synthetic import Evidence, Graph

    from tests.view.browser.conftest import Made
    from tests.view.conftest import Maker

pytestmark = pytest.mark.browser


def _expected(graph: Graph, passes: Callable[[Evidence], bool], stances: tuple[str, ...] = ("asserted",)) -> int:
    """How many statements have evidence that passes."""
    return sum(one.stance in stances and any(map(passes, one.evidence)) for one in graph.statements)


def test_a_type_is_hidden_and_shown_alone(show: Callable[..., Opened], optics: Maker, optics_page: Path) -> None:
    graph = network(optics)
    companies = {node for node, about in graph.nodes(data=True) if about["type"] == "Company"}
    literals = sum(len(about["literals"]) for node, about in graph.nodes(data=True) if node not in companies)
    facts = [(s, o) for s, o, about in graph.edges(data=True) if about["stance"] == "asserted"]
    opened = show(optics_page)
    whole, ink = opened.counts(), opened.ink()
    company = opened.entry("types", "company")
    company.click()
    assert company.get_attribute("aria-pressed") == "false"
    left = [(s, o) for s, o in facts if not {s, o} & companies]
    assert opened.counts() == (len({end for ends in left for end in ends}), len(left) + literals)
    opened.settle()
    assert opened.ink() < ink * 0.8
    company.click()
    assert opened.counts() == whole
    company.click(modifiers=["Alt"])
    pressed = opened.page.locator("#types .entry[aria-pressed=true] .name").all_inner_texts()
    assert [name.lower() for name in pressed] == ["company"]
    kept = [(s, o) for s, o in facts if s in companies and o in companies]
    alone = opened.kg("Array.from(shown().entities.keys()).filter((i) => shown().entities[i]).map(model.iri)")
    assert set(alone) >= {end for ends in kept for end in ends}
    assert set(alone) <= companies
    company.click(modifiers=["Alt"])
    assert opened.counts() == whole


def test_shift_enter_isolates_a_predicate(show: Callable[..., Opened], optics: Maker, optics_page: Path) -> None:
    opened = show(optics_page)
    entry = opened.entry("predicates", "headquartered in")
    entry.focus()
    opened.page.keyboard.press("Shift+Enter")
    wanted = sum(about["label"] == "headquartered in" for *_, about in network(optics).edges(data=True))
    assert opened.counts()[1] == wanted
    opened.page.locator("#reset").click()
    assert opened.counts()[1] == 48


def test_other_stances_are_hidden_until_switched_on(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    before = opened.counts()[1]
    denied = opened.entry("stances", "denied")
    assert denied.get_attribute("aria-pressed") == "false"
    denied.click()
    assert opened.counts()[1] == before + 1
    opened.entry("stances", "planned").click()
    assert opened.counts()[1] == before + 2
    opened.entry("stances", "asserted").click()
    assert opened.counts()[1] == 2


def test_confidence(show: Callable[..., Opened], sixty: Made) -> None:
    opened = show(sixty.page)
    for least in (0.6, 0.85):
        opened.page.locator("#confidence-range").fill(str(least))
        wanted = _expected(sixty.graph, lambda found, least=least: found.confidence >= least)  # type: ignore[misc]
        assert opened.counts()[1] == wanted
    assert 0 < opened.counts()[1] < 60


def test_time(show: Callable[..., Opened], sixty: Made) -> None:
    dates = sixty.graph.documents

    def year(found: Evidence) -> int:
        return found.year or int(dates[found.document][:4])

    opened = show(sixty.page)
    first, last = opened.page.locator("#timeline input[type=range]").all()
    first.fill("2008")
    last.fill("2015")
    assert opened.current("time") == [2008, 2015]
    wanted = _expected(sixty.graph, lambda found: 2008 <= year(found) <= 2015)
    assert opened.counts()[1] == wanted
    assert 0 < wanted < len(sixty.graph.statements)
    assert "2008" in opened.page.locator("#timeline h2 output").inner_text()


def test_documents_and_speakers(show: Callable[..., Opened], sixty: Made) -> None:
    graph = sixty.graph
    opened = show(sixty.page)
    page = opened.page
    page.locator("#documents summary").click()
    page.locator("#documents label", has=page.get_by_text("Report 3", exact=True)).locator("input").check()
    assert opened.counts()[1] == _expected(graph, lambda found: found.document == 3)
    page.locator("#documents label", has=page.get_by_text("Report 4", exact=True)).locator("input").check()
    assert opened.counts()[1] == _expected(graph, lambda found: found.document in (3, 4))
    page.locator("#reset").click()
    speaker = next(found.speaker for one in graph.statements for found in one.evidence if found.speaker is not None)
    page.locator("#speakers summary").click()
    name = page.get_by_text(graph.entities[speaker].label, exact=True)
    page.locator("#speakers label", has=name).locator("input").check()
    wanted = _expected(graph, lambda found: found.speaker == speaker)
    assert opened.counts()[1] == wanted
    assert wanted > 0


def test_what_the_filters_hide_is_told_in_the_details(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    opened.search("tarnhelm")
    assert "2 hidden by filters" in opened.details()
    opened.page.locator("#details summary", has_text="hidden by filters").click()
    expect(opened.page.locator("#details")).to_contain_text("We have not bought Qvistren")


def test_nothing_left_says_so(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    opened.entry("stances", "asserted").click()
    assert opened.counts() == (0, 0)
    assert opened.page.locator("#nothing").is_visible()
    opened.page.locator("#reset").click()
    assert opened.page.locator("#nothing").is_hidden()
