"""Files that are whole at any time, whoever looks and whatever happens meanwhile."""

from __future__ import annotations

import errno
import os
from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says where there is no room: on the disk, in a quota, in a file."""


def replace_file(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write a file so that a reader finds the old one or the new one, never a part. Raises OSError.

    lasting: wait until it is on the disk; not needed for what can be made again. A link stays, and what it leads to is
    replaced; a device or a pipe is written to.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    path = path.resolve() if path.is_symlink() else path
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with draft.open("wb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
