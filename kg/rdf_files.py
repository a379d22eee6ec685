"""Ontology files into a graph, in any RDF syntax; what would be fetched, or never end, is refused."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import OntologyError

if TYPE_CHECKING:
    from rdflib import Graph


def parse(graph: Graph, path: Path) -> None:
    """Add what a file says to a graph; its suffix tells the syntax. Raises OntologyError."""
    from rdflib.util import guess_format

    known = {".owl": "xml", ".xml": "xml"}
    syntax = known.get(path.suffix.lower()) or guess_format(path.name)
    if syntax is None:
        raise OntologyError(
            f"the suffix {path.suffix!r} names no RDF syntax",
            where=str(path),
            hint="use .ttl, .rdf, .owl, .nt or .jsonld",
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OntologyError(f"cannot be read: {error.strerror}", where=str(path), hint="check the path") from None
    _check(data, syntax, path)
    try:
        graph.parse(data=data, format=syntax, publicID="https://kg.example/ontology")
    except Exception as error:  # rdflib's parsers raise errors of many unrelated classes
        line = _line_of(error, data)
        where = f"{path}:{line}" if line else str(path)
        raise OntologyError(
            f"does not parse as {syntax}: {one_line(error)}", where=where, hint="correct the file"
        ) from None


def one_line(error: Exception) -> str:
    """What a parser said, in one line that can be written anywhere."""
    return re.sub(r"\s+", " ", str(error))[:300].encode("utf-8", "replace").decode()


def _check(data: bytes, syntax: str, path: Path) -> None:
    """What a parser would fetch from elsewhere, or would never be done with, is refused before it starts."""
    if syntax in ("xml", "trix") and nested_entities(data):
        raise OntologyError("an entity is made of others", where=str(path), hint="write out what it stands for")
    if syntax == "json-ld" and (far := next(far_contexts(data), None)) is not None:
        raise OntologyError(
            f"its context {far!r} is another file, and nothing is fetched",
            where=str(path),
            hint="put the context into it",
        )


def nested_entities(data: bytes) -> bool:
    """Whether the head of an XML file declares an entity by others: a few lines of these expand to gigabytes."""
    from xml.parsers import expat

    found: list[str] = []

    def declared(name: str, _parameter: bool, value: str | None, *_: object) -> None:
        if value and re.search("[&%][^#]", value):
            found.append(name)

    def begun(*_: object) -> None:
        raise EOFError  # what follows is the parser's business

    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE)  # as xml.sax does it
    parser.EntityDeclHandler, parser.StartElementHandler = declared, begun
    parser.ExternalEntityRefHandler = lambda *_: 1
    with contextlib.suppress(expat.ExpatError, EOFError, ValueError, LookupError):
        parser.Parse(data, True)
    return bool(found)


def far_contexts(data: bytes) -> Iterator[str]:
    """What a JSON-LD file imports (https://www.w3.org/TR/json-ld11/#imported-contexts); none for what is no JSON."""
    try:
        todo: list[object] = [json.loads(data)]
    except (ValueError, RecursionError):
        return
    while todo:
        found = todo.pop()
        if isinstance(found, list):
            todo += found
        elif isinstance(found, dict):
            todo += found.values()
            named = found.get("@context")
            contexts = [*(named if isinstance(named, list) else [named]), found.get("@import")]
            yield from (one for one in contexts if isinstance(one, str))


def _line_of(error: Exception, data: bytes) -> int | None:
    """The line, from 1, at which a parser stopped: each of rdflib's tells it in a way of its own."""
    lines = getattr(error, "lines", None)  # Turtle: lines before it
    if isinstance(lines, int):
        return lines + 1
    number = getattr(error, "lineno", None)  # JSON
    if isinstance(number, int):
        return number
    if hasattr(error, "getLineNumber"):  # XML
        return int(error.getLineNumber())
    said = str(error).partition("Invalid line: ")[2].encode()  # N-Triples: the line itself
    return data[: data.find(said)].count(b"\n") + 1 if said and said in data else None
