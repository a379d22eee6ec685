"""What saves a build time and can be made anew at any moment: DIR/store/derived/, never published nor backed up.

Each file begins with a digest of itself and of all that it was made by; one of which that is not so is an absent one.
"""

from __future__ import annotations

from pathlib import Path

from kg.digests import digest_of
from kg.files import replace_file, writing
from kg.published import DERIVED
from kg.store import Store

_SIZE = 32


def recall(store: Store, name: str, key: str) -> bytes | None:
    """What was remembered under a name and key; None where nothing was, or it is damaged."""
    try:
        data = _path(store, name).read_bytes()
    except OSError:
        return None
    seal, data = data[:_SIZE], data[_SIZE:]
    return data if seal == _seal(key, data) else None


def remember(store: Store, name: str, key: str, data: bytes) -> None:
    """Keep something that can be made anew in place of what was there under the name. Raises StoreError."""
    path = _path(store, name)
    with writing(path):
        path.parent.mkdir(exist_ok=True)
        replace_file(path, _seal(key, data) + data, lasting=False)


def _path(store: Store, name: str) -> Path:
    return store.folder / "store" / DERIVED / name


def _seal(key: str, data: bytes) -> bytes:
    return digest_of(key.encode(), data).encode()
