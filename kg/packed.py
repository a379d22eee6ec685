"""Members in one gzipped tar archive (POSIX.1-2001, pax), with an index of their digests at its beginning.

The same members give the same bytes: they are sorted, and carry no time, owner or mode of their own. What is read is
compared with the index, and written only under the folder that is named.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO

from kg.errors import StoreError, UsageError
from kg.files import unreadable, writing

INDEX = "index.json"
_MODE = 0o644
_CHUNK = 1 << 20

Member = bytes | Path
"""The bytes of a member, or the file that holds them."""


def pack(stream: BinaryIO, members: Mapping[str, Member], version: int) -> None:
    """Write members by their names; version: of what they mean. Raises OSError, StoreError for an unreadable one."""
    index: dict[str, dict[str, object]] = {}
    for name, member in sorted(members.items()):
        data = data_of(member)
        index[name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    head = json.dumps({"format": version, "members": index}, indent=1, sort_keys=True) + "\n"
    with (
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=stream, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, member in ((INDEX, head.encode()), *sorted(members.items())):
            data = data_of(member)
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(data), _MODE
            archive.addfile(entry, io.BytesIO(data))


def data_of(member: Member) -> bytes:
    """The bytes of a member. Raises StoreError where its file cannot be read."""
    if isinstance(member, bytes):
        return member
    try:
        return member.read_bytes()
    except OSError as error:
        raise unreadable(member, error) from None


def unpack(file: Path, folder: Path, version: int) -> list[str]:
    """Write all members into a folder that does not exist yet; their names, sorted.

    version: the newest that is understood. Raises UsageError: no such file, or a newer version; StoreError: it is no
    such archive, or damaged, or cannot be read or written.
    """
    try:
        with file.open("rb") as stream, tarfile.open(fileobj=stream, mode="r:gz") as archive:
            return _unpack(archive, folder, version, file)
    except FileNotFoundError:
        raise UsageError("no such file", where=str(file), hint="name a file that kg backup wrote") from None
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile) as error:
        raise _unfit(file, str(error)) from None
    except OSError as error:
        raise unreadable(file, error) from None


def _unpack(archive: tarfile.TarFile, folder: Path, version: int, file: Path) -> list[str]:
    index: dict[str, Any] | None = None
    seen: set[str] = set()
    for entry in archive:
        stream = archive.extractfile(entry) if entry.isreg() else None
        if stream is None:
            raise _unfit(file, f"{entry.name!r} is no file")
        if index is None:
            index = _index(entry, stream, version, file)
        elif entry.name in seen or entry.name not in index or not _inside(entry.name):
            raise _unfit(file, f"{entry.name!r} does not belong in it")
        else:
            seen.add(entry.name)
            with writing(folder):
                _copy(stream, folder / entry.name, index[entry.name], file)
    lacking = sorted(set(index or {INDEX: None}) - seen)
    if lacking:
        raise _unfit(file, f"{lacking[0]!r} is missing")
    return sorted(seen)


def _index(entry: tarfile.TarInfo, stream: IO[bytes], version: int, file: Path) -> dict[str, Any]:
    if entry.name != INDEX:
        raise _unfit(file, f"{entry.name!r} stands where {INDEX} should")
    try:
        head = json.loads(stream.read())
        found, members = int(head["format"]), dict(head["members"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unfit(file, f"its index: {error}") from None
    if found > version:
        raise UsageError(
            f"written by a newer kg (format {found}, this one knows {version})",
            where=str(file),
            hint="install the newest evident-kg",
        )
    return members


def _inside(name: str) -> bool:
    """Whether a name stays under the folder that it is unpacked into."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and not set(name) & set("\\:\0") and str(path) == name


def _copy(stream: IO[bytes], target: Path, told: object, file: Path) -> None:
    digest, size = hashlib.sha256(), 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        while data := _read(stream, file):
            digest.update(data)
            size += len(data)
            out.write(data)
    if told != {"bytes": size, "sha256": digest.hexdigest()}:
        raise _unfit(file, f"{target.name!r} is not as it was written")


def _read(stream: IO[bytes], file: Path) -> bytes:
    """The next part; an error of reading is not one of writing."""
    try:
        return stream.read(_CHUNK)
    except OSError as error:
        raise _unfit(file, str(error)) from None


def _unfit(file: Path, said: str) -> StoreError:
    return StoreError(
        f"no backup of kg, or damaged: {said}", where=str(file), hint="nothing was changed; name another backup"
    )
