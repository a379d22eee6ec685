"""Make docs/page.png and docs/gallery/*.png: what the page of a graph looks like, and how three questions are answered.

    python docs/make_gallery.py [--only NAME ...] [--interview FILE]

The graph is that of the sample documents in data/, the large one is invented. awards.png and path-tencent.png show the
text that --interview names. Needs Chromium, Playwright (see the development requirements) and a font with Chinese
characters.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.api import KnowledgeGraph
from kg.pages import write_page
from kg.view import write_page as write_plain_page

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
sys.path.insert(0, str(ROOT / "bench"))

from drawing.stores import in_memory  # noqa: E402
from drawing.synthetic import synthetic  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LARGEST = 300_000  # bytes of a picture
WIDE, NARROW = (1440, 900), (390, 844)
Steps = Callable[["Page"], None]


@dataclass(frozen=True)
class Pages:
    """The pages that pictures are taken of, each made when it is first asked for."""

    folder: Path
    interview: Path

    @cached_property
    def samples(self) -> Path:
        """The sample documents."""
        return self._built("samples", ROOT / "data")

    @cached_property
    def talk(self) -> Path:
        """One interview alone."""
        return self._built("talk", self.interview)

    @cached_property
    def large(self) -> Path:
        """Ten thousand invented entities."""
        path = self.folder / "large.html"
        write_plain_page(in_memory(synthetic(10_000)), path, title="Ten thousand entities")
        return path

    def _built(self, name: str, documents: Path) -> Path:
        path = self.folder / f"{name}.html"
        with KnowledgeGraph.build(str(documents), output=self.folder / name) as graph:
            write_page(graph.store, path)
        return path


def choose(name: str) -> Steps:
    """Search for an entity and choose it."""

    def steps(page: Page) -> None:
        page.locator("#search").fill(name)
        page.locator("#search").press("Enter")
        page.locator("#details h2", has_text=name).wait_for()

    return steps


def statement(name: str, words: str) -> Steps:
    """Choose an entity, and then the statement with these words."""

    def steps(page: Page) -> None:
        choose(name)(page)
        page.locator("#details .statement", has_text=words).locator(".show").first.click()

    return steps


def path(start: str, end: str) -> Steps:
    """Ask for the path between two entities."""

    def steps(page: Page) -> None:
        page.locator("#open-path").click()
        for field, name in (("#path-from", start), ("#path-to", end)):
            page.locator(field).fill(name)
            page.locator(field).press("Enter")
        page.locator("#path ol").wait_for()

    return steps


def read(name: str, words: str) -> Steps:
    """Choose an entity, and open the document of a quote that has these words."""

    def steps(page: Page) -> None:
        choose(name)(page)
        page.locator("#details figure", has_text=words).locator(".document").first.click()

    return steps


def answer(title: str) -> Steps:
    """Choose a named result."""

    def steps(page: Page) -> None:
        page.locator("#open-queries").click()
        page.locator("#queries button", has_text=title).click()

    return steps


def winners(award: str) -> Steps:
    """Choose the result about awards, and one of the awards in it."""

    def steps(page: Page) -> None:
        answer("What won which award")(page)
        page.locator("#queries .entity", has_text=award).click()

    return steps


def table(words: str) -> Steps:
    """Open the table of statements and filter its rows."""

    def steps(page: Page) -> None:
        page.locator("#open-table").click()
        page.locator("#tab-1").click()
        page.locator("#table input").fill(words)

    return steps


def only_document(title: str) -> Steps:
    """Show what one document says, and read it as a table."""

    def steps(page: Page) -> None:
        page.locator("#documents summary").click()
        page.locator("#documents label", has_text=title).locator("input").check()
        page.locator("#open-table").click()
        page.locator("#tab-1").click()

    return steps


def nothing(_: Page) -> None:
    """The page as it opens."""


@dataclass(frozen=True)
class Picture:
    """A picture: its file, the page, what is done there, and how the window looks."""

    name: str
    page: str
    steps: Steps
    scheme: str = "light"
    size: tuple[int, int] = WIDE


PICTURES = (
    Picture("page", "samples", choose("Tally Room")),
    Picture("gallery/light", "samples", nothing),
    Picture("gallery/dark", "samples", choose("Yukige"), scheme="dark"),
    Picture("gallery/narrow", "samples", choose("Mule Two"), size=NARROW),
    Picture("gallery/ten-thousand", "large", nothing),
    Picture("gallery/evidence", "samples", statement("Yukige", "Plain Thing Prize")),
    Picture("gallery/path", "samples", path("Linden & Sloe", "Mule Two")),
    Picture("gallery/reader", "samples", read("Tally Room", "Small Print Medal")),
    Picture("gallery/query", "samples", answer("What won which award")),
    Picture("gallery/table", "samples", table("award")),
    Picture("gallery/awards", "talk", winners("Red Dot")),
    Picture("gallery/path-tencent", "talk", path("Tencent Video", "Michael Ning")),
    Picture("gallery/one-document", "samples", only_document("Ten years of aiming high")),
)


def main() -> int:
    """Make the pictures; the exit code is 1 where one cannot be made or is too large."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", metavar="NAME", help="only this picture, such as dark; repeatable")
    parser.add_argument("--interview", type=Path, default=ROOT / "data" / "qoros-profile.md", metavar="FILE")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("chromium is not installed\n")
        return 1
    wanted = [one for one in PICTURES if not options.only or Path(one.name).name in options.only]
    with tempfile.TemporaryDirectory() as folder:
        too_large = _make(wanted, Pages(Path(folder), options.interview), chromium)
    return 1 if too_large else 0


def _make(wanted: list[Picture], pages: Pages, chromium: str) -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-lcd-text"]
        )
        for picture in wanted:
            file = DOCS / f"{picture.name}.png"
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(_shot(browser, getattr(pages, picture.page), picture))
            sys.stdout.write(f"docs/{picture.name}.png  {file.stat().st_size:,} bytes\n")
        browser.close()
    return any((DOCS / f"{picture.name}.png").stat().st_size > LARGEST for picture in wanted)


def _shot(browser: Browser, path: Path, picture: Picture) -> bytes:
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    shown = context.new_page()
    shown.goto(path.as_uri())
    shown.wait_for_selector('html[data-complete="true"]', state="attached")
    _tell_missing("".join(shown.evaluate("kgPage.model.label")))
    picture.steps(shown)
    shown.mouse.move(0, 0)
    shown.evaluate("document.activeElement.blur()")
    shown.wait_for_timeout(700)  # the drawing is painted once more when it has come to rest
    taken = shown.screenshot(animations="disabled")
    context.close()
    return _packed(taken)


@cache
def _tell_missing(words: str) -> None:
    """Say which letters no font of this machine has; the pictures show boxes for them."""
    finder = shutil.which("fc-list")
    if finder is None:
        return
    letters = {letter for letter in words if not letter.isascii() and not letter.isspace()}
    missing = [
        letter
        for letter in sorted(letters)
        if not subprocess.run([finder, f":charset={ord(letter):x}"], capture_output=True, check=False).stdout
    ]
    if missing:
        sys.stderr.write(f"no font has {''.join(missing)}: install fonts-noto-cjk, then make the pictures again\n")


def _packed(picture: bytes) -> bytes:
    """The same picture in 256 of its colours, which is a third of the size and looks the same.

    Half of them are the commonest ones. The others are those farthest from all that are taken already, so that a few
    dots of a colour keep it. Each pixel takes the nearest.
    """
    import numpy as np
    from PIL import Image

    pixels = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"))
    colours, places, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    colours = colours.astype(int)
    order = np.argsort(-counts, kind="stable")
    taken = list(order[:128])
    least = np.full(len(colours), np.inf)
    nearest = np.zeros(len(colours), dtype=np.uint8)
    for place in range(min(256, len(colours))):
        if place == len(taken):
            taken.append(int(np.argmax(np.where(counts > 3, least, 0))))
        distance = ((colours - colours[taken[place]]) ** 2).sum(axis=1)
        nearest[distance < least] = place
        least = np.minimum(least, distance)
    small = Image.fromarray(nearest[places].reshape(pixels.shape[:2]), "P")
    small.putpalette(colours[taken].astype(np.uint8).tobytes())
    written = io.BytesIO()
    small.save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    sys.exit(main())
