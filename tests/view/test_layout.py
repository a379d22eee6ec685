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
    assert min(found[f"lone {n}"][1] for n in (1, 2, 3)) > max(found[n][1] for n in "abcxypq")


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
