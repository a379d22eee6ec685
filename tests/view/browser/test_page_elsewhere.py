"""What is not the page itself: pyvis' ordinary output, and the page in a notebook's frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.notebook import Page as NotebookPage
from kg.view import write_page
from tests.view.browser.pages import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.view.conftest import Maker

pytestmark = pytest.mark.browser


@pytest.fixture
def quiet(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it asked for or complained about."""
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda sent: said.append(sent.url) if not sent.url.startswith(("file:", "data:")) else None)
    yield page, said
    context.close()


def drawn(page: Page) -> Any:
    """How many nodes and edges vis-network has, and whether its canvas is not blank."""
    page.locator("#mynetwork canvas").wait_for()
    page.wait_for_timeout(300)
    return page.evaluate(
        """() => {
          const canvas = document.querySelector("#mynetwork canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return [nodes.length, edges.length, data.some((value) => value)];
        }"""
    )


def test_classic_draws_without_the_network(quiet: tuple[Page, list[str]], optics: Maker, tmp_path: Path) -> None:
    page, said = quiet
    write_page(optics, tmp_path / "classic.html", look="classic")
    page.goto((tmp_path / "classic.html").as_uri())
    assert drawn(page) == [39, 48, True]
    assert said == []


def test_classic_lets_nothing_run(quiet: tuple[Page, list[str]], maker: Maker, tmp_path: Path) -> None:
    page, said = quiet
    maker.document("d")
    for number, label in enumerate(HOSTILE):
        maker.entity(label, "Company")
        maker.say(label, "knows", HOSTILE[number - 1] if number else label, f"See [[{label}]] there.", "d")
    write_page(maker, tmp_path / "classic.html", look="classic", title=HOSTILE[1])
    page.goto((tmp_path / "classic.html").as_uri())
    assert drawn(page) == [len(HOSTILE), len(HOSTILE), True]
    page.mouse.move(640, 360)
    page.wait_for_timeout(500)
    assert page.title() == HOSTILE[1]
    assert said == []


def test_a_notebook_shows_the_page(quiet: tuple[Page, list[str]], optics: Maker, tmp_path: Path) -> None:
    page, said = quiet
    write_page(optics, tmp_path / "page.html")
    frame = NotebookPage(tmp_path / "page.html")._repr_html_()
    (tmp_path / "notebook.html").write_text(f"<!doctype html><meta charset=utf-8>{frame}", encoding="utf-8")
    page.goto((tmp_path / "notebook.html").as_uri())
    inside = page.frame_locator("iframe")
    inside.locator("html[data-complete=true]").wait_for(state="attached")
    inside.locator("#search").fill("tarnhelm")
    inside.locator("#search").press("Enter")
    assert inside.locator("#details h2").inner_text() == "Tarnhelm Optics GmbH"
    assert said == []
