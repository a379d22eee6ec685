"""What is taken for a graph: stores, projects, exports; and that all of them hold the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.diff import diff, read
from kg.errors import StoreError, UsageError
from kg.export import export
from kg.store import Store
from tests.diff.small import E, Small, X

SMALL = Small(
    {"yard": ["Ann makes boats", "Annie knows Bo/denied"], "mill/one": ["Bo makes flour/planned"]},
    called={"Annie": "ann"},
    replaced={"annie": "ann"},
    decisions={"1": ("merge", ("ann", "annie"))},
)
WHOLE = {"trig": "graph.trig", "nquads": "graph.nq", "jsonld": "graph.jsonld"}
BARE = {"turtle": "graph.ttl", "rdfxml": "graph.rdf"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return SMALL.store(tmp_path / "built")


def exported(folder: Path, format_: str, name: str) -> Path:
    with Store.view(folder) as store:
        return export(store, format_, folder.parent / name)[0]


@pytest.mark.parametrize("format_", WHOLE)
def test_an_export_of_all_graphs_differs_by_nothing(folder: Path, format_: str) -> None:
    path = exported(folder, format_, WHOLE[format_])
    store, file = read(folder), read(path)
    assert len(diff(store, file)) == len(diff(file, store)) == 0
    assert file.has_evidence
    for part in ("entities", "facts", "records", "documents", "sentences", "mentions", "ontology", "decisions"):
        assert getattr(file, part) == getattr(store, part)
        assert getattr(file, part)
    assert file.replaced == {E + "annie": E + "ann"}


@pytest.mark.parametrize("format_", BARE)
def test_an_export_of_facts_differs_by_nothing_and_says_what_it_lacks(folder: Path, format_: str) -> None:
    path = exported(folder, format_, BARE[format_])
    found = diff(read(folder), read(path))
    assert len(found) == 0
    assert found.notes == (f"facts only: no evidence in {path.as_posix()}",)


def test_what_a_record_holds(folder: Path) -> None:
    record = next(r for r in read(folder).records.values() if r.document == "mill/one")
    assert (record.subject, record.predicate, record.object) == (E + "bo", X + "makes", E + "flour")
    assert (record.stance, record.confidence, record.extractor) == ("planned", 0.9, "rules-1")
    assert (record.sentence, record.begin, record.end) == ("Bo makes flour.", 0, 14)


@pytest.mark.parametrize(
    ("what", "instead"),
    [
        ("kgv:beginOffset 0", 'kgv:beginOffset "x"'),
        ("kgv:endOffset 15", "kgv:endOffset <a:a>"),
        ("kgv:confidence 0.9", "kgv:confidence 'NaN'"),
        ("kgv:confidence 0.9", "kgv:confidence 'sure'"),
        ("kgv:quote ", "kgv:quote <<( <a:a> <a:b> <a:c> )>>, "),
    ],
)
def test_numbers_that_are_none_are_no_end_of_it(folder: Path, what: str, instead: str) -> None:
    path = exported(folder, "trig", "graph.trig")
    text = path.read_text(encoding="utf-8")
    assert what in text
    path.write_text(text.replace(what, instead), encoding="utf-8")
    found = read(path)
    assert len(diff(found, found)) == 0
    diff(read(folder), found)


def test_a_project_stands_for_its_output(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kg.toml").write_text('output = "built"\n', encoding="utf-8")
    monkeypatch.setenv("KG_OUTPUT", str(tmp_path / "elsewhere"))
    assert read(tmp_path).facts == read(folder).facts


def test_a_project_whose_store_is_not_there_stands_for_the_export_in_its_output(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('output = "out"\n', encoding="utf-8")
    with pytest.raises(StoreError, match="no graph"):
        read(tmp_path)
    (tmp_path / "out").mkdir()
    exported(folder, "trig", "out/graph.trig")
    exported(folder, "turtle", "out/graph.ttl")
    assert read(tmp_path).has_evidence
    assert read(tmp_path / "out").has_evidence


def test_a_folder_called_store_is_no_graph(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    with pytest.raises(UsageError, match="the folder holds no graph"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"s,p,o", "the name does not tell an RDF format"),
        ("a.ttl", b"<a> <b> .", "no Turtle"),
        ("a.jsonld", b"{", "no JSON-LD"),
        ("a.nq", b"\xff\xfe\x00", "no N-Quads"),
        ("a.trig", None, "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, content: bytes | None, said: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=said) as caught:
        read(tmp_path / name)
    assert caught.value.where == str(tmp_path / name)
