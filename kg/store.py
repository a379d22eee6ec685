"""The store: quads on disk in Oxigraph, one writer at a time, readers that never wait.

    DIR/store/quads/            what the writer works on
    DIR/store/manifest.json     what the graph was made with
    DIR/store/dropped.json      what did not become a statement (`keep`)
    DIR/store/lock              held by the writer, with its process id in it; empty after a clean end
    DIR/store/published/<n>/    the last finished state (quads and *.json), for readers

Oxigraph calls it undefined to open files read-only that another process writes. So a writer that
ends well publishes: a backup of the quads (hard links, some milliseconds) that nobody writes again.
Readers open the newest of these. They see whole builds only, and a writer that is killed half-way
leaves them where they were; what it wrote is kept, and goes out with the next build that ends well.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.files import replace_file

__all__ = ["Store", "replace_file"]

VERSION = 1
MANIFEST = "manifest.json"
# Until it is flushed, what was written lies in a log that the next opening replays. A flush after every
# document would make writing three times as slow.
FLUSH_AFTER = 50_000

# Oxigraph reports a corrupt database by RuntimeError, all else by OSError.
_FAILURES = (OSError, RuntimeError)


class Store:
    """Quads and manifest of one output folder, open for writing (`open`) or for reading (`view`).

    A context manager. Leaving it after an exception keeps what was written, and publishes nothing.
    """

    def __init__(self, folder: Path, root: Path, quads: ox.Store, lock: int, *, writer: bool) -> None:
        self.folder = folder
        self._root = root.absolute()
        self._quads: ox.Store | None = quads
        self._lock = lock
        self._writer = writer
        self._changed = False
        self._unflushed = 0

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, clean: bool = False) -> Store:
        """Open the store under `folder` for writing.

        create: make one where there is none. clean: begin with an empty one, whatever is there.
        Raises StoreError: no store, another writer, a store of a newer kg, damage, no permission.
        """
        root = folder / "store"
        if not create and not (root / "quads").is_dir():
            raise _nothing(folder)
        try:
            root.mkdir(parents=True, exist_ok=True)
            lock, unfinished = _hold(root / "lock", folder)
        except OSError as error:
            raise _unwritable(root, error) from None
        try:
            if clean:
                _empty(root)
            _read_manifest(root)
            store = cls(folder, root, _open_quads(root / "quads", ox.Store), lock, writer=True)
        except BaseException:
            os.close(lock)
            raise
        store._changed = unfinished or not _published(root)
        return store

    @classmethod
    def view(cls, folder: Path) -> Store:
        """Open the last finished state for reading, whether or not someone is writing.

        It stays the same for as long as it is open. Raises StoreError: nothing built yet, a store
        of a newer kg, damage.
        """
        while True:
            newest = max(_published(folder / "store"), default=None)
            if newest is None:
                raise _nothing(folder)
            root = folder / "store" / "published" / str(newest)
            lock = _share(root)
            if lock is not None:
                break
        try:
            _read_manifest(root)
            return cls(folder, root, _open_quads(root / "quads", ox.Store.read_only), lock, writer=False)
        except BaseException:
            os.close(lock)
            raise

    @property
    def quads(self) -> ox.Store:
        """The Oxigraph store itself, for queries. Raises StoreError once closed."""
        if self._quads is None:
            raise StoreError("the store is closed", where=str(self.folder))
        return self._quads

    @property
    def published(self) -> Path | None:
        """The folder of the quads that are read, for another process; it stays for as long as this store is open.

        None for a writer. Raises StoreError once closed.
        """
        if self._quads is None:
            raise StoreError("the store is closed", where=str(self.folder))
        return None if self._writer else self._root / "quads"

    @property
    def manifest(self) -> dict[str, Any]:
        """What the graph was made with: version, base, prefixes, ontology, model ...; {} before the first build."""
        return _read_manifest(self._root)

    @manifest.setter
    def manifest(self, values: dict[str, Any]) -> None:
        self._must_write()
        values = {**values, "version": VERSION}
        if values != self.manifest:
            text = json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
            self._changed = True
            replace_file(self._root / MANIFEST, text.encode("utf-8"))

    def keep(self, name: str, data: bytes) -> None:
        """Put a file (a name that ends in .json) beside the quads; readers see it with them. Raises StoreError."""
        self._must_write()
        if data != self.kept(name):
            self._write(lambda: replace_file(self._root / name, data))

    def kept(self, name: str) -> bytes | None:
        """What lies beside the quads under a name; None where nothing does. Raises StoreError."""
        path = self._root / name
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unreadable(path, error) from None

    def put(self, graph: str | None, quads: Iterable[ox.Quad]) -> bool:
        """Make `quads` the whole of a named graph (None: the default graph), in one atomic step.

        Only the difference is written. Tells whether there was any. The quads name that graph
        themselves, hold canonical literals and no blank nodes. Raises StoreError.
        """
        self._must_write()
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        quads = list(quads)
        if not quads:
            return self.drop(graph)
        for quad in quads:
            if quad.graph_name != name:
                raise ValueError(f"a quad of {quad.graph_name} was put into {name}")
        stored = set(self.quads.quads_for_pattern(None, None, None, name))
        added: Collection[ox.Quad] = set(quads) - stored if stored else quads
        removed = stored.difference(quads)
        if removed:
            changes = _data("DELETE", removed, graph) + _data("INSERT", set(added), graph)
            self._write(lambda: self.quads.update(changes))
        elif added:
            self._write(lambda: self.quads.extend(added))
        self._unflushed += len(added) + len(removed)
        if self._unflushed > FLUSH_AFTER:
            self.flush()
        return bool(added or removed)

    def fill(self, graphs: Iterable[tuple[str | None, Collection[ox.Quad] | None]]) -> None:
        """Make these the graphs of the store, one after the other, and drop all others. Raises StoreError.

        None in place of quads: the graph is as it should be.

        An empty store is loaded in bulk, which takes half the time and is not atomic; readers see nothing of it before
        it is published, and a later build makes good what a broken one left.
        """
        self._must_write()
        if len(self.quads) == 0:
            self._write(lambda: self.quads.bulk_extend(quad for _, quads in graphs for quad in quads or ()))
            return
        kept = set()
        for graph, quads in graphs:
            if quads is not None:
                self.put(graph, quads)
            kept.add(graph)
        for graph in (None, *self.graphs()):
            if graph not in kept:
                self.drop(graph)

    def drop(self, graph: str | None) -> bool:
        """Remove a named graph (None: empty the default graph). Tells whether there was anything in it."""
        self._must_write()
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        if next(self.quads.quads_for_pattern(None, None, None, name), None) is None:
            return False
        self._write(lambda: self.quads.remove_graph(name))
        return True

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, sorted."""
        return sorted(name.value for name in self.quads.named_graphs() if isinstance(name, ox.NamedNode))

    def flush(self) -> None:
        """Put what was written safely on disk; readers do not see it yet. `put` and `close` call it in time."""
        self._must_write()
        self._do(self.quads.flush)
        self._unflushed = 0

    def publish(self) -> None:
        """Let readers see the present state; `close` does it too. Nothing happens where nothing changed."""
        self._must_write()
        if self._changed:
            self._do(lambda: _publish(self._root, self.quads))
            self._changed = False

    def close(self) -> None:
        """Publish what was written and let go of the store. Closing twice does no harm."""
        if self._quads is None:
            return
        try:
            if self._writer:
                self.publish()
        finally:
            self._release()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._release()

    def _release(self) -> None:
        if self._quads is None:
            return
        self._quads = None
        if self._writer and not self._changed:
            os.ftruncate(self._lock, 0)
        os.close(self._lock)

    def _must_write(self) -> None:
        if not self._writer:
            raise StoreError("the store is open for reading only", where=str(self.folder))

    def _write(self, step: Callable[[], None]) -> None:
        self._changed = True
        self._do(step)

    def _do(self, step: Callable[[], None]) -> None:
        try:
            step()
        except _FAILURES as error:
            raise StoreError(
                f"the store cannot be written: {error}",
                where=str(self.folder),
                hint="see whether the disk is full; what was stored before is kept",
            ) from None


def _data(verb: str, quads: set[ox.Quad], graph: str | None) -> str:
    """One operation of a SPARQL update; "" for no quads."""
    if not quads:
        return ""
    triples = "".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads)
    return (
        f"{verb} DATA {{ {triples} }} ;\n"
        if graph is None
        else f"{verb} DATA {{ GRAPH <{graph}> {{ {triples} }} }} ;\n"
    )


def _publish(root: Path, quads: ox.Store) -> None:
    draft = root / "published" / "new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    quads.flush()
    quads.backup(draft / "quads")
    for path in sorted(root.glob("*.json")):
        replace_file(draft / path.name, path.read_bytes())
    older = _published(root)
    draft.rename(root / "published" / str(max(older, default=0) + 1))
    for number in older:
        _remove_unread(root / "published" / str(number))


def _published(root: Path) -> list[int]:
    """The numbers of the finished states; one, but for those that someone still reads."""
    try:
        return [int(entry.name) for entry in (root / "published").iterdir() if entry.name.isdecimal()]
    except OSError:
        return []


def _share(state: Path) -> int | None:
    """Keep a finished state from being removed; None where it is gone already."""
    try:
        handle = os.open(state, os.O_RDONLY)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(
            f"cannot be read: {error.strerror}", where=str(state), hint="correct the folder's permissions"
        ) from None
    fcntl.flock(handle, fcntl.LOCK_SH)
    if not (state / "quads").exists():  # removed between the look and the lock
        os.close(handle)
        return None
    return handle


def _remove_unread(state: Path) -> None:
    """Remove a finished state, unless someone reads it: then a later writer will."""
    handle = os.open(state, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(state, ignore_errors=True)
    except BlockingIOError:
        pass
    finally:
        os.close(handle)


def _hold(path: Path, folder: Path) -> tuple[int, bool]:
    """Become the one writer; tells also whether the last writer left its work unpublished. Raises OSError."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        said = os.read(handle, 100)
    except BlockingIOError:
        holder = os.read(handle, 100).decode("ascii", "replace").strip()
        os.close(handle)
        raise StoreError(
            f"another build is writing there ({holder or 'just starting'})",
            where=str(folder),
            hint="wait until it has ended, or build into another folder with -o DIR",
        ) from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"process {os.getpid()}\n".encode("ascii"), 0)
    return handle, bool(said)


def _empty(root: Path) -> None:
    try:
        for path in root.glob("*.json"):
            path.unlink(missing_ok=True)
        if (root / "quads").exists():
            shutil.rmtree(root / "quads")
    except OSError as error:
        raise _unwritable(root, error) from None


def _open_quads(path: Path, opener: Callable[[str], ox.Store]) -> ox.Store:
    # Without its CURRENT file, RocksDB would take the folder for a new database and begin anew.
    if path.is_dir() and any(path.glob("*.sst")) and not (path / "CURRENT").is_file():
        raise _damaged(path, "its CURRENT file is missing")
    try:
        return opener(str(path))
    except RuntimeError as error:
        raise _damaged(path, str(error)) from None
    except OSError as error:
        said = str(error)
        if "LOCK" in said or "lock" in said:
            raise StoreError(
                "another program has the quads open", where=str(path), hint="end that program, then try again"
            ) from None
        if "Corruption" in said:
            raise _damaged(path, said) from None
        raise StoreError(
            f"the store cannot be opened: {said}", where=str(path), hint="correct the folder's permissions"
        ) from None


def _read_manifest(root: Path) -> dict[str, Any]:
    path = root / MANIFEST
    try:
        values = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _unreadable(path, error) from None
    except ValueError as error:
        raise _damaged(path, str(error)) from None
    if not isinstance(values, dict) or not isinstance(values.get("version"), int):
        raise _damaged(path, "no version in it")
    if values["version"] > VERSION:
        raise StoreError(
            f"written by a newer kg (version {values['version']} of the store, this one knows {VERSION})",
            where=str(path),
            hint="install the newest evident-kg, or build into another folder with -o DIR",
        )
    return values


def _nothing(folder: Path) -> StoreError:
    return StoreError(f"no graph in {folder}", hint=f"kg build ... -o {folder}")


def _unwritable(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"cannot be written: {error.strerror or error}",
        where=str(path),
        hint="correct the folder's permissions, or name another folder with -o DIR",
    )


def _unreadable(path: Path, error: OSError) -> StoreError:
    return StoreError(f"cannot be read: {error.strerror}", where=str(path), hint="correct the file's permissions")


def _damaged(path: Path, said: str) -> StoreError:
    return StoreError(
        f"damaged: {' '.join(said.split())[:200]}",
        where=str(path),
        hint="kg build --clean makes it anew from the documents",
    )
