"""Data in a page: JSON that nothing can break out of, compressed where it is large."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from markupsafe import Markup

LONGER = 1.2  # how much longer a block may become by escapes
LARGE = 250_000  # bytes of JSON from which on a block is compressed


@dataclass(frozen=True, slots=True)
class Block:
    """One data block: JSON, or, where `packed`, base64 of raw DEFLATE (RFC 1951) of it."""

    id: str
    packed: bool
    body: Markup


def block(name: str, data: Any, *, large: int = LARGE) -> Block:
    """The data as text for an element `script` that is no script; compressed where it has so many bytes."""
    from markupsafe import Markup

    try:
        raw = msgspec.json.encode(data)
    except UnicodeEncodeError:  # half a surrogate pair, which some document held
        raw = json.dumps(data, separators=(",", ":")).encode("ascii")
    if len(raw) >= large:
        return Block(name, True, Markup(deflated(raw)))
    text = raw.decode()
    plain = json.dumps(data, separators=(",", ":"))
    if len(plain) < LONGER * len(raw):  # browsers read a page of nothing but ASCII in half the time
        text = plain
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Block(name, False, Markup(text))


def deflated(data: bytes) -> str:
    """Data as base64 of raw DEFLATE of it."""
    packer = zlib.compressobj(4, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(data) + packer.flush()
    return base64.b64encode(packed).decode("ascii")


def unpack(text: str, *, packed: bool) -> Any:
    """The data of a block of a page. Raises ValueError where it is damaged."""
    if not packed:
        return json.loads(text)
    try:
        return json.loads(zlib.decompress(base64.b64decode(text), -zlib.MAX_WBITS))
    except zlib.error as error:
        raise ValueError(str(error)) from None
