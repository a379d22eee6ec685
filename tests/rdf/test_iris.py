from __future__ import annotations

from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pyoxigraph import NamedNode

from kg.model import Span, Statement, Value
from kg.rdf.iris import (
    amount_iri,
    document_iri,
    evidence_graph_iri,
    mention_iri,
    sentence_iri,
    statement_hash,
    statement_iri,
)
from kg.rdf.namespaces import local_name, prefixes

BASE = "https://kg.example/"


@given(st.text())
def test_any_id_gives_an_iri_that_gives_the_id_back(document: str) -> None:
    iri = document_iri(BASE, document)
    assert NamedNode(iri).value == iri
    assert iri.isascii()
    assert unquote(iri.removeprefix(BASE + "document/"), errors="surrogatepass") == document


@given(st.text(), st.text())
def test_two_ids_never_share_an_iri(one: str, other: str) -> None:
    assert (document_iri(BASE, one) == document_iri(BASE, other)) == (one == other)


def test_iris_as_they_are_documented() -> None:
    home = document_iri(BASE, "an interview/50% 😀")
    assert home == "https://kg.example/document/an%20interview%2F50%25%20%F0%9F%98%80"
    assert sentence_iri(home, Span(3, 9)) == home + "#char=3,9"
    assert mention_iri(home, Span(3, 9)) == home + "#mention=3,9"
    assert evidence_graph_iri(BASE, "a b") == "https://kg.example/graph/evidence/a%20b"
    assert amount_iri(BASE, Value("29990 EUR", "amount")) == "https://kg.example/amount/29990-EUR"
    assert document_iri(BASE, "..") == "https://kg.example/document/%2E%2E"


def test_a_statement_is_named_by_what_is_said_and_where(statement: Statement) -> None:
    digest = statement_hash(statement)
    assert len(digest) == 16
    assert statement_iri(BASE, digest) == f"https://kg.example/statement/{digest}"
    assert statement_hash(replace(statement, confidence=0.5, speaker=BASE + "entity/x")) == digest
    others = [
        replace(statement, subject="https://kg.example/entity/other"),
        replace(statement, predicate="https://kg.example/p"),
        replace(statement, object=Value("29990 USD", "amount")),
        replace(statement, object=Value("29990 EUR", "string")),
        replace(statement, object="29990 EUR"),
        replace(statement, document="other"),
        replace(statement, evidence=replace(statement.evidence, span=Span(15, 32))),
        replace(statement, stance="planned"),
        replace(statement, rule="other"),
    ]
    assert len({digest, *map(statement_hash, others)}) == len(others) + 1


def test_prefixes_are_sorted_and_ours_stay() -> None:
    found = prefixes(BASE, {"schema": "http://schema.org/", "company": "https://x.example/#"})
    assert found["schema"] == "https://schema.org/"
    assert found["company"] == "https://x.example/#"
    assert {name: found[name].removeprefix(BASE) for name in ("d", "e", "ev", "person", "phrase", "place")} == {
        "d": "document/",
        "e": "entity/",
        "ev": "statement/",
        "person": "person/",
        "phrase": "phrase/",
        "place": "place/",
    }
    assert list(found) == sorted(found)


def test_a_prefix_that_stands_for_no_iri_is_left_out() -> None:
    found = prefixes(BASE, {"bad": "https://x.example/a b#", "relative": "a/b", "good": "https://x.example/é#"})
    assert {"bad", "relative"} & found.keys() == set()
    assert found["good"] == "https://x.example/é#"


def test_local_names() -> None:
    assert local_name("https://x.example/a#b") == "b"
    assert local_name("https://x.example/a/b") == "b"
    assert local_name("https://x.example/") == "https://x.example/"
