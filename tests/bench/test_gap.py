"""The scorer of GAP, its parts and the plain heuristics that run beside kg."""

from __future__ import annotations

from pathlib import Path

import gap
import pytest

from kg.evaluate import Score
from kg.model import Annotation, Document, Mention, Parse, Span
from kg.ontology import Ontology, load

HEADER = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL"
TEXT = "Orla Quist met Mara Teal when she left."
LINE = f"development-2\t{TEXT}\tshe\t30\tOrla Quist\t0\tTRUE\tMara Teal\t15\tFALSE\thttp://example.org/"
PERSONS = """
@prefix : <https://example.org/> .
@prefix kgv: <https://w3id.org/evident-kg/vocab#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Person a owl:Class ; rdfs:label "person" ; kgv:nerLabel "PERSON" ; kgv:mentionedAs kgv:Name .
:knows a owl:ObjectProperty ; rdfs:domain :Person ; rdfs:range :Person .
"""


def row(number: int, pronoun: str, a: bool, b: bool) -> gap.Row:
    text = f"Orla Quist met Mara Teal when {pronoun} left."
    spans = [Span(30, 30 + len(pronoun)), Span(0, 10), Span(15, 24)]
    return gap.Row(f"development-{number}", text, spans[0], (spans[1], spans[2]), (a, b))


def write(folder: Path, *lines: str) -> Path:
    file = folder / "gap.tsv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_true_labels_are_what_is_looked_for() -> None:
    rows = [row(1, "he", True, False), row(2, "he", False, True), row(3, "he", False, False)]
    answers = {"development-1": (True, False), "development-2": (True, False), "development-3": (False, True)}
    scores = gap.score(rows, answers)
    assert scores.overall == Score(right=1, predicted=3, gold=2)
    assert scores.overall.f1 == pytest.approx(2 / 5)


def test_bias_is_the_feminine_f1_by_the_masculine_one() -> None:
    rows = [row(1, "she", True, False), row(2, "her", True, False), row(3, "him", True, False)]
    scores = gap.score(rows, {"development-1": (True, False), "development-3": (True, False)})
    assert scores.feminine == Score(right=1, predicted=1, gold=2)
    assert scores.masculine.f1 == 1.0
    assert scores.bias == pytest.approx(2 / 3)


def test_no_answer_is_a_miss_and_no_error() -> None:
    scores = gap.score([row(1, "she", True, False)], {})
    assert (scores.overall.recall, scores.overall.precision, scores.bias) == (0.0, 0.0, 0.0)


def test_rows_are_read_by_number_and_the_halves_do_not_meet(tmp_path: Path) -> None:
    lines = [LINE.replace("development-2", f"development-{n}") for n in (10, 2, 1, 9)]
    rows = gap.read_rows(write(tmp_path, HEADER, *lines))
    assert [r.id for r in gap.part_of(rows, "all")] == [f"development-{n}" for n in (1, 2, 9, 10)]
    assert [r.id for r in gap.part_of(rows, "tune")] == ["development-1", "development-2"]
    assert [r.id for r in gap.part_of(rows, "held")] == ["development-9", "development-10"]
    assert rows[0].means == (True, False)
    assert rows[0].feminine


@pytest.mark.parametrize(
    ("header", "line", "message"),
    [
        (HEADER.replace("A-coref", "A-label"), LINE, "has no column A-coref"),
        (HEADER, LINE.replace("\t30\t", "\t29\t"), "row development-2: the words do not stand"),
        (HEADER, LINE.replace("TRUE", "maybe"), "row development-2: KeyError('maybe')"),
        (HEADER, LINE.replace("\t15\t", "\tx\t"), "row development-2: ValueError"),
    ],
)
def test_a_file_of_another_form_is_told(tmp_path: Path, header: str, line: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"gap\.tsv") as caught:
        gap.read_rows(write(tmp_path, header, line))
    assert message in str(caught.value)


def test_a_missing_file_ends_the_program_with_a_message(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.argv", ["gap.py", str(tmp_path / "none.tsv")])
    with pytest.raises(SystemExit) as caught:
        gap.main()
    assert "none.tsv is not there" in str(caught.value)


@pytest.fixture(scope="module")
def persons(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    path = tmp_path_factory.mktemp("ontology") / "persons.ttl"
    path.write_text(PERSONS, encoding="utf-8")
    return load([path])


def parsed(row_: gap.Row) -> Annotation:
    """ "Orla Quist met Mara Teal when she left." as the language model would read it; only A is found as a name."""
    words = "Orla Quist met Mara Teal when she left .".split()
    begins = (0, 5, 11, 15, 20, 25, 30, 34, 38)
    parse = Parse(
        words=tuple(words),
        lemmas=tuple(w.lower() for w in words),
        tags=("NNP", "NNP", "VBD", "NNP", "NNP", "WRB", "PRP", "VBD", "."),
        deps=("compound", "nsubj", "ROOT", "compound", "dobj", "advmod", "nsubj", "advcl", "punct"),
        heads=(1, 2, 2, 4, 2, 7, 7, 2, 2),
        spans=tuple(Span(b, b + len(w)) for b, w in zip(begins, words, strict=True)),
        sentences=((0, 9),),
    )
    person = (("https://example.org/Person", 2.0),)
    name = Mention(Span(0, 10), "Orla Quist", "name", head="quist", votes=person)
    return Annotation(Document("gap", row_.text, "gap"), (parse,), (name,))


def test_a_name_that_was_not_found_is_a_candidate_where_it_is_given(persons: Ontology) -> None:
    asked = row(1, "she", True, False)
    free = gap.scene(asked, parsed(asked), [], persons, given=False)
    given = gap.scene(asked, parsed(asked), [], persons, given=True)
    assert free.choice is None
    assert [c[0].surface for c in free.references.clusters] == ["Orla Quist"]
    assert given.choice == frozenset({0, 1})
    assert [c[0].surface for c in given.references.clusters] == ["Orla Quist", "Mara Teal"]


def test_the_heuristics_choose_by_distance_and_by_role(persons: Ontology) -> None:
    asked = row(1, "she", True, False)
    scene = gap.scene(asked, parsed(asked), [], persons, given=True)
    assert gap.by_token_distance(scene) == (False, True)
    assert gap.by_parallelism(scene) == (True, False)
    assert gap.resolved(scene) == (True, False)


def test_without_a_candidate_a_heuristic_says_neither(persons: Ontology) -> None:
    asked = row(1, "he", False, False)
    scene = gap.scene(asked, parsed(asked), [], persons, given=False)
    assert gap.by_token_distance(scene) == (True, False)
    nobody = gap.scene(asked, Annotation(parsed(asked).document, parsed(asked).parses, ()), [], persons, given=False)
    assert gap.by_parallelism(nobody) == (False, False)
