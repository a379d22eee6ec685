"""A disk that is full, and folders that cannot be written: one message, and what was stored stays."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.crash.workshop import ONE, OTHER, Shop

ERRORS = (2, 4)
MANY = {f"m{n}": " ".join(f"Maker{n}x{k} makes Thing{n}x{k}." for k in range(12)) for n in range(12)}


def run(*command: str) -> bool:
    """Whether a command of the system is there and ends well."""
    there = shutil.which(command[0]) is not None
    return there and subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """A file system of its own at a folder; the test is left out where none may be mounted."""
    if not run("mount", *options, str(folder)):
        pytest.skip("mounting takes rights that this process has not")
    try:
        yield
    finally:
        run("umount", "-l", str(folder))


@pytest.mark.parametrize("limit", [100, 5_000, 70_000, 90_000, 140_000])
def test_files_that_may_not_grow(shop: Shop, limit: int) -> None:
    """As on a full disk, but that it is known where: no file may be longer than the limit."""
    clean = shop.clean(MANY)
    shop.write(ONE)
    shop.built()
    before = shop.seen()
    shop.write(MANY)
    told = shop.build(limit=limit)
    assert told["code"] in ERRORS, told
    assert "File too large" in told["said"]
    assert "make room" in told["said"]
    assert shop.seen() == before
    shop.built()
    assert shop.digests() == clean


@pytest.mark.parametrize("spare", [0, 20, 60, 120, 200, 300, 400])
def test_a_disk_that_fills_up(shop: Shop, spare: int) -> None:
    clean = shop.clean(MANY)
    shop.output.mkdir()
    with mounted(shop.output, "-t", "tmpfs", "-o", "size=64m", "tmpfs"):
        shop.write(ONE)
        shop.built()
        before = shop.seen()
        used = os.statvfs(shop.output)
        size = (used.f_blocks - used.f_bfree) * used.f_frsize + spare * 1024
        assert run("mount", "-o", f"remount,size={size}", str(shop.output))
        shop.write(MANY)
        told = shop.build()
        assert told["code"] in ERRORS, told
        assert "No space left on device" in told["said"], told
        assert shop.seen() == before
        assert run("mount", "-o", "remount,size=64m", str(shop.output))
        shop.built()
        assert shop.digests() == clean


def test_a_folder_on_a_file_system_that_is_read_only(shop: Shop) -> None:
    shop.built()
    before = shop.seen()
    shop.write(OTHER)
    with mounted(shop.output, "--bind", str(shop.output)):
        assert run("mount", "-o", "remount,ro,bind", str(shop.output))
        told = shop.build()
        assert told["code"] == 4
        assert "cannot be written: Read-only file system" in told["said"]
        assert "-o DIR" in told["said"]
        assert shop.seen() == before


@pytest.mark.parametrize("place", ["store/documents", "store/published", "store"])
def test_a_folder_that_may_not_change(shop: Shop, place: str) -> None:
    """Also for root, who may write where the permissions forbid it."""
    shop.built()
    before = shop.seen()
    shop.write(OTHER)
    if not run("chattr", "+i", str(shop.output / place)):
        pytest.skip("the file system or the rights of this process do not allow chattr +i")
    try:
        told = shop.build()
        assert told["code"] == 4, told
        assert "written" in told["said"]
        assert shop.seen() == before
    finally:
        run("chattr", "-i", str(shop.output / place))
    shop.built()
    assert shop.digests() == shop.clean(OTHER)


@pytest.mark.parametrize("place", ["store", "store/documents", "store/published", "graph.html"])
def test_something_else_in_the_place(shop: Shop, place: str) -> None:
    """A file where a folder should be, or the other way round."""
    path = shop.output / place
    path.parent.mkdir(parents=True)
    if path.suffix:
        path.mkdir()
    else:
        path.write_text("precious", encoding="utf-8")
    told = shop.build()
    assert told["code"] in ERRORS, told
    assert "written" in told["said"]
    assert path.is_dir() if path.suffix else path.read_text(encoding="utf-8") == "precious"
