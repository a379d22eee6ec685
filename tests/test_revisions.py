"""Revisions of a project in git, as graphs: committed ones are read, others are built."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from kg.diff import diff
from kg.errors import UsageError
from kg.export import export
from kg.revisions import find_revision, open_graph
from kg.store import Store
from tests.diff.small import Small

ONE = Small({"yard": ["Ann makes boats"]})
TWO = Small({"yard": ["Ann makes boats"], "mill": ["Bo makes flour"]})


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    ran = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def keep(graph: Small, scratch: Path, path: Path) -> None:
    """An export of the graph at a path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Store.view(graph.store(scratch)) as store:
        export(store, "trig", path)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose folder `work` is a project that keeps its graph under version control, in two states."""
    top = tmp_path / "repository"
    work = top / "work"
    work.mkdir(parents=True)
    git(top, "init", "--quiet")
    (work / "kg.toml").write_text('output = "out"\n', encoding="utf-8")
    keep(ONE, tmp_path / "one", work / "out" / "graph.trig")
    commit(top, "One")
    git(top, "tag", "first")
    keep(TWO, tmp_path / "two", work / "out" / "graph.trig")
    commit(top, "Two: more")
    monkeypatch.chdir(work)
    return top


def test_a_revision_that_holds_its_graph_is_read(project: Path) -> None:
    before, after = open_graph("HEAD~1"), open_graph("HEAD")
    assert [c.after for c in diff(before, after).documents.added] == [("mill",)]
    assert after.notes == ("HEAD: as it holds graph.trig; it was not built anew",)
    assert len(diff(after, open_graph("."))) == 0


@pytest.mark.parametrize("name", ["first:work", "first:work/out", "first:work/out/graph.trig", "first:.", "first"])
def test_a_path_counts_from_the_top_and_with_a_dot_from_here(name: str, project: Path) -> None:
    assert set(open_graph(name).documents) == {"yard"}


def test_a_revision_may_have_a_colon_in_it(project: Path) -> None:
    assert find_revision("HEAD^{/Two: more}").commit == git(project, "rev-parse", "HEAD")


def test_a_file_of_that_name_goes_first(project: Path) -> None:
    Path("first").mkdir()
    with pytest.raises(UsageError, match="holds no graph"):
        open_graph("first")


def test_the_repository_stays_as_it_is(project: Path) -> None:
    (project / "work" / "kg.toml").write_text('output = "out"\n# not committed\n', encoding="utf-8")
    index = (project / ".git" / "index").read_bytes()
    files = sorted(path for path in project.rglob("*") if "objects" not in path.parts)
    open_graph("first")
    assert (project / ".git" / "index").read_bytes() == index
    assert sorted(path for path in project.rglob("*") if "objects" not in path.parts) == files
    assert git(project, "status", "--porcelain") == "M work/kg.toml"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("HEAD~9", "no revision of git, is called 'HEAD~9'"),
        ("nothing", "no revision of git, is called 'nothing'"),
        ("--help", "no revision of git, is called '--help'"),
        ("first:elsewhere", "the revision holds no elsewhere"),
        ("first:../..", "leads out of the repository"),
        ("first:work/kg.toml", "no graph, nor a project"),
        (":x", "no revision of git"),
        ("a\0b", "no revision of git"),
        ("x" * 5000, "no revision of git"),
    ],
)
def test_what_is_no_revision_is_said(name: str, said: str, project: Path) -> None:
    with pytest.raises(UsageError) as caught:
        open_graph(name)
    assert said in str(caught.value)


def test_a_revision_with_nothing_to_build(project: Path) -> None:
    git(project, "rm", "--quiet", "-r", "work/out")
    commit(project, "No graph")
    with pytest.raises(UsageError, match="the revision holds no data, so there is nothing to build"):
        open_graph("HEAD")


def test_a_link_out_of_the_revision_is_not_followed(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (project / "link").symlink_to(outside)
    commit(project, "Link")
    with pytest.raises(UsageError, match="leads out of the revision"):
        open_graph("HEAD:link")
    assert not list(outside.iterdir())


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match=r"no such file or folder, nor a git repository.*not a git repository"):
        open_graph("HEAD")


def test_without_git(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="git, which would know a revision, is not installed"):
        open_graph("HEAD")


@pytest.mark.model
def test_documents_of_a_revision_are_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sets of documents, from the repository and from a folder, are the same graphs and differ in the same way."""
    from kg.config import Settings
    from kg.pipeline import build

    project = tmp_path / "project"
    (project / "data").mkdir(parents=True)
    (project / "kg.toml").write_text('sources = ["data"]\n', encoding="utf-8")
    (project / ".gitignore").write_text("/output/\n", encoding="utf-8")
    (project / "data" / "yard.txt").write_text("Larkspur Marine makes the Heron 9.\n", encoding="utf-8")
    (project / "data" / "old.txt").write_text("Ostrava Sails acquired Brightwater Ltd.\n", encoding="utf-8")
    git(project, "init", "--quiet")
    commit(project, "One")
    (project / "data" / "old.txt").unlink()
    (project / "data" / "yard.txt").write_text("Larkspur Marine will not make the Heron 9.\n", encoding="utf-8")
    commit(project, "Two")
    monkeypatch.chdir(project)
    monkeypatch.setenv("KG_ONTOLOGY", "nowhere.ttl")  # the environment is no part of a revision
    told: list[str] = []
    before = open_graph("HEAD~1", progress=lambda stage, done, total: told.append(stage))
    assert "HEAD~1: extracting" in told
    build(["data"], Settings())
    found = diff(before, open_graph("."))
    assert [c.before for c in found.documents.removed] == [("old",)]
    assert [c.before for c in found.documents.changed] == [("yard",)]
    assert {cause.kind for part in (found.facts, found.statements) for c in part for cause in c.causes} == {"document"}
    assert {c.causes[0].detail for c in found.facts.removed} == {"old removed", "yard changed"}
    assert not found.made_with
    assert len(diff(open_graph("HEAD"), open_graph("."))) == 0
    assert git(project, "status", "--porcelain") == ""
    assert Path.cwd() == project
