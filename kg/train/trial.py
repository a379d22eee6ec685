"""What a model file is worth: how well it reads examples, by itself and from the text alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kg.evaluate import Score
from kg.extract.learned.labels import Vocabulary, vocabulary
from kg.extract.learned.model import Model, Told, open_model
from kg.ontology import load
from kg.train.examples import Example, Fact, marked
from kg.train.run import Source, examples

MOST = 40  # mentions of a text


def tried(path: Path, source: Source, *, bound: float = 0.0) -> Score:
    """The facts of the examples of a source, as a model reads them: no mention is given. bound: of its scores."""
    ontology = load([source.ontology])
    return read_all(open_model(path), examples(source, ontology), vocabulary(ontology), bound=bound)


def read_all(model: Model, found: Sequence[Example], known: Vocabulary, *, bound: float = 0.0) -> Score:
    """The facts of examples of one vocabulary."""
    told = model.told(known)
    total = Score()
    for example in found:
        facts, gold = set(facts_in(model, example.text, told, bound)), marked(example)
        total += Score(len(facts & gold), len(facts), len(gold))
    return total


def facts_in(model: Model, text: str, told: Told, bound: float = 0.0) -> dict[Fact, float]:
    """The facts that a model finds in a text of a few sentences, by its words, with what speaks for each."""
    made = model.pieces(text)
    [states] = model.hidden([made.ids])
    spans = [(int(a), int(b)) for a, b in (np.argwhere(model.spans(states)[1:-1, 1:-1] > 0) + 1)[:MOST]]
    pairs = [(s, o) for s in range(len(spans)) for o in range(len(spans)) if s != o]
    if not pairs:
        return {}
    _, scores = model.scores(states, spans, pairs, told)
    words = [text[made.begins[first] : made.ends[last]] for first, last in spans]
    facts: dict[Fact, float] = {}
    for pair, prop in zip(*(scores > bound).nonzero(), strict=True):
        s, o = pairs[pair]
        fact = (words[s], told.vocabulary.properties[prop].key, words[o])
        if words[s] != words[o]:
            facts[fact] = max(facts.get(fact, -1e9), float(scores[pair, prop]))
    return facts
