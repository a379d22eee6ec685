"""What a graph is here: a folder that `kg build` wrote, a project, or an export in RDF; read as a `Graph`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import config
from kg.diff.snapshot import snapshot
from kg.diff.values import Graph
from kg.errors import KGError, UsageError
from kg.store import Store

FILES = ("graph.trig", "graph.nq", "graph.jsonld", "graph.ttl")  # the most telling first
FORMATS: Mapping[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}


def read(path: Path, name: str = "") -> Graph:
    """The graph at a path: an output folder, a project folder, a folder with an export in it, or an export.

    name: what it is called in the result; default: the path. Raises UsageError for what is no graph, StoreError for a
    store that cannot be read or a project that was not built, ConfigError for a kg.toml that cannot be used.
    """
    name = name or path.as_posix()
    if not path.is_dir():
        return read_file(path, name)
    if holds_store(path):
        return _read_store(path, name)
    if (path / config.PROJECT_FILE).is_file():
        # Without the environment: what it says holds for the folder that one works in, not for two that are compared.
        output = path / config.load({}, environment={}, start=path).output
        found = None if holds_store(output) else written(output)
        return read_file(found, name) if found else _read_store(output, name)
    found = written(path)
    if found is None:
        raise UsageError(
            "the folder holds no graph", where=str(path), hint="name one that kg build wrote, or an export"
        )
    return read_file(found, name)


def holds_store(folder: Path) -> bool:
    """Whether kg build wrote the folder; other things are called "store", too."""
    return any((folder / "store" / name).is_dir() for name in ("published", "quads"))


def written(folder: Path) -> Path | None:
    """The most telling export that lies in a folder by its usual name."""
    return next((folder / name for name in FILES if (folder / name).is_file()), None)


def read_file(path: Path, name: str) -> Graph:
    """The graph in an export. Raises UsageError for a file that is missing or cannot be read as what its name says."""
    format_ = FORMATS.get(path.suffix.lower())
    if format_ is None:
        known = ", ".join(FORMATS)
        raise UsageError("the name does not tell an RDF format", where=str(path), hint=f"known endings: {known}")
    quads = ox.Store()
    try:
        quads.bulk_load(path=str(path), format=format_)
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}", where=str(path)) from None
    except (SyntaxError, ValueError) as error:
        said = " ".join(str(error).split())
        raise UsageError(
            f"no {format_.name}: {said}", where=str(path), hint="correct the file, or export it anew"
        ) from None
    return snapshot(quads, {}, name)


def _read_store(folder: Path, name: str) -> Graph:
    with Store.view(folder) as store:
        manifest: dict[str, Any] = store.manifest
        try:
            return snapshot(store.quads, manifest, name)
        except (OSError, RuntimeError) as error:  # how Oxigraph reports damage that it meets while reading
            raise KGError(f"the store cannot be read: {error}", where=str(folder), hint="kg build --clean") from None
