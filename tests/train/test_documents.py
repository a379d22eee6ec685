from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.train.documents import documents
from kg.train.examples import marked

WORDS = "Organization Product Person Place Event founder price produces worksFor presentedAt"
KEYS = {key: f"e:{key}" for key in WORDS.split()}
TEXT = """Q: How much is a Vellum?

A: Forty dollars a reel. We showed it at Tool Expo in May.

Marit Osk set up the firm in a barn. The firm makes Vellum and Parch. It sells both in Delft. Nobody asked why."""


def gold(tmp_path: Path, facts: list[tuple[str, str, str, str]]) -> Path:
    types = {"Karsk": "Organization", "Vellum": "Product", "Parch": "Product", "Marit Osk": "Person"}
    types |= {"Tool Expo": "Event", "Delft": "Place"}
    entities = [{"name": name, "type": type_, "aliases": []} for name, type_ in types.items()]
    told = [dict(zip(("s", "p", "o", "evidence"), fact, strict=True)) for fact in facts]
    found = {"id": "karsk", "date": "2019-06-01", "text": TEXT, "entities": entities, "facts": told}
    path = tmp_path / "karsk.json"
    path.write_text(json.dumps(found))
    return path


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (("Vellum", "price", "40 USD", "How much is a Vellum?\n\nA: Forty dollars"), ("Vellum", "Forty dollars")),
        (("Vellum", "presentedAt", "Tool Expo", "We showed it at Tool Expo"), ("it", "Tool Expo")),
        (("Karsk", "founder", "Marit Osk", "Marit Osk set up the firm"), ("the firm", "Marit Osk")),
        (("Karsk", "produces", "Parch", "The firm makes Vellum and Parch"), ("The firm", "Parch")),
        (("Vellum", "price", "40 USD", "Forty dollars a reel"), ("Vellum", "Forty dollars")),
        (("Karsk", "founder", "Marit Osk", "Marit Osk set up"), ("", "Marit Osk")),
        (("Marit Osk", "worksFor", "Karsk", "Marit Osk set up"), ("Marit Osk", "")),
    ],
)
def test_a_fact_stands_between_words_of_its_window(
    tmp_path: Path, fact: tuple[str, str, str, str], words: tuple[str, str]
) -> None:
    found = list(documents(gold(tmp_path, [fact]), "company", KEYS))
    facts = {told for example in found for told in marked(example)}
    assert (words[0], f"e:{fact[1]}", words[1]) in facts
    assert {example.document for example in found} == {"karsk"}


def test_windows_overlap_and_tell_what_they_lack(tmp_path: Path) -> None:
    fact = ("Karsk", "price", "99 USD", "Nobody asked why.")
    found = list(documents(gold(tmp_path, [fact]), "company", KEYS))
    texts = [example.text for example in found]
    assert any(text.startswith("How much") and text.endswith("in May.") for text in texts)
    assert [text for text in texts if "It sells" in text][1].startswith("It sells both")
    assert [example.text for example in found if not example.complete] == ["It sells both in Delft. Nobody asked why."]
