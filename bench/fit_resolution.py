"""Fits the weights of kg/resolve/features.py to the training half of name_pairs.csv: logistic regression.

Plain gradient descent without chance: each feature keeps the sign that it has in the table, and the weights are drawn
towards those of the table they begin with (ridge). A feature without an example keeps its weight, and so does a held
one. Prints the table.
"""

from __future__ import annotations

import argparse

import numpy as np
from name_pairs import read

from kg.resolve.compare import values
from kg.resolve.features import BIAS, FEATURES

# Too few examples, or all of one sort: decided by hand. A legal form is often given loosely, so another one asks.
HELD = frozenset({"legal form differs", "same document"})

Weights = np.ndarray[tuple[int], np.dtype[np.float64]]


def fit(rows: np.ndarray[tuple[int, int], np.dtype[np.float64]], same: Weights, ridge: float, steps: int) -> Weights:
    """Weights, the bias first, for rows of features with a column of ones before them."""
    begin = np.array([BIAS, *(f.weight for f in FEATURES)])
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
    parser.add_argument("--ridge", type=float, default=0.3, help="how strongly weights keep to those before (0.3)")
    parser.add_argument("--steps", type=int, default=4000, help="steps of the descent (4000)")
    options = parser.parse_args()
    pairs = [pair for pair in read() if pair.half == "train"]
    rows = np.array([[1.0, *values(p.one, p.other)] for p in pairs])
    weights = fit(rows, np.array([float(p.same) for p in pairs]), options.ridge, options.steps)
    print(f"BIAS = {weights[0]:.2f}")
    for n, feature in enumerate(FEATURES, start=1):
        examples = int(np.count_nonzero(rows[:, n]))
        print(f"    {feature.name:22} {feature.weight:6.2f} -> {weights[n]:6.2f}   {examples} pairs have it")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
