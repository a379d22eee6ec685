"""The decisions of a graph are those in force, and what they added leads to its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import Settings
from kg.decisions import Decision, Reject, Relate, Rename
from kg.model import Report
from kg.pipeline import build, load_ontology
from kg.store import Store
from kg.verify import reread, verify

pytestmark = pytest.mark.model

BASE = Settings().base
C = "https://w3id.org/evident-kg/company#"
RELATE = Relate(
    f"{BASE}entity/pelikan-mills", f"{C}foundingDate", "1911", "gYear", source="register of\n firms", who="ann"
)
RENAME = Rename(f"{BASE}entity/pelikan-mills", "The Mills")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph with two decisions."""
    from kg.decisions import add

    root = tmp_path_factory.mktemp("decided")
    (root / "a.txt").write_text("Pelikan Mills is based in Oslo.")
    add(root / "decisions.jsonl", RELATE, RENAME)
    settings = Settings(output=str(root / "out"), decisions=str(root / "decisions.jsonl"))
    report = build([str(root / "a.txt")], settings)
    assert (report.decisions, report.unmet) == (2, ())
    return root / "out"


def checked(folder: Path, *decisions: Decision) -> Report:
    with Store.view(folder) as store:
        documents = reread(store, max_bytes=1000)
        return verify(store, documents, ontology=load_ontology(Settings()), decisions=decisions)


def test_a_graph_with_decisions_is_sound(folder: Path) -> None:
    assert checked(folder, RELATE, RENAME).findings == ()


def test_a_decision_that_is_no_longer_in_force_is_told(folder: Path) -> None:
    found = checked(folder, RELATE).findings
    assert [(f.where, f.what) for f in found] == [
        (f"<{BASE}decision/{RENAME.id}>", "the graph holds this decision, and it is not in force")
    ]
    sources = [f.what for f in checked(folder, RENAME).findings]
    assert "no decision in force names this source: “register of firms”" in sources


def test_a_decision_that_was_not_replayed_is_told(folder: Path) -> None:
    later = Reject(f"{BASE}entity/pelikan-mills", f"{C}headquarters", f"{BASE}place/oslo")
    (found,) = checked(folder, RELATE, RENAME, later).findings
    assert (found.where, found.what) == (f"decision {later.id}", "the graph does not know it: reject")
    assert found.hint
