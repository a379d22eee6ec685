from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view import network
from kg.view.shown import shown
from kg.view.texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.view.conftest import Maker

STORY = "𝒜nvil 🛠 makes Bellows. Nobody asked. “Bellows 🦊 sells 𝒜nvil”, they say."


def block(maker: Maker, whole: dict[str, str] | None = None) -> dict[str, Any]:
    graph = shown(network(maker))
    return texts(graph, whole or {})


def in_units(text: str, begin: int, end: int) -> str:
    """What JavaScript's slice gives."""
    return text.encode("utf-16-le")[2 * begin : 2 * end].decode("utf-16-le")


def quoted(found: dict[str, Any]) -> list[str]:
    """The quotes as the page cuts them out of its documents."""
    evidence = found["evidence"]
    quotes = []
    for row, number in enumerate(evidence["document"]):
        begin, end = evidence["begin"][row], evidence["end"][row]
        for start, piece in found["documents"][number]["pieces"]:
            if start <= begin and end <= start + len(piece.encode("utf-16-le")) // 2:
                quotes.append(in_units(piece, begin - start, end - start))
                break
        else:
            quotes.append(found["quotes"][str(row)])
    return quotes


def test_every_quote_is_found_at_its_offsets(optics: Maker) -> None:
    graph = shown(network(optics))
    found = block(optics)
    assert quoted(found) == [citation.quote for row in graph.rows for citation in row.evidence]
    assert found["quotes"] == {}


@pytest.mark.parametrize("whole", [False, True])
def test_offsets_count_as_javascript_does(maker: Maker, whole: bool) -> None:
    for name in ("Anvil", "Bellows"):
        maker.entity(name, "Company")
    maker.document("d")
    maker.say("Anvil", "makes", "Bellows", STORY[:24].replace("🛠 makes", "[[🛠 makes]]").rstrip(), "d")
    maker.length["d"] = STORY.index("“")
    maker.say("Bellows", "sells", "Anvil", STORY[STORY.index("“") :].replace("🦊 sells", "[[🦊 sells]]"), "d")
    found = block(maker, {"d": STORY} if whole else None)
    assert quoted(found) == ["🛠 makes", "🦊 sells"]
    [document] = found["documents"]
    assert document["whole"] is whole
    assert len(document["pieces"]) == (1 if whole else 2)
    assert len(document["astral"]) == 4


def test_whole_texts_are_left_out_where_they_are_too_long(optics: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.view.texts.WHOLE", 10)
    found = block(optics, {"notes": "x" * 11})
    assert not any(document["whole"] for document in found["documents"])


def test_a_text_that_changed_is_not_taken(optics: Maker) -> None:
    found = block(optics, {"notes": "Something else altogether, but long enough to be taken for the text. " * 20})
    assert not any(document["whole"] for document in found["documents"])
    assert found == block(optics)


def test_speakers_times_and_rules(optics: Maker) -> None:
    found = block(optics)
    assert found["speakers"] == ["Ingrid Solheim-Baptiste", "Rafe Dunmorrow"]
    said = [number for number in found["evidence"]["speaker"] if number >= 0]
    assert len(said) == 3
    assert len(found["rules"]) > 10
    assert set(found["evidence"]["confidence"]) == {0.9}


def test_mentions_are_told(maker: Maker) -> None:
    maker.entity("Anvil", "Company")
    maker.document("d")
    maker.mention("d", "Anvil", 5, "it", named=False)
    mentions = block(maker)["mentions"]
    assert (mentions["entity"], mentions["begin"], mentions["end"], mentions["named"]) == ([0], [5], [7], [0])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=6), st.text(min_size=1, max_size=6), st.text(max_size=6)), max_size=4))
def test_any_quotes_come_back(empty: Callable[[], Maker], sentences: list[tuple[str, str, str]]) -> None:
    clean = [tuple(part.replace("[", "(").replace("]", ")") for part in parts) for parts in sentences]
    maker = empty()
    maker.entity("A", "Person")
    maker.entity("B", "Person")
    maker.document("d")
    for number, (before, quote, after) in enumerate(clean):
        maker.say("A", f"p{number}", "B", f"{before}[[{quote}]]{after}", "d")
    assert quoted(block(maker)) == [quote for _, quote, _ in clean]
