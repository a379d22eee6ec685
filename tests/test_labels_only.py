"""An ontology of labels alone, without phrases and without cues for names, finds what a text plainly says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import facts
from kg.config import Settings
from kg.pipeline import build
from kg.store import Store

pytestmark = pytest.mark.model
MUSEUM = Path(__file__).parent / "golden" / "museum"

FACTS = {
    ("Tarn Museum", "location", "Velbrück"),
    ("Velbrück", "country", "Norway"),
    ("Tarn Museum", "openingYear", "1987"),
    ("Tarn Museum", "floorArea", "4200"),
    ("Tarn Museum", "numberOfPaintings", "310"),
    ("Tarn Museum", "director", "Orla Venn"),
    ("Orla Venn", "predecessor", "Tomas Rild"),
    ("Tarn Museum", "architect", "Petra Holm"),
    ("Petra Holm", "birthPlace", "Lisbon"),
    ("Petra Holm", "birthDate", "1951-05-03"),
    ("Grey Lantern", "creator", "Ines Kord"),
    ("Blue Rope", "creator", "Ines Kord"),
    ("Blue Rope", "material", "linen"),
    ("Blue Rope", "exhibitedIn", "Tarn Museum"),
}


def test_labels_alone_find_what_a_text_plainly_says(tmp_path: Path) -> None:
    report = build([str(MUSEUM / "input.txt")], Settings(output=str(tmp_path), ontology=str(MUSEUM / "ontology.ttl")))
    with Store.view(tmp_path) as store:
        rows = facts.facts(store)
    assert {(row["s"][0], row["p"], row["o"][0]) for row in rows} == FACTS
    assert report.statements["denied"] == 1
    assert report.statements["possible"] == 1
    # A wording made of a label is believed less than a phrase of an ontology.
    assert max(row["confidence"] for row in rows) < 0.9
