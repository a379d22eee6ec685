"""The graph as files. Each format is a function from a store to its files, by their usual names.

The same graph gives the same bytes, in whatever order it was built.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from kg.errors import StoreError, UsageError
from kg.export.graphml import graphml
from kg.export.jsonld import jsonld
from kg.export.lines import nquads
from kg.export.rdfxml import rdfxml
from kg.export.tables import csv_tables
from kg.export.turtle import trig, turtle
from kg.store import Store, replace_file

Exporter = Callable[[Store], dict[str, bytes]]

FORMATS: dict[str, Exporter] = {
    "turtle": turtle,
    "trig": trig,
    "nquads": nquads,
    "jsonld": jsonld,
    "rdfxml": rdfxml,
    "graphml": graphml,
    "csv": csv_tables,
}
"""turtle and rdfxml hold the default graph; trig, nquads and jsonld all graphs; graphml and csv entities and facts."""


def export(store: Store, format: str, target: Path | BinaryIO) -> list[Path]:  # noqa: A002
    """Write the graph in one format, and tell which files were written (none for a stream).

    target: a stream; a file; or a folder that exists, for the usual names. A format of several
    files (csv) needs a folder and makes it. Files are replaced whole or not at all.
    Raises UsageError (no such format, several files for one stream) and StoreError (cannot be written).
    """
    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}", hint="known formats: " + ", ".join(FORMATS))
    files = FORMATS[format](store)
    if not isinstance(target, Path):
        if len(files) > 1:
            raise UsageError(f"{format} is {len(files)} files: {', '.join(files)}", hint="name a folder for them")
        for data in files.values():
            target.write(data)
        return []
    if len(files) == 1 and not target.is_dir():
        (data,) = files.values()
        return _write({target: data})
    return _write({target / name: data for name, data in files.items()})


def write_graph_files(store: Store, folder: Path) -> list[Path]:
    """Write graph.ttl and graph.trig, which lie beside every store. Raises StoreError."""
    return _write({folder / name: data for name, data in {**turtle(store), **trig(store)}.items()})


def _write(files: dict[Path, bytes]) -> list[Path]:
    for path, data in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, data)
        except OSError as error:
            raise StoreError(
                f"cannot be written: {error.strerror or error}", where=str(path), hint="name another file or folder"
            ) from None
    return list(files)
