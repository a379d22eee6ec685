"""A model file: a zip of ONNX graphs, a tokenizer and a card; run by onnxruntime on one thread, so always alike."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.errors import ModelError
from kg.extract.learned.card import Card, read_card, read_parts
from kg.extract.learned.labels import LONGEST_LABEL, Vocabulary, wording
from kg.extract.learned.lexical import Lexicon, lexicon, spoken_of
from kg.extract.learned.pieces import Pieces, pieces, plain_tokenizer

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    Vectors = NDArray[np.float32]

ENCODER, SPANS, HEADS = "encoder.onnx", "spans.onnx", "heads.onnx"
TOKENIZER, OWN = "tokenizer.json", "own.npy"
PARTS = [ENCODER, SPANS, HEADS, TOKENIZER, OWN]


@dataclass(frozen=True)
class Told:
    """A vocabulary as a model knows it: vectors of its classes and properties, and which classes fit where.

    words: of its properties, as they may stand in a text.
    """

    vocabulary: Vocabulary
    words: Lexicon
    types: Vectors
    properties: Vectors
    domain: Vectors
    range: Vectors


@dataclass(frozen=True)
class Read:
    """A text as a model reads it: its pieces and their states, and the pieces of mentions, first and last."""

    pieces: Pieces
    states: Vectors
    spans: Sequence[tuple[int, int]]


@dataclass
class Model:
    """A model ready to read. card: what its file says of itself. own: vectors of the labels that it learned from."""

    card: Card
    tokenizer: Tokenizer
    own: Mapping[str, Vectors]
    _encoder: InferenceSession
    _spans: InferenceSession
    _heads: InferenceSession

    @property
    def version(self) -> str:
        """Its name with the beginning of its hash."""
        return self.card.version

    def told(self, vocabulary: Vocabulary) -> Told:
        """The vectors of a vocabulary."""
        kinds = (*vocabulary.types, *vocabulary.properties)
        rows = [tuple(found.ids[:LONGEST_LABEL]) for found in self.tokenizer.encode_batch(list(map(wording, kinds)))]
        vectors = np.stack([states.mean(axis=0) for states in self.hidden(rows)])
        for n, kind in enumerate(kinds):
            if kind.key in self.own:
                vectors[n] += self.own[kind.key]
        count, words = len(vocabulary.types), lexicon(vocabulary.properties)
        return Told(vocabulary, words, vectors[:count], vectors[count:], *vocabulary.allowed())

    def pieces(self, text: str) -> Pieces:
        """The word pieces of a text."""
        return pieces(self.tokenizer, text)

    def hidden(self, rows: Sequence[Sequence[int]]) -> list[Vectors]:
        """The states of texts of word pieces: pieces x width each.

        Texts of one length go together; filling up would change the last digits by what stands beside them.
        """
        found: dict[int, Vectors] = {}
        by_length: dict[int, list[int]] = {}
        for n, row in enumerate(rows):
            by_length.setdefault(len(row), []).append(n)
        for length, numbers in sorted(by_length.items()):
            ids = np.array([rows[n] for n in numbers], dtype=np.int64)
            [states] = self._encoder.run(None, {"ids": ids, "mask": np.ones((len(numbers), length), dtype=np.int64)})
            found.update(zip(numbers, states, strict=True))
        return [found[n] for n in range(len(rows))]

    def spans(self, x: Vectors) -> Vectors:
        """How much speaks for a mention from piece i to piece j, above 0 for one."""
        [scores] = self._spans.run(None, {"x": x})
        return np.asarray(scores)

    def scores(self, text: str, read: Read, told: Told, pairs: Sequence[tuple[int, int]]) -> Vectors:
        """How much speaks for properties between the mentions of a text: pairs x properties, above 0 for one."""
        return self._headed(text, read, told, pairs)[1]

    def kinds(self, text: str, read: Read, told: Told) -> Vectors:
        """How much speaks for each class of the mentions of a text: mentions x classes, above 0 for one."""
        return self._headed(text, read, told, [(0, 0)])[0]

    def _headed(self, text: str, read: Read, told: Told, pairs: Sequence[tuple[int, int]]) -> tuple[Vectors, Vectors]:
        words = spoken_of(told.words, text, read.pieces)
        given = {"x": read.states, "spans": np.array(read.spans, dtype=np.int64), "words": words}
        given |= {"pairs": np.array(pairs, dtype=np.int64), "types": told.types, "properties": told.properties}
        kinds, scores = self._heads.run(None, {**given, "domain": told.domain, "range": told.range})
        return np.asarray(kinds), np.asarray(scores)


def digest_of(parts: Mapping[str, bytes]) -> str:
    """The hash of a model: of all its parts but the card."""
    return hashlib.sha256(b"".join(hashlib.sha256(parts[name]).digest() for name in sorted(parts))).hexdigest()


def open_model(path: Path) -> Model:
    """A model from its file. Raises ModelError: no such file, damage, another format, a missing library."""
    try:
        import onnxruntime
        import tokenizers  # noqa: F401
    except ImportError as error:
        raise ModelError(f"{error.name} is not installed", hint="pip install 'evident-kg[learned]'") from None
    card, parts = checked(path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    sessions = [
        onnxruntime.InferenceSession(parts[name], options, providers=["CPUExecutionProvider"])
        for name in (ENCODER, SPANS, HEADS)
    ]
    own = dict(zip(card.facts["keys"], own_vectors(parts), strict=True))
    return Model(card, plain_tokenizer(parts[TOKENIZER]), own, *sessions)


def checked(path: Path) -> tuple[Card, dict[str, bytes]]:
    """The card and the parts of a model file. Raises ModelError as `read_card` does, and for damage."""
    card, parts = read_card(path), read_parts(path, PARTS)
    if digest_of(parts) != card.facts["sha256"]:
        raise ModelError("damaged: its hash does not fit", where=str(path), hint="fetch or train it again")
    return card, parts


def own_vectors(parts: Mapping[str, bytes]) -> Vectors:
    """The vectors of the labels that a model learned from, in the order of the card's keys."""
    return np.asarray(np.load(io.BytesIO(parts[OWN])), dtype=np.float32)
