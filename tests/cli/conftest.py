"""A stored graph for the commands that read one: written by hand, so that no language model is needed."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.__main__ import main
from kg.archive import keep_dropped
from kg.model import Dropped, Evidence, Span
from kg.rdf import prefixes
from kg.store import Store
from tests.texts import keep_texts

GRAPH = Path(__file__).parents[1] / "graphs" / "boatyard.trig"
BASE = "https://kg.example/"
PREFIXES = prefixes(BASE, {"company": "https://w3id.org/evident-kg/company#"})

DROPPED = Dropped(
    "Heron 9",
    "https://w3id.org/evident-kg/company#founder",
    "Harbour Guild",
    Evidence(Span(154, 208), "Heron 9 won the Golden Anchor, which the Harbour Guild", Span(150, 215)),
    "?o founded ?s",
    "the subject is read as vehicle, the wording asks for organization",
)

Kg = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def boatyard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a graph about a boatyard."""
    folder = tmp_path_factory.mktemp("boatyard")
    graphs: dict[str | None, set[ox.Quad]] = defaultdict(set)
    for quad in ox.parse(GRAPH.read_bytes(), format=ox.RdfFormat.TRIG):
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None
        graphs[name].add(quad)
    with Store.open(folder, create=True) as store:
        store.manifest = {"base": BASE, "prefixes": PREFIXES, "ontology": "none", "model": "none"}
        for name, quads in graphs.items():
            store.put(name, quads)
        keep_dropped(store, {"larkspur-profile": [DROPPED]})
        keep_texts(store)
    return folder


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test outside any project, without settings of this machine."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("KG_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str]) -> Kg:
    """Run the command line: exit code, standard output, standard error."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run
