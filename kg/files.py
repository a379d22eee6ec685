"""Files that are whole at any time, whoever looks and whatever happens meanwhile."""

from __future__ import annotations

import os
from pathlib import Path


def replace_file(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write a file so that a reader finds the old one or the new one, never a part. Raises OSError.

    lasting: wait until it is on the disk; not needed for what can be made again.
    """
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
