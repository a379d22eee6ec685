"""RDF files: their text is what they state, a triple a line (see `kg.rdf_lines`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from kg.rdf_lines import canonical_lines
from kg.read.draft import Draft, File


def read_rdf(file: File) -> Iterator[Draft]:
    """The statements of a file; its id is its whole name, so that facts.ttl and facts.txt are two documents."""
    path = PurePosixPath(file.where)
    lines = canonical_lines(file.data, path.suffix.lower(), path.name)
    yield Draft("\n".join(lines), {"id": path.name}, kind="rdf")
