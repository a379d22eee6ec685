from __future__ import annotations

import re

import numpy as np

from kg.extract.learned.labels import Kind
from kg.extract.learned.lexical import lexicon, spoken_of
from kg.extract.learned.pieces import Pieces


def words_of(text: str) -> Pieces:
    """Each word a piece, between two special ones."""
    found = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    begins, ends = [0, *(b for b, _ in found), 0], [0, *(e for _, e in found), 0]
    return Pieces(tuple(range(len(begins))), tuple(begins), tuple(ends))


PROPERTIES = (
    Kind("directed", ("directed by", "director")),
    Kind("born", ("place of birth",)),
    Kind("died", ("place of death",)),
    Kind("has", ("has the",)),
)


def test_words_of_a_family_speak_for_a_property() -> None:
    text = "Anna directs Ondine, whose birth place is Abton."
    found = spoken_of(lexicon(PROPERTIES), text, words_of(text))
    assert found.shape == (len(words_of(text).ids), len(PROPERTIES))
    places = [text[b:e] for b, e in zip(words_of(text).begins, words_of(text).ends, strict=True)]
    assert found[places.index("directs")].tolist() == [1, 0, 0, 0]
    assert found[places.index("birth")].tolist() == [0, 1, 0, 0]


def test_a_word_of_several_properties_speaks_less_loud() -> None:
    text = "a place"
    found = spoken_of(lexicon(PROPERTIES), text, words_of(text))
    assert np.allclose(found[2], [0, 0.5**0.5, 0.5**0.5, 0])


def test_empty_words_and_special_pieces_speak_for_nothing() -> None:
    text = "the one that has the by"
    assert not spoken_of(lexicon(PROPERTIES), text, words_of(text)).any()
    assert spoken_of(lexicon(()), text, words_of(text)).shape == (8, 0)
