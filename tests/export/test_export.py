from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.errors import StoreError, UsageError
from kg.export import FORMATS, export
from kg.export.beside import GraphFiles
from kg.rdf.namespaces import XSD
from kg.store import Store
from tests.drafts import draft

Fill = Callable[[Iterable[ox.Quad]], Store]

E = "https://kg.example/entity/"
P = "https://w3id.org/evident-kg/company#"
BOTH = {"trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}
DEFAULT = {"turtle": "turtle", "rdfxml": "xml"}
OXIGRAPH = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def written(store: Store, name: str) -> bytes:
    out = io.BytesIO()
    export(store, name, out)
    return out.getvalue()


def graph_of(quads: list[ox.Quad]) -> rdflib.Graph:
    """The quads' triples, by way of N-Triples."""
    graph = rdflib.Graph()
    graph.parse(data="".join(f"{quad.triple} .\n" for quad in quads), format="nt")
    return graph


def is_default(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.DefaultGraph)


@pytest.mark.parametrize("name", DEFAULT)
def test_rdflib_reads_the_default_graph_back(name: str, boatyard: list[ox.Quad], fill: Fill) -> None:
    read = rdflib.Graph().parse(data=written(fill(boatyard), name), format=DEFAULT[name])
    assert isomorphic(read, graph_of([quad for quad in boatyard if is_default(quad)]))


@pytest.mark.parametrize("name", BOTH)
def test_rdflib_reads_all_graphs_back(name: str, boatyard: list[ox.Quad], fill: Fill) -> None:
    read = rdflib.Dataset()
    read.parse(data=written(fill(boatyard), name), format=BOTH[name])
    graphs = {quad.graph_name for quad in boatyard}
    assert {str(graph.identifier) for graph in read.graphs() if len(graph)} >= {
        graph.value for graph in graphs if isinstance(graph, ox.NamedNode)
    }
    for graph in graphs:
        found = read.default_graph if isinstance(graph, ox.DefaultGraph) else read.graph(graph.value)
        assert isomorphic(found, graph_of([quad for quad in boatyard if quad.graph_name == graph]))


@pytest.mark.parametrize("name", OXIGRAPH)
def test_oxigraph_reads_the_same_quads_back(name: str, boatyard: list[ox.Quad], fill: Fill) -> None:
    read = set(ox.parse(written(fill(boatyard), name), format=OXIGRAPH[name]))
    assert read == {quad for quad in boatyard if name in BOTH or is_default(quad)}


@pytest.mark.parametrize("name", FORMATS)
def test_the_order_of_insertion_does_not_show(name: str, boatyard: list[ox.Quad], fill: Fill, tmp_path: Path) -> None:
    seen = set()
    for seed in range(3):
        quads = list(boatyard)
        random.Random(seed).shuffle(quads)
        folder = tmp_path / str(seed)
        folder.mkdir()
        seen.add(tuple((path.name, path.read_bytes()) for path in export(fill(quads), name, folder)))
    assert len(seen) == 1


def test_hash_seeds_do_not_show(boatyard: list[ox.Quad], fill: Fill, tmp_path: Path) -> None:
    store = fill(boatyard)
    store.close()
    code = (
        "import sys; from pathlib import Path; from kg.store import Store; from kg.export import FORMATS, export\n"
        "store = Store.view(Path(sys.argv[1])); out = Path(sys.argv[2]); out.mkdir()\n"
        "for name in FORMATS: export(store, name, out)"
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, str(store.folder), str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
    names = sorted(path.name for path in (tmp_path / "1").iterdir())
    assert len(names) == len(FORMATS) + 1  # csv is two files
    for file in names:
        assert (tmp_path / "1" / file).read_bytes() == (tmp_path / "2" / file).read_bytes(), file


def test_turtle_reads_well(fill: Fill) -> None:
    node = ox.NamedNode
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    rdfs = "http://www.w3.org/2000/01/rdf-schema#"
    heron, yard = node(E + "heron-9"), node(E + "lark%20yard")
    store = fill(
        [
            ox.Quad(yard, node(P + "produces"), heron),
            ox.Quad(yard, node(P + "produces"), node("https://elsewhere.example/heron(12)")),
            ox.Quad(yard, node(P + "foundingDate"), ox.Literal("2007-04", datatype=node(XSD + "gYearMonth"))),
            ox.Quad(yard, node(P + "employees"), ox.Literal(42)),
            ox.Quad(yard, node(rdfs + "label"), ox.Literal('Lark "Yard"')),
            ox.Quad(yard, node(rdf + "type"), node(P + "Organization")),
            ox.Quad(heron, node(rdf + "type"), node(P + "Product")),
        ]
    )
    assert written(store, "turtle").decode() == (
        "@prefix company: <https://w3id.org/evident-kg/company#> .\n"
        "@prefix e: <https://kg.example/entity/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "\n"
        "e:heron-9 a company:Product .\n"
        "\n"
        "e:lark%20yard a company:Organization ;\n"
        '    rdfs:label "Lark \\"Yard\\"" ;\n'
        "    company:employees 42 ;\n"
        '    company:foundingDate "2007-04"^^xsd:gYearMonth ;\n'
        "    company:produces <https://elsewhere.example/heron(12)>,\n"
        "        e:heron-9 .\n"
    )


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_store_gives_files_that_can_be_read(name: str, fill: Fill, tmp_path: Path) -> None:
    for path in export(fill([]), name, tmp_path):
        data = path.read_bytes()
        if name in OXIGRAPH:
            assert list(ox.parse(data, format=OXIGRAPH[name])) == []
        elif name == "rdf12":
            assert list(ox.parse(data, format=ox.RdfFormat.TURTLE)) == []
        elif name == "nif":
            assert data == b""
        elif name == "webannotation":
            assert json.loads(data)["total"] == 0
        elif name == "graphml":
            assert len(nx.parse_graphml(data.decode())) == 0
        elif name == "gexf":
            assert len(nx.read_gexf(io.BytesIO(data))) == 0
        else:
            assert len(data.splitlines()) == 1


def is_part_of_an_iri(text: str) -> bool:
    try:
        ox.NamedNode(E + text)
    except ValueError:
        return False
    return True


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
tails = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Cn"]), max_size=8).filter(is_part_of_an_iri)
literals = st.one_of(
    words.map(ox.Literal),
    words.map(lambda text: ox.Literal(text, language="zh-hant")),
    st.integers().map(lambda n: ox.Literal(str(n), datatype=ox.NamedNode(XSD + "integer"))),
    st.booleans().map(ox.Literal),
    words.map(lambda text: ox.Literal(text, datatype=ox.NamedNode(P + "odd"))),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.lists(st.tuples(tails, literals), max_size=6))
@example(facts=[("a.", ox.Literal("\r\n\t'\"\\ \\u0041")), ("-b", ox.Literal("\x00\x0b\x7f\u2028\ufffe😀"))])
def test_odd_literals_and_iris_come_back(facts: list[tuple[str, ox.Literal]], fill: Fill) -> None:
    quads = [ox.Quad(ox.NamedNode(E + tail), ox.NamedNode(P + "says"), literal) for tail, literal in facts]
    quads += [ox.Quad(ox.NamedNode(E + tail), ox.NamedNode(P + "knows"), ox.NamedNode(E + tail)) for tail, _ in facts]
    store = fill(quads)
    stored = set(store.quads)
    for name, syntax in OXIGRAPH.items():
        if name != "rdfxml":
            assert set(ox.parse(written(store, name), format=syntax)) == stored, name
    assert isomorphic(rdflib.Graph().parse(data=written(store, "turtle"), format="turtle"), graph_of(list(stored)))
    assert len(set(ox.parse(written(store, "rdfxml"), format=ox.RdfFormat.RDF_XML))) <= len(stored)
    nx.parse_graphml(written(store, "graphml").decode())


def test_rdfxml_keeps_carriage_returns_and_replaces_what_xml_cannot_hold(fill: Fill) -> None:
    subject, says = ox.NamedNode(E + "a"), ox.NamedNode(P + "says")
    data = written(fill([ox.Quad(subject, says, ox.Literal("one\r\ntwo\x01 <&>"))]), "rdfxml")
    assert [quad.object.value for quad in ox.parse(data, format=ox.RdfFormat.RDF_XML)] == ["one\r\ntwo\ufffd <&>"]


def test_rdfxml_says_which_property_it_cannot_write(fill: Fill) -> None:
    with pytest.raises(UsageError, match=r"https://x\.example/123"):
        written(
            fill([ox.Quad(ox.NamedNode(E + "a"), ox.NamedNode("https://x.example/123"), ox.Literal("1"))]), "rdfxml"
        )


def test_rdfxml_names_properties_of_namespaces_without_a_prefix(fill: Fill) -> None:
    quad = ox.Quad(ox.NamedNode(E + "a"), ox.NamedNode("https://x.example/v1?q=is"), ox.Literal("1"))
    assert list(ox.parse(written(fill([quad]), "rdfxml"), format=ox.RdfFormat.RDF_XML)) == [quad]


def test_graphml_holds_entities_and_parallel_facts(boatyard: list[ox.Quad], fill: Fill) -> None:
    larkspur, ines = E + "larkspur-marine", "https://kg.example/person/ines-falk"
    more = ox.Quad(ox.NamedNode(larkspur), ox.NamedNode(P + "employs"), ox.NamedNode(ines))
    graph = nx.parse_graphml(written(fill([*boatyard, more]), "graphml").decode(), force_multigraph=True)
    assert graph.nodes[larkspur] == {
        "label": "Larkspur Marine",
        "type": "Organization",
        "aliases": "LM | Larkspur",
        "mentions": 3,
        "was founded in": "2007-04",
    }
    assert graph.nodes[E + "heron-9"]["costs"] == "29990 EUR"
    between = sorted(graph.get_edge_data(larkspur, ines).values(), key=lambda edge: edge["predicate"])
    assert [edge["label"] for edge in between] == ["employs", "founder"]
    assert between[1]["quote"] == "founded in April 2007 by Ines Falk"
    assert between[1]["documents"] == "larkspur-profile"
    assert between[1]["confidence"] == 0.9
    assert "confidence" not in between[0]  # nothing states it
    assert not any("amount" in node for node in graph)


def test_csv_has_a_table_of_entities_and_one_of_facts(boatyard: list[ox.Quad], fill: Fill, tmp_path: Path) -> None:
    nodes, edges = (
        list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        for path in export(fill(boatyard), "csv", tmp_path / "tables")
    )
    assert [row["label"] for row in nodes if row["type"] == "Person"] == ["Ines Falk", "Mads Brand"]
    price = next(row for row in edges if row["predicate"].endswith("price"))
    assert (price["subject_label"], price["object"], price["kind"]) == ("Heron 9", "29990 EUR", "MonetaryAmount")
    assert (price["quote"], price["confidence"]) == ("for 29,990 euros", "0.8")
    assert {row["label"]: row["mentions"] for row in nodes}["Heron 9"] == "3"


def test_a_symmetric_fact_finds_evidence_stated_the_other_way_round(boatyard: list[ox.Quad], fill: Fill) -> None:
    def turned(quad: ox.Quad) -> ox.Quad:
        if is_default(quad) and quad.predicate.value == P + "partnerOf":
            assert isinstance(quad.object, ox.NamedNode)
            return ox.Quad(quad.object, quad.predicate, quad.subject)
        return quad

    graph = nx.parse_graphml(written(fill(map(turned, boatyard)), "graphml").decode(), force_multigraph=True)
    (edge,) = graph.get_edge_data(E + "ostrava-sails", E + "larkspur-marine").values()
    assert edge["quote"] == "works together with Ostrava Sails"


def test_graph_files_are_what_export_makes_of_the_store(boatyard: list[ox.Quad], fill: Fill, tmp_path: Path) -> None:
    store = fill(boatyard)
    by_name: dict[str | None, list[ox.Quad]] = defaultdict(list)
    for quad in reversed(boatyard):
        by_name[None if is_default(quad) else str(quad.graph_name)[1:-1]].append(quad)
    with GraphFiles(store, tmp_path) as files:
        graphs = [(name, by_name.pop(name)) for name in (None, *store.graphs())]
        passed = list(files.passing(draft(name, "1", partial(list, quads)) for name, quads in graphs))
    assert [(filling.graph, set(filling.quads or ())) for filling in passed] == [(name, set(q)) for name, q in graphs]
    assert not by_name
    assert (tmp_path / "graph.ttl").read_bytes() == written(store, "turtle")
    assert (tmp_path / "graph.trig").read_bytes() == written(store, "trig")


def test_graph_files_stay_as_they_were_where_a_build_ends_by_an_error(
    boatyard: list[ox.Quad], fill: Fill, tmp_path: Path
) -> None:
    def half_a_build() -> None:
        with GraphFiles(fill(boatyard), tmp_path) as files:
            next(files.passing([draft(None, "1", lambda: [quad for quad in boatyard if is_default(quad)])]))
            raise KeyboardInterrupt

    (tmp_path / "graph.ttl").write_text("before")
    with pytest.raises(KeyboardInterrupt):
        half_a_build()
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("graph.ttl", "before")]


def test_a_file_is_named_as_asked(fill: Fill, tmp_path: Path) -> None:
    assert export(fill([]), "turtle", tmp_path / "sub" / "mine.ttl") == [tmp_path / "sub" / "mine.ttl"]
    assert [path.name for path in (tmp_path / "sub").iterdir()] == ["mine.ttl"]


def test_what_cannot_be_done_is_said(fill: Fill, tmp_path: Path) -> None:
    store = fill([])
    with pytest.raises(UsageError, match=r"unknown format 'rtf'.*turtle, trig"):
        export(store, "rtf", tmp_path)
    with pytest.raises(UsageError, match="2 files"):
        export(store, "csv", io.BytesIO())
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        export(store, "turtle", tmp_path / "file" / "graph.ttl")
