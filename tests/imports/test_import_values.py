"""Literals in the canonical forms of values."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.imports.values import value_of
from kg.model import Datatype, Value
from kg.rdf.namespaces import XSD


@pytest.mark.parametrize(
    ("words", "asked", "made"),
    [
        ("2016", "date", ("2016", "gYear")),
        ("2016-05", "date", ("2016-05", "gYearMonth")),
        ("2016-05-10", "date", ("2016-05-10", "date")),
        ("2016-05-10+02:00", "date", ("2016-05-10", "date")),
        ("2016Z", "date", ("2016", "gYear")),
        ("+2016-05-10T00:00:00Z", "date", ("2016-05-10", "date")),
        ("2016-13-10", "date", None),
        ("-0044", "date", None),
        ("soon", "date", None),
        ("+0420", "integer", ("420", "integer")),
        ("4.2e2", "integer", ("420", "integer")),
        ("420.0", "integer", ("420", "integer")),
        ("420.5", "integer", None),
        ("NaN", "decimal", None),
        ("1e99", "decimal", ("1" + "0" * 99, "decimal")),
        ("1e999999999", "decimal", None),
        ("9" * 50, "integer", None),
        ("-00.50", "decimal", ("-0.5", "decimal")),
        ("29990.00 EUR", "amount", ("29990 EUR", "amount")),
        ("29990", "amount", None),
        (" head \n of sound ", "string", ("head of sound", "string")),
        (" ", "string", None),
    ],
)
def test_a_literal_as_a_value(words: str, asked: Datatype, made: tuple[str, Datatype] | None) -> None:
    assert value_of(ox.Literal(words), asked) == (Value(*made) if made else None)


def test_the_datatype_that_it_is_written_with_does_not_matter() -> None:
    written = ox.Literal("2016-05-10T12:30:00", datatype=ox.NamedNode(XSD + "dateTime"))
    assert value_of(written, "date") == Value("2016-05-10", "date")


def test_an_address_is_a_string_and_no_number() -> None:
    assert value_of(ox.NamedNode("https://boats.example/"), "string") == Value("https://boats.example/", "string")
    assert value_of(ox.NamedNode("https://boats.example/"), "integer") is None
