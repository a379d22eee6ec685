"""How well a network reads texts: its mentions, classes and properties against those marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from kg.evaluate import Score
from kg.extract.learned.labels import Vocabulary
from kg.extract.learned.pieces import UNSAID
from kg.train.batches import Item, batch, by_vocabulary
from kg.train.examples import Fact, leaves_unsaid, marked
from kg.train.network import Heads, Network, Texts, Told

MOST = 40  # mentions of a text


@dataclass(frozen=True, slots=True)
class Reading:
    """What a network finds in a text: pieces of mentions, and links with what speaks for them."""

    mentions: tuple[tuple[int, int], ...]
    links: tuple[tuple[int, str, int, float], ...]


@torch.no_grad()
def readings(
    network: Network, items: Sequence[Item], vocabulary: Vocabulary, tokenizer: Tokenizer, *, bound: float = 0.0
) -> Iterator[Reading]:
    """What the network finds in texts of one vocabulary, one after the other. bound: of scores, to count."""
    network.eval()
    told: Told | None = None
    for at in range(0, len(items), 32):
        made = batch(items[at : at + 32], vocabulary, tokenizer, None)
        told = told or network.told(vocabulary, made.label_ids, made.label_mask)
        hidden = network.encoder(made.ids, made.mask)
        for n, item in enumerate(made.items):
            end = len(item.pieces.ids)
            own = Texts(hidden[n : n + 1, :end], made.mask[n : n + 1, :end], made.words[n : n + 1, :end])
            yield _reading(network.heads, own, told, vocabulary, bound, unsaid=leaves_unsaid(item.example))


def _reading(heads: Heads, text: Texts, told: Told, vocabulary: Vocabulary, bound: float, *, unsaid: bool) -> Reading:
    spans = ((heads.spans(text.x)[0, 1:-1, 1:-1] > 0).nonzero() + 1)[:MOST]
    if unsaid:
        spans = torch.cat((torch.tensor([UNSAID]), spans))
    count = len(spans)
    pairs = [(s, o) for s in range(count) for o in range(count) if s != o]
    mentions = tuple((int(first), int(last)) for first, last in spans.tolist())
    if not pairs or not vocabulary.properties:
        return Reading(mentions, ())
    scores = heads.relations(text, heads.mentions(text.x, spans[None], told), torch.tensor([pairs]), told)[0]
    links = tuple(
        (pairs[pair][0], vocabulary.properties[prop].key, pairs[pair][1], float(scores[pair, prop]))
        for pair, prop in (scores > bound).nonzero().tolist()
    )
    return Reading(mentions, links)


def facts_of(item: Item, reading: Reading) -> dict[Fact, float]:
    """The facts of a reading, by the words of the text, each with what speaks most for it."""
    words = [_words(item, *place) for place in reading.mentions]
    found: dict[Fact, float] = {}
    for s, p, o, score in reading.links:
        if words[s] != words[o]:
            fact = (words[s], p, words[o])
            found[fact] = max(score, found.get(fact, score))
    return found


def _words(item: Item, first: int, last: int) -> str:
    return item.example.text[item.pieces.begins[first] : item.pieces.ends[last]]


def scored(
    network: Network, items: Sequence[Item], vocabularies: Mapping[str, Vocabulary], tokenizer: Tokenizer
) -> tuple[Score, Score]:
    """Mentions and facts, counted over all texts."""
    mentions, facts = Score(), Score()
    for name, group in by_vocabulary(items):
        for item, reading in zip(group, readings(network, group, vocabularies[name], tokenizer), strict=True):
            places = {(first, last) for first, last, _ in item.mentions} - {UNSAID}
            own = set(reading.mentions) - {UNSAID}
            mentions += Score(len(places & own), len(own), len(places))
            found, gold = set(facts_of(item, reading)), marked(item.example)
            facts += Score(len(found & gold), len(found), len(gold))
    return mentions, facts
