"""query, facts, entities and explain on a stored graph."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Kg = Callable[..., tuple[int, str, str]]

PRODUCTS = "SELECT ?name { ?maker company:produces/rdfs:label ?name }"


def test_a_query_prints_a_plain_table(kg: Kg, boatyard: Path) -> None:
    code, out, err = kg("query", PRODUCTS, "-o", boatyard)
    assert (code, err) == (0, "")
    assert out.splitlines() == ["name", "-------", "Heron 9"]


@pytest.mark.parametrize(
    ("format_", "start"), [("csv", "name\r\nHeron 9"), ("tsv", "?name\n"), ("json", '{"head"'), ("xml", "<?xml")]
)
def test_a_query_in_other_formats(format_: str, start: str, kg: Kg, boatyard: Path) -> None:
    code, out, _ = kg("query", PRODUCTS, "-o", boatyard, "--format", format_)
    assert code == 0
    assert out.startswith(start)


def test_construct_gives_turtle(kg: Kg, boatyard: Path) -> None:
    query = "CONSTRUCT { ?s company:produces ?o } WHERE { ?s company:produces ?o }"
    code, out, _ = kg("query", query, "-o", boatyard)
    assert code == 0
    assert "company:produces" in out
    assert "PREFIX" in out.upper()


def test_a_query_from_a_file_and_from_standard_input(kg: Kg, boatyard: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("mine.rq").write_text(PRODUCTS, encoding="utf-8")
    from_file = kg("query", "mine.rq", "-o", boatyard)
    monkeypatch.setattr("sys.stdin", io.StringIO(PRODUCTS))
    assert kg("query", "-", "-o", boatyard) == from_file
    assert "Heron 9" in from_file[1]


def test_the_output_folder_may_come_from_the_project(kg: Kg, boatyard: Path) -> None:
    Path("kg.toml").write_text(f"output = {json.dumps(str(boatyard))}\n", encoding="utf-8")
    assert "Heron 9" in kg("query", PRODUCTS)[1]


def test_no_answer_is_said_aside(kg: Kg, boatyard: Path) -> None:
    query = "SELECT ?x { ?x company:acquired ?y }"
    code, out, err = kg("query", query, "-o", boatyard)
    assert (code, out) == (0, "x\n-\n")
    assert "no answer" in err
    assert kg("query", query, "-o", boatyard, "-q")[2] == ""


def test_a_query_that_does_not_parse(kg: Kg, boatyard: Path) -> None:
    code, out, err = kg("query", "SELECT ?x WHERE { ?x ", "-o", boatyard)
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert "Traceback" not in err


def test_named_queries_are_listed(kg: Kg) -> None:
    code, out, _ = kg("query", "--list")
    assert code == 0
    assert out.splitlines()[0].split() == ["name", "answers"]


@pytest.mark.parametrize("command", [["query", PRODUCTS], ["facts"], ["entities"], ["explain", "Larkspur"], ["view"]])
def test_without_a_graph_the_message_says_what_to_do(command: list[str], kg: Kg) -> None:
    code, out, err = kg(*command)
    assert code == 4
    assert out == ""
    assert "no graph in output" in err
    assert "kg build" in err
    assert list(Path().iterdir()) == []


def test_facts_as_jsonl_have_the_columns_in_order(kg: Kg, boatyard: Path) -> None:
    code, out, _ = kg("facts", "-o", boatyard, "--format", "jsonl")
    assert code == 0
    rows = [json.loads(line) for line in out.splitlines()]
    assert " ".join(rows[0]) == "id s o p s_iri p_iri o_iri stance confidence speaker quote begin end rule"
    assert {row["stance"] for row in rows} == {"asserted"}
    price = next(row for row in rows if row["p"] == "price")
    assert (price["s"][0], price["o"]) == ("Heron 9", ["29990 EUR"])


def test_facts_as_csv(kg: Kg, boatyard: Path) -> None:
    out = kg("facts", "-o", boatyard, "--format", "csv")[1]
    rows = list(csv.DictReader(io.StringIO(out)))
    maker = next(row for row in rows if row["p"] == "produces")
    assert maker["s"].split(" | ")[0] == "Larkspur Marine"
    assert maker["quote"]


def test_facts_of_other_stances_and_of_one_document(kg: Kg, boatyard: Path) -> None:
    def stances(*flags: str) -> set[str]:
        lines = kg("facts", "-o", boatyard, "--format", "jsonl", *flags)[1].splitlines()
        return {json.loads(line)["stance"] for line in lines}

    everything = stances("--stance", "all")
    assert everything > {"asserted"}
    other = min(everything - {"asserted"})
    assert stances("--stance", other) == {other}
    assert stances("--stance", other, "--stance", "asserted") == {other, "asserted"}
    lines = kg("facts", "-o", boatyard, "--format", "jsonl", "--document", "larkspur-profile")[1].splitlines()
    assert {json.loads(line)["id"] for line in lines} == {"larkspur-profile"}


def test_an_unknown_document_is_a_usage_error(kg: Kg, boatyard: Path) -> None:
    code, out, err = kg("facts", "-o", boatyard, "--document", "larkspur-profil")
    assert (code, out) == (2, "")
    assert err.startswith("error: ")


def test_entities_in_every_format(kg: Kg, boatyard: Path) -> None:
    rows = [json.loads(line) for line in kg("entities", "-o", boatyard, "--format", "jsonl")[1].splitlines()]
    assert list(rows[0]) == ["id", "s", "iri", "type", "mentions"]
    table = kg("entities", "-o", boatyard)[1].splitlines()
    assert len(table) == len(rows) + 2
    assert kg("entities", "-o", boatyard, "--format", "csv")[1].startswith("id,s,iri,type,mentions\n")


def test_explain_marks_the_words_and_tells_the_rest(kg: Kg, boatyard: Path) -> None:
    code, out, _ = kg("explain", "Larkspur", "produces", "Heron 9", "-o", boatyard)
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "Larkspur Marine  produces  Heron 9"
    assert "«" in lines[1]
    assert "»" in lines[1]
    assert "\x1b" not in out
    for word in ("stance", "document", "rule", "characters", "larkspur-profile"):
        assert word in out


def test_the_marked_words_are_the_quote(kg: Kg, boatyard: Path) -> None:
    found = json.loads(kg("explain", "Larkspur", "-o", boatyard, "--json")[1])
    text = kg("explain", "Larkspur", "-o", boatyard)[1]
    assert len(found) > 3
    for item in found:
        assert f"«{item['fact']['quote']}»" in text


def test_explain_an_unknown_name(kg: Kg, boatyard: Path) -> None:
    code, out, err = kg("explain", "Larkspurr Marine", "-o", boatyard)
    assert (code, out) == (2, "")
    assert "Larkspur Marine" in err


def test_query_loads_no_language_model(boatyard: Path) -> None:
    heavy = ("spacy", "thinc", "pyvis", "networkx", "rdflib", "rich", "trafilatura", "pandas", "numpy")
    code = (
        "import sys; from kg.__main__ import main; main(sys.argv[1:]); "
        f"print(sorted(set({heavy!r}) & set(sys.modules)), len(sys.modules), sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "query", PRODUCTS, "-o", boatyard], capture_output=True, text=True, check=True
    )
    loaded, count = done.stderr.splitlines()
    assert loaded == "[]"
    assert "Heron 9" in done.stdout
    assert int(count) < 350  # bench/startup.py tells the time, which on a busy machine no test can
