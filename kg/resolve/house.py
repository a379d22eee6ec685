"""The house of a document: the firm or body that it speaks for, which "we" means in it.

A weight for each cue, fitted on the 163 documents of `train/` in which "we" states facts (softmax over the things of a
document): cross-validated it finds the right one in 86 of them, where the most named one is right in 63.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from kg.lexicon.legal_forms import has_form
from kg.model import Annotation, Mention
from kg.resolve.classes import Classes

_SURE, _GUESSED = 2.2, 1.1  # of its class
_FORM = 0.7  # a legal form; fitted 1.5, but a firm that is named more, and first, must not lose to it
_EARLY, _EARLY_ENDS = 1.1, 300  # characters from the beginning
_FIRST, _NEXT = 1.2, 0.8  # the first of the things that are no persons, the two behind it
_BEHIND_PERSON = 0.6
_SURNAME = 1.0  # a word of its name is a person's surname
_OFTEN = 0.8  # times the logarithm of how often it is named
_OF_PERSON = re.compile(
    r"\b(?:of|at|for|behind|runs?|heads?|leads?|owns?|manages?|founde[dr])\s(?:the\s)?(?:[\w-]+\s){0,4}\Z"
)


def houses(annotation: Annotation, clusters: Sequence[Sequence[Mention]], classes: Classes) -> list[float]:
    """How much speaks for each thing as the house; -inf for those that are none. clusters: the names of things."""
    text = annotation.document.text
    begins = [min((m.span.begin for m in cluster if m.kind == "name"), default=len(text)) for cluster in clusters]
    things = [n for n in range(len(clusters)) if not classes.is_person(n)]
    rank = {n: place for place, n in enumerate(sorted(things, key=lambda n: begins[n]))}
    surnames = {m.surface.split()[-1] for n, own in enumerate(clusters) if n not in rank for m in own if m.surface}
    return [
        _score(text, cluster, begins[n], rank[n])
        + (_SURE if classes.firm[n] else _GUESSED)
        + (_SURNAME if any(not surnames.isdisjoint(m.surface.split()) for m in cluster) else 0.0)
        if n in rank and classes.may_speak(n)
        else -math.inf
        for n, cluster in enumerate(clusters)
    ]


def _score(text: str, cluster: Sequence[Mention], begin: int, rank: int) -> float:
    score = _OFTEN * math.log(len(cluster)) + (_FIRST if rank == 0 else _NEXT if rank < 3 else 0.0)
    score += _EARLY if begin < _EARLY_ENDS else 0.0
    score += _FORM if any(has_form(m.surface) for m in cluster) else 0.0
    before = (text[max(0, m.span.begin - 40) : m.span.begin] for m in cluster)
    return score + (_BEHIND_PERSON if any(map(_OF_PERSON.search, before)) else 0.0)
