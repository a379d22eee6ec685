"""Triples keep the order of their file, whichever of rdflib's parsers reads it."""

from __future__ import annotations

import json

import pytest
from rdflib import Graph

from kg.triple_order import InOrder, ntriples

WORDS = [f"w{n * 7919 % 1000}" for n in range(200)]
TURTLE = "".join(f'[] <x:word> "{word}" .\n' for word in WORDS)
JSON_LD = json.dumps([{"x:word": word} for word in WORDS])


@pytest.mark.parametrize(
    ("syntax", "data"), [("turtle", TURTLE), ("nt", TURTLE.replace("[]", "_:a")), ("json-ld", JSON_LD)]
)
def test_triples_come_out_in_the_order_of_the_file(syntax: str, data: str) -> None:
    store = InOrder()
    Graph(store, bind_namespaces="none").parse(data=data, format=syntax)
    assert [line.split('"')[1] for line in ntriples(store).splitlines()] == WORDS
