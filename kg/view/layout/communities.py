"""Communities: groups of entities with more edges among them than to others.

Louvain's method, Blondel, Guillaume, Lambiotte and Lefebvre 2008, https://doi.org/10.1088/1742-5468/2008/10/P10008.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from kg.view.layout.graph import components, within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.view.layout.graph import Graph, Neighbours

FEWEST = 8  # nodes of a component that has a community
LARGEST = 400  # members; what is larger is divided again where it can be
LEAST = 5  # members; what is smaller joins a neighbour
STAY = 0.3  # of its edges must speak for another community before an entity leaves that of before
Weights = list[dict[int, float]]


def communities(graph: Graph, component: Sequence[int], together: Mapping[int, int]) -> list[list[int]]:
    """The communities of a component, each connected, the largest first.

    together: former communities; where they are known of most of the nodes, they go on and take in what is new.
    """
    if len(component) <= 2 * LEAST:
        return [list(component)]
    lasting = 2 * sum(node in together for node in component) > len(component)
    largest = LARGEST * 5 // 4 if lasting else LARGEST
    left = _divided(graph, component, together if lasting else None)
    found: list[list[int]] = []
    while left:
        part = left.pop()
        pieces = _divided(graph, part) if len(part) > largest else [part]
        (found if len(pieces) == 1 else left).extend(pieces)
    return sorted(_absorbed(graph.neighbours, found), key=lambda one: (-len(one), one[0]))


def _divided(graph: Graph, nodes: Sequence[int], together: Mapping[int, int] | None = None) -> list[list[int]]:
    """The communities among some nodes; with `together` those of before, where only single nodes change theirs."""
    inside = within(graph.neighbours, nodes)
    order = sorted(range(len(nodes)), key=lambda n: (len(inside[n]), graph.chance[nodes[n]]))
    weights: Weights = [dict.fromkeys(others, 1.0) for others in inside]
    if together is None:
        belongs = louvain(weights, order)
    else:
        first: dict[int, int] = {}
        seed = [first.setdefault(together[node], n) if node in together else n for n, node in enumerate(nodes)]
        belongs = _moved(weights, [0.0] * len(nodes), order, seed, STAY)
    parts: dict[int, list[int]] = defaultdict(list)
    for n, part in enumerate(belongs):
        parts[part].append(nodes[n])
    return [piece for part in parts.values() for piece in components(graph.neighbours, part)]


def louvain(around: Weights, order: Sequence[int]) -> list[int]:
    """The number of the community of each node. Nodes are looked at in the given order."""
    belongs = list(range(len(around)))
    loops = [0.0] * len(around)
    while True:
        moved = _moved(around, loops, order, range(len(around)))
        numbers: dict[int, int] = {}
        for node in order:
            numbers.setdefault(moved[node], len(numbers))
        belongs = [numbers[moved[node]] for node in belongs]
        if len(numbers) == len(around):
            return belongs
        merged: Weights = [defaultdict(float) for _ in numbers]
        inner = [0.0] * len(numbers)
        for node, others in enumerate(around):
            own = numbers[moved[node]]
            inner[own] += loops[node]
            for other, weight in others.items():
                to = numbers[moved[other]]
                if to == own:
                    inner[own] += weight / 2
                else:
                    merged[own][to] += weight
        around, loops, order = merged, inner, range(len(numbers))


def _moved(
    around: Weights, loops: Sequence[float], order: Sequence[int], seed: Sequence[int], stay: float = 0.0
) -> list[int]:
    """Each node in the community of the neighbour where modularity grows most, until nothing moves.

    seed: the communities at the beginning, each called by the number of a node.
    stay: the share of its edges that a node must gain to move.
    """
    degree = [2 * loop + sum(others.values()) for loop, others in zip(loops, around, strict=True)]
    total = sum(degree) or 1.0
    found = list(seed)
    size = [0.0] * len(around)  # of each community: the degrees in it
    for node, own in enumerate(found):
        size[own] += degree[node]
    waiting, queue = [True] * len(around), deque(order)
    budget = 30 * len(around)
    while queue and budget:
        budget -= 1
        node = queue.popleft()
        waiting[node] = False
        own, others = found[node], around[node]
        links: dict[int, float] = {own: 0.0}
        if len(others) == 1:  # as most have, and most of these stay where they are
            ((other, weight),) = others.items()
            if found[other] == own:
                continue
            links[found[other]] = weight
        else:
            for other, weight in others.items():
                one = found[other]
                links[one] = links.get(one, 0.0) + weight
        share = degree[node] / total
        size[own] -= degree[node]
        best, most = own, links[own] - share * size[own] + stay * degree[node] + 1e-9
        if len(links) == 1:
            size[own] += degree[node]
            continue
        for one, weight in links.items():
            gain = weight - share * size[one]
            if gain > most:
                best, most = one, gain + 1e-9
        size[best] += degree[node]
        if best != own:
            found[node] = best
            for other in others:
                if not waiting[other] and found[other] != best:
                    waiting[other] = True
                    queue.append(other)
    return found


def _absorbed(neighbours: Neighbours, parts: list[list[int]]) -> list[list[int]]:
    """The parts, where each that is too small has joined the one to which most of its edges lead."""
    of = {node: n for n, part in enumerate(parts) for node in part}
    for n in sorted(range(len(parts)), key=lambda n: (len(parts[n]), parts[n])):
        if 0 < len(parts[n]) < LEAST:
            links: dict[int, int] = defaultdict(int)
            for node in parts[n]:
                for other in neighbours[node]:
                    if of.get(other, n) != n:
                        links[of[other]] += 1
            if links:
                to = max(links, key=lambda one: (links[one], -len(parts[one]), -one))
                of.update(dict.fromkeys(parts[n], to))
                parts[to].extend(parts[n])
                parts[n] = []
    return [sorted(part) for part in parts if part]
