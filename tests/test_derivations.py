"""What was inferred, from a stored graph down to its sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import derivations, query
from kg.cli.explain import derivation_lines
from kg.derivations import GONE, Derivation, derive, explain, inferred
from kg.errors import UsageError
from kg.rdf.iris import genid_iri, inferred_graph_iri, ontology_graph_iri
from kg.reason import infer
from kg.statistics import statistics
from kg.store import Store

BASE = "https://kg.example/"
COMPANY = "https://w3id.org/evident-kg/company#"
BOATYARD = Path(__file__).parent / "graphs" / "boatyard.trig"
PREFIXES = f"""
@prefix : <{COMPANY}> .
@prefix e: <{BASE}entity/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
"""
AXIOMS = """
:headquarters rdfs:subPropertyOf :locatedIn . :locatedIn rdfs:subPropertyOf schema:location .
:locatedIn a owl:TransitiveProperty . :worksFor owl:inverseOf :employs .
:Vehicle rdfs:subClassOf :Product . :partnerOf a owl:SymmetricProperty .
:livesNear owl:propertyChainAxiom (:worksFor :locatedIn) .
e:heron-9 owl:sameAs <https://boats.example/h9> .
"""


def reasoned(folder: Path, axioms: str = AXIOMS, *more: ox.Quad) -> Store:
    """The boatyard with further axioms and facts, and what follows."""
    graphs: dict[str | None, set[ox.Quad]] = defaultdict(set)
    ontology = ox.NamedNode(ontology_graph_iri(BASE))
    for quad in ox.parse(PREFIXES + axioms, format=ox.RdfFormat.TURTLE):
        ends: list[Any] = [
            ox.NamedNode(genid_iri(BASE, end.value)) if isinstance(end, ox.BlankNode) else end
            for end in (quad.subject, quad.object)
        ]
        graphs[ontology.value].add(ox.Quad(ends[0], quad.predicate, ends[1], ontology))
    for quad in (*ox.parse(path=str(BOATYARD), format=ox.RdfFormat.TRIG), *more):
        graphs[quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None].add(quad)
    graph = inferred_graph_iri(BASE)
    graphs[graph] = set(infer(graphs[None], graphs[ontology.value], BASE).quads(graph))
    with Store.open(folder, create=True) as writer:
        for name, quads in graphs.items():
            writer.put(name, quads)
        prefixes = {"company": COMPANY, "e": BASE + "entity/"}
        writer.manifest = {"base": BASE, "prefixes": prefixes, "reason": "owl"}
    return Store.view(folder)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with reasoned(tmp_path_factory.mktemp("graph")) as reader:
        yield reader


def outline(item: Derivation) -> str:
    """A derivation in one line: rules with their premises, and quotes."""
    if item.rule:
        return f"{item.rule}({', '.join(map(outline, item.premises))})"
    if item.mention:
        return f"class of {item.mention['quote']}"
    return " | ".join(piece.fact["quote"] for piece in item.evidence) or "ontology"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("Larkspur", "locatedIn", "Tønder"), "prp-spo1(based in Tønder)"),
        (("LM", "schema:location", "Tønder"), "prp-spo1(prp-spo1(based in Tønder))"),
        (("Larkspur Marine", "location"), "prp-spo1(prp-spo1(based in Tønder))"),
        (
            ("Ines Falk", "livesNear", "Tønder"),
            "prp-spo2(the managing director of Larkspur Marine, prp-spo1(based in Tønder))",
        ),
        (("Heron 9", "a", "company:Product"), "cax-sco(class of Heron 9)"),
        (("Heron 9", "type", "product"), "cax-sco(class of Heron 9)"),
        (("Ostrava Sails", "partnerOf", "Larkspur"), "prp-symp(works together with Ostrava Sails)"),
        (("https://boats.example/h9", "receivedAward"), "eq-rep-s(ontology, won the Golden Anchor)"),
        (("https://boats.example/h9", "launchDate", "2015"), "eq-rep-s(ontology, came out in 2015)"),
    ],
)
def test_a_derivation_leads_down_to_the_words(store: Store, asked: tuple[str, ...], told: str) -> None:
    (item,) = derive(store, *asked)
    assert outline(item) == told


def test_the_axiom_is_told_in_prefixed_names(store: Store) -> None:
    (item,) = derive(store, "Ines Falk", "livesNear")
    assert item.axiom == "company:livesNear owl:propertyChainAxiom company:worksFor company:locatedIn"
    assert item.meaning == "two properties, one after the other, make a third"
    (item,) = derive(store, "Ostrava Sails", "partnerOf")
    assert item.axiom == "company:partnerOf a owl:SymmetricProperty"
    assert derive(store, "https://boats.example/h9", "owl:sameAs")[0].axiom == ""


def test_a_subject_alone_asks_for_both_places(store: Store) -> None:
    found = {(item.s, item.p, item.o) for item in derive(store, "Tønder")}
    assert found == {
        ("Ines Falk", "livesNear", "Tønder"),
        ("Larkspur Marine", "locatedIn", "Tønder"),
        ("Larkspur Marine", "location", "Tønder"),
    }
    assert derive(store, "Tønder", "locatedIn") == []


def test_what_is_stated_and_what_is_inferred_come_together(store: Store) -> None:
    evidence, derived = explain(store, "Larkspur Marine", "partnerOf", "Ostrava Sails")
    assert ([piece.fact["quote"] for piece in evidence], derived) == (["works together with Ostrava Sails"], [])
    evidence, derived = explain(store, "Ostrava Sails", "partnerOf", "Larkspur Marine")
    assert (len(evidence), len(derived)) == (1, 1)  # the statement holds both ways, the triple stands one way
    assert explain(store, "Heron 9", "a", "Product")[0] == []


@pytest.mark.parametrize(
    "asked", [("Nobody",), ("Larkspur Marine", "haunts"), ("Heron 9", "produces", "Nothing"), ("Heron 9", "a", "Ghost")]
)
def test_a_name_that_nothing_has_is_an_error(store: Store, asked: tuple[str, ...]) -> None:
    assert derive(store, *asked) == []
    with pytest.raises(UsageError):
        explain(store, *asked)


def test_rows_hold_every_inferred_triple_with_its_step(store: Store) -> None:
    rows = inferred(store)
    graph = ox.NamedNode(inferred_graph_iri(BASE))
    assert len(rows) == len(list(store.quads.quads_for_pattern(None, None, None, graph))) > 10
    (row,) = [row for row in rows if row["p"] == "location"]
    assert row == {
        "s": "Larkspur Marine",
        "p": "location",
        "o": "Tønder",
        "s_iri": BASE + "entity/larkspur-marine",
        "p_iri": "https://schema.org/location",
        "o_iri": BASE + "place/tønder",
        "rule": "prp-spo1",
        "axiom": "company:locatedIn rdfs:subPropertyOf schema:location",
        "premises": ["Larkspur Marine locatedIn Tønder"],
    }


def test_what_does_not_follow_any_more_is_told_so(tmp_path: Path) -> None:
    reasoned(tmp_path).close()
    graph = ox.NamedNode(inferred_graph_iri(BASE))
    yard, made = ox.NamedNode(BASE + "entity/larkspur-marine"), ox.NamedNode(COMPANY + "livesNear")
    with Store.open(tmp_path) as writer:
        kept = set(writer.quads.quads_for_pattern(None, None, None, graph))
        writer.put(graph.value, kept | {ox.Quad(yard, made, yard, graph)})
    with Store.view(tmp_path) as store:
        (row,) = [row for row in inferred(store) if row["s_iri"] == row["o_iri"] == yard.value]
        assert (row["rule"], row["axiom"], row["premises"]) == ("", "", [])
        (found,) = derive(store, "Larkspur Marine", "livesNear")
    assert (found.rule, found.meaning) == ("", GONE)
    assert f"inferred    {GONE}" in "\n".join(derivation_lines(found, set()))


def test_queries_see_what_was_inferred_where_they_ask_for_it(store: Store) -> None:
    text = "SELECT ?place { ?x schema:location/rdfs:label ?place }"
    assert list(query.run(store, text, seconds=20)) == []
    assert list(query.run(store, text, seconds=20, inferred=True)) == [{"place": "Tønder"}]
    mixed = "ASK { e:larkspur-marine company:locatedIn ?x ; company:founder ?y . GRAPH ?g { ?s kgv:quote ?q } }"
    assert query.run(store, mixed, seconds=20, inferred=True)
    assert not query.run(store, mixed, seconds=20)


def test_counts_tell_what_documents_say(store: Store, tmp_path: Path) -> None:
    with reasoned(tmp_path / "plain", "") as plain:
        assert statistics(store) == statistics(plain)


def test_a_class_of_documents_does_not_make_documents(tmp_path: Path) -> None:
    foaf = "http://xmlns.com/foaf/0.1/Document"
    with reasoned(tmp_path, f":Vehicle rdfs:subClassOf <{foaf}> .") as made:
        assert statistics(made)["documents"] == 2
        assert [row["s"] for row in inferred(made) if row["o"] == "foaf:Document"] == ["Heron 12", "Heron 9"]


def test_without_reasoning_there_is_nothing_to_tell(tmp_path: Path) -> None:
    with reasoned(tmp_path):
        pass
    with Store.open(tmp_path) as writer:
        writer.manifest = {name: value for name, value in writer.manifest.items() if name != "reason"}
    with Store.view(tmp_path) as plain:
        assert derive(plain, "Larkspur Marine") == []
        assert inferred(plain) == []
        with pytest.raises(UsageError, match="built without reasoning"):
            query.run(plain, "ASK {}", seconds=20, inferred=True)


def test_a_long_path_is_told_flat_and_a_deep_one_is_cut(tmp_path: Path) -> None:
    def node(name: str) -> ox.NamedNode:
        return ox.NamedNode(f"{BASE}place/{name}")

    located = ox.NamedNode(COMPANY + "locatedIn")
    path = [ox.Quad(node(f"p{n}"), located, node(f"p{n + 1}")) for n in range(1, 120)]
    deep = " ".join(f":d{n} rdfs:subPropertyOf :d{n + 1} ." for n in range(90))
    more = ox.Quad(node("x"), ox.NamedNode(COMPANY + "d0"), node("y"))
    with reasoned(tmp_path, f"{AXIOMS} {deep}", *path, more) as made:
        (item,) = derive(made, f"{BASE}place/p1", "locatedIn", f"{BASE}place/p120")
        assert (item.rule, len(item.premises)) == ("prp-trp", 119)
        (item,) = derive(made, f"{BASE}place/x", "d90")
        assert outline(item).count("prp-spo1") == derivations.DEEPEST + 1
