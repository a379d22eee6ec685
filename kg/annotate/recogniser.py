"""The greedy search of spaCy's name recogniser, over all tokens of many texts at once.

The recogniser reads a text from left to right and sees of its own decisions only where the open name began. While none
is open, a token is judged alike whatever came before, so all tokens are judged in one go; only inside names there is a
way to follow, and all names of the texts follow theirs together. spaCy goes token by token and asks of each of its
moves whether it is allowed, for which it takes the interpreter's lock, millions of times a minute. Moves and what
allows them are those of spacy/pipeline/_parser_internals/ner.pyx, 3.8; weights and scores are the pipeline's own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.int32]
    Scores = NDArray[np.float32]

_FEATURES = 3  # the token, the first token of the open name, the token before if a name is open


def can_search(recogniser: object) -> bool:
    """Whether a component is a recogniser whose search is the one written here."""
    from spacy.pipeline import EntityRecognizer

    if type(recogniser) is not EntityRecognizer:
        return False
    known: Any = recogniser
    model = known.model
    if known.cfg["beam_width"] != 1 or model.attrs.get("unseen_classes") or not model.attrs.get("has_upper"):
        return False
    return bool(model.has_ref("lower") and model.get_ref("lower").get_dim("nF") == _FEATURES)


def recognise(recogniser: Any, docs: Sequence[Doc]) -> None:
    """Set the names of parsed texts, as the recogniser itself would, which it does where some are there already."""
    docs = [doc for doc in docs if len(doc)]
    if any(doc.to_array("ENT_IOB").any() for doc in docs):
        recogniser.set_annotations(docs, recogniser.predict(docs))
        return
    if docs:
        from spacy.tokens import Span

        offset = 0
        steps = recogniser.model.predict(docs)
        found = list(_Search(recogniser.moves, steps, docs).names())
        steps.clear_memory()  # which its cycles would keep until they are collected
        begins = [begin for begin, _, _ in found]
        for doc in docs:
            inside = found[bisect_left(begins, offset) : bisect_left(begins, offset + len(doc))]
            names = [Span(doc, begin - offset, end - offset, label=label) for begin, end, label in inside]
            doc.set_ents(names, default="outside")
            offset += len(doc)


class _Search:
    """Tokens are numbered through all texts; moves by the columns of the recogniser's scores."""

    def __init__(self, moves: Any, steps: Any, docs: Sequence[Doc]) -> None:
        import numpy as np

        self._steps = steps
        names = [moves.get_class_name(n) for n in range(moves.n_moves)]
        self._labels = [name[2:] for name in names]
        self._kinds = np.array([name[0] if name == "O" or name[2:] else "" for name in names])
        place = {name: n for n, name in enumerate(names)}
        self._on = np.array([place.get(f"I-{label}", 0) for label in self._labels])
        self._last = np.array([place.get(f"L-{label}", 0) for label in self._labels])
        starts = np.concatenate([doc.to_array("SENT_START") for doc in docs]) == 1
        starts[np.cumsum([len(doc) for doc in docs[:-1]], dtype=int)] = True
        self._ends: Flags = np.append(starts[1:], True)  # no name goes on behind the last token of a sentence
        self._spaces: Flags = np.concatenate([doc.to_array("IS_SPACE") for doc in docs]).astype(bool)

    def names(self) -> Iterator[tuple[int, int, str]]:
        """First token, the one behind the last, and the label, in order."""
        import numpy as np

        best = self._outside()
        kinds = self._kinds[best]
        starts = np.flatnonzero(kinds == "B").astype(np.int32)
        ends = dict(zip(starts.tolist(), self._follow(starts, best[starts]).tolist(), strict=True))
        free = 0
        for token in np.flatnonzero(kinds != "O").tolist():
            if token >= free:
                free = ends.get(token, token + 1)
                yield token, free, self._labels[best[token]]

    def _outside(self) -> Numbers:
        """The best allowed move at each token if no name is open there."""
        import numpy as np

        tokens = np.arange(len(self._ends), dtype=np.int32)
        none = np.full_like(tokens, -1)
        scores = self._scores(tokens, none, none)
        scores[:, ~np.isin(self._kinds, ("B", "U", "O"))] = -np.inf
        scores[np.ix_(self._ends, self._kinds == "B")] = -np.inf
        scores[np.ix_(self._spaces, self._kinds != "O")] = -np.inf
        best: Numbers = scores.argmax(axis=1)
        return best

    def _follow(self, starts: Numbers, moves: Numbers) -> Numbers:
        """For each name that begins, with the move that begins it, the token behind its last one."""
        import numpy as np

        ends = np.zeros_like(starts)
        going = np.arange(len(starts))
        tokens = starts + 1
        while len(going):
            scores = self._scores(tokens, starts[going], tokens - 1)
            on, last = (column[moves[going]] for column in (self._on, self._last))
            rows = np.arange(len(going))
            ahead = scores[rows, on] - scores[rows, last]
            stays = ~self._ends[tokens] & ((ahead > 0) | ((ahead == 0) & (on < last)))
            ends[going[~stays]] = tokens[~stays] + 1
            going, tokens = going[stays], tokens[stays] + 1
        return ends

    def _scores(self, *features: Numbers) -> Scores:
        """One row for each state, one column for each move."""
        import numpy as np

        ids = np.ascontiguousarray(np.stack(features, axis=1))
        scores: Scores = self._steps.vec2scores.predict(self._steps.state2vec.predict(ids))
        return scores
