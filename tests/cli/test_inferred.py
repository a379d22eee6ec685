"""query, facts and explain on a graph with what was inferred in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.cli.build import summary, tell_problems
from kg.model import BuildReport
from kg.rdf.iris import inferred_graph_iri, ontology_graph_iri
from kg.reason import infer
from kg.store import Store

Kg = Callable[..., tuple[int, str, str]]
BASE = "https://kg.example/"
ASK = "SELECT ?name { ?x a company:Product ; rdfs:label ?name }"


@pytest.fixture
def reasoned(boatyard: Path, tmp_path: Path) -> Path:
    """The boatyard with what follows by its ontology."""
    folder = tmp_path / "reasoned"
    shutil.copytree(boatyard, folder)
    with Store.open(folder) as store:
        quads = store.quads.quads_for_pattern
        ontology = quads(None, None, None, ox.NamedNode(ontology_graph_iri(BASE)))
        graph = inferred_graph_iri(BASE)
        store.put(graph, infer(quads(None, None, None, ox.DefaultGraph()), ontology, BASE).quads(graph))
        store.manifest = {**store.manifest, "reason": "owl"}
    return folder


def test_a_query_sees_what_was_inferred_only_where_it_is_told_to(kg: Kg, reasoned: Path) -> None:
    assert kg("query", ASK, "-o", reasoned)[1].splitlines() == ["name", "----"]
    assert kg("query", ASK, "-o", reasoned, "--inferred")[1].splitlines()[2:] == ["Heron 12", "Heron 9"]


def test_a_graph_without_reasoning_says_how_to_get_it(kg: Kg, boatyard: Path) -> None:
    code, out, err = kg("query", ASK, "-o", boatyard, "--inferred")
    assert (code, out) == (2, "")
    assert "kg build --reason owl" in err
    code, out, err = kg("facts", "--inferred", "-o", boatyard)
    assert code == 0
    assert "nothing was inferred" in err


def test_inferred_triples_are_listed(kg: Kg, reasoned: Path) -> None:
    _, out, _ = kg("facts", "--inferred", "-o", reasoned)
    assert out.splitlines()[2].split("  ")[0] == "Heron 12"
    assert "Larkspur Marine partnerOf Ostrava Sails" in out
    rows = [json.loads(line) for line in kg("facts", "--inferred", "-o", reasoned, "--format", "jsonl")[1].splitlines()]
    assert [row["rule"] for row in rows] == ["cax-sco", "cax-sco", "prp-symp"]
    assert kg("facts", "--inferred", "--document", "x", "-o", reasoned)[0] == 2


def test_an_inferred_fact_is_explained_down_to_its_sentence(kg: Kg, reasoned: Path) -> None:
    _, out, err = kg("explain", "Ostrava Sails", "partnerOf", "Larkspur Marine", "-o", reasoned)
    stated, derived = out.split("\n\n")
    assert stated.splitlines()[0] == "Larkspur Marine  partnerOf  Ostrava Sails"
    assert derived.splitlines()[:5] == [
        "Ostrava Sails  partnerOf  Larkspur Marine",
        "    inferred by prp-symp: the property holds both ways",
        "    axiom       company:partnerOf a owl:SymmetricProperty",
        "      Larkspur Marine  partnerOf  Ostrava Sails",
        "          Larkspur «works together with Ostrava Sails».",
    ]
    assert err == ""


def test_an_inferred_class_leads_to_a_mention(kg: Kg, reasoned: Path) -> None:
    _, out, _ = kg("explain", "Heron 9", "a", "Product", "-o", reasoned)
    assert out.splitlines()[-1].strip().startswith("asserted    the class of what is mentioned as «Heron 9» in ")
    (found,) = json.loads(kg("explain", "Heron 9", "a", "Product", "-o", reasoned, "--json")[1])
    assert found["rule"] == "cax-sco"
    assert found["premises"][0]["mention"]["quote"] == "Heron 9"


def test_a_fact_is_told_once(kg: Kg, reasoned: Path) -> None:
    _, out, _ = kg("explain", "Heron 9", "-o", reasoned)
    assert out.count("Heron 9  type  company:Product") == 1
    assert "see above" not in out


def test_the_counts_and_cautions_of_a_build(capsys: pytest.CaptureFixture[str]) -> None:
    import click

    from kg.cli.standard import Run

    report = BuildReport(documents=1, facts=2, inferred=3, statements={"asserted": 2}, cautions=("too many equals",))
    assert ("inferred", "3") in summary(report)
    with click.Context(click.Command("build"), obj=Run(0)).scope():
        tell_problems(report)
    assert capsys.readouterr().err == "note: too many equals\n"
