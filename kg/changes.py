"""Which documents of the last build are gone, when some of the sources are read again."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from kg.archive import Archive, Kept
from kg.errors import StoreError
from kg.files import writing
from kg.model import Problem
from kg.read import covers
from kg.report import REPORT
from kg.store import Store


def gone(
    before: Mapping[str, Kept], present: Collection[str], problems: Sequence[Problem], sources: Sequence[str]
) -> list[str]:
    """The ids of stored documents that belong to `sources` and are no longer there; unreadable ones are not gone.

    present: the ids of those that were read.
    """
    return [name for name, kept in before.items() if name not in present and is_gone(kept.gist.path, problems, sources)]


def is_gone(source: str, problems: Iterable[Problem], sources: Sequence[str]) -> bool:
    """Whether a source that gave no document belongs to `sources`, and is not merely unreadable."""
    unreadable = {p.where for p in problems} | {p.where.rpartition(":")[0] for p in problems}
    shut = tuple(f"{p.where.rstrip('/')}/" for p in problems if not Path(p.where).is_file())
    return source not in unreadable and not source.startswith(shut) and any(covers(given, source) for given in sources)


def drop_lost(store: Store, lost: Sequence[Path], remade: Collection[str], is_gone: Callable[[str], bool]) -> None:
    """Remove the damaged files of the archive that are about documents which are gone; remade: those written anew.

    Raises StoreError where one is about another document: it would leave the graph, and nobody be told.
    """
    told = _told_sources(store) if lost else {}
    lost = [path for path in lost if path.name not in remade]
    for path in lost:
        source = told.get(path.name, "")
        if not (source and is_gone(source)):
            raise StoreError(
                f"what was found in the document {source or 'that it holds'} is damaged",
                where=str(path),
                hint="name its source as well, or build anew from all sources with --clean",
            )
    with writing(store.documents):
        for path in lost:
            path.unlink(missing_ok=True)


def _told_sources(store: Store) -> dict[str, str]:
    """Where the documents of the last build came from, by their files in the archive; {} where nothing tells."""
    archive = Archive.of(store)
    try:
        documents = json.loads(store.kept(REPORT) or b"{}").get("documents", {})
        return {archive.path(name).name: str(told["path"]) for name, told in documents.items()}
    except (ValueError, AttributeError, KeyError, TypeError):
        return {}
