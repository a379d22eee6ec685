"""kg review by its keys, and kg decide import."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from kg import decisions, reviewing
from kg.api import KnowledgeGraph
from kg.cli import review as command
from kg.decisions import Accept, Merge, Reject
from kg.resolve import compare

Kg = Callable[..., tuple[int, str, str]]
FILE = Path("decisions.jsonl")
COMPANY = "https://w3id.org/evident-kg/company#"
ENTITY = "https://kg.example/entity/"
HERON = (ENTITY + "larkspur-marine", COMPANY + "produces", ENTITY + "heron-9")


@pytest.fixture
def ask(kg: Kg, boatyard: Path, monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Runs `kg review` with lines as its input."""

    def run(keys: str, *options: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{key}\n" for key in keys.split("|"))))
        return kg("review", "-o", boatyard, "--who", "ann", *options)

    return run


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def made() -> list[tuple[str, str]]:
    return [(one.do, one.why) for one in decisions.read(FILE).in_force]


def test_the_limit_of_the_help_is_that_of_the_function() -> None:
    assert (command.BELOW, command.LEAST) == (reviewing.DOUBT, compare.ASK)


def test_each_statement_is_shown_with_its_words(ask: Kg) -> None:
    code, out, err = ask("a|r|not asked, interviewed")
    assert code == 0
    assert "1 of 2\nLarkspur Marine  produces  Heron 9\n" in out
    assert "    «The Heron 9» won the Golden Anchor, which the Harbour Guild gives.\n    stance      asserted\n" in out
    assert "2 of 2\nMads Brand  interviewed  Ines Falk\n" in out
    for words in ("co-occurrence", "0.50", "larkspur-profile, characters 150 to 161"):
        assert words in out
    assert made() == [("accept", ""), ("reject", "not asked, interviewed")]
    assert "accept 1, reject 1; 0 left open" in err
    assert [one.who for one in decisions.read(FILE).lines] == ["ann", "ann"]


def test_what_was_answered_is_not_asked_again(ask: Kg) -> None:
    ask("s|a|")
    code, out, err = ask("q")
    assert "1 of 1\nLarkspur Marine" in out
    assert "nothing decided; 1 left open" in err
    ask("r|")
    code, out, err = ask("")
    assert (code, out) == (0, "")
    assert "no statement that is undecided has a confidence below 0.7" in err


def test_the_last_answer_can_be_taken_back(ask: Kg) -> None:
    code, out, err = ask("u|a|u|s|r|wrong|u|u|a|q", "--below", "0.8")
    assert code == 0
    assert "nothing was answered yet\ntaken back: accept\ntaken back: reject\nnothing was answered yet" in err
    assert [line[0] for line in out.splitlines() if line.endswith(" of 3")] == list("112123223")
    assert [one.do for one in decisions.read(FILE).lines] == ["accept", "undo", "reject", "undo", "accept"]
    assert made() == [("accept", "")]


def test_other_keys_are_asked_for_again(ask: Kg) -> None:
    _, out, _ = ask("x||A|q")
    assert out.count("[a]ccept  [r]eject  [s]kip  [u]ndo  [q]uit") == 4
    assert made() == [("accept", "")]


@pytest.mark.parametrize("keys", ["a", "a|q", "a|s"])
def test_leaving_loses_nothing(ask: Kg, keys: str) -> None:
    code, _, err = ask(keys)
    assert code == 0
    assert "accept 1; 1 left open" in err
    assert made() == [("accept", "")]


@pytest.mark.parametrize("end", [KeyboardInterrupt, EOFError])
def test_on_a_terminal_one_key_answers(
    kg: Kg, boatyard: Path, monkeypatch: pytest.MonkeyPatch, end: type[BaseException]
) -> None:
    def keys() -> Iterator[str]:
        yield "a"
        raise end

    pressed = keys()
    monkeypatch.setattr("sys.stdin", Terminal("nothing that is read"))
    monkeypatch.setattr(click, "getchar", lambda: next(pressed))
    code, _, err = kg("review", "-o", boatyard)
    assert code == 0
    assert "accept 1; 1 left open" in err
    assert made() == [("accept", "")]


def test_the_questions_are_there_for_programs(ask: Kg) -> None:
    code, out, _ = ask("a", "--json", "--below", "1", "--limit", "3")
    found = json.loads(out)
    assert code == 0
    assert [one["fact"]["confidence"] for one in found] == [0.5, 0.6, 0.7]
    assert found[0]["question"] == "statement"
    assert found[0]["sentence"].startswith("The Heron 9 won")
    assert not FILE.exists()
    assert json.loads(ask("", "--json", "--below", "0.1")[1]) == []


def test_a_part_of_the_questions(ask: Kg) -> None:
    _, out, _ = ask("", "--json", "--below", "1", "--document", "falk interview", "--predicate", "produces")
    assert [one["fact"]["o"] for one in json.loads(out)] == [["Heron 12"]]
    code, _, err = ask("", "--document", "nowhere")
    assert code == 2
    assert "no document 'nowhere'" in err


def test_pairs_come_after_statements(ask: Kg) -> None:
    code, out, err = ask("s|a|u|s|k|two boats", "--least", "0")
    assert code == 0
    assert "3 of 3\nHeron 12   Heron 9\n    Heron 12 (Vehicle) in falk interview\n" in out
    assert "      Next year we plan to launch the «Heron 12».\n    Heron 9 (Vehicle) in falk inter" in out
    assert "    score       0.00\n    reasons     numbers differ -4.4, " in out
    assert "[m]erge  [k]eep apart  [s]kip  [u]ndo  [q]uit keep apart" in out
    assert "taken back: accept" in err
    assert "apart 1; 2 left open" in err
    assert [one.do for one in decisions.read(FILE).lines] == ["accept", "undo", "apart"]
    assert made() == [("apart", "two boats")]
    assert "1 of 2\n" in ask("q", "--least", "0")[1]


def test_one_kind_can_be_asked_alone(ask: Kg) -> None:
    def kinds(*options: str) -> list[str]:
        return [one["question"] for one in json.loads(ask("", "--json", "--least", "0", *options)[1])]

    assert kinds() == kinds("--pairs", "--statements") == ["statement", "statement", "pair"]
    assert kinds("--pairs") == ["pair"]
    assert kinds("--statements") == kinds("--limit", "2") == ["statement"] * 2
    assert kinds("--predicate", "interviewed") == ["statement"]
    assert kinds("--pairs", "--limit", "1") == ["pair"]
    code, _, err = ask("", "--pairs", "--predicate", "interviewed")
    assert code == 2
    assert "a pair has no property" in err
    code, _, err = ask("", "--pairs", "--document", "nowhere")
    assert code == 2
    code, out, err = ask("", "--pairs")
    assert (code, out) == (0, "")
    assert err == "no two things that are undecided look like one\n"


def test_python_asks_about_pairs(boatyard: Path) -> None:
    graph = KnowledgeGraph.open(boatyard)
    assert graph.doubles() == []
    found = graph.doubles(least=0)
    assert len(found) == 1
    assert [question.pair for question in found] == graph.duplicates(least=0)


def test_a_line_that_cannot_be_read_is_told_and_stays(ask: Kg) -> None:
    FILE.write_text("<<<<<<< mine\n")
    code, _, err = ask("a|q")
    assert code == 0
    assert "decisions.jsonl:1: no decision: left by a merge" in err
    assert FILE.read_text().startswith("<<<<<<< mine\n{")


def test_python_asks_the_same(ask: Kg, boatyard: Path) -> None:
    assert [question.item.fact["p"] for question in KnowledgeGraph.open(boatyard).doubtful()] == [
        "produces",
        "interviewed",
    ]
    ask("a|q")
    assert [question.item.fact["p"] for question in KnowledgeGraph.open(boatyard).doubtful()] == ["interviewed"]


def test_import_adds_what_is_not_there(kg: Kg) -> None:
    known, new = Accept(*HERON), Reject(*HERON, why="no")
    decisions.add(FILE, known)
    decisions.add(Path("other.jsonl"), known, new, Merge((HERON[0], HERON[2])))
    code, _, err = kg("decide", "import", "other.jsonl")
    assert code == 0
    assert "added to decisions.jsonl: 2; there already: 1" in err
    assert [one.do for one in decisions.read(FILE).lines] == ["accept", "reject", "merge"]
    before = FILE.read_bytes()
    assert kg("decide", "import", "other.jsonl")[0] == 0
    assert FILE.read_bytes() == before
    assert kg("decide", "import", "decisions.jsonl")[0] == 2
    assert FILE.read_bytes() == before


def test_import_tells_what_it_cannot_read(kg: Kg) -> None:
    Path("other.jsonl").write_text('{"do":"fly"}\n{"do":"merge","entities":["a:b","a:c"]}\n')
    code, _, err = kg("decide", "import", "other.jsonl")
    assert code == 3
    assert "not read: other.jsonl:1: no decision" in err
    assert [one.do for one in decisions.read(FILE).lines] == ["merge"]
    code, _, err = kg("decide", "import", "nothing.jsonl")
    assert code == 2
    assert "does not exist" in err
