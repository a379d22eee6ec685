"""The process that answers a query, which can be stopped.

A query that runs too long has to be stopped, and pyoxigraph cannot stop one. So it runs in a process that can be
killed: a fresh interpreter with little in it (`kg.query_worker`), which opens the same published state again. That
costs some 30 ms. A fork would cost less, but the database (RocksDB) has threads and locks, and a lock that another
thread held at the fork is never released in the child: now and then a query would wait for ever.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError

# What a process ends by that has no stack left.
_OVERFLOWS = frozenset((signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS)) if sys.platform != "win32" else frozenset()
# Isolated (-I), and without site-packages and their start-up hooks (-S): the worker is told where pyoxigraph lies.
WORKER = ("-I", "-S", str(Path(__file__).with_name("query_worker.py")), str(Path(ox.__file__).parents[1]))


def work(request: Mapping[str, object], seconds: float) -> tuple[int, bytes]:
    """What a worker says to a request, and its exit code. No worker goes on when this ends, in whatever way.

    (An interrupt while it starts closes its input: without a request it ends by itself.)
    """
    try:
        # A session of its own: Ctrl-C is for this process, which then kills the worker.
        worker = subprocess.Popen(
            (sys.executable, *WORKER),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise QueryError(f"no process for the query can be started: {error.strerror}", where=sys.executable) from None
    with worker:
        try:
            data, complaint = worker.communicate(json.dumps(request).encode("ascii"), timeout=seconds)
        except subprocess.TimeoutExpired:
            _kill(worker)
            raise _too_long(seconds) from None
        except BaseException:  # such as Ctrl-C
            _kill(worker)
            raise
    if worker.returncode < 0:
        if sys.platform != "win32" and worker.returncode == -signal.SIGALRM:
            raise _too_long(seconds)
        if -worker.returncode in _OVERFLOWS:
            raise QueryError("the query broke its process; it may be nested too deep", hint="use fewer brackets")
        raise QueryError("the query was stopped from outside, perhaps for want of memory", hint="narrow it, add LIMIT")
    if worker.returncode > 0 and b"\0" not in data:
        said = complaint.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise QueryError(f"the process for the query broke: {said or f'exit code {worker.returncode}'}")
    return worker.returncode, data


def _kill(worker: subprocess.Popen[bytes]) -> None:
    """Kills the worker, and whatever `sys.executable` started if it is only a launcher."""
    if worker.poll() is None:
        if sys.platform == "win32":
            worker.kill()
        else:
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()  # after an interrupt, Popen itself does not


def _too_long(seconds: float) -> QueryError:
    return QueryError(
        f"the query ran longer than {seconds:g} s and was stopped",
        hint="narrow it, add LIMIT, or raise query_seconds in kg.toml",
    )
