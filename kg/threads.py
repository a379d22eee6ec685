"""Array computations in one thread.

Products of small matrices take more time in two threads than in one, and the last bits of a sum depend on how many
threads share it: a graph must not depend on the number of cores.
"""

from __future__ import annotations

import functools
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[None]:
    """Lets numpy's linear algebra use one thread as long as the context lasts."""
    limit: AbstractContextManager[None] = _libraries().limit(limits=1, user_api="blas")
    return limit


@functools.lru_cache(maxsize=1)
def _libraries() -> ThreadpoolController:
    import numpy as np  # noqa: F401  # what it brings must be there to be found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
