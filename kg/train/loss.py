"""What is learned from a batch."""

from __future__ import annotations

from random import Random

import torch
from torch import Tensor

from kg.train.batches import Batch, Item
from kg.train.network import WIDEST, Heads, Network, Told, several

HARD = 4  # wrong mentions of a text that look most like right ones, taken in among the pairs
PAIRS = 30  # of a text, at most; those left out are made up for by the others
WEIGHTS = (1.0, 0.1, 0.25)  # of mentions, of the class of each, of the properties of each pair


def loss(network: Network, batch: Batch, random: Random) -> Tensor:
    """The mean loss over the texts of a batch."""
    hidden = network.encoder(batch.ids, batch.mask)
    told = network.told(batch.vocabulary, batch.label_ids, batch.label_mask)
    rows = zip(batch.items, hidden.unbind(0), strict=True)  # whose gradients are stacked, not added up
    texts = ((item, x[: len(item.pieces.ids)]) for item, x in rows)
    return torch.stack([_of_text(network.heads, x, item, batch, told, random) for item, x in texts]).mean()


def _of_text(heads: Heads, x: Tensor, item: Item, batch: Batch, told: Told, random: Random) -> Tensor:
    scores = heads.spans(x)
    right = torch.zeros_like(scores, dtype=torch.bool)
    for first, last, _ in item.mentions:
        if last - first < WIDEST:
            right[first, last] = True
    chosen = several(scores.float().reshape(1, -1), right.reshape(1, -1)).sum()
    total = WEIGHTS[0] * chosen if item.example.complete else 0 * chosen
    spans = [(first, last) for first, last, _ in item.mentions] + _hard(scores, right)
    if not spans:
        return total
    found = heads.mentions(x, torch.tensor(spans), told)
    kinds = _kinds(item, batch, len(spans))
    sorted_out = kinds.any(1)
    if sorted_out.any():
        total = total + WEIGHTS[1] * several(found.kinds.float()[sorted_out], kinds[sorted_out]).sum()
    pairs, weights = _pairs(item, len(spans), random)
    if pairs:
        likely = heads.relations(x, found, torch.tensor(pairs), told)
        total = (
            total + WEIGHTS[2] * (several(likely.float(), _stated(item, batch, pairs)) * torch.tensor(weights)).sum()
        )
    return total


def _hard(scores: Tensor, right: Tensor) -> list[tuple[int, int]]:
    """The wrong spans that look most like mentions."""
    inner = torch.where(right, torch.full_like(scores, -1e4), scores.detach())[1:-1, 1:-1]
    if not inner.numel():
        return []
    best = inner.flatten().topk(min(HARD, inner.numel())).indices
    size = inner.shape[1]
    return [(int(n) // size + 1, int(n) % size + 1) for n in best if inner.flatten()[n] > -1e3]


def _kinds(item: Item, batch: Batch, count: int) -> Tensor:
    number = {kind.key: n for n, kind in enumerate(batch.vocabulary.types)}
    right = torch.zeros((count, len(number)), dtype=torch.bool)
    for n, (_, _, key) in enumerate(item.mentions):
        if key in number:
            right[n, number[key]] = True
    return right


def _pairs(item: Item, count: int, random: Random) -> tuple[list[tuple[int, int]], list[float]]:
    """The pairs that something is stated of, and some of the others; each with its weight."""
    stated = sorted({(s, o) for s, _, o in item.links})
    own = len(item.mentions)
    every = [(s, o) for s in range(count) for o in range(count) if s != o and (s < own or o < own)]
    others = sorted(set(every) - set(stated))
    drawn = random.sample(others, min(len(others), max(0, PAIRS - len(stated))))
    return stated + drawn, [1.0] * len(stated) + [len(others) / max(1, len(drawn))] * len(drawn)


def _stated(item: Item, batch: Batch, pairs: list[tuple[int, int]]) -> Tensor:
    number = {kind.key: n for n, kind in enumerate(batch.vocabulary.properties)}
    row = {pair: n for n, pair in enumerate(pairs)}
    right = torch.zeros((len(pairs), len(number)), dtype=torch.bool)
    for s, p, o in item.links:
        if p in number:
            right[row[s, o], number[p]] = True
    return right
