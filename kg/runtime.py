"""How the interpreter and numpy are used while there is much to do."""

from __future__ import annotations

import functools
import gc
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[None]:
    """Lets numpy's linear algebra use one thread as long as the context lasts.

    Products of small matrices take more time in two threads than in one, and the last bits of a sum depend on how many
    threads share it: a graph must not depend on the number of cores.
    """
    limit: AbstractContextManager[None] = _libraries().limit(limits=1, user_api="blas")
    return limit


@functools.lru_cache(maxsize=1)
def _libraries() -> ThreadpoolController:
    import numpy as np  # noqa: F401  # what it brings must be there to be found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


_settled: list[bool] = []  # the heaps that are settled; to ask the collector, all that is frozen must be counted


@contextmanager
def settled_heap() -> Iterator[None]:
    """What has been settled is not searched for garbage again and again as long as the context lasts.

    Once at its beginning, and whenever `settle` is called: a language model is a hundred thousand objects, all of
    which stay. What a program has frozen itself stays frozen.
    """
    free = not gc.get_freeze_count()
    settle()
    _settled.append(free)
    try:
        yield
    finally:
        _settled.pop()
        if free:
            gc.unfreeze()


def settle() -> None:
    """Says that all there is has come to stay; to be called inside `settled_heap`."""
    gc.freeze()


@contextmanager
def growing_heap() -> Iterator[None]:
    """Nothing is searched for garbage as long as the context lasts, because what is made in it stays and has no cycles.

    Where a million objects are made, the search takes a quarter of the time. Inside `settled_heap` they are not
    searched afterwards either.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if _settled:
            settle()
        if running:
            gc.enable()
