"""Answers one SPARQL query in a process of its own; `kg.query_process` starts it and ends it in time.

It runs with `python -I -S`: no PYTHONPATH, working folder, site-packages or start-up hooks, only the standard library
and, behind it, the folder named by the one argument, for pyoxigraph. Nothing of kg is imported.

Standard input: a JSON object {"quads": folder, "text", "base", "prefixes", "graphs" (which count as the default graph,
beside it), "names" and "terms" (variables and what they are bound to, as the objects of an N-Triples text, in the same
order), "seconds", "bytes" (limits)}.
Standard output: the kind, a line break and the answer (N-Triples, SPARQL JSON, true or false); on failure a NUL, which
no answer holds, and the message, and the exit code is 1.
"""

from __future__ import annotations

import io
import json
import signal
import sys
from typing import IO, Any

if __name__ == "__main__":
    sys.path.append(sys.argv[1])

import pyoxigraph as ox  # found in the folder that has just been added


class _Bounded(io.RawIOBase):
    """Passes bytes on to a stream until there are too many."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self.stream = stream
        self.limit = limit
        self.room = limit

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.room -= len(data)
        if self.room < 0:
            raise OSError(f"the answer is larger than {self.limit // 1024**2} MB; narrow the query, or add LIMIT")
        return self.stream.write(data)


def respond(request: dict[str, Any], stream: IO[bytes]) -> int:
    """Writes the answer to a request, or what went wrong, as told above; returns the exit code."""
    try:
        found = _ask(request)
        with io.BufferedWriter(_Bounded(stream, request["bytes"]), 1 << 16) as out:
            if isinstance(found, ox.QueryTriples):
                out.write(b"graph\n")
                found.serialize(out, format=ox.RdfFormat.N_TRIPLES)
            elif isinstance(found, ox.QueryBoolean):
                out.write(b"ask\n" + (b"true" if found else b"false"))
            else:
                out.write(b"select\n")
                found.serialize(out, format=ox.QueryResultsFormat.JSON)
    except BaseException as error:  # a panic in Rust is no Exception
        stream.write(b"\0" + str(error).encode("utf-8", "replace"))
        return 1
    return 0


def bound(request: dict[str, Any]) -> dict[ox.Variable, Any]:
    """The terms that the request has for variables."""
    quads = ox.parse(request["terms"], format=ox.RdfFormat.N_TRIPLES)
    return {ox.Variable(name): quad.object for name, quad in zip(request["names"], quads, strict=True)}


def _ask(request: dict[str, Any]) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
        ox.DefaultGraph(),
        *map(ox.NamedNode, request["graphs"]),
    ]
    return ox.Store.read_only(request["quads"]).query(
        request["text"],
        base_iri=request["base"],
        prefixes=request["prefixes"],
        default_graph=graphs if request["graphs"] else None,
        substitutions=bound(request) or None,
    )


def _end_after(seconds: float) -> None:
    """The kernel ends this process when the time is up, even where the one that should is gone by then."""
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
        signal.setitimer(signal.ITIMER_REAL, seconds)


def main() -> int:
    """Answers the request on standard input."""
    request = json.load(sys.stdin.buffer)
    _end_after(request["seconds"])
    code = respond(request, sys.stdout.buffer)
    sys.stdout.buffer.flush()
    return code


if __name__ == "__main__":
    sys.exit(main())
