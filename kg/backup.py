"""A graph as one file, and back: all that `kg build` needs to go on from there.

    index.json               format, and size and digest of each other member (`kg.packed`)
    documents/<digest>.jsonl what was found in each document, its text included
    project/...              kg.toml, decisions.jsonl, the ontology and the shapes, where the project has its own
    quads.nq                 all quads as sorted N-Quads, since files of a database do not outlive its versions
    state/*.json             what lies beside the quads: manifest.json, dropped.json, report.json

Not in it: the documents' own files, a learned model of one's own, and what is made of the rest (graph.ttl and so on).
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import published
from kg.archive import Archive
from kg.config import PROJECT_FILE
from kg.errors import StoreError, UsageError
from kg.export import export
from kg.files import remove_drafts, replace_file, replacing, writing
from kg.packed import Member, data_of, pack, unpack
from kg.store import MANIFEST, Store, parse_manifest

if TYPE_CHECKING:
    from kg.config import Settings

FORMAT = 1
DECISIONS = "decisions.jsonl"
REPORT = "report.json"
_UNCHANGED = "nothing was changed; another backup, or a newer kg, may help"
_QUADS, _STATE, _DOCUMENTS, _PROJECT = "quads.nq", "state", "documents", "project"


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in a backup: how many documents and quads, and the project's files by where they lie in it."""

    documents: int
    quads: int
    project: tuple[str, ...]


def backup(settings: Settings, file: Path, *, project: Path | None = None, force: bool = False) -> Contents:
    """Write the last published state of the graph in `settings.output` to a file, whether or not someone is building.

    project: the folder of the kg.toml that the graph is built with. force: write over a file that is there.
    Raises UsageError: the file is there; StoreError: no graph, damage, or it cannot be written.
    """
    if file.exists() and not force:
        raise UsageError("the file is there already", where=str(file), hint="name another one, or say --force")
    with Store.view(Path(settings.output)) as store:
        members = _members(store, settings, project)
        with writing(file), replacing(file) as stream:
            pack(stream, members, FORMAT)
        return _contents(list(members), data_of(members[_QUADS]).count(b"\n"))


def restore(file: Path, folder: Path, *, force: bool = False) -> Contents:
    """Make the graph of a backup in a folder; its readers see the graph that was there, or the restored one.

    The project's files go to `folder`/project. force: in place of a graph that is there. Nothing is changed before the
    whole file was found to be sound. Raises UsageError: a graph is there, no such file, a newer kg wrote it;
    StoreError: it is no backup, or damaged, someone is writing there, or it cannot be written.
    """
    if not force and _occupied(folder):
        raise UsageError("there is a graph already", where=str(folder), hint="name another folder, or say --force")
    with _draft(folder) as draft:
        names = unpack(file, draft / "unpacked", FORMAT)
        quads = _store_of(draft / "unpacked", draft / "store", file)
        Store.replace(folder, draft / "store")
        _place_project(draft / "unpacked" / _PROJECT, folder / _PROJECT)
    _write_files(folder)
    return _contents(names, quads)


def _members(store: Store, settings: Settings, project: Path | None) -> dict[str, Member]:
    quads = io.BytesIO()
    export(store, "nquads", quads)
    members: dict[str, Member] = {_QUADS: quads.getvalue()}
    members |= {f"{_STATE}/{name}": store.kept(name) or b"" for name in store.all_kept()}
    members |= {f"{_DOCUMENTS}/{path.name}": path for path in Archive.of(store).files()}
    return members | {f"{_PROJECT}/{name}": path for name, path in _own(settings, project).items()}


def _own(settings: Settings, project: Path | None) -> dict[str, Path]:
    """The files of the project, by where they lie in it; those that lie elsewhere by what they are."""
    found: dict[str, Path] = {}
    if project is not None:
        found = {name: project / name for name in (PROJECT_FILE, DECISIONS) if (project / name).is_file()}
    for kind, name in (("ontology", settings.ontology), ("shapes", settings.shapes)):
        if name:
            path = Path(name)
            place = os.path.relpath(path, project) if project else ".."
            found[f"elsewhere/{kind}{path.suffix}" if place.startswith("..") else Path(place).as_posix()] = path
    return found


def _contents(names: list[str], quads: int) -> Contents:
    project = tuple(sorted(name.removeprefix(f"{_PROJECT}/") for name in names if name.startswith(f"{_PROJECT}/")))
    return Contents(sum(name.startswith(f"{_DOCUMENTS}/") for name in names), quads, project)


def _occupied(folder: Path) -> bool:
    return any((folder / "store" / name).exists() for name in ("quads", "documents", "published"))


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """A folder to work in beside the graph; it goes at the end, and with it `folder` where that stayed empty."""
    draft = folder / f".restored.{os.getpid()}.new"
    there = folder.exists()
    try:
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            remove_drafts(folder)
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        if not there and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _store_of(unpacked: Path, target: Path, file: Path) -> int:
    """Make of a backup's members what `Store.replace` takes; tells the number of quads."""
    with writing(target):
        target.mkdir()
        for name in (_STATE, _DOCUMENTS):
            (unpacked / name).mkdir(exist_ok=True)
        (unpacked / _DOCUMENTS).rename(target / published.DOCUMENTS)
        for path in sorted((unpacked / _STATE).glob("*.json")):
            path.rename(target / path.name)
    try:
        parse_manifest(target / MANIFEST)
    except StoreError as error:
        raise StoreError(error.what, where=str(file), hint=_UNCHANGED) from None
    archive = Archive.at(target / published.DOCUMENTS)
    if lost := archive.lost(archive.load()):
        raise StoreError(f"damaged: {lost[0].name}", where=str(file), hint=_UNCHANGED)
    try:
        quads = ox.Store(str(target / published.QUADS))
        quads.bulk_load(path=str(unpacked / _QUADS), format=ox.RdfFormat.N_QUADS, lenient=True)
        quads.flush()
        return len(quads)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise StoreError(f"its quads cannot be loaded: {error}", where=str(file), hint=_UNCHANGED) from None


def _place_project(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*")):
        if path.is_file():
            place = target / path.relative_to(source)
            with writing(place):
                place.parent.mkdir(parents=True, exist_ok=True)
                replace_file(place, path.read_bytes())


def _write_files(folder: Path) -> None:
    """What a build writes beside the store; the next one does it again, should this break off."""
    from kg.pages import write_page

    with Store.view(folder) as store:
        for name in ("turtle", "trig"):
            export(store, name, folder)
        write_page(store, folder / "graph.html")
        report = store.kept(REPORT)
        if report is not None:
            with writing(folder / REPORT):
                replace_file(folder / REPORT, report)
