"""RDF terms from values: nodes are made once, literals are written in their canonical form.

The store rewrites a literal that is not canonical ("0.870" becomes 0.87); what differed from what
is stored would then be written again at every build.
"""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from kg.errors import OntologyError
from kg.model import Label, Value
from kg.rdf.iris import amount_iri
from kg.rdf.namespaces import XSD

AMOUNT = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?) ([A-Z]{3})")
NUMBER = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]*))?")
SURROGATE = re.compile("[\ud800-\udfff]")
PRECISION = {4: "gYear", 7: "gYearMonth", 10: "date"}


class Nodes(dict[str, NamedNode]):
    """Nodes by IRI, each made once; a dictionary, because it is asked several times for every quad."""

    def __missing__(self, iri: str) -> NamedNode:
        try:
            node = self[iri] = NamedNode(iri)
        except ValueError as error:  # all IRIs but the ontology's are made of encoded parts
            raise OntologyError(f"{iri!r} is no IRI: {error}", hint="correct it in the ontology") from None
        return node


datatypes = Nodes()
"""The nodes of the few XSD datatypes, by IRI."""


def typed(lexical: str, datatype: str) -> Literal:
    """A literal of an XSD datatype, given by its local name."""
    return Literal(lexical, datatype=datatypes[XSD + datatype])


def text(words: str) -> Literal:
    """A plain literal. Lone surrogates, which no RDF can hold, become U+FFFD; lengths stay the same."""
    try:
        return Literal(words)
    except ValueError:
        return Literal(SURROGATE.sub("\ufffd", words))


def label(name: Label) -> Literal:
    """A name with its language tag; without it where the tag is none that BCP 47 knows."""
    if name.language:
        try:
            return Literal(SURROGATE.sub("\ufffd", name.text), language=name.language)
        except ValueError:
            pass
    return text(name.text)


def integer(number: int) -> Literal:
    """A whole number."""
    return typed(str(number), "integer")


def confidence(score: float) -> Literal:
    """A belief in [0, 1], to two places."""
    return typed(canonical_number(f"{score:.2f}"), "decimal")


def dated(iso: str) -> Literal:
    """A date in ISO 8601, typed by how much of it is known; plain text where it is none of these."""
    datatype = PRECISION.get(len(iso))
    return typed(iso, datatype) if datatype else text(iso)


def literal(value: Value) -> Literal:
    """A value that stands for itself; an amount comes out as its words, see `is_amount`."""
    match value.datatype:
        case "integer" | "decimal":
            return typed(canonical_number(value.lexical), value.datatype)
        case "date" | "gYearMonth" | "gYear":
            return typed(value.lexical, value.datatype)
    return text(value.lexical)


def is_amount(value: Value) -> bool:
    """Whether the value is a number with a currency, which becomes a node of its own."""
    return value.datatype == "amount" and AMOUNT.fullmatch(value.lexical) is not None


def object_term(target: str | Value, base: str, node: Nodes) -> NamedNode | Literal:
    """What stands as the object of a triple: an entity, an amount's node or a literal."""
    if isinstance(target, str):
        return node[target]
    return node[amount_iri(base, target)] if is_amount(target) else literal(target)


def canonical_number(lexical: str) -> str:
    """A decimal number as XSD 1.1 writes it: no plus, no idle zeros, no idle point, no minus zero."""
    match = NUMBER.fullmatch(lexical)
    if match is None:
        return lexical
    sign, whole, fraction = match[1], match[2].lstrip("0") or "0", (match[3] or "").rstrip("0")
    number = f"{whole}.{fraction}" if fraction else whole
    return f"-{number}" if sign == "-" and number != "0" else number
