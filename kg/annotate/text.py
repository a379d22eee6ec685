"""Parts of the patterns that numbers, amounts and dates are read with."""

from __future__ import annotations

# One gap between words: spaces, or a line break inside a paragraph. Bounded, so that every pattern stays linear.
GAP = r"(?:[^\S\n]{1,2}|[^\S\n]?\n[^\S\n]?)"
THIN = "\u00a0\u2009\u202f"


def word_set(words: str) -> frozenset[str]:
    """The words of a string, for the word lists that are easier to read so."""
    return frozenset(words.split())
