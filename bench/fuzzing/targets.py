"""What is fuzzed: functions that take any bytes, and return or raise a KGError.

A new one is a line in `TARGETS`; seeds and inputs follow the last part of its name (`seeds.py`, `inputs.py`), and
`SHARES` gives a slow one fewer inputs. What has a function `prepare` is prepared by it, unwatched, before the first.
"""

from __future__ import annotations

import functools
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from fuzzing import wholes
from fuzzing.guard import Target

if TYPE_CHECKING:
    from kg.imports import Importer

SECRET = "quincunx-of-medlars"
"""Stands in a file outside the project, which entities and includes of the seeds name; no result may hold it."""
STORE = Path("graph")
COMPANY = "https://w3id.org/evident-kg/company#"
MAX_BYTES = 1_000_000
DEEP = 1000


def reader(suffix: str) -> Target:
    """Reads the bytes as a file of this suffix; what comes out must be writable as UTF-8."""

    def read_file(data: bytes) -> None:
        from kg.model import Document
        from kg.read import read

        path = Path(f"input{suffix}")
        path.write_bytes(data)
        for item in read([str(path)], max_bytes=MAX_BYTES):
            if isinstance(item, Document):
                told = (item.id, item.text, item.source, item.date or "", item.title or "", *item.speakers)
                assert item.text.strip(), "an empty document"
            else:
                told = (item.where, item.what, item.hint)
            "".join(told).encode()
            assert not any(SECRET in one for one in told), "a file outside was read"

    return read_file


@functools.cache
def _importer() -> Importer:
    from kg.imports import Importer
    from kg.ontology import load, shipped

    return Importer(load([shipped("company.ttl")]))


def imported(suffix: str) -> Target:
    """Reads the bytes as a file of RDF, and takes from it what the shipped ontology has terms for."""

    def read_facts(data: bytes) -> None:
        from kg.model import Document
        from kg.read import read

        path = Path(f"input{suffix}")
        path.write_bytes(data)
        for item in read([str(path)], max_bytes=MAX_BYTES):
            if isinstance(item, Document):
                found = _importer().extract(item)
                evidence = [*(s.evidence for s in found.statements), *(d.evidence for d in found.dropped)]
                assert all(one.span.of(item.text) == one.quote for one in evidence), "no quote"
                assert SECRET not in item.text, "a file outside was read"

    return read_facts


def docx_body(data: bytes) -> None:
    """The bytes as the main part of a Word document that is sound otherwise."""
    from fuzzing.seeds import docx

    reader(".docx")(docx(data))


def pdf_page(data: bytes) -> None:
    """The bytes as the content of a page in a PDF that is sound otherwise."""
    from fuzzing.seeds import pdf

    reader(".pdf")(pdf(data))


def config_toml(data: bytes) -> None:
    """A kg.toml, loaded."""
    from kg.config import load

    Path("kg.toml").write_bytes(data)
    load({}, {}, Path.cwd())


def config_env(data: bytes) -> None:
    """Lines of NAME=VALUE as the environment."""
    from kg.config import load

    lines = (line.partition("=") for line in data.decode("utf-8", "surrogateescape").split("\n"))
    load({}, {name: value for name, _, value in lines}, Path.cwd())


def decisions_file(data: bytes) -> None:
    """A decisions.jsonl: read, applied to itself, written again; what is understood must survive that."""
    from kg import decisions

    path = Path("decisions.jsonl")
    path.write_bytes(data)
    found = decisions.read(path)
    assert set(found.in_force) <= set(found.lines)
    for one in found.lines:
        str(decisions.as_row(one)), one.about, hash(one.target)
    path.write_bytes(b"".join(decisions.line(one) + b"\n" for one in found.lines))
    again = decisions.read(path)
    assert again.lines == found.lines, "not the same when written again"
    assert not again.problems
    "".join(problem.what + problem.hint for problem in found.problems).encode()


def query_text(data: bytes) -> None:
    """A query, parsed, answered without a process, its result shown in every form, or its error explained."""
    from kg import query, sparql
    from kg.query_worker import respond
    from kg.rdf.namespaces import PREFIXES

    text = data.decode("utf-8", "surrogateescape")
    text.encode("utf-8", "replace")
    sparql.refuse_service(text)
    if sum(map(data.count, b"{([!+-")) > DEEP:
        # The parser may need more stack than there is, which ends its process.
        query_worker(data)
        return
    out, request = io.BytesIO(), {**_request(), "text": query.resolve(text, stdin="")}
    if respond(request, out):
        message = out.getvalue().rpartition(b"\0")[2].decode("utf-8", "replace")
        raise sparql.explained(message, text, PREFIXES)
    kind, _, payload = out.getvalue().partition(b"\n")
    result = query._result(kind.decode(), payload, PREFIXES, keep_order=sparql.is_ordered(text))
    list(result), query.table_rows(result, result.prefixes), result._repr_html_(), query.title(text)
    for name, (_, kinds) in query.FORMATS.items():
        if result.kind in kinds:
            query.render(result, name)


def query_worker(data: bytes) -> None:
    """A query, answered by the process that can be killed, within a second."""
    from kg import query
    from kg.store import Store

    _graph()
    with Store.view(STORE) as store:
        query.run(store, data.decode("utf-8", "surrogateescape"), seconds=1)


def ontology(suffix: str) -> Target:
    """Loads the bytes as an ontology file of this suffix."""

    def load_file(data: bytes) -> None:
        from kg.ontology import load

        path = Path(f"ontology{suffix}")
        path.write_bytes(data)
        found = load([path])
        text = "".join((found.ntriples, *found.notices, *(c.label for c in found.classes.values())))
        text.encode()
        assert SECRET not in text, "a file outside was read"

    return load_file


def shapes(data: bytes) -> None:
    """A shapes file, read and used on three facts."""
    from kg.store import Store
    from kg.validate import validate

    _graph()
    path = Path("shapes.ttl")
    path.write_bytes(data)
    with Store.view(STORE) as store:
        validate(store, path)


def command_config(data: bytes) -> None:
    """`kg facts` in a project with these bytes as its kg.toml."""
    Path("kg.toml").write_bytes(data)
    _command("facts")


def command_query(data: bytes) -> None:
    """`kg query` with the bytes as a .rq file."""
    Path("input.rq").write_bytes(data)
    _command("query", "input.rq", "-o", str(STORE))


def command_ontology(data: bytes) -> None:
    """`kg validate --shapes` as the command line does it."""
    Path("input.ttl").write_bytes(data)
    _command("validate", "--shapes", "input.ttl", "-o", str(STORE))


def _command(*arguments: str) -> None:
    from kg.__main__ import main

    _graph()
    code = main(arguments)
    assert code in range(5), f"exit code {code}"
    told = getattr(sys.stderr, "getvalue", str)()
    assert "a bug of kg" not in told, told[:150]


@functools.cache
def _graph() -> None:
    """A store of a few quads in the project."""
    from kg.rdf.namespaces import RDF, RDFS
    from kg.store import Store

    base = "https://kg.example/"
    things = [ox.NamedNode(f"{base}{name}") for name in ("halm", "quist", "loaf")]
    made, kind = ox.NamedNode(COMPANY + "produces"), ox.NamedNode(COMPANY + "Organization")
    quads = [
        ox.Quad(things[0], ox.NamedNode(RDF + "type"), kind),
        ox.Quad(things[0], ox.NamedNode(RDFS + "label"), ox.Literal("Halm")),
        ox.Quad(things[0], made, things[2]),
    ]
    with Store.open(STORE, create=True, clean=True) as store:
        store.put(None, quads)
        store.manifest = {"base": base, "prefixes": {"company": COMPANY}}


@functools.cache
def _request() -> dict[str, object]:
    """What a query's process is told, without the query."""
    from kg.rdf.namespaces import PREFIXES
    from kg.store import Store

    _graph()
    with Store.view(STORE) as store:
        folder = os.fspath(store.published or "")
    return {
        "quads": folder,
        "base": "https://kg.example/",
        "prefixes": PREFIXES,
        "graphs": [],
        "names": [],
        "terms": "",
        "bytes": 1_000_000,
    }


TARGETS: dict[str, Target] = {
    "read.txt": reader(".txt"),
    "read.md": reader(".md"),
    "read.html": reader(".html"),
    "read.json": reader(".json"),
    "read.jsonl": reader(".jsonl"),
    "read.docx": reader(".docx"),
    "read.docx.body": docx_body,
    "read.pdf": reader(".pdf"),
    "read.pdf.page": pdf_page,
    "import.ttl": imported(".ttl"),
    "import.trig": imported(".trig"),
    "import.nt": imported(".nt"),
    "import.owl": imported(".owl"),
    "import.jsonld": imported(".jsonld"),
    "config.toml": config_toml,
    "config.env": config_env,
    "decisions": decisions_file,
    "query.rq": query_text,
    "query.worker.rq": query_worker,
    "ontology.ttl": ontology(".ttl"),
    "ontology.owl": ontology(".owl"),
    "ontology.nt": ontology(".nt"),
    "ontology.jsonld": ontology(".jsonld"),
    "ontology.trig": ontology(".trig"),
    "ontology.n3": ontology(".n3"),
    "ontology.trix": ontology(".trix"),
    "shapes.ttl": shapes,
    "command.facts.toml": command_config,
    "command.query.rq": command_query,
    "command.validate.ttl": command_ontology,
    "build.replay": wholes.build_replay,
    "diff.exports": wholes.diff_exports,
    "restore.kgz": wholes.restore_file,
    "restore.tar": wholes.restore_tar,
    "restore.members": wholes.restore_members,
}

SHARES = {
    "read.txt": 0.2,
    "read.md": 0.2,
    "read.html": 0.1,
    "read.docx": 0.2,
    "read.docx.body": 0.2,
    "read.pdf": 0.15,
    "read.pdf.page": 0.15,
    "query.rq": 0.4,
    "query.worker.rq": 0.02,
    "ontology.ttl": 0.5,
    "ontology.owl": 0.5,
    "ontology.jsonld": 0.5,
    "ontology.trig": 0.3,
    "ontology.n3": 0.3,
    "ontology.trix": 0.3,
    "shapes.ttl": 0.03,
    "command.facts.toml": 0.1,
    "command.query.rq": 0.02,
    "command.validate.ttl": 0.02,
    "build.replay": 0.02,
    "diff.exports": 0.1,
    "restore.kgz": 0.2,
    "restore.tar": 0.1,
    "restore.members": 0.05,
}
"""Of the inputs of a target that has 1."""
