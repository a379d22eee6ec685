"""Examples to learn from: texts with mentions and relations, each under a vocabulary."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Words = tuple[int, int, str]  # begin, end, key of a class or ""
NO_WORDS: Words = (0, 0, "")  # what is left unsaid, where others than the text tell what that is
Link = tuple[int, str, int]  # numbers of mentions around the key of a property
Fact = tuple[str, str, str]  # words of a text around the key of a property


@dataclass(frozen=True, slots=True)
class Example:
    """A text of a few sentences.

    complete: whether everything that its vocabulary can say of it is marked. document: what it is a part of, if that
    has several.
    """

    text: str
    mentions: tuple[Words, ...]
    links: tuple[Link, ...]
    vocabulary: str
    complete: bool = True
    document: str = ""


def passages(path: Path, vocabulary: str, keys: Mapping[str, str]) -> Iterator[Example]:
    """The passages of a file of JSON lines. keys: classes and properties by their local names."""
    for line in path.read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        yield _example(found["text"], found["mentions"], found["facts"], vocabulary, keys)


def _example(
    text: str, typed: Iterable[Sequence[str]], facts: Iterable[Sequence[str]], vocabulary: str, keys: Mapping[str, str]
) -> Example:
    """Surfaces become offsets; a name that stands twice is two mentions, a fact joins the nearest ones."""
    types = {surface: keys.get(type_, type_) for surface, type_ in typed}
    mentions: list[Words] = []
    for surface in sorted(types, key=lambda surface: (-len(surface), surface)):
        for begin, end in occurrences(text, surface):
            if not any(
                begin < e and b < end and (b, e) != (begin, end) and e - b > end - begin for b, e, _ in mentions
            ):
                mentions.append((begin, end, types[surface]))
    mentions.sort()
    links = []
    for subject, property_, object_ in facts:
        joined = nearest(text, mentions, subject, object_)
        if joined and property_ in keys:
            links.append((joined[0], keys[property_], joined[1]))
    return Example(text, tuple(mentions), tuple(sorted(set(links))), vocabulary)


def occurrences(text: str, surface: str) -> list[tuple[int, int]]:
    """Where words stand in a text, as whole words."""
    left = r"(?<!\w)" if surface[:1].isalnum() else ""
    right = r"(?!\w)" if surface[-1:].isalnum() else ""
    return [found.span() for found in re.finditer(left + re.escape(surface) + right, text)]


def nearest(text: str, mentions: Sequence[Words], subject: str, object_: str) -> tuple[int, int] | None:
    """The numbers of the two mentions of these surfaces that stand nearest to one another."""
    ones = [n for n, (begin, end, _) in enumerate(mentions) if text[begin:end] == subject]
    others = [n for n, (begin, end, _) in enumerate(mentions) if text[begin:end] == object_]
    pairs = [(abs(mentions[a][0] - mentions[b][0]), a, b) for a in ones for b in others if a != b]
    if not pairs:
        return None
    _, a, b = min(pairs)
    return a, b


def marked(example: Example) -> set[Fact]:
    """The facts that are marked in an example, by the words of its text."""
    words = [example.text[begin:end] for begin, end, _ in example.mentions]
    return {(words[s], p, words[o]) for s, p, o in example.links}


def leaves_unsaid(example: Example) -> bool:
    """Whether facts may be about something that the text does not mention; in `marked` its words are none."""
    return NO_WORDS in example.mentions
