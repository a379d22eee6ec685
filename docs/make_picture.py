"""Make docs/page.png, page-dark.png and page-narrow.png: the page of the sample documents in data/.

    python docs/make_picture.py

Needs Chromium, Playwright (see the development requirements) and a font with Chinese characters.
"""

from __future__ import annotations

import base64
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from kg.api import KnowledgeGraph
from kg.view import network, write_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DOCS = Path(__file__).resolve().parent
PICTURES = (
    ("page.png", "light", 1440, 900),
    ("page-dark.png", "dark", 1440, 900),
    ("page-narrow.png", "light", 390, 844),
)
LARGEST = 300_000  # bytes of a picture
PIXELS = """async (encoded) => {
  const image = new Image();
  image.src = "data:image/png;base64," + encoded;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  let text = "";
  for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
  return btoa(text);
}"""


def main() -> int:
    """Make the pictures; the exit code is 1 where one cannot be made or is too large."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("chromium is not installed\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        with KnowledgeGraph.build(str(DOCS.parent / "data"), output=folder) as graph:
            name, iri, letters = _busiest(graph)
            write_page(graph.store, page)
        _tell_missing(letters)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-lcd-text"]
            )
            for file, scheme, width, height in PICTURES:
                _shoot(browser, page, DOCS / file, (scheme, width, height), (name, iri))
            browser.close()
    sizes = {file: (DOCS / file).stat().st_size for file, *_ in PICTURES}
    for file, size in sizes.items():
        sys.stdout.write(f"docs/{file}  {size:,} bytes\n")
    return 1 if max(sizes.values()) > LARGEST else 0


def _busiest(graph: KnowledgeGraph) -> tuple[str, str, str]:
    """The label and IRI of the entity with the most statements, and all letters that the labels of the page use."""
    found = network(graph.store)
    size = {node: found.degree(node) + len(about["literals"]) for node, about in found.nodes(data=True)}
    iri = min(size, key=lambda node: (-size[node], node))
    letters = sorted({letter for _, label in found.nodes(data="label") for letter in label if not letter.isspace()})
    return found.nodes[iri]["label"], iri, "".join(letters)


def _tell_missing(letters: str) -> None:
    """Say which letters no font of this machine has; the pictures show boxes for them."""
    finder = shutil.which("fc-list")
    if finder is None:
        return
    missing = [
        letter
        for letter in letters
        if not letter.isascii()
        and not subprocess.run([finder, f":charset={ord(letter):x}"], capture_output=True, check=False).stdout
    ]
    if missing:
        sys.stderr.write(f"no font has {''.join(missing)}: install fonts-noto-cjk, then make the pictures again\n")


def _shoot(browser: Browser, page: Path, target: Path, look: tuple[str, int, int], entity: tuple[str, str]) -> None:
    scheme, width, height = look
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    shown = context.new_page()
    shown.goto(page.as_uri())
    shown.locator("#search").fill(entity[0])
    shown.locator("#search").press("Enter")
    if shown.locator("#details .iri").inner_text() != entity[1]:
        raise RuntimeError(f"another entity than {entity[1]} is called {entity[0]}")
    shown.locator("#search").fill("")
    shown.locator("#search").blur()
    if width < 900:
        shown.evaluate("document.querySelector('#graph').scrollIntoView()")
    shown.wait_for_timeout(600)  # the drawing paints once more when it has come to rest
    target.write_bytes(_packed(browser, shown.screenshot(animations="disabled"), width, height))
    context.close()


def _packed(browser: Browser, picture: bytes, width: int, height: int) -> bytes:
    """The same picture, smaller: rows unfiltered, as https://www.w3.org/TR/png-3/#12Filter-selection advises.

    Browsers filter every row, which suits photographs; the browser is asked for the pixels themselves.
    """
    blank = browser.new_page()
    encoded: str = blank.evaluate(PIXELS, base64.b64encode(picture).decode("ascii"))
    blank.close()
    colours = bytearray(width * height * 3)
    pixels = base64.b64decode(encoded)
    for channel in range(3):
        colours[channel::3] = pixels[channel::4]
    rows = b"".join(b"\0" + colours[y * width * 3 : (y + 1) * width * 3] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)  # 8 bits for each of red, green and blue
    packed = b"\x89PNG\r\n\x1a\n"
    for kind, data in ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")):
        packed += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return packed


if __name__ == "__main__":
    sys.exit(main())
