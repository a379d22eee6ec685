from __future__ import annotations

import itertools
import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.layout import layout
from tests.view.layout.drawings import BOX, Edges, boxes_overlap, clustered, drawn, outside, tree

CLIQUES = [(first + one, first + other) for first in (0, 20) for one, other in itertools.combinations(range(20), 2)] + [
    (0, 20)
]


def test_nothing_needs_no_place() -> None:
    found = drawn(0, []).found
    assert (found.places, found.community, found.communities) == ((), (), ())


@pytest.mark.parametrize("edges", [[], [(0, 0)], [(0, 0), (0, 0)]])
def test_one_node_stands_in_the_middle(edges: Edges) -> None:
    assert drawn(1, edges).found.places == ((0, 0),)


def test_loops_and_parallel_edges_change_nothing() -> None:
    plain = drawn(30, tree(30)).found
    edges = tree(30)
    assert drawn(30, edges + [(b, a) for a, b in edges] + [(n, n) for n in range(30)]).found == plain


@pytest.mark.parametrize(
    ("count", "edges"),
    [
        (60, tree(60)),
        (300, tree(300)),
        (300, clustered(300)),
        (250, [(0, n) for n in range(1, 250)]),
        (200, [(n, n + 1) for n in range(199)]),
        (40, CLIQUES),
        (120, list(itertools.combinations(range(120), 2))),
        (200, [(2 * n, 2 * n + 1) for n in range(100)]),
        (90, []),
    ],
    ids=["tree", "large tree", "clusters", "star", "path", "two cliques", "clique", "pairs", "isolated"],
)
def test_labels_do_not_overlap(count: int, edges: Edges) -> None:
    found = drawn(count, edges).found
    assert boxes_overlap(found) == 0
    assert outside(found) == 0


def test_the_drawing_does_not_depend_on_the_order_of_edges_and_nodes() -> None:
    first = drawn(200, clustered(200))
    chance = random.Random(3)
    order = list(range(200))
    chance.shuffle(order)
    edges = [(order.index(b), order.index(a)) for a, b in clustered(200)]
    chance.shuffle(edges)
    keys = [f"{node:05}" for node in order]
    labels = [f"Entity {key}" for key in keys]
    found = layout(keys, labels, edges, boxes=[BOX] * 200, radii=[6.0] * 200)
    assert {key: found.places[n] for n, key in enumerate(keys)} == {key: first.at(key) for key in keys}
    assert [one.name for one in found.communities] == [one.name for one in first.found.communities]


def test_what_is_silent_stands_below_and_changes_nothing_above() -> None:
    edges = tree(40)
    alone = drawn(40, edges)
    found = drawn(70, edges, range(40, 70)).found
    assert found.places[:40] == alone.found.places
    assert min(y for _, y in found.places[40:]) > max(y for _, y in found.places[:40])
    assert boxes_overlap(found) == 0
    silent = found.communities[-1]
    assert (silent.name, silent.silent, silent.members) == ("Only mentioned", True, tuple(range(40, 70)))


def test_who_has_an_edge_is_not_silent() -> None:
    found = drawn(3, [(0, 1)], [0, 2]).found
    assert found.community == (-1, -1, 0)


def test_two_cliques_are_two_communities() -> None:
    found = drawn(40, CLIQUES).found
    assert [set(one.members) for one in found.communities] == [set(range(20)), set(range(20, 40))]
    assert found.community == (0,) * 20 + (1,) * 20


def test_many_components_fill_the_shape_of_a_screen() -> None:
    edges = tree(30, seed=5) + [(30 + 2 * n, 31 + 2 * n) for n in range(25)]
    found = drawn(80, edges).found
    width, height = (max(axis) - min(axis) for axis in zip(*found.places, strict=True))
    assert 1.1 < width / height < 1.9
    assert width * height < 3 * 80 * (BOX[0] + 14) * (BOX[1] + 14)


def test_neighbours_are_nearer_than_strangers() -> None:
    places = drawn(12, [(n, (n + 1) % 12) for n in range(12)]).found.places
    joined = [math.dist(places[n], places[(n + 1) % 12]) for n in range(12)]
    lengths = [math.dist(one, other) for one, other in itertools.combinations(places, 2)]
    assert max(joined) < sum(lengths) / len(lengths)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 30), st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=60), st.data())
def test_any_small_graph_can_be_drawn(count: int, edges: Edges, data: st.DataObject) -> None:
    edges = [(a, b) for a, b in edges if max(a, b) < count]
    silent = data.draw(st.lists(st.integers(0, max(count - 1, 0)), max_size=count))
    found = drawn(count, edges, [node for node in silent if node < count]).found
    assert len(found.places) == len(found.community) == count
    assert boxes_overlap(found) == 0
    assert outside(found) == 0
    for number, one in enumerate(found.communities):
        assert {node for node in range(count) if found.community[node] == number} == set(one.members)
