from __future__ import annotations

import pytest

from kg.annotate.titles import defined_titles
from kg.model import Parse

NOUNS = frozenset(("book", "boy", "life", "lantern"))


def titles(text: str) -> list[str]:
    words = tuple(text.split())
    blank = ("",) * len(words)
    parse = Parse(words, words, blank, blank, tuple(range(len(words))), (), ((0, len(words)),))
    return [" ".join(words[first:last]) for first, last in defined_titles(parse, NOUNS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Salt and Lantern is a novel .", ["Salt and Lantern"]),
        ("The Book of Salt is a novel .", ["Book of Salt"]),
        ("Dare to Be Salt : A Life in Storms ( 1999 ) was the third .", ["Dare to Be Salt : A Life in Storms"]),
        # A preposition behind a name, a plural verb, lower case: no title.
        ("Ana Sol of Norvia is a baker .", []),
        ("The Grey Lantern in Graz is a pub .", []),
        ("Ana and Petra are the founders .", []),
        ("The new Lantern is a lamp .", []),
        ("Grey Lantern is a lamp .", []),  # no small word: found without this
        ("Salt and Lantern sells lamps .", []),
    ],
)
def test_titles_are_told_by_the_definition_behind_them(text: str, expected: list[str]) -> None:
    assert titles(text) == expected
