from __future__ import annotations

from kg.view.layout import layout


def names(labels: list[str], edges: list[tuple[int, int]]) -> list[str]:
    count = len(labels)
    keys = [f"{n:04}" for n in range(count)]
    found = layout(keys, labels, edges, boxes=[(90.0, 40.0)] * count, radii=[5.0] * count)
    return [one.name for one in found.communities]


def star(first: int, count: int = 12) -> list[tuple[int, int]]:
    return [(first, first + n) for n in range(1, count)]


def test_a_community_is_called_by_those_who_matter_most() -> None:
    labels = [f"Leaf {n}" for n in range(10)]
    labels[5], labels[6], labels[7] = "Alpha Works", "Beta Prize", "Gamma Institute of Everything"
    edges = [(5, n) for n in range(10) if n != 5] + [(6, n) for n in range(4)] + [(7, 0)]
    assert names(labels, edges) == ["Alpha Works, Beta Prize, Leaf 0"]


def test_who_matters_elsewhere_too_comes_later() -> None:
    labels = ["Bridge", *(f"A{n}" for n in range(1, 10)), *(f"B{n}" for n in range(30))]
    near = [(one, other) for one in range(10) for other in range(one)]
    far = [(one, other) for one in range(10, 40) for other in range(max(10, one - 8), one)]
    first = names(labels, near + far + [(0, n) for n in range(10, 13)])
    assert not any(name.startswith("Bridge") for name in first)


def test_names_are_cut_between_words() -> None:
    label = "The International Association for the Advancement of Very Long Names"
    found = names([label] + [f"Leaf {n}" for n in range(11)], star(0))
    assert found == ["The International Association for the…"]


def test_communities_of_the_same_members_get_different_names() -> None:
    labels = ["Hub"] * 36
    edges = star(0) + star(12) + star(24)
    assert names(labels, edges) == ["Hub", "Hub 2", "Hub 3"]
    labels = (["Hub"] + [f"Leaf {n}" for n in range(11)]) * 3
    found = names(labels, edges)
    assert len(set(found)) == 3
    assert all(name.startswith("Hub, Leaf") for name in found)


def test_who_has_no_label_gives_no_name() -> None:
    assert names([""] * 12, star(0)) == ["Unnamed"]
    assert names([" "] + [f"Leaf {n}" for n in range(11)], star(0)) == ["Leaf 0, Leaf 1, Leaf 2"]
