"""Search, addresses that lead back to what was seen, and what is chosen in the drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.view import write_page
from tests.view.browser.pages import Opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.view.browser.conftest import Made
    from tests.view.conftest import Maker

pytestmark = pytest.mark.browser


def test_search_and_enter_fill_details_and_address(
    show: Callable[..., Opened], optics: Maker, optics_page: Path
) -> None:
    opened = show(optics_page)
    opened.search("tarnhelm opt")
    iri = optics.iris["Tarnhelm Optics GmbH"]
    assert opened.heading() == "Tarnhelm Optics GmbH"
    for words in ("company", iri, "Tarnhelm", "1998", "420"):
        assert words in opened.details()
    opened.page.wait_for_url("**#n=" + iri.rsplit("/", 1)[1] + "*")
    opened.page.reload()
    opened.page.wait_for_selector('html[data-complete="true"]', state="attached")
    assert opened.heading() == "Tarnhelm Optics GmbH"
    assert opened.page.locator("#details mark").count() > 5
    opened.page.keyboard.press("Escape")
    assert "Choose an entity" in opened.details()


def test_going_back_leads_to_what_was_chosen_before(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    opened.search("brackwater")
    opened.search("gullwing robotics")
    opened.page.go_back()
    opened.page.locator("#details h2", has_text="Brackwater Lenses Ltd").wait_for()
    opened.page.go_forward()
    opened.page.locator("#details h2", has_text="Gullwing Robotics").wait_for()


def test_aliases_and_accents_are_found(show: Callable[..., Opened], empty: Callable[[], Maker], folder: Path) -> None:
    made = empty()
    made.entity("Zürcher Anvil", "Company", "The Old Firm")
    made.entity("Other", "Company")
    made.document("d")
    made.say("Zürcher Anvil", "owns", "Other", "It owns another.", "d")
    write_page(made, folder / "accents.html")
    opened = show(folder / "accents.html")
    for words in ("old fi", "zurcher", "ANVIL"):
        opened.search(words)
        assert opened.heading() == "Zürcher Anvil"
        opened.page.keyboard.press("Escape")
    opened.search("nobody of this name")
    assert "no match" in opened.page.locator("#finder").inner_text()
    assert opened.current("entity") == -1


def test_arrow_keys_take_another_match(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("veldstrom")
    assert page.locator("#matches [role=option]").count() == 2
    names = page.locator("#matches .name").all_inner_texts()
    active = "#" + str(page.locator("#search").get_attribute("aria-activedescendant"))
    assert page.locator(active + " .name").inner_text() == names[0]
    page.keyboard.press("ArrowDown")
    assert page.locator("#matches [aria-selected=true] .name").all_inner_texts() == names[1:]
    page.keyboard.press("Enter")
    assert opened.heading() == names[1]


def test_a_click_on_an_entity_a_statement_and_nothing(show: Callable[..., Opened], letters_page: Path) -> None:
    opened = show(letters_page)
    page = opened.page
    ends = [opened.place(opened.number(name)) for name in ("Zoë Ångström", "𝔘nicode 🎡 Works")]
    page.mouse.move(*ends[0])
    assert opened.current("hover") == opened.number("Zoë Ångström")
    page.mouse.click(*ends[0])
    assert opened.heading() == "Zoë Ångström"
    page.wait_for_timeout(400)  # else it would be a double click
    (x, y), (to_x, to_y) = ends
    page.mouse.click(x + (to_x - x) * 0.3, y + (to_y - y) * 0.3)
    assert opened.heading() == "Statement"
    assert page.locator("#details mark").all_text_contents() == ["Zoë Ångström 🧵 sews"]
    page.wait_for_timeout(400)
    box = page.locator("#graph").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 12, box["y"] + 12)
    assert "Choose an entity" in opened.details()


def test_a_double_click_opens_an_entity_and_a_community(
    show: Callable[..., Opened], optics_page: Path, thousands: Made
) -> None:
    opened = show(optics_page)
    entity = opened.number("Gullwing Robotics")
    near = opened.kg(
        """[...new Set(Array.from(model.s.keys()).filter((i) => shown().statements[i] && model.o[i] >= 0)
          .flatMap((i) => model.s[i] === argument ? [model.o[i]] : model.o[i] === argument ? [model.s[i]] : []))]""",
        entity,
    )
    opened.page.mouse.dblclick(*opened.place(entity))
    assert set(opened.current("revealed")) == {entity, *near}
    large = show(thousands.page)
    disc = large.kg("model.communities.reduce((a, one, c, all) => one.r > all[a].r ? c : a, 0)")
    before = large.kg("view.camera().k")
    member = large.kg("Array.from(model.community).indexOf(argument)", disc)
    x, y = large.kg("[model.communities[argument].x, model.communities[argument].y]", disc)
    there = large.place(member)
    camera = large.kg("view.camera()")
    size = large.kg("((c) => [c.clientWidth, c.clientHeight])(document.querySelector('#graph'))")
    box = large.page.locator("#graph").bounding_box()
    assert box is not None
    assert there[0] > box["x"]
    large.page.mouse.dblclick(
        box["x"] + (x - camera["x"]) * camera["k"] + size[0] / 2,
        box["y"] + (y - camera["y"]) * camera["k"] + size[1] / 2,
    )
    large.settle()
    assert large.kg("view.camera().k") > before * 2
    assert any(
        label["entity"] >= 0 and large.kg("model.community[argument]", label["entity"]) == disc
        for label in large.kg("view.labels()")
    )


@pytest.mark.parametrize(
    ("hash_", "expected"),
    [
        ("#n={Gullwing Robotics}", {"entity": "Gullwing Robotics"}),
        ("#n=https://kg.example/entity/{Gullwing Robotics}", {"entity": "Gullwing Robotics"}),
        ("#hide=Company,owns", {"hiddenTypes": [0], "hiddenPredicates": ["owns"]}),
        ("#stance=asserted,denied", {"stances": ["asserted", "denied"]}),
        ("#path={Oto Kalmus}..{Jena}", {"path": ["Oto Kalmus", "Jena"]}),
        ("#q=awards", {"query": 0}),
        ("#doc=notes", {"documents": ["notes"]}),
        ("#read=interview-solheim", {"reading": "interview-solheim"}),
        ("#t=2019-2020", {"time": [2019, 2020]}),
        ("#c=0.5", {"confidence": 0.5}),
        ("#n=nobody&hide=nothing&read=x&t=y&q=z&path=a..b&view=1,x", {"entity": None}),
    ],
)
def test_addresses_lead_to_what_they_say(
    show: Callable[..., Opened], optics: Maker, optics_page: Path, hash_: str, expected: dict[str, object]
) -> None:
    for label, iri in optics.iris.items():
        hash_ = hash_.replace("{" + label + "}", iri.rsplit("/", 1)[1])
    opened = show(optics_page, hash_)
    found = opened.kg(
        """({
          entity: model.label[state.current.entity] ?? null,
          hiddenTypes: [...state.current.hiddenTypes],
          hiddenPredicates: [...state.current.hiddenPredicates].map((i) => model.predicates[i].iri.split("#")[1]),
          stances: [...state.current.stances].map((i) => model.stances[i]),
          path: state.current.path && [state.current.path[0], state.current.path.at(-1)].map((i) => model.label[i]),
          query: state.current.query,
          documents: state.current.documents && [...state.current.documents].map((i) => model.texts.documents[i].id),
          reading: model.texts.documents[state.current.reading]?.id,
          time: state.current.time,
          confidence: state.current.confidence,
        })"""
    )
    assert {name: found[name] for name in expected} == expected
    assert opened.complaints == []


def test_an_address_keeps_filters_and_the_place_looked_at(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    opened.entry("types", "place").click()
    opened.entry("stances", "denied").click()
    opened.page.locator("[data-zoom=in]").click()
    opened.page.wait_for_timeout(1500)  # the address follows the drawing when that has come to rest
    before = [opened.counts(), opened.kg("view.camera().k")]
    again = show(optics_page, "#" + opened.page.url.split("#")[1])
    assert again.counts() == before[0]
    assert again.kg("view.camera().k") == pytest.approx(before[1], rel=0.01)
