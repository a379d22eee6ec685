"""Reads a page as a browser would: its elements, what runs in it, and the data in its blocks."""

from __future__ import annotations

import base64
import zlib
from html.parser import HTMLParser
from typing import Any

from kg.view.blocks import unpack


class Elements(HTMLParser):
    """Elements with their attributes, and the text of scripts, styles and titles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] in ("script", "style", "title", "h1") and data.strip():
            self.texts.append((*self.found[-1], data))

    def block(self, name: str) -> Any:
        """The data of a block."""
        [found] = [(attrs, text) for tag, attrs, text in self.texts if attrs.get("id") == f"{name}-data"]
        return unpack(found[1], packed=found[0]["type"] == "application/octet-stream")

    def running(self) -> list[str]:
        """All that the page's policy has to admit: its style, the script that starts and the packed program."""
        styles = [text for tag, _, text in self.texts if tag == "style"]
        scripts = [text for tag, attrs, text in self.texts if tag == "script" and "type" not in attrs]
        packed = [text for _, attrs, text in self.texts if attrs.get("id") == "program"]
        programs = [zlib.decompress(base64.b64decode(text), -zlib.MAX_WBITS).decode("utf-8") for text in packed]
        return [*styles, *scripts, *programs]
