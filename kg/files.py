"""Files that are whole at any time, whoever looks and whatever happens meanwhile."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import StoreError

_DRAFT = re.compile(r"\..+\.([0-9]+)\.new")
ROOM = "make room on the disk, then try again; what was stored before is kept"

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says where there is no room: on the disk, in a quota, in a file."""


def replace_file(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write a file so that a reader finds the old one or the new one, never a part. Raises OSError.

    lasting: wait until it is on the disk; not needed for what can be made again. A link stays, and what it leads to is
    replaced; a device or a pipe is written to.
    """
    with replacing(path, lasting=lasting) as file:
        file.write(data)


@contextmanager
def replacing(path: Path, *, lasting: bool = True) -> Iterator[BinaryIO]:
    """A stream for what `replace_file` writes in one piece; after an exception the old file stays. Raises OSError.

    A device or a pipe is written to, not replaced.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        with path.open("wb") as file:
            yield file
        return
    path = path.resolve() if path.is_symlink() else path
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with draft.open("wb") as file:
            yield file
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def remove_drafts(folder: Path) -> None:
    """Remove what killed processes left of what they were writing there; it was never part of anything."""
    for path in folder.glob(".*.new"):
        found = _DRAFT.fullmatch(path.name)
        if found and not _runs(int(found[1])):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def discard(folder: Path) -> None:
    """Remove a folder with all in it, so that it is there whole or not at all. Raises OSError."""
    gone = folder.with_name(f".{folder.name}.gone")
    shutil.rmtree(gone, ignore_errors=True)
    try:
        folder.rename(gone)
    except FileNotFoundError:
        return
    shutil.rmtree(gone)


def remove_discarded(folder: Path) -> None:
    """Remove what killed processes left of the folders that they were removing there."""
    for path in folder.glob(".*.gone"):
        shutil.rmtree(path, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """Wait until it is on the disk which files stand in a folder. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Make a StoreError of each OSError inside: what cannot be written, and what to do about it."""
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from None


def unwritable(path: Path, error: OSError) -> StoreError:
    """That a file or folder cannot be written."""
    hint = ROOM if error.errno in FULL else "correct the folder's permissions, or name another folder with -o DIR"
    return StoreError(f"cannot be written: {error.strerror or error}", where=str(path), hint=hint)


def unreadable(path: Path, error: OSError) -> StoreError:
    """That a file or folder cannot be read."""
    return StoreError(
        f"cannot be read: {error.strerror or error}", where=str(path), hint="correct the file's permissions"
    )


def damaged(path: Path, said: str) -> StoreError:
    """That a part of the store is not what was once written there."""
    return StoreError(
        f"damaged: {' '.join(said.split())[:200]}",
        where=str(path),
        hint="kg build may mend it; else kg restore brings back a backup, kg build --clean reads the documents anew",
    )
