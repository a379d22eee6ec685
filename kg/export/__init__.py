"""The graph as files. Each format is a function from a store to its files, by their usual names.

The same graph gives the same bytes, in whatever order it was built.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from pyoxigraph import Quad

from kg.errors import StoreError, UsageError
from kg.export.gexf import gexf
from kg.export.graphml import graphml
from kg.export.jsonld import jsonld
from kg.export.lines import nquads
from kg.export.names import by_namespace
from kg.export.nif import nif
from kg.export.rdf12 import rdf12
from kg.export.rdfxml import rdfxml
from kg.export.tables import csv_tables
from kg.export.turtle import trig, trig_graph, trig_head, turtle, turtle_of
from kg.export.webannotation import webannotation
from kg.files import FULL
from kg.store import Store, replace_file

_IN_MEMORY = 64 * 1024 * 1024

Exporter = Callable[[Store], dict[str, bytes]]

FORMATS: dict[str, Exporter] = {
    "turtle": turtle,
    "trig": trig,
    "nquads": nquads,
    "jsonld": jsonld,
    "rdfxml": rdfxml,
    "rdf12": rdf12,
    "graphml": graphml,
    "gexf": gexf,
    "csv": csv_tables,
    "webannotation": webannotation,
    "nif": nif,
}
"""turtle and rdfxml hold the default graph; trig, nquads and jsonld all graphs; rdf12 all but the ontology, in one.

graphml, gexf and csv hold entities and facts; webannotation statements and mentions, nif mentions, in their texts.
"""


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
        _pour(files, target)
        return []
    if len(files) == 1 and not os.path.isdir(target):  # noqa: PTH112  # Path.is_dir raises where a folder is closed to us
        (data,) = files.values()
        return _write({target: data})
    return _write({target / name: data for name, data in files.items()})


class GraphFiles:
    """graph.ttl and graph.trig, which lie beside every store, written graph by graph while a build has them at hand.

    They are what `export` would make of the store. A context manager; both files are put in place at its end, and
    neither if it ends by an error. Raises StoreError.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._names, self._folder = by_namespace(store), folder
        self._turtle = b""

    def __enter__(self) -> GraphFiles:
        self._spool = SpooledTemporaryFile(max_size=_IN_MEMORY, mode="w+b")
        self._spool.write(trig_head(self._names).encode())
        return self

    def passing(
        self, graphs: Iterable[tuple[str | None, Collection[Quad]]]
    ) -> Iterator[tuple[str | None, Collection[Quad]]]:
        """Write what passes: the default graph (None) first, then the named ones in the order of their IRIs."""
        for graph, quads in graphs:
            if graph is None:
                self._turtle = turtle_of(self._names, quads)
            self._spool.write(trig_graph(self._names, graph, quads).encode())
            yield graph, quads

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        with self._spool as spool:
            if error is None:
                spool.seek(0)
                _write({self._folder / "graph.ttl": self._turtle, self._folder / "graph.trig": spool.read()})


def _pour(files: dict[str, bytes], stream: BinaryIO) -> None:
    try:
        for data in files.values():
            stream.write(data)
        stream.flush()
    except BrokenPipeError:  # the reader has left, which is no failure of ours
        raise
    except OSError as error:
        name = str(getattr(stream, "name", "the stream"))
        raise _unwritable("standard output" if name == "<stdout>" else name, error) from None


def _write(files: dict[Path, bytes]) -> list[Path]:
    for path, data in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, data)
        except OSError as error:
            raise _unwritable(str(path), error) from None
    return list(files)


def _unwritable(where: str, error: OSError) -> StoreError:
    hint = "make room there, or name another place" if error.errno in FULL else "name another file or folder"
    return StoreError(f"cannot be written: {error.strerror or error}", where=where, hint=hint)
