"""Words of a text that are also words of a property's labels: the plainest sign that it is spoken of.

It holds for properties that no model ever saw.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.learned.labels import Kind
from kg.extract.learned.pieces import Pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset("the and for with from that this has have had was were are been its his her into who whom".split())
_STEM = 5  # letters by which words of one family mostly agree: direct, directed, director


@dataclass(frozen=True)
class Lexicon:
    """How much a word speaks for each property, by its stem: rare ones speak louder."""

    weights: dict[str, NDArray[np.float32]]
    size: int


def lexicon(properties: Sequence[Kind]) -> Lexicon:
    """The words of properties, from all their names."""
    stems = [{stem for name in kind.names for _, stem in _stems(name)} for kind in properties]
    known = Counter(stem for found in stems for stem in found)
    weights = {stem: np.zeros(len(properties), dtype=np.float32) for stem in sorted(known)}
    for n, found in enumerate(stems):
        for stem in found:
            weights[stem][n] = known[stem] ** -0.5
    return Lexicon(weights, len(properties))


def spoken_of(known: Lexicon, text: str, made: Pieces) -> NDArray[np.float32]:
    """How much each piece of a text speaks for each property, between 0 and 1: pieces x properties."""
    found = np.zeros((len(made.ids), known.size), dtype=np.float32)
    for begin, stem in _stems(text):
        weight = known.weights.get(stem)
        if weight is not None:
            found[[n for n, (b, e) in enumerate(zip(made.begins, made.ends, strict=True)) if b <= begin < e]] = weight
    return found


def _stems(text: str) -> list[tuple[int, str]]:
    words = ((found.start(), found.group().lower()) for found in _WORD.finditer(text))
    return [(begin, word[:_STEM]) for begin, word in words if len(word) > 2 and word not in _EMPTY]
