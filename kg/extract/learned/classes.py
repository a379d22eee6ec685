"""What a model takes names for: votes for their classes, beside those of words around them and of lists.

Rules weigh what stands beside a name; where nothing does, they guess. A model has seen how things of a class are
spoken of. Its votes count less where much else speaks for a class: see `kg.resolve.types`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.learned.labels import VALUE_KINDS, Vocabulary
from kg.model import Mention, Span

if TYPE_CHECKING:
    from kg.extract.learned.model import Vectors

WEIGHT = 4.0  # of a class that the model is sure of; at 2 facts on documents held back fall by .01 F1, at 0 by .03
LEAST = 0.1  # belief below which a class gets no vote


def voted(
    mentions: Sequence[Mention], found: Mapping[Span, Sequence[Vectors]], vocabulary: Vocabulary
) -> tuple[Mention, ...]:
    """The mentions, names with the votes of a model. found: scores of the classes of a name, as each window gives them.

    What the model believes in is shared out among the classes and none of them.
    """
    keys = [kind.key for kind in vocabulary.types]
    return tuple(
        replace(m, votes=_votes(m, found[m.span], keys)) if m.kind == "name" and m.span in found else m
        for m in mentions
    )


def _votes(mention: Mention, rows: Sequence[Vectors], keys: Sequence[str]) -> tuple[tuple[str, float], ...]:
    scores = np.append(np.mean(np.stack(rows), axis=0, dtype=np.float64), 0.0)
    beliefs = np.exp(scores - scores.max())
    beliefs /= beliefs.sum()
    votes = dict(mention.votes)
    for key, belief in zip(keys, beliefs[:-1].tolist(), strict=True):
        if belief >= LEAST and key not in VALUE_KINDS:
            votes[key] = votes.get(key, 0.0) + round(WEIGHT * belief, 3)
    return tuple(sorted(votes.items()))
