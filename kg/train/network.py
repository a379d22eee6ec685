"""The network: where mentions are, of which classes, and which properties hold between them.

Classes and properties enter by their words, which the same encoder reads, so that a model knows any ontology; those
learned from have a vector of their own besides.
Mentions are pairs of a first and a last piece, scored bilinearly. A pair of mentions and a property are scored by their
vectors and by what a property finds in the sentence when it looks there together with the pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.learned.labels import Vocabulary
from kg.train.encoder import Encoder

WIDEST = 24  # word pieces of a mention
NEAR = 8  # word pieces before and behind a pair in which words of a label count


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of what lies on the encoder."""

    span: int = 256
    pair: int = 256
    joint: int = 128
    inner: int = 64


class Told(NamedTuple):
    """A vocabulary as tensors.

    types, properties: vectors of labels. domain, range: properties x classes, 1 where a class may stand there.
    """

    types: Tensor
    properties: Tensor
    domain: Tensor
    range: Tensor


class Texts(NamedTuple):
    """Texts under a vocabulary, filled up to one length.

    x: states, texts x pieces x width. mask: texts x pieces, 1 for a piece, 0 for filling. words: how much each piece
    speaks for each property, see `kg.extract.learned.lexical`: texts x pieces x properties.
    """

    x: Tensor
    mask: Tensor
    words: Tensor


class Mentions(NamedTuple):
    """Mentions of texts. first, last: their pieces. kinds: how much speaks for each class, above 0 for one."""

    first: Tensor
    last: Tensor
    vectors: Tensor
    kinds: Tensor


class Heads(nn.Module):
    """What lies on the encoder; texts x mentions, texts x pairs go together."""

    def __init__(self, width: int, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.starts, self.ends = nn.Linear(width, shape.joint), nn.Linear(width, shape.joint)
        self.start_bias, self.end_bias = nn.Linear(width, 1), nn.Linear(width, 1)
        self.widths = nn.Embedding(WIDEST, 1)
        self.span_width = nn.Embedding(WIDEST, 32)
        self.span = nn.Linear(3 * width + 32, shape.span)
        self.type_of_span, self.type_of_label = nn.Linear(shape.span, shape.joint), nn.Linear(width, shape.joint)
        self.pair = nn.Linear(3 * shape.span + 2 * width + 2, shape.pair)
        self.look_pair, self.look_label = nn.Linear(shape.pair, width), nn.Linear(width, width)
        self.look_word = nn.Parameter(torch.tensor(2.0))
        self.seen = nn.Linear(width, shape.joint)
        self.pair_out, self.label_out = nn.Linear(shape.pair, shape.joint), nn.Linear(width, shape.joint)
        self.label_seen = nn.Linear(width, shape.joint)
        self.mix = nn.Linear(2 * shape.joint + 9, shape.inner)
        self.score = nn.Linear(shape.inner, 1)
        self.straight = nn.Linear(shape.pair, shape.joint)
        self.dropout = nn.Dropout(dropout)
        for layer in (self.starts, self.ends, self.look_pair, self.look_label):
            nn.init.normal_(layer.weight, std=0.02)

    def spans(self, x: Tensor) -> Tensor:
        """How much speaks for a mention from piece i to piece j: texts x pieces x pieces, above 0 for one."""
        q, k = self.starts(x), self.ends(x)
        scores = q @ k.transpose(1, 2) / q.shape[2] ** 0.5 + self.start_bias(x) + self.end_bias(x).transpose(1, 2)
        places = torch.arange(x.shape[1], device=x.device)
        width = places[None, :] - places[:, None]
        fits = (width >= 0) & (width < WIDEST)
        bias = self.widths(width.clamp(0, WIDEST - 1))[..., 0]
        return torch.where(fits, scores + bias, torch.full_like(scores, -1e4))

    def mentions(self, x: Tensor, spans: Tensor, told: Told) -> Mentions:
        """Vectors and classes of mentions. spans: their first and last pieces: texts x mentions x 2."""
        first, last = spans[..., 0], spans[..., 1]
        total = functional.pad(x.cumsum(1), (0, 0, 1, 0))
        length = last - first + 1
        mean = (_rows(total, last + 1) - _rows(total, first)) / length[..., None].to(x.dtype)
        width = self.span_width((length - 1).clamp(0, WIDEST - 1)).to(x.dtype)
        every = torch.cat((_rows(x, first), _rows(x, last), mean, width), 2)
        vectors = functional.gelu(self.span(self.dropout(every)))
        kinds = self.type_of_span(vectors) @ self.type_of_label(told.types).T / 8.0 - 2.0
        return Mentions(first, last, vectors, kinds)

    def relations(self, texts: Texts, found: Mentions, pairs: Tensor, told: Told) -> Tensor:
        """How much speaks for each property between two mentions: texts x pairs x properties, above 0 for one.

        pairs: numbers of mentions, subject and object: texts x pairs x 2.
        """
        x, labels = texts.x, told.properties
        subjects, objects = pairs[..., 0], pairs[..., 1]
        pair = self._pair(x, found, subjects, objects)
        own, asked = self.pair_out(pair), self.label_out(labels)
        seen = self._seen(texts, pair, labels)
        count, size = pair.shape[1], labels.shape[0]
        likeness = functional.normalize(x, dim=2) @ functional.normalize(labels, dim=1).T
        likeness = likeness + (texts.mask[..., None].to(x.dtype) - 1.0) * 2.0
        fits = _rows(_best(found.kinds, told.domain), subjects), _rows(_best(found.kinds, told.range), objects)
        straight = self.straight(pair) @ asked.T / 8.0
        whole = [side[:, None].expand(-1, count, -1) for side in (likeness.max(1).values, texts.words.max(1).values)]
        more = [*fits, torch.minimum(*fits), straight, *whole, *_words(texts.words, found, pairs)]
        joint = (own[:, :, None] * asked, seen * self.label_seen(labels), torch.stack([m.to(x.dtype) for m in more], 3))
        mixed = functional.gelu(self.mix(self.dropout(torch.cat(joint, 3))))
        scores: Tensor = self.score(mixed).reshape(-1, count, size) + straight - 2.0
        return scores

    def _seen(self, texts: Texts, pair: Tensor, labels: Tensor) -> Tensor:
        """What a property finds when it looks into a text together with a pair: texts x pairs x properties x joint."""
        x, scale = texts.x, texts.x.shape[2] ** 0.5
        by_pair = self.look_pair(pair) @ x.transpose(1, 2) / scale
        by_label = self.look_label(labels) @ x.transpose(1, 2) / scale + self.look_word * texts.words.transpose(1, 2)
        looks = by_pair[:, :, None] + (by_label + (texts.mask[:, None].to(x.dtype) - 1.0) * 1e4)[:, None]
        weights = torch.softmax(looks.float(), 3).to(x.dtype)
        found: Tensor = weights @ self.seen(x)[:, None]
        return found

    def _pair(self, x: Tensor, found: Mentions, subjects: Tensor, objects: Tensor) -> Tensor:
        """A vector for each pair: both mentions, what stands between them, which comes first, the whole."""
        left, right = _between(found, subjects, objects)
        s, o = _rows(found.vectors, subjects), _rows(found.vectors, objects)
        total = functional.pad(x.cumsum(1), (0, 0, 1, 0))
        between = (_rows(total, right) - _rows(total, left)) / (right - left).clamp(min=1)[..., None].to(x.dtype)
        before = (found.first.gather(1, subjects) < found.first.gather(1, objects)).to(x.dtype)[..., None]
        near = torch.log1p((right - left).to(x.dtype))[..., None] / 4
        every = (s, o, s * o, between, x[:, :1].expand(-1, subjects.shape[1], -1), before, near)
        return functional.gelu(self.pair(self.dropout(torch.cat(every, 2))))


def _rows(x: Tensor, numbers: Tensor) -> Tensor:
    """Rows of each text by their numbers: texts x numbers x width."""
    return x.gather(1, numbers[..., None].expand(-1, -1, x.shape[2]))


def _between(found: Mentions, subjects: Tensor, objects: Tensor) -> tuple[Tensor, Tensor]:
    """Where what stands between two mentions begins and ends."""
    left = torch.minimum(found.last.gather(1, subjects), found.last.gather(1, objects)) + 1
    right = torch.maximum(found.first.gather(1, subjects), found.first.gather(1, objects))
    return left, torch.maximum(right, left)


def _words(words: Tensor, found: Mentions, pairs: Tensor) -> list[Tensor]:
    """What speaks for each property between two mentions, shortly before, and behind: texts x pairs x properties."""
    subjects, objects = pairs[..., 0], pairs[..., 1]
    left, right = _between(found, subjects, objects)
    first = torch.minimum(found.first.gather(1, subjects), found.first.gather(1, objects))
    last = torch.maximum(found.last.gather(1, subjects), found.last.gather(1, objects)) + 1
    total = functional.pad(words.cumsum(1), (0, 0, 1, 0))
    behind = torch.minimum(last + NEAR, torch.full_like(last, words.shape[1]))
    places = ((left, right), ((first - NEAR).clamp(min=0), first), (last, behind))
    return [(_rows(total, end) - _rows(total, begin)).clamp(0.0, 1.0) for begin, end in places]


def _best(types: Tensor, allowed: Tensor) -> Tensor:
    """For each mention and property how much speaks for the best class that may stand there, between -1 and 1."""
    masked = types[:, :, None] + (allowed - 1.0) * 1e4
    return torch.tanh(masked.max(3).values / 4.0)


class Network(nn.Module):
    """Encoder and heads, and a vector of its own for each label that is learned from, added to what its words say.

    keys: of these labels.
    """

    def __init__(self, encoder: Encoder, shape: Shape, keys: Sequence[str] = ()) -> None:
        super().__init__()
        self.encoder, self.shape = encoder, shape
        self.heads = Heads(encoder.width, shape)
        self.keys = {key: n for n, key in enumerate(keys)}
        self.own = nn.Embedding(max(1, len(keys)), encoder.width)
        nn.init.zeros_(self.own.weight)

    def told(self, vocabulary: Vocabulary, ids: Tensor, mask: Tensor, forget: float = 0.0) -> Told:
        """A vocabulary; ids, mask: the pieces of its labels, classes first. Labels are the means of their pieces.

        forget: the part of the labels, drawn at random, that are read as if they had never been seen.
        """
        weight = mask.to(torch.float32)[..., None]
        vectors = (self.encoder(ids, mask) * weight).sum(1) / weight.sum(1).clamp(min=1)
        keys = [kind.key for kind in (*vocabulary.types, *vocabulary.properties)]
        known = torch.tensor([key in self.keys for key in keys]) & (torch.rand(len(keys)) >= forget)
        rows = torch.tensor([self.keys.get(key, 0) for key in keys])
        vectors = vectors + self.own(rows) * known[:, None].to(vectors.dtype)
        domain, range_ = (torch.from_numpy(side) for side in vocabulary.allowed())
        count = len(vocabulary.types)
        return Told(vectors[:count], vectors[count:], domain, range_)


def several(scores: Tensor, right: Tensor) -> Tensor:
    """The loss of choosing any number of what is scored, row by row: Su et al. 2022, https://arxiv.org/abs/2208.02955."""
    zero = torch.zeros_like(scores[:, :1])
    wrong = torch.cat((torch.where(right, torch.full_like(scores, -1e4), scores), zero), 1)
    missed = torch.cat((torch.where(right, -scores, torch.full_like(scores, -1e4)), zero), 1)
    return torch.logsumexp(wrong, 1) + torch.logsumexp(missed, 1)
