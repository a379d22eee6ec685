from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.facts import entities, explain, facts
from kg.model import STANCES
from kg.store import Store
from tests.boatyard import BASE, COMPANY, stored

KEYS = [
    "id",
    "s",
    "o",
    "p",
    "s_iri",
    "p_iri",
    "o_iri",
    "stance",
    "confidence",
    "speaker",
    "quote",
    "begin",
    "end",
    "rule",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with stored(tmp_path_factory.mktemp("graph")) as reader:
        yield reader


def short(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["s"][0], row["p"], row["o"][0]


def test_a_row_holds_all_that_is_known_of_a_fact(store: Store) -> None:
    row = next(row for row in facts(store) if row["p"] == "pursues")
    assert list(row) == KEYS
    assert row == {
        "id": "falk interview",
        "s": ["Larkspur Marine", "LM", "Larkspur"],
        "o": ["Quiet Sailing", "静かな帆走"],
        "p": "pursues",
        "s_iri": BASE + "entity/larkspur-marine",
        "p_iri": COMPANY + "pursues",
        "o_iri": BASE + "entity/quiet-sailing",
        "stance": "asserted",
        "confidence": 0.9,
        "speaker": "Ines Falk",
        "quote": "We pursue Quiet Sailing",
        "begin": row["begin"],
        "end": row["begin"] + len("We pursue Quiet Sailing"),
        "rule": "verb and object",
    }


def test_rows_stand_in_the_order_of_the_text(store: Store) -> None:
    rows = facts(store)
    assert len(rows) == 13
    places = [(row["id"], row["begin"], row["end"], row["p"]) for row in rows]
    assert places == sorted(places)


def test_of_several_pieces_of_evidence_the_surest_is_shown(store: Store) -> None:
    [row] = [row for row in facts(store) if row["p"] == "produces"]
    assert (row["confidence"], row["quote"]) == (0.87, "makes the Heron 9")


@pytest.mark.parametrize(
    ("p", "value"),
    [("foundingDate", "2007-04"), ("launchDate", "2015"), ("price", "29990 EUR"), ("jobTitle", "managing director")],
)
def test_a_literal_is_a_list_of_one_string_without_an_iri(store: Store, p: str, value: str) -> None:
    [row] = [row for row in facts(store) if row["p"] == p]
    assert (row["o"], row["o_iri"]) == ([value], None)


def test_other_stances_only_when_they_are_asked_for(store: Store) -> None:
    assert {row["stance"] for row in facts(store)} == {"asserted"}
    assert [short(row) for row in facts(store, stances=("denied",))] == [
        ("Larkspur Marine", "hasBrand", "Ostrava Sails")
    ]
    assert len(facts(store, stances=STANCES)) == 15


def test_facts_of_one_document(store: Store) -> None:
    some = facts(store, document="falk interview")
    assert some == [row for row in facts(store) if row["id"] == "falk interview"]
    assert some


def test_an_unknown_document_gets_the_nearest_ones(store: Store) -> None:
    with pytest.raises(UsageError, match="did you mean: falk interview"):
        facts(store, document="falk-interview")


def test_a_symmetric_fact_said_both_ways_in_one_document_is_one_row(tmp_path: Path) -> None:
    def node(name: str) -> ox.NamedNode:
        return ox.NamedNode(BASE + name)

    graph, record = node("graph/evidence/larkspur-profile"), node("statement/back")
    rdf, kgv, prov = (
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "https://w3id.org/evident-kg/vocab#",
        "http://www.w3.org/ns/prov#",
    )
    values: dict[str, ox.NamedNode | ox.Literal] = {
        rdf + "subject": node("entity/ostrava-sails"),
        rdf + "predicate": ox.NamedNode(COMPANY + "partnerOf"),
        rdf + "object": node("entity/larkspur-marine"),
        kgv + "stance": ox.NamedNode(kgv + "asserted"),
        kgv + "confidence": ox.Literal(0.4),
        kgv + "inDocument": node("document/larkspur-profile"),
        kgv + "quote": ox.Literal("together"),
        kgv + "beginOffset": ox.Literal(230),
        kgv + "endOffset": ox.Literal(238),
        kgv + "rule": ox.Literal("test"),
        prov + "wasDerivedFrom": node("document/larkspur-profile#char=0,1"),
        prov + "wasGeneratedBy": node("extractor/test"),
    }
    more = [ox.Quad(record, ox.NamedNode(predicate), value, graph) for predicate, value in values.items()]
    with stored(tmp_path, *more) as store:
        partners = [row for row in facts(store) if row["p"] == "partnerOf"]
        assert [short(row) for row in partners] == [("Larkspur Marine", "partnerOf", "Ostrava Sails")]
        assert len(explain(store, "Ostrava Sails", "partnerOf")) == 2


def test_entities_stand_once_a_document(store: Store) -> None:
    rows = entities(store)
    assert [list(row) for row in rows[:1]] == [["id", "s", "iri", "type", "mentions"]]
    keys = [(row["id"], row["iri"]) for row in rows]
    assert keys == sorted(set(keys))
    profile = {row["s"][0]: row for row in rows if row["id"] == "larkspur-profile"}
    assert profile["Ostrava Sails"]["mentions"] == 2
    assert profile["Heron 9"]["type"] == "Vehicle"
    assert {row["id"] for row in rows if row["s"][0] == "Ines Falk"} == {"falk interview", "larkspur-profile"}


@pytest.mark.parametrize(
    "name", ["Larkspur Marine", "lm", "LARKSPUR", "e:larkspur-marine", f"<{BASE}entity/larkspur-marine>"]
)
@pytest.mark.parametrize(
    "predicate", ["produces", "PRODUCES", "makes or sells", "company:produces", COMPANY + "produces"]
)
def test_a_fact_is_found_by_any_of_its_names(store: Store, name: str, predicate: str) -> None:
    found = explain(store, name, predicate, "Heron 9")
    assert [item.fact["quote"] for item in found] == ["makes the Heron 9", "The Heron 9"]


def test_an_explanation_holds_the_sentence_and_where_it_came_from(store: Store) -> None:
    [found] = explain(store, "Larkspur Marine", "founder", "Falk")
    assert found.sentence == "Larkspur Marine was founded in April 2007 by Ines Falk."
    assert (
        found.sentence[found.fact["begin"] - found.sentence_begin : found.fact["end"] - found.sentence_begin]
        == (found.fact["quote"])
    )
    assert (found.document, found.source, found.extractor) == ("larkspur-profile", "larkspur.txt", "rules-1")
    assert (found.time, found.place) == ("2007-04", None)


def test_every_stance_is_explained(store: Store) -> None:
    assert {item.fact["stance"] for item in explain(store, "Larkspur Marine")} == {"asserted", "denied", "planned"}


def test_a_subject_alone_is_found_in_either_place(store: Store) -> None:
    found = {short(item.fact) for item in explain(store, "Golden Anchor")}
    assert found == {("Heron 9", "receivedAward", "Golden Anchor"), ("Golden Anchor", "awardedBy", "Harbour Guild")}


def test_with_a_predicate_only_a_symmetric_one_holds_both_ways(store: Store) -> None:
    assert [short(item.fact) for item in explain(store, "Ostrava Sails", "partnerOf", "Larkspur")] == [
        ("Larkspur Marine", "partnerOf", "Ostrava Sails")
    ]
    assert explain(store, "Heron 9", "produces") == []
    assert explain(store, "Heron 9", "produces", "Larkspur") == []


@pytest.mark.parametrize(("p", "value"), [("foundingDate", "2007-04"), ("price", "29990 eur"), (None, "2007-04")])
def test_an_object_may_be_a_literal(store: Store, p: str | None, value: str) -> None:
    subject = "Heron 9" if p == "price" else "Larkspur Marine"
    assert len(explain(store, subject, p, value)) == 1


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        (("Larkspurr",), "did you mean: Larkspur"),
        (("Larkspur", "prodces"), "did you mean: produces"),
        (("Larkspur", "produces", "Heronn 9"), "did you mean: Heron 9"),
        (("zzzzzz",), "known: "),
    ],
)
def test_an_unknown_name_gets_the_nearest_ones(store: Store, asked: tuple[str, ...], hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        explain(store, *asked)
    assert hint in caught.value.hint


def test_an_empty_graph_gives_empty_answers(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as writer:
        writer.manifest = {"base": BASE, "prefixes": {}}
    with Store.view(tmp_path) as store:
        assert facts(store) == entities(store) == []
        with pytest.raises(UsageError):
            explain(store, "anything")
