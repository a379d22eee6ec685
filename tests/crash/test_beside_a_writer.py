"""Readers, and writers that come second, beside builds in other processes."""

from __future__ import annotations

import select

from kg.query import run, run_here
from kg.store import Store
from tests.crash.workshop import ONE, OTHER, Shop

FACTS = "SELECT (COUNT(*) AS ?n) { ?s firm:produces ?o }"
SAID = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?statement a rdf:Statement } }"
PREFIX = "PREFIX firm: <https://kg.example/firm#>\n"


def test_readers_see_whole_states_while_builds_go_on(shop: Shop) -> None:
    texts = {"one": ONE, "other": OTHER}
    states = {shop.clean(documents)["quads"] for documents in texts.values()}
    shop.write(ONE)
    shop.built()
    seen, looks = set(), 0
    for name in ("other", "one", "other", "one"):
        shop.write(texts[name])
        shop.begin(clean=name == "one")
        assert shop.children.process.stdout is not None
        while not select.select([shop.children.process.stdout], [], [], 0.01)[0]:
            seen.add(shop.seen())
            with Store.view(shop.output) as store:
                facts, said = (next(iter(run_here(store, PREFIX + query)))["n"] for query in (FACTS, SAID))
                assert facts == said
            looks += 1
        assert shop.children.told()["code"] == 0
    assert seen == states
    assert looks > 8


def test_a_reader_keeps_its_state_for_queries_in_other_processes(shop: Shop) -> None:
    shop.built()
    with Store.view(shop.output) as store:
        before = list(run(store, PREFIX + FACTS, seconds=60))
        for texts in (OTHER, ONE, OTHER):
            shop.write(texts)
            shop.built(clean=texts is ONE)
        assert list(run(store, PREFIX + FACTS, seconds=60)) == before == [{"n": 5}]
    with Store.view(shop.output) as store:
        assert list(run(store, PREFIX + FACTS, seconds=60)) == [{"n": 5}]
        assert store.kept("report.json") == (shop.output / "report.json").read_bytes()
