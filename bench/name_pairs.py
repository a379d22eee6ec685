"""Reads the labelled pairs of names in name_pairs.csv; each half of them is told by a hash of the names."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.resolve.candidates import Candidate

FILE = Path(__file__).with_name("name_pairs.csv")
# Of classes without a kind of their own, what stands in for a name recogniser's label is missing, as in the ontology.
_KINDLESS = frozenset({"award"})

Half = Literal["train", "test"]


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two names with what is known of their things, and whether they are one."""

    one: Candidate
    other: Candidate
    same: bool
    category: str
    half: Half


def read(file: Path = FILE) -> list[LabelledPair]:
    """All pairs, in the order of the file.

    The column context holds, apart by semicolons: `p=x`, both stand in relation p to x; `p:x/y`, the values of a
    property that has one; `a-p>b` or `b-p>a`, the one stands in relation p to the other.
    """
    with file.open(encoding="utf-8", newline="") as stream:
        return [_pair(n, row) for n, row in enumerate(csv.DictReader(stream), start=2)]


def _pair(line: int, row: dict[str, str]) -> LabelledPair:
    iris = {"a": f"a{line}", "b": f"b{line}"}
    neighbours: dict[str, set[tuple[str, str]]] = {"a": set(), "b": set()}
    facts: dict[str, set[tuple[str, str]]] = {"a": set(), "b": set()}
    for item in filter(None, row["context"].split(";")):
        if ">" in item:
            subject, _, rest = item.partition("-")
            predicate, _, target = rest.partition(">")
            neighbours[subject].add((predicate, iris[target]))
        elif "=" in item:
            predicate, _, shared = item.partition("=")
            neighbours["a"].add((predicate, shared))
            neighbours["b"].add((predicate, shared))
        else:
            predicate, _, values = item.partition(":")
            for side, value in zip("ab", values.split("/"), strict=True):
                facts[side].add((predicate, value))
    one, other = (
        Candidate(
            iris[side],
            (row[side],),
            kind := row[f"type_{side}"],
            "" if kind in _KINDLESS else kind,
            frozenset((kind,)),
            neighbours=frozenset(neighbours[side]),
            facts=frozenset(facts[side]),
        )
        for side in "ab"
    )
    half: Half = "train" if _digest(row) % 2 else "test"
    return LabelledPair(one, other, row["same"] == "1", row["category"], half)


def _digest(row: dict[str, str]) -> int:
    key = "\n".join((*sorted((row["a"], row["b"])), row["context"]))
    return hashlib.sha256(key.encode("utf-8")).digest()[0]
