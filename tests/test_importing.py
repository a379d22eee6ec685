"""RDF files in a graph: added, read again, removed, checked, compared; and the round trip of kg's own Turtle."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph
from kg.config import Settings
from kg.diff import diff
from kg.diff import read as read_graph
from kg.duplicates import duplicates
from kg.errors import UsageError
from kg.facts import explain
from kg.importing import import_files
from kg.missing import why_not
from kg.model import Report
from kg.ontology import load, shipped
from kg.pipeline import build
from kg.store import Store
from kg.verify import reread, verify

MILLS = Path(__file__).with_name("graphs") / "mills.ttl"
C = "https://w3id.org/evident-kg/company#"
HEAD = f"""
@prefix : <{C}> . @prefix w: <https://w.example/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
FACTS = (
    HEAD
    + """
w:Q1 a :Organization ; rdfs:label "Pelikan Mills"@en ; :headquarters w:Q2 ; :foundingDate "1911" ; w:colour "red" .
w:Q2 a :Place ; rdfs:label "Oslo"@en .
"""
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a file of facts."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "facts.ttl").write_text(FACTS, encoding="utf-8")
    return tmp_path


def settings(output: str = "out", **others: Any) -> Settings:
    return Settings(output=output, ontology=str(MILLS), **others)


def verified(output: str = "out") -> Report:
    with Store.view(Path(output)) as store:
        return verify(store, reread(store, max_bytes=10**6), ontology=load([MILLS]))


def turtle(output: str = "out") -> set[tuple[str, str, str]]:
    quads = ox.parse(path=f"{output}/graph.ttl", format=ox.RdfFormat.TURTLE)
    return {(str(quad.subject)[1:-1], quad.predicate.value, str(quad.object)) for quad in quads}


def digests(output: str) -> dict[str, str]:
    found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in Path(output).iterdir() if p.is_file()}
    assert len(found) == 4
    return found


def test_facts_come_with_their_triples(folder: Path) -> None:
    assert folder
    report, rows = import_files(["facts.ttl"], settings())
    assert (report.added, report.facts, report.entities, report.silent) == (("facts.ttl",), 2, 2, 1)
    assert not report.problems
    told = {(row.predicate.rpartition("#")[2], row.role, row.kept, row.dropped) for row in rows}
    assert told == {
        ("https://w.example/colour", "", 0, 1),
        ("foundingDate", "foundingDate", 1, 0),
        ("headquarters", "headquarters", 1, 0),
        ("label", "name", 2, 0),
        ("type", "class", 2, 0),
    }
    assert report.dropped == {"no property of the ontology corresponds to": 1}
    with Store.view(Path("out")) as store:
        (found,) = explain(store, "Pelikan Mills", "headquarters")
        assert found.sentence == f"<https://w.example/Q1> <{C}headquarters> <https://w.example/Q2> ."
        assert (found.document, found.source, found.extractor) == ("facts.ttl", "facts.ttl", "rdf-0.1.0")
        (reason,) = why_not(store, "Pelikan Mills", "colour")
        assert reason.reason.startswith("no property of the ontology corresponds to 'https://w.example/colour'")
        assert why_not(store, predicate="colour") == why_not(store, predicate="https://w.example/colour") == [reason]
    same = "http://www.w3.org/2002/07/owl#sameAs"
    assert ("https://kg.example/place/oslo", same, "<https://w.example/Q2>") in turtle()
    assert verified().conforms


def test_no_language_model_is_loaded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.annotate import ANNOTATORS

    assert folder
    monkeypatch.setitem(ANNOTATORS, "spacy", None)
    import_files(["facts.ttl"], settings())


def test_the_same_statements_in_another_order_and_syntax_give_the_same_graph(folder: Path) -> None:
    import_files(["facts.ttl"], settings())
    before = digests("out")
    lines = FACTS.strip().splitlines()
    (folder / "facts.ttl").write_text("\n".join([*lines[:2], *lines[2:][::-1]]), encoding="utf-8")
    assert import_files(["facts.ttl"], settings())[0].unchanged == ("facts.ttl",)
    assert digests("out") == before
    triples = [quad.triple for quad in ox.parse(FACTS, format=ox.RdfFormat.TURTLE)]
    for suffix in (".nt", ".nq", ".trig", ".jsonld"):
        syntax = ox.RdfFormat.from_extension(suffix[1:])
        assert syntax is not None
        (folder / f"facts{suffix}").write_bytes(ox.serialize(triples, format=syntax) or b"")
        _, rows = import_files([f"*{suffix}"], settings(suffix))
        assert sum(row.kept for row in rows) == 6
        assert turtle(suffix) == turtle("out")


@pytest.mark.model
def test_they_join_what_texts_say_and_leave_all_else(folder: Path) -> None:
    (folder / "data" / "a.txt").write_text("Pelikan Mills is based in Bergen.", encoding="utf-8")
    build(["data"], settings())
    report, _ = import_files(["facts.ttl"], settings())
    assert (report.added, report.unchanged, report.entities) == (("facts.ttl",), ("a",), 3)
    build(["facts.ttl", "data"], settings("clean"))
    assert digests("out") == digests("clean")
    assert build(["data"], settings()).removed == ()
    assert digests("out") == digests("clean")
    assert verified().conforms
    difference = diff(read_graph(Path("clean")), read_graph(Path("out")))
    assert not difference.facts.removed
    build(["data"], settings("texts"))
    difference = diff(read_graph(Path("texts")), read_graph(Path("out")))
    assert {cause.kind for change in difference.facts.added for cause in change.causes} == {"document"}
    assert {cause.kind for change in difference.entities.changed for cause in change.causes} == {"document"}


@pytest.mark.model
def test_a_folder_does_not_read_them_and_does_not_take_them_out(folder: Path) -> None:
    (folder / "data" / "facts.ttl").write_text(FACTS, encoding="utf-8")
    (folder / "data" / "shapes.ttl").write_text(HEAD, encoding="utf-8")
    assert build(["data"], settings()).documents == 0
    assert build(["data/*"], settings()).documents == 0
    assert import_files(["data/f*.ttl"], settings())[0].documents == 1
    assert build(["data"], settings()).documents == build(["."], settings()).documents == 1
    (folder / "data" / "facts.ttl").unlink()
    (folder / "data" / "a.txt").write_text("It rained.", encoding="utf-8")
    assert build(["data"], settings()).removed == ("facts.ttl",)


def test_what_is_changed_is_read_again_and_what_is_broken_stays(folder: Path) -> None:
    import_files(["facts.ttl"], settings())
    (folder / "facts.ttl").write_text(FACTS.replace("1911", "1912"), encoding="utf-8")
    findings = verified().findings
    assert [found.what for found in findings if "another text" in found.what]
    assert import_files(["facts.ttl"], settings())[0].changed == ("facts.ttl",)
    assert any(o.startswith('"1912"') for _, _, o in turtle())
    assert verified().conforms
    before = digests("out")
    (folder / "facts.ttl").write_text(FACTS + "w:Q1 w:broken", encoding="utf-8")
    report, _ = import_files(["facts.ttl"], settings())
    assert [problem.where for problem in report.problems] == ["facts.ttl"]
    assert "line" in report.problems[0].what
    assert {**digests("out"), "report.json": ""} == {**before, "report.json": ""}


def test_what_was_tampered_with_is_found(folder: Path) -> None:
    assert folder
    import_files(["facts.ttl"], settings())
    node, same = ox.NamedNode("https://kg.example/place/oslo"), ox.NamedNode("http://www.w3.org/2002/07/owl#sameAs")
    with Store.open(Path("out")) as store:
        quads = list(store.quads.quads_for_pattern(None, None, None, ox.DefaultGraph()))
        store.put(None, [*quads, ox.Quad(node, same, ox.NamedNode("https://w.example/Q3"))])
    said = [found.what for found in verified().findings]
    assert "it has a link to <https://w.example/Q3> (owl:sameAs), which no document that tells of it holds" in said


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda s: replace(s, base="https://other.example/"), "base"),
        (lambda s: replace(s, ontology=""), "ontology"),
        (lambda s: replace(s, reason="owl"), "reason"),
    ],
)
def test_other_settings_than_those_of_the_graph_are_refused(
    folder: Path, change: Callable[[Settings], Settings], name: str
) -> None:
    assert folder
    import_files(["facts.ttl"], settings())
    with pytest.raises(UsageError, match=name):
        import_files(["facts.ttl"], change(settings()))


@pytest.mark.parametrize("file", ["data", "notes.txt", "facts"])
def test_only_files_of_rdf_are_imported(folder: Path, file: str) -> None:
    assert folder
    with pytest.raises(UsageError, match="no file of RDF"):
        import_files([file], settings())
    assert not Path("out").exists()


def test_reasoning_says_nothing_of_what_lies_elsewhere(folder: Path) -> None:
    assert folder
    build(["facts.ttl"], Settings(output="out", reason="owl"))
    with Store.view(Path("out")) as store:
        inferred = list(
            store.quads.quads_for_pattern(None, None, None, ox.NamedNode("https://kg.example/graph/inferred"))
        )
        assert inferred
        assert not [quad for quad in inferred if "w.example" in str(quad)]


def test_too_large_files_are_told(folder: Path) -> None:
    assert folder
    report, _ = import_files(["facts.ttl"], settings(max_bytes=20))
    assert "more than the 20 that are allowed" in report.problems[0].what


def test_from_python(folder: Path) -> None:
    assert folder
    with KnowledgeGraph.build("facts.ttl", "out", ontology=MILLS) as graph:
        assert len(graph.facts()) == 2
        (folder / "more.ttl").write_text(HEAD + 'w:Q1 :headquarters w:Q9 . w:Q9 rdfs:label "Hale" .', encoding="utf-8")
        rows = graph.import_rdf(folder / "more.ttl")
        assert {row.role for row in rows} == {"headquarters", "name"}
        assert len(graph.facts()) == 3
        assert graph.report is not None
        assert graph.report.added == ("more.ttl",)


@pytest.mark.model
def test_the_projects_own_turtle_gives_the_same_facts_again(corpus: Path, tmp_path: Path) -> None:
    """All but the IRIs of persons with one name, which hold a digest of the document that they stand in."""
    copy = tmp_path / "facts.ttl"
    copy.write_bytes((corpus / "graph.ttl").read_bytes())
    report, rows = import_files([str(copy)], Settings(output=str(tmp_path / "again")))
    assert sum(row.dropped for row in rows) == 0
    properties = load([shipped("company.ttl")]).properties
    before, after = (
        {fact for fact in turtle(str(out)) if fact[1] in properties and "/person/" not in fact[0] + fact[2]}
        for out in (corpus, tmp_path / "again")
    )
    assert before == after
    assert len(before) > 150
    whole = {fact for fact in turtle(str(corpus)) if fact[1] in properties}
    assert report.facts == len(whole)


def test_importing_does_not_need_more_stack_than_there_is(folder: Path) -> None:
    chain = "".join(f"w:Q{n} owl:sameAs w:Q{n + 1} . " for n in range(3 * sys.getrecursionlimit()))
    (folder / "facts.ttl").write_text(FACTS + chain, encoding="utf-8")
    assert import_files(["facts.ttl"], settings())[0].entities == 1


def test_likely_pairs_are_not_those_that_other_data_tell_apart(folder: Path) -> None:
    town = "w:Q{0} a :Organization ; rdfs:label 'Pelikan Mills' ; :headquarters w:Q9 ."
    (folder / "facts.ttl").write_text(HEAD + town.format(1) + town.format(2), encoding="utf-8")
    (folder / "own.ttl").write_text((HEAD + town.format(1)).replace("w.example", "own.example"), encoding="utf-8")
    assert import_files(["facts.ttl", "own.ttl"], settings())[0].entities == 5
    with Store.view(Path("out")) as store:
        pairs = duplicates(store)
        documents = {frozenset(pair.one.documents + pair.other.documents) for pair in pairs}
    assert documents == {frozenset(("facts.ttl", "own.ttl"))}
    assert len(pairs) >= 2
