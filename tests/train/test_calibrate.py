from __future__ import annotations

import math
from random import Random

import pytest

from kg.train.calibrate import fitted


@pytest.mark.parametrize(("slope", "shift"), [(1.0, 0.0), (0.5, -1.0), (2.0, 0.5)])
def test_chances_are_found_again(slope: float, shift: float) -> None:
    draw = Random(3)
    scores = [draw.uniform(-3, 6) for _ in range(6000)]
    pairs = [(s, draw.random() < 1 / (1 + math.exp(-slope * s - shift))) for s in scores]
    found = fitted(pairs)
    assert found == pytest.approx((slope, shift), abs=0.15)
    draw.shuffle(pairs)
    assert fitted(pairs) == found


def test_where_all_is_right_it_stays_finite() -> None:
    slope, shift = fitted([(float(n % 7), True) for n in range(60)])
    assert 0 < slope < 20
    assert abs(shift) < 20
