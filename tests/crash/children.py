"""Builds and readers in processes of their own, which may be killed or crash; the tests of this folder start it.

Requests and answers are JSON, one a line, on standard input and output. A request is done in a fork of this process,
which never opened a database, so that nothing has to be imported again. The answer tells its exit code, or the signal
that ended it as a negative number.

{"do": "build", "folder", "sources", "output", "clean", "kill", "before", "after", "limit"}: as `kg build` in `folder`,
but for what is found in a document: each sentence "A makes B." gives one statement, so no language model is loaded.
kill: the number of the step before which it kills itself; before: the end of a path that it does not come to rename a
draft to; after: seconds until it kills itself; limit: bytes that a file may have. A step is a change of a file or
folder of the graph, or of the database. Answers with the number of steps.

{"do": "read", "output"}: reads all that readers see. Answers with a digest of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from kg import pipeline
from kg.archive import Archive, load_dropped
from kg.config import Settings
from kg.errors import KGError
from kg.export import FORMATS
from kg.facts import facts
from kg.model import Evidence, Extraction, Label, LocalEntity, LocalStatement, Span
from kg.query import run_here
from kg.spool import Spool
from kg.statistics import statistics
from kg.store import Store

FIRM = "https://kg.example/firm#"
SAID = re.compile(r"(\w+) makes (\w+)\.")
LATE = ("kg.pages", "kg.rdf", "kg.resolve", "kg.view.layout", "kg.view.page", "jinja2")
CHANGES = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate", "fcntl.flock")
MEMORY = 4 << 30
COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


def extract(documents: Spool, stale: Sequence[str], _run: object) -> Iterable[tuple[Extraction, bool]]:
    """In place of the language model: what the sentences of the form "A makes B." say."""
    for document in documents.all(stale):
        entities: list[LocalEntity] = []
        statements: list[LocalStatement] = []
        sentences: list[Span] = []
        for found in SAID.finditer(document.text):
            sentence = Span(found.start(), found.end())
            sentences.append(sentence)
            first = len(entities)
            for group, kind in ((1, "Organization"), (2, "Product")):
                place = Span(found.start(group), found.end(group))
                entities.append(LocalEntity(FIRM + kind, (Label(found[group]),), (place,), (True,)))
            evidence = Evidence(sentence, found[0], sentence)
            statements.append(
                LocalStatement(first, f"{FIRM}produces", first + 1, evidence, "asserted", "rule", 0.9),
            )
        yield Extraction(document, tuple(sentences), tuple(entities), tuple(statements), ()), True


class Steps:
    """Counts the steps of a build, and ends it before one of them."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.count = 0
        self._output: str = request["output"]
        self._kill = request.get("kill")
        self._before = request.get("before")

    def take(self) -> None:
        """One step is about to be taken."""
        if self.count == self._kill:
            os.kill(os.getpid(), signal.SIGKILL)
        self.count += 1

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        """An audit hook: https://docs.python.org/3/library/audit_events.html."""
        if event not in CHANGES:
            return
        if event == "os.rename" and self._before and str(args[1]).endswith(self._before):
            self._kill = self.count
        by_number = event in ("os.truncate", "fcntl.flock")
        inside_a_folder = event in ("os.remove", "os.rmdir") and args[1] >= 0
        if by_number or inside_a_folder or any(self._output in str(arg) for arg in args):
            self.take()

    def around(self, step: Callable[..., Any]) -> Callable[..., Any]:
        """A function with a step before it and one after it."""

        def taken(*args: Any) -> Any:
            self.take()
            result = step(*args)
            self.take()
            return result

        return taken


def build(request: dict[str, Any]) -> dict[str, object]:
    """One build."""
    os.chdir(request["folder"])
    steps = Steps(request)
    sys.addaudithook(steps.audit)
    Store._do = steps.around(Store._do)  # type: ignore[method-assign]  # in this process only
    os.pwrite = steps.around(os.pwrite)
    if request.get("limit"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["limit"], request["limit"]))
    if request.get("after") is not None:
        threading.Thread(target=_end_after, args=(request["after"],), daemon=True).start()
    settings = Settings(output=request["output"], ontology="firm.ttl")
    pipeline.build(request["sources"], settings, clean=bool(request.get("clean")))
    return {"steps": steps.count}


def _end_after(seconds: float) -> None:
    time.sleep(seconds)
    os.kill(os.getpid(), signal.SIGKILL)


def read(request: dict[str, Any]) -> dict[str, object]:
    """All that readers see, by every way that leads to it."""
    parts: list[object] = []
    with Store.view(Path(request["output"])) as store:
        parts += [FORMATS[name](store) for name in ("nquads", "trig")]
        parts += [facts(store), statistics(store), load_dropped(store), store.manifest]
        parts += [run_here(store, COUNTS).rows, store.kept("report.json"), Archive.of(store).texts()]
    return {"digest": hashlib.sha256(repr(parts).encode()).hexdigest()}


def answer(request: dict[str, Any], stream: int) -> int:
    """Do what is asked; the exit code of the process. A database that asks for too much memory gets none."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        told, code = (build if request["do"] == "build" else read)(request), 0
    except KGError as error:
        told, code = {"said": error.message()}, error.exit_code
    except BaseException as error:  # a panic in Rust is no Exception
        told, code = {"said": repr(error)}, 99
    os.write(stream, json.dumps(told).encode())
    return code


def main() -> None:
    """Answer requests until standard input ends."""
    for name in LATE:  # what builds import when they need it, once for all
        import_module(name)
    pipeline.load_ontology(Settings())
    pipeline._extract = extract  # type: ignore[assignment]
    pipeline._provenance = lambda *_: "prepared"
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os._exit(answer(json.loads(line), writing))
        os.close(writing)
        with os.fdopen(reading, "rb") as stream:
            told = json.loads(stream.read() or b"{}")
        _, status = os.waitpid(child, 0)
        sys.stdout.write(json.dumps({"code": os.waitstatus_to_exitcode(status), **told}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
