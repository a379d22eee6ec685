"""The finished states of a store, for readers: DIR/store/published/<n>/, of which nobody changes any.

    quads/        a backup of the quads (hard links)
    *.json        what lay beside them, manifest.json among it
    documents/    what was found in each document (hard links)
    XXH128SUMS    digests of quads/ and *.json, as `xxhsum -H2` writes them; documents hold their own

A state is drafted beside the others and renamed into place, so it is there whole or not at all. Who reads one holds a
shared lock on its folder; the writer removes the older ones that nobody reads.

Digests are compared before a state is opened (150 MB or .03 s for a million quads); they find damage, and no attacker,
who would change them as well. The database's own checks do not suffice: RocksDB takes a shortened list of its files for
an older list; and where it finds a part of a table damaged, Oxigraph may collect that one error, in a query that groups
or sorts, until there is no memory left.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.digests import digest_of_file
from kg.errors import StoreError
from kg.files import damaged, discard, remove_discarded, replace_file, sync_folder, unreadable

QUADS, DOCUMENTS, SUMS = "quads", "documents", "XXH128SUMS"
DERIVED = "derived"  # what can be made anew; it is not published
_TABLE = ".sst"
_LINE = re.compile(r"([0-9a-f]{32})  ([\w./-]+)", re.ASCII)
_DRAFT = "new"


def states(root: Path) -> list[int]:
    """The numbers of the finished states, sorted; one, but for those that someone still reads."""
    try:
        return sorted(int(entry.name) for entry in _home(root).iterdir() if entry.name.isdecimal())
    except OSError:
        return []


def path_of(root: Path, number: int) -> Path:
    """The folder of a finished state."""
    return _home(root) / str(number)


def publish(root: Path, backup: Callable[[Path], None]) -> None:
    """Make a finished state of what lies under `root`; `backup` puts the quads into a folder. Raises OSError."""
    older = states(root)
    draft = _home(root) / _DRAFT
    discard(draft)
    draft.mkdir(parents=True)
    backup(draft / QUADS)
    for path in sorted(root.glob("*.json")):
        replace_file(draft / path.name, path.read_bytes())
    _link(root / DOCUMENTS, draft / DOCUMENTS)
    _seal(draft, path_of(root, older[-1]) if older else None)
    sync_folder(draft)
    sums = (draft / SUMS).read_bytes()
    draft.rename(path_of(root, older[-1] + 1 if older else 1))
    sync_folder(_home(root))
    replace_file(root / SUMS, sums)
    remove_discarded(_home(root))
    for number in older:
        _remove_unread(path_of(root, number))


def share(root: Path) -> tuple[Path, int] | None:
    """The newest finished state and a lock (a file descriptor) that keeps it; None where there is none.

    Raises StoreError: damage, or it cannot be read.
    """
    before = None
    while True:
        newest = max(states(root), default=None)
        if newest is None:
            return None
        state = path_of(root, newest)
        if newest == before:  # still there, so nobody replaced it meanwhile
            raise damaged(state, "it holds no quads")
        before = newest
        lock = _lock(state)
        if lock is not None:
            return state, lock


def same_documents(root: Path) -> bool:
    """Whether the newest state holds the same files of documents as lie under `root`."""
    older = states(root)
    return bool(older) and _inodes(root / DOCUMENTS) == _inodes(path_of(root, older[-1]) / DOCUMENTS)


def sound(root: Path) -> bool:
    """Whether there is a finished state that can be read, told that `check_tables` found nothing."""
    older = states(root)
    if not older:
        return False
    state = path_of(root, older[-1])
    try:
        for name, digest in _sums(state).items():
            if not _same(root / name, state / name):
                _compare(state / name, digest)
    except StoreError:
        return False
    return True


def check(state: Path) -> None:
    """Compare a state with the digests that were taken when it was published.

    Raises StoreError where a file is damaged, missing or cannot be read.
    """
    for name, digest in _sums(state).items():
        _compare(state / name, digest)


def check_tables(root: Path) -> None:
    """Compare the tables that a writer works on with those that were last published; further ones are not known.

    Tables are never changed, and their names never used again in a database. Raises StoreError.
    """
    if (root / SUMS).exists():
        for name, digest in _digests(root / SUMS).items():
            if name.endswith(_TABLE) and (root / name).exists():  # else it was merged with others
                _compare(root / name, digest)


def read(state: Path, name: str) -> bytes | None:
    """A file of a state that was checked; None where there is none. Raises StoreError."""
    try:
        return (state / name).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(state / name, error) from None


def _compare(path: Path, digest: str) -> None:
    try:
        found = digest_of_file(path)
    except FileNotFoundError:
        raise damaged(path, "the file is missing") from None
    except OSError as error:
        raise unreadable(path, error) from None
    if found != digest:
        raise damaged(path, "the file is not as it was written")


def _same(one: Path, other: Path) -> bool:
    """Whether these are one file."""
    return one.suffix == _TABLE and one.exists() and other.exists() and one.samefile(other)


def _home(root: Path) -> Path:
    return root / "published"


def _link(source: Path, target: Path) -> None:
    """The same files in another folder; none is ever changed, only replaced, so links will do."""
    target.mkdir()
    for path in source.glob("*.jsonl"):
        try:
            os.link(path, target / path.name)
        except OSError:  # not every file system has links
            shutil.copyfile(path, target / path.name)


def _seal(draft: Path, before: Path | None) -> None:
    known = dict(_known(before)) if before else {}
    lines = []
    for path in sorted((*draft.glob("*.json"), *(draft / QUADS).iterdir())):
        found = path.stat()
        digest = known.get((found.st_dev, found.st_ino)) or digest_of_file(path)
        lines.append(f"{digest}  {path.relative_to(draft).as_posix()}\n")
    replace_file(draft / SUMS, "".join(lines).encode("utf-8"))


def _known(state: Path) -> Iterator[tuple[tuple[int, int], str]]:
    """The digests of a former state by what file it is: a table that both hold is not read again."""
    try:
        for name, digest in _sums(state).items():
            found = (state / name).stat()
            yield (found.st_dev, found.st_ino), digest
    except (StoreError, OSError):  # a damaged state is replaced as any other
        return


def _sums(state: Path) -> dict[str, str]:
    path = state / SUMS
    sums = _digests(path)
    there = (*state.glob("*.json"), *state.glob(f"{QUADS}/MANIFEST-*"), state / QUADS / "CURRENT")
    lacking = [name for name in (entry.relative_to(state).as_posix() for entry in there) if name not in sums]
    if lacking:
        raise damaged(path, f"it does not name {lacking[0]}")
    return sums


def _digests(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise damaged(path, "the file is missing") from None
    except OSError as error:
        raise unreadable(path, error) from None
    except ValueError as error:
        raise damaged(path, str(error)) from None
    found = [_LINE.fullmatch(line) for line in lines]
    if not all(found):
        raise damaged(path, "a line is no digest of a file")
    return {line[2]: line[1] for line in found if line}


def _inodes(folder: Path) -> dict[str, int]:
    try:
        with os.scandir(folder) as entries:
            return {entry.name: entry.inode() for entry in entries if entry.name.endswith(".jsonl")}
    except OSError:
        return {}


def _lock(state: Path) -> int | None:
    """Keep a finished state from being removed; None where it is gone already."""
    try:
        handle = os.open(state, os.O_RDONLY)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(state, error) from None
    fcntl.flock(handle, fcntl.LOCK_SH)
    if not (state / QUADS).exists():  # removed between the look and the lock
        os.close(handle)
        return None
    return handle


def _remove_unread(state: Path) -> None:
    """Remove a finished state, unless someone reads it: then a later writer will."""
    handle = os.open(state, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        discard(state)
    except BlockingIOError:
        pass
    finally:
        os.close(handle)
