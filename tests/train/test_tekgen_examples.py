from __future__ import annotations

import json
from pathlib import Path

from kg.train.examples import marked
from kg.train.run import READERS

SAID = "Ondine (1961) was directed by Anna Besk."
ROWS = [
    {"sent": SAID, "sub_label": "Ondine", "rel": "P57", "obj_label": "anna besk"},
    {"sent": SAID, "sub_label": "Ondine", "rel": "P577", "obj_label": "1961"},
    {"sent": "Nothing here.", "sub_label": "Ondine", "rel": "P57", "obj_label": "Anna Besk"},
]


def test_triples_of_a_sentence_are_gathered(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    one, other = READERS[".jsonl"](tmp_path / "t.jsonl", "film", {"P57": "director", "P577": "year"})
    assert marked(one) == {("Ondine", "director", "Anna Besk"), ("Ondine", "year", "1961")}
    assert not one.complete
    assert not other.links
