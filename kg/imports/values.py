"""Literals and amounts of money in the canonical forms that the graph has for values."""

from __future__ import annotations

import datetime as dt
import decimal
import re
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from kg.imports.lines import Line
from kg.imports.vocabulary import standard
from kg.model import Datatype, Value
from kg.rdf.namespaces import RDF, RDFS, SCHEMA
from kg.rdf.terms import AMOUNT, PRECISION, canonical_number

_DATE = re.compile(r"\+?([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T.*)?)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,2})?")


def value_of(term: ox.Literal | ox.NamedNode, datatype: Datatype) -> Value | None:
    """What a term is as a value of a property of that datatype; None where it is none."""
    words = " ".join(term.value.split())
    if datatype == "string":
        return Value(words, "string") if words else None
    if not isinstance(term, ox.Literal):
        return None
    match datatype:
        case "integer" | "decimal":
            return _number(words, datatype)
        case "amount":
            found = AMOUNT.fullmatch(words)
            return Value(f"{canonical_number(found[1])} {found[2]}", "amount") if found else None
    return _date(words)


def _date(words: str) -> Value | None:
    """A day, month or year; of a time, its day."""
    found = _DATE.fullmatch(words)
    if not found:
        return None
    year, month, day = found.groups()
    try:
        dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    iso = "-".join(filter(None, (year, month, day)))
    kinds: Mapping[int, Datatype] = {4: "gYear", 7: "gYearMonth", 10: "date"}
    assert kinds.keys() == PRECISION.keys()
    return Value(iso, kinds[len(iso)])


def _number(words: str, datatype: Datatype) -> Value | None:
    if not _NUMBER.fullmatch(words):
        return None
    number = canonical_number(f"{decimal.Decimal(words):f}")
    return None if datatype == "integer" and "." in number else Value(number, datatype)


def amounts(by_subject: Mapping[str, Sequence[Line]]) -> dict[str, Value | None]:
    """The nodes that are amounts of money (schema:MonetaryAmount); None for one that does not tell how much."""
    found: dict[str, Value | None] = {}
    for subject, lines in by_subject.items():
        told: dict[str, list[str]] = {}
        for line in lines:
            term = line.object
            if isinstance(term, ox.Literal | ox.NamedNode):
                told.setdefault(standard(line.predicate), []).append(standard(term.value))
        if SCHEMA + "MonetaryAmount" in told.get(RDF + "type", ()):
            number, currency = (told.get(SCHEMA + name, [""]) for name in ("value", "currency"))
            words = [f"{number[0]} {currency[0]}"] if len(number) == len(currency) == 1 else []
            values = (value_of(ox.Literal(text), "amount") for text in [*words, *told.get(RDFS + "label", ())])
            found[subject] = next(filter(None, values), None)
    return found
