from __future__ import annotations

import base64
import hashlib
import json
import re
import stat
import time
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from kg.errors import UsageError
from kg.view import network, page, write_page
from kg.view.page import ASSETS

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


class Elements(HTMLParser):
    """Collects elements with their attributes, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] in ("script", "style", "title", "h1") and data.strip():
            self.texts.append((*self.found[-1], data))

    def block(self, name: str) -> Any:
        [text] = [text for tag, attrs, text in self.texts if tag == "script" and attrs.get("id") == name]
        return json.loads(text)


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
    loads = [(tag, value) for tag, attrs in found for key, value in attrs.items() if key in ("src", "href", "action")]
    assert loads == [("link", "data:,")]
    assert not [tag for tag, attrs in found for key in attrs if key.startswith("on") or key == "style"]


def test_the_policy_admits_exactly_what_is_inlined(optics: Maker) -> None:
    elements = Elements(page(network(optics), title="T"))
    [policy] = [a["content"] or "" for tag, a in elements.found if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    running = [text for tag, attrs, text in elements.texts if tag == "style" or (tag == "script" and "id" not in attrs)]
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in running]
    assert len(hashes) == 3
    assert sorted(re.findall(r"sha256-([^']+)", policy)) == sorted(hashes)


def test_blocks_hold_the_graph_under_opaque_ids(optics: Maker) -> None:
    elements = Elements(page(network(optics), title="T"))
    nodes, edges, content = elements.block("nodes"), elements.block("edges"), elements.block("content")
    assert [node["id"] for node in nodes] == [f"n{n}" for n in range(1, 40)]
    assert all(isinstance(node["x"], int) and isinstance(node["y"], int) for node in nodes)
    assert len({(node["x"], node["y"]) for node in nodes}) == len(nodes)
    assert all("title" not in item for item in (*nodes, *edges))
    assert set(content["entities"]) == {node["id"] for node in nodes}
    assert [s["id"] for s in content["statements"] if "o" in s] == [edge["id"] for edge in edges]
    assert json.loads(elements.block("options"))["physics"] == {"enabled": False}


def test_only_asserted_edges_are_solid_and_shown(optics: Maker) -> None:
    elements = Elements(page(network(optics), title="T"))
    stances = {s["id"]: s["stance"] for s in elements.block("content")["statements"]}
    for edge in elements.block("edges"):
        other = stances[edge["id"]] != "asserted"
        assert (edge["dashes"], edge["hidden"]) == (other, other)


def test_parallel_edges_bend_apart(optics: Maker) -> None:
    edges = Elements(page(network(optics), title="T")).block("edges")
    both = [edge for edge in edges if (edge["from"], edge["to"]) == ("n1", "n2")]
    assert {edge["label"] for edge in both} == {"acquired", "partner of"}
    assert len({json.dumps(edge["smooth"]) for edge in both}) == 2


def test_hostile_text_is_inert(hostile: Maker) -> None:
    text = page(network(hostile), title=HOSTILE[1])
    elements = Elements(text)
    assert "\u2028" not in text.split('id="nodes"')[1].split("</script>")[0]
    assert not [tag for tag, _ in elements.found if tag in ("img", "b")]
    assert len([tag for tag, _ in elements.found if tag == "script"]) == 6
    assert "7 * 7" in text
    labels = {entity["label"] for entity in elements.block("content")["entities"].values()}
    assert labels == set(HOSTILE)
    quotes = {e["quote"] for s in elements.block("content")["statements"] for e in s["evidence"]}
    assert quotes == set(HOSTILE)
    assert [text for tag, _, text in elements.texts if tag in ("title", "h1")] == [HOSTILE[1]] * 2


def test_our_script_writes_text_only() -> None:
    script = (ASSETS / "page.js").read_text(encoding="utf-8")
    for name in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "fetch("):
        assert name not in script
    assert "|safe" not in (ASSETS / "page.html").read_text(encoding="utf-8").replace(" ", "")


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
    assert "vis-network" not in text
    assert "No entity was found in this document." in page(network(maker, document="d"), title="T")


def test_a_graph_made_elsewhere_has_a_page_too() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node(
        "https://kg.example/entity/a", iri="https://kg.example/entity/a", label="", type="T", aliases=[], literals=[]
    )
    assert Elements(page(graph, title="T")).block("nodes")[0]["label"] == "?"


def test_many_entities_are_cut_with_a_notice(big: Callable[[int, int, int], Maker], tmp_path: Path) -> None:
    write_page(big(400, 500, 1), tmp_path / "g.html")
    text = (tmp_path / "g.html").read_text(encoding="utf-8")
    assert len(Elements(text).block("nodes")) == 300
    assert "The 300 entities with the most facts are shown, 100 are left out" in text
    assert "400 entities, " in text
    assert page(network(big(400, 500, 1)), title="Knowledge graph") == text


def test_much_evidence_is_counted(maker: Maker) -> None:
    maker.entity("A", "Person")
    maker.entity("B", "Person")
    maker.document("d")
    for number in range(25):
        maker.say("A", "knows", "B", f"{number}: A knows B.", "d")
    [statement] = Elements(page(network(maker), title="T")).block("content")["statements"]
    assert (len(statement["evidence"]), statement["more"]) == (20, 5)


def test_write_page_is_whole_or_not_at_all(optics: Maker, tmp_path: Path) -> None:
    target = tmp_path / "new" / "graph.html"
    write_page(optics, target, title="Öptik")
    assert target.read_bytes() == page(network(optics), title="Öptik").encode("utf-8")
    assert [path.name for path in target.parent.iterdir()] == ["graph.html"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o644


def test_write_page_where_it_cannot(optics: Maker, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        write_page(optics, tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_quick_with_many_statements(big: Callable[[int, int, int], Maker], tmp_path: Path) -> None:
    maker = big(300, 600, 1)
    write_page(maker, tmp_path / "warm.html")
    begin = time.process_time()
    write_page(maker, tmp_path / "g.html")
    assert time.process_time() - begin < 2.0  # usually a third of it; busy machines are slower


def test_types_look_different(maker: Maker) -> None:
    for number in range(20):
        for copy in range(20 - number):
            maker.entity(f"{number} {copy}", f"T{number:02}")
    types = Elements(page(network(maker), title="T")).block("content")["types"]
    assert [found["name"] for found in types] == [f"T{number:02}" for number in range(20)]
    assert len({(found["colour"], found["shape"]) for found in types}) == 20
    assert {found["shape"] for found in types[:7]} == {"dot"}
    assert len({found["shape"] for found in types[7:13]}) == 6
    assert not {found["shape"] for found in types[7:]} & {"dot"}


def test_at_most_twenty_mentions_are_held(maker: Maker) -> None:
    maker.entity("A", "Person")
    maker.document("d")
    for number in range(25):
        maker.mention("d", "A", 10 * number)
    entity = Elements(page(network(maker), title="T")).block("content")["entities"]["n1"]
    assert (len(entity["mentions"]), entity["more"]) == (20, 5)


def test_entities_without_statements_do_not_move_the_others(optics: Maker, empty: Callable[[], Maker]) -> None:
    def places(*lone: str) -> dict[str, tuple[int, int]]:
        made = empty()
        made.quads.extend(optics.quads)
        made.iris.update(optics.iris)
        for label in lone:
            made.entity(label, "Place")
        nodes = Elements(page(network(made), title="T")).block("nodes")
        return {node["label"]: (node["x"], node["y"]) for node in nodes}

    more = places("Somewhere", "Elsewhere")
    assert {label: place for label, place in more.items() if label not in ("Somewhere", "Elsewhere")} == places()
