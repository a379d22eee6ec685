"""A handle on a graph in a folder: its store, opened when it is first asked for, and the end of both."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar

from kg.store import Store

if TYPE_CHECKING:
    import tempfile

    from kg.config import Settings
    from kg.model import BuildReport

_H = TypeVar("_H", bound="Handle")
_P = ParamSpec("_P")
_R = TypeVar("_R")


def reads(
    method: Callable[Concatenate[_H, _P], _R],
) -> Callable[Concatenate[_H, _P], _R]:
    """Make a method tell of damage in the store by a StoreError."""

    @wraps(method)
    def guarded(graph: _H, /, *args: _P.args, **named: _P.kwargs) -> _R:
        with graph.store.reading():
            return method(graph, *args, **named)

    return guarded


class Handle:
    """What holds a graph: settings, what the build did, the store, and a temporary folder where there is one."""

    def __init__(self, settings: Settings, report: BuildReport | None = None) -> None:
        self.settings = settings
        self.report = report
        self._store: Store | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    @property
    def store(self) -> Store:
        """The store, opened read-only when it is first asked for."""
        if self._store is None:
            self._store = Store.view(self.output)
        return self._store

    @property
    def output(self) -> Path:
        """The folder of the graph."""
        return Path(self.settings.output)

    def close(self) -> None:
        """Let go of the store; a temporary folder goes, too. Not needed: the end of the object does it as well."""
        self._forget()
        if self._folder is not None:
            self._folder.cleanup()

    def _forget(self) -> None:
        """Let go of the store; the next question opens it again."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
