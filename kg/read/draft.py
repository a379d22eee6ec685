"""What a reader finds in a file, and the one way from there to a Document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kg.model import Document, DocumentKind, Problem
from kg.read.dates import iso_date
from kg.read.text import normalise, one_line

DATE_HINT = "write it as ISO 8601: 2017, 2017-05 or 2017-05-10"


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as a reader found it, with what the file says about it, both still unchecked.

    about: id, title, date, source, speakers as they stand there; other keys are ignored.
    line: where it begins in a file of several. number: its position in such a file, from 1. kind: as the document's.
    """

    text: str
    about: Mapping[str, object] = field(default_factory=dict)
    line: int | None = None
    number: int | None = None
    kind: DocumentKind = "text"


@dataclass(frozen=True, slots=True)
class File:
    """The content of a file. where: its path, for problems. max_bytes: the limit also for what is packed inside."""

    data: bytes
    where: str
    max_bytes: int


class Reader(Protocol):
    """Makes drafts out of a file.

    Raises ReadError where the whole file cannot be read; a part that cannot be read is a Problem.
    """

    def __call__(self, file: File, /) -> Iterable[Draft | Problem]:
        """The drafts of this file, in their order in it."""
        ...


def finish(draft: Draft, *, where: str, stem: str) -> Iterator[Document | Problem]:
    """The document of a draft, after one problem for each thing about it that cannot be used."""
    place = where if draft.line is None else f"{where}:{draft.line}"
    text = normalise(draft.text) if draft.kind == "text" else draft.text
    if not text.strip():
        yield Problem(place, "it holds no text", "leave it out, or put the text in")
        return
    about = draft.about
    date, problem = _date(about.get("date"), place)
    if problem:
        yield problem
    speakers, problem = _speakers(about.get("speakers"), place)
    if problem:
        yield problem
    own = stem if draft.number is None else f"{stem}-{draft.number}"
    yield Document(
        id=_line(about.get("id")) or one_line(own) or "document",
        text=text,
        source=_line(about.get("source")) or where,
        date=date,
        title=_line(about.get("title")),
        speakers=speakers,
        path=where,
        kind=draft.kind,
    )


def _line(value: object) -> str | None:
    """A string or a number on one line; None for what is neither, and for an empty one."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return one_line(str(value)) or None


def _date(value: object, place: str) -> tuple[str | None, Problem | None]:
    if value is None or value == "":
        return None, None
    text = _line(value)
    date = iso_date(text) if text else None
    if date:
        return date, None
    shown = repr(text) if text else f"of type {type(value).__name__}"
    return None, Problem(place, f"the date {shown} cannot be used; it is read without a date", DATE_HINT)


def _speakers(value: object, place: str) -> tuple[tuple[str, ...], Problem | None]:
    """A list of names, or one string with commas between them."""
    items: object = value.split(",") if isinstance(value, str) else ([] if value is None else value)
    if isinstance(items, list) and all(isinstance(item, str) for item in items):
        names = (one_line(item) for item in items)
        return tuple(dict.fromkeys(name for name in names if name)), None
    return (), Problem(place, "its speakers are no list of names; it is read without them", "speakers: [Name, Name]")
