from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg import pages
from kg.config import Settings
from kg.pages import write_page
from kg.pipeline import build
from kg.store import Store
from tests.view.elements import Elements

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def made(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Elements:
    path = tmp_path_factory.mktemp("pages") / "page.html"
    with Store.view(corpus) as store:
        write_page(store, path)
    return Elements(path.read_text(encoding="utf-8"))


def test_long_work_is_told(corpus: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with Store.view(corpus) as store:
        write_page(store, tmp_path / "page.html", progress=lambda *step: told.append(step))
    assert told == [("reading the graph", 0, 2), ("making the page", 1, 2), ("making the page", 2, 2)]


def test_a_build_writes_the_same_page(corpus: Path, made: Elements) -> None:
    built = Elements((corpus / "graph.html").read_text(encoding="utf-8"))
    for name in ("graph", "texts", "queries"):
        assert built.block(name) == made.block(name)


def test_what_was_inferred_does_not_keep_queries_from_being_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Larkspur Marine was founded by Ines Falk in 1911. Larkspur Marine is based in Oslo.\n")
    offered = []
    for reason in ("", "owl"):
        settings = Settings(output=str(tmp_path / f"out{reason}"), reason=reason)
        build([str(text)], settings)
        with Store.view(tmp_path / f"out{reason}") as store:
            if not reason:
                monkeypatch.setattr(pages, "SMALL", len(store.quads))
            else:
                assert len(store.quads) > pages.SMALL
            write_page(store, tmp_path / "page.html")
        offered.append(Elements((tmp_path / "page.html").read_text(encoding="utf-8")).block("queries"))
    assert offered[0] == offered[1] != []


def test_every_quote_stands_in_the_whole_text(made: Elements) -> None:
    texts = made.block("texts")
    assert len(texts["documents"]) > 10
    assert all(document["whole"] for document in texts["documents"])
    assert texts["quotes"] == {}
    evidence = texts["evidence"]
    for row, number in enumerate(evidence["document"]):
        [(start, text)] = texts["documents"][number]["pieces"]
        assert start == 0
        assert evidence["from"][row] <= evidence["begin"][row] < evidence["end"][row] <= evidence["to"][row]
        assert text[evidence["begin"][row] : evidence["end"][row]].strip()


def test_answers_of_shipped_queries_are_offered(made: Elements) -> None:
    offered = {entry["name"]: entry for entry in made.block("queries")}
    assert {"products", "awards", "people"} <= set(offered)
    assert all(entry["rows"] and entry["title"] for entry in offered.values())
    assert offered["awards"]["statements"]
