"""A graph as one file, and back."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kg import backup as module
from kg.archive import Archive, keep_dropped
from kg.backup import Contents, backup, restore
from kg.config import Settings
from kg.errors import StoreError, UsageError
from kg.export import FORMATS
from kg.model import Document, Extraction, Span
from kg.store import Store

BASE = "https://kg.example/"
G = f"{BASE}graph/evidence/one"


def extraction(name: str, text: str = "Tarnwald 😀.") -> Extraction:
    return Extraction(Document(name, text, f"docs/{name}.txt"), (Span(0, len(text)),), (), (), ())


def make(folder: Path, words: str = "one", documents: tuple[str, ...] = ("a", "b")) -> Settings:
    """A small graph."""
    says = ox.NamedNode(f"{BASE}says")
    with Store.open(folder, create=True) as store:
        archive = Archive.of(store)
        for name in documents:
            archive.keep("key", extraction(name, f"{words} of {name}."))
        store.manifest = {"base": BASE, "prefixes": {}, "ontology": "none", "model": "none"}
        store.put(None, [ox.Quad(ox.NamedNode(f"{BASE}a"), says, ox.Literal(words))])
        store.put(G, [ox.Quad(ox.NamedNode(f"{BASE}b"), says, ox.Literal(words), ox.NamedNode(G))])
        keep_dropped(store, {})
        store.keep("report.json", b"{}\n")
    return Settings(output=str(folder))


def state(folder: Path) -> dict[str, object]:
    """All that a graph's folder tells its readers."""
    with Store.view(folder) as store:
        kept = {name: store.kept(name) for name in store.all_kept()}
        return {"quads": FORMATS["nquads"](store), "kept": kept, "archive": Archive.of(store).load()}


def repacked(file: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """Change the members of a backup, whose index stays as it was unless it is changed, too."""
    with tarfile.open(file, "r:gz") as archive:
        members = {entry.name: archive.extractfile(entry).read() for entry in archive}  # type: ignore[union-attr]
    change(members)
    with tarfile.open(file, "w:gz") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))


def test_there_and_back(tmp_path: Path) -> None:
    settings = make(tmp_path / "graph")
    told = backup(settings, tmp_path / "file")
    assert told == Contents(2, 2, ())
    assert restore(tmp_path / "file", tmp_path / "back") == told
    assert state(tmp_path / "back") == state(tmp_path / "graph")
    assert {path.name for path in (tmp_path / "back").iterdir()} == {
        "store", "graph.ttl", "graph.trig", "graph.html", "report.json",
    }  # fmt: skip
    assert backup(replace(settings, output=str(tmp_path / "back")), tmp_path / "again") == told
    assert (tmp_path / "again").read_bytes() == (tmp_path / "file").read_bytes()


terms = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])).map(ox.Literal),
    st.integers().map(ox.Literal),
    st.text(min_size=1, max_size=3).map(lambda text: ox.NamedNode(BASE + text.encode().hex())),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5).map(lambda text: ox.Literal(text, language="zh")),
)


@hypothesis_settings(max_examples=12)
@given(
    quads=st.sets(st.tuples(terms, st.sampled_from([None, G, f"{BASE}other"])), max_size=8),
    texts=st.dictionaries(st.text(max_size=5), st.text(st.characters(exclude_categories=["Cs"])), max_size=3),
    kept=st.dictionaries(st.sampled_from(["dropped.json", "report.json", "more.json"]), st.binary()),
)
def test_whatever_is_stored_comes_back(
    quads: set[tuple[ox.Literal | ox.NamedNode, str | None]],
    texts: dict[str, str],
    kept: dict[str, bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("stored")
    with Store.open(folder / "graph", create=True) as store:
        store.manifest = {"base": BASE}
        for name in {graph for _, graph in quads}:
            graph = ox.NamedNode(name) if name else ox.DefaultGraph()
            store.put(name, [ox.Quad(ox.NamedNode(BASE), ox.NamedNode(BASE), t, graph) for t, g in quads if g == name])
        for name, data in kept.items():
            store.keep(name, data)
        for name, text in texts.items():
            Archive.of(store).keep("key", extraction(name, text))
    settings = Settings(output=str(folder / "graph"))
    backup(settings, folder / "file")
    restore(folder / "file", folder / "back")
    assert state(folder / "back") == state(folder / "graph")


def test_the_same_graph_gives_the_same_bytes_wherever_it_lies(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make(tmp_path / name, "former")
        backup(make(tmp_path / name), tmp_path / f"{name}.tar.gz")
    assert (tmp_path / "one.tar.gz").read_bytes() == (tmp_path / "two.tar.gz").read_bytes()


def test_the_archive_is_plain(tmp_path: Path) -> None:
    backup(make(tmp_path / "graph"), tmp_path / "file")
    with tarfile.open(tmp_path / "file", "r:gz") as archive:
        entries = archive.getmembers()
        index = json.loads(archive.extractfile("index.json").read())  # type: ignore[union-attr]
        data = {entry.name: archive.extractfile(entry).read() for entry in entries[1:]}  # type: ignore[union-attr]
    assert [entry.name for entry in entries] == ["index.json", *sorted(data)]
    assert {(entry.mtime, entry.uid, entry.gid, entry.uname, entry.mode) for entry in entries} == {(0, 0, 0, "", 0o644)}
    assert index["format"] == module.FORMAT
    assert index["members"] == {
        name: {"bytes": len(found), "sha256": hashlib.sha256(found).hexdigest()} for name, found in data.items()
    }
    assert data["quads.nq"].splitlines() == sorted(data["quads.nq"].splitlines())
    assert gzip.decompress((tmp_path / "file").read_bytes())[:10] == b"index.json"


def test_it_tells_the_last_published_state_beside_a_writer(tmp_path: Path) -> None:
    settings = make(tmp_path / "graph")
    before = state(tmp_path / "graph")
    with Store.open(tmp_path / "graph") as store:
        Archive.of(store).keep("other", extraction("a", "Another text."))
        Archive.of(store).keep("other", extraction("c"))
        store.drop(None)
        store.keep("report.json", b"other")
        store.flush()
        backup(settings, tmp_path / "file")
    assert state(tmp_path / "graph") != before
    restore(tmp_path / "file", tmp_path / "back")
    assert state(tmp_path / "back") == before


def test_the_projects_own_files_come_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "project"
    for name in ("kg.toml", "decisions.jsonl", "ontology/firm.ttl"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(name, encoding="utf-8")
    (tmp_path / "far.ttl").write_text("far", encoding="utf-8")
    monkeypatch.chdir(project)
    settings = replace(make(Path("output")), ontology="ontology/firm.ttl", shapes="../far.ttl")
    told = backup(settings, tmp_path / "file", project=project)
    assert told.project == ("decisions.jsonl", "elsewhere/shapes.ttl", "kg.toml", "ontology/firm.ttl")
    restore(tmp_path / "file", tmp_path / "back")
    for name in ("kg.toml", "decisions.jsonl", "ontology/firm.ttl"):
        assert (tmp_path / "back" / "project" / name).read_text(encoding="utf-8") == name
    assert (tmp_path / "back" / "project" / "elsewhere" / "shapes.ttl").read_text(encoding="utf-8") == "far"


def test_nothing_is_written_over_without_being_told(tmp_path: Path) -> None:
    settings = make(tmp_path / "graph")
    (tmp_path / "file").write_text("precious", encoding="utf-8")
    with pytest.raises(UsageError, match="there already"):
        backup(settings, tmp_path / "file")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "precious"
    backup(settings, tmp_path / "file", force=True)
    make(tmp_path / "other", "other", ("z",))
    before = state(tmp_path / "other")
    with pytest.raises(UsageError, match="a graph already"):
        restore(tmp_path / "file", tmp_path / "other")
    assert state(tmp_path / "other") == before
    with Store.view(tmp_path / "other") as reader:
        restore(tmp_path / "file", tmp_path / "other", force=True)
        assert [quad.object.value for quad in reader.quads] == ["other", "other"]
    assert state(tmp_path / "other") == state(tmp_path / "graph")


def test_a_damaged_graph_can_be_replaced(tmp_path: Path) -> None:
    settings = make(tmp_path / "graph")
    before = state(tmp_path / "graph")
    backup(settings, tmp_path / "file")
    for path in (tmp_path / "graph" / "store").rglob("MANIFEST*"):
        path.write_bytes(b"rubbish")
    with pytest.raises(StoreError, match="damaged"):
        Store.view(tmp_path / "graph")
    restore(tmp_path / "file", tmp_path / "graph", force=True)
    assert state(tmp_path / "graph") == before


def test_a_graph_that_is_damaged_makes_no_backup(tmp_path: Path) -> None:
    settings = make(tmp_path / "graph")
    for path in (tmp_path / "graph").glob("store/published/*/documents/*.jsonl"):
        path.write_bytes(path.read_bytes().replace(b"one of", b"two of"))
    with pytest.raises(StoreError, match="damaged"):
        backup(settings, tmp_path / "file")
    assert not (tmp_path / "file").exists()


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    backup(make(tmp_path / "graph"), tmp_path / "file")
    with Store.open(tmp_path / "graph"), pytest.raises(StoreError, match="another build is writing"):
        restore(tmp_path / "file", tmp_path / "graph", force=True)
    assert {path.name for path in (tmp_path / "graph").iterdir()} == {"store"}


def _rename(old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    """Rename a member, also in the index, so that all digests fit."""

    def change(members: dict[str, bytes]) -> None:
        members[new] = members.pop(old)
        index = json.loads(members["index.json"])
        index["members"][new] = index["members"].pop(old)
        members["index.json"] = json.dumps(index).encode()

    return change


def _reword(name: str, data: bytes) -> Callable[[dict[str, bytes]], None]:
    """Put other bytes in a member, and their digest into the index."""

    def change(members: dict[str, bytes]) -> None:
        members[name] = data
        index = json.loads(members["index.json"])
        index["members"][name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        members["index.json"] = json.dumps(index).encode()

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m.pop("quads.nq"), "'quads.nq' is missing"),
        (lambda m: m.update({"quads.nq": b""}), "'quads.nq' is not as it was written"),
        (lambda m: m.update({"more.json": b""}), "'more.json' does not belong"),
        (lambda m: m.update({"index.json": b"{"}), "its index"),
        (lambda m: m.update({"index.json": b'{"format": "x", "members": {}}'}), "its index"),
        (lambda m: m.update({"index.json": b"[]"}), "its index"),
        (lambda m: m.pop("index.json"), "stands where index.json should"),
        (lambda m: m.clear(), "'index.json' is missing"),
        (_rename("quads.nq", "../quads.nq"), "'../quads.nq' does not belong"),
        (_rename("quads.nq", "/tmp/quads.nq"), "'/tmp/quads.nq' does not belong"),
        (_rename("quads.nq", "state/../../quads.nq"), "does not belong"),
        (_rename("quads.nq", "quads/../quads.nq"), "does not belong"),
        (_reword("quads.nq", b"<a> <b> ."), "quads cannot be loaded"),
        (_reword("state/manifest.json", b"{}"), "damaged"),
        (_reword("state/manifest.json", b'{"version": 99}'), "newer kg"),
        (_reword("documents/x.jsonl", b"{}"), "damaged"),
    ],
)
def test_a_backup_that_is_not_sound_changes_nothing(
    change: Callable[[dict[str, bytes]], object], said: str, tmp_path: Path
) -> None:
    settings = make(tmp_path / "graph")
    backup(settings, tmp_path / "file")
    repacked(tmp_path / "file", change)
    make(tmp_path / "other", "other")
    before = state(tmp_path / "other")
    for folder in ("other", "back"):
        with pytest.raises(StoreError, match=said):
            restore(tmp_path / "file", tmp_path / folder, force=True)
    assert state(tmp_path / "other") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "graph", "other"]
    assert {path.name for path in (tmp_path / "other").iterdir()} == {"store"}


def test_links_and_folders_do_not_belong_in_it(tmp_path: Path) -> None:
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE):
        with tarfile.open(tmp_path / "file", "w:gz") as archive:
            entry = tarfile.TarInfo("index.json")
            entry.type, entry.linkname = kind, "/etc/hostname"
            archive.addfile(entry)
        with pytest.raises(StoreError, match="is no file"):
            restore(tmp_path / "file", tmp_path / "back")
    assert not (tmp_path / "back").exists()


def test_a_backup_cut_off_or_spoilt_anywhere_is_refused(tmp_path: Path) -> None:
    backup(make(tmp_path / "graph"), tmp_path / "file")
    before = state(tmp_path / "graph")
    whole = (tmp_path / "file").read_bytes()
    sound = 0
    for at in range(0, len(whole) - 8, 61):
        for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :]):
            (tmp_path / "spoilt").write_bytes(data)
            try:
                restore(tmp_path / "spoilt", tmp_path / "back")
            except StoreError as error:
                assert "nothing was changed" in error.hint
                assert not (tmp_path / "back").exists()
            else:  # what means nothing: a flag of gzip's, what fills up the last block
                sound += 1
                assert state(tmp_path / "back") == before
                shutil.rmtree(tmp_path / "back")
    assert sound < 5


def test_a_newer_backup_or_none(tmp_path: Path) -> None:
    backup(make(tmp_path / "graph"), tmp_path / "file")
    repacked(tmp_path / "file", lambda m: m.update({"index.json": b'{"format": 9, "members": {}}'}))
    with pytest.raises(UsageError, match="newer kg"):
        restore(tmp_path / "file", tmp_path / "back")
    with pytest.raises(UsageError, match="no such file"):
        restore(tmp_path / "none", tmp_path / "back")
    with pytest.raises(StoreError, match="cannot be read"):
        restore(tmp_path / "graph", tmp_path / "back")
    with pytest.raises(StoreError, match="no graph in"):
        backup(Settings(output=str(tmp_path / "none")), tmp_path / "more")
    with pytest.raises(StoreError, match="cannot be written"):
        backup(Settings(output=str(tmp_path / "graph")), tmp_path / "none" / "file")


def test_a_restore_that_breaks_off_is_finished_by_the_next_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(make(tmp_path / "graph"), tmp_path / "file")
    wanted = state(tmp_path / "graph")
    make(tmp_path / "other", "other", ("z",))
    before = state(tmp_path / "other")
    for place in ("kg.writer.replace_file", "kg.writer.discard", "kg.published.publish"):
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(place, _interrupt)
            restore(tmp_path / "file", tmp_path / "other", force=True)
        assert state(tmp_path / "other") == before
    Store.open(tmp_path / "other").close()
    assert state(tmp_path / "other") == wanted


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
