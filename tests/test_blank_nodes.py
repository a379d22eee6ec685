"""Names of blank nodes: the same for the same statements, and never searched for."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.blank_nodes import lines_of


def lines(text: str) -> list[str]:
    return lines_of(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))


@given(st.randoms(use_true_random=False), st.integers(0, 30))
def test_neither_the_order_nor_the_names_of_blank_nodes_matter(chance: random.Random, count: int) -> None:
    nodes = list(range(count + 2))
    made = [f'_:n{a} <x:v> "{a // 2}" .' for a in nodes] + [f"_:n{a} <x:n> _:n{b} ." for a, b in pairwise(nodes)]
    other = [line.replace("_:n", "_:other") for line in made]
    chance.shuffle(other)
    assert lines("\n".join(made)) == lines("\n".join(other))


@pytest.mark.parametrize(
    "text",
    [
        "".join(f'_:a{i} <x:v> "1" . _:a{i} <x:n> _:a{i + 1} . ' for i in range(2000)),
        "".join(f"_:c{i} <x:n> _:l{i}x{j} . " for i in range(2) for j in range(20)),
        "".join(f"_:a{i} <x:n> _:a{j} . " for i in range(40) for j in range(40)),
    ],
    ids=["a list of equal elements", "equal stars", "all with all"],
)
def test_blank_nodes_that_say_the_same_cost_no_search(text: str) -> None:
    begin = time.process_time()
    found = lines(text)
    assert len(found) == len(set(ox.parse(text, format=ox.RdfFormat.TURTLE)))
    assert time.process_time() - begin < 10
