"""RDF files as text: one triple a line, in canonical N-Triples, sorted, with names for blank nodes that their content
makes (`kg.blank_nodes`).

The same statements give the same lines, in whatever syntax and order they stand in a file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.blank_nodes import lines_of
from kg.errors import ReadError
from kg.rdf_files import far_contexts, nested_entities, one_line

if TYPE_CHECKING:
    from pyoxigraph import RdfFormat

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
        triples = [quad.triple for quad in found]
    except SyntaxError as error:
        place = f"line {error.lineno}: " if error.lineno else ""
        what = f"{place}it does not parse as {syntax.name}: {one_line(error)}"
        raise ReadError(what, hint="correct the file") from None
    return lines_of(triples)


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
