"""Distances on paper as near as possible to those along the edges.

Stress majorization, Gansner, Koren and North 2004, https://doi.org/10.1007/978-3-540-31843-9_25, that starts from
classical scaling, which depends on the graph alone.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.view.layout.graph import Neighbours

    Points = NDArray[np.float64]

HUB = 0.15  # how much longer an edge is for each root of a further edge at its ends, so that hubs spread
FAR = 0.8  # below 1 draws far branches in, so that a few long ones do not make everything else small
JITTER = 0.3  # of an edge, between nodes that scaling puts in one place


def drawn(neighbours: Neighbours, chance: Sequence[float], rounds: int = 40) -> Points:
    """Places for the nodes of a connected graph; an edge is about 1 long."""
    if len(neighbours) == 1:
        return np.zeros((1, 2))
    wanted = shortest(hub_lengths(neighbours)) ** FAR
    return eased(scaled(wanted, chance), wanted, rounds)


def hub_lengths(neighbours: Neighbours) -> Points:
    """The length of each edge, which is greater at hubs; infinite where there is none."""
    count = len(neighbours)
    lengths = np.full((count, count), np.inf, dtype=np.float64)
    np.fill_diagonal(lengths, 0.0)
    hub = [math.sqrt(len(others)) - 1 for others in neighbours]
    for node, others in enumerate(neighbours):
        for other in others:
            lengths[node, other] = 1 + HUB * (hub[node] + hub[other])
    return lengths


def shortest(lengths: Points) -> Points:
    """The length of the shortest way between any two nodes of a connected graph (Floyd and Warshall)."""
    found = lengths.astype(np.float32)
    way = np.empty_like(found)
    between = np.nonzero(np.isfinite(found).sum(axis=1) > 2)[0]  # itself and one neighbour make an end, not a way
    for node in between:
        np.add(found[:, node, None], found[None, node, :], out=way)
        np.minimum(found, way, out=found)
    return found.astype(np.float64)


def luck(chance: Sequence[float]) -> Points:
    """Two pseudo-random numbers for each node from its one."""
    first = np.array(chance, dtype=np.float64)
    return np.stack((first, np.modf(first * 97.0)[0]), axis=1)


def scaled(distances: Points, chance: Sequence[float]) -> Points:
    """Classical scaling: the plane in which the distances are best kept, found by subspace iteration."""
    count = len(distances)
    squares = distances**2
    means = squares.mean(axis=0)
    inner = (means[:, None] + means[None, :] - squares - means.mean()) / 2
    plane = luck(chance)
    base = plane
    for _ in range(30):
        base, _ = np.linalg.qr(inner @ base)
    sizes = np.einsum("ij,ij->j", base, inner @ base)
    found: Points = base * np.sqrt(np.maximum(sizes, 0.05 * count)) + JITTER * plane
    return found


def eased(points: Points, distances: Points, rounds: int = 40) -> Points:
    """Points moved until their distances fit the wanted ones as well as they can, near ones before far ones."""
    count = len(points)
    weights = (distances + np.eye(count)) ** -2 * (1 - np.eye(count))
    inverse = np.linalg.inv(np.diag(weights.sum(axis=1)) - weights + 1.0 / count)
    wanted = weights * distances
    places = points
    lengths, pull = np.empty((count, count)), np.empty((count, count))  # always the same: to get memory takes time
    for _ in range(rounds):
        squares = (places**2).sum(axis=1)
        np.add(squares[:, None], squares[None, :], out=lengths)
        np.matmul(places, places.T, out=pull)
        np.multiply(pull, 2, out=pull)
        np.subtract(lengths, pull, out=lengths)
        np.maximum(lengths, 1e-12, out=lengths)
        np.sqrt(lengths, out=lengths)
        np.divide(wanted, lengths, out=pull)
        np.fill_diagonal(pull, 0.0)
        moved = inverse @ (pull.sum(axis=1)[:, None] * places - pull @ places)
        settled = float(np.abs(moved - places).max()) < 0.002
        places = moved
        if settled:
            break
    found: Points = places - places.mean(axis=0)
    return found


def turned(points: Points, chance: Sequence[float]) -> Points:
    """The longer side along the width; of the four ways to do so the one that the chances of the nodes choose."""
    _, _, axes = np.linalg.svd(points, full_matrices=False)
    if len(axes) < 2:
        return points
    found: Points = points @ axes.T
    found *= np.where(np.array(chance) @ found < 0, -1.0, 1.0)
    return found


def towards(points: Points, aims: Points) -> Points:
    """The points turned about the origin, and mirrored where that is better, so that they lie towards their aims."""
    flat, aim = points[:, 0] + 1j * points[:, 1], aims[:, 0] + 1j * aims[:, 1]
    straight, mirrored = (np.conj(flat) * aim).sum(), (flat * aim).sum()
    if max(abs(straight), abs(mirrored)) < 1e-6:
        return points
    best, found = (straight, flat) if abs(straight) >= abs(mirrored) else (mirrored, np.conj(flat))
    found = found * best / abs(best)
    return np.stack((found.real, found.imag), axis=1)
