from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.evidence import gaps
from kg.facts import facts
from kg.statistics import _tenth, _year, statistics
from kg.store import Store
from kg.validate import validate
from tests.boatyard import BASE, stored

DOUBTED = {"produces": {"asserted": 2, "planned": 1}, "hasBrand": {"denied": 1}}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with stored(tmp_path_factory.mktemp("graph")) as reader:
        yield reader


def test_statistics_count_each_thing_once(store: Store) -> None:
    counts = statistics(store)
    single = {name: count for name, count in counts.items() if isinstance(count, int)}
    assert single == {
        "documents": 2,
        "sentences": 11,
        "silent": 0,
        "mentions": 16,
        "entities": 10,
        "facts": 13,
        "statements": 16,
    }
    assert counts["types"]["Organization"] == 3
    assert counts["predicates"]["produces"] == 1
    assert counts["stances"] == {"asserted": 14, "denied": 1, "planned": 1}


def test_statistics_tell_how_the_facts_are_spread(store: Store) -> None:
    counts = statistics(store)
    stances = counts["predicate_stances"]
    assert sum(sum(found.values()) for found in stances.values()) == counts["statements"] > 0
    totals = [sum(found.values()) for found in stances.values()]
    assert totals == sorted(totals, reverse=True)
    assert {name: found for name, found in stances.items() if set(found) != {"asserted"}} == DOUBTED
    rows = facts(store)
    assert counts["document_facts"] == dict(Counter(row["id"] for row in rows).most_common())
    assert counts["years"] == {"2007": 1}
    assert counts["confidences"] == {"0.5": 1, "0.6": 1, "0.7": 1, "0.8": 4, "0.9": 9}
    assert sum(counts["confidences"].values()) == counts["statements"]


@pytest.mark.parametrize(
    ("time", "year"),
    [("2007-04", "2007"), ("2007", "2007"), ("-0044-03-15", "-0044"), ("spring", ""), ("20071", "20071")],
)
def test_the_year_of_a_time(time: str, year: str) -> None:
    assert _year({"time": ox.Literal(time)}) == year
    assert _year({"time": None}) == ""


@pytest.mark.parametrize(
    ("confidence", "tenth"),
    [("0.3", "0.3"), ("0.7", "0.7"), ("0.69", "0.6"), ("1.0", "0.9"), ("0.0", "0.0"), ("0.04", "0.0")],
)
def test_the_tenth_of_a_confidence(confidence: str, tenth: str) -> None:
    assert _tenth({"confidence": ox.Literal(confidence)}) == tenth


def test_an_empty_graph_counts_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as writer:
        writer.manifest = {"base": BASE, "prefixes": {}}
    with Store.view(tmp_path) as store:
        assert not any(statistics(store).values())


def test_a_graph_without_a_manifest_is_read_as_any_other(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as writer:
        writer.put(None, [ox.Quad(ox.NamedNode("a:b"), ox.NamedNode("a:c"), ox.NamedNode("a:d"))])
    with Store.view(tmp_path) as store:
        assert not any(statistics(store).values())
        assert validate(store).checked == 1
        assert not list(gaps(store))
