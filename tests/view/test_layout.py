from __future__ import annotations

import math

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.layout import positions

SIZE = (100.0, 50.0)


def places(graph: nx.Graph[str]) -> dict[str, tuple[int, int]]:
    return positions(graph, dict.fromkeys(graph, SIZE))


def overlaps(found: dict[str, tuple[int, int]]) -> int:
    nodes = sorted(found)
    pairs = [(a, b) for n, a in enumerate(nodes) for b in nodes[n + 1 :]]
    return sum(
        abs(found[a][0] - found[b][0]) < SIZE[0] - 2 and abs(found[a][1] - found[b][1]) < SIZE[1] - 2 for a, b in pairs
    )


def test_nothing_needs_no_place() -> None:
    assert places(nx.Graph()) == {}


def test_the_same_graph_in_another_order_gives_the_same_places() -> None:
    edges = [(f"n{n % 17}", f"n{n * n % 23}") for n in range(60)]
    assert places(nx.MultiDiGraph(edges)) == places(nx.MultiDiGraph(reversed(edges)))


def test_sixty_boxes_do_not_overlap() -> None:
    tree = nx.random_labeled_tree(60, seed=3)
    assert overlaps(places(nx.Graph([(str(a), str(b)) for a, b in tree.edges()]))) == 0


def test_components_stand_apart() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from([("a", "b"), ("b", "c"), ("x", "y"), ("p", "q")])
    graph.add_nodes_from(["lone 1", "lone 2", "lone 3"])
    found = places(graph)
    assert set(found) == set(graph)
    assert overlaps(found) == 0


def test_what_stands_below_does_not_move_the_others() -> None:
    graph: nx.Graph[str] = nx.Graph([("a", "b"), ("b", "c"), ("x", "y"), ("p", "q")])
    alone = places(graph)
    lone = [f"lone {n}" for n in range(9)]
    graph.add_nodes_from(lone)
    found = positions(graph, dict.fromkeys(graph, SIZE), below=lone)
    assert {node: found[node] for node in alone} == alone
    assert overlaps(found) == 0
    assert min(found[node][1] for node in lone) > max(y for _, y in alone.values())


def test_only_nodes_below() -> None:
    lone = [str(n) for n in range(5)]
    graph: nx.Graph[str] = nx.empty_graph(lone)
    found = positions(graph, dict.fromkeys(lone, SIZE), below=lone)
    assert set(found) == set(lone)
    assert overlaps(found) == 0


def test_many_components_fill_the_shape_of_a_screen() -> None:
    tree = nx.random_labeled_tree(30, seed=5)
    graph: nx.Graph[str] = nx.Graph([(str(a), str(b)) for a, b in tree.edges()])
    for n in range(25):
        graph.add_edge(f"one {n}", f"other {n}")
    found = places(graph)
    width, height = (max(axis) - min(axis) for axis in zip(*found.values(), strict=True))
    assert 1.1 < width / height < 1.9
    assert width * height < 3 * len(graph) * (SIZE[0] + 14) * (SIZE[1] + 14)
    middle = [sum(axis) / 30 for axis in zip(*(found[str(n)] for n in range(30)), strict=True)]
    assert math.dist(middle, [sum(axis) / len(found) for axis in zip(*found.values(), strict=True)]) < height / 4


def test_neighbours_are_nearer_than_strangers() -> None:
    ring = [(f"{n}", f"{(n + 1) % 12}") for n in range(12)]
    found = places(nx.Graph(ring))
    lengths = {(a, b): math.dist(found[a], found[b]) for a in found for b in found if a < b}
    joined = [lengths[min(pair), max(pair)] for pair in ring]
    assert max(joined) < sum(lengths.values()) / len(lengths)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=25))
def test_every_node_has_a_place_of_its_own(edges: list[tuple[int, int]]) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph([(str(a), str(b)) for a, b in edges])
    found = places(graph)
    assert set(found) == set(graph)
    assert len(set(found.values())) == len(found)
    assert places(graph) == found
