"""A page opened in a browser, and how its tests look at it and use it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from kg.rdf.namespaces import KGV

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox
    from playwright.sync_api import Browser, BrowserContext, Download, Page

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
    "{{7*7}} {% raw %} ${7*7}",
    "javascript:document.title='run'",
)


@dataclass
class Opened:
    """A page with what it asked for and what it complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def details(self) -> str:
        return self.page.locator("#details").inner_text()

    def heading(self) -> str:
        return self.page.locator("#details h2").inner_text()

    def search(self, words: str) -> None:
        self.page.keyboard.press("/")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")

    def kg(self, expression: str, argument: Any = None) -> Any:
        """What an expression over `model`, `state`, `view`, `shown` and `argument` gives."""
        return self.page.evaluate(
            f"(argument) => {{ const {{ model, state, view, shown }} = kgPage; return {expression}; }}", argument
        )

    def current(self, name: str) -> Any:
        """A part of the state; sets come as sorted lists."""
        return self.kg("((value) => value instanceof Set ? [...value].sort() : value)(state.current[argument])", name)

    def number(self, label: str) -> int:
        """The number of the entity with this label."""
        return int(self.kg("model.label.indexOf(argument)", label))

    def counts(self) -> tuple[int, int]:
        """How many entities and statements are shown; the page has to say the same."""
        entities, n, statements, m = self.kg("[shown().entityCount, model.n, shown().statementCount, model.m]")
        said = [f"{now:,}" if now == all_ else f"{now:,} of {all_:,}" for now, all_ in ((entities, n), (statements, m))]
        assert self.page.locator("#counts").inner_text() == f"{said[0]} entities, {said[1]} statements shown"
        return entities, statements

    def entry(self, legend: str, name: str) -> Any:
        """An entry of a legend by its name."""
        entries = self.page.locator(f"#{legend} .entry")
        return entries.filter(has=self.page.get_by_text(name, exact=True))

    def place(self, entity: int) -> tuple[float, float]:
        """Where an entity stands on the screen."""
        box = self.page.locator("#graph").bounding_box()
        assert box is not None
        x, y = self.kg(
            """((camera, canvas) => [
              (model.x[argument] - camera.x) * camera.k + canvas.clientWidth / 2,
              (model.y[argument] - camera.y) * camera.k + canvas.clientHeight / 2,
            ])(view.camera(), document.querySelector("#graph"))""",
            entity,
        )
        return box["x"] + x, box["y"] + y

    def settle(self) -> None:
        """Wait until everything is painted in full."""
        self.page.wait_for_timeout(250)

    def ink(self) -> int:
        """How many pixels of the drawing differ from its ground."""
        count: int = self.page.evaluate(
            """() => {
              const canvas = document.querySelector("#graph");
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              const pixels = new Uint32Array(data.buffer);
              return pixels.reduce((count, pixel) => count + (pixel !== pixels[0]), 0);
            }"""
        )
        return count

    def exported(self, words: str) -> Download:
        """The file that an entry of the export menu gives."""
        if self.page.locator("#export-menu").is_hidden():
            self.page.locator("#open-export").click()
        with self.page.expect_download() as download:
            self.page.locator("#export-menu button", has_text=words).click()
        return download.value

    def readback(self) -> list[str]:
        """Complaints, but for what the browser says of these tests' own counting of pixels."""
        return [said for said in self.complaints if not said.startswith("Canvas2D: Multiple readback")]


def open_page(browser: Browser, path: Path, hash_: str = "", **options: Any) -> tuple[BrowserContext, Opened]:
    """The page in a context of its own, when all of it is there."""
    given = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", "locale": "en-GB", **options}
    context = browser.new_context(**given)
    opened = Opened(context.new_page())
    context.on("request", lambda request: opened.requests.append(request.url))
    context.on("console", lambda message: opened.complaints.append(message.text))
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.page.set_default_timeout(10_000)
    opened.page.goto(path.as_uri() + hash_)
    opened.page.wait_for_selector('html[data-complete="true"]', state="attached")
    return context, opened


def sentences(quads: ox.Store) -> dict[str, dict[int, str]]:
    """The sentences of each document by where they begin."""
    found: dict[str, dict[int, str]] = {}
    for quad in quads.quads_for_pattern(None, NamedNode(KGV + "text"), None, None):
        assert isinstance(quad.object, Literal)
        about = {q.predicate.value: q.object.value for q in quads.quads_for_pattern(quad.subject, None, None, None)}  # type: ignore[union-attr]
        [name] = quads.quads_for_pattern(
            NamedNode(about[KGV + "inDocument"]), NamedNode("http://purl.org/dc/terms/identifier"), None, None
        )
        assert isinstance(name.object, Literal)
        found.setdefault(name.object.value, {})[int(about[KGV + "beginOffset"])] = quad.object.value
    return found


def texts_of(quads: ox.Store) -> dict[str, str]:
    """The text of each document, as far as its sentences tell: a blank stands between two."""
    return {
        name: " ".join(text for _, text in sorted(found.items()))
        for name, found in sentences(quads).items()
        if 0 in found
    }
