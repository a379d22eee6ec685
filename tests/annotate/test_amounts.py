from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.amounts import find_amounts, find_numbers, plain, spelled


def amounts(text: str) -> list[tuple[str, str | None]]:
    found = find_amounts(text, find_numbers(text))
    return [(amount.span.of(text), amount.value.lexical if amount.value else None) for amount in found]


@pytest.mark.parametrize(
    ("text", "surface", "lexical"),
    [
        ("It costs 29,990 euros.", "29,990 euros", "29990 EUR"),
        ("now €29,990 each", "€29,990", "29990 EUR"),
        ("at EUR 29 990", "EUR 29 990", "29990 EUR"),
        ("at EUR500.", "EUR500", "500 EUR"),
        ("for 29.990 euros", "29.990 euros", "29990 EUR"),
        ("29.990,50 €", "29.990,50 €", "29990.5 EUR"),
        ("3,50 € a piece", "3,50 €", "3.5 EUR"),
        ("raised $1.2 million.", "$1.2 million", "1200000 USD"),
        ("worth US$ 3bn", "US$ 3bn", "3000000000 USD"),
        ("USD1.2m", "USD1.2m", "1200000 USD"),
        ("4 million US dollars", "4 million US dollars", "4000000 USD"),
        ("50 U.S. dollars", "50 U.S. dollars", "50 USD"),
        ("$5 million US dollars", "$5 million US dollars", "5000000 USD"),
        ("74 million dollars", "74 million dollars", "74000000 USD"),
        ("It costs 18,000 won. She laughs.", "18,000 won", "18000 KRW"),
        ("212 million Danish kroner", "212 million Danish kroner", "212000000 DKK"),
        ("20 000 Swedish crowns", "20 000 Swedish crowns", "20000 SEK"),
        ("300 kronor", "300 kronor", "300 SEK"),
        ("118 million Swiss francs", "118 million Swiss francs", "118000000 CHF"),
        ("CHF 5", "CHF 5", "5 CHF"),
        ("£4.99", "£4.99", "4.99 GBP"),
        ("60 pounds", "60 pounds", "60 GBP"),
        ("¥3,000", "¥3,000", "3000 JPY"),
        ("100 yen", "100 yen", "100 JPY"),
        ("100 yuan", "100 yuan", "100 CNY"),
        ("RMB 100", "RMB 100", "100 CNY"),
        ("2.000.000 zł", "2.000.000 zł", "2000000 PLN"),
        ("R$ 20", "R$ 20", "20 BRL"),
        ("74,990 reais", "74,990 reais", "74990 BRL"),
        ("5,000 Indian rupees", "5,000 Indian rupees", "5000 INR"),
        ("four million euros", "four million euros", "4000000 EUR"),
        ("half a million dollars", "half a million dollars", "500000 USD"),
        ("two and a half million pounds", "two and a half million pounds", "2500000 GBP"),
        ("1,5 million euros", "1,5 million euros", "1500000 EUR"),
        ("€1.250 billion", "€1.250 billion", "1250000000 EUR"),
        ("a 30,000-euro car", "30,000-euro", "30000 EUR"),
        ("5m euros", "5m euros", "5000000 EUR"),
        ("€5/month", "€5", "5 EUR"),
        ("about 12 million euros", "12 million euros", "12000000 EUR"),
        ("39\neuros", "39\neuros", "39 EUR"),
    ],
)
def test_amount(text: str, surface: str, lexical: str) -> None:
    assert amounts(text) == [(surface, lexical)]


@pytest.mark.parametrize(
    "text",
    [
        "90 cents",
        "The Stool 47 won the prize.",
        "In 2018 won a medal",
        "It weighs 20 pounds.",
        "ALL 500 employees",
        "3 real problems",
        "the KR-100 euros",
        "12 crowning achievements",
    ],
)
def test_no_amount(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "between 10 and 12 million euros",
        "10-12 million euros",
        "€10–12 million",
        "10 to 12 euros",
        "from €10m to €12m",
        "€4 or €5",
        "4,800 kroner",
        "1'450 francs",
        "-€5",
    ],
)
def test_unclear_amounts_have_no_value(text: str) -> None:
    found = amounts(text)
    assert found
    assert {lexical for _, lexical in found} == {None}


def test_change_is_no_range() -> None:
    assert [lexical for _, lexical in amounts("Sales grew from €10m to €12m.")] == ["10000000 EUR", "12000000 EUR"]


@pytest.mark.parametrize("first", ["5 million Danish kroner", "DKK 5 million"])
def test_bare_noun_takes_the_last_country(first: str) -> None:
    assert amounts(f"{first}; the stool costs 4,800 kroner.")[1] == ("4,800 kroner", "4800 DKK")


def test_word_is_the_currency_as_written() -> None:
    text = "9 Swiss francs, €5"
    assert [amount.word for amount in find_amounts(text, find_numbers(text))] == ["francs", "€"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("two hundred and five", 205),
        ("Twenty-five", 25),
        ("a hundred", 100),
        ("three million two hundred thousand and one", 3_200_001),
        ("half a million", 500_000),
        ("one and a half million", 1_500_000),
        ("nineteen hundred", 1900),
        ("a dozen", 12),
        ("nineteen ninety", None),
        ("one two", None),
        ("two thousand million", None),
    ],
)
def test_spelled(words: str, value: int | None) -> None:
    assert spelled(words) == (None if value is None else Decimal(value))


@given(st.integers(1, 10**12))
def test_grouped_digits_are_read_back(value: int) -> None:
    (number,) = find_numbers(f"{value:,}")
    assert number.value == value


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_plain_has_no_exponent_and_keeps_the_value(value: Decimal) -> None:
    text = plain(value)
    assert Decimal(text) == value
    assert "E" not in text and not ("." in text and text.endswith("0"))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Norway's largest maker billed 94 million kroner.", "94000000 NOK"),
        ("The Indian firm had sales of 118 million rupees.", "118000000 INR"),
        ("In Danish kroner it is 300 Danish kroner; in Norway 200 kroner.", "200 DKK"),
        ("It comes to 52,000 euros.", "52000 EUR"),
        ("They took in 38 million złoty.", "38000000 PLN"),
    ],
)
def test_a_currency_without_a_country_takes_that_of_the_text(text: str, amount: str) -> None:
    assert amounts(text)[-1][1] == amount


@pytest.mark.parametrize(
    "text", ["It costs 90 pesos in Uruguay and in Chile.", "Nigeria. It costs 90 francs.", "90 kroner"]
)
def test_a_currency_of_several_countries_stays_unknown(text: str) -> None:
    assert amounts(text)[-1][1] is None
