"""The model that ships."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from kg import KnowledgeGraph, config, pipeline
from kg.config import GENERAL
from kg.extract.learned import model_path, open_model
from kg.extract.learned.labels import vocabulary
from kg.extract.learned.model import Model
from kg.ontology import load, shipped
from kg.train.trial import facts_in

TEXTS = {
    "Arrol Works acquired Besk Corp in 2019.": ("Arrol Works", "acquired", "Besk Corp"),
    "Corvil, a subsidiary of Dunmar Holdings, makes electric bicycles.": (
        "Corvil",
        "parentOrganization",
        "Dunmar Holdings",
    ),
}
UNSAID = """Halmbrook Ltd makes garden lamps in Leeds. Halmbrook was founded by Orla Quist in 1998.

Turnover for 2020: 12 million euros. Staff: 340.

Press contact: Ada Finch, communications officer.
"""


@pytest.fixture(scope="module")
def model() -> Model:
    return open_model(model_path(GENERAL))


def test_its_card_tells_what_it_was_made_of(model: Model) -> None:
    about = model.card.facts
    assert model.card.name == GENERAL
    assert "CC BY 4.0" in about["licence"]
    assert about["encoder"]["license"] == "MIT"
    assert {"company", "core", "redocred"} <= about["ontologies"].keys()
    assert model_path(GENERAL).stat().st_size < 40_000_000


@pytest.mark.parametrize("chance", [0.1, 0.45, 0.9])
def test_a_score_stands_for_a_chance(model: Model, chance: float) -> None:
    score = model.card.score(chance)
    assert model.card.chance(score) == pytest.approx(chance)
    assert model.card.chance(score + 1) > chance


@pytest.mark.parametrize("text", TEXTS)
def test_it_reads_the_shipped_ontology(model: Model, text: str) -> None:
    told = model.told(vocabulary(load([shipped("company.ttl")])))
    found = {(s, p.rpartition("/")[2].rpartition("#")[2], o) for s, p, o in facts_in(model, text, told)}
    assert TEXTS[text] in found


@pytest.mark.model
def test_what_sentences_leave_unsaid_is_what_the_document_is_about(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(UNSAID)
    settings = config.load({"output": str(tmp_path / "out"), "learned": GENERAL})
    with contextlib.chdir(tmp_path):
        graph = KnowledgeGraph(settings, pipeline.build(["note.txt"], settings))
    found = {(max(row["s"], key=len), row["p"], max(row["o"], key=len)): row for row in graph.facts()}
    revenue = found["Halmbrook Ltd", "revenue", "12000000 EUR"]
    assert (revenue["rule"], revenue["quote"]) == (
        "learned:general (subject unsaid)",
        "Turnover for 2020: 12 million euros",
    )
    assert found["Halmbrook Ltd", "numberOfEmployees", "340"]["rule"] == "learned:general (subject unsaid)"
    assert found["Ada Finch", "worksFor", "Halmbrook Ltd"]["rule"] == "learned:general (object unsaid)"
