"""Examples as tensors: windows of one vocabulary, with a random part of its labels in random wordings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

import torch
from tokenizers import Tokenizer
from torch import Tensor

from kg.extract.learned.labels import LONGEST_LABEL, Kind, Vocabulary, wording
from kg.extract.learned.lexical import lexicon, spoken_of
from kg.extract.learned.pieces import UNSAID, Pieces, pieces
from kg.train.examples import NO_WORDS, Example

DEFINED = 0.25  # of batches, how many are told the definitions
LABELS = 16  # properties of a batch at most, besides those stated


@dataclass(frozen=True, slots=True)
class Item:
    """An example in word pieces: mentions as (first, last, class), links as in `Example`."""

    example: Example
    pieces: Pieces
    mentions: tuple[tuple[int, int, str], ...]
    links: tuple[tuple[int, str, int], ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Items of one vocabulary, and the part of it that they are read under.

    words: how much each piece speaks for each property: texts x pieces x properties.
    """

    items: tuple[Item, ...]
    ids: Tensor
    mask: Tensor
    words: Tensor
    vocabulary: Vocabulary
    label_ids: Tensor
    label_mask: Tensor


def itemised(tokenizer: Tokenizer, example: Example) -> Item:
    """An example in word pieces; mentions beyond the end of the window are left out, with their links."""
    made = pieces(tokenizer, example.text)
    places = [UNSAID if words == NO_WORDS else made.place(*words[:2]) for words in example.mentions]
    number: dict[int, int] = {}
    mentions: list[tuple[int, int, str]] = []
    for n, (place, (_, _, key)) in enumerate(zip(places, example.mentions, strict=True)):
        if place is not None:
            number[n] = len(mentions)
            mentions.append((*place, key))
    links = tuple((number[s], p, number[o]) for s, p, o in example.links if s in number and o in number)
    return Item(example, made, tuple(mentions), links)


def by_vocabulary(items: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    """Items by their vocabulary, in the order of its name."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.example.vocabulary, []).append(item)
    return sorted(groups.items())


def count(items: Iterable[Item], size: int) -> int:
    """How many batches `batches` makes of items."""
    return sum(-(-len(group) // size) for _, group in by_vocabulary(items))


def batches(
    items: Sequence[Item], vocabularies: Mapping[str, Vocabulary], tokenizer: Tokenizer, size: int, random: Random
) -> Iterator[Batch]:
    """All items once, in a random order; a batch holds items of one vocabulary and of about one length."""
    made: list[tuple[str, list[Item]]] = []
    for name, group in by_vocabulary(items):
        mixed = random.sample(group, len(group))
        for at in range(0, len(mixed), size * 8):
            alike = sorted(mixed[at : at + size * 8], key=lambda item: len(item.pieces.ids))
            made += [(name, alike[n : n + size]) for n in range(0, len(alike), size)]
    random.shuffle(made)
    for name, chosen in made:
        yield batch(chosen, _part(vocabularies[name], chosen, random), tokenizer, random)


def batch(items: Sequence[Item], vocabulary: Vocabulary, tokenizer: Tokenizer, random: Random | None) -> Batch:
    """One batch. random: words the labels at random; None takes the preferred ones."""
    ids, mask = padded([item.pieces.ids for item in items])
    if random:
        vocabulary = reworded(vocabulary, random)
    words = torch.zeros((*ids.shape, len(vocabulary.properties)))
    known = lexicon(vocabulary.properties)
    for n, item in enumerate(items):
        words[n, : len(item.pieces.ids)] = torch.from_numpy(spoken_of(known, item.example.text, item.pieces))
    label_ids, label_mask = padded(label_pieces(tokenizer, vocabulary))
    return Batch(tuple(items), ids, mask, words, vocabulary, label_ids, label_mask)


def label_pieces(tokenizer: Tokenizer, vocabulary: Vocabulary) -> list[tuple[int, ...]]:
    """The word pieces of all labels: classes, then properties."""
    texts = [wording(kind) for kind in (*vocabulary.types, *vocabulary.properties)]
    return [tuple(found.ids[:LONGEST_LABEL]) for found in tokenizer.encode_batch(texts)]


def reworded(vocabulary: Vocabulary, random: Random) -> Vocabulary:
    """A vocabulary with some of the names of each label, any of them first, seldom with definitions.

    All have them or none, for a long one among short ones is mostly filling.
    """
    defined = random.random() < DEFINED

    def again(kind: Kind) -> Kind:
        first = _name(kind, random)
        others = [name for name in kind.names if name != first and random.random() < 0.5]
        return replace(kind, names=(first, *others), definition=kind.definition if defined else "")

    return Vocabulary(tuple(map(again, vocabulary.types)), tuple(map(again, vocabulary.properties)))


def _name(kind: Kind, random: Random) -> str:
    return kind.names[0] if random.random() < 0.5 else random.choice(kind.names)


def _part(vocabulary: Vocabulary, items: Sequence[Item], random: Random) -> Vocabulary:
    """Some of the properties: those stated, mostly, and others; all classes, so that mentions stay what they are."""
    if random.random() < 0.3 and len(vocabulary.properties) <= LABELS:
        return vocabulary
    stated = {p for item in items for _, p, _ in item.links}
    kept = [kind for kind in vocabulary.properties if kind.key in stated and random.random() < 0.9]
    others = [kind for kind in vocabulary.properties if kind.key not in stated]
    most = max(2, min(len(others), LABELS))
    kept += random.sample(others, min(len(others), random.randint(1, most)))
    if not kept:
        return vocabulary
    random.shuffle(kept)
    return Vocabulary(vocabulary.types, tuple(kept))


def padded(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Ids filled up to one length, and a mask that tells which are real."""
    longest = max(map(len, rows))
    ids = torch.zeros((len(rows), longest), dtype=torch.long)
    mask = torch.zeros((len(rows), longest), dtype=torch.long)
    for n, row in enumerate(rows):
        ids[n, : len(row)] = torch.tensor(row)
        mask[n, : len(row)] = 1
    return ids, mask
