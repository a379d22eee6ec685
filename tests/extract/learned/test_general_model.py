"""The model that ships."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("text", TEXTS)
def test_it_reads_the_shipped_ontology(model: Model, text: str) -> None:
    told = model.told(vocabulary(load([shipped("company.ttl")])))
    found = {(s, p.rpartition("/")[2].rpartition("#")[2], o) for s, p, o in facts_in(model, text, told)}
    assert TEXTS[text] in found
