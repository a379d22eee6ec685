from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate import Annotator
from kg.annotate.parse import blocks
from kg.annotate.speakers import Turn, find_turns
from kg.model import Annotation, Span

PIECES = [
    "Norvia grew.",
    "Heading",
    "- item",
    "* item",
    "1. item",
    " ",
    "\n",
    "\n\n",
    "\t",
    "  \n",
    "?",
    "—",
    "é",
    "株",
]


def parts(text: str, *turns: Turn) -> list[str]:
    return [span.of(text) for span, _, _ in blocks(text, turns) if span.of(text)]


def test_paragraphs_are_read_one_by_one() -> None:
    assert parts("Norvia grew.\n\nQuorex did not.\n \nWhy?") == ["Norvia grew.", "Quorex did not.", "Why?"]


def test_running_text_may_go_over_several_lines() -> None:
    assert parts("Norvia grew,\nas it had\nfor years.") == ["Norvia grew,\nas it had\nfor years."]


def test_a_line_without_a_full_stop_before_a_capital_is_a_heading() -> None:
    assert parts("About us\nNorvia grew.") == ["About us", "Norvia grew."]


def test_a_long_line_is_no_heading() -> None:
    line = "Norvia grew for years and years and years in Graz and then in the town of"
    assert parts(f"{line}\nPorto.") == [f"{line}\nPorto."]


@pytest.mark.parametrize("mark", ["-", "*", "•", "1.", "2)"])
def test_items_of_a_list_are_read_one_by_one_without_their_marks(mark: str) -> None:
    assert parts(f"We sell:\n{mark} kettles\n{mark} lamps") == ["We sell:", "kettles", "lamps"]


@pytest.mark.parametrize("dateline", ["Graz, 3 May 2019", "Graz, Austria, May 3, 2019", "3 May 2019"])
def test_a_dateline_is_read_by_itself(dateline: str) -> None:
    assert parts(f"{dateline} – Norvia grew.") == [dateline, "Norvia grew."]


def test_a_date_inside_a_sentence_is_no_dateline() -> None:
    text = "On 3 May 2019 Norvia grew – again."
    assert parts(text) == [text]


def test_the_labels_of_speakers_are_left_out() -> None:
    text = "Q: When did it start?\nA: In 2009.\n\nQ: And then?\nA: It grew."
    found = [(span.of(text), role, label) for span, role, label in blocks(text, find_turns(text, ()))]
    assert found == [
        ("When did it start?", "question", "Q"),
        ("In 2009.", "answer", "A"),
        ("And then?", "question", "Q"),
        ("It grew.", "answer", "A"),
    ]


def test_text_without_turns_is_narration() -> None:
    assert blocks("Norvia grew.", ()) == [(Span(0, 12), "narration", "")]


def test_a_paragraph_too_long_for_a_parser_is_cut_at_white_space() -> None:
    words = "word " * 15_000
    found = parts(words.strip())
    assert len(found) > 1
    assert {word for part in found for word in part.split()} == {"word"}
    assert " ".join(found) == words.strip()
    assert "".join(parts("x" * 70_000)) == "x" * 70_000


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_blocks_are_stripped_and_do_not_overlap(text: str) -> None:
    found = [span for span, _, _ in blocks(text, ())]
    assert all(a.end <= b.begin for a, b in itertools.pairwise(found))
    assert all(0 <= span.begin <= span.end <= len(text) for span in found)
    assert all(span.of(text) == span.of(text).strip() for span in found)


@pytest.mark.model
class TestWithTheModel:
    def test_words_stand_at_their_spans(self, annotate: Callable[[str], Annotation]) -> None:
        text = "  Norvia grew.\n\nQuorex  did\nnot.\n"
        for parse in annotate(text).parses:
            assert tuple(span.of(text) for span in parse.spans) == parse.words

    def test_white_space_is_no_token(self, annotate: Callable[[str], Annotation]) -> None:
        (parse,) = annotate("Norvia   sells \n lamps and\n\tkettles.").parses
        assert parse.words == ("Norvia", "sells", "lamps", "and", "kettles", ".")
        assert all(0 <= head < len(parse.words) for head in parse.heads)

    def test_sentences_cover_all_tokens(self, annotate: Callable[[str], Annotation]) -> None:
        (parse,) = annotate("Norvia grew in Graz. It made lamps there.").parses
        assert len(parse.sentences) == 2
        assert parse.sentences[0][0] == 0
        assert parse.sentences[-1][1] == len(parse.words)
        assert all(a[1] == b[0] for a, b in zip(parse.sentences, parse.sentences[1:], strict=False))

    def test_lemmas_are_in_lower_case(self, annotate: Callable[[str], Annotation]) -> None:
        (parse,) = annotate("Norvia founded Quorex.").parses
        assert parse.lemmas == ("norvia", "found", "quorex", ".")

    def test_roles_and_speakers_are_kept(self, annotate: Callable[[str], Annotation]) -> None:
        parses = annotate("Q: When did it start?\nA: In 2009.\n\nQ: And then?\nA: It grew.").parses
        assert [(p.role, p.speaker) for p in parses] == [("question", "Q"), ("answer", "A")] * 2

    def test_single_sentences_are_parsed_one_each(self, annotator: Annotator) -> None:
        found = annotator.phrases(["Norvia grew.", "Quorex makes lamps."])
        assert [p.words for p in found] == [("Norvia", "grew", "."), ("Quorex", "makes", "lamps", ".")]
        assert found[1].spans[0] == Span(0, 6)

    @settings(max_examples=15, deadline=None)
    @given(text=st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
    def test_any_text_can_be_parsed(self, annotate: Callable[[str], Annotation], text: str) -> None:
        annotation = annotate(text)
        for parse in annotation.parses:
            assert (
                len({len(column) for column in (parse.words, parse.lemmas, parse.tags, parse.deps, parse.heads)}) == 1
            )
            assert all(span.of(text) == word for span, word in zip(parse.spans, parse.words, strict=True))
        sentences = annotation.sentences
        assert list(sentences) == sorted(sentences)
