"""How likely what a network proposes is right, by its score.

Platt 1999, "Probabilistic outputs for support vector machines and comparisons to regularized likelihood methods".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kg.train.batches import by_vocabulary
from kg.train.examples import marked
from kg.train.score import facts_of, readings

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from kg.extract.learned.labels import Vocabulary
    from kg.train.batches import Item
    from kg.train.network import Network

LOOKED_AT = -3.0  # scores below are never proposed
FEW = 40  # proposals below which nothing is fitted
FLATTEST = 0.05  # slope; below, more would speak for less
STEPS = 100
LONGEST = 0.25  # step, for far from the end Newton's would lead away
DRAWN = 1e-2  # how strongly both figures are drawn to those of no calibration


def calibration(
    network: Network, items: Sequence[Item], vocabularies: Mapping[str, Vocabulary], tokenizer: Tokenizer
) -> tuple[float, float]:
    """Slope and shift of scores on texts held back: what scores s is right at 1 / (1 + exp(-slope * s - shift))."""
    pairs = list(_proposals(network, items, vocabularies, tokenizer))
    if len(pairs) < FEW:
        return 1.0, 0.0
    return fitted(pairs)


def fitted(pairs: Iterable[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and shift for scores and whether each was right, by Newton's method."""
    rows = sorted(pairs)
    x = np.array([[score, 1.0] for score, _ in rows])
    right = np.array([float(hit) for _, hit in rows])
    start = weights = np.array([1.0, 0.0])
    for _ in range(STEPS):
        likely = 1.0 / (1.0 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (likely - right) + DRAWN * (weights - start)
        curve = (x * (likely * (1.0 - likely))[:, None]).T @ x + DRAWN * np.eye(2)
        step = np.linalg.solve(curve, slope)
        weights = weights - step * min(1.0, LONGEST / float(np.linalg.norm(step) or 1.0))
    return round(max(FLATTEST, float(weights[0])), 4), round(float(weights[1]), 4)


def _proposals(
    network: Network, items: Sequence[Item], vocabularies: Mapping[str, Vocabulary], tokenizer: Tokenizer
) -> Iterator[tuple[float, bool]]:
    for name, group in by_vocabulary(items):
        found = readings(network, group, vocabularies[name], tokenizer, bound=LOOKED_AT)
        for item, reading in zip(group, found, strict=True):
            gold = marked(item.example)
            for fact, score in facts_of(item, reading).items():
                yield score, fact in gold
