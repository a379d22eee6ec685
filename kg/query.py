"""SPARQL 1.1 queries over a store: prefixes known, time limited, results that read well."""

from __future__ import annotations

import difflib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import pyoxigraph as ox

from kg.errors import QueryError, UsageError
from kg.ontology import shipped
from kg.query_process import work
from kg.rdf.iris import inferred_graph_iri
from kg.rdf.namespaces import PREFIXES, XSD
from kg.sparql import explained, is_ordered, refuse_service
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

_INTEGERS = frozenset(
    XSD + name
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "negativeInteger")
)
_FLOATS = frozenset(XSD + name for name in ("decimal", "double", "float"))
_LOCAL_NAME = re.compile(r"\w(?:[\w.-]*[\w-])?")


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
    refuse_service(text)
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
    code, data = work(request, seconds)
    if code != 0:
        said = data.rpartition(b"\0")[2].decode("utf-8", "replace")
        raise store.told(RuntimeError(said)) or explained(said, text, prefixes)
    kind, _, payload = data.partition(b"\n")
    return _result(kind.decode(), payload, prefixes, keep_order=is_ordered(text))


def run_here(store: Store, text: str) -> Result:
    """The answer to a SELECT of our own, without a process and a limit; it sees a store that is being written.

    Raises QueryError where the ontology of the store lacks a prefix that the query needs.
    """
    known = known_prefixes(store)
    try:
        found = store.quads.query(text, base_iri=str(store.manifest.get("base", "")) or None, prefixes=known)
    except SyntaxError as error:
        raise explained(str(error), text, known) from None
    assert isinstance(found, ox.QuerySolutions)
    payload = found.serialize(format=ox.QueryResultsFormat.JSON)
    return _result("select", payload or b"", known, keep_order=is_ordered(text))


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
