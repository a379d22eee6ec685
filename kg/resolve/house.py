"""The house of a document: the firm or body that it speaks for, which "we" means in it.

A weight for each cue, fitted on the 290 documents of `train/` whose facts tell of a thing that most of their sentences
do not name (softmax over the things of a document, half of the documents read with a model's votes for classes):
cross-validated it finds the right one in 246 of them.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from kg.lexicon.legal_forms import has_form
from kg.model import Annotation, Mention
from kg.resolve.classes import Classes

_SURE = 1.0  # of its class
_FORM = 1.04  # a legal form
_FIRST, _NEXT = 0.98, 0.62  # the first of the things that are no persons, the two behind it
_BEHIND_PERSON = 0.44
_SURNAME = 1.81  # a word of its name is a person's surname
_OFTEN = 1.21  # times the logarithm of how often it is named
_LEADING = 0.87  # times the part of its mentions that begin a sentence
_POST, _POSTS = 1.28, 2  # for each relation that gives a person a place there, up to two
_LATE, _LONG = 4.84, 1500  # taken away, times the part of the text before it is named; characters of no short text
_BEGINS = 6  # characters of a sentence in which what leads it begins
_OF_PERSON = re.compile(
    r"\b(?:of|at|for|behind|runs?|heads?|leads?|owns?|manages?|founde[dr])\s(?:the\s)?(?:[\w-]+\s){0,4}\Z"
)


def houses(
    annotation: Annotation, clusters: Sequence[Sequence[Mention]], classes: Classes, posts: Mapping[int, int]
) -> list[float]:
    """How much speaks for each thing as the house; -inf for those that are none.

    clusters: the names of things. posts: how many relations give a person a place at each.
    """
    text = annotation.document.text
    begins = [min((m.span.begin for m in cluster if m.kind == "name"), default=len(text)) for cluster in clusters]
    things = [n for n in range(len(clusters)) if not classes.is_person(n)]
    rank = {n: place for place, n in enumerate(sorted(things, key=lambda n: begins[n]))}
    surnames = {m.surface.split()[-1] for n, own in enumerate(clusters) if n not in rank for m in own if m.surface}
    sentences = [span.begin for span in annotation.sentences]
    return [
        _score(text, cluster, rank[n], sentences)
        + (_SURE if classes.firm[n] else 0.0)
        + _POST * min(_POSTS, posts.get(n, 0))
        - _LATE * begins[n] / max(_LONG, len(text))
        + (_SURNAME if any(not surnames.isdisjoint(m.surface.split()) for m in cluster) else 0.0)
        if n in rank and classes.may_speak(n)
        else -math.inf
        for n, cluster in enumerate(clusters)
    ]


def _score(text: str, cluster: Sequence[Mention], rank: int, sentences: Sequence[int]) -> float:
    score = _OFTEN * math.log(len(cluster)) + (_FIRST if rank == 0 else _NEXT if rank < 3 else 0.0)
    score += _FORM if any(has_form(m.surface) for m in cluster) else 0.0
    leading = sum(m.span.begin - sentences[bisect_right(sentences, m.span.begin) - 1] < _BEGINS for m in cluster)
    score += _LEADING * leading / len(cluster)
    before = (text[max(0, m.span.begin - 40) : m.span.begin] for m in cluster)
    return score + (_BEHIND_PERSON if any(map(_OF_PERSON.search, before)) else 0.0)
