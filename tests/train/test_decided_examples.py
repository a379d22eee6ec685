"""Verdicts on a graph become examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.decisions import Accept, Reject
from kg.model import Document as Text
from kg.model import Evidence, Extraction, Label, LocalEntity, LocalStatement, Span, Value
from kg.ontology import load, shipped
from kg.rdf import by_document, decisions_graph, default_graph, evidence_graph, prefixes
from kg.rdf.iris import decisions_graph_iri, evidence_graph_iri
from kg.resolve import resolve
from kg.store import Store

pytest.importorskip("torch")
from kg.train.decided import decided
from kg.train.oskgc import keys_of

C = "https://w3id.org/evident-kg/company#"
BASE = "https://kg.example/"
FIRST = "Ferrol makes the Heron and the Egret in Tarn. "
TEXT = FIRST + "It was founded in 1911."
SENTENCES = (Span(0, len(FIRST) - 1), Span(len(FIRST), len(TEXT)))


def evidence(begin: int) -> Evidence:
    sentence = next(one for one in SENTENCES if one.begin <= begin < one.end)
    return Evidence(sentence, sentence.of(TEXT), sentence)


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """A graph of two sentences, in which two of four statements were judged right and one wrong."""

    def thing(cls: str, *names: str) -> LocalEntity:
        spans = tuple(Span(TEXT.index(name), TEXT.index(name) + len(name)) for name in names)
        return LocalEntity(C + cls, (Label(names[0]),), spans, (True, False)[: len(spans)])

    things = (thing("Organization", "Ferrol", "It"), thing("Product", "Heron"), thing("Product", "Egret"))
    said: list[tuple[str, int | Value, int]] = [
        ("produces", 1, 0),
        ("produces", 2, 0),
        ("foundingDate", Value("1911", "gYear"), len(FIRST)),
    ]
    statements = tuple(
        LocalStatement(0, C + name, target, evidence(begin), "asserted", "by hand", 0.9) for name, target, begin in said
    )
    made = Extraction(Text("a", TEXT, "a.txt"), SENTENCES, things, statements, ())
    firm = BASE + "entity/ferrol"
    verdicts = (
        Accept(firm, C + "produces", BASE + "entity/heron", "a", FIRST),
        Reject(firm, C + "produces", BASE + "entity/egret"),
        Accept(firm, C + "foundingDate", "1911"),
    )
    ontology = load([shipped("company.ttl")])
    found = resolve([made], ontology, BASE, verdicts)
    spoken = by_document(found.entities, found.statements)["a"]
    with Store.open(tmp_path, create=True) as store:
        store.manifest = {"base": BASE, "prefixes": prefixes(BASE), "ontology": "none", "model": "none"}
        store.put(None, default_graph(found.entities, found.statements, ontology, BASE))
        store.put(
            evidence_graph_iri(BASE, "a"),
            evidence_graph(
                made.document, made.sentences, spoken.things, spoken.statements, base=BASE, extractor="rules-1"
            ),
        )
        store.put(decisions_graph_iri(BASE), decisions_graph(found.outcomes, BASE))
    return tmp_path


def test_accepted_facts_are_links_and_rejected_ones_are_mentions_without(graph: Path) -> None:
    keys = keys_of(load([shipped("company.ttl")]))
    first, second = sorted(decided(graph, "own", keys), key=lambda example: example.text)
    words = [first.text[b:e] for b, e, _ in first.mentions]
    assert words == ["Ferrol", "Heron", "Egret"]
    assert [(words[s], key, words[o]) for s, key, o in first.links] == [("Ferrol", keys["produces"], "Heron")]
    assert not first.complete
    assert [second.text[b:e] for b, e, _ in second.mentions] == ["It", "1911"]
    assert [key for _, key, _ in second.links] == [keys["foundingDate"]]


def test_a_graph_without_verdicts_gives_no_example(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.manifest = {"base": BASE, "prefixes": {}, "ontology": "none", "model": "none"}
    assert list(decided(tmp_path, "own", {})) == []
