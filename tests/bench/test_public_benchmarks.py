"""How the benchmarks on public data sets read, compare and count, on data of the same form made up here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import oskgc
import public
import pytest
import redocred
import tekgen

from kg.evaluate import Score
from kg.model import Entity, Label, Parse, Value

ONE, OTHER = ("Norvia", "founder", "Ana Sol"), ("Norvia", "country", "Norland")


def test_counts_add_up_and_measures_follow() -> None:
    score = public.compare(frozenset([ONE]), frozenset([ONE, OTHER])) + Score(0, 1, 0)
    assert (score.right, score.predicted, score.gold) == (1, 2, 2)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)


def test_nothing_predicted_is_no_error() -> None:
    score = public.compare(frozenset(), frozenset([ONE]))
    assert (score.precision, score.recall, score.f1) == (0.0, 0.0, 0.0)


def test_parts_are_compared_with_underscores_as_spaces() -> None:
    assert public.plain("Ana_Sol  of\nNorland") == "Ana Sol of Norland"


def test_case_is_ignored_where_asked() -> None:
    assert public.folded([("Norvia", "genre", "Rock")]) == public.folded([("norvia", "Genre", "rock")])


def test_a_draw_is_the_same_each_time_and_in_order() -> None:
    texts = list(range(50))
    drawn = public.draw(texts, 10, seed=3)
    assert drawn == sorted(drawn) == public.draw(texts, 10, seed=3)
    assert drawn != public.draw(texts, 10, seed=4)
    assert public.draw(texts, None) == texts == public.draw(texts, 50)


def test_scores_are_summed_by_group() -> None:
    one = Score(1, 2, 3)
    assert public.by_group([("b", one), ("a", one), ("b", one)]) == {"a": one, "b": one + one}


def test_a_phrase_is_parsed_once() -> None:
    asked: list[str] = []

    def parse(texts: Sequence[str]) -> list[Parse]:
        asked.extend(texts)
        return [Parse((t,), (t,), ("NN",), ("ROOT",), (0,), (), ()) for t in texts]

    wrap = public.remembering()
    first = wrap(parse)(["a", "b", "a"])
    again = wrap(parse)(["b", "c"])
    assert asked == ["a", "b", "c"]
    assert [p.words[0] for p in (*first, *again)] == ["a", "b", "a", "b", "c"]


def test_missing_data_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="is not there"):
        public.need(tmp_path / "none")
    assert public.need(tmp_path) == tmp_path


def test_scores_are_written_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    public.show(True, {"ours": Score(1, 1, 2)}, ["not shown"])
    assert json.loads(capsys.readouterr().out)["ours"] == {
        "precision": 1.0,
        "recall": 0.5,
        "f1": 0.667,
        "right": 1,
        "predicted": 1,
        "gold": 2,
    }


def test_oskgc_entries_are_read() -> None:
    (entry,) = oskgc.read(
        "<?xml version='1.0' encoding='utf-8'?><benchmark><entries><entry category='2_City' id='x'>"
        "<text>Harrow is in Norland.</text><triples><triple><sub>Harrow_Mere</sub><rel>country</rel>"
        "<obj>Norland</obj></triple></triples></entry></entries></benchmark>"
    )
    assert (entry.family, entry.text) == ("City", "Harrow is in Norland.")
    assert entry.gold == {("Harrow Mere", "country", "Norland")}


@pytest.mark.parametrize(
    ("value", "written"),
    [("Ana_Sol", "Ana Sol"), (Value("42.5", "decimal"), "42.5"), (Value("5 EUR", "amount"), "5")],
)
def test_oskgc_values_are_written_without_unit(value: str | Value, written: str) -> None:
    assert oskgc.lexical(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Ana Sol", "Ana Sol"),
        (Value("2006-03-06", "date"), "06 March 2006"),
        (Value("1999", "gYear"), "01 January 1999"),
        (Value("12", "integer"), "12"),
    ],
)
def test_tekgen_dates_are_written_as_the_data_set_does(value: str | Value, written: str) -> None:
    assert tekgen.written(value) == written


def test_tekgen_drops_other_relations_in_the_official_score_only() -> None:
    predicted, gold = frozenset([ONE, OTHER]), frozenset([ONE])
    assert tekgen.official(predicted, gold) == (1.0, 1.0, 1.0)
    assert public.compare(predicted, gold).precision == 0.5


def test_tekgen_compares_without_case_and_spaces() -> None:
    assert tekgen.normal(("Dug 's Deck", "part of", "A_B")) == ("dug'sdeck", "partof", "ab")


def test_tekgen_averages_each_measure() -> None:
    assert tekgen.average([(1.0, 0.5, 0.6), (0.0, 0.5, 0.2)]) == {"precision": 0.5, "recall": 0.5, "f1": 0.4}


def test_redocred_tokens_become_running_text() -> None:
    words = ["Ana", '"', "Ani", '"', "Sol", "(", "born", "1963", ")", "'s", "deck", ",", "too", "."]
    assert redocred.spaced(words) == 'Ana "Ani" Sol (born 1963)\'s deck, too.'


def test_redocred_entities_are_met_by_name_or_by_date() -> None:
    record = {
        "vertexSet": [[{"name": "Ana Sol"}, {"name": "Sol"}], [{"name": "13 March 1963"}]],
        "sents": [["Ana", "Sol", "."]],
        "labels": [{"h": 0, "r": "P569", "t": 1}],
    }
    article = redocred.article(record)
    thing = Entity("https://kg.example/e", "", Label("Mrs Sol"), (Label("Sol"),), ())
    assert article.gold == {("0", "P569", "1")}
    assert redocred.placed(article, thing) == "0"
    assert redocred.placed(article, Value("1963-03-13", "date")) == "1"
    assert redocred.placed(article, "Petra Holm") == "Petra Holm"


def test_redocred_ontology_has_labels_and_no_more() -> None:
    made = redocred.ontology({"P1": "founded by", "P2": "date of birth"})
    assert {p.local: (p.label, p.domain, p.range) for p in made.properties.values()} == {
        "P1": ("founded by", frozenset(), frozenset()),
        "P2": ("date of birth", frozenset(), frozenset()),
    }
