"""What a model file is worth: how well it reads examples, by itself and from the text alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.evaluate import Score
from kg.extract.learned.labels import Vocabulary, vocabulary
from kg.extract.learned.model import Model, Read, Told, open_model
from kg.extract.learned.pieces import UNSAID
from kg.extract.learned.windows import DOUBTFUL
from kg.ontology import load
from kg.train.examples import Example, Fact, leaves_unsaid, marked

if TYPE_CHECKING:
    from kg.train.run import Source

MOST = 40  # mentions of a text


def tried(path: Path, source: Source, *, bound: float = 0.0) -> Score:
    """The facts of the examples of a source, as a model reads them: no mention is given. bound: of its scores."""
    from kg.train.run import examples  # needs torch, which reading does not

    ontology = load([source.ontology])
    return read_all(open_model(path), examples(source, ontology), vocabulary(ontology), bound=bound)


def read_all(model: Model, found: Sequence[Example], known: Vocabulary, *, bound: float = 0.0) -> Score:
    """The facts of examples of one vocabulary."""
    told = model.told(known)
    total = Score()
    for example in found:
        facts = set(facts_in(model, example.text, told, bound, unsaid=leaves_unsaid(example)))
        gold = marked(example)
        total += Score(len(facts & gold), len(facts), len(gold))
    return total


def facts_in(model: Model, text: str, told: Told, bound: float = 0.0, *, unsaid: bool = False) -> dict[Fact, float]:
    """The facts that a model finds in a text of a few sentences, by its words, with what speaks for each.

    unsaid: whether they may be about something without words.
    """
    made = model.pieces(text)
    [states] = model.hidden([made.ids])
    spans = [(int(a), int(b)) for a, b in (np.argwhere(model.spans(states)[1:-1, 1:-1] > DOUBTFUL) + 1)[:MOST]]
    if unsaid:
        spans.insert(0, UNSAID)
    pairs = [(s, o) for s in range(len(spans)) for o in range(len(spans)) if s != o]
    if not pairs:
        return {}
    scores = model.scores(text, Read(made, states, spans), told, pairs)
    words = [text[made.begins[first] : made.ends[last]] for first, last in spans]
    facts: dict[Fact, float] = {}
    likely = [(float(scores[n, p]), pairs[n], int(p)) for n, p in zip(*(scores > bound).nonzero(), strict=True)]
    taken: set[tuple[int, int, int]] = set()
    for score, (s, o), prop in sorted(likely, reverse=True):
        if words[s] == words[o] or _told(spans, taken, s, prop, o):
            continue
        taken.add((s, prop, o))
        facts.setdefault((words[s], told.vocabulary.properties[prop].key, words[o]), score)
    return facts


def _told(spans: Sequence[tuple[int, int]], taken: set[tuple[int, int, int]], s: int, prop: int, o: int) -> bool:
    """Whether a likelier fact says the same of a mention that lies around or inside this one."""

    def nested(one: int, other: int) -> bool:
        (a, b), (c, d) = spans[one], spans[other]
        return (a <= c and d <= b) or (c <= a and b <= d)

    return any(p == prop and nested(s, other_s) and nested(o, other_o) for other_s, p, other_o in taken)
