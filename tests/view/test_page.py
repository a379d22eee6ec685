from __future__ import annotations

import base64
import hashlib
import re
import stat
from typing import TYPE_CHECKING

import pytest

from kg.errors import UsageError
from kg.view import Selection, network, page, write_page
from kg.view.bundle import VIEW, script
from tests.view.elements import Elements

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.view.conftest import Maker

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "line\u2028separator\u2029paragraph",
    "\u202eright to left\u202c שלום",
    "{{ 7 * 7 }} {% include 'page.css' %}",
    "新高端 & \"quotes\" 'single' <!-- href",
)


@pytest.fixture
def hostile(maker: Maker) -> Maker:
    maker.document("<d>", title="</title><b>", date=None)
    for number, label in enumerate(HOSTILE):
        maker.entity(label, "Company", label + " alias")
        maker.say(label, "knows", HOSTILE[number - 1] if number else label, f"See [[{label}]] there </p>.", "<d>")
    return maker


def test_the_same_graph_gives_the_same_page(big: Callable[[int, int, int], Maker]) -> None:
    first, second = page(network(big(40, 80, 1)), title="T"), page(network(big(40, 80, -1)), title="T")
    assert first == second


def test_nothing_is_loaded(optics: Maker) -> None:
    found = Elements(page(network(optics), title="T")).found
    loads = [value or "" for _, attrs in found for key, value in attrs.items() if key in ("src", "href", "action")]
    assert [value for value in loads if not value.startswith("#")] == ["data:,"]
    assert not [tag for tag, attrs in found for key in attrs if key.startswith("on") or key == "style"]


def test_the_policy_admits_exactly_what_runs(optics: Maker) -> None:
    elements = Elements(page(network(optics), title="T"))
    [policy] = [a["content"] or "" for tag, a in elements.found if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in elements.running()]
    assert len(hashes) == 3
    assert sorted(re.findall(r"sha256-([^']+)", policy)) == sorted(hashes)


def test_the_policy_of_a_review_admits_exactly_what_runs(optics: Maker) -> None:
    elements = Elements(page(network(optics), title="T", review=True))
    [policy] = [a["content"] or "" for tag, a in elements.found if a.get("http-equiv") == "Content-Security-Policy"]
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in elements.running()]
    assert sorted(re.findall(r"sha256-([^']+)", policy)) == sorted(hashes)
    assert script(review=True) in elements.running()


def test_a_classic_page_cannot_be_reviewed(optics: Maker, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be reviewed"):
        write_page(optics, tmp_path / "g.html", look="classic", review=True)
    assert list(tmp_path.iterdir()) == []


def test_the_program_is_packed_in_small_pages_only(optics: Maker, big: Callable[[int, int, int], Maker]) -> None:
    small, large = (Elements(page(network(maker), title="T")) for maker in (optics, big(1500, 3000, 1)))
    assert [len(elements.running()) for elements in (small, large)] == [3, 2]
    assert small.running()[2] == large.running()[1] == script()
    [policy] = [a["content"] or "" for tag, a in large.found if a.get("http-equiv") == "Content-Security-Policy"]
    assert len(re.findall("sha256-", policy)) == 2


def test_hostile_text_is_inert(hostile: Maker) -> None:
    text = page(network(hostile), title=HOSTILE[1])
    elements = Elements(text)
    assert "\u2028" not in text.split('id="graph-data"')[1].split("</script>")[0]
    assert not [tag for tag, _ in elements.found if tag in ("img", "b")]
    assert len([tag for tag, _ in elements.found if tag == "script"]) == 3 + 2
    assert "7 * 7" in text
    assert set(elements.block("graph")["entities"]["label"]) == set(HOSTILE)
    [document] = elements.block("texts")["documents"]
    assert document["title"] == "</title><b>"
    assert all(any(name in piece for _, piece in document["pieces"]) for name in HOSTILE)
    assert [text for tag, _, text in elements.texts if tag in ("title", "h1")] == [HOSTILE[1]] * 2


def test_the_program_writes_text_only() -> None:
    for name in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "fetch("):
        assert name not in script(review=True)
    assert "|safe" not in (VIEW / "assets" / "page.html").read_text(encoding="utf-8").replace(" ", "")


def test_header_counts(optics: Maker, maker: Maker) -> None:
    assert '<p id="summary">39 entities, 48 facts from 4 documents</p>' in page(network(optics), title="T")
    maker.document("d")
    maker.entity("A", "Person")
    maker.entity("B", "Person")
    maker.say("A", "knows", "B", "A knows B.", "d")
    assert "2 entities, 1 fact from 1 document<" in page(network(maker), title="T")


def test_empty_graphs_say_why(maker: Maker) -> None:
    assert "No document has been read yet." in page(network(maker), title="T")
    maker.document("d")
    text = page(network(maker), title="T")
    assert "1 document was read, and no entity" in text
    assert 'id="program"' not in text
    here = network(maker, Selection(documents=("d",)))
    assert "No entity was found in this document." in page(here, title="T")


def test_a_part_without_anything_says_so(optics: Maker) -> None:
    assert "Nothing in the graph fits" in page(network(optics, Selection(stances=("asked",))), title="T")


def test_too_many_entities_are_cut_with_a_notice(big: Callable[[int, int, int], Maker]) -> None:
    text = page(network(big(400, 500, 1), limit=300), title="T")
    assert len(Elements(text).block("graph")["entities"]["label"]) == 300
    assert "The 300 entities with the most facts are shown, 100 are left out" in text
    assert "400 entities, " in text


def test_write_page_is_whole_or_not_at_all(optics: Maker, tmp_path: Path) -> None:
    target = tmp_path / "new" / "graph.html"
    write_page(optics, target, title="Öptik")
    assert "Öptik" in target.read_text(encoding="utf-8")
    assert [path.name for path in target.parent.iterdir()] == ["graph.html"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o644


def test_write_page_where_it_cannot(optics: Maker, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        write_page(optics, tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_page_of_sixty_entities_is_small(big: Callable[[int, int, int], Maker], tmp_path: Path) -> None:
    write_page(big(60, 150, 1), tmp_path / "g.html")
    assert (tmp_path / "g.html").stat().st_size < 150_000
