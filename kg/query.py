"""SPARQL 1.1 queries over a store: prefixes known, time limited, results that read well.

A query that runs too long has to be stopped, and pyoxigraph cannot stop one. So it runs in a process that can be
killed: a fresh interpreter with little in it (`kg.query_worker`), which opens the same published state again. That
costs some 30 ms. A fork would cost less, but the database (RocksDB) has threads and locks, and a lock that another
thread held at the fork is never released in the child: now and then a query would wait for ever.
"""

from __future__ import annotations

import difflib
import html
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import pyoxigraph as ox

from kg.errors import QueryError, UsageError
from kg.ontology import shipped
from kg.rdf.iris import inferred_graph_iri
from kg.rdf.namespaces import PREFIXES, XSD
from kg.store import Store

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]
Kind = Literal["select", "ask", "graph"]

# What may be printed of each kind of result, and by which of pyoxigraph's writers.
FORMATS: dict[str, tuple[ox.QueryResultsFormat | ox.RdfFormat, tuple[Kind, ...]]] = {
    "csv": (ox.QueryResultsFormat.CSV, ("select", "ask")),
    "tsv": (ox.QueryResultsFormat.TSV, ("select", "ask")),
    "json": (ox.QueryResultsFormat.JSON, ("select", "ask")),
    "xml": (ox.QueryResultsFormat.XML, ("select", "ask")),
    "ttl": (ox.RdfFormat.TURTLE, ("graph",)),
}

# An answer above this size would fill the memory before the time is up.
MAX_ANSWER_BYTES = 512 * 1024 * 1024

# What a process ends by that has no stack left.
_OVERFLOWS = frozenset((signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS)) if sys.platform != "win32" else frozenset()

_INTEGERS = frozenset(
    XSD + name
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "negativeInteger")
)
_FLOATS = frozenset(XSD + name for name in ("decimal", "double", "float"))
_LOCAL_NAME = re.compile(r"\w(?:[\w.-]*[\w-])?")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
# What is no code in SPARQL: IRIs, strings, comments and escaped signs in names
# (https://www.w3.org/TR/sparql11-query/#sparqlGrammar).
_NO_CODE = re.compile(
    r"""<[^<>"{}|^`\\\s]*> | \"\"\".*?\"\"\" | '''.*?''' | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' |
    \#[^\n]* | \\.""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_WORD = re.compile(r"[\w:.?$@-]+")
# A variable, or a name behind a prefix: the only words of code that may hold "service". The parser needs no blank
# before a keyword ("1SERVICE"), so that looking for the word alone would not do.
_NAMED_SERVICE = re.compile(r"[?$]\w+|(?:(?!service)[\w.-])*:[\w:.-]*", re.IGNORECASE)
# Isolated (-I), and without site-packages and their start-up hooks (-S): the worker is told where pyoxigraph lies.
_WORKER = ("-I", "-S", str(Path(__file__).with_name("query_worker.py")), str(Path(ox.__file__).parents[1]))


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query. Iterating gives each row as a dict of plain Python values.

    kind: "select", "ask" (one row, one column "answer") or "graph" (CONSTRUCT and DESCRIBE: one row a triple).
    rows: as the query orders them; sorted if it does not, so that the same graph gives the same answer.
    """

    kind: Kind
    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    prefixes: Mapping[str, str] = field(default_factory=dict, repr=False)
    payload: bytes = field(default=b"", repr=False)

    @property
    def answer(self) -> bool:
        """The answer to an ASK; for other kinds, whether anything was found."""
        return self.payload == b"true" if self.kind == "ask" else bool(self.rows)

    def __bool__(self) -> bool:
        return self.answer

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, object]]:
        for row in self.rows:
            yield {name: plain(term) for name, term in zip(self.variables, row, strict=True)}

    def to_df(self) -> Any:
        """The rows as a pandas.DataFrame. Raises UsageError where pandas is not installed."""
        try:
            pandas = import_module("pandas")
        except ImportError:
            raise UsageError("pandas is not installed", hint="pip install evident-kg[pandas]") from None
        return pandas.DataFrame(list(self), columns=list(self.variables))

    def _repr_html_(self) -> str:
        def line(cells: tuple[str, ...], tag: str) -> str:
            return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

        body = "".join(line(row, "td") for row in table_rows(self, self.prefixes))
        return f"<table><thead>{line(self.variables, 'th')}</thead><tbody>{body}</tbody></table>"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that ships with the project; the title is its first comment line."""

    name: str
    title: str
    text: str


def run(
    store: Store, text: str, *, seconds: float, bindings: Mapping[str, Term] | None = None, inferred: bool = False
) -> Result:
    """Answers a SPARQL 1.1 query (https://www.w3.org/TR/sparql11-query/); nothing can be changed by one.

    seconds: limit for the whole query. bindings: terms for variables of the query. inferred: what follows from the
    facts counts as one of them, where the query names no graph.
    Relative IRIs are resolved against the store's base. A store that is open for writing is asked as readers see it,
    in its last published state. Raises QueryError: syntax, time, size; StoreError: nothing published yet; UsageError:
    nothing inferred in it. SERVICE is refused: it would send what stands in the graph to another machine.
    """
    _check(text)
    if store.published is None:
        with Store.view(store.folder) as seen:
            return run(seen, text, seconds=seconds, bindings=bindings, inferred=inferred)
    prefixes = known_prefixes(store)
    given = bindings or {}
    base = str(store.manifest.get("base", ""))
    if inferred and not store.manifest.get("reason"):
        raise UsageError("the graph was built without reasoning", hint="kg build --reason owl, or reason in kg.toml")
    request = {
        "quads": str(store.published),
        "text": text,
        "base": base or None,
        "prefixes": prefixes,
        "graphs": [inferred_graph_iri(base)] if inferred else [],
        "names": list(given),
        "terms": _terms(given.values()),
        "seconds": seconds,
        "bytes": MAX_ANSWER_BYTES,
    }
    code, data = _work(request, seconds)
    if code != 0:
        said = data.rpartition(b"\0")[2].decode("utf-8", "replace")
        raise store.told(RuntimeError(said)) or _explained(said, text, prefixes)
    kind, _, payload = data.partition(b"\n")
    return _result(kind.decode(), payload, prefixes, keep_order=_orders(text))


def _check(text: str) -> None:
    """Raises QueryError where a part is for another endpoint (https://www.w3.org/TR/sparql11-federated-query/)."""
    # Escapes may stand anywhere, in a keyword too (https://www.w3.org/TR/sparql11-query/#codepointEscape).
    plainly = _ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2], 16), sys.maxunicode)), text)
    words = (word for version in (text, plainly) for word in _WORD.findall(_code(version)))
    if any("service" in word.lower() and not _NAMED_SERVICE.fullmatch(word) for word in words):
        raise QueryError(
            "SERVICE asks another machine, and a query stays on this one",
            hint="leave that part out; a prefix of that name needs another one",
        )


def run_here(store: Store, text: str) -> Result:
    """The answer to a SELECT of our own, without a process and a limit; it sees a store that is being written.

    Raises QueryError where the ontology of the store lacks a prefix that the query needs.
    """
    known = known_prefixes(store)
    try:
        found = store.quads.query(text, base_iri=str(store.manifest.get("base", "")) or None, prefixes=known)
    except SyntaxError as error:
        raise _explained(str(error), text, known) from None
    assert isinstance(found, ox.QuerySolutions)
    payload = found.serialize(format=ox.QueryResultsFormat.JSON)
    return _result("select", payload or b"", known, keep_order=_orders(text))


def known_prefixes(store: Store) -> dict[str, str]:
    """Every prefix that a query may use without declaring it, sorted by name; its own PREFIX lines win over them."""
    stored = store.manifest.get("prefixes", {})
    return dict(sorted({**PREFIXES, **(stored if isinstance(stored, dict) else {})}.items()))


def plain(term: Term | None) -> str | int | float | bool | None:
    """Numbers and booleans as Python has them; everything else as text, dates in ISO 8601 as far as they are known."""
    if not isinstance(term, ox.Literal):
        return None if term is None else term.value if isinstance(term, ox.NamedNode) else str(term)
    kind = term.datatype.value
    try:
        if kind in _INTEGERS:
            return int(term.value)
        if kind in _FLOATS:
            return float(term.value)
    except ValueError:  # an ill-typed literal such as "many"^^xsd:integer
        return term.value
    if kind == XSD + "boolean" and term.value in ("true", "false", "1", "0"):
        return term.value in ("true", "1")
    return term.value


def render(result: Result, format: str) -> str:  # noqa: A002
    """The result in one of FORMATS. Raises QueryError for a format that does not fit."""
    writer, kinds = FORMATS.get(format, (None, ()))
    if writer is None or result.kind not in kinds:
        fitting = ", ".join(name for name, (_, fits) in FORMATS.items() if result.kind in fits)
        name = {"select": "SELECT", "ask": "ASK", "graph": "CONSTRUCT or DESCRIBE"}[result.kind]
        raise QueryError(f"a result of {name} cannot be written as {format}", hint=f"fitting formats: table, {fitting}")
    if isinstance(writer, ox.RdfFormat):
        triples = list(ox.parse(result.payload, format=ox.RdfFormat.N_TRIPLES))
        used = {name: iri for name, iri in result.prefixes.items() if f"<{iri}".encode() in result.payload}
        return _text(ox.serialize((quad.triple for quad in triples), format=writer, prefixes=used))
    payload = json.dumps({"head": {}, "boolean": result.answer}).encode() if result.kind == "ask" else result.payload
    answer = ox.parse_query_results(payload, format=ox.QueryResultsFormat.JSON)
    return _text(answer.serialize(format=writer))


def table_rows(result: Result, prefixes: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The rows for people: prefixed names, literals without quotes, nothing for what is unbound."""
    return [tuple(compact(term, prefixes) for term in row) for row in result.rows]


def compact(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """A term for people: `company:produces`, `<https://…>` where no prefix fits, a literal's words."""
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        return term.value
    if not isinstance(term, ox.NamedNode):
        return str(term)
    fitting = [(len(iri), name) for name, iri in prefixes.items() if iri and term.value.startswith(iri)]
    if fitting:
        length, name = max(fitting)
        if _LOCAL_NAME.fullmatch(term.value, length):
            return f"{name}:{term.value[length:]}"
    return f"<{term.value}>"


def named_queries() -> dict[str, NamedQuery]:
    """The queries that ship under ontology/queries, by name."""
    found: dict[str, NamedQuery] = {}
    for path in sorted(shipped("queries").glob("*.rq")):
        text = _read(path)
        found[path.stem] = NamedQuery(path.stem, title(text) or path.stem, text)
    return found


def title(text: str) -> str:
    """What a query answers: its first comment line; empty without one."""
    return next((line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")), "")


def resolve(argument: str, stdin: str | None = None) -> str:
    """The query's text, from the text itself, a .rq file, a named query's name or "-" (what `stdin` holds).

    Raises QueryError where the argument is none of these.
    """
    if argument == "-":
        return stdin or ""
    if re.fullmatch(r"[\w-]+", argument) and _is_file(path := shipped("queries") / f"{argument}.rq"):
        return _read(path)
    if "\n" not in argument and len(argument) < 1024 and _is_file(Path(argument)):
        return _read(Path(argument))
    if "{" in argument or (len(argument.split()) > 1 and not argument.endswith(".rq")):
        return argument
    queries = named_queries()
    near = difflib.get_close_matches(argument, queries, n=3, cutoff=0.5) or list(queries)
    raise QueryError(f"{argument!r} is no query, no file and no named query", hint="named queries: " + ", ".join(near))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long for a name, or none
        return False


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"the query cannot be read: {error}", where=str(path)) from None


def _terms(terms: Iterable[Term]) -> str:
    """Terms in a form that keeps them as they are: the objects of an N-Triples text."""
    any_ = ox.NamedNode("urn:any")
    return _text(ox.serialize((ox.Triple(any_, any_, term) for term in terms), format=ox.RdfFormat.N_TRIPLES))


def _work(request: Mapping[str, object], seconds: float) -> tuple[int, bytes]:
    """What a worker says to a request, and its exit code. No worker goes on when this ends, in whatever way.

    (An interrupt while it starts closes its input: without a request it ends by itself.)
    """
    try:
        # A session of its own: Ctrl-C is for this process, which then kills the worker.
        worker = subprocess.Popen(
            (sys.executable, *_WORKER),
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


def _result(kind: str, payload: bytes, prefixes: Mapping[str, str], *, keep_order: bool) -> Result:
    if kind == "ask":
        answer = ox.Literal(payload.decode(), datatype=ox.NamedNode(XSD + "boolean"))
        return Result("ask", ("answer",), ((answer,),), prefixes, payload)
    if kind == "graph":
        lines = sorted(set(payload.splitlines(keepends=True)))  # CONSTRUCT may repeat triples
        payload = b"".join(lines)
        triples = (quad.triple for quad in ox.parse(payload, format=ox.RdfFormat.N_TRIPLES))
        rows = tuple((triple.subject, triple.predicate, triple.object) for triple in triples)
        return Result("graph", ("subject", "predicate", "object"), rows, prefixes, payload)
    if not keep_order:
        data = json.loads(payload)
        data["results"]["bindings"].sort(key=lambda row: [_sort_key(row.get(name)) for name in data["head"]["vars"]])
        payload = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    solutions = ox.parse_query_results(payload, format=ox.QueryResultsFormat.JSON)
    assert isinstance(solutions, ox.QuerySolutions)
    names = tuple(variable.value for variable in solutions.variables)
    return Result("select", names, tuple(tuple(row) for row in solutions), prefixes, payload)


def _sort_key(term: dict[str, object] | None) -> str:
    return "" if term is None else json.dumps(term, sort_keys=True)


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8")


def _code(text: str) -> str:
    """The query with IRIs, strings and comments blanked out, everything else at its place."""
    return _NO_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _orders(text: str) -> bool:
    return re.search(r"\border\s+by\b", _code(text), re.IGNORECASE) is not None


def _explained(message: str, text: str, prefixes: Mapping[str, str]) -> QueryError:
    """What the parser said, with the offending line, in words that help."""
    found = re.match(r"error at (\d+):(\d+): expected (?:one of )?(.*)", message, re.DOTALL)
    if not found:
        return QueryError(_lowered(message))
    code = _code(text)
    body = re.sub(r"(?i)\b(?:prefix\s+[\w.-]*:|base)\s", " ", code).split()
    if body and body[0].upper() in _UPDATES:
        return QueryError(
            f"{body[0].upper()} changes data, and a query only reads", hint="SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    declared = set(re.findall(r"(?i)\bprefix\s+([\w.-]*):", code)) | set(prefixes)
    for use in re.finditer(r"(?<![\w.?$@:-])([\w.-]*):(?=[\w:]|\s|$)", code):
        if use[1] not in declared and not use[1].startswith("_"):
            line = code.count("\n", 0, use.start()) + 1
            column = use.start() - (code.rfind("\n", 0, use.start()) + 1) + 1
            return QueryError(
                f"the prefix {use[1]}: is not declared",
                where=_place(text, line, column),
                hint="declare it with PREFIX, or use one of " + ", ".join(f"{name}:" for name in sorted(prefixes)),
            )
    hint = "" if code.count("{") == code.count("}") else "the braces { and } do not match"
    return QueryError(_wanted(found[3], text), where=_place(text, int(found[1]), int(found[2])), hint=hint)


def _place(text: str, line: int, column: int) -> str:
    lines = text.splitlines() or [""]
    words = lines[min(line, len(lines)) - 1].strip()
    return f"line {line}, column {column}, in “{words}”" if words else f"line {line}, column {column}"


def _wanted(expected: str, text: str) -> str:
    if not text.strip():
        return "the query is empty"
    said = re.findall(r"(?:^|, )([A-Z][\w ]*[a-z][\w ]*)(?=,|$)", expected)
    if said:  # sentences such as "The SELECT contains a variable that is unbound" stand among the tokens
        return _lowered(said[0])
    tokens = [token for token in re.findall(r'"((?:[^"\\]|\\.)+)"', expected) if not token.startswith("\\")][:6]
    return "the query does not parse here" + (f"; expected one of {' '.join(tokens)}" if tokens else "")


def _lowered(sentence: str) -> str:
    """A sentence to stand inside another; "IRI parsing failed" stays as it is."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]
