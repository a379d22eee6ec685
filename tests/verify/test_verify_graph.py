"""Documents, facts, ontology and files: each is changed, and found."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.archive import Archive
from kg.model import Document, Extraction
from kg.ontology import Ontology, load
from kg.store import Store
from kg.verify import reread, verify
from tests.verify.boats import LIMIT, ONTOLOGY, TALK, Boats, store

LARKSPUR = "default graph, <https://kg.example/entity/larkspur>"


def one(boats: Boats, *sources: str) -> tuple[str, str]:
    (found,) = boats.findings(*sources)
    return found


def test_a_source_that_changed(boats: Boats) -> None:
    Path("docs/talk.md").write_text(TALK.replace("29,990", "19,990"), encoding="utf-8")
    what = "its source docs/talk.md has another text than when it was built, from character 58 on"
    assert one(boats) == ("talk", what)


def test_a_source_whose_title_changed(boats: Boats) -> None:
    Path("docs/talk.md").write_text(TALK.replace("title: A talk", "title: Talk"), encoding="utf-8")
    assert one(boats) == ("talk", "its title was “A talk about boats” when it was built, and is “Talk about boats” now")


def test_a_source_that_is_gone(boats: Boats) -> None:
    Path("docs/talk.md").unlink()
    assert one(boats, "docs") == ("docs/talk.md", "it cannot be read again: there is no such file or folder")


def test_a_file_that_lost_one_of_its_documents(boats: Boats) -> None:
    path = Path("docs/news.jsonl")
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    assert one(boats) == ("news/2", "its source docs/news.jsonl no longer holds it")


def test_a_line_that_cannot_be_read_again(boats: Boats) -> None:
    path = Path("docs/news.jsonl")
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n{\n", encoding="utf-8")
    where, what = one(boats)
    assert where.startswith("docs/news.jsonl:2")
    assert what.startswith("it cannot be read again: ")


def test_documents_that_are_not_built_yet(boats: Boats) -> None:
    Path("docs/more.txt").write_text("Larkspur makes the Heron 12.", encoding="utf-8")
    Path("docs/empty.txt").write_text("", encoding="utf-8")
    assert boats.findings() == []
    assert boats.findings("docs") == [
        ("docs/empty.txt", "it is not in the graph: it is empty"),
        ("docs/more.txt", "its document more is not in the graph"),
    ]


def test_what_the_reader_only_remarks_on_is_a_note(boats: Boats) -> None:
    path = Path("docs/talk.md")
    path.write_text(TALK.replace("2019-05-10", "some day"), encoding="utf-8")
    report = boats.verify()
    assert [found.what for found in report.findings] == [
        "its date was “2019-05-10” when it was built, and is not given now"
    ]
    assert len(report.notes) == 1
    assert "the date 'some day' cannot be used" in report.notes[0]


def from_stdin(boats: Boats) -> Archive:
    """The store, with a document that was read from standard input in place of the talk."""
    archive = boats.archive
    talk = archive.document("talk")
    assert talk is not None
    news = [document for document in archive.documents() if document.id != "talk"]
    store(boats, [*news, replace(talk, path="-")])
    Path("docs/talk.md").unlink()
    return archive


def test_standard_input_is_checked_against_what_was_kept(boats: Boats) -> None:
    from_stdin(boats)
    report = boats.verify("-")
    assert report.findings == ()
    assert report.notes == ("talk: read from standard input; checked against the text that was kept",)
    boats.corrupt(
        "DELETE { GRAPH ?g { ?m kgv:quote ?q } } INSERT { GRAPH ?g { ?m kgv:quote 'Heron 8' } } "
        "WHERE { GRAPH ?g { ?m a kgv:Mention ; kgv:beginOffset 21 ; kgv:quote ?q } }"
    )
    assert one(boats)[0] == "talk, characters 21 to 28"


@pytest.mark.parametrize(
    ("update", "where", "what"),
    [
        (
            "DELETE { GRAPH ?g { d:talk kgv:sha256 ?x } } INSERT { GRAPH ?g { d:talk kgv:sha256 'abc' } } "
            "WHERE { GRAPH ?g { d:talk kgv:sha256 ?x } }",
            "talk",
            "the graph's kgv:sha256 is abc…, its text has ",
        ),
        (
            "DELETE { GRAPH ?g { d:talk kgv:sha256 ?x } } WHERE { GRAPH ?g { d:talk kgv:sha256 ?x } }",
            "talk",
            "the graph has no single kgv:sha256",
        ),
        (
            "DELETE { GRAPH ?g { d:talk dcterms:title ?x } } INSERT { GRAPH ?g { d:talk dcterms:title 'B' } } "
            "WHERE { GRAPH ?g { d:talk dcterms:title ?x } }",
            "talk",
            'its dcterms:title is "B" in the graph, and "A talk about boats" as it was read',
        ),
        (
            "DELETE { GRAPH ?g { d:talk a ?x } } WHERE { GRAPH ?g { d:talk a ?x } }",
            "talk",
            "its rdf:type is nothing in the graph, and <http://xmlns.com/foaf/0.1/Document> as it was read",
        ),
        (
            "INSERT DATA { GRAPH g:mine { e:a rdfs:label 'x' } }",
            "https://kg.example/graph/mine",
            "kg build writes no such graph",
        ),
        # facts
        (
            "INSERT DATA { e:larkspur :owns e:ostrava }",
            LARKSPUR,
            "behind it: Larkspur owns Ostrava 𝔖ails; it is only denied at news/2, characters 9 to 35",
        ),
        (
            "INSERT DATA { e:larkspur :makes e:ostrava }",
            LARKSPUR,
            "this fact has no asserted statement behind it: Larkspur makes Ostrava 𝔖ails",
        ),
        (
            "DELETE DATA { e:larkspur :makes e:heron-9 }",
            "talk, characters 11 to 28",
            "a statement is asserted, and the default graph lacks its fact: Larkspur makes Heron 9",
        ),
        (
            "INSERT DATA { e:larkspur :employs 421 }",
            LARKSPUR,
            "no asserted statement behind it: Larkspur employs “421”",
        ),
        ("INSERT DATA { e:larkspur :rents e:ostrava }", "<https://boats.example/rents>", "not in the stored ontology"),
        # what was given up
        (
            "INSERT DATA { e:lark-2 dcterms:isReplacedBy e:nobody }",
            "<https://kg.example/entity/lark-2>",
            "dcterms:isReplacedBy leads to <https://kg.example/entity/nobody>, which the default graph does not",
        ),
        (
            "INSERT DATA { e:heron-9 dcterms:isReplacedBy e:larkspur }",
            "<https://kg.example/entity/heron-9>",
            "it is replaced by <https://kg.example/entity/larkspur>, and described all the same",
        ),
        (
            "INSERT DATA { GRAPH g:ontology { :Yard rdfs:comment 'x' } }",
            "https://kg.example/graph/ontology",
            "the stored ontology differs from the one that it was made of, in 1 triples",
        ),
    ],
)
def test_what_is_changed_in_the_graph_is_found(boats: Boats, update: str, where: str, what: str) -> None:
    boats.corrupt(update)
    place, said = one(boats, "docs")
    assert place == where
    assert what in said


def test_one_direction_of_a_symmetric_fact_is_enough(boats: Boats) -> None:
    boats.corrupt("DELETE DATA { e:larkspur :partnerOf e:ostrava } ; INSERT DATA { e:ostrava :partnerOf e:larkspur }")
    assert boats.findings() == []
    boats.corrupt("DELETE DATA { e:ostrava :partnerOf e:larkspur }")
    assert [where for where, _ in boats.findings()] == ["news/1, characters 58 to 86", "news/1, characters 9 to 42"]


def test_an_ontology_that_changed(boats: Boats) -> None:
    Path("boats.ttl").write_text(ONTOLOGY.replace('"costs"', '"is priced at"'), encoding="utf-8")
    report = boats.verify(ontology=load([Path("boats.ttl")]))
    assert [found.what for found in report.findings] == ["the ontology has changed since the build, or is another one"]
    assert boats.verify(ontology=None).conforms


@pytest.mark.parametrize("name", ["graph.ttl", "graph.trig"])
def test_files_that_are_not_what_the_store_holds(boats: Boats, name: str) -> None:
    path = boats.out / name
    whole = path.read_bytes()
    line = whole[: whole.index(b"Ines Falk")].count(b"\n") + 1
    for data, first in (
        (whole.replace(b"Ines Falk", b"Ines Falck", 1), line),
        (whole + b"# mine\n", whole.count(b"\n") + 1),
        (whole[:-1], whole.count(b"\n")),
        (b"", 1),
    ):
        path.write_bytes(data)
        assert one(boats) == (
            f"out/{name}",
            f"it differs from the graph, from line {first} on: it was changed, or is older",
        )
    path.unlink()
    assert one(boats) == (f"out/{name}", "it is missing")


def archive_file(boats: Boats, name: str) -> Path:
    """The file in which a document's extraction is kept."""
    return boats.archive.path(name)


def test_what_is_kept_of_a_document_is_gone_or_damaged(boats: Boats) -> None:
    path = archive_file(boats, "news/2")
    path.write_bytes(path.read_bytes()[:-9])
    assert one(boats) == ("news/2", "what was read of it is not kept, or is damaged, below store/documents")
    path.unlink()
    assert one(boats) == ("news/2", "what was read of it is not kept, or is damaged, below store/documents")


def test_what_is_kept_of_a_document_has_another_text(boats: Boats) -> None:
    archive = boats.archive
    kept = archive.load()["news/2"]
    document = replace(kept.whole().document, text=kept.whole().document.text.replace("not own", "now own"))
    archive.keep(kept.key, replace(kept.whole(), document=document))
    assert one(boats) == ("news/2", "the text that is kept of it below store/documents is not the graph's")


def test_what_is_not_kept_does_not_take_the_blame_for_another_file(boats: Boats) -> None:
    archive_file(boats, "talk").unlink()
    Path("docs/empty.txt").write_text("", encoding="utf-8")
    Path("docs/talk.md").rename("talk.md")
    assert boats.findings("docs") == [
        ("docs/empty.txt", "it is not in the graph: it is empty"),
        ("talk", "what was read of it is not kept, or is damaged, below store/documents"),
    ]


def test_a_document_that_is_kept_and_not_in_the_graph(boats: Boats) -> None:
    Path("docs/more.txt").write_text("It rained.", encoding="utf-8")
    more = Document("more", "It rained.", "docs/more.txt", path="docs/more.txt")
    boats.archive.keep("key", Extraction(more, (), (), (), ()))
    assert boats.findings() == [
        ("docs/more.txt", "its document more is not in the graph"),
        ("more", "what was read of it is kept below store/documents, and the graph does not hold it"),
    ]


def test_a_text_that_is_lost_leaves_the_form_to_be_checked(boats: Boats) -> None:
    Path("docs/talk.md").write_text("Other words.", encoding="utf-8")
    boats.archive.clear()
    report = boats.verify("docs")
    assert "talk: its source docs/talk.md has another text" in "\n".join(
        f"{f.where}: {f.what}" for f in report.findings
    )
    assert report.checked == 31
    assert not [found for found in report.findings if "characters" in found.where]


def test_findings_come_in_order_and_the_same_every_time(boats: Boats) -> None:
    boats.corrupt(
        "DELETE { GRAPH ?g { ?x kgv:endOffset ?e } } INSERT { GRAPH ?g { ?x kgv:endOffset 9000 } } "
        "WHERE { GRAPH ?g { ?x kgv:endOffset ?e } }"
    )
    (boats.out / "graph.ttl").unlink()
    found = boats.findings()
    assert found == boats.findings()
    assert found[0][0] == "out/graph.ttl"
    begins = [int(where.split()[2]) for where, _ in found if where.startswith("talk, ")]
    assert len(begins) > 10
    assert begins == sorted(begins)


def test_progress_is_told(boats: Boats) -> None:
    told: list[tuple[str, int, int]] = []
    boats.verify(progress=lambda *step: told.append(step))
    assert told[:3] == [("verifying", n, 3) for n in range(3)]
    assert {stage for stage, _, _ in told[3:]} == {
        "comparing facts and statements",
        "comparing graph.ttl and graph.trig",
    }


def test_a_build_puts_right_what_was_found(boats: Boats) -> None:
    boats.corrupt("DELETE WHERE { GRAPH ?g { ?st a rdf:Statement ; kgv:stance ?stance } }")
    assert boats.findings()
    archive = boats.archive
    store(boats, list(archive.documents()))
    assert boats.findings() == []


@pytest.mark.parametrize("change", ["replaced", "forgotten", "added"])
def test_what_a_build_writes_meanwhile_is_no_fault_of_the_state_that_is_viewed(boats: Boats, change: str) -> None:
    """The writer has replaced documents, and the files beside the store; the sources are as they were."""
    with Store.view(boats.out) as viewed, Store.open(boats.out) as writer:
        working = Archive.of(writer)
        news = working.load()["news/2"]
        text = replace(news.whole().document, text="It rained.")
        if change == "forgotten":
            working.forget("news/2")
        else:
            document = text if change == "replaced" else replace(text, id="more", path="docs/more.txt")
            working.keep("key", Extraction(document, (), (), (), ()))
        for name in ("graph.ttl", "graph.trig"):
            (boats.out / name).write_text("# of the next state\n", encoding="utf-8")
        report = verify(viewed, reread(viewed, max_bytes=LIMIT), ontology=boats.ontology)
        assert report.findings == ()
        assert report.notes == (
            "graph.ttl and graph.trig were not compared: a build writes, or has written, them anew",
        )
        writer.keep("report.json", b"{}")
        writer.publish()
        again = verify(viewed, reread(viewed, max_bytes=LIMIT), ontology=boats.ontology)
        assert (again.findings, again.notes) == (report.findings, report.notes)
    assert len(boats.verify().findings) > 1


def test_files_that_a_killed_build_left_are_told(boats: Boats) -> None:
    (boats.out / "store" / "lock").write_text(f"process {_ended()}\n")
    (boats.out / "graph.ttl").write_text("# of the next state\n", encoding="utf-8")
    assert one(boats)[0] == "out/graph.ttl"


def _ended() -> int:
    """The number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        return process.pid


def test_an_empty_graph(boats: Boats) -> None:
    store(boats, [])
    boats.archive.clear()
    with Store.view(boats.out) as opened:
        assert len(opened.graphs()) == 1
    assert boats.findings() == []


@pytest.mark.model
def test_the_sample_corpus_is_sound(corpus: Path, company: Ontology, root: Path) -> None:
    with Store.view(corpus) as opened:
        documents = reread(opened, [str(root / "data")], max_bytes=LIMIT)
        report = verify(opened, documents, ontology=company)
    assert report.findings == ()
    assert report.checked > 1000
