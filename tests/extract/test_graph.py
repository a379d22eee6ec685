from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.graph import Graph
from kg.model import Parse

LINES = """
Norvia norvia NNP nsubj 1
makes make VBZ ROOT 1
small small JJ amod 3
lamps lamp NNS dobj 1
"""


@pytest.fixture
def bare(tree: Callable[[str], Parse]) -> Graph:
    """A graph without edges."""
    return Graph(tree(LINES))


def test_an_edge_can_be_followed_both_ways(bare: Graph) -> None:
    bare.add(1, "subj", 0)
    assert bare.get(1, "subj") == [0]
    assert bare.get(0, "^subj") == [1]


def test_an_edge_is_added_once(bare: Graph) -> None:
    bare.add(1, "subj", 0)
    bare.add(1, "subj", 0)
    assert bare.get(1, "subj") == [0]
    assert bare.get(0, "^subj") == [1]


def test_no_token_fills_a_role_of_its_own(bare: Graph) -> None:
    bare.alias[2] = 3
    bare.add(3, "mod", 2)
    assert bare.out[3] == {}


def test_an_alias_is_replaced_by_what_it_stands_for(bare: Graph) -> None:
    bare.alias[2] = 0
    bare.add(1, "subj", 2)
    bare.add(2, "of", 3)
    assert bare.get(1, "subj") == [0]
    assert bare.get(0, "of") == [3]


def test_a_role_that_nothing_fills_is_empty(bare: Graph) -> None:
    assert bare.get(1, "obj") == []


def test_children_by_dependency(bare: Graph) -> None:
    assert list(bare.children(1)) == [0, 3]
    assert list(bare.children(1, "dobj", "iobj")) == [3]
    assert list(bare.children(0)) == []


def test_a_subtree_starts_with_its_head(bare: Graph) -> None:
    assert list(bare.subtree(3)) == [3, 2]
    assert set(bare.subtree(1)) == {0, 1, 2, 3}


def test_the_subject_of_a_passive_verb_is_an_object(bare: Graph) -> None:
    bare.add(1, "subj", 0)
    bare.add(1, "obj", 3)
    assert bare.subject_role(1) == "subj"
    assert bare.subjects(1) == [0]
    bare.passive[1] = True
    assert bare.subject_role(1) == "obj"
    assert bare.subjects(1) == [3]


def test_verbs_are_told_by_their_tags(bare: Graph) -> None:
    assert [bare.is_verb(i) for i in range(4)] == [False, True, False, False]


def test_the_first_word_counts_as_there(bare: Graph) -> None:
    assert bare.has(1, "nsubj")
    assert not bare.has(1, "nsubjpass")
    assert not bare.has(0)
