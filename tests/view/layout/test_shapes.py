"""Insides of communities that were drawn before save work and change nothing."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.layout import layout
from kg.view.layout.shapes import Shapes, key_of
from tests.view.layout.drawings import BOX, RADIUS, Edges, clustered

if TYPE_CHECKING:
    from kg.view.layout import Layout


def drawn(count: int, edges: Edges, shapes: Shapes | None = None) -> Layout:
    keys = [f"{node:05}" for node in range(count)]
    return layout(keys, keys, edges, boxes=[BOX] * count, radii=[RADIUS] * count, shapes=shapes)


def test_what_is_kept_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Shapes()
    found = drawn(600, clustered(600), first)
    monkeypatch.setattr("kg.view.layout.discs.shape", lambda *_: pytest.fail("it was drawn again"))
    by_shapes = Shapes(first.taken)
    assert drawn(600, clustered(600), by_shapes) == found
    monkeypatch.setattr("kg.view.layout.large.arrange", lambda *_: pytest.fail("it was arranged again"))
    whole = Shapes(first.taken, first.drawn)
    assert drawn(600, clustered(600), whole) == found
    assert whole.taken == by_shapes.taken == first.taken
    assert whole.drawn == by_shapes.drawn == first.drawn


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 30))
def test_a_changed_graph_is_drawn_as_from_nothing(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    edges = clustered(500)
    shapes = Shapes()
    drawn(500, edges, shapes)
    for _ in range(2):
        for _ in range(changes):
            edges[chance.randrange(len(edges))] = (chance.randrange(500), chance.randrange(500))
        shapes = Shapes(shapes.taken, shapes.drawn)
        assert drawn(500, edges, shapes) == drawn(500, edges)


def test_a_key_tells_everything_that_decides_a_shape() -> None:
    sizes, chance = np.array([[2.0, 2.0], [3.0, 3.0]]), [0.5, 0.25]
    keys = {
        key_of([[1], [0]], sizes, chance),
        key_of([[], []], sizes, chance),
        key_of([[1], [0]], sizes[::-1], chance),
        key_of([[1], [0]], sizes, chance[::-1]),
    }
    assert len(keys) == 4
