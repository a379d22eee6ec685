from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.view.layout.drawings import Drawing, boxes_overlap, clustered, discs_overlap, dots_overlap, outside, tree

if TYPE_CHECKING:
    from collections.abc import Collection


def without(count: int, edges: list[tuple[int, int]], gone: set[int], silent: Collection[int] = ()) -> Drawing:
    """The graph without some of its nodes."""
    kept = [node for node in range(count) if node not in gone]
    number = {node: n for n, node in enumerate(kept)}
    left = [(number[a], number[b]) for a, b in edges if a in number and b in number]
    return Drawing([f"{node:05}" for node in kept], left, [number[node] for node in sorted(set(silent) - gone)])


def moves(before: Drawing, after: Drawing) -> list[float]:
    """How far each has moved, as share of the diagonal, in ascending order."""
    size = math.hypot(*(max(axis) - min(axis) for axis in zip(*before.found.places, strict=True)))
    common = set(before.keys) & set(after.keys)
    return sorted(math.dist(before.at(key), after.at(key)) / size for key in common)


def again(before: Drawing, count: int, edges: list[tuple[int, int]], silent: set[int]) -> Drawing:
    return Drawing([f"{node:05}" for node in range(count)], edges, sorted(silent), before.former)


def test_the_same_graph_keeps_all_places() -> None:
    edges = [*clustered(150), (150, 151), (152, 153)]
    before = without(180, edges, set(), set(range(154, 180)))
    assert again(before, 180, edges, set(range(154, 180))).found.places == before.found.places


@pytest.mark.parametrize("first", [0, 50, 100, 122])
def test_who_was_there_stays_in_a_small_graph(first: int) -> None:
    edges, silent = [*clustered(120), (120, 121), (121, 122)], set(range(130, 160))
    before = without(160, edges, set(range(first + 1, first + 9)), silent)
    after = again(before, 160, edges, silent)
    found = moves(before, after)
    assert median(found) < 0.01
    assert found[len(found) * 95 // 100] < 0.05
    assert boxes_overlap(after.found) == 0
    assert outside(after.found) == 0


def test_new_ones_stand_near_their_neighbours() -> None:
    edges = tree(80)
    before = without(80, edges, {79})
    after = again(before, 80, edges, set())
    neighbour = next(a if b == 79 else b for a, b in edges if 79 in (a, b))
    distances = sorted(math.dist(after.at("00079"), place) for place in after.found.places)
    assert math.dist(after.at("00079"), after.at(f"{neighbour:05}")) <= distances[12]


def test_who_is_no_longer_silent_leaves_the_grid() -> None:
    edges, silent = tree(40), set(range(40, 70))
    before = without(70, edges, set(), silent)
    after = again(before, 70, [*edges, (7, 45)], silent - {45})
    assert after.at("00045")[1] < min(after.at(f"{node:05}")[1] for node in silent - {45})
    assert [after.at(key) for key in after.keys if key != "00045"] == [
        before.at(key) for key in before.keys if key != "00045"
    ]


def test_what_is_drawn_newly_to_a_large_part_draws_nothing_from_the_past() -> None:
    edges = tree(90)
    before = without(90, edges, set(range(30, 90)))
    assert again(before, 90, edges, set()).found == without(90, edges, set()).found


@pytest.mark.parametrize("step", [20, 60])
def test_who_was_there_stays_in_a_large_graph(step: int) -> None:
    edges, silent = clustered(900), set(range(900, 960))
    before = without(960, edges, set(range(7, 960, step)), silent)
    after = again(before, 960, edges, silent)
    found = moves(before, after)
    assert median(found) < 0.01
    assert found[len(found) * 95 // 100] < 0.05
    assert dots_overlap(after.found) == 0
    assert discs_overlap(after.found) == 0
    assert outside(after.found) == 0


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, 39), max_size=39), st.integers(0, 5))
def test_labels_never_overlap_whoever_was_there(gone: set[int], seed: int) -> None:
    edges = tree(30, seed)
    before = without(40, edges, gone, {node for node in range(30, 40) if node % 2})
    after = again(before, 40, edges, set(range(30, 40)))
    assert boxes_overlap(after.found) == 0


def test_only_small_components_were_there() -> None:
    edges = [(2 * n, 2 * n + 1) for n in range(200)]
    before = without(400, edges, {399})
    after = again(before, 400, edges, set())
    assert dots_overlap(after.found) == 0
    assert median(moves(before, after)) < 0.05
