"""Where nothing can be written, that is said, and what was there stays."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.export import export
from kg.files import replace_file
from tests.export.conftest import Fill

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.is_char_device(), reason="no device that is always full")

# The limit is for the process, and rights are given up for good: both in a process of their own.
CHILD = """
import os, resource, sys
from pathlib import Path
from kg.errors import StoreError
from kg.export import FORMATS, export
from kg.store import Store
store = Store.view(Path(sys.argv[1]))
target = Path(sys.argv[2])
made = FORMATS["turtle"](store)
FORMATS["turtle"] = lambda _: made  # for the store is closed to us, too
{before}
try:
    export(store, "turtle", target)
except StoreError as error:
    print(error, end="")
    os._exit(error.exit_code)
"""


def run_child(store: Path, target: Path, before: str) -> subprocess.CompletedProcess[str]:
    code = textwrap.dedent(CHILD).format(before=before)
    return subprocess.run(
        [sys.executable, "-c", code, str(store), str(target)], capture_output=True, text=True, check=False
    )


@pytest.fixture
def stored(boatyard: list[ox.Quad], fill: Fill) -> Path:
    store = fill(boatyard)
    store.close()
    return store.folder


def test_a_file_that_does_not_fit_leaves_the_old_one(stored: Path, tmp_path: Path) -> None:
    target = tmp_path / "graph.ttl"
    target.write_text("before")
    done = run_child(stored, target, "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))")
    assert (done.returncode, done.stderr) == (4, "")
    assert done.stdout == f"{target}: cannot be written: File too large (make room there, or name another place)"
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("graph.ttl", "before")]


@pytest.mark.parametrize("name", ["graph.ttl", "."])
def test_a_folder_that_is_closed_leaves_the_old_file(name: str, stored: Path, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "graph.ttl").write_text("before")
    close = f"os.chmod({str(folder)!r}, 0o500)"
    if os.geteuid() == 0:  # root may write anywhere
        close += "; os.seteuid(65534)"
    try:
        done = run_child(stored, folder / name, close)
    finally:
        folder.chmod(0o700)
    assert (done.returncode, done.stderr) == (4, "")
    assert "cannot be written: Permission denied (name another file or folder)" in done.stdout
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [("graph.ttl", "before")]


@needs_full
def test_a_device_is_written_to_and_stays_one(boatyard: list[ox.Quad], fill: Fill) -> None:
    with pytest.raises(StoreError, match=r"/dev/full: cannot be written: No space left .*make room"):
        export(fill(boatyard), "turtle", FULL)
    assert stat.S_ISCHR(FULL.stat().st_mode)
    assert not list(FULL.parent.glob(".full.*"))


@needs_full
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "--format", "turtle"], "standard output: cannot be written: No space left"),
        (["facts"], "the output cannot be written: No space left"),
    ],
)
def test_a_full_disk_behind_standard_output_is_said(arguments: list[str], said: str, stored: Path) -> None:
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *arguments, "-o", str(stored)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 4
    assert done.stderr.startswith(f"error: {said}")
    assert done.stderr.count("\n") == 1


def test_a_pipe_is_written_to(boatyard: list[ox.Quad], fill: Fill, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        export(fill(boatyard), "turtle", pipe)
        assert reader.communicate()[0].startswith(b"@prefix")
    assert pipe.is_fifo()


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    file, link = tmp_path / "there.ttl", tmp_path / "graph.ttl"
    file.write_text("before")
    link.symlink_to("there.ttl")
    replace_file(link, b"after")
    assert link.is_symlink()
    assert file.read_text() == "after"
