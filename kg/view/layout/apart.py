"""Boxes and circles that overlap are pushed apart until none does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from kg.view.layout.stress import Points

    Indices = NDArray[np.int64]
    Overlaps = tuple[Indices, Indices, Points]  # of one and another, and the way by which the one must leave the other
    Pairs = tuple[Indices, Indices, Points]  # of one and another, and how near they may come
    Search = Callable[[Points], Overlaps]

GROWTH = 1.02
SLACK = 0.5  # of a unit, within which nobody sees an overlap
SOON = 1.0  # of the mean radius: circles that are so near to each other may soon overlap


def boxes(sizes: Points) -> Search:
    """Finds the boxes that overlap, and the shorter way out."""
    half = sizes / 2

    def search(places: Points) -> Overlaps:
        one, other = _near(places[:, 0], half[:, 0])
        gaps = places[one] - places[other]
        overlap = half[one] + half[other] - np.abs(gaps)
        hit = (overlap > SLACK).all(axis=1)
        one, other, gaps, overlap = one[hit], other[hit], gaps[hit], overlap[hit]
        across = overlap[:, 0] < overlap[:, 1]
        way = np.where(gaps < 0, -overlap, overlap) * np.stack((across, ~across), axis=1)
        return one, other, way

    return search


def circles(radii: Points) -> Search:
    """Finds the circles that overlap, and the way out along the line through their centres.

    Pairs that are near enough to overlap soon are remembered until something has moved so far that others might; what
    is found, and its order, does not depend on that.
    """
    margin = float(radii.mean()) * SOON if len(radii) else 0.0
    seen: Points | None = None
    pairs: Pairs

    def search(places: Points) -> Overlaps:
        nonlocal seen, pairs
        if seen is None or 2 * _farthest(places - seen) > margin:
            seen, pairs = places.copy(), _neighbours(places, radii, margin)
        one, other, touching = pairs
        gaps = places.take(one, axis=0) - places.take(other, axis=0)
        lengths = np.hypot(gaps[:, 0], gaps[:, 1])
        hit = np.nonzero(touching - lengths > SLACK)[0]
        one, other, gaps = one.take(hit), other.take(hit), gaps.take(hit, axis=0)
        lengths, touching = lengths.take(hit), touching.take(hit)
        same = lengths < 1e-6
        if same.any():
            angles = (one * 2.4 + other)[same]
            gaps[same] = np.stack((np.cos(angles), np.sin(angles)), axis=1) * 1e-6
            lengths[same] = 1e-6
        return one, other, gaps * ((touching - lengths) / lengths)[:, None]

    return search


def _farthest(moves: Points) -> float:
    return math.sqrt(float(np.einsum("ij,ij->i", moves, moves).max(initial=0.0)))


def _neighbours(places: Points, radii: Points, margin: float) -> Pairs:
    """The pairs of circles with no more than the margin between them, sorted."""
    one, other = _near(places[:, 0], radii + margin / 2)
    gaps, touching = places.take(one, axis=0) - places.take(other, axis=0), radii.take(one) + radii.take(other)
    close = np.hypot(gaps[:, 0], gaps[:, 1]) <= touching + margin
    one, other, touching = one[close], other[close], touching[close]
    order = np.lexsort((other, one))
    return one[order], other[order], touching[order]


def _near(x: Points, reach: Points) -> tuple[Indices, Indices]:
    """All pairs that overlap in their width, and some more."""
    order = np.argsort(x, kind="stable")
    sorted_x = x[order]
    end = np.searchsorted(sorted_x, sorted_x + reach[order] + (reach.max() if len(reach) else 0.0))
    start = np.arange(len(x)) + 1
    count = np.maximum(end - start, 0)
    first = np.repeat(np.arange(len(x)), count)
    second = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(start, count)
    one, other = order[first], order[second]
    return np.minimum(one, other), np.maximum(one, other)


def pushed(places: Points, search: Search, rounds: int, ease: Points | None = None, growth: float = 1.0) -> Points:
    """Places after so many rounds of pushes, or once nothing overlaps.

    ease: how easily each moves; of two that overlap the one moves as much more as it does so more easily.
    growth: by how much the whole grows after each twenty rounds.
    """
    places = places.copy()
    for turn in range(1, rounds + 1):
        one, other, way = search(places)
        if not len(one):
            break
        share = 0.5 if ease is None else (ease[one] / (ease[one] + ease[other]))[:, None]
        there, back = 0.6 * way * share, -0.6 * way * (1 - share)
        for axis in (0, 1):  # adding to a table takes five times as long as adding to its columns
            places[:, axis] += np.bincount(one, there[:, axis], len(places))
            places[:, axis] += np.bincount(other, back[:, axis], len(places))
        if turn % 20 == 0:
            places *= growth
    return places


def parted(places: Points, search: Search, ease: Points | None = None) -> Points:
    """Places where nothing overlaps. The whole grows where there is too little room.

    ease: how easily each moves at first; in the end all give way alike.
    """
    if ease is not None:
        for share in (1.0, 0.5, 0.25):
            places = pushed(places, search, 100, ease**share)
        places = pushed(places, search, 300)
    growth = GROWTH
    places = pushed(places, search, 160, None, growth)
    while crowded(places, search):
        growth *= GROWTH
        places = pushed(places, search, 40, None, growth)
    return places


def crowded(places: Points, search: Search) -> bool:
    """Whether anything overlaps."""
    return bool(len(search(places)[0]))
