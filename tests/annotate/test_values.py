from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.values import find_values

PIECES = [
    *[
        "in 2007",
        "19 April",
        "2007",
        "€",
        "EUR ",
        "1,450",
        "29.990",
        "million",
        "euros",
        "kroner",
        "two",
        "hundred and",
    ],
    *[
        "between",
        "to",
        "-",
        "–",
        ".",
        ",",
        " ",
        "\n",
        "\n\n",
        "last",
        "March",
        "Monday",
        "years later",
        "ago",
        "employees",
    ],
    *["%", "(", ")", "A", "won", "half a", "Q3", "/", "10:30", "’", "\u00a0", "Ⅷ", "٣", "\ud800", "𝟛", "İ", "²"],
]
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


def values(text: str, written: str | None = "2021-05-12") -> list[tuple[str, str]]:
    return [(mention.surface, mention.value.lexical) for mention in find_values(text, written) if mention.value]


@pytest.mark.parametrize(
    ("text", "surface", "lexical", "head"),
    [
        ("It has 1,450 employees.", "1,450", "1450", "employees"),
        ("It has 1.450 employees.", "1.450", "1450", "employees"),
        ("about 420 people", "420", "420", "people"),
        ("about 420 permanent full-time employees", "420", "420", "employees"),
        ("a staff of 75.", "75", "75", "staff"),
        ("75 people strong", "75", "75", "people"),
        ("Nowadays 310 people work here.", "310", "310", "people"),
        ("There were 640.", "640", "640", ""),
        ("two hundred craftsmen", "two hundred", "200", "craftsmen"),
        ("Two hundred and five people", "Two hundred and five", "205", "people"),
        ("1.2 million users", "1.2 million", "1200000", "users"),
        ("a dozen shops", "a dozen", "12", "shops"),
        ("two more mills", "two", "2", "mills"),
        ("12 000 visitors", "12 000", "12000", "visitors"),
        ("in 2000 shops", "2000", "2000", "shops"),
        ("Today it employs 640 of them.", "640", "640", ""),
    ],
)
def test_count(text: str, surface: str, lexical: str, head: str) -> None:
    (mention,) = [mention for mention in find_values(text, None) if mention.value]
    assert mention.value is not None
    assert (mention.surface, mention.value.lexical, mention.value.datatype) == (surface, lexical, "integer")
    assert (mention.head, mention.kind, mention.annotator) == (head, "value", "values")


@pytest.mark.parametrize(
    "text",
    [
        "12 %",
        "20 percent of it",
        "8.5 per cent",
        "five-star",
        "a 3D film",
        "the S190",
        "the Drift-5",
        "+49 30 1234567",
        "030 1234567",
        "at 10:30",
        "5 p.m.",
        "90 cents",
        "nine tenths of it",
        "twenty-first",
        "the first",
        "the 5th",
        "one of them",
        "between 10 and 12 people",
        "10 to 12 people",
        "10-12 people",
        "thousands of people",
        "The Stool 47 was",
        "Hall 7",
        "No. 5",
        "page 3",
        "v2.0",
        "ISO 9001",
        "as shown [12]",
        "1. First point",
        "by Seven Doors",
        "the Door Nine about",
        "https://door.example/1234",
    ],
)
def test_no_count(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(("text", "lexical"), [("2.5 metres", "2.5"), ("a span of 312.75 km", "312.75")])
def test_a_fraction_is_a_decimal(text: str, lexical: str) -> None:
    found = [m.value for m in find_values(text, None)]
    assert [(v.lexical, v.datatype) for v in found if v] == [(lexical, "decimal")]


def test_all_kinds_in_order() -> None:
    text = "Founded in 2016, it has 640 employees and had sales of 118 million Swiss francs last year."
    assert values(text) == [
        ("2016", "2016"),
        ("640", "640"),
        ("118 million Swiss francs", "118000000 CHF"),
        ("last year", "2020"),
    ]


def test_change_keeps_both_counts() -> None:
    assert [lexical for _, lexical in values("The firm grew from 40 to 75 people.")] == ["40", "75"]


@pytest.mark.parametrize(
    "text", ["Six months later", "two years ago", "on 12 August", "4,800 kroner", "10 to 12 euros"]
)
def test_unresolved_dates_and_amounts_leave_no_counts(text: str) -> None:
    assert values(text, None) == []


@given(TEXTS, st.sampled_from([None, "2021", "2021-05", "2021-05-12", "0001-01-01", "9999-12-31", "x"]))
def test_spans_are_exact_and_apart(text: str, written: str | None) -> None:
    end = 0
    for mention in find_values(text, written):
        assert text[mention.span.begin : mention.span.end] == mention.surface
        assert end <= mention.span.begin < mention.span.end
        assert mention.value is not None
        end = mention.span.end


@given(TEXTS)
def test_the_same_text_gives_the_same_values(text: str) -> None:
    assert find_values(text, "2021-05-12") == find_values(text, "2021-05-12")
