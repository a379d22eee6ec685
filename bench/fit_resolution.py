"""Fits the weights of kg/resolve/features.py to the training half of name_pairs.csv: logistic regression.

Plain gradient descent without chance. Each feature keeps the sign of the guess that it begins with, and its weight is
drawn towards it (ridge). Prints the weights beside those of the table; ends with exit code 1 where they differ.
"""

from __future__ import annotations

import argparse
from dataclasses import replace

import numpy as np
from name_pairs import read

from kg.resolve.compare import values
from kg.resolve.features import BIAS, FEATURES

# What was thought before any pair was looked at. A feature keeps its sign, and its weight where no pair has it.
GUESSES = {
    "same name": 3.0,
    "same words": 3.0,
    "same sound": 3.0,
    "beginnings": 1.0,
    "shared words": 2.0,
    "slip": 2.0,
    "spelt otherwise": -2.0,
    "known words differ": -3.0,
    "acronym": 4.0,
    "acronyms differ": -3.0,
    "initials": 2.0,
    "nickname": 2.0,
    "one name only": -1.6,
    "middle name": 1.0,
    "persons differ": -3.0,
    "more: little": 1.0,
    "more: place": -2.0,
    "more: kind": -1.0,
    "more: number": -3.0,
    "more: name": -1.0,
    "numbers differ": -4.0,
    "places differ": -3.0,
    "kinds differ": -3.0,
    "names differ": -3.0,
    "legal form same": 0.5,
    "legal form differs": -3.0,
    "same class": 0.5,
    "classes apart": -3.0,
    "product and maker": -1.0,
    "shared neighbours": 3.0,
    "related": -3.0,
    "facts agree": 2.0,
    "facts differ": -4.0,
    "same document": -1.0,
}
BIAS_GUESS = -2.0
# Too few examples, or all of one sort, so that the guess stands: a legal form is often given loosely, and a person's
# one name is no ground to merge, so both ask.
HELD = frozenset({"legal form differs", "one name only", "same document"})

Weights = np.ndarray[tuple[int], np.dtype[np.float64]]


def fit(rows: np.ndarray[tuple[int, int], np.dtype[np.float64]], same: Weights, ridge: float, steps: int) -> Weights:
    """Weights, the bias first, for rows of features with a column of ones before them."""
    begin = np.array([BIAS_GUESS, *(GUESSES[f.name] for f in FEATURES)])
    weights = begin.copy()
    signs = np.sign(begin)
    signs[0] = 0
    free = np.array([1.0, *(float(f.name not in HELD) for f in FEATURES)])
    for _ in range(steps):
        believed = 1 / (1 + np.exp(-rows @ weights))
        weights -= free * (rows.T @ (believed - same) + ridge * (weights - begin)) / len(same)
        weights = np.where(signs * weights < 0, 0.0, weights)
    return weights


def main() -> int:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ridge", type=float, default=0.5, help="how strongly weights keep to the guesses (0.5)")
    parser.add_argument("--steps", type=int, default=4000, help="steps of the descent (4000)")
    options = parser.parse_args()
    guessed = [replace(f, weight=GUESSES[f.name]) for f in FEATURES]
    pairs = [pair for pair in read() if pair.half == "train"]
    rows = np.array([[1.0, *values(p.one, p.other, guessed)] for p in pairs])
    weights = fit(rows, np.array([float(p.same) for p in pairs]), options.ridge, options.steps)
    print(f"{'bias':22} {BIAS_GUESS:6.1f} -> {weights[0]:6.1f}   in the table {BIAS:6.1f}")
    for n, feature in enumerate(FEATURES, start=1):
        examples = int(np.count_nonzero(rows[:, n]))
        print(
            f"{feature.name:22} {GUESSES[feature.name]:6.1f} -> {weights[n]:6.1f}   "
            f"in the table {feature.weight:6.1f}   {examples} pairs"
        )
    return int(not np.allclose(weights, [BIAS, *(f.weight for f in FEATURES)], atol=0.0501))


if __name__ == "__main__":
    raise SystemExit(main())
