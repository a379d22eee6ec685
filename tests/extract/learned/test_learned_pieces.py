from __future__ import annotations

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from kg.extract.learned.pieces import SHAPE, SHAPES, pieces

WORDS = "nord air sells iphone in oslo 40 å .".split()


def test_pieces_tell_how_they_are_written() -> None:
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="."))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    made = pieces(tokenizer, "Nord AIR sells iPhone in Å 40.")
    assert [WORDS[number % SHAPE] for number in made.ids] == "nord air sells iphone in å 40 .".split()
    assert [number // SHAPE for number in made.ids] == [1, 2, 0, 3, 0, 1, 0, 0]
    assert max(number // SHAPE for number in made.ids) < SHAPES
