"""The browser, and the pages that its tests open."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from drawing.stores import Memory, in_memory
from drawing.synthetic import Graph, synthetic
from pyoxigraph import NamedNode

from kg.view import Answer, write_page
from tests.view.browser.pages import ARGUMENTS, HOSTILE, Opened, open_page, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Playwright

    from tests.view.conftest import Maker


@dataclass(frozen=True)
class Made:
    """An invented graph, as a store and as a page."""

    graph: Graph
    store: Memory
    page: Path


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser lies; without one there is nothing to test, which CI does not let pass."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    return path


@pytest.fixture(scope="session")
def playwright(chromium: str) -> Iterator[Playwright]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
    yield browser
    browser.close()


@pytest.fixture
def show(browser: Browser) -> Iterator[Callable[..., Opened]]:
    """Opens a page anew: `show(path, "#hash", viewport=..., color_scheme=...)`."""
    contexts = []

    def show(path: Path, hash_: str = "", **options: Any) -> Opened:
        context, opened = open_page(browser, path, hash_, **options)
        contexts.append(context)
        return opened

    yield show
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="session")
def optics_page(optics: Maker, folder: Path) -> Path:
    """Some forty entities with the whole texts of their documents and two answers, of which one is empty."""
    path = folder / "optics.html"
    won = [
        (NamedNode(optics.iris["Northlight Diagnostics"]), NamedNode(optics.iris["Golden Prism"])),
        (NamedNode(optics.iris["Lanternrock Ferries"]), NamedNode(optics.iris["Maritime Innovation Prize"])),
    ]
    found = [Answer("awards", "Awards won", ("who", "award"), won), Answer("nothing", "Nothing", ("x",), [])]
    write_page(optics, path, title="Optics", whole=texts_of(optics.quads), found=found)
    return path


@pytest.fixture(scope="session")
def sixty(folder: Path) -> Made:
    return _made(60, folder)


@pytest.fixture(scope="session")
def thousands(folder: Path) -> Made:
    """As many entities as are not drawn at first."""
    return _made(5000, folder)


def _made(entities: int, folder: Path) -> Made:
    graph = synthetic(entities)
    store, path = in_memory(graph), folder / f"{entities}.html"
    write_page(store, path, title=f"{entities} entities", whole=texts_of(store.quads) if entities < 1000 else {})
    return Made(graph, store, path)


@pytest.fixture(scope="session")
def hostile(empty: Callable[[], Maker]) -> Maker:
    """Names, titles and sentences that would do harm if they were anything but text."""
    made = empty()
    made.document("<d>", title="<i onclick=x>", date=None)
    made.document(HOSTILE[1], title=HOSTILE[1], date="</script>")
    for number, label in enumerate(HOSTILE):
        made.entity(label, "Company" if number % 2 else "Person", "<s>" + label)
    for number, label in enumerate(HOSTILE):
        other = HOSTILE[number - 1]
        made.say(label, "knows", other, f"See [[{label} and {other}]] there </p>.", "<d>", speaker=other)
        made.say(label, "meets", other, f"Or [[{label}]] here.", HOSTILE[1], stance="planned")
    return made


@pytest.fixture(scope="session")
def hostile_page(hostile: Maker, folder: Path) -> Path:
    path = folder / "hostile.html"
    answer = Answer(HOSTILE[0], HOSTILE[1], (HOSTILE[0],), [(NamedNode(hostile.iris[HOSTILE[0]]),)])
    write_page(hostile, path, title=HOSTILE[1], whole=texts_of(hostile.quads), found=[answer])
    return path


@pytest.fixture(scope="session")
def letters(empty: Callable[[], Maker]) -> Maker:
    """Texts in which code points and JavaScript's units differ, before, in and behind the quotes."""
    made = empty()
    for label, type_ in (("𝔘nicode 🎡 Works", "Company"), ("観致汽車", "Company"), ("Zoë Ångström", "Person")):
        made.entity(label, type_)
    made.document("wheels", title="🎢🎡", date="2020-02-02")
    made.say(
        "𝔘nicode 🎡 Works", "acquired", "観致汽車", "🎢🎠 Then [[𝔘nicode 🎡 Works bought 観致汽車]] 🎉🎉.", "wheels"
    )
    made.say(
        "Zoë Ångström", "worksFor", "𝔘nicode 🎡 Works", "👩‍🚀 [[Zoë Ångström 🧵 sews]] for 𝔘nicode 🎡 Works.", "wheels"
    )
    made.say(
        "観致汽車", "foundedBy", "Zoë Ångström", "創業者は[[Zoë Ångström]]、𠮷野さん。", "wheels", stance="reported"
    )
    return made


@pytest.fixture(scope="session")
def letters_page(letters: Maker, folder: Path) -> Path:
    path = folder / "letters.html"
    write_page(letters, path, title="Letters", whole=texts_of(letters.quads))
    return path
