"""Builds with and without reasoning: what the graph holds, and that every way to a state gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Settings
from kg.export import FORMATS
from kg.model import BuildReport
from kg.pipeline import build
from kg.rdf.iris import inferred_graph_iri
from kg.store import Store

pytestmark = pytest.mark.model

GRAPH = inferred_graph_iri(Settings().base)
FILES = ("graph.ttl", "graph.trig", "graph.html", "report.json")
TEXTS = {
    "a": "Larkspur Marine is based in Oslo. Larkspur Marine competes with Ostrava Sails.",
    "b": "Larkspur Marine was founded by Ines Falk.",
}


def made(folder: Path, *, reason: str = "owl", names: str = "ab", clean: bool = False) -> BuildReport:
    texts = folder / "docs"
    texts.mkdir(exist_ok=True, parents=True)
    for name, text in TEXTS.items():
        path = texts / f"{name}.txt"
        path.write_text(text, encoding="utf-8") if name in names else path.unlink(missing_ok=True)
    return build(["docs"], Settings(output="out", reason=reason), clean=clean)


def inferred(folder: Path) -> set[str]:
    with Store.view(folder / "out") as store:
        quads = list(store.quads.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH)))
    return {f"{q.predicate.value.rpartition('#')[2].rpartition('/')[2]}" for q in quads}


def files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / "out" / name).read_bytes() for name in FILES}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_inferred_graph_comes_and_goes(folder: Path) -> None:
    report = made(folder)
    assert inferred(folder) == {"type", "locatedIn", "location", "competesWith", "founder"}
    assert report.inferred > 5
    turtle, page = files(folder)["graph.ttl"], files(folder)["graph.html"]
    with Store.view(folder / "out") as store:
        assert FORMATS["trig"](store) == {"graph.trig": files(folder)["graph.trig"]}
        assert store.manifest["reason"] == "owl"

    assert made(folder, reason="rdfs").inferred == report.inferred - 1
    assert "competesWith" not in inferred(folder)

    assert made(folder, reason="").inferred == 0
    with Store.view(folder / "out") as store:
        assert GRAPH not in store.graphs()
        assert "reason" not in store.manifest
    assert (files(folder)["graph.ttl"], files(folder)["graph.html"]) == (turtle, page)
    assert b"inferred" not in files(folder)["graph.trig"] + files(folder)["report.json"]


def test_an_update_gives_what_a_clean_build_does(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    made(folder, names="a")
    assert "founder" not in inferred(folder)
    made(folder)
    updated = files(folder)
    made(folder, clean=True)
    assert files(folder) == updated
    made(folder, names="b")
    assert inferred(folder) == {"type", "founder"}
