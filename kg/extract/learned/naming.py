"""Names that a model finds beside those that are there: rules that go by labels then find what stands between them.

Where an ontology has phrases and nouns, names are read well without, and those of a model do harm: on the gold
documents facts fall by .01 to .12 F1, the more the less sure the model is. Under labels alone they help: on topics of
OSKGC, relations never seen, the rules rise from .31 to .40.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.grounding import name_at
from kg.model import Mention, Span

if TYPE_CHECKING:
    from kg.extract.grounding import Passage
    from kg.extract.learned.model import Vectors
    from kg.extract.learned.windows import Window

SURE = 0.0  # what must speak for a name, so that it is one for the rules as well


def likely(scores: Vectors, window: Window) -> dict[Span, float]:
    """Spans of the document that a window's scores hold for mentions, with what speaks for them."""
    places = (np.argwhere(scores[1:-1, 1:-1] > SURE) + 1).tolist()
    return {window.words(first, last): float(scores[first, last]) for first, last in places}


def named(mentions: Sequence[Mention], found: Iterable[tuple[Passage, dict[Span, float]]]) -> tuple[Mention, ...]:
    """The mentions with likely names, which take the place of names inside them, not of values or larger names."""
    made = list(mentions)
    for passage, spans in found:
        taken: list[Span] = []
        for span in sorted(spans, key=lambda one: (-spans[one], one)):
            near = [m for m in made if m.span.overlaps(span)]
            if any(span.overlaps(other) for other in taken) or any(not _gives_way(m, span) for m in near):
                continue
            mention = name_at(passage, span)
            if mention is not None:
                taken.append(span)
                made = [m for m in made if m not in near] + [mention]
    return tuple(sorted(made, key=lambda m: m.span))


def _gives_way(mention: Mention, span: Span) -> bool:
    return mention.kind not in ("value", "pronoun") and mention.span in span and mention.span != span
