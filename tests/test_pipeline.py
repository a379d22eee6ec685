"""What a build reads anew, what it keeps, and that every way to a state gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kg.annotate import ANNOTATORS
from kg.archive import load_dropped
from kg.config import Settings
from kg.errors import KGError, ModelError, OntologyError
from kg.facts import facts
from kg.model import BuildReport
from kg.pipeline import build
from kg.store import Store

pytestmark = pytest.mark.model

ONTOLOGY = """
@prefix : <https://w3id.org/evident-kg/company#> .
@prefix kgv: <https://w3id.org/evident-kg/vocab#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Organization a owl:Class ; rdfs:label "organization" ; kgv:nameWord "Ltd", "Mills" ; kgv:nerLabel "ORG" ;
    kgv:mentionedAs kgv:Name .
:Place a owl:Class ; rdfs:label "place" ; kgv:nerLabel "GPE" ; kgv:mentionedAs kgv:Name .
:headquarters a owl:ObjectProperty ; rdfs:label "headquarters" ; rdfs:domain :Organization ; rdfs:range :Place ;
    kgv:phrase "?s is based in ?o" .
:foundingDate a owl:DatatypeProperty ; rdfs:label "founding date" ; rdfs:domain :Organization ; rdfs:range xsd:gYear ;
    kgv:phrase "?s was founded in ?o" .
"""
PROPERTY_ONLY = """
@prefix : <https://example.org/plain#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:acquires a owl:ObjectProperty ; rdfs:label "acquires" .
"""
LABELS_ONLY = f"""{PROPERTY_ONLY}
:Firm a owl:Class ; rdfs:label "firm" .
:acquires rdfs:domain :Firm ; rdfs:range :Firm .
"""
TEXTS = {
    "a": "Pelikan Mills is based in Oslo.",
    "b": "Tarnwald Mills was founded in 1987. It is based in Hamburg.",
    "c": "Pelikan Mills was founded in 1911.",
}
OUTPUTS = {"graph.ttl", "graph.trig", "graph.html", "report.json"}


@dataclass
class Workshop:
    """A working folder with documents under docs/ and an output folder; paths are as a user would give them."""

    folder: Path
    settings: Settings

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def build(self, *sources: str, clean: bool = False) -> BuildReport:
        return build(sources or ["docs"], self.settings, clean=clean)

    def digests(self) -> dict[str, str]:
        """A digest of every output file, and of what readers see beside the quads."""
        folder = self.folder / self.settings.output
        files = [p for p in folder.rglob("*") if p.is_file() and "store" not in p.relative_to(folder).parts]
        assert {p.name for p in files} == OUTPUTS
        files += (folder / "store" / "published").glob("*/dropped.json")
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    def clean_digests(self, *sources: str) -> dict[str, str]:
        """What a build of the same sources gives from nothing, in another folder."""
        other = replace(self, settings=replace(self.settings, output="other"))
        shutil.rmtree(self.folder / "other", ignore_errors=True)
        other.build(*sources)
        return other.digests()

    def facts(self) -> set[tuple[str, str, str, str]]:
        with Store.view(self.folder / self.settings.output) as store:
            return {(row["id"], row["s"][0], row["p"], row["o"][0]) for row in facts(store)}

    def ids(self) -> set[str]:
        return set(json.loads((self.folder / self.settings.output / "report.json").read_bytes())["documents"])


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    monkeypatch.chdir(tmp_path)
    made = Workshop(tmp_path, Settings(output="out", ontology="firm.ttl"))
    made.write("firm.ttl", ONTOLOGY)
    for name, text in TEXTS.items():
        made.write(f"docs/{name}.txt", text)
    return made


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on, a build that needs the language model fails."""

    def refuse(model: str, ontology: object) -> object:
        raise AssertionError("the language model was loaded")

    return lambda: monkeypatch.setitem(ANNOTATORS, "spacy", refuse)


def test_a_first_build_adds_everything(shop: Workshop) -> None:
    report = shop.build()
    assert (report.added, report.changed, report.removed, report.unchanged) == (("a", "b", "c"), (), (), ())
    assert (report.documents, report.sentences, report.silent, report.problems) == (3, 4, 0, ())
    assert shop.facts() == {
        ("a", "Pelikan Mills", "headquarters", "Oslo"),
        ("b", "Tarnwald Mills", "foundingDate", "1987"),
        ("b", "Tarnwald Mills", "headquarters", "Hamburg"),
        ("c", "Pelikan Mills", "foundingDate", "1911"),
    }
    assert (report.facts, report.statements) == (4, {"asserted": 4})


def test_a_second_build_changes_nothing_and_loads_no_model(shop: Workshop, no_model: Callable[[], None]) -> None:
    first = shop.build()
    before = shop.digests()
    no_model()
    second = shop.build()
    assert second.unchanged == ("a", "b", "c")
    assert replace(second, unchanged=(), added=first.added) == first
    assert shop.digests() == before


def test_only_the_changed_document_is_read_again(shop: Workshop) -> None:
    shop.build()
    shop.write("docs/b.txt", "Tarnwald Mills is based in Oslo.")
    seen: list[str] = []
    settings = shop.settings
    report = build(["docs"], settings, progress=lambda stage, done, total: seen.append(f"{stage} {done}/{total}"))
    assert (report.added, report.changed, report.unchanged) == ((), ("b",), ("a", "c"))
    assert [step for step in seen if step.startswith("extracting")] == ["extracting 0/1", "extracting 1/1"]
    assert ("b", "Tarnwald Mills", "headquarters", "Oslo") in shop.facts()
    assert not [fact for fact in shop.facts() if "1987" in fact]
    assert shop.digests() == shop.clean_digests()


def test_front_matter_alone_makes_a_document_changed(shop: Workshop) -> None:
    shop.build()
    shop.write("docs/a.txt", f"---\ndate: 2020-01-01\n---\n{TEXTS['a']}")
    assert shop.build().changed == ("a",)
    assert shop.digests() == shop.clean_digests()


def test_a_new_document_is_added(shop: Workshop) -> None:
    shop.build()
    shop.write("docs/d.txt", "Pelikan Mills Ltd is based in Hamburg.")
    report = shop.build()
    assert (report.added, report.unchanged) == (("d",), ("a", "b", "c"))
    assert shop.digests() == shop.clean_digests()


def test_a_document_that_left_its_folder_is_removed(shop: Workshop, no_model: Callable[[], None]) -> None:
    shop.build()
    (shop.folder / "docs/b.txt").unlink()
    no_model()
    report = shop.build()
    assert (report.removed, report.unchanged, report.documents) == (("b",), ("a", "c"), 2)
    assert shop.ids() == {"a", "c"}
    assert "Tarnwald" not in (shop.folder / "out/graph.trig").read_text()
    no_longer = shop.build()
    assert no_longer.removed == ()


def test_a_removed_document_is_removed_also_where_it_names_its_own_source(shop: Workshop) -> None:
    shop.write("docs/b.txt", f"---\nsource: The Crumb Review\n---\n{TEXTS['b']}")
    shop.build()
    (shop.folder / "docs/b.txt").unlink()
    assert shop.build().removed == ("b",)
    assert shop.ids() == {"a", "c"}


def test_what_is_not_named_stays(shop: Workshop) -> None:
    shop.write("more/d.txt", "Tarnwald Mills is based in Oslo.")
    shop.build("docs", "more")
    assert shop.build("more").unchanged == ("a", "b", "c", "d")
    assert shop.build("docs/a.txt").removed == ()
    assert shop.ids() == {"a", "b", "c", "d"}


def test_a_document_that_moved_is_the_same_one(shop: Workshop) -> None:
    shop.build("docs")
    shop.write("more/b.txt", TEXTS["b"])
    (shop.folder / "docs/b.txt").unlink()
    assert shop.build("docs", "more").removed == ()
    assert shop.ids() == {"a", "b", "c"}
    assert shop.digests() == shop.clean_digests("docs", "more")


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\x03" * 99], ids=["empty", "binary"])
def test_a_document_that_can_no_longer_be_read_keeps_its_graph(shop: Workshop, data: bytes) -> None:
    shop.build()
    before = shop.facts()
    (shop.folder / "docs/b.txt").write_bytes(data)
    report = shop.build()
    assert (report.removed, report.unchanged) == ((), ("a", "b", "c"))
    assert [problem.where for problem in report.problems] == ["docs/b.txt"]
    assert all(problem.what and problem.hint for problem in report.problems)
    assert shop.facts() == before


def test_one_that_cannot_be_read_keeps_its_graph_also_where_it_names_its_own_source(shop: Workshop) -> None:
    shop.write("docs/b.txt", f"---\nsource: docs/feed\n---\n{TEXTS['b']}")
    shop.build()
    (shop.folder / "docs/b.txt").write_bytes(b"")
    assert shop.build().removed == ()
    assert shop.ids() == {"a", "b", "c"}


def test_records_that_cannot_be_read_keep_their_graph(shop: Workshop) -> None:
    rows = [json.dumps({"id": f"r{n}", "text": f"Tarnwald Mills was founded in 198{n}."}) for n in range(3)]
    shop.write("docs/rows.jsonl", "\n".join(rows))
    shop.build()
    shop.write("docs/rows.jsonl", "\n".join([rows[0], "{", rows[2]]))
    report = shop.build()
    assert len(report.problems) == 1
    assert report.removed == ()
    assert shop.ids() >= {"r0", "r1", "r2"}


def test_a_folder_that_is_not_there_takes_nothing_away(shop: Workshop) -> None:
    shop.build()
    (shop.folder / "docs").rename(shop.folder / "elsewhere")
    report = shop.build()
    assert len(report.problems) == 1
    assert report.removed == ()
    assert shop.ids() == {"a", "b", "c"}


def test_clean_forgets_what_was_built_before(shop: Workshop) -> None:
    shop.write("more/d.txt", "Tarnwald Mills is based in Oslo.")
    shop.build("docs", "more")
    report = shop.build("docs", clean=True)
    assert (report.added, report.unchanged, report.removed) == (("a", "b", "c"), (), ())
    assert shop.ids() == {"a", "b", "c"}
    assert shop.digests() == shop.clean_digests("docs")


def test_the_order_of_sources_does_not_matter(shop: Workshop) -> None:
    shop.write("more/d.txt", "Tarnwald Mills is based in Oslo.")
    shop.build("docs/c.txt", "more", "docs/b.txt", "docs")
    assert shop.digests() == shop.clean_digests("docs", "more")


def test_the_order_of_sources_does_not_matter_for_problems(shop: Workshop) -> None:
    for name in ("x.txt", "y.txt"):
        shop.write(f"more/{name}", "")
    shop.build("docs", "more/x.txt", "more/y.txt")
    assert shop.digests() == shop.clean_digests("more/y.txt", "more/x.txt", "docs")


def test_an_update_gives_the_same_bytes_as_a_build_from_nothing(shop: Workshop) -> None:
    shop.build("docs/b.txt")
    shop.build("docs")
    shop.write("docs/a.txt", "Oslo Mills Ltd is based in Hamburg.")
    shop.write("docs/d.txt", "Pelikan Mills is based in Hamburg. It was founded in 1911.")
    (shop.folder / "docs/c.txt").unlink()
    shop.build("docs")
    assert shop.digests() == shop.clean_digests("docs")


def test_no_output_holds_the_machines_folders(shop: Workshop) -> None:
    shop.build()
    for name in OUTPUTS:
        assert str(shop.folder) not in (shop.folder / "out" / name).read_text(encoding="utf-8")


def test_of_two_documents_with_one_id_the_first_counts(shop: Workshop) -> None:
    shop.write("docs/z.txt", "---\nid: a\n---\nTarnwald Mills is based in Oslo.")
    report = shop.build()
    assert report.added == ("a", "b", "c")
    assert [problem.where for problem in report.problems] == ["docs/z.txt"]
    assert ("a", "Pelikan Mills", "headquarters", "Oslo") in shop.facts()
    assert shop.build().unchanged == ("a", "b", "c")


def test_what_was_dropped_is_kept_for_all_documents(shop: Workshop, no_model: Callable[[], None]) -> None:
    shop.write("docs/d.txt", "It is based in Oslo.")
    shop.build()
    before = shop.digests()
    no_model()
    report = shop.build()
    assert shop.digests() == before
    with Store.view(shop.folder / "out") as store:
        dropped = load_dropped(store)
    assert [(d.object, d.reason) for d in dropped["d"]] == [("Oslo", "nothing in the text fits the reference 'It'")]
    assert report.dropped == {"nothing in the text fits the reference": 1}
    (shop.folder / "docs" / "d.txt").unlink()
    shop.build()
    with Store.view(shop.folder / "out") as store:
        assert load_dropped(store) == {}


def test_a_document_may_give_nothing(shop: Workshop) -> None:
    shop.write("docs/d.txt", "It rained. Nobody minded.")
    report = shop.build()
    assert (report.documents, report.sentences, report.silent) == (4, 6, 2)
    rows = json.loads((shop.folder / "out/report.json").read_bytes())
    assert rows["documents"]["d"] == {
        "path": "docs/d.txt",
        "sentences": 2,
        "silent": [[0, 10], [11, 25]],
        "source": "docs/d.txt",
        "statements": 0,
    }
    assert "document/d" in (shop.folder / "out/graph.trig").read_text()


def test_without_sources_an_empty_graph_is_built(shop: Workshop, no_model: Callable[[], None]) -> None:
    no_model()
    report = build([], shop.settings)
    assert (report.documents, report.entities, report.facts, report.problems) == (0, 0, 0, ())
    assert shop.facts() == set()
    shop.digests()


def test_without_sources_what_is_stored_stays(shop: Workshop) -> None:
    shop.build()
    before = shop.digests()
    assert build([], shop.settings).unchanged == ("a", "b", "c")
    assert shop.digests() == before


def test_another_base_renames_everything_without_the_model(shop: Workshop, no_model: Callable[[], None]) -> None:
    shop.build()
    facts_before = shop.facts()
    shop.settings = replace(shop.settings, base="https://mills.example/kg/")
    expected = shop.clean_digests()
    no_model()
    assert shop.build().unchanged == ("a", "b", "c")
    assert shop.facts() == facts_before
    text = (shop.folder / "out/graph.trig").read_text()
    assert "https://kg.example/" not in text
    assert "https://mills.example/kg/" in text
    assert shop.digests() == expected


def test_another_ontology_reads_every_document_again(shop: Workshop) -> None:
    shop.build()
    shop.write("firm.ttl", ONTOLOGY.replace("?s was founded in ?o", "?s began in ?o"))
    report = shop.build()
    assert (report.changed, report.unchanged) == (("a", "b", "c"), ())
    assert {fact[2] for fact in shop.facts()} == {"headquarters"}
    assert shop.digests() == shop.clean_digests()


def test_another_ontology_reads_documents_again_that_are_not_named(shop: Workshop) -> None:
    shop.build()
    shutil.rmtree(shop.folder / "docs")
    less = ONTOLOGY[: ONTOLOGY.index(":foundingDate")]
    shop.write("firm.ttl", less)
    shop.write("more/d.txt", "Tarnwald Mills is based in Oslo.")
    report = shop.build("more")
    assert (report.added, report.changed) == (("d",), ("a", "b", "c"))
    assert {fact[2] for fact in shop.facts()} == {"headquarters"}
    for name, text in TEXTS.items():
        shop.write(f"docs/{name}.txt", text)
    assert shop.digests() == shop.clean_digests("docs", "more")


def test_an_ontology_that_is_only_written_otherwise_changes_nothing(
    shop: Workshop, no_model: Callable[[], None]
) -> None:
    shop.build()
    shop.write("firm.ttl", "# Firms\n" + ONTOLOGY.replace(" ; ", " ;\n\t"))
    no_model()
    assert shop.build().unchanged == ("a", "b", "c")


def test_labels_alone_serve_and_the_report_says_what_is_lacking(shop: Workshop) -> None:
    shop.write("plain.ttl", LABELS_ONLY)
    shop.write("docs/d.txt", "Pelikan Mills acquires Tarnwald Mills. The firm acquired Halm Mills in 2019.")
    shop.settings = replace(shop.settings, ontology="plain.ttl")
    report = shop.build()
    assert [notice.partition(" (")[0] for notice in report.notices] == ["1 of 1 properties have no phrases"]
    assert shop.facts() == {
        ("d", "Pelikan Mills", "acquires", "Tarnwald Mills"),
        ("d", "Pelikan Mills", "acquires", "Halm Mills"),
    }


def test_one_property_without_any_class_serves(shop: Workshop) -> None:
    shop.write("plain.ttl", PROPERTY_ONLY)
    shop.write("docs/d.txt", "Pelikan Mills acquires Tarnwald Mills.")
    shop.settings = replace(shop.settings, ontology="plain.ttl")
    report = shop.build()
    assert report.notices[-1] == "there are no classes; every name fits everywhere"
    assert shop.facts() == {("d", "Pelikan Mills", "acquires", "Tarnwald Mills")}


def test_what_is_kept_of_a_document_may_be_lost(shop: Workshop) -> None:
    shop.build()
    before = shop.digests()
    kept = sorted((shop.folder / "out/store/documents").iterdir())
    kept[0].unlink()
    kept[1].write_bytes(b"{")
    report = shop.build()
    assert len(report.added) == 2
    assert len(report.unchanged) == 1
    assert shop.digests() == before


def test_standard_input_is_a_document(shop: Workshop) -> None:
    report = build(["-"], shop.settings, stdin=io.BytesIO(TEXTS["b"].encode()))
    assert report.added == ("stdin",)
    again = build(["-"], shop.settings, stdin=io.BytesIO(TEXTS["c"].encode()))
    assert again.changed == ("stdin",)
    assert shop.facts() == {("stdin", "Pelikan Mills", "foundingDate", "1911")}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ontology": "none.ttl"}, OntologyError),
        ({"ontology": "docs/a.txt"}, OntologyError),
        ({"model": "no_such_model"}, ModelError),
    ],
)
def test_a_build_that_cannot_begin_leaves_everything(
    shop: Workshop, change: dict[str, str], error: type[KGError]
) -> None:
    shop.build()
    before, known = shop.digests(), shop.facts()
    with pytest.raises(error) as caught:
        build(["docs"], replace(shop.settings, **change))  # type: ignore[arg-type]  # the values are strings
    assert caught.value.hint
    assert (shop.digests(), shop.facts()) == (before, known)


@pytest.mark.parametrize("clean", [False, True])
def test_a_build_that_breaks_off_leaves_what_readers_see(
    shop: Workshop, no_model: Callable[[], None], monkeypatch: pytest.MonkeyPatch, clean: bool
) -> None:
    shop.build()
    before, known = shop.digests(), shop.facts()
    shop.write("docs/b.txt", "Tarnwald Mills is based in Oslo.")
    with monkeypatch.context() as patch:
        patch.setitem(ANNOTATORS, "spacy", _broken)
        with pytest.raises(MemoryError):
            shop.build(clean=clean)
    assert (shop.digests(), shop.facts()) == (before, known)
    shop.build()
    assert shop.digests() == shop.clean_digests()


def _broken(model: str, ontology: object) -> object:
    raise MemoryError
