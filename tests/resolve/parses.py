"""Parses written by hand, for the tests of what a mention's place tells."""

from __future__ import annotations

from kg.model import Parse, Span


def parsed(rows: str, offset: int = 0) -> Parse:
    """A sentence by hand: on each line a word, its tag, its dependency and the number of its head."""
    cells = [row.split() for row in rows.strip().splitlines()]
    words = tuple(cell[0] for cell in cells)
    begins = [offset + len(" ".join((*words[:n], ""))) if n else offset for n in range(len(words))]
    return Parse(
        words=words,
        lemmas=tuple(word.lower() for word in words),
        tags=tuple(cell[1] for cell in cells),
        deps=tuple(cell[2] for cell in cells),
        heads=tuple(int(cell[3]) for cell in cells),
        spans=tuple(Span(begin, begin + len(word)) for begin, word in zip(begins, words, strict=True)),
        sentences=((0, len(words)),),
    )
