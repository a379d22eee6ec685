"""Every format is read by a program that others wrote, and what it finds is what the store holds."""

from __future__ import annotations

import io
import socket
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from lxml import etree
from rdflib.collection import Collection
from rdflib.namespace import RDF as RDF_

from kg.archive import Archive
from kg.errors import StoreError
from kg.export import FORMATS, export
from kg.ontology import Ontology
from kg.rdf.namespaces import AS, DCTERMS, ITSRDF, KGV, NIF, OA, PROV, RDF, local_name
from kg.store import Store
from tests.export.conftest import Fill
from tests.export.made import Made, graphs, hostile
from tests.export.readers import (
    DOCUMENT,
    Network,
    Reader,
    Triple,
    as_xml,
    described,
    evidence,
    from_oxigraph,
    from_rdflib,
    iri,
    of_kind,
    rdflib_all,
    rdflib_default,
    read_gexf,
    read_graphml,
    read_tables,
    stored,
    the,
)
from tests.texts import keep_text

Filled = Callable[[Made], Store]


@pytest.fixture(autouse=True)
def _by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """No reader fetches anything, and rdflib keeps literals as they are written."""

    def refuse(*_: object) -> None:
        raise AssertionError("a file sent its reader to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@pytest.fixture
def filled(tmp_path_factory: pytest.TempPathFactory, company: Ontology) -> Iterator[Filled]:
    """Makes a store of values, as a build does."""
    stores = []

    def make(made: Made) -> Store:
        store = Store.open(tmp_path_factory.mktemp("store"), create=True)
        stores.append(store)
        made.fill(store, company)
        return store

    yield make
    for store in stores:
        store.close()


def written(store: Store, name: str) -> bytes:
    out = io.BytesIO()
    export(store, name, out)
    return out.getvalue()


def check_one_graph(store: Store, name: str, syntax: str) -> None:
    assert rdflib_default(written(store, name), syntax) == {None: stored(store)[None]}


def check_all_graphs(store: Store, name: str, syntax: str) -> None:
    found = {graph: triples for graph, triples in rdflib_all(written(store, name), syntax).items() if triples}
    assert found == {graph: triples for graph, triples in stored(store).items() if triples}


def check_rdfxml(store: Store) -> None:
    def in_xml(triples: set[Triple]) -> set[Triple]:
        return {(s, p, (o[0], as_xml(str(o[1])), *o[2:])) for s, p, o in triples}

    assert rdflib_default(written(store, "rdfxml"), "xml") == {None: in_xml(stored(store)[None])}


def check_rdf12(store: Store) -> None:
    data = written(store, "rdf12")
    found = [from_oxigraph(quad.triple) for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)]
    expected = set(stored(store)[None])
    for subject, own in evidence(store).items():
        ends = [own.pop(RDF + name, set()) for name in ("subject", "predicate", "object")]
        if iri(RDF + "Statement") in own[RDF + "type"]:
            own[RDF + "type"].discard(iri(RDF + "Statement"))
            (s,), (p,), (o,) = ends
            expected.add((iri(subject), iri(RDF + "reifies"), (s, p, o)))
        expected |= {(iri(subject), iri(p), o) for p, nodes in own.items() for o in nodes}
    assert set(found) == expected
    assert len(found) == len(expected)  # each of them once


def check_network(store: Store, name: str, reader: Reader) -> None:
    known, graph = Network(store), reader(written(store, name))
    assert {(n, data["label"], data["type"], data["mentions"]) for n, data in graph.nodes(data=True)} == {
        (node, as_xml(label), kind, known.mentions[node]) for node, (label, kind) in known.entities.items()
    }
    edges = [
        (s, data["predicate"], o, data["documents"], data.get("confidence")) for s, o, data in graph.edges(data=True)
    ]
    assert Counter(edges) == Counter((*link, *in_xml(known.support(*link))) for link in known.links)
    own = {"label", "type", "aliases", "mentions"}
    literals: dict[tuple[str, str], list[str]] = defaultdict(list)
    for subject, predicate, words, _ in known.literals:
        called = as_xml(known.names[predicate])
        literals[subject, f"{called} (fact)" if called in own else called] += as_xml(words).split(" | ")
    assert {
        (node, key): Counter(str(value).split(" | "))
        for node, data in graph.nodes(data=True)
        for key, value in data.items()
        if key not in own
    } == {key: Counter(values) for key, values in literals.items()}


def in_xml(support: tuple[str, float | None]) -> tuple[str, float | None]:
    return as_xml(support[0]), support[1]


def check_gexf(store: Store) -> None:
    check_network(store, "gexf", read_gexf)
    root = etree.fromstring(written(store, "gexf"))
    inside = {"g": "http://gexf.net/1.3"}

    def all_of(path: str) -> list[str]:
        found = root.xpath(path, namespaces=inside)
        assert isinstance(found, list)
        return [str(one) for one in found]

    assert not all_of("//@lastmodifieddate")
    assert set(all_of("//g:edge/@source | //g:edge/@target")) <= set(all_of("//g:node/@id"))
    for kind in ("node", "edge"):
        declared = all_of(f"//g:attributes[@class='{kind}']/g:attribute/@id")
        assert len(declared) == len(set(declared))
        assert set(all_of(f"//g:{kind}/g:attvalues/g:attvalue/@for")) == set(declared)


def check_csv(store: Store, tmp_path: Path) -> None:
    known = Network(store)
    nodes, edges = read_tables(export(store, "csv", tmp_path / "tables"))
    assert {(row["iri"], row["label"], row["type"], int(row["mentions"])) for row in nodes} == {
        (node, label, kind, known.mentions[node]) for node, (label, kind) in known.entities.items()
    }
    rows = [(row["subject"], row["predicate"], row["object"], row["kind"]) for row in edges]
    assert Counter(rows) == Counter([*((*link, "entity") for link in known.links), *known.literals])
    for row in edges:
        if row["kind"] == "entity":
            documents, surest = known.support(row["subject"], row["predicate"], row["object"])
            assert (row["documents"], row["confidence"]) == (documents, "" if surest is None else str(surest))


def check_webannotation(store: Store) -> None:
    graph = rdflib.Graph().parse(data=written(store, "webannotation"), format="json-ld")
    found = described(from_rdflib(graph))
    texts = {iri_: texts_of(store)[the(own[DCTERMS + "identifier"])] for iri_, own in documents(store).items()}
    annotations = of_kind(found, OA + "Annotation")
    standing = set()
    for own in annotations.values():
        target = found[the(own[OA + "hasTarget"])]
        text = texts[the(target[OA + "hasSource"])]
        selectors = [found[str(node[1])] for node in target[OA + "hasSelector"]]
        (position,) = (it for it in selectors if iri(OA + "TextPositionSelector") in it[RDF + "type"])
        (quote,) = (it for it in selectors if iri(OA + "TextQuoteSelector") in it[RDF + "type"])
        begin, end = int(the(position[OA + "start"])), int(the(position[OA + "end"]))
        around = [the(quote[OA + name]) for name in ("prefix", "exact", "suffix")]
        assert around[1] == text[begin:end]
        assert "".join(around) == text[max(0, begin - 32) : end + 32]
        motivation = the(own[OA + "motivatedBy"])
        bodies = {str(node[1]) for node in own[OA + "hasBody"] if node[0] == "IRI"}
        standing |= {(motivation, the(target[OA + "hasSource"]), begin, end, body) for body in bodies}
    records, mentions = (of_kind(evidence(store), kind) for kind in (RDF + "Statement", KGV + "Mention"))
    assert standing == {
        *((OA + "describing", *place(own), record) for record, own in records.items()),
        *((OA + "identifying", *place(own), str(e[1])) for own in mentions.values() for e in own[KGV + "refersTo"]),
    }
    facets = {RDF + name for name in ("subject", "predicate", "object")}
    facets |= {KGV + name for name in ("stance", "confidence", "rule", "speaker", "time", "place")}
    assert {(subject, p, o) for subject in records for p, nodes in found[subject].items() for o in nodes} == {
        (record, p, o) for record, own in records.items() for p, nodes in own.items() if p in facets for o in nodes
    } | {(record, RDF + "type", iri(RDF + "Statement")) for record in records}
    (page,) = graph.subjects(RDF_.type, rdflib.URIRef(AS + "OrderedCollectionPage"))
    items = graph.value(page, rdflib.URIRef(AS + "items"))
    assert [] if items is None else {str(item) for item in Collection(graph, items)} == set(annotations)


def check_nif(store: Store) -> None:
    found = described(from_rdflib(rdflib.Graph().parse(data=written(store, "nif"), format="turtle")))
    contexts = of_kind(found, NIF + "Context")
    assert {(the(own[NIF + "sourceUrl"]), the(own[NIF + "isString"])) for own in contexts.values()} == {
        (iri_, texts_of(store)[the(own[DCTERMS + "identifier"])]) for iri_, own in documents(store).items()
    }
    known = Network(store)
    sentences, phrases = set(), set()
    for string, own in found.items():
        begin, end = int(the(own[NIF + "beginIndex"])), int(the(own[NIF + "endIndex"]))
        assert string.endswith(f"#char={begin},{end}")
        if NIF + "anchorOf" in own:
            context = contexts[the(own[NIF + "referenceContext"])]
            assert the(own[NIF + "anchorOf"]) == the(context[NIF + "isString"])[begin:end]
            at = (the(context[NIF + "sourceUrl"]), begin, end)
            if iri(NIF + "Sentence") in own[RDF + "type"]:
                sentences.add(at)
            classes = {known.entities[str(entity[1])][1] for entity in own.get(ITSRDF + "taIdentRef", ())}
            assert {local_name(str(kind[1])) for kind in own.get(ITSRDF + "taClassRef", ())} == classes
            phrases |= {(*at, str(entity[1])) for entity in own.get(ITSRDF + "taIdentRef", ())}
    said = evidence(store)
    assert sentences == {place(own) for own in of_kind(said, KGV + "Sentence").values()}
    mentions = of_kind(said, KGV + "Mention").values()
    assert phrases == {(*place(own), str(entity[1])) for own in mentions for entity in own[KGV + "refersTo"]}


def documents(store: Store) -> dict[str, dict[str, set[tuple[object, ...]]]]:
    return of_kind(evidence(store), DOCUMENT)


def texts_of(store: Store) -> dict[str, str]:
    return Archive(store.folder).texts()


def place(own: dict[str, set[tuple[object, ...]]]) -> tuple[str, int, int]:
    """Document, begin and end of what stands in a text."""
    begin, end = (int(the(own[KGV + name])) for name in ("beginOffset", "endOffset"))
    return the(own[KGV + "inDocument"]), begin, end


CHECKS: dict[str, Callable[[Store, Path], None]] = {
    "turtle": lambda store, _: check_one_graph(store, "turtle", "turtle"),
    "trig": lambda store, _: check_all_graphs(store, "trig", "trig"),
    "nquads": lambda store, _: check_all_graphs(store, "nquads", "nquads"),
    "jsonld": lambda store, _: check_all_graphs(store, "jsonld", "json-ld"),
    "rdfxml": lambda store, _: check_rdfxml(store),
    "rdf12": lambda store, _: check_rdf12(store),
    "graphml": lambda store, _: check_network(store, "graphml", read_graphml),
    "gexf": lambda store, _: check_gexf(store),
    "csv": check_csv,
    "webannotation": lambda store, _: check_webannotation(store),
    "nif": lambda store, _: check_nif(store),
}


def test_every_format_is_read_back() -> None:
    assert list(CHECKS) == list(FORMATS)


@pytest.mark.parametrize("name", CHECKS)
def test_of_the_sample_graph(name: str, boatyard: list[ox.Quad], fill: Fill, tmp_path: Path) -> None:
    CHECKS[name](fill(boatyard), tmp_path)


@pytest.mark.parametrize("name", CHECKS)
def test_of_a_hostile_graph(name: str, filled: Filled, tmp_path: Path) -> None:
    CHECKS[name](filled(hostile()), tmp_path)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(made=graphs())
def test_of_any_graph(made: Made, filled: Filled, tmp_path: Path) -> None:
    store = filled(made)
    for check in CHECKS.values():
        check(store, tmp_path)


def test_rdf12_does_not_assert_what_is_denied(boatyard: list[ox.Quad], fill: Fill) -> None:
    data = written(fill(boatyard), "rdf12").decode()
    assert "    company:produces e:heron-9\n        ~ ev:01b6024f1c42f38d {|\n            a prov:Entity ;\n" in data
    assert "\nev:3e9492045bde7d6a a prov:Entity ;\n" in data
    assert "    rdf:reifies <<( e:larkspur-marine company:hasBrand e:ostrava-sails )>> ;\n" in data
    assert "company:hasBrand" not in data.replace("<<( e:larkspur-marine company:hasBrand", "")
    assert "kgv:denied" in data
    assert PROV + "Entity" not in data


@pytest.mark.parametrize("name", ["webannotation", "nif"])
def test_a_text_that_is_not_kept_is_said(name: str, boatyard: list[ox.Quad], fill: Fill) -> None:
    store = fill(boatyard)
    Archive(store.folder).forget("falk interview")
    with pytest.raises(StoreError, match=r"'falk interview' is not kept as it was read \(kg build"):
        written(store, name)


@pytest.mark.parametrize("name", ["webannotation", "nif"])
def test_a_text_that_was_read_anew_is_said(name: str, filled: Filled) -> None:
    made = hostile()
    store = filled(made)
    keep_text(store, replace(made.documents[0], text="Another text."))
    with pytest.raises(StoreError, match="is not kept as it was read"):
        written(store, name)


def test_gexf_keeps_parallel_facts_apart_by_their_kind(boatyard: list[ox.Quad], fill: Fill) -> None:
    company, entity = "https://w3id.org/evident-kg/company#", "https://kg.example/entity/"
    ends = ox.NamedNode(entity + "larkspur-marine"), ox.NamedNode(entity + "ostrava-sails")
    more = ox.Quad(ends[0], ox.NamedNode(company + "acquired"), ends[1])
    root = etree.fromstring(written(fill([*boatyard, more]), "gexf"))
    path = f"//g:edge[@source='{ends[0].value}'][@target='{ends[1].value}']/@kind"
    kinds = root.xpath(path, namespaces={"g": "http://gexf.net/1.3"})
    assert kinds == [company + "acquired", company + "partnerOf"]
