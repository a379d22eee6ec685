from __future__ import annotations

import pytest

pytest.importorskip("torch")

from curve import taken
from oskgc import Entry, told
from oskgc_learned import apart, by_families, by_triples

from kg.train.oskgc import Entry as Source


def entry(n: int, category: str, *triples: tuple[str, str, str]) -> Entry:
    return Entry(f"{n}", category, f"text {n}", frozenset(triples), Source(category, "", triples, ()))


def test_no_triple_of_what_is_set_apart_is_elsewhere() -> None:
    found = [
        entry(
            n, "1_Film", (f"a{n // 3}", "by", "x"), (f"b{n}", "in", "y"), *([("shared", "by", "z")] if n > 60 else [])
        )
        for n in range(120)
    ]
    drawn = apart(found, 30)
    inside = {triple for n in drawn for triple in found[n].gold}
    outside = {triple for n, one in enumerate(found) if n not in drawn for triple in one.gold}
    assert 30 <= len(drawn) < 45
    assert not inside & outside
    assert all(n <= 60 for n in drawn)
    assert drawn == apart(found, 30)
    split = by_triples(found)
    assert len(split.learned) + len(split.chosen) + len(split.tried) == len(found)


def test_only_relations_count_that_were_never_seen() -> None:
    found = [
        entry(1, "1_Film", ("a", "director", "b")),
        entry(2, "1_Food", ("a", "country", "b"), ("a", "dish", "c")),
        entry(3, "1_City", ("a", "country", "b")),
        entry(4, "2_Artist", ("a", "genre", "b")),
    ]
    split = by_families(found, ["Food"], ["Artist"])
    assert [one.id for one in split.learned] == ["1", "3"]
    assert [one.id for one in split.chosen] == ["4"]
    assert [one.id for one in split.tried] == ["2"]
    assert split.relations == frozenset(("dish", "genre"))


def test_texts_are_taken_until_each_relation_has_enough() -> None:
    found = [entry(n, "1_Film", (f"a{n}", "director" if n % 3 else "writer", "b")) for n in range(30)]
    some = taken(found, 4)
    assert [sum("director" in str(one.gold) for one in some), sum("writer" in str(one.gold) for one in some)] == [4, 4]
    assert some == taken(found, 4)
    assert set(map(id, some)) <= set(map(id, found))
    assert len(taken(found, 100)) == 30


def test_a_name_without_a_triple_gets_its_likeliest() -> None:
    found = {("a", "by", "b"): 2.0, ("a", "in", "c"): -0.5, ("d", "in", "c"): -0.7, ("a", "in", "cc"): -0.8}
    found |= {("a", "by", "e"): -3.0, ("b", "by", "a"): 0.5}
    assert told(found, 1.0) == {("a", "by", "b"), ("a", "in", "c"), ("d", "in", "c")}
    assert told({("a", "by", "e"): -3.0}) == {("a", "by", "e")}
    assert told({}) == frozenset()
