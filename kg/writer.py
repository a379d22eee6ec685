"""How a writer begins on a store: alone, with whole files, and with what was restored."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from kg.errors import StoreError
from kg.files import discard, remove_discarded, remove_drafts, replace_file, unwritable, writing
from kg.published import DERIVED, DOCUMENTS, QUADS, SUMS

RESTORED = "restored"


def hold(root: Path, folder: Path) -> tuple[int, bool]:
    """Become the one writer; tells also whether the last writer left its work unpublished. Raises StoreError."""
    with writing(root):
        root.mkdir(parents=True, exist_ok=True)
        handle = os.open(root / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        said = os.read(handle, 100)
        # Never empty meanwhile: who is killed here must not look like one who ended well.
        name = f"process {os.getpid()}\n".encode("ascii")
        os.pwrite(handle, name, 0)
        os.ftruncate(handle, len(name))
        os.fsync(handle)
    except BlockingIOError:
        holder = os.read(handle, 100).decode("ascii", "replace").partition("\n")[0]
        os.close(handle)
        raise StoreError(
            f"another build is writing there ({holder or 'just starting'})",
            where=str(folder),
            hint="wait until it has ended, or build into another folder with -o DIR",
        ) from None
    except OSError as error:
        os.close(handle)
        raise unwritable(root / "lock", error) from None
    return handle, bool(said)


def busy(root: Path) -> bool:
    """Whether a writer is at work, as its process id tells; its lock is left alone, lest another one be refused."""
    try:
        process = int((root / "lock").read_bytes().split()[-1])
        os.kill(process, 0)
    except PermissionError:  # it runs, and is somebody else's
        return True
    except (OSError, ValueError, IndexError, OverflowError):
        return False
    return True


def tidy(root: Path) -> None:
    """Remove what killed writers left half-written or half-removed, and the database's logs of former runs."""
    for folder in (root, root / DOCUMENTS, root / DERIVED):
        remove_drafts(folder)
    remove_discarded(root)
    for path in (root / QUADS).glob("LOG.old.*"):
        path.unlink(missing_ok=True)


def empty(root: Path) -> None:
    """Remove the quads and what lies beside them, each whole or not at all. Raises OSError."""
    for path in (*root.glob("*.json"), root / SUMS):
        path.unlink(missing_ok=True)
    for name in (RESTORED, QUADS, DERIVED):
        discard(root / name)


def adopt(root: Path) -> bool:
    """Begin with a store that was put under `restored`, if one was; done again after a kill, it ends the same."""
    restored = root / RESTORED
    if not restored.is_dir():
        return False
    (root / SUMS).unlink(missing_ok=True)
    for name in (QUADS, DOCUMENTS):
        if (restored / name).is_dir():  # else it has been moved already
            discard(root / name)
            (restored / name).rename(root / name)
    given = {path.name: path for path in restored.glob("*.json")}
    for path in root.glob("*.json"):
        if path.name not in given:
            path.unlink(missing_ok=True)
    for name, path in given.items():
        replace_file(root / name, path.read_bytes())
    discard(restored)
    return True
