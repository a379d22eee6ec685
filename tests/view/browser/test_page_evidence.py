"""Quotes stand as the store has them, in the details and in the reader, whatever letters they are made of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kg.view import network
from tests.view.browser.pages import HOSTILE, Opened, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.view import Citation
    from tests.view.conftest import Maker

pytestmark = pytest.mark.browser


def _citations(maker: Maker) -> dict[str, list[Citation]]:
    """All evidence by the IRIs of both ends."""
    graph = network(maker)
    found: dict[str, list[Citation]] = {node: [] for node in graph}
    for s, o, about in graph.edges(data=True):
        for end in {s, o}:
            found[end].extend(about["evidence"])
    for node, about in graph.nodes(data=True):
        for literal in about["literals"]:
            found[node].extend(literal.evidence)
    return found


# The quotes and the sentences that the details of each entity show, with all that is folded away; by label.
UNFOLDED = """async () => {
  const { model, state } = kgPage;
  const found = {};
  for (let entity = 0; entity < model.n; entity++) {
    state.set({ entity });
    for (let round = 0; round < 3; round++) {
      for (const fold of document.querySelectorAll("#details details")) fold.open = true;
      await new Promise((resolve) => setTimeout(resolve));
    }
    const about = Array.from(document.querySelectorAll("#details figure")).filter((one) => !isMention(one));
    const texts = (name) => about.map((one) => one.querySelector(name).textContent);
    found[model.label[entity]] = [texts("mark"), texts("blockquote")];
  }
  return found;
  function isMention(figure) {
    return /^(Mentioned|No statement)/.test(figure.closest("details.unshown")?.firstChild.textContent ?? "");
  }
}"""


@pytest.mark.parametrize("name", ["optics", "letters"])
def test_every_quote_is_marked_in_its_sentence(
    show: Callable[..., Opened], request: pytest.FixtureRequest, name: str
) -> None:
    maker: Maker = request.getfixturevalue(name)
    opened = show(request.getfixturevalue(name + "_page"))
    texts = texts_of(maker.quads)
    citations = _citations(maker)
    found = opened.page.evaluate(UNFOLDED)
    assert set(found) == set(maker.iris)
    for label, (quotes, sentences) in found.items():
        wanted = citations[maker.iris[label]]
        assert Counter(quotes) == Counter(one.quote for one in wanted), label
        assert Counter(sentences) == Counter(one.before + one.quote + one.after for one in wanted), label
        for one in wanted:
            assert texts[one.document][one.begin : one.begin + len(one.quote)] == one.quote


def test_captions_say_where_and_who(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    opened.search("brackwater")
    caption = " ".join(opened.page.locator("#details figcaption").all_text_contents())
    for words in ("Tarnhelm buys Brackwater", "2019-05-14", "said by Ingrid Solheim-Baptiste", "confidence\u00a00.9"):
        assert words in caption


def test_a_value_unfolds_its_sentence(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    opened.search("brackwater")
    row = opened.page.locator(".values details")
    assert row.locator(".value").inner_text() == "31,000,000 EUR"
    assert not row.locator("mark").is_visible()
    row.locator("summary").click()
    assert row.locator("mark").inner_text() == "31 million euros for it"


def test_details_are_in_order(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
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


@pytest.mark.parametrize(("name", "document"), [("optics", "interview-solheim"), ("letters", "wheels")])
def test_the_reader_holds_the_whole_text_with_its_quotes(
    show: Callable[..., Opened], request: pytest.FixtureRequest, name: str, document: str
) -> None:
    maker: Maker = request.getfixturevalue(name)
    opened = show(request.getfixturevalue(name + "_page"), f"#read={document}")
    page = opened.page
    assert page.locator("#reader").is_visible()
    assert page.locator("#reader .page").text_content() == texts_of(maker.quads)[document]
    quotes = {
        (found.begin, found.quote)
        for citations in _citations(maker).values()
        for found in citations
        if found.document == document
    }
    marked = page.evaluate(
        """() => {
          const text = document.querySelector("#reader .page");
          let at = 0;
          const ranges = [];
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            if (walker.currentNode.parentElement.closest("mark")) ranges.push([at, at + walker.currentNode.length]);
            at += walker.currentNode.length;
          }
          return ranges;
        }"""
    )
    whole = texts_of(maker.quads)[document].encode("utf-16-le")
    shown = "".join(whole[2 * begin : 2 * end].decode("utf-16-le") for begin, end in marked)
    assert quotes
    covered: set[int] = set()
    for begin, quote in quotes:
        covered.update(range(begin, begin + len(quote)))
    assert shown == "".join(texts_of(maker.quads)[document][place] for place in sorted(covered))


def test_a_quote_leads_to_its_place_in_the_reader(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page)
    page = opened.page
    opened.search("institute of applied light")
    figure = page.locator("#details figure", has_text="researcher").first
    quote = figure.locator("mark").inner_text()
    figure.locator(".document").click()
    assert page.locator("#reader mark.flash").all_text_contents() == [quote]
    page.locator("#reader [aria-label='Next statement']").click()
    assert page.locator("#reader mark.flash").first.text_content() != quote
    page.keyboard.press("Escape")
    assert page.locator("#reader").is_hidden()


def test_hostile_text_stays_text(show: Callable[..., Opened], hostile: Maker, hostile_page: Path) -> None:
    opened = show(hostile_page, "#stance=asserted,planned")
    page = opened.page
    assert page.title() == HOSTILE[1]
    assert page.locator("#title").text_content() == HOSTILE[1]
    for label in HOSTILE:
        opened.kg("state.set({ entity: argument })", opened.number(label))
        assert page.locator("#details h2").text_content() == label
        assert label in (page.locator("#details mark").first.text_content() or "")
    page.locator("#open-queries").click()
    page.locator("#queries button", has_text=HOSTILE[1]).click()
    assert HOSTILE[0] in page.locator("#queries th").all_text_contents()
    page.locator("#open-table").click()
    page.locator("#tab-1").click()
    assert {row.strip() for row in page.locator("#table tbody td:first-child").all_text_contents()} == {
        label.strip() for label in HOSTILE
    }
    page.keyboard.press("Escape")
    opened.kg("state.set({ entity: 0 })")
    page.locator("#details .document").first.click()
    assert page.locator("#reader").is_visible()
    assert page.locator("img, b, s, i").count() == 0
    assert page.evaluate("document.scripts.length") == 6
    assert page.title() == HOSTILE[1]
    assert opened.complaints == []
