"""kg verify, and validate with several shapes, on graphs made by hand; build --strict with the language model."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.api import KnowledgeGraph
from tests.verify.boats import TALK, Boats, make

Kg = Callable[..., tuple[int, str, str]]
SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:shape> a sh:NodeShape ; sh:targetSubjectsOf <https://boats.example/%s> ;
    sh:property [ sh:path <https://boats.example/since> ; sh:minCount 1 ] .
"""


@pytest.fixture
def boats(tmp_path: Path) -> Boats:
    """A small project with its graph; each test runs in its folder."""
    assert Path.cwd() == tmp_path
    return make(Path())


def test_a_sound_graph(kg: Kg, boats: Boats) -> None:
    code, out, err = kg("verify", "docs", "-o", boats.out, "--ontology", "boats.ttl")
    assert (code, out) == (0, "")
    assert err == "verify: the graph conforms (31 checked)\n"


def test_findings_for_people_and_for_programs(kg: Kg, boats: Boats) -> None:
    Path("docs/talk.md").write_text(TALK.replace("420", "421"), encoding="utf-8")
    code, out, err = kg("verify", "-o", boats.out, "--ontology", "boats.ttl")
    assert code == 1
    assert out.splitlines()[0].split() == ["where", "what", "what", "to", "do"]
    assert "its source docs/talk.md has another text than when it was built, from character 91 on" in out
    assert err.splitlines()[-1] == "verify: 1 finding in 31 checked"
    code, out, _ = kg("verify", "-o", boats.out, "--ontology", "boats.ttl", "--json")
    told = json.loads(out)
    assert (code, told["conforms"], told["name"], len(told["findings"])) == (1, False, "verify", 1)
    assert told["findings"][0]["hint"]


def test_new_documents_are_looked_for_in_the_sources_of_the_build_only(kg: Kg, boats: Boats) -> None:
    Path("docs/more.txt").write_text("It rained.", encoding="utf-8")
    Path("data").mkdir()
    Path("data/other.txt").write_text("It rained.", encoding="utf-8")
    code, _, err = kg("verify", "-o", boats.out, "--ontology", "boats.ttl")
    assert code == 0
    assert "note: nothing of data is in the graph, so new documents are not looked for" in err
    Path("kg.toml").write_text('sources = ["docs"]\nontology = "boats.ttl"\noutput = "out"\n', encoding="utf-8")
    code, out, err = kg("verify")
    assert (code, "docs/more.txt" in out, "note" in err) == (1, True, False)
    assert "data/other.txt" in kg("verify", "data")[1]


def test_another_ontology_than_that_of_the_build(kg: Kg, boats: Boats) -> None:
    code, out, _ = kg("verify", "-o", boats.out)
    assert code == 1
    assert "the ontology has changed since the build, or is another one" in out
    assert "--ontology" in out


def test_without_a_graph(kg: Kg) -> None:
    code, out, err = kg("verify", "-o", "none")
    assert (code, out) == (4, "")
    assert "no graph in none" in err


def test_several_shapes_are_used_together(kg: Kg, boats: Boats) -> None:
    Path("one.ttl").write_text(SHAPE % "makes", encoding="utf-8")
    Path("other.ttl").write_text(SHAPE % "costs", encoding="utf-8")

    def found(*files: str) -> set[str]:
        flags = [word for file in files for word in ("--shapes", file)]
        told = json.loads(kg("validate", "-o", boats.out, "--json", *flags)[1])
        return {finding["where"].split(" <")[0] for finding in told["findings"]}

    assert found("one.ttl") == {"Larkspur"}
    assert found("other.ttl") == {"Heron 9"}
    assert found("one.ttl", "shipped", "other.ttl") == {"Larkspur", "Heron 9"}
    code, out, _ = kg("validate", "-o", boats.out, "--shapes", "one.ttl")
    assert code == 1
    assert 'kg explain "Larkspur" shows the words behind it' in out


def test_the_python_interface(boats: Boats) -> None:
    Path("kg.toml").write_text('ontology = "boats.ttl"\n', encoding="utf-8")
    Path("one.ttl").write_text(SHAPE % "makes", encoding="utf-8")
    Path("other.ttl").write_text(SHAPE % "costs", encoding="utf-8")
    with KnowledgeGraph.open(boats.out) as graph:
        assert graph.verify("docs").conforms
        assert graph.validate().conforms
        assert len(graph.validate(["one.ttl", "other.ttl"]).findings) == 2


@pytest.mark.model
def test_a_strict_build(kg: Kg, tmp_path: Path) -> None:
    text = "Larkspur Marine makes the Heron 9. Larkspur Marine was founded in 2007 by Ines Falk."
    (tmp_path / "note.txt").write_text(text, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    code, out, err = kg("build", "note.txt", "-o", "graph", "--strict")
    assert code == 0
    assert "verify: the graph conforms" in err
    assert "validate: the graph conforms" in err
    assert kg("build", "note.txt", "empty.txt", "-o", "graph", "--strict")[0] == 3
    (tmp_path / "more.txt").write_text("Larkspur Marine was founded in 2009.", encoding="utf-8")
    code, out, err = kg("build", "note.txt", "more.txt", "empty.txt", "-o", "graph", "--strict")
    assert code == 1
    assert "kg validate\n" in out
    assert "There are several values of company:foundingDate" in out
    assert "not read: empty.txt" in err
    told = json.loads(kg("build", "note.txt", "more.txt", "-o", "graph", "--strict", "--json")[1])
    assert [(check["name"], check["conforms"]) for check in told["checks"]] == [("verify", True), ("validate", False)]
