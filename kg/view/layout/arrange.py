"""The discs of the communities of one component, side by side."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from kg.view.layout.apart import circles, crowded, parted, pushed
from kg.view.layout.discs import aims, faced, filled, inside, settled, shape
from kg.view.layout.stress import eased, luck, scaled, shortest, towards, turned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.view.layout.draft import Draft
    from kg.view.layout.shapes import Disc, Inside
    from kg.view.layout.stress import Points

    Groups = Sequence[Sequence[int]]

ASPECT = 1.15  # width over height of the whole, as that of the room that panels leave on a common screen
EVEN = 12  # discs, of which more are spread evenly before they find their places
DISC_GAP = 0.08  # between two discs, as share of the mean radius


def arrange(draft: Draft, groups: Groups) -> list[Disc]:
    """Places for the members of groups that together are a component, and the discs that hold them."""
    insides = [inside(draft, group) if draft.dots else _rough(draft, group) for group in groups]
    radii = np.array([radius for _, radius in insides])
    chance = [sum(draft.chance(group)) / math.sqrt(len(group)) for group in groups]
    centres = _centres(links(draft, groups), radii, chance)
    aimed = aims(draft, groups, centres)
    insides = [
        (faced(draft, points, group, aimed[list(group)]), radius)
        for (points, radius), group in zip(insides, groups, strict=True)
    ]
    if not draft.dots:  # turned labels overlap elsewhere, dots do not
        insides = [settled(draft, points, group) for (points, _), group in zip(insides, groups, strict=True)]
        radii = np.array([radius for _, radius in insides])
    centres = squeezed(centres, radii)
    for group, (points, _), centre in zip(groups, insides, centres, strict=True):
        draft.places[list(group)] = points + centre
    return list(zip(centres, radii.tolist(), strict=True))


def _rough(draft: Draft, group: Sequence[int]) -> Inside:
    points = shape(draft, group)
    return points, draft.circle(points, group)[1]


def links(draft: Draft, groups: Groups) -> dict[tuple[int, int], int]:
    """How many edges there are between each two groups."""
    of = {node: n for n, group in enumerate(groups) for node in group}
    found: dict[tuple[int, int], int] = defaultdict(int)
    for n, group in enumerate(groups):
        for node in group:
            for other in draft.graph.neighbours[node]:
                if of.get(other, n) > n:
                    found[n, of[other]] += 1
    return found


def _centres(joined: dict[tuple[int, int], int], radii: Points, chance: Sequence[float]) -> Points:
    """Where the discs stand so that those with much between them are neighbours."""
    count = len(radii)
    if count == 1:
        return np.zeros((1, 2))
    ties = np.zeros((count, count))
    for (one, other), number in joined.items():
        ties[one, other] = ties[other, one] = number
    strength = ties / np.sqrt(np.outer(ties.sum(axis=1), ties.sum(axis=1)))
    touching = radii[:, None] + radii[None, :]
    with np.errstate(divide="ignore"):
        stretch = np.clip((0.5 / strength) ** 0.5, 1.0, 4.0)
    lengths = np.where(ties > 0, touching * stretch, np.inf)
    np.fill_diagonal(lengths, 0.0)
    unit = float(radii.mean()) * 2
    wanted = shortest(lengths) / unit
    points: Points = eased(scaled(wanted, chance), wanted, 60) * unit
    if count > EVEN:
        area = float((radii**2).sum()) * 1.3
        aims = luck(chance) * radii[:, None]
        points = towards(filled(points, radii**2), aims) * math.sqrt(area)
        return np.stack((points[:, 0] * ASPECT**0.5, points[:, 1] * ASPECT**-0.5), axis=1)
    points = turned(points, chance)
    width, height = np.maximum(np.ptp(points, axis=0), unit)
    points[:, 1] *= float(np.clip(width / height / ASPECT, 0.5, 2.0))
    return points


def squeezed(centres: Points, radii: Points) -> Points:
    """Discs free of overlaps and as near to each other as their order allows."""
    if len(radii) == 1:
        return np.zeros((1, 2))
    wide = radii * (1 + DISC_GAP / 2) + DISC_GAP / 2 * radii.mean()
    search, ease = circles(wide), 1 / wide**2
    width, height = np.ptp(centres, axis=0) + 2 * wide.mean()
    scale = math.sqrt(1.1 * math.pi * float((wide**2).sum()) / float(width * height))
    places = parted(centres * max(scale, 0.3), search)
    step = 0.04
    while step > 0.004:
        width, height = np.ptp(places, axis=0) + 2 * wide.mean()
        flatter = float(np.clip(width / height / ASPECT, 1 - step, 1 + step))
        middle = np.average(places, axis=0, weights=wide**2)
        closer = pushed((places - middle) * (1 - step) * (1 / flatter, flatter), search, 60, ease)
        if crowded(closer, search) or _extent(closer, wide) >= _extent(places, wide):
            step /= 2
        else:
            places = closer
    return places


def _extent(places: Points, radii: Points) -> float:
    """How large a screen must be to show all discs."""
    low, high = (places - radii[:, None]).min(axis=0), (places + radii[:, None]).max(axis=0)
    width, height = high - low
    return float(max(width, height * ASPECT))
