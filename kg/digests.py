"""What tells contents from others and finds damage, at a tenth of what cryptography costs: XXH3, 128 bits.

It withstands no attacker. Where people answer for contents, as of a document's text, it is SHA-256.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import xxhash

if TYPE_CHECKING:
    from pathlib import Path


def digest_of(*parts: bytes) -> str:
    """A digest of these bytes, one after the other, in 32 hexadecimal digits."""
    digest = xxhash.xxh3_128()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def packed_digest(data: bytes) -> bytes:
    """The same of these bytes, in 16 bytes."""
    return xxhash.xxh3_128_digest(data)


def digest_of_file(path: Path) -> str:
    """The same of a file, as `xxhsum -H2` writes it. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, xxhash.xxh3_128).hexdigest()
