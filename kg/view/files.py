"""Files that are written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.store import replace_file

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file and the folders it stands in; a file that was there stays as it was until all is written.

    Raises UsageError if the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data, lasting=False)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"the file cannot be written: {reason}", where=str(path), hint="name another file") from None
