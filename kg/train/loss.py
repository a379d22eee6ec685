"""What is learned from a batch."""

from __future__ import annotations

from random import Random

import torch
from torch import Tensor

from kg.extract.learned.pieces import UNSAID
from kg.train.batches import Batch, Item
from kg.train.network import WIDEST, Network, Texts, several

HARD = 4  # wrong mentions of a text that look most like right ones, taken in among the pairs
PAIRS = 30  # of a text, at most; those left out are made up for by the others
Drawn = tuple[list[tuple[int, int]], list[float]]  # pairs of mentions, and how much each counts
WEIGHTS = (1.0, 0.1, 0.25)  # of mentions, of the class of each, of the properties of each pair


def loss(network: Network, batch: Batch, random: Random, forget: float = 0.0) -> Tensor:
    """The mean loss over the texts of a batch. forget: see `Network.told`."""
    x = network.encoder(batch.ids, batch.mask)
    told = network.told(batch.vocabulary, batch.label_ids, batch.label_mask, forget)
    scores = network.heads.spans(x).float()
    right = _marked(batch, scores)
    real = batch.mask[:, :, None] * batch.mask[:, None, :] > 0
    scores = torch.where(real, scores, torch.full_like(scores, -1e4))
    complete = torch.tensor([float(item.example.complete) for item in batch.items])
    total = WEIGHTS[0] * (several(scores.flatten(1), right.flatten(1)) * complete).sum()
    spans = [
        [(first, last) for first, last, _ in item.mentions] + (hard if item.example.complete else [])
        for item, hard in zip(batch.items, _hard(scores, right, batch), strict=True)
    ]
    if not any(spans):
        return total / len(batch.items)
    found = network.heads.mentions(x, _filled(spans), told)
    kinds = _kinds(batch, found.kinds)
    sorted_out = kinds.any(2)
    total = total + WEIGHTS[1] * several(found.kinds.float()[sorted_out], kinds[sorted_out]).sum()
    drawn = [_pairs(item, len(own), random) for item, own in zip(batch.items, spans, strict=True)]
    if any(pairs for pairs, _ in drawn):
        pairs = _filled([pairs for pairs, _ in drawn])
        likely = network.heads.relations(Texts(x, batch.mask, batch.words), found, pairs, told).float()
        weights = torch.zeros(pairs.shape[:2])
        for n, (_, own) in enumerate(drawn):
            weights[n, : len(own)] = torch.tensor(own)
        lost = several(likely.flatten(0, 1), _stated(batch, drawn, likely).flatten(0, 1))
        total = total + WEIGHTS[2] * (lost * weights.flatten()).sum()
    return total / len(batch.items)


def _filled(rows: list[list[tuple[int, int]]]) -> Tensor:
    """Pairs of numbers, each row filled up to the longest: rows x pairs x 2."""
    made = torch.zeros((len(rows), max(map(len, rows)), 2), dtype=torch.long)
    for n, row in enumerate(rows):
        if row:
            made[n, : len(row)] = torch.tensor(row)
    return made


def _marked(batch: Batch, scores: Tensor) -> Tensor:
    right = torch.zeros_like(scores, dtype=torch.bool)
    for n, item in enumerate(batch.items):
        for first, last, _ in item.mentions:
            if last - first < WIDEST and (first, last) != UNSAID:
                right[n, first, last] = True
    return right


def _hard(scores: Tensor, right: Tensor, batch: Batch) -> list[list[tuple[int, int]]]:
    """The wrong spans of each text that look most like mentions, the special pieces left out."""
    wrong = torch.where(right, torch.full_like(scores, -1e4), scores.detach())
    size = scores.shape[1]
    best = wrong.flatten(1).topk(min(HARD + 2 * size, size * size))
    found: list[list[tuple[int, int]]] = []
    for item, values, numbers in zip(batch.items, best.values.tolist(), best.indices.tolist(), strict=True):
        end = len(item.pieces.ids) - 1
        places = ((n // size, n % size) for value, n in zip(values, numbers, strict=True) if value > -1e3)
        found.append([(first, last) for first, last in places if first > 0 and last < end][:HARD])
    return found


def _kinds(batch: Batch, scores: Tensor) -> Tensor:
    number = {kind.key: n for n, kind in enumerate(batch.vocabulary.types)}
    right = torch.zeros_like(scores, dtype=torch.bool)
    for n, item in enumerate(batch.items):
        for m, (_, _, key) in enumerate(item.mentions):
            if key in number:
                right[n, m, number[key]] = True
    return right


def _pairs(item: Item, count: int, random: Random) -> Drawn:
    """The pairs that something is stated of, and some of the others; each with its weight."""
    stated = sorted({(s, o) for s, _, o in item.links})
    own = len(item.mentions)
    every = [(s, o) for s in range(count) for o in range(count) if s != o and (s < own or o < own)]
    others = sorted(set(every) - set(stated))
    drawn = random.sample(others, min(len(others), max(0, PAIRS - len(stated))))
    return stated + drawn, [1.0] * len(stated) + [len(others) / max(1, len(drawn))] * len(drawn)


def _stated(batch: Batch, drawn: list[Drawn], scores: Tensor) -> Tensor:
    number = {kind.key: n for n, kind in enumerate(batch.vocabulary.properties)}
    right = torch.zeros_like(scores, dtype=torch.bool)
    for n, (item, (pairs, _)) in enumerate(zip(batch.items, drawn, strict=True)):
        row = {pair: m for m, pair in enumerate(pairs)}
        for s, p, o in item.links:
            if p in number:
                right[n, row[s, o], number[p]] = True
    return right
