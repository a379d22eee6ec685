from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.files import discard, remove_discarded, remove_drafts, replace_file, replacing, writing


def test_what_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    replace_file(path, b"old")
    with pytest.raises(ZeroDivisionError), replacing(path) as stream:
        stream.write(b"half")
        raise ZeroDivisionError
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(path.read_bytes()))
    reader.start()
    replace_file(path, b"words")
    reader.join()
    assert read == [b"words"]
    assert path.is_fifo()


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="the system has no /dev/full")
def test_a_full_device_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught, writing(Path("/dev/full")):
        replace_file(Path("/dev/full"), b"words" * 10_000)
    assert caught.value.message() == (
        "/dev/full: cannot be written: No space left on device "
        "(make room on the disk, then try again; what was stored before is kept)"
    )


def test_drafts_of_processes_that_ended_are_removed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    (tmp_path / f".graph.ttl.{ended.pid}.new").write_bytes(b"half")
    (tmp_path / f".restored.{ended.pid}.new").mkdir()
    (tmp_path / f".restored.{ended.pid}.new" / "file").write_bytes(b"half")
    left = [f".graph.ttl.{os.getpid()}.new", ".graph.ttl.new", "graph.ttl.1.new", "graph.ttl"]
    for name in left:
        (tmp_path / name).write_bytes(b"")
    remove_drafts(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(left)


def test_a_folder_goes_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "folder"
    for _ in range(2):
        (folder / "inner").mkdir(parents=True)
        (folder / "inner" / "file").write_bytes(b"")
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr("kg.files.shutil.rmtree", _only_missing)
            discard(folder)
        assert not folder.exists()
    remove_discarded(tmp_path)
    assert list(tmp_path.iterdir()) == []
    discard(folder)


def _only_missing(path: Path, *, ignore_errors: bool = False) -> None:
    if not ignore_errors:
        raise KeyboardInterrupt
    for entry in sorted(path.rglob("*"), reverse=True):
        entry.unlink() if entry.is_file() else entry.rmdir()
    if path.exists():
        path.rmdir()
