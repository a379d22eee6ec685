from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from kg.extract.learned.pieces import LONGEST, Pieces, pieces
from kg.extract.learned.windows import DOUBTFUL, MOST, Window, answers, candidates, windows
from kg.model import Mention, Span

SENTENCES = ("A b.", "How much is it ?", "Forty euros .", "It is cheap .", "So it is .")


@dataclass
class Words:
    """Reads a text as its words, the only thing that windows ask of a model."""

    tokenizer: Tokenizer

    def pieces(self, text: str) -> Pieces:
        return pieces(self.tokenizer, text)


@pytest.fixture(scope="module")
def words() -> Words:
    tokenizer = Tokenizer(models.WordLevel({"[CLS]": 0, "[SEP]": 1, "?": 2}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 0), ("[SEP]", 1)]
    )
    return Words(tokenizer)


def text_of(lengths: list[int]) -> tuple[str, list[Span]]:
    sentences = [" ".join(f"w{n}" for n in range(length)) + " ." for length in lengths]
    text, spans = " ".join(sentences), []
    at = 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    return text, spans


@given(st.lists(st.integers(1, LONGEST * 2), min_size=1, max_size=9))
def test_every_sentence_is_read_and_fresh_in_one_window(words: Words, lengths: list[int]) -> None:
    text, sentences = text_of(lengths)
    found = list(windows(words, text, sentences))  # type: ignore[arg-type]
    for sentence in sentences:
        fresh = [window for window in found if sentence in window.span and sentence.end > window.fresh]
        assert len(fresh) == 1
    assert all(len(window.pieces.ids) <= LONGEST for window in found)


def test_windows_overlap_by_a_sentence(words: Words) -> None:
    text, sentences = text_of([4] * 6)
    found = [window.span for window in windows(words, text, sentences)]  # type: ignore[arg-type]
    assert found == [Span(sentences[a].begin, sentences[b].end) for a, b in ((0, 2), (2, 4), (4, 5))]


def test_pieces_and_words_are_one(words: Words) -> None:
    text, sentences = text_of([3, 3])
    [window] = windows(words, text, sentences)  # type: ignore[arg-type]
    place = window.place(sentences[1])
    assert place is not None
    assert window.words(*place) == sentences[1]
    assert window.place(Span(0, len(text) + 5)) is None


def test_candidates(words: Words) -> None:
    text = "Norvia makes kettles and it sells them"
    window = Window(Span(0, len(text)), 0, words.pieces(text))
    scores = np.full((9, 9), -5.0, dtype=np.float32)
    scores[3, 3] = 1.0  # kettles, which nobody has read
    scores[5, 5] = DOUBTFUL + 0.1  # it
    name = Mention(Span(0, 6), "Norvia", "name")
    it, them = Mention(Span(25, 27), "it", "pronoun"), Mention(Span(34, 38), "them", "pronoun")
    found = [text[span.begin : span.end] for span, _ in candidates(scores, window, [name, it, them])]
    assert found == ["Norvia", "kettles", "it"]


def test_of_many_candidates_names_stay(words: Words) -> None:
    text = " ".join(f"w{n}" for n in range(60))
    window = Window(Span(0, len(text)), 0, words.pieces(text))
    scores = np.full((62, 62), -5.0, dtype=np.float32)
    np.fill_diagonal(scores, 2.0)
    last = Mention(Span(text.rindex("w59"), len(text)), "w59", "name")
    found = [span for span, _ in candidates(scores, window, [last])]
    assert len(found) == MOST
    assert last.span in found
    assert found == sorted(found)


def test_a_question_is_read_with_what_answers_it(words: Words) -> None:
    text = "A b. How much is it ? Forty euros . It is cheap . So it is ."
    one, asked, *told = (Span(text.index(s), text.index(s) + len(s)) for s in SENTENCES)
    [window] = answers(words, text, [one, asked], told)  # type: ignore[arg-type]
    assert window.span.of(text) == "How much is it ? Forty euros . It is cheap ."
    assert window.fresh == told[0].begin
    assert not list(answers(words, text, [one], told))  # type: ignore[arg-type]
    long, sentences = text_of([LONGEST] * 2)
    assert not list(answers(words, long.replace(".", "?"), sentences[:1], sentences[1:]))  # type: ignore[arg-type]
