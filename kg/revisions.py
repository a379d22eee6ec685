"""A graph as a user names it: a folder, an export, or a revision of the project in git (REV or REV:PATH).

A revision is laid out in a temporary folder and read there: the graph that it holds, or one built of its documents with
its settings. The user's repository, its index and its working tree stay as they are.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg import config
from kg.diff import Graph, read
from kg.diff.read import FORMATS, holds_store, written
from kg.errors import UsageError

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit of the repository at `top`, and what is meant in it, as a path from there."""

    top: Path
    commit: str
    path: str


def open_graph(name: str | Path, *, progress: Progress | None = None) -> Graph:
    """The graph that a name stands for: what lies at that path, else a revision of the project in the working folder.

    progress: called with (stage, done, total). Raises UsageError for what is neither, and
    where git is missing; else as `kg.diff.read` and `kg.pipeline.build` do.
    """
    path = Path(name)
    if _exists(path):
        if progress is not None:
            progress(f"{name}: reading", 0, 0)
        return read(path)
    revision = find_revision(str(name))
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        if progress is not None:
            progress(f"{name}: laying out", 0, 0)
        files = _lay_out(revision, Path(folder).resolve())
        return _read(files, revision.path, str(name), progress)


def _exists(path: Path) -> bool:
    """Also for what the system refuses to look at, because it is too long or no path."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def find_revision(name: str) -> Revision:
    """What REV or REV:PATH means in the repository around the working folder.

    REV alone means the project that one works in: the nearest folder with a kg.toml, else the working folder. PATH
    counts from the top of the repository, or from the working folder where it begins with a dot, as in git.
    Raises UsageError.
    """
    top = _top(name)
    commit, inside = _commit(name, top), None
    if commit is None and ":" in name:
        revision, _, inside = name.partition(":")
        commit = _commit(revision, top)
    if commit is None:
        raise UsageError(
            f"no file or folder, and no revision of git, is called {name!r}",
            hint="name a folder of kg build, an export, or a revision such as HEAD~1 or v1.0:path",
        )
    here = Path.cwd().resolve()
    if inside is None:
        place: Path = config.find_project(here) or here
        place = place if place.is_relative_to(top) else here
    else:
        place = here / inside if inside.startswith(".") else top / inside
    path = Path(os.path.normpath(place))
    if not path.is_relative_to(top):
        raise UsageError(f"{inside!r} leads out of the repository", where=name)
    found = path.relative_to(top).as_posix()
    if found != "." and not _succeeds(top, "cat-file", "-e", f"{commit}:{found}"):
        raise UsageError(
            f"the revision holds no {found}", where=name, hint="PATH counts from the top of the repository"
        )
    return Revision(top, commit, found)


def _top(name: str) -> Path:
    """The top folder of the repository that one works in."""
    ran = _git(Path(), name, "rev-parse", "--show-toplevel")
    if ran.returncode:
        raise UsageError(
            f"there is no such file or folder, nor a git repository to look for a revision in: {_said(ran)}",
            where=name,
            hint="check the path",
        )
    return Path(os.fsdecode(ran.stdout).rstrip("\n")).resolve()


def _commit(name: str, top: Path) -> str | None:
    if not name or name.startswith("-") or "\0" in name:
        return None
    ran = _git(top, name, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    return None if ran.returncode else ran.stdout.decode("ascii").strip()


def _succeeds(top: Path, *arguments: str) -> bool:
    return _git(top, "", *arguments).returncode == 0


def _lay_out(revision: Revision, folder: Path) -> Path:
    """The files of a commit as git would check them out, by an index of their own."""
    files = folder / "files"
    files.mkdir()
    steps = (
        ("-c", "core.sparseCheckout=false", "read-tree", revision.commit),
        ("checkout-index", "--all", "--quiet", f"--prefix={files}/"),
    )
    for step in steps:
        ran = _git(revision.top, revision.commit, *step, index=folder / "index")
        if ran.returncode:
            raise UsageError(f"git cannot lay out the revision: {_said(ran)}", where=revision.commit)
    return files


def _git(folder: Path, name: str, *arguments: str, index: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    if index is not None:
        environment["GIT_INDEX_FILE"] = str(index)
    try:
        return subprocess.run(["git", "-C", str(folder), *arguments], env=environment, capture_output=True, check=False)
    except FileNotFoundError:
        raise UsageError(
            "there is no such file or folder, and git, which would know a revision, is not installed",
            where=name,
            hint="check the path, or install git",
        ) from None


def _said(ran: subprocess.CompletedProcess[bytes]) -> str:
    return " ".join(ran.stderr.decode("utf-8", "replace").split()).removeprefix("fatal: ") or "no reason given"


def _read(files: Path, inside: str, name: str, progress: Progress | None) -> Graph:
    """The graph that lies at a place in the files of a revision, or one built there."""
    place = files / inside
    if not place.resolve().is_relative_to(files):
        raise UsageError(f"{inside} is a link that leads out of the revision", where=name, hint="name what it leads to")
    if place.suffix.lower() in FORMATS or holds_store(place):
        return read(place, name)
    if not place.is_dir():
        raise UsageError("no graph, nor a project", where=name, hint="known endings: " + ", ".join(FORMATS))
    around = [folder for folder in (place, *place.parents) if folder.is_relative_to(files)]
    if not any((folder / config.PROJECT_FILE).is_file() for folder in around):
        (place / config.PROJECT_FILE).touch()  # or one in a folder above the temporary one would count
    settings = config.load({}, environment={}, start=place)
    committed = written(place / settings.output) or written(place)
    if committed is not None:
        graph = read(committed, name)
        return replace(graph, notes=(*graph.notes, f"{name}: as it holds {committed.name}; it was not built anew"))
    return _build(place, name, files.parent / "output", progress)


def _build(place: Path, name: str, output: Path, progress: Progress | None) -> Graph:
    """A graph of the documents of a revision, with its settings but for the language model, which would cost money."""
    from kg import pipeline

    def tell(stage: str, done: int, total: int) -> None:
        if progress is not None:
            progress(f"{name}: {stage}", done, total)

    with contextlib.chdir(place):  # so that its documents have the paths that they have for the user
        settings = config.load({"output": str(output)}, environment={}, start=place)
        missing = _missing(settings.sources)
        if missing:
            raise UsageError(f"the revision holds no {missing}, so there is nothing to build", where=name)
        notes = [f"{name}: the language model at {settings.llm} was not asked"] if settings.llm else []
        report = pipeline.build(settings.sources, replace(settings, llm=""), progress=tell)
        notes += [f"{name}: not read: {problem.where}: {problem.what}" for problem in report.problems]
        graph = read(output, name)
    return replace(graph, notes=(*graph.notes, *notes))


def _missing(sources: Sequence[str]) -> str:
    """The sources, where not one of them is there; patterns may match something."""
    there = any(Path(source).exists() or any(c in source for c in "*?[") for source in sources)
    return "" if there else ", ".join(sources)
