"""graph.ttl and graph.trig, which lie beside every store, written graph by graph while a build has them at hand.

A graph that is made of the same as last time is neither made nor written again: its part of the old file is copied.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec
from pyoxigraph import Quad

from kg.digests import digest_of
from kg.errors import StoreError
from kg.export.names import by_namespace
from kg.export.subjects import Blocks, DefaultDraft, keep_blocks, load_blocks, made
from kg.export.turtle import trig_graph, trig_head
from kg.files import FULL, replacing
from kg.filling import Filling
from kg.store import Store, replace_file

INDEX = "graphs.json"
TURTLE, TRIG = "graph.ttl", "graph.trig"


@dataclass(frozen=True, slots=True)
class Draft:
    """A named graph that is still to be made. digest: of all that it is made of."""

    iri: str
    digest: str
    make: Callable[[], Collection[Quad]]


class GraphText(msgspec.Struct, frozen=True, array_like=True):
    """Where the text of a graph stands in graph.trig; digests of what it was made of, and of that text."""

    made_of: str
    begin: int
    length: int
    text: str


class Index(msgspec.Struct, frozen=True):
    """What the files hold, and a digest of graph.ttl."""

    parts: dict[str, GraphText] = {}
    turtle: str = ""


class GraphFiles:
    """The two files. They are what `export` would make of the store.

    A context manager; both files are put in place at its end, and neither if it ends by an error. Raises StoreError.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self._folder, self._names = store, folder, by_namespace(store)
        self._turtle: bytes | None = None
        self._blocks: Blocks | None = None
        self._old = _index(store)
        self._new: dict[str, GraphText] = {}
        self.changed = False
        """Whether anything is otherwise than it was."""

    def __enter__(self) -> GraphFiles:
        self._closing = ExitStack()
        self._before = self._closing.enter_context(opened(self._folder / TRIG))
        with _told(self._folder / TRIG):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._trig = self._closing.enter_context(replacing(self._folder / TRIG))
            head = trig_head(self._names).encode()
            self._trig.write(head)
        self._end = len(head)
        return self

    def passing(self, drafts: Iterable[Draft | DefaultDraft]) -> Iterator[Filling]:
        """Write the graphs that pass: the default graph first, then the named ones in the order of their IRIs."""
        for draft in drafts:
            old = self._old.parts.get(draft.iri or "")
            text = self._copied(old) if old is not None and old.made_of == draft.digest else None
            filling = Filling(draft.iri, None)
            if old is None or text is None:
                self._begin_to_change()
                text, filling = self._made(draft, old)
                digest = digest_of(text)
            else:
                digest = old.text
            self._new[draft.iri or ""] = GraphText(draft.digest, self._end, len(text), digest)
            self._end += len(text)
            with _told(self._folder / TRIG):
                self._trig.write(text)
            yield filling
        if self._old.parts.keys() - self._new.keys():
            self._begin_to_change()

    def _begin_to_change(self) -> None:
        """A build that is broken off from here on leaves nothing that a later one would trust."""
        if not self.changed:
            self.changed = True
            self._store.keep(INDEX, msgspec.json.encode(Index()))

    def _made(self, draft: Draft | DefaultDraft, old: GraphText | None) -> tuple[bytes, Filling]:
        """The text of a graph, and what the store is to hold of it."""
        if isinstance(draft, Draft):
            quads = draft.make()
            return trig_graph(self._names, draft.iri, quads).encode(), Filling(draft.iri, quads)
        before = load_blocks(self._store)
        known = old is not None and old.made_of == before.made_of
        self._blocks, filling = made(draft, self._names, before if known else Blocks())
        self._turtle = self._blocks.turtle(self._names)
        return self._blocks.trig, filling

    def _copied(self, part: GraphText) -> bytes | None:
        """The text of a graph out of the old file; None where that is not what was written there."""
        self._before.seek(part.begin)
        text = self._before.read(part.length)
        return text if digest_of(text) == part.text else None

    def __exit__(
        self, error: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._closing.__exit__(error, value, trace)
            return
        with _told(self._folder / TRIG):
            self._closing.close()
        turtle = self._old.turtle
        if self._turtle is not None:
            write_files({self._folder / TURTLE: self._turtle})
            turtle = digest_of(self._turtle)
        if self._blocks is not None:
            keep_blocks(self._store, self._blocks)
        self._store.keep(INDEX, msgspec.json.encode(Index(self._new, turtle)))


def _index(store: Store) -> Index:
    """What the files beside a store hold; nothing where that is not known, or they are not those files."""
    data = store.kept(INDEX)
    if data is None or next(iter(store.quads), None) is None:
        return Index()
    try:
        found = msgspec.json.decode(data, type=Index)
        turtle = (store.folder / TURTLE).read_bytes()
    except (msgspec.MsgspecError, UnicodeDecodeError, OSError):
        return Index()
    return found if digest_of(turtle) == found.turtle else Index()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Raises StoreError where the file cannot be written."""
    try:
        yield
    except OSError as error:
        raise unwritable(str(path), error) from None


def opened(path: Path) -> BinaryIO:
    """A file to read from; an empty one where it cannot be opened."""
    try:
        return path.open("rb")
    except OSError:
        return open("/dev/null", "rb")  # noqa: PTH123  # nothing can be copied from it


def write_files(files: dict[Path, bytes]) -> list[Path]:
    """Put files in place, each whole or not at all; tells which. Raises StoreError."""
    for path, data in files.items():
        with _told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, data)
    return list(files)


def unwritable(where: str, error: OSError) -> StoreError:
    """What to say of a place that cannot be written to."""
    hint = "make room there, or name another place" if error.errno in FULL else "name another file or folder"
    return StoreError(f"cannot be written: {error.strerror or error}", where=where, hint=hint)
