from __future__ import annotations

import itertools
import random
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.view.layout.drawings import Drawing, Edges, clustered, discs_overlap, dots_overlap, drawn, outside, tree


@pytest.mark.parametrize(
    ("count", "edges"),
    [
        (1000, clustered(1000)),
        (1500, tree(1500)),
        (500, [(0, n) for n in range(1, 500)]),
        (3000, [(0, n) for n in range(1, 3000)]),
        (1000, [(n, n + 1) for n in range(999)]),
        (320, [(f + a, f + b) for f in (0, 160) for a, b in itertools.combinations(range(160), 2)] + [(0, 160)]),
        (6000, [(2 * n, 2 * n + 1) for n in range(3000)]),
        (1600, [(n, n + 1) for n in range(1600) if n % 8 != 7]),
        (1200, [(a, b) for a in range(4) for b in range(4, 1200)]),
        (500, []),
    ],
    ids=["clusters", "tree", "star", "large star", "path", "cliques", "pairs", "components", "bipartite", "isolated"],
)
def test_neither_dots_nor_discs_overlap(count: int, edges: Edges) -> None:
    found = drawn(count, edges).found
    assert dots_overlap(found) == 0
    assert discs_overlap(found) == 0
    assert outside(found) == 0
    names = [one.name for one in found.communities]
    assert all(names)
    assert len(set(names)) == len(names)
    assert all(0 < len(name) <= 40 for name in names)


def test_a_community_is_a_disc_of_its_own() -> None:
    found = drawn(1000, clustered(1000)).found
    assert 15 < len(found.communities) < 35
    assert set(found.community) == set(range(len(found.communities)))
    for number, one in enumerate(found.communities):
        inside = [n for n, (x, y) in enumerate(found.places) if (x - one.x) ** 2 + (y - one.y) ** 2 < one.radius**2]
        assert inside == list(one.members) == [n for n in range(1000) if found.community[n] == number]


def test_the_whole_is_wider_than_high_and_compact() -> None:
    found = drawn(2000, clustered(2000)).found
    width, height = (max(axis) - min(axis) for axis in zip(*found.places, strict=True))
    assert 1.1 < width / height < 1.9
    assert sum(3.14 * one.radius**2 for one in found.communities) > 0.45 * width * height


def test_small_components_stand_below_and_belong_to_no_community() -> None:
    edges = clustered(400) + [(400 + 3 * n, 401 + 3 * n) for n in range(20)]
    found = drawn(460, edges).found
    assert set(found.community[400:]) == {-1}
    lowest = max(one.y + one.radius for one in found.communities)
    assert all(y > lowest for _, y in found.places[400:])


def test_what_is_silent_stands_below_everything_in_blocks() -> None:
    found = drawn(1500, [*clustered(400), (400, 401)], range(402, 1500)).found
    silent = [one for one in found.communities if one.silent]
    assert [one.name for one in silent] == ["Only mentioned", "Only mentioned 2", "Only mentioned 3"]
    assert sorted(node for one in silent for node in one.members) == list(range(402, 1500))
    assert min(y for _, y in found.places[402:]) > max(y for _, y in found.places[:402])
    assert discs_overlap(found) == 0


def test_the_drawing_does_not_depend_on_the_order_of_edges_and_nodes() -> None:
    first = drawn(800, clustered(800))
    chance = random.Random(3)
    order = list(range(800))
    chance.shuffle(order)
    place = {node: n for n, node in enumerate(order)}
    edges = [(place[b], place[a]) for a, b in clustered(800)]
    chance.shuffle(edges)
    found = Drawing([f"{node:05}" for node in order], edges)
    assert {key: found.at(key) for key in found.keys} == {key: first.at(key) for key in first.keys}
    assert [one.name for one in found.found.communities] == [one.name for one in first.found.communities]


def test_another_process_draws_the_same() -> None:
    script = (
        "from tests.view.layout.drawings import clustered, drawn\n"
        "print(drawn(500, clustered(500)).found)\n"
        "import sys; print('networkx' in sys.modules)"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert runs[0].startswith("Layout(places=((")


def test_thousands_are_drawn_in_seconds() -> None:
    edges = clustered(5000)
    begin = time.process_time()
    drawn(5000, edges)
    assert time.process_time() - begin < 5.0


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.integers(301, 420), st.floats(0.0, 2.5))
def test_any_random_graph_can_be_drawn(seed: int, count: int, density: float) -> None:
    chance = random.Random(seed)
    edges = [(chance.randrange(count), int(count * chance.random() ** 3)) for _ in range(int(count * density))]
    found = drawn(count, edges, [n for n in range(count) if n % 7 == 0]).found
    assert dots_overlap(found) == 0
    assert discs_overlap(found) == 0
    assert outside(found) == 0
