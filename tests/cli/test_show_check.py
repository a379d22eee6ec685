"""view, export, validate, stats and doctor on a stored graph."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from kg import export as exporters
from kg.cli import doctor, show
from kg.store import Store
from tests.view.elements import Elements

Kg = Callable[..., tuple[int, str, str]]


def test_view_writes_a_page_where_it_is_told(kg: Kg, boatyard: Path) -> None:
    code, out, err = kg("view", "-o", boatyard, "--to", "page/boats.html")
    assert (code, out, err) == (0, "page/boats.html\n", "")
    page = Path("page/boats.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") or page.startswith("<!doctype html>")
    assert "Larkspur Marine" in page


def test_view_around_an_entity_that_is_not_there(kg: Kg, boatyard: Path) -> None:
    code, out, err = kg("view", "-o", boatyard, "--focus", "Nobody At All", "--to", "page.html")
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert not Path("page.html").exists()


def test_view_of_a_part(kg: Kg, boatyard: Path) -> None:
    code, _, _ = kg("view", "-o", boatyard, "--page", "whole.html")
    code, out, err = kg("view", "-o", boatyard, "--type", "vehicle", "--page", "part.html", "--title", "Boats only")
    assert (code, out, err) == (0, "part.html\n", "")
    part, whole = (Path(name).read_text(encoding="utf-8") for name in ("part.html", "whole.html"))
    assert "<title>Boats only</title>" in part
    assert 'id="summary">' in part
    assert re.findall('id="summary">([^<]*)', part) != re.findall('id="summary">([^<]*)', whole)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--type", "Ship", "no entity has the type 'Ship'"),
        ("--stance", "sung", "'sung' is no stance"),
        ("--document", "none", "no document has the id 'none'"),
        ("--query", "none.rq", "is no query, no file"),
        ("--like", "none.html", "the page cannot be read"),
        ("--png", "picture.jpg", "a picture is a .png or an .svg"),
    ],
)
def test_what_view_cannot_do_is_said(kg: Kg, boatyard: Path, option: str, value: str, said: str) -> None:
    code, out, err = kg("view", "-o", boatyard, option, value)
    assert (code, out) == (2, "")
    assert said in err
    assert not Path(value).exists()


def test_view_with_a_query_of_ones_own(kg: Kg, boatyard: Path) -> None:
    Path("mine.rq").write_text(
        "# Who makes what\nSELECT ?a ?b { ?x company:produces ?y . ?x rdfs:label ?a . ?y rdfs:label ?b }"
    )
    code, _, _ = kg("view", "-o", boatyard, "--query", "mine.rq", "--query", "products", "--page", "page.html")
    assert code == 0
    found = Elements(Path("page.html").read_text(encoding="utf-8")).block("queries")
    assert [(entry["name"], bool(entry["rows"])) for entry in found] == [("mine", True), ("products", True)]
    assert found[0]["title"] == "Who makes what"
    assert found[0]["statements"]


def test_view_offers_the_shipped_queries_that_have_an_answer(kg: Kg, boatyard: Path) -> None:
    assert kg("view", "-o", boatyard, "--page", "page.html")[0] == 0
    found = Elements(Path("page.html").read_text(encoding="utf-8")).block("queries")
    assert "products" in [entry["name"] for entry in found]
    assert all(entry["rows"] for entry in found)


def test_view_keeps_places(kg: Kg, boatyard: Path) -> None:
    assert kg("view", "-o", boatyard, "--page", "old.html")[0] == 0
    assert kg("view", "-o", boatyard, "--page", "new.html", "--like", "old.html")[0] == 0
    old, new = (Elements(Path(name).read_text(encoding="utf-8")).block("graph") for name in ("old.html", "new.html"))
    assert (old["entities"]["x"], old["entities"]["y"]) == (new["entities"]["x"], new["entities"]["y"])


def test_view_for_a_review(kg: Kg, boatyard: Path) -> None:
    assert kg("view", "-o", boatyard, "--page", "plain.html")[0] == 0
    assert kg("view", "-o", boatyard, "--review", "--page", "review.html")[0] == 0
    plain, review = (Elements(Path(name).read_text(encoding="utf-8")) for name in ("plain.html", "review.html"))
    assert plain.block("graph") == review.block("graph")
    assert [any("createVerdict" in text for text in page.running()) for page in (plain, review)] == [False, True]


def test_view_classic(kg: Kg, boatyard: Path) -> None:
    assert kg("view", "-o", boatyard, "--style", "classic", "--page", "page.html")[0] == 0
    assert "vis.Network(" in Path("page.html").read_text(encoding="utf-8")


def test_view_writes_pictures(kg: Kg, boatyard: Path) -> None:
    code, out, err = kg("view", "-o", boatyard, "--png", "a.png", "--svg", "a.svg", "--dark")
    assert (code, out, err) == (0, "a.png\na.svg\n", "")
    assert Path("a.png").read_bytes().startswith(b"\x89PNG")
    assert "Larkspur" in Path("a.svg").read_text(encoding="utf-8")


def test_the_formats_of_the_help_are_those_there_are() -> None:
    assert tuple(exporters.FORMATS) == show.FORMATS


@pytest.mark.parametrize("format_", [name for name in show.FORMATS if name != "csv"])
def test_export_to_standard_output_equals_the_file(
    format_: str, boatyard: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    from kg.__main__ import main

    assert main(["export", "--format", format_, "-o", str(boatyard)]) == 0
    printed = capfdbinary.readouterr().out
    assert main(["export", "--format", format_, "-o", str(boatyard), "--to", "file"]) == 0
    assert capfdbinary.readouterr().out == b"file\n"
    assert Path("file").read_bytes() == printed != b""


def test_csv_is_two_tables_and_needs_a_folder(kg: Kg, boatyard: Path) -> None:
    code, _, err = kg("export", "--format", "csv", "-o", boatyard)
    assert code == 2
    assert "folder" in err
    code, out, _ = kg("export", "--format", "csv", "-o", boatyard, "--to", "tables")
    assert code == 0
    assert len(out.splitlines()) == 2
    assert all(Path(line).is_file() for line in out.splitlines())


def test_stats_are_counts(kg: Kg, boatyard: Path) -> None:
    counts = json.loads(kg("stats", "-o", boatyard, "--json")[1])
    assert counts["documents"] == 2
    assert counts["facts"] > 10
    table = kg("stats", "-o", boatyard, "--no-charts")[1]
    assert any(line.split() == ["documents", "2"] for line in table.splitlines())
    assert "█" not in table


def test_stats_have_charts_below_the_table(kg: Kg, boatyard: Path) -> None:
    table = kg("stats", "-o", boatyard, "--no-charts")[1]
    out = kg("stats", "-o", boatyard)[1]
    assert out.startswith(table)
    charts = out.removeprefix(table)
    assert charts.startswith("\nEntities by type\n")
    assert "█" in charts
    assert "\x1b" not in charts


def test_stats_of_an_empty_graph_have_no_charts(kg: Kg, tmp_path: Path) -> None:
    with Store.open(tmp_path / "empty", create=True) as store:
        store.manifest = {"base": "https://kg.example/", "prefixes": {}}
    assert kg("stats", "-o", "empty")[1] == kg("stats", "-o", "empty", "--no-charts")[1]


SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix company: <https://w3id.org/evident-kg/company#> .
<urn:shape> a sh:NodeShape ; sh:targetClass company:Place ;
    sh:property [ sh:path company:price ; sh:minCount %d ; sh:message "a place has its price" ] .
"""


def test_a_graph_that_conforms_and_one_that_does_not(kg: Kg, boatyard: Path) -> None:
    Path("easy.ttl").write_text(SHAPE % 0, encoding="utf-8")
    Path("hard.ttl").write_text(SHAPE % 1, encoding="utf-8")
    easy, out, _ = kg("validate", "-o", boatyard, "--shapes", "easy.ttl", "--json")
    findings = json.loads(out)["findings"]
    assert easy == (1 if findings else 0)
    code, out, err = kg("validate", "-o", boatyard, "--shapes", "hard.ttl")
    assert code == 1
    assert "a place has its price" in out
    assert "Traceback" not in err


def test_shapes_that_are_no_turtle(kg: Kg, boatyard: Path) -> None:
    Path("broken.ttl").write_text("not turtle", encoding="utf-8")
    code, out, err = kg("validate", "-o", boatyard, "--shapes", "broken.ttl")
    assert (code, out) == (2, "")
    assert "broken.ttl" in err


def state(kg: Kg, *flags: str | Path) -> tuple[int, dict[str, tuple[str, str]]]:
    code, out, _ = kg("doctor", "--json", *flags)
    return code, {check["name"]: (check["state"], check["found"]) for check in json.loads(out)}


def test_doctor_finds_the_graph(kg: Kg, boatyard: Path) -> None:
    code, checks = state(kg, "-o", boatyard)
    assert checks["python"][0] == checks["pyoxigraph"][0] == checks["store"][0] == "ok"
    assert "quads" in checks["store"][1]
    assert code == (1 if "fault" in {found for found, _ in checks.values()} else 0)


def test_doctor_without_a_graph_is_content(kg: Kg) -> None:
    assert state(kg)[1]["store"] == ("note", "no graph in output")


def test_doctor_tells_a_missing_dependency(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "requires", lambda name: ["no-such-library >= 2", "pandas >= 2 ; extra == 'pandas'"])
    code, checks = state(kg)
    assert code == 1
    assert checks["no-such-library"] == ("fault", "not installed")
    assert "pandas" not in checks


def test_doctor_tells_a_missing_model_and_a_broken_ontology(kg: Kg) -> None:
    Path("kg.toml").write_text('model = "xx_no_model"\nontology = "mine.ttl"\n', encoding="utf-8")
    Path("mine.ttl").write_text("not turtle", encoding="utf-8")
    code, checks = state(kg)
    assert code == 1
    assert checks["model"] == ("fault", "xx_no_model is not installed")
    assert checks["ontology"][0] == "fault"


def test_doctor_tells_a_setting_that_is_wrong(kg: Kg) -> None:
    Path("kg.toml").write_text("colour = 1\n", encoding="utf-8")
    code, checks = state(kg)
    assert code == 1
    assert checks["settings"] == ("fault", "unknown setting 'colour'")


def test_doctor_tells_when_kg_itself_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def requires(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", requires)
    assert [check.state for check in doctor.check_dependencies()] == ["fault"]
