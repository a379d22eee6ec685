"""The graphs of a store, read from graph.trig: a tenth of what it costs to read them from the store.

A store has to look every term up. Its graphs.json knows where in graph.trig each graph stands, and what its digest is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pyoxigraph as ox

from kg.digests import digest_of
from kg.export.beside import INDEX, TRIG, Index, opened
from kg.export.names import by_namespace
from kg.export.turtle import trig_head

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from kg.store import Store


class Written:
    """The graphs that a build wrote to graph.trig beside a store: the default graph under "", the others by IRI.

    A context manager.
    """

    def __init__(self, store: Store) -> None:
        try:
            self._parts = msgspec.json.decode(store.kept(INDEX) or b"{}", type=Index).parts
        except (msgspec.MsgspecError, UnicodeDecodeError):
            self._parts = {}
        self._head = trig_head(by_namespace(store)).encode()
        self._file: BinaryIO = opened(store.folder / TRIG)

    def __enter__(self) -> Written:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def prefixes(self) -> str:
        """A digest of the prefixes, without which the text of a graph says nothing."""
        return digest_of(self._head)

    def digests(self) -> Mapping[str, str]:
        """A digest of the text of each graph, in the order of their IRIs; {} where nothing is known of them."""
        return {iri: part.text for iri, part in self._parts.items()}

    def text(self, graph: str) -> str | None:
        """The text of a graph; None where the file does not tell."""
        part = self._parts[graph]
        self._file.seek(part.begin)
        text = self._file.read(part.length)
        if digest_of(text) != part.text:
            return None
        return text.decode()

    def quads(self, text: str) -> Iterator[ox.Quad]:
        """What a text says."""
        return ox.parse(self._head + text.encode(), format=ox.RdfFormat.TRIG)

    def blocks(self) -> list[str] | None:
        """The text of the default graph, subject by subject; None where the file does not tell."""
        text = self.text("") if "" in self._parts else None
        return None if text is None else text[1:-1].split("\n\n") if text else []
