"""What was found in each document, kept beside the store, so that a build reads anew only what changed."""

from __future__ import annotations

import functools
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kg.derived import recall, remember
from kg.digests import digest_of
from kg.errors import StoreError
from kg.files import damaged, replace_file, writing
from kg.model import Document, Dropped, Extraction, LocalEntity, LocalStatement, Span
from kg.published import DOCUMENTS
from kg.resolve import Alike, Matches
from kg.runtime import growing_heap
from kg.store import Store

DROPPED = "dropped.json"
MERGED = "merged.json"
MATCHES = "matches"


class Gist(msgspec.Struct, frozen=True):
    """What all documents taken together need of one. path, source: see `Document`. dropped: how many for which reason.

    sentences: how many; silent: where those begin and end that gave no statement.
    """

    id: str
    path: str
    source: str
    entities: tuple[LocalEntity, ...]
    statements: tuple[LocalStatement, ...]
    sentences: int
    silent: tuple[tuple[int, int], ...]
    dropped: dict[str, int]


class _Rest(msgspec.Struct, frozen=True):
    document: Document
    sentences: tuple[Span, ...]
    dropped: tuple[Dropped, ...]


class _Seal(msgspec.Struct, frozen=True):
    """The first line of a file: a digest of all else in it, and the key of all that it was made from.

    A file that changed by itself is not believed.
    """

    xxh128: str
    key: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One document's extraction in its file, the gist of it at hand. seal: changes with anything in it."""

    key: str
    seal: str
    gist: Gist
    file: Path = field(compare=False)

    @property
    def id(self) -> str:
        """The document's id."""
        return self.gist.id

    @property
    def entities(self) -> tuple[LocalEntity, ...]:
        """Its things."""
        return self.gist.entities

    @property
    def statements(self) -> tuple[LocalStatement, ...]:
        """What it says."""
        return self.gist.statements

    def whole(self) -> Extraction:
        """All that was found in the document. Raises StoreError where the file is damaged."""
        try:
            rest = _REST.decode(_open(self.file)[2])
        except _FAILURES as error:
            raise damaged(self.file, str(error)) from None
        return Extraction(rest.document, rest.sentences, self.entities, self.statements, rest.dropped)


_SEAL = msgspec.json.Decoder(_Seal)
_GIST = msgspec.json.Decoder(Gist)
_REST = msgspec.json.Decoder(_Rest)
_FAILURES = (msgspec.MsgspecError, UnicodeDecodeError, OSError)


class Archive:
    """The extractions of one output folder, a file each, by document id. To `load`, a damaged file is an absent one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "store" / DOCUMENTS

    @classmethod
    def of(cls, store: Store) -> Archive:
        """What belongs to a store as it is open: to the state that a reader sees, or to what a writer works on."""
        return cls.at(store.documents)

    @classmethod
    def at(cls, documents: Path) -> Archive:
        """What lies in a folder of documents."""
        archive = cls(documents)
        archive._folder = documents
        return archive

    def load(self) -> dict[str, Kept]:
        """All that is kept, by document id, sorted."""
        with growing_heap():
            found = {kept.id: kept for kept in filter(None, map(self._read, self._paths()))}
        return dict(sorted(found.items()))

    def texts(self) -> dict[str, str]:
        """The texts of the documents as they were read, by id. Raises StoreError where one is damaged."""
        found: dict[str, str] = {}
        for path, rest in self._rest():
            if isinstance(rest, Exception):
                raise damaged(path, str(rest))
            found[rest.document.id] = rest.document.text
        return dict(sorted(found.items()))

    def documents(self) -> Iterator[Document]:
        """The documents as they were read, one after the other, in no order that means anything.

        Damaged ones are left out.
        """
        return (rest.document for _, rest in self._rest() if isinstance(rest, _Rest))

    def dropped(self) -> Iterator[tuple[str, tuple[Dropped, ...]]]:
        """What was dropped while each document was read, by id, in no order. Raises StoreError where one is damaged."""
        for path, rest in self._rest():
            if isinstance(rest, Exception):
                raise damaged(path, str(rest))
            yield rest.document.id, rest.dropped

    def _rest(self) -> Iterator[tuple[Path, _Rest | Exception]]:
        for path in self._paths():
            try:
                yield path, _REST.decode(_open(path)[2])
            except _FAILURES as error:
                yield path, error

    def document(self, name: str) -> Document | None:
        """One document by its id, as it was read; None where it is not kept."""
        kept = self._read(self.path(name))
        return kept.whole().document if kept else None

    def files(self) -> list[Path]:
        """The files of all documents, sorted. Raises StoreError where one is damaged."""
        paths = self._paths()
        for path in paths:
            if self._read(path) is None:
                raise damaged(path, "the file is not as it was written")
        return paths

    def lost(self, loaded: Iterable[str]) -> list[Path]:
        """The files that count as absent, sorted; loaded: the ids that `load` found."""
        whole = {self.path(name).name for name in loaded}
        return [path for path in self._paths() if path.name not in whole]

    def _paths(self) -> list[Path]:
        # By their words: paths compare part by part, which takes ten times as long.
        return sorted(self._folder.glob("*.jsonl"), key=str)

    def _read(self, path: Path) -> Kept | None:
        try:
            seal, gist, _ = _open(path)
            return Kept(seal.key, seal.xxh128, _GIST.decode(gist), path)
        except _FAILURES:
            return None

    def keep(self, key: str, extraction: Extraction) -> Kept:
        """Put one document's extraction in place of what was kept of it. Raises StoreError."""
        gist = _gist(extraction)
        rest = _Rest(extraction.document, extraction.sentences, extraction.dropped)
        lines = (msgspec.json.encode(gist), msgspec.json.encode(rest))
        seal = _seal(key, *lines)
        path = self.path(extraction.id)
        with writing(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            replace_file(path, b"\n".join((msgspec.json.encode(seal), *lines, b"")), lasting=False)
        return Kept(key, seal.xxh128, gist, path)

    def forget(self, document: str) -> None:
        """Remove what is kept of a document; nothing happens where nothing is. Raises StoreError."""
        with writing(self._folder):
            self.path(document).unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove all that is kept. Raises StoreError."""
        with writing(self._folder):
            for path in self._folder.glob("*.jsonl"):
                path.unlink(missing_ok=True)

    def path(self, document: str) -> Path:
        """The file of a document by its id, whether or not it is there."""
        return self._folder / f"{hashlib.sha256(document.encode()).hexdigest()[:24]}.jsonl"


def _gist(extraction: Extraction) -> Gist:
    document = extraction.document
    return Gist(
        document.id,
        document.path,
        document.source,
        extraction.entities,
        extraction.statements,
        len(extraction.sentences),
        tuple(silent_sentences(extraction)),
        dict(sorted(Counter(kind_of_reason(d.reason) for d in extraction.dropped).items())),
    )


def silent_sentences(extraction: Extraction) -> list[tuple[int, int]]:
    """Offsets of the sentences that gave no statement."""
    spoke = {s.evidence.sentence for s in extraction.statements}
    return [(s.begin, s.end) for s in extraction.sentences if s not in spoke]


def kind_of_reason(reason: str) -> str:
    """Why something was dropped, without what is special to one candidate."""
    return reason.partition(" '")[0].partition(' "')[0].rstrip(":")


def _open(path: Path) -> tuple[_Seal, bytes, bytes]:
    """The three lines of a file, as JSON: its seal, a `Gist` and a `_Rest`.

    Lines, since what is not asked for then need not be searched for its end. Raises MsgspecError where the file is not
    as it was written, OSError.
    """
    first, *lines = path.read_bytes().split(b"\n")
    seal = _SEAL.decode(first)
    if len(lines) != 3 or lines.pop() or seal != _seal(seal.key, *lines):
        raise msgspec.ValidationError("the file is not as it was written")
    gist, rest = lines
    return seal, gist, rest


def _seal(key: str, gist: bytes, rest: bytes) -> _Seal:
    return _Seal(digest_of(key.encode("utf-8", "surrogatepass"), b"\n", gist, b"\n", rest), key)


def keep_dropped(store: Store, dropped: Mapping[str, Sequence[Dropped]]) -> None:
    """Lay what was dropped once all documents were seen, by document id, beside the quads of a store."""
    store.keep(DROPPED, msgspec.json.encode({name: rows for name, rows in sorted(dropped.items()) if rows}))


def load_dropped(store: Store) -> dict[str, tuple[Dropped, ...]]:
    """What was dropped, by document id: while each was read, then once all were seen.

    Raises StoreError where an older kg built the graph, or it is damaged.
    """
    again = "kg build makes it anew from the documents"
    data = store.kept(DROPPED)
    if data is None:
        raise StoreError("the graph does not tell what was dropped", where=str(store.folder), hint=again)
    try:
        late = msgspec.json.decode(data, type=dict[str, tuple[Dropped, ...]])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StoreError(f"{DROPPED} is damaged: {error}", where=str(store.folder), hint=again) from None
    found = dict(Archive.of(store).dropped())
    names = sorted(found.keys() | late.keys())
    return {name: rows for name in names if (rows := (*found.get(name, ()), *late.get(name, ())))}


def keep_merged(store: Store, pairs: Sequence[Alike]) -> None:
    """Lay the pairs of different names that were taken for one beside the quads of a store."""
    if pairs or store.kept(MERGED) is not None:
        store.keep(MERGED, msgspec.json.encode(pairs))


def load_merged(store: Store) -> tuple[Alike, ...]:
    """The pairs of different names that were taken for one. Raises StoreError where that is damaged."""
    data = store.kept(MERGED)
    try:
        return msgspec.json.decode(data or b"[]", type=tuple[Alike, ...])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        again = "kg build makes it anew from the documents"
        raise StoreError(f"{MERGED} is damaged: {error}", where=str(store.folder), hint=again) from None


def keep_matches(store: Store, matches: Matches) -> None:
    """Remember what was compared, for the next build. Raises StoreError."""
    remember(store, MATCHES, _matching(), msgspec.msgpack.encode(matches))


def load_matches(store: Store) -> Matches:
    """What the last build compared; nothing where that is not known, or other code did."""
    data = recall(store, MATCHES, _matching())
    try:
        return msgspec.msgpack.decode(data, type=Matches) if data else Matches()
    except msgspec.MsgspecError:
        return Matches()


def _matching() -> str:
    return code_digest("resolve", "lexicon")


def key_of(*parts: str) -> str:
    """A digest of everything a result depends on."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def code_digest(*names: str) -> str:
    """A digest of the sources of these modules and subpackages of kg: nothing kept outlives the code that made it."""
    return key_of(*map(_code_digest, names))


@functools.cache
def _code_digest(name: str) -> str:
    return digest_of(*(path.read_bytes() for path in sources(name)))


_SOURCES = frozenset((".py", ".txt", ".js", ".css", ".html"))  # modules, word lists, what a page is made of


def sources(name: str) -> list[Path]:
    """The files of a module or subpackage of kg and of all packages in it, sorted."""
    source = Path(__file__).parent / name
    return [source] if source.is_file() else sorted(path for path in source.rglob("*") if path.suffix in _SOURCES)
