"""Titles that a sentence defines: "Salt and Lantern: A Life in Nine Storms is a novel".

Their small words tell nothing of where a name ends; the copula behind them does.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Parse

_COPULAS = frozenset(("is", "was"))
_ARTICLES = frozenset(("a", "an", "the", "one"))
_JOINING = frozenset(("and", "or", "to", "&", "the", "a", "an", "not"))
_PREPOSITIONS = frozenset("of in on for with from at by".split())
_TITLE_PREPOSITIONS = frozenset(("of", "on", "for"))


def defined_titles(parse: Parse, nouns: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Token ranges of titles at the start of a sentence that goes on with "is a". nouns: common ones, in lower case.

    "of", "on" and "for" belong to a title behind a common noun in capitals, other prepositions only behind a colon, so
    that "Anna Sol of Norvia is a baker" and "Halm Museum in Graz is a" begin with a name, not with a title.
    """
    for begin, end in parse.sentences:
        first = begin + (parse.words[begin] in ("The", '"', "“"))
        last = first
        while last < end and _goes_on(parse, first, last, nouns):
            last += 1
        while last > first and not _weighs(parse.words[last - 1]):
            last -= 1
        capitals = sum(_weighs(word) for word in parse.words[first:last])
        small = any(not _weighs(word) for word in parse.words[first:last])
        if capitals > 1 and small and _is_defined(parse, last, end):
            yield first, last


def _weighs(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


def _goes_on(parse: Parse, first: int, i: int, nouns: frozenset[str]) -> bool:
    word = parse.words[i]
    if _weighs(word) or (i > first and (word in _JOINING or word in (":", "'s", "’s", "-", "–"))):
        return True
    before = parse.words[i - 1]
    titled = word in _TITLE_PREPOSITIONS and before.lower() in nouns
    return i > first and (titled or (word in _PREPOSITIONS and ":" in parse.words[first:i]))


def _is_defined(parse: Parse, i: int, end: int) -> bool:
    """Whether "is a" follows at once, or behind a bracket."""
    words = parse.words
    if i < end and words[i] == "(":
        closing = next((k for k in range(i, min(end, i + 25)) if words[k] == ")"), i)
        i = closing + 1
    return i + 1 < end and words[i] in _COPULAS and words[i + 1] in _ARTICLES
