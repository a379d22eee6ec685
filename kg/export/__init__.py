"""The graph as files. Each format is a function from a store to its files, by their usual names.

The same graph gives the same bytes, in whatever order it was built.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from kg.errors import UsageError
from kg.export.beside import unwritable, write_files
from kg.export.gexf import gexf
from kg.export.graphml import graphml
from kg.export.jsonld import jsonld
from kg.export.lines import nquads
from kg.export.nif import nif
from kg.export.rdf12 import rdf12
from kg.export.rdfxml import rdfxml
from kg.export.tables import csv_tables
from kg.export.turtle import trig, turtle
from kg.export.webannotation import webannotation
from kg.store import Store

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
        return write_files({target: data})
    return write_files({target / name: data for name, data in files.items()})


def _pour(files: dict[str, bytes], stream: BinaryIO) -> None:
    try:
        for data in files.values():
            stream.write(data)
        stream.flush()
    except BrokenPipeError:  # the reader has left, which is no failure of ours
        raise
    except OSError as error:
        name = str(getattr(stream, "name", "the stream"))
        raise unwritable("standard output" if name == "<stdout>" else name, error) from None
