"""Large graphs that were drawn before: discs stay, and so do the entities in them."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from kg.view.layout.apart import circles, parted
from kg.view.layout.arrange import DISC_GAP, links
from kg.view.layout.discs import inside, settled
from kg.view.layout.keep import FIXED
from kg.view.layout.pack import pack, strips

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.view.layout.draft import Draft
    from kg.view.layout.graph import Past
    from kg.view.layout.shapes import Disc
    from kg.view.layout.stress import Points

    Former = Mapping[int, tuple[float, float]]
    Groups = Sequence[Sequence[int]]

ASTRAY = 1.8  # times the common distance from the middle of a disc, from which on a member was elsewhere
MOST = 0.5  # share of the members that must have been there


def keep_discs(draft: Draft, groups: Groups, past: Past) -> list[Disc]:
    """Places for the members of the groups, close to where they were, and the discs that hold them."""
    former = past.places
    homes = [_home(draft, group, past) for group in groups]
    discs = [
        inside(draft, group) if home is None else _kept(draft, group, former, home)
        for group, home in zip(groups, homes, strict=True)
    ]
    radii = np.array([radius for _, radius in discs])
    centres = np.zeros((len(groups), 2))
    placed: set[int] = set()
    for n, (group, home, (points, _)) in enumerate(zip(groups, homes, discs, strict=True)):
        if home is not None:
            centres[n] = _shift(points, group, former, home[1])
            placed.add(n)
    _join(draft, groups, centres, radii, placed)
    wide = radii * (1 + DISC_GAP / 8) + 4
    ease = np.array([1.0 if home is None else FIXED for home in homes]) / wide**2
    centres = parted(centres, circles(wide), ease)
    for group, (points, _), centre in zip(groups, discs, centres, strict=True):
        draft.places[list(group)] = points + centre
    return list(zip(centres, radii.tolist(), strict=True))


def _home(draft: Draft, group: Sequence[int], past: Past) -> tuple[Points, set[int]] | None:
    """Where most of the members were together, and which."""
    known = [node for node in group if node in past.places]
    if len(known) < MOST * len(group):
        return None
    common = Counter(past.community.get(node, -1) for node in known).most_common(1)[0][0]
    known = [node for node in known if past.community.get(node, -1) == common]
    places = np.array([past.places[node] for node in known], dtype=np.float64)
    middle = np.median(places, axis=0)
    away = np.hypot(places[:, 0] - middle[0], places[:, 1] - middle[1])
    near = away <= ASTRAY * np.median(away) + draft.gap
    there = {node for node, close in zip(known, near.tolist(), strict=True) if close}
    return (middle, there) if len(there) >= MOST * len(group) else None


def _kept(draft: Draft, group: Sequence[int], former: Former, home: tuple[Points, set[int]]) -> tuple[Points, float]:
    """The members around the middle of their disc: those that were there before, and new ones by their neighbours."""
    middle, there = home
    places: dict[int, Points] = {node: np.array(former[node]) - middle for node in there}
    reach = math.sqrt(draft.area(group) / math.pi)
    waiting = [node for node in group if node not in there]
    while waiting:
        ready = [node for node in waiting if any(other in places for other in draft.graph.neighbours[node])]
        for node in ready or waiting:
            near = [places[other] for other in draft.graph.neighbours[node] if other in places]
            angle = math.pi * draft.graph.chance[node]
            aside = np.array((math.cos(angle), math.sin(angle))) * reach / 10
            places[node] = (np.mean(near, axis=0) if near else np.zeros(2)) + aside
        waiting = [node for node in waiting if node not in places]
    ease = np.array([FIXED if node in there else 1.0 for node in group])
    return settled(draft, np.array([places[node] for node in group]), group, ease)


def _shift(points: Points, group: Sequence[int], former: Former, there: set[int]) -> Points:
    """How far the points must move for most of those that were there to stand where they were."""
    moves = [np.array(former[node]) - point for node, point in zip(group, points, strict=True) if node in there]
    found: Points = np.median(np.array(moves), axis=0)
    return found


def _join(draft: Draft, groups: Groups, centres: Points, radii: Points, done: set[int]) -> None:
    """Centres for new discs: among those to which their edges lead, or where there is room."""
    ties: dict[int, dict[int, int]] = {n: {} for n in range(len(groups))}
    for (one, other), number in links(draft, groups).items():
        ties[one][other] = ties[other][one] = number
    waiting = [n for n in range(len(groups)) if n not in done]
    while waiting:
        n = max(waiting, key=lambda one: (sum(number for other, number in ties[one].items() if other in done), -one))
        near = [other for other in ties[n] if other in done]
        if near:
            centres[n] = np.average(centres[near], axis=0, weights=[ties[n][other] for other in near])
            centres[n] += np.array((math.cos(n), math.sin(n))) * radii[n]
        elif done:
            present = sorted(done)
            outlines = [strips(centres[present], radii[present]), strips(np.zeros((1, 2)), radii[[n]])]
            centres[n] = pack(outlines, max(16.0, float(np.ptp(centres[present], axis=0).max()) / 80))[1]
        done.add(n)
        waiting.remove(n)
