"""Stores for the exporters: a small one about an invented boatyard, and a way to make others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.rdf import prefixes
from kg.store import Store
from tests.texts import keep_texts

GRAPH = Path(__file__).parents[1] / "graphs" / "boatyard.trig"
BASE = "https://kg.example/"

Fill = Callable[[Iterable[ox.Quad]], Store]


@pytest.fixture(scope="session")
def boatyard() -> list[ox.Quad]:
    return list(ox.parse(GRAPH.read_bytes(), format=ox.RdfFormat.TRIG))


@pytest.fixture
def fill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fill]:
    """Makes a store of quads, in the order given; closed at the end of the test."""
    stores = []

    def make(quads: Iterable[ox.Quad]) -> Store:
        store = Store.open(tmp_path_factory.mktemp("store"), create=True)
        stores.append(store)
        store.manifest = {"base": BASE, "prefixes": prefixes(BASE, {"company": "https://w3id.org/evident-kg/company#"})}
        graphs: dict[str | None, list[ox.Quad]] = defaultdict(list)
        for quad in quads:
            graphs[quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None].append(quad)
        for name, some in graphs.items():
            store.put(name, some)
        keep_texts(store)
        return store

    yield make
    for store in stores:
        store.close()
