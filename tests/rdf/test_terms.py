from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Datatype, Label, Value
from kg.rdf.namespaces import XSD
from kg.rdf.terms import canonical_number, confidence, dated, integer, is_amount, label, literal, text


def stored(term: ox.Literal) -> ox.Literal:
    """The literal as the store gives it back."""
    store, node = ox.Store(), ox.NamedNode("https://kg.example/a")
    store.add(ox.Quad(node, node, term))
    (quad,) = store
    assert isinstance(quad.object, ox.Literal)
    return quad.object


numbers = st.from_regex(r"[+-]?[0-9]{1,30}(\.[0-9]{0,25})?", fullmatch=True, alphabet="+-.0123456789")


@given(numbers)
def test_numbers_keep_their_worth_and_the_store_keeps_them(lexical: str) -> None:
    canonical = canonical_number(lexical)
    assert Decimal(canonical) == Decimal(lexical)
    assert canonical_number(canonical) == canonical
    kind: Datatype = "decimal" if "." in canonical else "integer"
    assert stored(literal(Value(lexical, kind))) == literal(Value(lexical, kind))


@given(st.integers())
def test_integers_are_kept(number: int) -> None:
    assert stored(integer(number)) == integer(number)


@given(st.floats(0, 1))
def test_confidence_is_kept(score: float) -> None:
    assert stored(confidence(score)) == confidence(score)
    assert float(confidence(score).value) == pytest.approx(score, abs=0.005 + 1e-9)  # a tie may go up


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_dates_are_typed_by_their_precision_and_kept(day: object, length: int) -> None:
    term = dated(str(day)[:length])
    assert term.datatype.value == XSD + {4: "gYear", 7: "gYearMonth", 10: "date"}[length]
    assert stored(term) == term


@given(st.text())
def test_any_text_becomes_a_literal_of_the_same_length(words: str) -> None:
    assert len(text(words).value) == len(words)
    assert stored(text(words)) == text(words)


@given(st.text(), st.text(max_size=12))
def test_any_label_becomes_a_literal(words: str, language: str) -> None:
    term = label(Label(words, language))
    assert len(term.value) == len(words)
    assert stored(term) == term


def test_labels_carry_their_language() -> None:
    assert str(label(Label("静かな帆走", "ja"))) == '"静かな帆走"@ja'
    assert str(label(Label("Heron"))) == '"Heron"'
    assert str(label(Label("Heron", "no such tag"))) == '"Heron"'


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Value("2017-05", "gYearMonth"), f'"2017-05"^^<{XSD}gYearMonth>'),
        (Value("0420", "integer"), f'"420"^^<{XSD}integer>'),
        (Value("+0.870", "decimal"), f'"0.87"^^<{XSD}decimal>'),
        (Value("many", "integer"), f'"many"^^<{XSD}integer>'),
        (Value("Head of Lutes", "string"), '"Head of Lutes"'),
        (Value("lots of money", "amount"), '"lots of money"'),
    ],
)
def test_values_as_literals(value: Value, expected: str) -> None:
    assert str(literal(value)) == expected


def test_an_amount_has_a_number_and_a_currency() -> None:
    assert is_amount(Value("29990 EUR", "amount"))
    assert is_amount(Value("0.5 USD", "amount"))
    assert not is_amount(Value("29990", "amount"))
    assert not is_amount(Value("29990 EUR", "string"))
