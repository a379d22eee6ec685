"""Other names in the same sentences, so that what is learned is the sentence and not who is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random

from kg.extract.learned.labels import VALUE_KINDS
from kg.train.examples import Example, Words

_YEAR = re.compile(r"(?<![0-9])([12][0-9])[0-9]{2}(?![0-9])")
_FIRST = re.compile(r"(?<![0-9])[1-9]")
_LATER = re.compile(r"(?<=[0-9])[0-9](?![A-Za-z])")
Names = Mapping[tuple[str, str], Sequence[str]]


def names_of(examples: Iterable[Example]) -> Names:
    """The names in examples by vocabulary and class, sorted; references such as "the firm" and values are none."""
    found: dict[tuple[str, str], set[str]] = {}
    for example in examples:
        for begin, end, kind in example.mentions:
            if _is_name(example.text[begin:end], kind):
                found.setdefault((example.vocabulary, kind), set()).add(example.text[begin:end])
    return {key: sorted(names) for key, names in sorted(found.items())}


def swapped(example: Example, names: Names, random: Random, share: float = 0.5) -> Example:
    """The example with some of its names exchanged for others of their class, and of its numbers for others as long.

    A name or number changes wherever it stands, or not at all: one that overlaps another stays as it is, and so does
    one whose part stands alone elsewhere in the text.
    """
    chosen: dict[str, str] = {}
    present = {example.text[b:e] for b, e, _ in example.mentions}
    for surface, kind in sorted({(example.text[b:e], kind) for b, e, kind in example.mentions}):
        if random.random() >= share or not _stands_alone(example, surface):
            continue
        others = names.get((example.vocabulary, kind), ()) if _is_name(surface, kind) else ()
        other = random.choice(others) if others else _renumbered(surface, kind, random)
        if other not in present and other not in chosen.values():
            chosen[surface] = other
    text, at, shift = "", 0, 0
    mentions: list[Words] = []
    for begin, end, kind in example.mentions:
        surface = example.text[begin:end]
        name = chosen.get(surface, surface)
        mentions.append((begin + shift, begin + shift + len(name), kind))
        if surface in chosen:
            text += example.text[at:begin] + name
            at, shift = end, shift + len(name) - len(surface)
    return replace(example, text=text + example.text[at:], mentions=tuple(mentions))


def _renumbered(surface: str, kind: str, random: Random) -> str:
    """Other digits in a number; in a date only the last two of a year."""
    if kind == "Date":
        return _YEAR.sub(lambda year: f"{year[1]}{random.randrange(26 if year[1] == '20' else 100):02}", surface)
    first = _FIRST.sub(lambda _: str(random.randint(1, 9)), surface)
    return _LATER.sub(lambda _: str(random.randrange(10)), first)


def _is_name(surface: str, kind: str) -> bool:
    return bool(kind) and kind not in VALUE_KINDS and surface[:1].isupper() and len(surface) > 2


def _stands_alone(example: Example, surface: str) -> bool:
    """Whether no other mention touches this name, no word of it stands elsewhere, and all its places are mentions."""
    places = [(b, e) for b, e, _ in example.mentions if example.text[b:e] == surface]
    others = [(b, e) for b, e, _ in example.mentions if example.text[b:e] != surface]
    if any(b < end and begin < e for begin, end in places for b, e in others):
        return False
    rest = example.text.replace(surface, " ")
    words = {word for word in surface.replace(",", " ").split() if len(word) > 3 and word[0].isupper()}
    return example.text.count(surface) == len(places) and not any(word in rest for word in words)
