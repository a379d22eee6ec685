"""RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/), for tools that read nothing newer.

Written here because rdflib writes subjects in the order of a set and Oxigraph its prefixes in that of
a hash map, both different from run to run.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export.names import by_namespace
from kg.rdf.namespaces import RDF, XSD
from kg.store import Store

_LETTER = "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff"


def rdfxml(store: Store) -> dict[str, bytes]:
    """The default graph, as graph.rdf. Raises UsageError for a predicate that is no XML name."""
    names = {namespace: name for namespace, name in by_namespace(store).items() if _name().match(name)}
    quads = sorted(store.quads.quads_for_pattern(None, None, None, ox.DefaultGraph()), key=str)
    taken: set[str] = {RDF}
    body = []
    for subject, group in groupby(quads, key=lambda quad: quad.subject):
        lines = "".join(f"    {_property(quad, names, taken)}\n" for quad in group)
        about = quoteattr(str(subject)[1:-1])
        body.append(f"  <rdf:Description rdf:about={about}>\n{lines}  </rdf:Description>\n")
    head = "".join(
        f"\n  xmlns:{names[namespace]}={quoteattr(namespace)}" for namespace in sorted(taken, key=names.__getitem__)
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{head}>\n{"".join(body)}</rdf:RDF>\n'
    return {"graph.rdf": text.encode("utf-8")}


def xml_text(text: str) -> str:
    """The text as XML can hold it: each control character becomes U+FFFD."""
    return _not_xml().sub("\ufffd", text)


# To compile these takes longer than to import all else here, and who imports kg.export mostly needs neither.
@functools.cache
def _name() -> re.Pattern[str]:
    """A name at the end of a text."""
    return re.compile(f"[{_LETTER}][{_LETTER}0-9.-]*$")


@functools.cache
def _not_xml() -> re.Pattern[str]:
    """What XML 1.0 has no way to write, not even escaped."""
    return re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_fields(fields: Mapping[str, str | float]) -> dict[str, str | float]:
    """Named values, the names and the words as XML can hold them."""
    return {xml_text(name): xml_text(value) if isinstance(value, str) else value for name, value in fields.items()}


def _property(quad: ox.Quad, names: dict[str, str], taken: set[str]) -> str:
    iri = quad.predicate.value
    local = _name().search(iri)
    if local is None:
        raise UsageError(f"RDF/XML has no way to write the property <{iri}>", hint="export turtle instead")
    namespace = iri[: local.start()]
    if namespace in names:
        taken.add(namespace)
        tag, declared = f"{names[namespace]}:{local[0]}", ""
    else:
        tag, declared = f"p:{local[0]}", f" xmlns:p={quoteattr(namespace)}"
    if not isinstance(quad.object, ox.Literal):
        return f"<{tag}{declared} rdf:resource={quoteattr(str(quad.object)[1:-1])}/>"
    kind = ""
    if quad.object.language:
        kind = f' xml:lang="{quad.object.language}"'
    elif quad.object.datatype.value != XSD + "string":
        kind = f" rdf:datatype={quoteattr(quad.object.datatype.value)}"
    # A parser would read a bare carriage return as a line feed.
    return f"<{tag}{declared}{kind}>{escape(xml_text(quad.object.value), {chr(13): '&#13;'})}</{tag}>"
