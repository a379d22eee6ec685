from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.sparql import code_of, explained, is_ordered, refuse_service


@given(st.text())
def test_code_keeps_its_place(text: str) -> None:
    code = code_of(text)
    assert len(code) == len(text)
    assert all(after in (before, " ") for before, after in zip(text, code, strict=True))


def test_what_is_no_code_is_blank() -> None:
    assert code_of("ASK { <urn:a> ?b 'c' } # d") == "ASK {         ?b     }    "
    assert code_of('?a ?b """c\nd"""') == "?a ?b     \n    "


@pytest.mark.parametrize(
    ("text", "ordered"),
    [
        ("SELECT * { ?a ?b ?c } ORDER BY ?a", True),
        ("select * { ?a ?b ?c } order\n by ?a", True),
        ("SELECT * { ?a ?b 'order by' } # ORDER BY", False),
        ("SELECT * { ?a ?b '''order\nby''' }", False),
    ],
)
def test_an_order_is_seen_in_code_alone(text: str, ordered: bool) -> None:
    assert is_ordered(text) is ordered


@pytest.mark.parametrize(
    "pattern",
    [
        "?service ?b ?c",
        "?a company:service ?c",
        "?a <http://x.example/service> ?c",
        "?a ?b 'service' # SERVICE",
        "?a company:providesService $Service_1",
    ],
)
def test_a_name_or_a_string_may_be_called_service(pattern: str) -> None:
    refuse_service(f"ASK {{ {pattern}\n }}")
    with pytest.raises(QueryError, match="SERVICE asks another machine"):
        refuse_service(f"ASK {{ {pattern}\n SERVICE ?a {{}} }}")


def test_a_complaint_without_a_place_is_kept() -> None:
    assert explained("IRI parsing failed", "", {}).what == "IRI parsing failed"
    assert explained("Something else", "", {}).what == "something else"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("PREFIX a: <urn:a> DELETE { ?a ?b ?c }", "DELETE changes data"),
        ("ASK { ?a no:thing ?c", "the prefix no: is not declared"),
        ("", "the query is empty"),
    ],
)
def test_a_complaint_is_told_for_people(text: str, what: str) -> None:
    assert what in explained('error at 1:1: expected one of "a"', text, {"company": "urn:company:"}).what


def test_braces_that_do_not_match_are_a_hint() -> None:
    assert "braces" in explained('error at 1:9: expected "}"', "ASK { ?a ?b ?c", {}).hint
