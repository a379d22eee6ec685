"""CaRB's measure on cases small enough to be counted by hand, and the way from its tokens to text and back."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import carb
import pytest

from kg.model import Span


def said(line: str, confidence: float = 1.0) -> Any:
    """A tuple from "relation | argument | argument"."""
    relation, *arguments = (tuple(part.split()) for part in line.split("|"))
    return carb.Tuple(relation, tuple(arguments), confidence)


GOLD = said("was born in | the man | Graz | in 1950")


@pytest.mark.parametrize(
    ("predicted", "precision", "recall"),
    [
        ("was born in | the man | Graz | in 1950", 1, 1),
        # 3 + 2 + 1 of 6 words, of the 8 of gold
        ("was born in | the man | Graz", 1, 6 / 8),
        # was, born; man; in, Graz: 5 of 6, and of 8; "in" counts as the one of "in 1950", as all but the subject is one
        ("was born | man | in Graz he", 5 / 6, 5 / 8),
        # a word counts in its own slot only
        ("was born Graz | the man | in 1950", 6 / 7, 6 / 8),
        # no word of the relation, whatever the arguments
        ("came from | the man | Graz | in 1950", 0, 0),
        # one argument where gold has more
        ("was born in | the man", 0, 0),
        # a word of gold is found once: "the" of the second "the"
        ("was | the the man | Graz", 4 / 5, 4 / 8),
    ],
)
def test_a_pair_is_matched_by_words_in_slots(predicted: str, precision: float, recall: float) -> None:
    assert carb.match(GOLD, said(predicted)) == pytest.approx((precision, recall))


def test_be_stands_for_each_of_its_forms() -> None:
    gold = said("was | Orla | a baker")
    assert carb.match(gold, said("be | Orla | a baker")) == (1, 1)
    assert carb.match(gold, said("is | Orla | a baker")) == (0, 0)


def test_subject_and_speech_may_change_places() -> None:
    assert carb.match(said("said | Orla | it rains"), said("said | it rains | Orla")) == (1, 1)
    assert carb.match(said("saw | Orla | the rain"), said("saw | the rain | Orla")) == pytest.approx((1 / 4, 1 / 4))


def test_arguments_that_gold_has_not_do_not_count() -> None:
    assert carb.match(said("exists | Orla"), said("exists | Orla | in Graz")) == (1, 1)


def test_a_prediction_is_precise_for_one_gold_tuple_and_may_cover_several() -> None:
    gold = {"s": [said("makes | Orla | bread"), said("makes | Orla | bread and cake")]}
    scores = carb.score(gold, {"s": [said("makes | Orla | bread and cake")]})
    # precision: 5 of 5 words, of the better pair; recall: 3 of 3 and 5 of 5
    assert (scores.precision, scores.recall, scores.f1) == (1, 1, 1)
    twice = carb.score(gold, {"s": [said("makes | Orla | bread"), said("sells | Orla | bread")]})
    # the second prediction has no match: (1 + 0) / 2; recall: (1 + 3/5) / 2
    assert (twice.precision, twice.recall) == pytest.approx((0.5, 0.8))


def test_the_best_pairs_are_taken_first() -> None:
    assert carb.precise([[(0.9, 0), (0.8, 0)], [(0.7, 0), (0.1, 0)]], [0, 1]) == pytest.approx(0.9 + 0.1)


def test_f1_is_told_where_it_is_best_and_the_area_over_all_thresholds() -> None:
    gold = {"s": [said("makes | Orla | bread")], "t": [said("sells | Orla | cake")]}
    predicted = {"s": [said("makes | Orla | bread", 0.9), said("is | Orla | bread", 0.2)]}
    scores = carb.score(gold, predicted)
    assert (scores.precision, scores.recall, scores.f1) == pytest.approx((1, 0.5, 2 / 3))
    assert scores.curve == ((0.2, 0.5, 0.5), (0.9, 1, 0.5))
    # from recall 0 and precision 1 to recall 0.5 and precision 1; at recall 0.5 the fall has no width
    assert scores.area == pytest.approx(0.5)


def test_nothing_predicted_is_nothing_gained() -> None:
    scores = carb.score({"s": [GOLD]}, {})
    assert (scores.precision, scores.recall, scores.f1, scores.area) == (0, 0, 0, 0)


def test_tokens_are_written_as_text_and_found_again() -> None:
    sentence = "`` I do n't know , '' said Orla -LRB- a well - known baker 's wife -RRB- for $ 5 ."
    text, offsets = carb.plain(sentence)
    assert text == "\"I don't know,\" said Orla (a well-known baker's wife) for $5."
    at = Span(text.index("well"), text.index("well") + len("well-known"))
    assert carb.words_at(sentence.split(), offsets, [at]) == ("well", "-", "known")


def test_sentences_are_the_same_but_for_punctuation() -> None:
    assert carb.key("Orla -LRB- 5 -RRB- left .") == carb.key("Orla (5) left")


def test_the_parts_are_two_thirds_and_the_rest() -> None:
    sentences = list("abcdef")
    assert [*carb.part_of(sentences, "tune"), *carb.part_of(sentences, "held")] == sentences
    assert len(carb.part_of(sentences, "tune")) == 4


def test_a_folder_without_the_benchmark_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"dev\.txt is not there"):
        carb.read(tmp_path, "all")


@pytest.mark.model
def test_a_run_over_a_small_benchmark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dev.txt").write_text("Orla makes bread .\nThe cakes were sold by Orla .\n", encoding="utf-8")
    (tmp_path / "dev_gold.tsv").write_text(
        "Orla makes bread .\tmakes\tOrla\tbread\nThe cakes were sold by Orla .\twere sold by\tThe cakes\tOrla\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(sys, "argv", ["carb.py", str(tmp_path), "--json"])
    assert carb.main() == 0
    found = json.loads(capsys.readouterr().out)
    assert found["kg"]["f1"] == 1
    assert found["kg"]["gold"] == 2
    assert found["subject, verb, object"]["f1"] < 1
