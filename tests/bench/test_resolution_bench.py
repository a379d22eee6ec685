"""The labelled pairs of names, and that the scorer still judges them as well as it did."""

from __future__ import annotations

import json
from collections import Counter

import fit_resolution
import resolution
from name_pairs import read

from kg.resolve.features import FEATURES


def test_the_labelled_pairs_are_many_diverse_and_even() -> None:
    pairs = read()
    assert len(pairs) >= 600
    assert 0.4 < sum(p.same for p in pairs) / len(pairs) < 0.6
    halves = Counter(p.half for p in pairs)
    assert min(halves.values()) > 0.45 * len(pairs)
    assert len({p.category for p in pairs}) >= 15
    keys = [(c.names, c.type, c.facts) for p in pairs for c in (p.one, p.other)]
    found = set(zip(keys[::2], keys[1::2], (p.one.neighbours for p in pairs), strict=True))
    assert len(found) == len(pairs)


def test_no_score_is_lower_than_the_frozen_one() -> None:
    scores = resolution.scored(read())
    frozen = json.loads(resolution.SCORES.read_text(encoding="utf-8"))
    assert resolution.fallen(scores, frozen) == []
    assert scores["merge"]["f1"] > scores["token_sort_ratio"]["f1"] + 0.2


def test_a_drop_is_told() -> None:
    frozen = json.loads(resolution.SCORES.read_text(encoding="utf-8"))
    worse = json.loads(json.dumps(frozen))
    worse["merge"]["f1"] -= 0.01
    worse["blocking"]["test"] += 1
    assert len(resolution.fallen(worse, frozen)) == 2


def test_every_feature_has_a_guess() -> None:
    assert set(fit_resolution.GUESSES) == {f.name for f in FEATURES}
    assert all(fit_resolution.GUESSES[f.name] * f.weight > 0 for f in FEATURES)
