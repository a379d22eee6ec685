"""The page opens from a file, quietly, soon and whole, and says what the store holds."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kg.view import network, write_page
from tests.view.browser.pages import ARGUMENTS, Opened, open_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Playwright

    from tests.view.browser.conftest import Made
    from tests.view.conftest import Maker

pytestmark = pytest.mark.browser


def test_asks_for_nothing_and_complains_of_nothing(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    page = opened.page
    opened.search("tarnhelm")
    page.locator("#details .document").first.click()
    page.keyboard.press("Escape")
    for tool in ("#open-path", "#open-queries", "#theme", "#open-export", "#open-table"):
        page.locator(tool).click()
    page.keyboard.press("Escape")
    page.locator("#open-queries").click()
    page.locator("#types .entry").first.click()
    page.mouse.move(640, 400)
    page.mouse.wheel(0, -300)
    opened.settle()
    assert opened.complaints == []
    assert {url.split(":")[0] for url in opened.requests} <= {"file", "data", "blob"}
    assert [url for url in opened.requests if url.startswith("file:")] == [optics_page.as_uri()]
    assert page.title() == "Optics"


def test_counts_are_the_store_s(show: Callable[..., Opened], optics: Maker, optics_page: Path) -> None:
    opened = show(optics_page)
    graph = network(optics)
    literals = [literal for _, about in graph.nodes(data=True) for literal in about["literals"]]
    stances = Counter(about["stance"] for *_, about in graph.edges(data=True)) + Counter(one.stance for one in literals)
    assert opened.page.locator("#summary").inner_text() == "39 entities, 48 facts from 4 documents"
    assert opened.kg("[model.n, model.m]") == [len(graph), sum(stances.values())]
    assert _legend(opened, "types") == Counter(str(about["type"]).lower() for _, about in graph.nodes(data=True))
    assert _legend(opened, "stances") == stances
    speaking = {end for s, o, about in graph.edges(data=True) if about["stance"] == "asserted" for end in (s, o)}
    assert opened.counts() == (len(speaking), stances["asserted"])
    assert opened.kg("model.texts.evidence.statement.length") == sum(
        len(about["evidence"]) for *_, about in graph.edges(data=True)
    ) + sum(len(literal.evidence) for literal in literals)


def _legend(opened: Opened, name: str) -> Counter[str]:
    """What a legend says of all there is, by name."""
    entries = opened.page.locator(f"#{name} .entry:not([hidden])")
    return Counter(
        {
            entry.locator(".name").inner_text().lower(): int(entry.locator(".count").inner_text().split("/")[-1])
            for entry in entries.all()
        }
    )


def test_statements_between_the_same_two_are_all_there(
    show: Callable[..., Opened], optics: Maker, optics_page: Path
) -> None:
    opened = show(optics_page)
    ends = [opened.number(name) for name in ("Tarnhelm Optics GmbH", "Brackwater Lenses Ltd")]
    found = opened.kg(
        """Array.from(model.s.keys())
          .filter((i) => model.s[i] === argument[0] && model.o[i] === argument[1])
          .map((i) => model.predicates[model.p[i]].label)""",
        ends,
    )
    graph = network(optics)
    iris = [optics.iris[name] for name in ("Tarnhelm Optics GmbH", "Brackwater Lenses Ltd")]
    assert sorted(found) == sorted(about["label"] for s, o, about in graph.edges(data=True) if [s, o] == iris)
    assert len(found) == 2


def test_draws_without_webgl(playwright: Playwright, chromium: str, optics_page: Path) -> None:
    browser = playwright.chromium.launch(
        executable_path=chromium, args=[*ARGUMENTS, "--disable-3d-apis", "--disable-webgl"]
    )
    context, opened = open_page(browser, optics_page)
    assert opened.page.evaluate("document.createElement('canvas').getContext('webgl')") is None
    assert opened.page.evaluate("document.createElement('canvas').getContext('webgl2')") is None
    assert opened.ink() > 5000
    assert opened.complaints == []
    context.close()
    browser.close()


def test_says_so_where_scripts_are_off(browser: Browser, optics_page: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(optics_page.as_uri())
    assert "allow scripts" in page.locator("noscript").inner_text()
    assert page.locator("#summary").inner_text().startswith("39 entities")
    context.close()


def test_an_empty_graph_says_so(
    show: Callable[..., Opened], empty: Callable[[], Maker], browser: Browser, folder: Path
) -> None:
    path = folder / "empty.html"
    write_page(empty(), path)
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    words = page.locator("main").inner_text()
    assert "Nothing to show" in words
    assert "No document has been read yet" in words
    assert said == []
    page.close()


def test_mentions_alone_can_be_drawn(show: Callable[..., Opened], empty: Callable[[], Maker], folder: Path) -> None:
    made = empty()
    made.entity("Alone", "Company")
    made.document("d", title="Letters")
    made.mention("d", "Alone", 0)
    write_page(made, folder / "alone.html")
    opened = show(folder / "alone.html")
    opened.search("alone")
    assert opened.heading() == "Alone"
    assert "No statement about it was found" in opened.details()
    opened.page.locator("#silent input").check()
    opened.page.keyboard.press("Escape")
    opened.settle()
    assert opened.ink() > 50
    assert opened.counts()[0] == 1


def test_sixty_entities_are_a_small_file(sixty: Made, optics_page: Path) -> None:
    assert len(sixty.graph.entities) == 60
    assert sixty.page.stat().st_size < 150_000
    assert optics_page.stat().st_size < 150_000


def test_the_same_input_gives_the_same_bytes(big: Callable[[int, int, int], Maker], folder: Path) -> None:
    first, second = folder / "forwards.html", folder / "backwards.html"
    write_page(big(120, 300, 1), first)
    write_page(big(120, 300, -1), second)
    assert first.read_bytes() == second.read_bytes()


def test_thousands_are_ready_soon(browser: Browser, thousands: Made) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    begin = time.monotonic()
    page.goto(thousands.page.as_uri())
    page.wait_for_selector('html[data-ready="true"]', state="attached")
    assert time.monotonic() - begin < 3
    label = thousands.graph.entities[-1].label
    page.keyboard.press("/")
    page.keyboard.type(label)
    page.keyboard.press("Enter")
    assert page.locator("#details h2").inner_text() == label
    assert time.monotonic() - begin < 5
    context.close()
