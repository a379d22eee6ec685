"""Where the documents of a graph came from, read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.archive import Archive
from kg.model import Document, Problem
from kg.read import STDIN, covers, read
from kg.store import Store


def reread(store: Store, sources: Sequence[str] = (), *, max_bytes: int) -> Iterator[Document | Problem]:
    """What the files of the stored documents hold now, then what else `sources` hold; each file once.

    Paths are those of the build, so relative ones count from the folder in which it ran. What was read from standard
    input is left out. A file that cannot be read is a Problem.
    """
    paths = sorted({document.path for document in Archive.of(store).documents()} - {STDIN, ""})
    yield from read([*paths, *(source for source in sources if source != STDIN)], max_bytes=max_bytes)


def built_from(store: Store, sources: Sequence[str]) -> bool:
    """Whether the graph holds a document of one of these sources: it was built from them, then, as far as can be told.

    A graph of a single file is no graph of the project's sources, so that these do not belong to what is verified.
    """
    paths = {document.path for document in Archive.of(store).documents()}
    return any(covers(source, path) for source in sources for path in paths)
