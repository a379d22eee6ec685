"""RDF files as text: one triple a line, in canonical N-Triples, sorted, with names for blank nodes that their content
makes.

The same statements give the same lines, in whatever syntax and order they stand in a file. Blank nodes are named by
colour refinement and not by RDFC-1.0, whose search does not end on what anybody may write: a list of 1,000 equal
numbers, two nodes with nine equal ones each. What refinement cannot tell apart is numbered in the order of the file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.errors import ReadError
from kg.rdf_files import far_contexts, nested_entities, one_line

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

    Term = NamedNode | BlankNode | Literal | Triple

SUFFIXES: dict[str, str] = {
    ".ttl": "ttl",
    ".nt": "nt",
    ".nq": "nq",
    ".trig": "trig",
    ".rdf": "rdf",
    ".owl": "rdf",
    ".jsonld": "jsonld",
}
"""The suffixes of RDF files, with the usual one of their syntax."""

_MARK = b"\xef\xbb\xbf"
_DEEPEST = 200  # levels of nesting; the parser needs stack, or quadratic time, for each
_ROUNDS = 32  # of refinement
_ODD = re.compile("[\x7f-\x9f\u00ad\u2028\u2029\ufeff\ufffe\uffff]")
_NESTED = re.compile(rb"<<|>>")
_XML_TAG = re.compile(rb"<(/?)[^!?][^>]*?(/?)>")
_DEEP = "it is nested too deep"


def canonical_lines(data: bytes, suffix: str, name: str) -> list[str]:
    """The triples of a file, each on a line; named graphs are one with the rest.

    suffix: a key of SUFFIXES. name: of the file; relative IRIs hang under file:///NAME. Nothing else is read.
    Raises ReadError, with the line where that is known.
    """
    import pyoxigraph as ox

    data = data.removeprefix(_MARK)
    syntax = ox.RdfFormat.from_extension(SUFFIXES[suffix])
    assert syntax is not None
    _check(data, syntax)
    try:
        found = ox.parse(data, format=syntax, base_iri=f"file:///{quote(name)}")
        triples = list(dict.fromkeys(quad.triple for quad in found))
    except SyntaxError as error:
        place = f"line {error.lineno}: " if error.lineno else ""
        what = f"{place}it does not parse as {syntax.name}: {one_line(error)}"
        raise ReadError(what, hint="correct the file") from None
    names = _names(triples)
    return sorted({" ".join(_written(term, names) for term in _terms(triple)) + " ." for triple in triples})


def _check(data: bytes, syntax: RdfFormat) -> None:
    """What the parser would fetch, crash on, or never be done with."""
    import pyoxigraph as ox

    if syntax == ox.RdfFormat.RDF_XML:
        if nested_entities(data):
            raise ReadError("an entity is made of others", hint="write out what it stands for")
        tags = ((match[1], match[2]) for match in _XML_TAG.finditer(data))
        _measure(-1 if closing else 0 if single else 1 for closing, single in tags)
    elif syntax == ox.RdfFormat.JSON_LD:
        _check_json(data)
    else:
        _measure(1 if match[0] == b"<<" else -1 for match in _NESTED.finditer(data))


def _measure(steps: Iterator[int]) -> None:
    depth = 0
    for step in steps:
        depth = max(0, depth + step)
        if depth > _DEEPEST:
            raise ReadError(_DEEP, hint="write it with less nesting")


def _check_json(data: bytes) -> None:
    try:
        level: list[object] = [json.loads(data)]
    except RecursionError:
        raise ReadError(_DEEP, hint="write it with less nesting") from None
    except ValueError as error:
        line = getattr(error, "lineno", None)
        place = f"line {line}: " if line else ""
        raise ReadError(f"{place}it is no JSON: {one_line(error)}", hint="correct the file") from None
    if (far := next(far_contexts(data), None)) is not None:
        raise ReadError(
            f"its context {one_line(ValueError(far))!r} is another file, and nothing is fetched",
            hint="put the context into it",
        )
    for _ in range(_DEEPEST):
        if not level:
            return
        lists = [part for part in level if isinstance(part, list)]
        dicts = [part for part in level if isinstance(part, dict)]
        level = [child for part in lists for child in part] + [child for part in dicts for child in part.values()]
    raise ReadError(_DEEP, hint="write it with less nesting")


def _terms(triple: Triple) -> tuple[Term, Term, Term]:
    return triple.subject, triple.predicate, triple.object


def _written(term: Term, names: dict[str, str]) -> str:
    """A term in N-Triples; in a literal, characters that no text should hold are escaped."""
    import pyoxigraph as ox

    if isinstance(term, ox.BlankNode):
        return f"_:{names[term.value]}"
    if isinstance(term, ox.Triple):
        return f"<<( {' '.join(_written(part, names) for part in _terms(term))} )>>"
    if isinstance(term, ox.Literal):
        return _ODD.sub(lambda match: f"\\u{ord(match[0]):04X}", str(term))
    return str(term)


def _blank(term: Term) -> Iterator[str]:
    import pyoxigraph as ox

    if isinstance(term, ox.BlankNode):
        yield term.value
    elif isinstance(term, ox.Triple):
        for part in _terms(term):
            yield from _blank(part)


def _names(triples: Sequence[Triple]) -> dict[str, str]:
    """Names of the blank nodes, made of what is said of them, by those that the parser gave."""
    about: dict[str, list[Triple]] = defaultdict(list)  # in the order of the file
    for triple in triples:
        for node in dict.fromkeys(node for term in _terms(triple) for node in _blank(term)):
            about[node].append(triple)
    colours = dict.fromkeys(about, "b")
    count = 0
    for _ in range(_ROUNDS):
        colours = {node: _colour(node, told, colours) for node, told in about.items()}
        if len(set(colours.values())) <= count:
            break
        count = len(set(colours.values()))
    found: dict[str, str] = {}
    used: Counter[str] = Counter()
    for node, colour in colours.items():
        used[colour] += 1
        found[node] = f"b{colour}" if used[colour] == 1 else f"b{colour}-{used[colour]}"
    return found


def _colour(node: str, told: Sequence[Triple], colours: dict[str, str]) -> str:
    around = _Seen(colours, node)
    lines = sorted(" ".join(_written(term, around) for term in _terms(triple)) for triple in told)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


class _Seen(dict[str, str]):
    """The colours as one node sees them, which knows itself."""

    def __init__(self, colours: dict[str, str], node: str) -> None:
        super().__init__({node: "self"})
        self._colours = colours

    def __missing__(self, node: str) -> str:
        return self._colours[node]
