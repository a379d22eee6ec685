"""RDF files as lines: the same for the same statements, whatever the syntax; what is hostile ends in an error."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.rdf_lines import SUFFIXES, canonical_lines

BOATS = """
@prefix b: <https://boats.example/> .
b:heron b:length 9.5 , "nine"@en ; b:made [ b:by b:yard ; b:in "2016" ] ; b:parts ( b:keel b:mast ) .
b:yard b:name "Larkspur \\"Marine\\"\\n" .
"""
FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def lines(text: str | bytes, suffix: str = ".ttl") -> list[str]:
    return canonical_lines(text if isinstance(text, bytes) else text.encode(), suffix, f"boats{suffix}")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_syntax_gives_the_same_lines(suffix: str) -> None:
    quads = list(ox.parse(BOATS, format=ox.RdfFormat.TURTLE))
    data = ox.serialize([quad.triple for quad in quads], format=FORMATS[suffix])
    assert data is not None
    assert lines(data, suffix) == lines(BOATS)
    assert len(lines(BOATS)) == len(quads) == 11


def test_named_graphs_are_one_with_the_rest() -> None:
    text = "<x:g> { <x:a> <x:b> <x:c> } <x:h> { <x:a> <x:b> <x:c> , _:n } <x:a> <x:b> 1 ."
    assert [line[:12] for line in lines(text, ".trig")] == ["<x:a> <x:b> "] * 3


def test_relative_addresses_hang_under_the_file() -> None:
    assert lines("<#a> <x:b> <c> .") == ["<file:///boats.ttl#a> <x:b> <file:///c> ."]


def test_a_line_holds_no_line_break_nor_what_a_text_should_not_hold() -> None:
    (line,) = lines("<x:a> <x:b> 'a\\nb\u2028\u0085\u00ad\\u0000' .".replace("'", '"'))
    assert line == '<x:a> <x:b> "a\\nb\\u2028\\u0085\\u00AD\\u0000" .'


def test_a_statement_about_a_statement_is_kept() -> None:
    assert len(lines("<x:a> <x:b> <x:c> {| <x:d> [ <x:e> 1 ] |} .")) == 4


@pytest.mark.parametrize(
    ("suffix", "data", "said"),
    [
        (".ttl", b"\n<x:a> <x:b> .", "line 2"),
        (".ttl", b'<x:a> <x:b> "\xff" .', "UTF-8"),
        (".ttl", b"<x:a y> <x:b> 1 .", "line 1"),
        (".nt", b"<a> <b> <c> .", "line 1"),
        (".rdf", b"<rdf:RDF", "RDF/XML"),
        (".rdf", b'<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><r/>', "made of others"),
        (".rdf", b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>', "RDF/XML"),
        (".rdf", b"<a>" * 5000, "nested too deep"),
        (".jsonld", b"{", "no JSON"),
        (".jsonld", b'{"@context": "https://elsewhere.example/c", "@id": "x:a"}', "nothing is fetched"),
        (".jsonld", b'{"a:b":' * 5000 + b"1" + b"}" * 5000, "nested too deep"),
        (".jsonld", b'{"a:b":' * 300 + b"1" + b"}" * 300, "nested too deep"),
        (".ttl", b"<x:a> <x:b> " + b"<<( <x:a> <x:b> " * 5000, "nested too deep"),
    ],
)
def test_what_is_broken_or_hostile_is_told(suffix: str, data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        lines(data, suffix)
    assert caught.value.hint


@given(st.binary(max_size=200), st.sampled_from(sorted(SUFFIXES)))
def test_no_bytes_raise_anything_else(data: bytes, suffix: str) -> None:
    try:
        found = lines(data, suffix)
    except ReadError:
        return
    assert all(line.endswith(" .") for line in found)


def test_a_small_json_file_is_read() -> None:
    text = {"@context": {"name": "https://schema.org/name"}, "@id": "x:a", "name": ["Larkspur", "Heron"]}
    assert len(lines(json.dumps(text), ".jsonld")) == 2
