"""Measures pages in headless Chromium without a GPU, opened as files: how soon they are drawn, and frames a second."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
PATIENCE = 75_000.0  # milliseconds after which a page that is not drawn is given up
PANNING = 3.0  # seconds

# Runs before the page: notes when the page says that it is ready, and counts the frames in which a canvas of the page
# was drawn upon. A renderer begins a frame by clearing, filling or copying, so these calls are enough to see one.
WATCHING = """(() => {
  window.watched = { frames: 0 };
  new MutationObserver(() => {
    for (const name of ["ready", "complete"])
      if (document.documentElement?.dataset[name] === "true") watched[name] ??= performance.now();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-ready", "data-complete"] });
  let drawn = false;
  for (const name of ["clearRect", "fillRect", "drawImage"]) {
    const original = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...values) {
      if (this.canvas.isConnected) drawn = true;
      return original.apply(this, values);
    };
  }
  const count = () => {
    if (drawn) watched.frames += 1;
    drawn = false;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
})();
"""


@dataclass(frozen=True, slots=True)
class Panning:
    """Frames that were painted while the mouse dragged the graph, and the seconds that this took."""

    frames: int
    seconds: float

    @property
    def rate(self) -> float:
        """Frames a second."""
        return self.frames / self.seconds


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium; ends this process where there is none."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        sys.exit("error: chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, path: Path) -> Iterator[Page]:
    """The page at a path, being loaded."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    try:
        context.add_init_script(WATCHING)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(path.absolute().as_uri(), wait_until="commit")
        yield page
    finally:
        context.close()


def until(page: Page, name: str = "ready") -> float:
    """Milliseconds from the start of navigation until the page says that it is so; PATIENCE where it takes longer."""
    from playwright.sync_api import TimeoutError as TooLong

    try:
        page.wait_for_selector(f'html[data-{name}="true"]', state="attached", timeout=PATIENCE)
    except TooLong:
        return PATIENCE
    return min(PATIENCE, float(page.evaluate(f"watched.{name}")))


def must_find(page: Page, label: str) -> None:
    """Search for an entity the way a user does. Raises RuntimeError where its details do not come."""
    from playwright.sync_api import TimeoutError as TooLong

    page.keyboard.press("/")
    page.keyboard.type(label)
    page.keyboard.press("Enter")
    try:
        page.locator("#details h2", has_text=label).wait_for(timeout=5000)
    except TooLong:
        raise RuntimeError(f"the page says that it is ready, and does not find {label!r}") from None


def pan(page: Page, canvas: str, seconds: float = PANNING) -> Panning:
    """Drag the graph about by the mouse, beginning near its upper border, where there is the least to take hold of."""
    box = page.locator(canvas).first.bounding_box()
    if box is None:
        raise RuntimeError(f"{canvas} is not shown")
    x, y = box["x"] + box["width"] / 2, box["y"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 12)
    page.wait_for_timeout(100)
    before = int(page.evaluate("watched.frames"))
    begin = time.monotonic()
    step = 0
    while time.monotonic() - begin < seconds:
        step += 1
        swing = abs(step % 60 - 30) * 6
        page.mouse.move(x - 90 + swing, y + 12 + swing)
    frames = int(page.evaluate("watched.frames")) - before
    spent = time.monotonic() - begin
    page.mouse.up()
    return Panning(frames, spent)
