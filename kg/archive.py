"""What was found in each document, kept beside the store, so that a build reads anew only what changed."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from kg.errors import StoreError
from kg.model import Document, Dropped, Extraction
from kg.resolve import Alike
from kg.store import Store, replace_file

DROPPED = "dropped.json"
MERGED = "merged.json"


class Kept(msgspec.Struct, frozen=True):
    """One document's extraction under the key of all that it was made from."""

    key: str
    extraction: Extraction


class _Text(msgspec.Struct, frozen=True):
    id: str
    text: str


class _Texts(msgspec.Struct, frozen=True):
    document: _Text


class _Kept(msgspec.Struct, frozen=True):
    """As much of `Kept` as tells a document's text; the rest is passed over."""

    extraction: _Texts


class Archive:
    """The extractions of one output folder, a file each, by document id. A damaged file counts as absent."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "store" / "documents"
        self._decoder = msgspec.json.Decoder(Kept)

    def load(self) -> dict[str, Kept]:
        """All that is kept, by document id, sorted."""
        found = {kept.extraction.document.id: kept for kept in self._read()}
        return dict(sorted(found.items()))

    def texts(self) -> dict[str, str]:
        """The texts of the documents as they were read, by id; a damaged file counts as absent."""
        decoder = msgspec.json.Decoder(_Kept)
        found: dict[str, str] = {}
        for path in sorted(self._folder.glob("*.json")):
            with contextlib.suppress(msgspec.MsgspecError, OSError):
                document = decoder.decode(path.read_bytes()).extraction.document
                found[document.id] = document.text
        return dict(sorted(found.items()))

    def document(self, name: str) -> Document | None:
        """One document by its id, as it was read; None where it is not kept."""
        try:
            return self._decoder.decode(self._path(name).read_bytes()).extraction.document
        except (msgspec.MsgspecError, OSError):
            return None

    def _read(self) -> Iterator[Kept]:
        for path in sorted(self._folder.glob("*.json")):
            try:
                yield self._decoder.decode(path.read_bytes())
            except (msgspec.MsgspecError, OSError):
                continue

    def keep(self, key: str, extraction: Extraction) -> Kept:
        """Put one document's extraction in place of what was kept of it."""
        kept = Kept(key, extraction)
        self._folder.mkdir(parents=True, exist_ok=True)
        replace_file(self._path(extraction.document.id), msgspec.json.encode(kept), lasting=False)
        return kept

    def forget(self, document: str) -> None:
        """Remove what is kept of a document; nothing happens where nothing is."""
        self._path(document).unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove all that is kept."""
        for path in self._folder.glob("*.json"):
            path.unlink(missing_ok=True)

    def _path(self, document: str) -> Path:
        return self._folder / f"{hashlib.sha256(document.encode()).hexdigest()[:24]}.json"


def keep_dropped(store: Store, dropped: Mapping[str, Sequence[Dropped]]) -> None:
    """Lay what was dropped, by document id, beside the quads of a store."""
    store.keep(DROPPED, msgspec.json.encode({name: rows for name, rows in sorted(dropped.items()) if rows}))


def load_dropped(store: Store) -> dict[str, tuple[Dropped, ...]]:
    """What was dropped, by document id. Raises StoreError where an older kg built the graph, or it is damaged."""
    again = "kg build makes it anew from the documents"
    data = store.kept(DROPPED)
    if data is None:
        raise StoreError("the graph does not tell what was dropped", where=str(store.folder), hint=again)
    try:
        return msgspec.json.decode(data, type=dict[str, tuple[Dropped, ...]])
    except msgspec.MsgspecError as error:
        raise StoreError(f"{DROPPED} is damaged: {error}", where=str(store.folder), hint=again) from None


def keep_merged(store: Store, pairs: Sequence[Alike]) -> None:
    """Lay the pairs of different names that were taken for one beside the quads of a store."""
    if pairs or store.kept(MERGED) is not None:
        store.keep(MERGED, msgspec.json.encode(pairs))


def load_merged(store: Store) -> tuple[Alike, ...]:
    """The pairs of different names that were taken for one. Raises StoreError where that is damaged."""
    data = store.kept(MERGED)
    try:
        return msgspec.json.decode(data or b"[]", type=tuple[Alike, ...])
    except msgspec.MsgspecError as error:
        again = "kg build makes it anew from the documents"
        raise StoreError(f"{MERGED} is damaged: {error}", where=str(store.folder), hint=again) from None


def key_of(*parts: str) -> str:
    """A digest of everything a result depends on."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def code_digest(*names: str) -> str:
    """A digest of the sources of these modules and subpackages of kg: nothing kept outlives the code that made it."""
    digest = hashlib.sha256()
    for name in names:
        for path in sources(name):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def sources(name: str) -> list[Path]:
    """The files of a module or subpackage of kg and of all packages in it, sorted."""
    source = Path(__file__).parent / name
    return [source] if source.is_file() else sorted(source.rglob("*.py"))
