"""Texts as word pieces with their offsets, as the encoder reads them.

The encoder's words know no capitals, which tell much of where names begin and end: how a piece is written goes into its
number, as a multiple of `SHAPE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST = 160  # word pieces of a window, the two special ones included
SHAPE = 1 << 20  # above all numbers of word pieces
UNSAID = (0, 0)  # first and last piece of what a text leaves unsaid: the special piece before all others
SHAPES = 4  # ways of writing: "word", "Word", "WORD", "wOrd"


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text, special ones first and last.

    ids: their numbers, with `SHAPE` times how they are written. begins, ends: offsets; 0, 0 for special ones.
    """

    ids: tuple[int, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]

    def place(self, begin: int, end: int) -> tuple[int, int] | None:
        """The first and the last piece that words at these offsets touch; None where they lie outside."""
        touched = [n for n, (b, e) in enumerate(zip(self.begins, self.ends, strict=True)) if b < end and begin < e]
        return (touched[0], touched[-1]) if touched else None


def pieces(tokenizer: Tokenizer, text: str) -> Pieces:
    """The word pieces of a text, cut at `LONGEST`."""
    found = tokenizer.encode(text)
    ids, offsets = found.ids, found.offsets
    if len(ids) > LONGEST:
        ids, offsets = [*ids[: LONGEST - 1], ids[-1]], [*offsets[: LONGEST - 1], offsets[-1]]
    written = (number + SHAPE * _shape(text[begin:end]) for number, (begin, end) in zip(ids, offsets, strict=True))
    return Pieces(tuple(written), tuple(begin for begin, _ in offsets), tuple(end for _, end in offsets))


def _shape(word: str) -> int:
    if word == word.lower():
        return 0
    if word[0].isupper():
        return 2 if len(word) > 1 and word == word.upper() else 1
    return 3


def plain_tokenizer(content: bytes) -> Tokenizer:
    """The tokenizer of a tokenizer.json, that neither cuts nor pads."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(content.decode("utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
