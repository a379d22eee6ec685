"""The page for everybody: by keyboard, without a mouse, on a telephone, in the dark, without motion."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.view.browser.pages import Opened

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "script" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("axe-core is not installed: npm ci in tests/script")
        pytest.skip("axe-core is not installed: npm ci in tests/script")
    return AXE.read_text(encoding="utf-8")


def _faults(opened: Opened, axe: str, *rules: str) -> list[str]:
    opened.page.evaluate(axe)
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found = opened.page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{fault['id']}: {node['html'][:120]} {node['any'][0]['message'][:120] if node['any'] else ''}"
        for fault in found["violations"]
        for node in fault["nodes"][:3]
    ]


STATES = {
    "rest": "",
    "entity": "#n=00001",
    "filters": "#hide=Company&stance=asserted,denied&t=2019-2020",
    "path": "#path=00020..00019",
    "query": "#q=awards",
    "reader": "#read=interview-solheim",
}
OPENERS = {"table": "#open-table", "help": "#open-help", "export": "#open-export"}


@pytest.mark.parametrize(("scheme", "rules"), [("light", ()), ("dark", ("color-contrast",))])
def test_axe_finds_nothing(
    show: Callable[..., Opened], optics_page: Path, axe: str, scheme: str, rules: tuple[str, ...]
) -> None:
    opened = show(optics_page, color_scheme=scheme)
    page = opened.page
    faults = {}
    for name, hash_ in STATES.items():
        page.evaluate("(hash) => { location.hash = hash; }", hash_)
        opened.settle()
        faults[name] = _faults(opened, axe, *rules)
        page.keyboard.press("Escape")
    for name, opener in OPENERS.items():
        page.locator(opener).click()
        faults[name] = _faults(opened, axe, *rules)
        page.keyboard.press("Escape")
    page.locator("#search").fill("o")
    faults["search"] = _faults(opened, axe, *rules)
    assert {name: found for name, found in faults.items() if found} == {}


def test_axe_finds_nothing_on_a_telephone(show: Callable[..., Opened], optics_page: Path, axe: str) -> None:
    opened = show(optics_page, "#n=00001", viewport=PHONE)
    assert _faults(opened, axe) == []
    opened.page.locator("#open-filters").click()
    assert _faults(opened, axe) == []


@pytest.mark.parametrize("hash_", ["", "#n=00001", "#path=00020..00019", "#q=awards"])
def test_a_telephone_needs_no_sideways_scrolling(show: Callable[..., Opened], optics_page: Path, hash_: str) -> None:
    opened = show(optics_page, hash_, viewport=PHONE)
    page = opened.page
    assert page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth]") == [390, 390]
    for control in ("#search", "#open-filters", "#open-path", "#open-table", "#open-export", "#theme", "#open-help"):
        box = page.locator(control).bounding_box()
        assert box is not None, control
        assert box["x"] >= 0, control
        assert box["x"] + box["width"] <= 390, control
        assert min(box["width"], box["height"]) >= 24, control
    canvas = page.locator("#graph").bounding_box()
    assert canvas is not None
    assert canvas["height"] > 200
    assert opened.ink() > 1000


def test_dialogs_fit_a_telephone(show: Callable[..., Opened], optics_page: Path) -> None:
    for opener, dialog in (("#open-table", "#table"), ("#open-path", "#path"), ("#open-help", "#help")):
        opened = show(optics_page, viewport=PHONE)
        opened.page.locator(opener).click()
        box = opened.page.locator(dialog).bounding_box()
        assert box is not None, dialog
        assert box["x"] >= 0, dialog
        assert box["x"] + box["width"] <= 390, dialog
        close = opened.page.locator(f"{dialog} .close").bounding_box()
        assert close is not None, dialog
        assert close["y"] >= 0, dialog
        assert close["y"] + close["height"] <= 844, dialog


def test_what_is_chosen_can_be_seen_on_a_telephone(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page, viewport=PHONE)
    opened.search("tarnhelm")
    box = opened.page.locator("#details h2").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 844
    x, y = opened.place(opened.number("Tarnhelm Optics GmbH"))
    canvas = opened.page.locator("#graph").bounding_box()
    assert canvas is not None
    assert canvas["x"] <= x <= canvas["x"] + canvas["width"]
    assert canvas["y"] <= y <= canvas["y"] + canvas["height"]


def test_dark_differs_from_light_by_system_and_by_button(show: Callable[..., Opened], optics_page: Path) -> None:
    look = """(() => {
      const style = getComputedStyle(document.body);
      const [r, g, b] = document.querySelector("#graph").getContext("2d").getImageData(0, 0, 1, 1).data;
      return [style.color, style.backgroundColor, `rgb(${r}, ${g}, ${b})`];
    })()"""
    light = show(optics_page, color_scheme="light")
    dark = show(optics_page, color_scheme="dark")
    light_look, dark_look = light.page.evaluate(look), dark.page.evaluate(look)
    assert light_look[1] == light_look[2] == "rgb(255, 255, 255)"
    assert dark_look[1] == dark_look[2]
    assert all(a != b for a, b in zip(light_look, dark_look, strict=True))
    for _ in range(3):
        if light.current("theme") != "dark":
            light.page.locator("#theme").click()
    light.settle()
    assert light.page.evaluate(look) == dark_look
    assert light.page.locator("#theme").get_attribute("aria-label") == "Theme: dark"


def test_keys_open_and_close(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    page = opened.page
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("t?p")
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.press("Escape")
    assert page.locator("#search").input_value() == ""
    page.locator("#graph").focus()
    for key, dialog in (("?", "#help"), ("t", "#table")):
        page.keyboard.press(key)
        assert page.locator(dialog).is_visible()
        page.keyboard.press("Escape")
        assert page.locator(dialog).is_hidden()
    page.keyboard.press("p")
    assert page.locator("#path").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#path").is_hidden()
    before = opened.kg("view.camera().k")
    page.locator("#graph").focus()
    page.keyboard.press("+")
    assert opened.kg("view.camera().k") > before
    page.keyboard.press("0")
    assert opened.kg("view.camera().k") == pytest.approx(before)


def test_arrow_keys_walk_along_statements(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    opened.page.locator("#graph").focus()
    opened.page.keyboard.press("ArrowRight")
    seen = [opened.current("entity")]
    assert seen[0] >= 0
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"):
        opened.page.keyboard.press(key)
        now = opened.current("entity")
        if now != seen[-1]:
            linked = opened.kg(
                """Array.from(model.s.keys()).some((i) => shown().statements[i]
                  && [model.s[i], model.o[i]].sort().join() === argument.sort().join())""",
                [seen[-1], now],
            )
            assert linked, (seen, now)
        seen.append(now)
    assert len(set(seen)) > 2
    assert opened.heading() == opened.kg("model.label[argument]", seen[-1])
    told = opened.page.locator("[aria-live]").all_text_contents()
    assert any(opened.heading() in words for words in told)


def test_the_table_is_reached_by_tab_and_holds_everything(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    page = opened.page
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "open-table":
            break
    assert page.evaluate("document.activeElement.id") == "open-table"
    page.keyboard.press("Enter")
    entities, statements = opened.counts()
    assert page.locator("#table tbody tr").count() == entities
    page.locator("#table [role=tab][aria-selected=true]").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#table tbody tr").count() == statements
    page.locator("#table input").fill("golden prism lyon")
    page.wait_for_timeout(250)
    assert page.locator("#table tbody tr").count() == 1
    page.locator("#table tbody button").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#table").is_hidden()
    assert opened.heading() == "Statement"


def test_legend_and_filters_are_reached_by_tab(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    reached = set()
    for _ in range(60):
        opened.page.keyboard.press("Tab")
        reached.add(opened.page.evaluate("document.activeElement.id || document.activeElement.parentElement.id"))
    assert {"search", "types", "predicates", "stances", "graph", "zoom", "open-export", "theme"} <= reached


def test_motion_is_reduced_where_asked_for(show: Callable[..., Opened], optics_page: Path) -> None:
    jump = "((before) => { view.zoomBy(2); return view.camera().k / before; })(view.camera().k)"
    assert show(optics_page, reduced_motion="reduce").kg(jump) == pytest.approx(2)
    moving = show(optics_page, reduced_motion="no-preference")
    begin = moving.kg("view.camera().k")
    assert moving.kg(jump) == 1
    moving.page.wait_for_timeout(800)
    assert moving.kg("view.camera().k") / begin == pytest.approx(2, rel=0.01)
