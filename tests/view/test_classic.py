from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kg.view import network
from kg.view.classic import classic_page
from tests.view.elements import Elements

if TYPE_CHECKING:
    from tests.view.conftest import Maker


def dataset(text: str, name: str) -> list[dict[str, Any]]:
    found = re.search(rf"{name} = new vis\.DataSet\((\[.*?\])\);", text)
    assert found
    rows: list[dict[str, Any]] = json.loads(found[1])
    return rows


def test_it_is_pyvis_with_fixed_places(optics: Maker) -> None:
    text = classic_page(network(optics), title="T")
    nodes, edges = dataset(text, "nodes"), dataset(text, "edges")
    assert (len(nodes), len(edges)) == (39, 48)
    assert all(isinstance(node["x"], int) for node in nodes)
    assert '"physics": {"enabled": false}' in text


def test_nothing_is_asked_of_the_network(optics: Maker) -> None:
    found = Elements(classic_page(network(optics), title="T")).found
    assert not [value for _, attrs in found for key, value in attrs.items() if key in ("src", "href")]
    assert [attrs for _, attrs in found if attrs.get("http-equiv") == "Content-Security-Policy"]


def test_parallel_edges_bend_apart(optics: Maker) -> None:
    edges = dataset(classic_page(network(optics), title="T"), "edges")
    both = [edge for edge in edges if (edge["from"], edge["to"]) == (1, 2)]
    assert {edge["label"] for edge in both} == {"acquired", "partner of"}
    assert len({json.dumps(edge["smooth"]) for edge in both}) == 2
    assert {edge["dashes"] for edge in edges if edge["title"].startswith("denied")} == {True}


def test_hostile_names_stay_text(maker: Maker) -> None:
    maker.document("d")
    maker.entity("</script><script>alert(1)</script>", "Person")
    maker.entity('<a href="javascript:alert(1)">x</a>', "Person")
    text = classic_page(network(maker), title="</title><script>alert(2)</script>")
    assert "alert(1)</script>" not in text
    assert "alert(2)</script>" not in text
    assert "div.popup" not in text
