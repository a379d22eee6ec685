"""JSON and JSON Lines: documents as objects with a text and what is known about it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.errors import ReadError
from kg.model import Problem
from kg.read.draft import Draft, File
from kg.read.text import clean, decode

_HINT = 'each document is an object such as {"id": "a", "text": "...", "date": "2017-05-10", "title": "..."}'


def read_json(file: File) -> Iterator[Draft | Problem]:
    """One object, a list of objects, or an object with such a list under "documents" (RFC 8259).

    Raises ReadError, with the line, where it is no JSON.
    """
    found = _loads(decode(file.data), file.where)
    if isinstance(found, dict) and "documents" in found:
        found = found["documents"]
    elif isinstance(found, dict):
        yield _draft(found, file.where, "it")
        return
    if not isinstance(found, list):
        raise ReadError("it holds no document", hint=_HINT)
    if not found:
        raise ReadError("its list of documents is empty", hint=_HINT)
    for number, item in enumerate(found, 1):
        yield _draft(item, file.where, f"document {number} of the list", number=number)


def read_jsonl(file: File) -> Iterator[Draft | Problem]:
    """One object a line; a line that cannot be read is a problem, and the others are read.

    Raises ReadError where its content is binary, or there is no line.
    """
    lines = list(_lines(file.data))
    if not lines:
        raise ReadError("it holds no document", hint=_HINT)
    for number, line in lines:
        place = f"{file.where}:{number}"
        if isinstance(line, ReadError):
            yield Problem(place, line.what, line.hint)
            continue
        try:
            found = _loads(line, file.where, number)
        except ReadError as error:
            yield Problem(place, error.what, error.hint)
        else:
            yield _draft(found, place, "it", line=number, number=number)


def _lines(data: bytes) -> Iterator[tuple[int, str | ReadError]]:
    """The lines that are not blank, with their numbers. One in another encoding does not spoil the rest."""
    if b"\0" in data or data.startswith(b"\xef\xbb\xbf"):
        whole: list[str | bytes] = list(decode(data).split("\n"))
    else:
        whole = list(data.split(b"\n"))
    for number, line in enumerate(whole, 1):
        if line.strip():
            yield number, line if isinstance(line, str) else _utf8(line)


def _utf8(line: bytes) -> str | ReadError:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return ReadError("the line is not UTF-8", hint="save the file as UTF-8")


def _loads(text: str, where: str, line: int | None = None) -> object:
    try:
        found: object = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{where}:{line or error.lineno}"
        raise ReadError(f"it is no JSON: {error.msg} at column {error.colno}", where=place, hint=_HINT) from None
    except (ValueError, RecursionError):
        raise ReadError("it is no JSON that can be used: a number too long, or nested too deep", hint=_HINT) from None
    return found


def _draft(
    item: object, where: str, name: str, *, line: int | None = None, number: int | None = None
) -> Draft | Problem:
    if not isinstance(item, dict):
        return Problem(where, f"{name} is no object", _HINT)
    text = item.get("text")
    if not isinstance(text, str) or not clean(text).strip():
        return Problem(where, f'{name} has no text under "text"', _HINT)
    return Draft(text, item, line, number)
