"""The store: quads on disk in Oxigraph, one writer at a time, readers that never wait.

    DIR/store/quads/            what the writer works on
    DIR/store/manifest.json     what the graph was made with
    DIR/store/dropped.json      what did not become a statement (`keep`)
    DIR/store/documents/        what was found in each document (`kg.archive`)
    DIR/store/derived/          what can be made anew at any time (`kg.derived`)
    DIR/store/XXH128SUMS        digests of all that was last published
    DIR/store/lock              held by the writer, with its process id in it; empty after a clean end
    DIR/store/published/<n>/    the last finished state, for readers (`kg.published`)
    DIR/store/restored/         what a writer is to begin with in place of all that (`Store.replace`)

Oxigraph calls it undefined to open files read-only that another process writes. So a writer that
ends well publishes: a backup of the quads (hard links, some milliseconds) that nobody writes again.
Readers open the newest of these. They see whole builds only, and a writer that is killed half-way
leaves them where they were; what it wrote is kept, and goes out with the next build that ends well.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

import pyoxigraph as ox

from kg import published, writer
from kg.errors import StoreError
from kg.files import FULL, ROOM, damaged, discard, replace_file, unreadable, writing
from kg.filling import Filling, difference
from kg.published import DOCUMENTS, QUADS
from kg.writer import RESTORED

__all__ = ["Store", "replace_file"]

VERSION = 1
MANIFEST = "manifest.json"
# Until it is flushed, what was written lies in a log that the next opening replays. A flush after every
# document would make writing three times as slow.
FLUSH_AFTER = 50_000
# Loaded in bulk, quads wait in memory until they are sorted: 1.1 GB, however many; in such parts a third of that, and a
# quarter of the time more.
_AT_ONCE = 200_000

_NO_BASE = "none:"
# Oxigraph reports a corrupt database by RuntimeError, all else by OSError.
_FAILURES = (OSError, RuntimeError)
_CORRUPT, _FAULT = "Corruption:", "IO error:"  # how what the database says begins


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
        if not create and not any((root / name).is_dir() for name in (QUADS, RESTORED)):
            raise _nothing(folder)
        lock, unfinished = writer.hold(root, folder)
        return cls._begin(folder, root, lock, unfinished=unfinished, clean=clean)

    @classmethod
    def replace(cls, folder: Path, draft: Path) -> None:
        """Put another store (quads/, documents/, *.json) in place of the one under `folder`, if there is any.

        draft: a folder on the same file system, which goes. Readers see the old state, then the new one; if this
        breaks off after the draft was moved, the next writer goes on with it. Raises StoreError.
        """
        root = folder / "store"
        lock, _ = writer.hold(root, folder)
        try:
            with writing(root):
                discard(root / RESTORED)
                draft.rename(root / RESTORED)
        except BaseException:
            os.close(lock)
            raise
        cls._begin(folder, root, lock, unfinished=True).close()

    @classmethod
    def _begin(cls, folder: Path, root: Path, lock: int, *, unfinished: bool, clean: bool = False) -> Store:
        try:
            with writing(root):
                writer.tidy(root)
                if clean:
                    writer.empty(root)
                restored = writer.adopt(root)
            parse_manifest(root / MANIFEST)
            published.check_tables(root)
            store = cls(folder, root, _open_quads(root / QUADS, ox.Store), lock, writer=True)
        except BaseException:
            os.close(lock)
            raise
        store._changed = unfinished or restored or not published.sound(root)
        return store

    @classmethod
    def view(cls, folder: Path) -> Store:
        """Open the last finished state for reading, whether or not someone is writing.

        It stays the same for as long as it is open. Raises StoreError: nothing built yet, a store
        of a newer kg, damage.
        """
        found = published.share(folder / "store")
        if found is None:
            raise _nothing(folder)
        root, lock = found
        try:
            parse_manifest(root / MANIFEST)
            published.check(root)
            return cls(folder, root, _open_quads(root / QUADS, ox.Store.read_only), lock, writer=False)
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
        return None if self._writer else self._root / QUADS

    @property
    def documents(self) -> Path:
        """The folder of what was found in each document, as it belongs to this state."""
        return self._root / DOCUMENTS

    @property
    def manifest(self) -> dict[str, Any]:
        """What the graph was made with: version, base, prefixes, ontology, model ...; {} before the first build."""
        return parse_manifest(self._root / MANIFEST)

    @manifest.setter
    def manifest(self, values: dict[str, Any]) -> None:
        self._must_write()
        values = {**values, "version": VERSION}
        if values != self.manifest:
            text = json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
            self._write(lambda: replace_file(self._root / MANIFEST, text.encode("utf-8")))

    @property
    def base(self) -> str:
        """What the IRIs of its own things begin with; where no manifest tells, what none begins with."""
        return str(self.manifest.get("base") or _NO_BASE)

    def keep(self, name: str, data: bytes) -> None:
        """Put a file (a name that ends in .json) beside the quads; readers see it with them. Raises StoreError."""
        self._must_write()
        if data != self.kept(name):
            self._write(lambda: replace_file(self._root / name, data))

    def kept(self, name: str) -> bytes | None:
        """What lies beside the quads under a name; None where nothing does. Raises StoreError."""
        return published.read(self._root, name)

    def all_kept(self) -> list[str]:
        """The names under which something lies beside the quads, sorted."""
        return sorted(path.name for path in self._root.glob("*.json"))

    def put(self, graph: str | None, quads: Iterable[ox.Quad], subjects: Collection[str] | None = None) -> bool:
        """Make `quads` the whole of a named graph (None: the default graph), in one atomic step.

        subjects: make them the whole of what it says of these (IRIs), and leave the rest of it.
        Only the difference is written. Tells whether there was any. The quads name that graph
        themselves, hold canonical literals and no blank nodes. Raises StoreError.
        """
        self._must_write()
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        quads = list(quads)
        if not quads and subjects is None:
            return self.drop(graph)
        for quad in quads:
            if quad.graph_name != name:
                raise ValueError(f"a quad of {quad.graph_name} was put into {name}")
        with self.reading():
            asked = [None] if subjects is None else map(ox.NamedNode, subjects)
            stored = {quad for subject in asked for quad in self.quads.quads_for_pattern(subject, None, None, name)}
        added: Collection[ox.Quad] = set(quads) - stored if stored else quads
        removed = stored.difference(quads)
        if removed:
            changes = difference(graph, removed, added)
            self._write(lambda: self.quads.update(changes))
        elif added:
            self._write(lambda: self.quads.extend(added))
        self._unflushed += len(added) + len(removed)
        if self._unflushed > FLUSH_AFTER:
            self.flush()
        return bool(added or removed)

    def fill(self, graphs: Iterable[Filling]) -> None:
        """Make these the graphs of the store, one after the other, and drop all others. Raises StoreError.

        An empty store is loaded in bulk, which takes half the time and is not atomic; readers see nothing of it before
        it is published, and a later build makes good what a broken one left. The parts are merged at once, lest later
        builds, which write little, do it.
        """
        self._must_write()
        with self.reading():
            empty = next(iter(self.quads), None) is None
        if empty:
            quads = (quad for filling in graphs for quad in filling.quads or ())
            while chunk := list(islice(quads, _AT_ONCE)):
                self._write(partial(self.quads.bulk_extend, chunk))
            self._write(self.quads.optimize)
            return
        kept = set()
        for filling in graphs:
            if filling.quads is not None:
                self.put(filling.graph, filling.quads, filling.subjects)
            kept.add(filling.graph)
        for graph in (None, *self.graphs()):
            if graph not in kept:
                self.drop(graph)

    def drop(self, graph: str | None) -> bool:
        """Remove a named graph (None: empty the default graph). Tells whether there was anything in it."""
        self._must_write()
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        with self.reading():
            if next(self.quads.quads_for_pattern(None, None, None, name), None) is None:
                return False
        self._write(lambda: self.quads.remove_graph(name))
        return True

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, sorted."""
        with self.reading():
            return sorted(name.value for name in self.quads.named_graphs() if isinstance(name, ox.NamedNode))

    def flush(self) -> None:
        """Put what was written safely on disk; readers do not see it yet. `put` and `close` call it in time."""
        self._must_write()
        self._do(self.quads.flush)
        self._unflushed = 0

    def publish(self) -> None:
        """Let readers see the present state; `close` does it too. Nothing happens where nothing changed."""
        self._must_write()
        if self._changed or not published.same_documents(self._root):
            self._changed = True
            self.flush()
            self._do(lambda: published.publish(self._root, self.quads.backup))
            self._changed = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Make a StoreError of the damage that the database meets inside; leaving the store does it, too."""
        try:
            yield
        except Exception as error:
            if told := self.told(error):
                raise told from None
            raise

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
            return
        self._release()
        if error is not None and (told := self.told(error)):
            raise told from None

    def told(self, error: BaseException) -> StoreError | None:
        """What an error of the database means; None for any other one."""
        if isinstance(error, RuntimeError) and str(error).startswith(_CORRUPT):
            return damaged(self._root / QUADS, str(error))
        if isinstance(error, OSError) and error.errno is None and str(error).startswith(_FAULT):
            return unreadable(self._root / QUADS, error)
        return None

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
            if str(error).startswith(_CORRUPT):
                raise damaged(self._root / QUADS, str(error)) from None
            raise StoreError(
                f"the store cannot be written: {error}",
                where=str(self.folder),
                hint=ROOM,
            ) from None


def _open_quads(path: Path, opener: Callable[[str], ox.Store]) -> ox.Store:
    # Without its CURRENT file, RocksDB would take the folder for a new database and begin anew.
    if path.is_dir() and any(path.glob("*.sst")) and not (path / "CURRENT").is_file():
        raise damaged(path, "its CURRENT file is missing")
    try:
        return opener(str(path))
    except RuntimeError as error:
        raise damaged(path, str(error)) from None
    except OSError as error:
        said = str(error)
        if "LOCK" in said or "lock" in said:
            raise StoreError(
                "another program has the quads open", where=str(path), hint="end that program, then try again"
            ) from None
        if isinstance(error, FileNotFoundError):  # a part of the database
            raise damaged(path, said) from None
        hint = ROOM if any(os.strerror(code) in said for code in FULL) else "correct the folder's permissions"
        raise StoreError(f"the store cannot be opened: {said}", where=str(path), hint=hint) from None


def parse_manifest(path: Path) -> dict[str, Any]:
    """A manifest; {} where there is none. Raises StoreError: damage, or a newer kg wrote it."""
    try:
        values = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise unreadable(path, error) from None
    except (ValueError, RecursionError) as error:
        raise damaged(path, str(error)) from None
    if not isinstance(values, dict) or not isinstance(values.get("version"), int):
        raise damaged(path, "no version in it")
    _check_names(values, path)
    if values["version"] > VERSION:
        raise StoreError(
            f"written by a newer kg (version {values['version']} of the store, this one knows {VERSION})",
            where=str(path),
            hint="install the newest evident-kg, or build into another folder with -o DIR",
        )
    return values


def _check_names(values: dict[str, Any], path: Path) -> None:
    """Raise StoreError where the base or a prefix stands for no IRI: queries and exports are made of them."""
    try:
        for iri in (values.get("base") or "a:a", *values.get("prefixes", {}).values()):
            ox.NamedNode(iri)
    except (AttributeError, TypeError, ValueError):
        raise damaged(path, "its base, or one of its prefixes, is no IRI") from None


def _nothing(folder: Path) -> StoreError:
    return StoreError(f"no graph in {folder}", hint=f"kg build ... -o {folder}")
