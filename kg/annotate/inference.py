"""The language model applied to texts: what `nlp.pipe` computes, with the same weights, in about half the time.

Two things make spaCy 3.8 slow where they need not. Its matrix products go to a library that knows few processors and
falls back to plain C on the others; numpy's is quick on all. And its name recogniser lets go of the interpreter's lock
while it decodes, but takes it again in each test whether a transition is allowed, millions of times a minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kg.runtime import one_thread

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
RECOGNISER = "ner"
_BATCH = 256


def multiply_by_numpy(nlp: Language) -> None:
    """Lets the layers of a pipeline that run on the CPU multiply through numpy; other pipelines stay as they are."""
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        for layer in pipe.model.walk() if hasattr(pipe, "model") and hasattr(pipe.model, "walk") else ():
            if type(layer.ops) is NumpyOps:
                layer.ops = ops


def run(nlp: Language, texts: Iterable[str], disable: Sequence[str] = ()) -> list[Doc]:
    """Each text parsed, in order. disable: components to leave out."""
    with one_thread():
        if not _decodes_last(nlp, disable):
            return list(nlp.pipe(texts, disable=[*disable]))
        docs = list(nlp.pipe(texts, disable=[*disable, RECOGNISER]))
        for n in range(0, len(docs), _BATCH):
            _recognise(nlp, docs[n : n + _BATCH])
    return docs


def _decodes_last(nlp: Language, disable: Sequence[str]) -> bool:
    """Whether the last component is a recogniser of the kind that `_recognise` knows, so that none waits for it."""
    from spacy.pipeline import EntityRecognizer

    names = [name for name in nlp.pipe_names if name not in disable]
    if not names or names[-1] != RECOGNISER:
        return False
    recogniser: Any = nlp.get_pipe(RECOGNISER)
    return type(recogniser) is EntityRecognizer and recogniser.cfg["beam_width"] == 1


def _recognise(nlp: Language, docs: Sequence[Doc]) -> None:
    """The recogniser's greedy search, its steps taken from here, so that the interpreter's lock is held throughout."""
    recogniser: Any = nlp.get_pipe(RECOGNISER)
    states = recogniser.moves.init_batch(docs)
    unfinished = [state for state in states if not state.is_final()]
    if unfinished:
        steps = recogniser.model.predict(docs)
        while unfinished:
            unfinished = recogniser.transition_states(unfinished, steps.predict(unfinished))
        steps.clear_memory()
    recogniser.set_annotations(docs, states)
