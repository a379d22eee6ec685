"""The page in headless Chromium, opened as a file the way a user does."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from kg.view import network, write_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.view.conftest import Maker

pytestmark = pytest.mark.browser

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

HOSTILE = (
    "<img src=x onerror=document.title='run'>",
    "</script><script>document.title='run'</script>",
    "line\u2028separator",
    "\u202eright to left\u202c שלום",
    "新高端 & <b>bold</b>",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Opened:
    """A page with what it asked for and what it complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def panel(self) -> str:
        return self.page.locator("#details").inner_text()

    def search(self, words: str) -> None:
        self.page.keyboard.press("/")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")

    def ink(self) -> int:
        """How many pixels of the drawing are not blank."""
        count: int = self.page.evaluate(
            """() => {
              const canvas = document.querySelector("#graph canvas");
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              let count = 0;
              for (let i = 3; i < data.length; i += 4) if (data[i] > 0) count += 1;
              return count;
            }"""
        )
        return count

    def settled_ink(self) -> int:
        self.page.wait_for_timeout(250)
        return self.ink()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    contexts = []

    def show(maker: Maker, width: int = 1280, height: int = 800, **options: Any) -> Opened:
        target = tmp_path / "graph.html"
        write_page(maker, target, title="Optics")
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("console", lambda message: opened.complaints.append(message.text))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.goto(target.as_uri())
        opened.page.wait_for_timeout(150)
        return opened

    yield show
    for context in contexts:
        context.close()


def test_opens_quietly_and_draws(show: Callable[..., Opened], optics: Maker) -> None:
    opened = show(optics)
    assert opened.ink() > 3000
    opened.search("tarnhelm")
    assert opened.complaints == []
    assert [url.split(":")[0] for url in opened.requests if not url.startswith("data:")] == ["file"]
    assert opened.page.title() == "Optics"
    assert opened.page.locator("#summary").inner_text() == "39 entities, 48 facts from 4 documents"


def test_search_and_enter_fill_the_details(show: Callable[..., Opened], optics: Maker) -> None:
    opened = show(optics)
    opened.search("tarnhelm opt")
    panel = opened.panel()
    assert opened.page.locator("#details h2").inner_text() == "Tarnhelm Optics GmbH"
    for text in ("Company", optics.iris["Tarnhelm Optics GmbH"], "Tarnhelm, Tarnhelm Optics", "1998", "420", "denied"):
        assert text in panel
    opened.page.keyboard.press("Escape")
    assert "Choose an entity" in opened.panel()
    assert opened.page.locator("#search").input_value() == ""


def test_aliases_and_accents_are_found(show: Callable[..., Opened], maker: Maker) -> None:
    maker.entity("Zürcher Anvil", "Company", "The Old Firm")
    maker.entity("Other", "Company")
    maker.document("d")
    opened = show(maker)
    for words in ("old fi", "zurcher"):
        opened.search(words)
        assert opened.page.locator("#details h2").inner_text() == "Zürcher Anvil"
        assert opened.page.locator("#matches").inner_text() == "1 match"
        opened.page.keyboard.press("Escape")


def test_every_quote_is_marked_as_the_store_has_it(show: Callable[..., Opened], optics: Maker) -> None:
    opened = show(optics)
    opened.search("brackwater")
    graph = network(optics)
    node = optics.iris["Brackwater Lenses Ltd"]
    evidence = [e for literal in graph.nodes[node]["literals"] for e in literal.evidence]
    for s, o, about in graph.edges(data=True):
        if node in (s, o):
            evidence.extend(about["evidence"])
    marks = opened.page.locator("#details mark").all_text_contents()
    assert sorted(marks) == sorted(found.quote for found in evidence)
    sentences = opened.page.locator("#details blockquote").all_text_contents()
    assert sorted(sentences) == sorted(found.before + found.quote + found.after for found in evidence)
    caption = " ".join(opened.page.locator("#details figcaption").all_text_contents())
    for text in ("Tarnhelm buys Brackwater", "2019-05-14", "said by Ingrid Solheim-Baptiste", "confidence\u00a00.9"):
        assert text in caption


def test_a_click_on_an_entity_and_on_a_statement(show: Callable[..., Opened], maker: Maker) -> None:
    maker.entity("A", "Company")
    maker.entity("B", "Person")
    maker.document("d", title="Letters")
    maker.say("A", "foundedBy", "B", "Once [[A was founded by B]] or so.", "d")
    opened = show(maker)
    middle, ends = _places(opened)
    opened.page.mouse.click(*ends[0])
    opened.page.wait_for_timeout(400)
    assert opened.page.locator("#details h2").inner_text() == "A"
    opened.page.mouse.click(*middle)
    opened.page.wait_for_timeout(400)
    assert opened.page.locator("#details h2").inner_text() == "Statement"
    assert opened.page.locator("#details mark").inner_text() == "A was founded by B"
    opened.page.locator("#details .entity", has_text="B").click()
    assert opened.page.locator("#details h2").inner_text() == "B"


def _places(opened: Opened) -> tuple[tuple[float, float], list[tuple[float, float]]]:
    """Where the only two entities of a page stand on the screen, found by their colours, and the middle between."""
    box = opened.page.locator("#graph").bounding_box()
    assert box is not None
    found = opened.page.evaluate(
        """() => {
          const canvas = document.querySelector("#graph canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const centre = (red, green, blue) => {
            let [x, y, n] = [0, 0, 0];
            for (let i = 0; i < data.length; i += 4) {
              if (data[i] === red && data[i + 1] === green && data[i + 2] === blue) {
                x += (i / 4) % canvas.width; y += Math.floor(i / 4 / canvas.width); n += 1;
              }
            }
            return [x / n, y / n];
          };
          return [centre(0x44, 0x77, 0xAA), centre(0xEE, 0x66, 0x77)];
        }"""
    )
    ends = [(box["x"] + x, box["y"] + y) for x, y in found]
    # a third of the way, beside the label in the middle and the arrow at the end
    return (ends[0][0] + (ends[1][0] - ends[0][0]) * 0.3, ends[0][1] + (ends[1][1] - ends[0][1]) * 0.3), ends


def test_hostile_text_stays_text(show: Callable[..., Opened], maker: Maker) -> None:
    maker.document("<d>", title="<i onclick=x>", date=None)
    for label in HOSTILE:
        maker.entity(label, "Company", "<s>" + label)
        maker.say(label, "knows", label, f"See [[{label}]] there.", "<d>", stance="planned")
    opened = show(maker)
    buttons = opened.page.locator("#list button")
    assert sorted(opened.page.locator("#list bdi").all_text_contents()) == sorted(HOSTILE)
    for number in range(len(HOSTILE)):
        buttons.nth(number).click()
        name = opened.page.locator("#details h2").text_content()
        assert name in HOSTILE
        assert opened.page.locator("#details mark").first.text_content() == name
    assert opened.page.locator("img, b, s, i").count() == 0
    assert opened.page.title() == "Optics"
    assert opened.complaints == []


def test_the_legend_counts_and_hides(show: Callable[..., Opened], optics: Maker) -> None:
    opened = show(optics)
    legend = opened.page.locator("#types label").all_inner_texts()
    found = {name: int(count) for name, count in (re.split(r"\s+", text.strip()) for text in legend)}
    assert found == {
        "Award": 2,
        "Company": 12,
        "Event": 2,
        "Organization": 3,
        "Person": 8,
        "Place": 7,
        "Product": 5,
    }
    before = opened.settled_ink()
    opened.page.locator("#types label", has_text="Company").click()
    assert opened.settled_ink() < before * 0.8


def test_other_stances_are_hidden_until_switched_on(show: Callable[..., Opened], maker: Maker) -> None:
    maker.entity("A", "Company")
    maker.entity("B", "Company")
    maker.document("d")
    maker.say("A", "acquired", "B", "A may buy B.", "d", stance="possible")
    opened = show(maker)
    before = opened.settled_ink()
    assert not opened.page.locator("#stances label", has_text="possible").locator("input").is_checked()
    opened.page.locator("#stances label", has_text="possible").click()
    dashed = opened.settled_ink()
    assert dashed > before + 100
    opened.page.locator("#stances label", has_text="possible").click()
    assert opened.settled_ink() == before
    opened.search("a")
    assert "possible" in opened.panel()


def test_the_only_mentioned_are_drawn_on_request(show: Callable[..., Opened], maker: Maker) -> None:
    for label in ("A", "B", "C", "D"):
        maker.entity(label, "Company")
    maker.document("d", title="Letters")
    maker.say("A", "owns", "B", "A owns B, says C.", "d")
    maker.say("A", "owns", "D", "A may own D.", "d", stance="possible")
    maker.mention("d", "C", 15)
    opened = show(maker)
    box = opened.page.locator("#silent label")
    assert box.inner_text().split("\n") == ["entities without statements", "2"]
    before = opened.settled_ink()
    box.click()
    assert opened.settled_ink() != before
    box.click()
    assert opened.settled_ink() == before
    opened.page.locator("#stances label", has_text="possible").click()
    assert box.locator(".count").inner_text() == "1"
    names = [name.split("\n") for name in opened.page.locator("#list button").all_inner_texts()]
    assert names == [["A"], ["B"], ["D"], ["C", "only mentioned"]]
    opened.search("c")
    assert "No statement about it was found" in opened.panel()
    assert opened.page.locator("#details blockquote").all_text_contents() == ["A owns B, says C."]
    assert opened.page.locator("#details mark").all_text_contents() == ["C"]
    assert "Letters" in opened.panel()
    readback = "Canvas2D: Multiple readback"  # what a browser says of this test's own counting of pixels
    assert [said for said in opened.complaints if not said.startswith(readback)] == []


def test_a_page_of_mentions_alone_draws_them(show: Callable[..., Opened], maker: Maker) -> None:
    maker.entity("A", "Company")
    maker.document("d")
    maker.mention("d", "A", 0)
    opened = show(maker)
    assert opened.page.locator("#silent input").is_checked()
    assert opened.ink() > 100


def test_the_details_are_in_order(show: Callable[..., Opened], optics: Maker) -> None:
    opened = show(optics)
    opened.search("gullwing robotics")
    headings = opened.page.locator("#details h3, #details h4").all_text_contents()
    assert headings == [
        "Facts (3)",
        "headquartered in",
        "invested in",
        "makes",
        "In facts about others (4)",
        "… board member of this",
        "… invested in this",
        "… supplies this",
    ]
    assert opened.page.locator("#details h4", has_text="supplies").locator("~ section .entity").all_text_contents() == [
        "Qvistren Sensors AS",
        "Veldstrom Precision BV",
    ]


def test_a_value_unfolds_its_sentence(show: Callable[..., Opened], optics: Maker) -> None:
    opened = show(optics)
    opened.search("brackwater")
    row = opened.page.locator(".values details")
    assert row.locator(".value").inner_text() == "31,000,000 EUR"
    assert not row.locator("mark").is_visible()
    row.locator("summary").click()
    assert row.locator("mark").inner_text() == "31 million euros for it"


def test_the_details_do_not_cover_what_was_clicked(show: Callable[..., Opened], maker: Maker) -> None:
    maker.entity("A", "Company")
    maker.entity("B", "Person")
    maker.document("d")
    maker.say("A", "foundedBy", "B", "A was founded by B.", "d")
    opened = show(maker)
    for _ in range(5):
        opened.page.locator("[data-zoom=in]").click()
    opened.settled_ink()
    ends = _places(opened)[1]
    right = max(ends)
    place = ends.index(right)
    opened.page.mouse.click(*right)
    opened.page.wait_for_timeout(300)
    panel = opened.page.locator("#details").bounding_box()
    assert panel is not None
    assert right[0] > panel["x"]
    assert _places(opened)[1][place][0] < panel["x"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_usable_on_a_telephone(show: Callable[..., Opened], optics: Maker, scheme: str) -> None:
    opened = show(optics, width=390, height=844, color_scheme=scheme)
    opened.search("tarnhelm")
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 390
    assert opened.page.locator("#details h2").is_visible()
    assert opened.ink() > 1000


def test_the_schemes_differ_in_text_and_ground(show: Callable[..., Opened], optics: Maker) -> None:
    style = "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    light = show(optics, color_scheme="light").page.evaluate(style)
    dark = show(optics, color_scheme="dark").page.evaluate(style)
    assert light[1] == "rgb(255, 255, 255)"
    assert dark[1] != light[1]
    assert dark[0] != light[0]


def test_the_keyboard_is_enough(show: Callable[..., Opened], optics: Maker) -> None:
    opened = show(optics)
    opened.page.keyboard.press("/")
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("ArrowDown")
    focused = opened.page.evaluate("document.activeElement.textContent")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#details h2").inner_text() == focused
    assert opened.page.locator("#details").get_attribute("aria-live") == "polite"
    opened.page.keyboard.press("ArrowUp")
    opened.page.keyboard.press("ArrowUp")
    assert opened.page.evaluate("document.activeElement.id") == "search"
    reached = set()
    for _ in range(45):
        opened.page.keyboard.press("Tab")
        reached.add(opened.page.evaluate("document.activeElement.textContent").removesuffix("only mentioned"))
    assert set(optics.iris) <= reached


def test_an_empty_graph_says_so(show: Callable[..., Opened], maker: Maker) -> None:
    opened = show(maker)
    assert "This graph is empty" in opened.page.locator("main").inner_text()
    assert "No document has been read yet" in opened.page.locator("main").inner_text()
    assert opened.complaints == []


def test_three_hundred_entities_are_ready_soon(
    show: Callable[..., Opened], big: Callable[[int, int, int], Maker]
) -> None:
    opened = show(big(400, 900, 1))
    assert opened.page.locator("#notice").is_visible()
    assert opened.page.locator("#list button").count() == 300
    assert opened.ink() > 5000
    assert opened.page.evaluate("performance.now()") < 5000
    assert opened.complaints == []
