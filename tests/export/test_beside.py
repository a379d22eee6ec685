"""graph.ttl and graph.trig beside a store: only what is otherwise is made and written again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.export import export
from kg.export.beside import INDEX, Draft, GraphFiles
from kg.export.subjects import DefaultDraft
from kg.rdf import prefixes
from kg.store import Store
from tests.drafts import draft

BASE = "https://kg.example/"
P = ox.NamedNode(BASE + "p")


class Project:
    """A folder whose graphs are given as numbers by name; what is made is noted."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.made, self.subjects = folder, list[str](), list[str]()

    def build(self, *, broken_at: str | None = "", **graphs: int) -> bool:
        """Build these graphs, the default one among them, and tell whether anything changed."""
        self.made, self.subjects = [], []
        with Store.open(self.folder, create=True) as store:
            store.manifest = {"base": BASE, "prefixes": prefixes(BASE), "ontology": "none", "model": "none"}
            names: list[tuple[str | None, int]] = [(None, sum(graphs.values()))]
            names += [(f"{BASE}graph/{name}", count) for name, count in sorted(graphs.items())]
            with GraphFiles(store, self.folder) as files:
                store.fill(files.passing(self._drafts(names, broken_at)))
        return files.changed

    def _drafts(self, names: list[tuple[str | None, int]], broken_at: str | None) -> Iterable[Draft | DefaultDraft]:
        for name, count in names:
            if broken_at and name and name.endswith(broken_at):
                raise KeyboardInterrupt
            found = draft(name, str(count), partial(self._quads, name, count))
            yield replace(found, about=partial(self._about, found)) if isinstance(found, DefaultDraft) else found

    def _about(self, found: DefaultDraft, subject: str) -> Collection[ox.Quad]:
        self.subjects.append(subject.removeprefix(BASE))
        return found.about(subject)

    def _quads(self, name: str | None, count: int) -> list[ox.Quad]:
        if name is not None:
            self.made.append(name.removeprefix(f"{BASE}graph/"))
        graph = ox.DefaultGraph() if name is None else ox.NamedNode(name)
        return [ox.Quad(ox.NamedNode(f"{BASE}{n}"), P, ox.Literal("é\n" * n), graph) for n in range(count)]

    def files(self) -> dict[str, bytes]:
        return {name: (self.folder / name).read_bytes() for name in ("graph.ttl", "graph.trig")}

    def is_whole(self) -> bool:
        """Whether the files are what export makes of the store."""
        found: dict[str, bytes] = {}
        with Store.view(self.folder) as store:
            for format_, name in (("turtle", "graph.ttl"), ("trig", "graph.trig")):
                (path,) = export(store, format_, self.folder / f"again-{name}")
                found[name] = path.read_bytes()
        return found == self.files()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "out")
    assert made.build(a=2, b=3, c=4)
    assert made.made == ["a", "b", "c"]
    assert made.subjects == [str(n) for n in range(9)]
    assert made.is_whole()
    return made


def test_what_stays_is_not_made_again(project: Project) -> None:
    before = project.files()
    assert not project.build(a=2, b=3, c=4)
    assert project.made == project.subjects == []
    assert project.files() == before


def test_only_what_is_otherwise_is_made(project: Project) -> None:
    assert project.build(a=2, b=4, c=3)
    assert project.made == ["b", "c"]
    assert project.subjects == []
    assert project.is_whole()
    assert project.build(a=2, b=4)
    assert project.made == project.subjects == []
    assert project.is_whole()
    assert project.build(a=2, aa=1, b=4)
    assert project.made == ["aa"]
    assert project.subjects == ["6"]
    assert project.is_whole()


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / "graph.ttl").write_text("edited"),
        lambda folder: (folder / "graph.ttl").unlink(),
        lambda folder: (folder / "graph.trig").unlink(),
        lambda folder: (folder / "graph.trig").write_bytes((folder / "graph.trig").read_bytes()[:-9]),
        lambda folder: (folder / "store" / INDEX).write_text("{"),
        lambda folder: (folder / "store" / INDEX).unlink(),
        lambda folder: (folder / "store" / "derived" / "blocks").write_bytes(b"edited"),
        lambda folder: (folder / "store" / "derived" / "blocks").unlink(missing_ok=True),
    ],
)
def test_a_file_that_was_changed_by_others_is_written_again(harm: Callable[[Path], object], project: Project) -> None:
    before = project.files()
    harm(project.folder)
    project.build(a=2, b=3, c=4)
    assert project.files() == before
    assert project.is_whole()
    harm(project.folder)
    project.build(a=3, b=3, c=4)
    assert project.is_whole()


def test_what_a_broken_build_left_is_not_trusted(project: Project) -> None:
    before = project.files()
    with pytest.raises(KeyboardInterrupt):
        project.build(a=1, b=3, c=4, broken_at="c")
    assert project.files() == before
    project.build(a=2, b=3, c=4)
    assert project.made == ["a", "b", "c"]
    assert len(project.subjects) == 9
    assert project.files() == before
    assert project.is_whole()


def test_lost_quads_are_made_again(project: Project) -> None:
    import shutil

    shutil.rmtree(project.folder / "store" / "quads")
    project.build(a=2, b=3, c=4)
    assert project.is_whole()
    with Store.view(project.folder) as store:
        counts: defaultdict[str, int] = defaultdict(int)
        for quad in store.quads:
            counts[str(quad.graph_name)] += 1
    assert sorted(counts.values()) == [2, 3, 4, 9]
