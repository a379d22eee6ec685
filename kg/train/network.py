"""The network: where mentions are, of which classes, and which properties hold between them.

Classes and properties enter only by their words, which the same encoder reads, so that a model knows any ontology.
Mentions are pairs of a first and a last piece, scored bilinearly. A pair of mentions and a property are scored by their
vectors and by what a property finds in the sentence when it looks there together with the pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.learned.labels import Vocabulary
from kg.train.encoder import Encoder

WIDEST = 24  # word pieces of a mention


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


class Mentions(NamedTuple):
    """Mentions of a window. first, last: their pieces. kinds: how much speaks for each class, above 0 for one."""

    first: Tensor
    last: Tensor
    vectors: Tensor
    kinds: Tensor


class Heads(nn.Module):
    """What lies on the encoder; each method takes the pieces of one window."""

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
        self.seen = nn.Linear(width, shape.joint)
        self.pair_out, self.label_out = nn.Linear(shape.pair, shape.joint), nn.Linear(width, shape.joint)
        self.label_seen = nn.Linear(width, shape.joint)
        self.mix = nn.Linear(2 * shape.joint + 5, shape.inner)
        self.score = nn.Linear(shape.inner, 1)
        self.straight = nn.Linear(shape.pair, shape.joint)
        self.dropout = nn.Dropout(dropout)
        for layer in (self.starts, self.ends, self.look_pair, self.look_label):
            nn.init.normal_(layer.weight, std=0.02)

    def spans(self, x: Tensor) -> Tensor:
        """How much speaks for a mention from piece i to piece j: pieces x pieces, above 0 for one."""
        q, k = self.starts(x), self.ends(x)
        scores = q @ k.T / q.shape[1] ** 0.5 + self.start_bias(x) + self.end_bias(x).T
        places = torch.arange(x.shape[0], device=x.device)
        width = places[None, :] - places[:, None]
        fits = (width >= 0) & (width < WIDEST)
        bias = self.widths(width.clamp(0, WIDEST - 1))[..., 0]
        return torch.where(fits, scores + bias, torch.full_like(scores, -1e4))

    def mentions(self, x: Tensor, spans: Tensor, told: Told) -> Mentions:
        """Vectors and classes of mentions. spans: their first and last pieces: mentions x 2."""
        first, last = spans[:, 0], spans[:, 1]
        total = functional.pad(x.cumsum(0), (0, 0, 1, 0))
        length = last - first + 1
        mean = (total[last + 1] - total[first]) / length[:, None].to(x.dtype)
        width = self.span_width((length - 1).clamp(0, WIDEST - 1))
        vectors = functional.gelu(self.span(self.dropout(torch.cat((x[first], x[last], mean, width.to(x.dtype)), 1))))
        kinds = self.type_of_span(vectors) @ self.type_of_label(told.types).T / 8.0 - 2.0
        return Mentions(first, last, vectors, kinds)

    def relations(self, x: Tensor, found: Mentions, pairs: Tensor, told: Told) -> Tensor:
        """How much speaks for each property between two mentions: pairs x properties, above 0 for one.

        pairs: numbers of mentions, subject and object: pairs x 2.
        """
        subjects, objects = pairs[:, 0], pairs[:, 1]
        pair = self._pair(x, found, subjects, objects)
        labels = told.properties
        scale = x.shape[1] ** 0.5
        looks = (self.look_pair(pair) @ x.T / scale)[:, None] + (self.look_label(labels) @ x.T / scale)[None]
        seen = torch.softmax(looks.float(), 2).to(x.dtype) @ self.seen(x)
        own, asked = self.pair_out(pair), self.label_out(labels)
        lexical = (functional.normalize(x, dim=1) @ functional.normalize(labels, dim=1).T).max(0).values
        fits = _best(found.kinds, told.domain)[subjects], _best(found.kinds, told.range)[objects]
        straight = self.straight(pair) @ asked.T / 8.0
        shape = (subjects.shape[0], labels.shape[0])
        more = (fits[0], fits[1], torch.minimum(*fits), lexical[None].expand(shape), straight)
        joint = (own[:, None] * asked[None], seen * self.label_seen(labels)[None], torch.stack(more, 2))
        mixed = functional.gelu(self.mix(self.dropout(torch.cat(joint, 2))))
        scores: Tensor = self.score(mixed)[..., 0] + straight - 2.0
        return scores

    def _pair(self, x: Tensor, found: Mentions, subjects: Tensor, objects: Tensor) -> Tensor:
        """A vector for each pair: both mentions, what stands between them, which comes first, the whole."""
        s, o = found.vectors[subjects], found.vectors[objects]
        total = functional.pad(x.cumsum(0), (0, 0, 1, 0))
        left = torch.minimum(found.last[subjects], found.last[objects]) + 1
        right = torch.maximum(torch.maximum(found.first[subjects], found.first[objects]), left)
        between = (total[right] - total[left]) / (right - left).clamp(min=1)[:, None].to(x.dtype)
        before = (found.first[subjects] < found.first[objects]).to(x.dtype)[:, None]
        near = torch.log1p((right - left).to(x.dtype))[:, None] / 4
        every = (s, o, s * o, between, x[:1].expand(subjects.shape[0], -1), before, near)
        return functional.gelu(self.pair(self.dropout(torch.cat(every, 1))))


def _best(types: Tensor, allowed: Tensor) -> Tensor:
    """For each mention and property how much speaks for the best class that may stand there, between -1 and 1."""
    masked = types[:, None] + (allowed[None] - 1.0) * 1e4
    return torch.tanh(masked.max(2).values / 4.0)


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, encoder: Encoder, shape: Shape) -> None:
        super().__init__()
        self.encoder, self.shape = encoder, shape
        self.heads = Heads(encoder.width, shape)

    def told(self, vocabulary: Vocabulary, ids: Tensor, mask: Tensor) -> Told:
        """A vocabulary; ids, mask: the pieces of its labels, classes first. Labels are the means of their pieces."""
        weight = mask.to(torch.float32)[..., None]
        vectors = (self.encoder(ids, mask) * weight).sum(1) / weight.sum(1).clamp(min=1)
        domain, range_ = (torch.from_numpy(side) for side in vocabulary.allowed())
        count = len(vocabulary.types)
        return Told(vectors[:count], vectors[count:], domain, range_)


def several(scores: Tensor, right: Tensor) -> Tensor:
    """The loss of choosing any number of what is scored, row by row: Su et al. 2022, https://arxiv.org/abs/2208.02955."""
    zero = torch.zeros_like(scores[:, :1])
    wrong = torch.cat((torch.where(right, torch.full_like(scores, -1e4), scores), zero), 1)
    missed = torch.cat((torch.where(right, -scores, torch.full_like(scores, -1e4)), zero), 1)
    return torch.logsumexp(wrong, 1) + torch.logsumexp(missed, 1)
