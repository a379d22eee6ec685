"""One thing in the store is changed at a time, and it, and it alone, is found."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import STANCES
from kg.verify.found import differing, first_difference
from kg.verify.record import Known
from kg.verify.records import check
from tests.verify.boats import Boats

DENIED = "news/2, characters 9 to 35"
MAKES = "talk, characters 11 to 28"
OWNS = "GRAPH <https://kg.example/graph/evidence/news%2F2> { ?st kgv:stance kgv:denied"
NEWS = "GRAPH <https://kg.example/graph/evidence/news%2F2>"
TALK = "GRAPH <https://kg.example/graph/evidence/talk>"


def put(name: str, value: str) -> str:
    """Give the denied statement another value of a property."""
    return (
        f"DELETE {{ {NEWS} {{ ?st {name} ?old }} }} INSERT {{ {NEWS} {{ ?st {name} {value} }} }} "
        f"WHERE {{ {OWNS} ; {name} ?old }} }}"
    )


def add(what: str) -> str:
    """Say something more of the denied statement."""
    return f"INSERT {{ {NEWS} {{ ?st {what} }} }} WHERE {{ {OWNS} }} }}"


def remove(name: str) -> str:
    return f"DELETE {{ {NEWS} {{ ?st {name} ?old }} }} WHERE {{ {OWNS} ; {name} ?old }} }}"


def change(graph: str, which: str, name: str, value: str) -> str:
    """Give another value to a property of the one record for which `which` holds."""
    return (
        f"DELETE {{ {graph} {{ ?x {name} ?old }} }} INSERT {{ {graph} {{ ?x {name} {value} }} }} "
        f"WHERE {{ {graph} {{ ?x {which} ; {name} ?old }} }}"
    )


def test_what_is_sound_gives_no_finding(boats: Boats) -> None:
    report = boats.verify("docs")
    assert (report.name, report.findings, report.notes) == ("verify", (), ())
    assert report.checked == 9 + 14 + 8  # statements and sentences, mentions


@pytest.mark.parametrize(
    ("update", "where", "what"),
    [
        # words and offsets; 𝔖 and 😀 take two UTF-16 units and one code point
        (
            put("kgv:quote", '"does not own Ostrava Sails"'),
            DENIED,
            "its kgv:quote is “does not own Ostrava Sails”, and",
        ),
        (put("kgv:beginOffset", "8"), "news/2, characters 8 to 35", "the text there is “ does not own Ostrava 𝔖ails”"),
        (put("kgv:endOffset", "34"), "news/2, characters 9 to 34", "the text there is “does not own Ostrava 𝔖ail”"),
        (put("kgv:endOffset", "37"), "news/2, characters 9 to 37", "ends behind the text, which has 36 characters"),
        (put("kgv:endOffset", "9"), "news/2, characters 9 to 9", "its offsets hold no character: 9 to 9"),
        (put("kgv:beginOffset", "-1"), "news/2, characters -1 to 35", "its offsets hold no character: -1 to 35"),
        (put("kgv:beginOffset", '"9"'), "news/2", "its kgv:beginOffset is no whole number: “9”"),
        (remove("kgv:endOffset"), "news/2", "it has no kgv:endOffset"),
        (
            change(TALK, "a kgv:Sentence ; kgv:endOffset 71", "kgv:text", '"The Heron 9 costs 39,990 euros."'),
            "talk, characters 40 to 71",
            "its kgv:text is “The Heron 9 costs 39,990 euros.”, and the text there is “The Heron 9 costs 29,990",
        ),
        (
            change(TALK, "a kgv:Mention ; kgv:beginOffset 21", "kgv:quote", '"Heron 8"'),
            "talk, characters 21 to 28",
            "mention #mention=21,28: its kgv:quote is “Heron 8”",
        ),
        # sentence and document
        (
            put("prov:wasDerivedFrom", "<https://kg.example/document/talk#char=0,39>"),
            DENIED,
            "its sentence <https://kg.example/document/talk#char=0,39> is no sentence of its document",
        ),
        (
            put("prov:wasDerivedFrom", "<https://kg.example/document/news%2F2#mention=0,8>"),
            DENIED,
            "is no sentence of its document",
        ),
        (
            change(
                TALK, "kgv:stance kgv:planned", "prov:wasDerivedFrom", "<https://kg.example/document/talk#char=40,71>"
            ),
            "talk, characters 143 to 165",
            "it stands outside its sentence, characters 40 to 71",
        ),
        (put("kgv:inDocument", "d:talk"), DENIED, "it belongs to another document, <https://kg.example/document/talk>"),
        # what a statement claims
        (add("rdf:subject e:ostrava"), DENIED, "it has 2 values of rdf:subject, not one"),
        (remove("rdf:predicate"), DENIED, "it has no rdf:predicate"),
        (remove("rdf:object"), DENIED, "it has no rdf:object"),
        (remove("kgv:rule"), DENIED, "it has no kgv:rule"),
        (put("kgv:rule", '""'), DENIED, "its rule has no name"),
        (remove("prov:wasGeneratedBy"), DENIED, "it has no prov:wasGeneratedBy"),
        (remove("prov:wasDerivedFrom"), DENIED, "it has no prov:wasDerivedFrom"),
        (remove("kgv:inDocument"), DENIED, "it has no kgv:inDocument"),
        (put("rdf:subject", "e:nobody"), DENIED, "its subject <https://kg.example/entity/nobody> is not described"),
        (put("rdf:object", "e:nobody"), DENIED, "its object <https://kg.example/entity/nobody> is not described"),
        (put("rdf:subject", '"Larkspur"'), DENIED, 'its subject is no thing: "Larkspur"'),
        (add("kgv:speaker e:nobody"), DENIED, "its speaker <https://kg.example/entity/nobody> is not described"),
        (add("kgv:place e:nobody"), DENIED, "its place <https://kg.example/entity/nobody> is not described"),
        (add("kgv:time e:larkspur"), DENIED, "its time is no date: <https://kg.example/entity/larkspur>"),
        (add("kgv:time 2016, 2017"), DENIED, "it has 2 values of kgv:time, not one at most"),
        (
            put("rdf:predicate", ":rents"),
            DENIED,
            "its predicate <https://boats.example/rents> is not in the stored ontology",
        ),
        (put("kgv:stance", "kgv:sung"), DENIED, "its stance is kgv:sung, which is none of asserted, denied"),
        (put("kgv:confidence", "1.1"), DENIED, "its confidence is no number from 0 to 1: “1.1”"),
        (put("kgv:confidence", "-0.1"), DENIED, "its confidence is no number from 0 to 1: “-0.1”"),
        (put("kgv:confidence", '"high"'), DENIED, "its confidence is no number from 0 to 1: “high”"),
        (add("rdfs:comment 'x'"), DENIED, "it has rdfs:comment, which no statement has"),
        (add("a kgv:Mention"), DENIED, "its types do not tell whether"),
        (f"DELETE WHERE {{ {NEWS} {{ ?st a prov:Entity }} }}", DENIED, "its types are rdf:Statement"),
        # the hash
        (put("kgv:stance", "kgv:planned"), DENIED, "its IRI is not that of what it holds"),
        (put("rdf:subject", "e:heron-9"), DENIED, "its IRI is not that of what it holds"),
        (put("rdf:predicate", ":makes"), DENIED, "its IRI is not that of what it holds"),
        (put("rdf:object", '"Ostrava"'), DENIED, "its IRI is not that of what it holds"),
        (put("kgv:rule", '"another"'), DENIED, "its IRI is not that of what it holds"),
        # mentions and sentences
        (
            change(NEWS, "a kgv:Mention ; kgv:beginOffset 22", "kgv:refersTo", "e:nobody"),
            "news/2, characters 22 to 35",
            "it refers to <https://kg.example/entity/nobody>, which the default graph does not describe",
        ),
        (
            change(NEWS, "a kgv:Mention ; kgv:beginOffset 22", "kgv:named", '"perhaps"'),
            "news/2, characters 22 to 35",
            "its kgv:named is neither true nor false",
        ),
        (
            f"INSERT DATA {{ {NEWS} {{ d:x a kgv:Sentence ; kgv:inDocument <https://kg.example/document/news%2F2> ; "
            'kgv:beginOffset 0 ; kgv:endOffset 8 ; kgv:text "Larkspur" } }',
            "news/2, characters 0 to 8",
            "its IRI is not that of what it holds, <https://kg.example/document/news%2F2#char=0,8>",
        ),
        (f"INSERT DATA {{ {NEWS} {{ e:stray rdfs:label 'x' }} }}", "news/2", "its types do not tell whether"),
    ],
)
def test_what_is_changed_in_a_record_is_found(boats: Boats, update: str, where: str, what: str) -> None:
    boats.corrupt(update)
    ((place, said),) = boats.findings("docs")
    assert place == where
    assert what in said


def test_a_changed_assertion_is_found_with_its_fact(boats: Boats) -> None:
    boats.corrupt(change(TALK, "kgv:stance kgv:asserted ; rdf:predicate :makes", "kgv:stance", "kgv:denied"))
    fact, record = boats.findings()
    assert fact == (
        "default graph, <https://kg.example/entity/larkspur>",
        f"this fact has no asserted statement behind it: Larkspur makes Heron 9; it is only denied at {MAKES}",
    )
    assert (record[0], "IRI" in record[1]) == (MAKES, True)


def test_every_stance_is_known(boats: Boats) -> None:
    for stance in STANCES:
        boats.corrupt(put("kgv:stance", f"kgv:{stance}").replace("kgv:stance kgv:denied", "rdf:predicate :owns"))
        assert not [what for _, what in boats.findings() if "its stance is" in what]


@given(st.text(), st.text(), st.text(min_size=1))
def test_the_first_difference(same: str, one: str, other: str) -> None:
    n = first_difference(same + one, same + other)
    assert (same + one)[:n] == (same + other)[:n]
    assert n >= len(same)
    assert (same + one)[n : n + 1] != (same + other)[n : n + 1] or same + one == same + other
    assert all(len(shown) < 80 for shown in differing(same + one, same + other))


@given(st.text(alphabet="ab 😀𝔖é", min_size=1), st.data())
def test_a_quote_is_sound_where_the_text_holds_it_and_nowhere_else(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    words = data.draw(st.sampled_from([text[begin:end], text[begin:end] + "x", "x"]))
    node, kgv = ox.NamedNode, "https://w3id.org/evident-kg/vocab#"
    mention = node(f"urn:b/document/a#mention={begin},{end}")
    quads = [
        ox.Quad(mention, node("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), node(kgv + "Mention")),
        ox.Quad(mention, node(kgv + "inDocument"), node("urn:b/document/a")),
        ox.Quad(mention, node(kgv + "beginOffset"), ox.Literal(begin)),
        ox.Quad(mention, node(kgv + "endOffset"), ox.Literal(end)),
        ox.Quad(mention, node(kgv + "quote"), ox.Literal(words)),
        ox.Quad(mention, node(kgv + "refersTo"), node("urn:b/entity/e")),
        ox.Quad(mention, node(kgv + "named"), ox.Literal(True)),
    ]
    found, count = check("a", quads, text, Known("urn:b/", {"urn:b/entity/e"}, set()))
    assert count == 1
    assert bool(found) == (words != text[begin:end])
