"""KnowledgeGraph on a stored graph, written by hand, and on one that it builds itself."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import KnowledgeGraph
from kg.api import Rows, try_text
from kg.archive import keep_dropped
from kg.errors import KGError, QueryError, StoreError, UsageError
from kg.filling import Filling
from kg.store import Store

GRAPH = Path(__file__).parent / "graphs" / "boatyard.trig"
BASE = "https://kg.example/"
SHAPE = "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ."
BOATS = """
@prefix : <https://example.org/boats#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
:skipper a owl:ObjectProperty .
"""
TEXT = "Larkspur Marine was founded in April 2007 by Ines Falk. The company makes the Heron 9."


@pytest.fixture(scope="module")
def boatyard(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("boatyard")
    graphs: dict[str | None, set[ox.Quad]] = defaultdict(set)
    for quad in ox.parse(GRAPH.read_bytes(), format=ox.RdfFormat.TRIG):
        graphs[quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None].add(quad)
    with Store.open(folder, create=True) as store:
        store.manifest = {"base": BASE, "prefixes": {"company": "https://w3id.org/evident-kg/company#"}}
        keep_dropped(store, {})
        for name, quads in graphs.items():
            store.put(name, quads)
    return KnowledgeGraph.open(folder)


def test_the_package_shows_two_names() -> None:
    assert kg.__all__ == ["KnowledgeGraph", "__version__"]
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", kg.__version__)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = kg.no_such_name


def test_a_query_gives_rows_of_plain_values(boatyard: KnowledgeGraph) -> None:
    result = boatyard.query("SELECT ?name { ?maker company:produces/rdfs:label ?name }")
    assert list(result) == [{"name": "Heron 9"}]
    with pytest.raises(QueryError):
        boatyard.query("SELECT ?name { ")


def test_every_fact_leads_to_its_words(boatyard: KnowledgeGraph) -> None:
    facts = boatyard.facts()
    assert len(facts) > 10
    for fact in facts:
        found = boatyard.evidence(fact)
        assert fact["quote"] in [item.fact["quote"] for item in found]
        for item in found:
            words = item.sentence[item.fact["begin"] - item.sentence_begin : item.fact["end"] - item.sentence_begin]
            assert words == item.fact["quote"]


def test_evidence_by_row_by_triple_and_by_names_is_the_same(boatyard: KnowledgeGraph) -> None:
    row = next(fact for fact in boatyard.facts() if fact["p"] == "produces")
    by_names = boatyard.evidence("Larkspur", "produces", "heron 9")
    assert by_names == boatyard.evidence(row)
    assert by_names == boatyard.evidence((row["s_iri"], row["p_iri"], row["o_iri"]))
    assert len(by_names) > 0
    with pytest.raises(UsageError):
        boatyard.evidence("Nobody At All")


def test_why_something_is_not_in_the_graph(boatyard: KnowledgeGraph) -> None:
    [found] = boatyard.why_not("Larkspur", "produces", "Heron 12")
    assert (found.kind, found.stance, found.document) == ("not asserted", "planned", "falk interview")
    assert boatyard.why_not("Nobody At All") == []
    with pytest.raises(UsageError, match="no predicate"):
        boatyard.why_not("Larkspur", "prodces")


def test_facts_of_other_stances(boatyard: KnowledgeGraph) -> None:
    assert {row["stance"] for row in boatyard.facts(stances=("denied",))} == {"denied"}
    assert {row["id"] for row in boatyard.facts(document="larkspur-profile")} == {"larkspur-profile"}


def test_rows_are_a_table_without_anything_that_runs(boatyard: KnowledgeGraph) -> None:
    rows = Rows([{"s": ["<script>alert(1)</script>", "alias"], "n": 1, "none": None}])
    assert rows._repr_html_() == (
        "<table><thead><tr><th>s</th><th>n</th><th>none</th></tr></thead><tbody>"
        "<tr><td>&lt;script&gt;alert(1)&lt;/script&gt;, alias</td><td>1</td><td></td></tr></tbody></table>"
    )
    assert boatyard.entities()._repr_html_().count("<tr>") == len(boatyard.entities()) + 1
    assert Rows()._repr_html_().startswith("<table>")


def test_rows_become_a_data_frame(boatyard: KnowledgeGraph) -> None:
    pytest.importorskip("pandas")
    frame = boatyard.facts().to_df()
    assert list(frame.columns)[:3] == ["id", "s", "o"]
    assert len(frame) == len(boatyard.facts())


def test_the_page_is_shown_in_a_frame_of_its_own(boatyard: KnowledgeGraph, tmp_path: Path) -> None:
    page = boatyard.view(tmp_path / "page.html")
    shown = page._repr_html_()
    assert boatyard._repr_html_() == shown
    found = re.fullmatch(r'<iframe srcdoc="([^"]*)" sandbox="allow-scripts" [^<>]*></iframe>', shown)
    assert found is not None
    assert html.unescape(found[1]) == page.path.read_text(encoding="utf-8")


def test_export_validate_and_stats(boatyard: KnowledgeGraph, tmp_path: Path) -> None:
    assert boatyard.export("turtle", tmp_path / "graph.ttl") == [tmp_path / "graph.ttl"]
    assert b"Larkspur" in (tmp_path / "graph.ttl").read_bytes()
    with pytest.raises(UsageError):
        boatyard.export("cobol", tmp_path / "graph")
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(SHAPE, encoding="utf-8")
    assert boatyard.validate(shapes).checked > 10
    assert boatyard.stats()["documents"] == 2


def test_opening_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph in"):
        KnowledgeGraph.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_opened_graph_can_be_closed_and_asked_again(boatyard: KnowledgeGraph) -> None:
    with KnowledgeGraph.open(boatyard.output) as graph:
        first = graph.facts()
    assert graph.facts() == first
    assert graph.report is None


@pytest.mark.model
def test_a_graph_without_an_output_folder_lives_as_long_as_the_object(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text(TEXT, encoding="utf-8")
    graph = KnowledgeGraph.build(note)
    assert graph.report is not None
    assert graph.report.documents == 1
    assert {row["p"] for row in graph.facts()} >= {"foundingDate", "founder"}
    folder = graph.output
    assert folder.is_dir()
    graph.close()
    assert not folder.exists()


@pytest.mark.model
def test_a_sentence_is_tried_with_an_ontology_of_ones_own(tmp_path: Path) -> None:
    ontology = tmp_path / "boats.ttl"
    ontology.write_text(BOATS, encoding="utf-8")
    trial = try_text(TEXT, ontology=ontology, phrases=[("skipper", "?o founded ?s")])
    assert [(r.subject, r.predicate, r.object, r.added) for r in trial.relations] == [
        ("Larkspur Marine", "skipper", "Ines Falk", True)
    ]
    assert try_text(TEXT, ontology=ontology).relations == ()


@pytest.mark.model
def test_a_graph_in_a_folder_can_be_opened_again(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text(TEXT, encoding="utf-8")
    built = KnowledgeGraph.build([note], tmp_path / "graph")
    assert built.facts() == KnowledgeGraph.open(tmp_path / "graph").facts() != []
    with pytest.raises(KGError):
        KnowledgeGraph.build([note], tmp_path / "other", model="xx_no_such_model")


def test_importing_the_class_loads_no_language_model() -> None:
    code = "import sys; from kg import KnowledgeGraph; print({'spacy', 'pyvis', 'rdflib', 'rich'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_what_was_inferred_is_asked_listed_and_explained(tmp_path: Path) -> None:
    from kg.rdf.iris import inferred_graph_iri, ontology_graph_iri
    from kg.reason import infer

    graphs: dict[str | None, set[ox.Quad]] = defaultdict(set)
    for quad in ox.parse(GRAPH.read_bytes(), format=ox.RdfFormat.TRIG):
        graphs[quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None].add(quad)
    name = inferred_graph_iri(BASE)
    graphs[name] = set(infer(graphs[None], graphs[ontology_graph_iri(BASE)], BASE).quads(name))
    with Store.open(tmp_path, create=True) as store:
        store.manifest = {"base": BASE, "prefixes": {}, "reason": "owl"}
        store.fill(Filling(*graph) for graph in graphs.items())
    with KnowledgeGraph.open(tmp_path) as graph:
        query = "SELECT ?x { ?x a <https://w3id.org/evident-kg/company#Product> }"
        assert (len(graph.query(query)), len(graph.query(query, inferred=True))) == (0, 2)
        assert [row["rule"] for row in graph.inferred()] == ["cax-sco", "cax-sco", "prp-symp"]
        (item,) = graph.derivations("Heron 9", "a")
        assert item.premises[0].mention is not None


def test_two_graphs_are_compared(boatyard: KnowledgeGraph, tmp_path: Path) -> None:
    (written,) = boatyard.export("trig", tmp_path / "graph.trig")
    assert len(boatyard.diff(written)) == 0
    written.write_text(written.read_text(encoding="utf-8").replace('"Heron 9"', '"Heron IX"'), encoding="utf-8")
    assert [change.fields for change in boatyard.diff(written).entities.changed] == [("label",)]
    with pytest.raises(UsageError):
        boatyard.diff(tmp_path / "nowhere")
