from __future__ import annotations

import gc

import pytest
from threadpoolctl import threadpool_info

from kg.runtime import growing_heap, one_thread, settle, settled_heap


def threads() -> set[int]:
    """What numpy's linear algebra would use."""
    import numpy as np  # noqa: F401

    return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}


def test_linear_algebra_uses_one_thread_inside_and_as_many_as_before_outside() -> None:
    before = threads()
    with one_thread():
        assert threads() == {1}
        with one_thread():
            pass
        assert threads() == {1}
    assert threads() == before


def test_threads_are_given_back_after_an_error() -> None:
    before = threads()
    with pytest.raises(ValueError, match="no"), one_thread():
        raise ValueError("no")
    assert threads() == before


def test_the_heap_is_settled_inside_only() -> None:
    assert gc.get_freeze_count() == 0
    with settled_heap():
        outer = gc.get_freeze_count()
        kept = [[n] for n in range(1000)]
        settle()
        assert gc.get_freeze_count() > outer > 0
    assert len(kept) == 1000
    assert gc.get_freeze_count() == 0


def test_what_grew_in_a_settled_heap_is_settled() -> None:
    with settled_heap():
        outer = gc.get_freeze_count()
        with growing_heap():
            kept = [[n] for n in range(1000)]
        assert gc.get_freeze_count() >= outer + len(kept)
    with growing_heap():
        pass
    assert gc.get_freeze_count() == 0


def test_what_a_program_froze_itself_stays_frozen() -> None:
    gc.freeze()
    try:
        with settled_heap():
            pass
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def test_a_growing_heap_is_searched_again_afterwards() -> None:
    with growing_heap():
        assert not gc.isenabled()
        with growing_heap():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
