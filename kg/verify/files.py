"""The files beside the store, held against what an export would write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg import published, writer
from kg.export.turtle import trig_parts, turtle
from kg.model import Problem
from kg.store import Store

_HINT = "kg build writes it anew; what is wrong in it is put right in the documents or the ontology, not here"


def check_files(store: Store) -> Iterator[Problem]:
    """graph.ttl and graph.trig are what the store holds, byte for byte."""
    (data,) = turtle(store).values()
    yield from _compare(store.folder / "graph.ttl", [data])
    yield from _compare(store.folder / "graph.trig", trig_parts(store))


def overtaken(store: Store) -> bool:
    """Whether the files may be of a later state than the one that is viewed: a build writes it, or has published it."""
    state, root = store.published, store.folder / "store"
    newest = published.states(root)[-1:]
    return state is not None and (newest != [int(state.parent.name)] or writer.busy(root))


def _compare(path: Path, parts: Iterable[bytes]) -> Iterator[Problem]:
    try:
        with path.open("rb") as file:
            line = 1
            for part in parts:
                there = file.read(len(part))
                if there != part:
                    line += _same_lines(there, part)
                    yield _differs(path, line)
                    return
                line += part.count(b"\n")
            if file.read(1):
                yield _differs(path, line)
    except FileNotFoundError:
        yield Problem(str(path), "it is missing", _HINT)
    except OSError as error:
        yield Problem(str(path), f"it cannot be read: {error.strerror}", "check its permissions")


def _same_lines(one: bytes, other: bytes) -> int:
    """How many whole lines the two begin with alike."""
    pairs = zip(one.splitlines(keepends=True), other.splitlines(keepends=True), strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(one.count(b"\n"), other.count(b"\n")))


def _differs(path: Path, line: int) -> Problem:
    return Problem(str(path), f"it differs from the graph, from line {line} on: it was changed, or is older", _HINT)
