"""kg why-not on a stored graph."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli.why_not import SHOWN, advice
from kg.missing import Reason

Kg = Callable[..., tuple[int, str, str]]

KEYS = (
    "kind document subject predicate object reason stance rule quote begin end sentence sentence_begin sentence_end id"
)


def row_id(out: str) -> str:
    return out.splitlines()[2].split()[0]


def test_a_dropped_candidate_is_shown_with_its_reason(kg: Kg, boatyard: Path) -> None:
    code, out, err = kg("why-not", "heron 9", "founder", "-o", boatyard)
    name = row_id(out)
    assert (code, err) == (0, f"if it is right: kg decide accept {name} -o {boatyard}\n")
    head, _, row = out.splitlines()
    assert head.split() == ["id", "subject", "property", "object", "why", "not", "phrase", "document", "words"]
    for words in ("Heron 9", "founder", "Harbour Guild", "read as vehicle", "?o founded ?s", "larkspur-profile"):
        assert words in row


def test_other_formats_hold_every_column(kg: Kg, boatyard: Path) -> None:
    lines = kg("why-not", "-o", boatyard, "--format", "jsonl")[1].splitlines()
    rows = [json.loads(line) for line in lines]
    assert {" ".join(row) for row in rows} == {KEYS}
    assert {row["kind"] for row in rows} == {"dropped", "not asserted"}
    for row in rows:
        assert (
            row["quote"] == row["sentence"][row["begin"] - row["sentence_begin"] : row["end"] - row["sentence_begin"]]
        )
    table = list(csv.DictReader(io.StringIO(kg("why-not", "-o", boatyard, "--format", "csv")[1])))
    assert [row["reason"] for row in table] == [row["reason"] for row in rows]


def test_any_of_the_three_may_be_left_open(kg: Kg, boatyard: Path) -> None:
    by_object = kg("why-not", "-", "founder", "Harbour Guild", "-o", boatyard)
    assert by_object == kg("why-not", "Heron 9", "founder", "-o", boatyard)
    assert "Heron 12" in kg("why-not", "-", "produces", "-", "-o", boatyard)[1]


def test_a_fact_leads_to_explain(kg: Kg, boatyard: Path) -> None:
    code, out, err = kg("why-not", "Larkspur Marine", "founder", "Ines Falk", "-o", boatyard)
    assert code == 0
    assert "it is a fact of the graph" in out
    command = f"kg explain 'Larkspur Marine' founder 'Ines Falk' -o {boatyard}"
    assert err == f"1 of these is a fact of the graph: {command}\n"
    assert "«" in kg(*shlex.split(command)[1:])[1]


def test_where_no_phrase_fits_the_sentences_are_shown_and_what_to_do(kg: Kg, boatyard: Path) -> None:
    code, out, err = kg("why-not", "Ines Falk", "founder", "Larkspur Marine", "-o", boatyard)
    assert code == 0
    lines = out.splitlines()
    assert lines[0].split() == ["document", "sentence", "why", "not"]
    assert [line.split("  ")[0] for line in lines[2:]] == ["falk interview:0", "larkspur-profile:0"]
    assert (
        "kg try 'Ines Falk is the managing director of Larkspur Marine.' "
        f"--document 'falk interview' -o {boatyard} --phrase 'founder=?s ... ?o'"
    ) in err
    assert kg("why-not", "Ines Falk", "founder", "Larkspur Marine", "-o", boatyard, "-q")[2] == ""


def test_nothing_known_is_a_finding(kg: Kg, boatyard: Path) -> None:
    code, _, err = kg("why-not", "Larkspurr Marine", "founder", "-o", boatyard)
    assert code == 1
    assert "nothing is known of it" in err
    assert "did you mean: Larkspur Marine" in err
    assert kg("why-not", "Larkspurr Marine", "-o", boatyard, "--format", "jsonl")[:2] == (1, "")


def test_an_unknown_property_or_document_is_a_usage_error(kg: Kg, boatyard: Path) -> None:
    code, out, err = kg("why-not", "Larkspur", "foundr", "-o", boatyard)
    assert (code, out) == (2, "")
    assert "founder" in err
    code, out, err = kg("why-not", "--document", "larkspur-profil", "-o", boatyard)
    assert (code, out) == (2, "")
    assert "larkspur-profile" in err


def silent_at(n: int) -> Reason:
    words = "It's here."
    return Reason("no phrase", "a", "S", "founder", "", "none", None, None, words, n, n + 10, words, n, n + 10)


def test_the_sentence_in_the_advice_can_be_pasted_into_a_shell() -> None:
    lines = advice([silent_at(0)])
    assert lines[-1] == """  kg try 'It'"'"'s here.' --document a --phrase 'founder=?s ... ?o'"""


def test_a_long_list_of_sentences_is_cut_and_says_so(kg: Kg, boatyard: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [silent_at(n) for n in range(SHOWN + 2)]
    monkeypatch.setattr("kg.missing.why_not", lambda *_, **__: many)
    _, out, err = kg("why-not", "S", "founder", "-o", boatyard)
    assert out.count("It's here.") == SHOWN
    assert "and 2 sentences more" in err
