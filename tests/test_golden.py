"""Small texts and the whole graph that each gives; `pytest --update-golden` writes the graphs anew.

A case is a folder with its input and, where it has one, its ontology.ttl; or with a case.toml that names both by their
paths from the project's folder.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Settings
from kg.pipeline import build
from kg.rdf.iris import ontology_graph_iri
from kg.store import Store

pytestmark = pytest.mark.model
ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"


@dataclass(frozen=True)
class Case:
    """A golden graph and what it is built from, by paths from the project's folder."""

    folder: Path
    sources: tuple[str, ...]
    ontology: str

    @property
    def expected(self) -> Path:
        return self.folder / "expected.nq"


def _case(folder: Path) -> Case:
    pointer, own = folder / "case.toml", folder / "ontology.ttl"
    if pointer.exists():
        given = tomllib.loads(pointer.read_text(encoding="utf-8"))
        return Case(folder, tuple(given["sources"]), given.get("ontology", ""))
    inputs = tuple(path.relative_to(ROOT).as_posix() for path in sorted(folder.glob("input.*")))
    return Case(folder, inputs, own.relative_to(ROOT).as_posix() if own.exists() else "")


CASES = [_case(folder) for folder in sorted(GOLDEN.iterdir()) if folder.is_dir()]


def quads(folder: Path) -> list[str]:
    """All quads of a store but those of the ontology, as sorted lines of N-Quads."""
    with Store.view(folder) as store:
        found = [q for q in store.quads if q.graph_name != ox.NamedNode(ontology_graph_iri(Settings().base))]
    text = (ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b"").decode()
    return sorted(text.splitlines())


def test_all_cases_are_here() -> None:
    assert [case.folder.name for case in CASES] == [
        "aliases",
        "denial",
        "interview",
        "law",
        "museum",
        "numbers",
        "press",
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)
def test_the_graph_is_the_expected_one(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(ROOT)
    report = build(case.sources, Settings(output=str(tmp_path), ontology=case.ontology))
    assert not report.problems
    assert report.documents == len(case.sources)
    made = quads(tmp_path)
    if request.config.getoption("--update-golden"):
        case.expected.write_text("\n".join(made) + "\n", encoding="utf-8")
    assert made == case.expected.read_text(encoding="utf-8").splitlines()
