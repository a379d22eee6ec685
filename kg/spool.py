"""Documents that were read and wait for their turn: on disk, where there are many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType

import msgspec

from kg.model import Document

_IN_MEMORY = 16 * 1024 * 1024


class Spool:
    """Documents by id, in the order in which they came. A context manager; what it holds goes with it."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY, mode="w+b")  # noqa: SIM115  # closed by `__exit__`
        self._places: dict[str, tuple[int, int]] = {}
        self._digests: dict[str, str] = {}
        self._stated: set[str] = set()
        self._decoder = msgspec.json.Decoder(Document)
        self._end = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, document: Document) -> None:
        """Put a document behind those that are there."""
        data = msgspec.json.encode(document)
        self._places[document.id] = (self._end, len(data))
        self._digests[document.id] = hashlib.sha256(data).hexdigest()
        if document.kind != "text":
            self._stated.add(document.id)
        self._file.seek(self._end)
        self._file.write(data)
        self._end += len(data)

    def __getitem__(self, name: str) -> Document:
        begin, length = self._places[name]
        self._file.seek(begin)
        return self._decoder.decode(self._file.read(length))

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def digest(self, name: str) -> str:
        """A digest of all that a document holds."""
        return self._digests[name]

    def texts(self, names: Iterable[str]) -> list[str]:
        """Those of the names that are of texts, not of triples."""
        return [name for name in names if name not in self._stated]

    def all(self, names: Iterable[str]) -> Iterator[Document]:
        """These documents, one after the other."""
        return (self[name] for name in names)
