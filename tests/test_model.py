from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Annotation, Document, Label, Parse, Problem, Report, Span

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: Span(min(ends), max(ends)))


@given(SPANS, SPANS)
def test_a_span_in_another_shares_all_its_characters(one: Span, other: Span) -> None:
    inner, outer = set(range(one.begin, one.end)), set(range(other.begin, other.end))
    if inner and outer:
        assert (one in other) == (inner <= outer)
        assert one.overlaps(other) == bool(inner & outer)
    assert one.overlaps(other) == other.overlaps(one)


def test_an_empty_span_shares_nothing() -> None:
    assert not Span(3, 3).overlaps(Span(3, 3))
    assert not Span(3, 3).overlaps(Span(0, 3))


@given(st.text(), SPANS)
def test_a_span_counts_code_points(text: str, span: Span) -> None:
    assert span.of(text) == "".join(list(text)[span.begin : span.end])
    assert Span(0, len(text)).of(text) == text


def test_spans_and_labels_are_sorted_by_place_and_by_name() -> None:
    assert sorted([Span(2, 3), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(2, 3)]
    assert sorted([Label("b"), Label("a", "zh"), Label("a")]) == [Label("a"), Label("a", "zh"), Label("b")]


def test_values_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Document("a", "text", "a.txt").text = "other"  # type: ignore[misc]  # what the test is about


def test_the_digest_is_that_of_the_text_alone() -> None:
    one, other = Document("a", "Öl 😀", "a.txt"), Document("b", "Öl 😀", "b.txt", date="2017", title="T")
    assert one.sha256 == other.sha256 == "6920815569560b5504e9ad61b5d16ea7f55fd227f2242220eccfafacfdfa3c83"
    assert one.sha256 != Document("a", "Öl 😀 ", "a.txt").sha256


def test_a_lone_surrogate_has_a_digest_too() -> None:
    assert len(Document("a", "\ud800", "a.txt").sha256) == 64


def test_sentences_are_spans_from_their_first_to_their_last_token() -> None:
    text = "Rain fell. Snow too.\n\nSun."
    spans = [(0, 4), (5, 9), (9, 10), (11, 15), (16, 19), (19, 20)]
    one = parse(spans, (0, 3), (3, 6))
    two = parse([(22, 25), (25, 26)], (0, 2))
    found = Annotation(Document("a", text, "a.txt"), (one, two), ())
    assert [s.of(text) for s in found.sentences] == ["Rain fell.", "Snow too.", "Sun."]


def parse(spans: list[tuple[int, int]], *sentences: tuple[int, int]) -> Parse:
    empty = ("",) * len(spans)
    return Parse(empty, empty, empty, empty, tuple(range(len(spans))), tuple(Span(*s) for s in spans), sentences)


def test_a_report_without_findings_conforms() -> None:
    assert Report("shapes").conforms
    assert not Report("shapes", (Problem("here", "wrong"),)).conforms
