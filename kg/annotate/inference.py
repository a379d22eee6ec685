"""The language model applied to texts: what `nlp.pipe` computes, with the same weights, in about half the time.

Two things make spaCy 3.8 slower than it need be. Its matrix products go to a library that knows few processors and
falls back to plain C on the others; numpy's is quick on all. And its name recogniser searches token by token, see
`recogniser`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kg.annotate.recogniser import can_search, recognise
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
    names = [name for name in nlp.pipe_names if name not in disable]
    # Only as the last component: no other waits for its names.
    ours = names[-1:] == [RECOGNISER] and can_search(nlp.get_pipe(RECOGNISER))
    with one_thread():
        docs = list(nlp.pipe(texts, disable=[*disable, RECOGNISER] if ours else [*disable]))
        for n in range(0, len(docs) if ours else 0, _BATCH):
            recognise(nlp.get_pipe(RECOGNISER), docs[n : n + _BATCH])
    return docs
