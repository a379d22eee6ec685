"""graph.ttl and graph.trig, which lie beside every store, written graph by graph while a build has them at hand.

A graph that is made of the same as last time is neither made nor written again: its part of the old file is copied.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

import msgspec
from pyoxigraph import Quad

from kg.errors import StoreError
from kg.export.names import by_namespace
from kg.export.turtle import trig_graph, trig_head, turtle_of
from kg.files import FULL
from kg.store import Store, replace_file

INDEX = "graphs.json"
TURTLE, TRIG = "graph.ttl", "graph.trig"
_IN_MEMORY = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Draft:
    """A graph that is still to be made. iri: None for the default graph. digest: of all that it is made of."""

    iri: str | None
    digest: str
    make: Callable[[], Collection[Quad]]


class _Part(msgspec.Struct, frozen=True, array_like=True):
    """Where the text of a graph stands in graph.trig; digests of what it was made of, and of that text."""

    made_of: str
    begin: int
    length: int
    text: str


class _Index(msgspec.Struct, frozen=True):
    """What the files hold, and a digest of graph.ttl."""

    parts: dict[str, _Part] = {}
    turtle: str = ""


class GraphFiles:
    """The two files. They are what `export` would make of the store.

    A context manager; both files are put in place at its end, and neither if it ends by an error. Raises StoreError.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self._folder, self._names = store, folder, by_namespace(store)
        self._turtle: bytes | None = None
        self._old = _index(store)
        self._new: dict[str, _Part] = {}
        self.changed = False
        """Whether anything is otherwise than it was."""

    def __enter__(self) -> GraphFiles:
        self._closing = ExitStack()
        self._spool = self._closing.enter_context(SpooledTemporaryFile(max_size=_IN_MEMORY, mode="w+b"))
        self._before = self._closing.enter_context(_opened(self._folder / TRIG))
        self._spool.write(trig_head(self._names).encode())
        return self

    def passing(self, drafts: Iterable[Draft]) -> Iterator[tuple[str | None, Collection[Quad] | None]]:
        """Write the graphs that pass: the default graph first, then the named ones in the order of their IRIs.

        Gives their quads, or None for a graph that is as it was.
        """
        for draft in drafts:
            old = self._old.parts.get(draft.iri or "")
            text = self._copied(old) if old is not None and old.made_of == draft.digest else None
            quads = None
            if text is None:
                self._begin_to_change()
                quads = draft.make()
                text = trig_graph(self._names, draft.iri, quads).encode()
                if draft.iri is None:
                    self._turtle = turtle_of(self._names, quads)
            self._new[draft.iri or ""] = _Part(draft.digest, self._spool.tell(), len(text), _digest(text))
            self._spool.write(text)
            yield draft.iri, quads
        if self._old.parts.keys() - self._new.keys():
            self._begin_to_change()

    def _begin_to_change(self) -> None:
        """A build that is broken off from here on leaves nothing that a later one would trust."""
        if not self.changed:
            self.changed = True
            self._store.keep(INDEX, msgspec.json.encode(_Index()))

    def _copied(self, part: _Part) -> bytes | None:
        """The text of a graph out of the old file; None where that is not what was written there."""
        self._before.seek(part.begin)
        text = self._before.read(part.length)
        return text if _digest(text) == part.text else None

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        with self._closing:
            if error is not None:
                return
            self._spool.seek(0)
            files = {TRIG: self._spool.read()}
            turtle = self._old.turtle
            if self._turtle is not None:
                files[TURTLE] = self._turtle
                turtle = _digest(self._turtle)
        write_files({self._folder / name: data for name, data in sorted(files.items())})
        self._store.keep(INDEX, msgspec.json.encode(_Index(self._new, turtle)))


def _index(store: Store) -> _Index:
    """What the files beside a store hold; nothing where that is not known, or they are not those files."""
    data = store.kept(INDEX)
    if data is None or next(iter(store.quads), None) is None:
        return _Index()
    try:
        found = msgspec.json.decode(data, type=_Index)
        turtle = (store.folder / TURTLE).read_bytes()
    except (msgspec.MsgspecError, UnicodeDecodeError, OSError):
        return _Index()
    return found if _digest(turtle) == found.turtle else _Index()


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError:
        return open("/dev/null", "rb")  # noqa: PTH123  # nothing can be copied from it


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def write_files(files: dict[Path, bytes]) -> list[Path]:
    """Put files in place, each whole or not at all; tells which. Raises StoreError."""
    for path, data in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, data)
        except OSError as error:
            raise unwritable(str(path), error) from None
    return list(files)


def unwritable(where: str, error: OSError) -> StoreError:
    """What to say of a place that cannot be written to."""
    hint = "make room there, or name another place" if error.errno in FULL else "name another file or folder"
    return StoreError(f"cannot be written: {error.strerror or error}", where=where, hint=hint)
