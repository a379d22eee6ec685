"""What users decide, in decisions.jsonl: a line each, replayed at every build, the last word wins.

    {"do": "reject", "subject": IRI, "predicate": IRI, "object": IRI or words, "document": id, "sentence": words, ...}
    {"do": "merge", "entities": [IRI, IRI], "who": "ann", "when": "2026-11-27T09:30:00Z", "why": "one firm"}

Lines are only added, so that version control can merge them. Things are named by their IRIs, which do not change when
documents come and go, statements by what they say and the sentence that says it, wherever in its document that stands.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from kg.errors import StoreError
from kg.model import Datatype, Problem

ID_DIGITS = 8


class Signed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="do"):
    """Who decided, when (ISO 8601) and why; empty where it is not told."""

    who: str = ""
    when: str = ""
    why: str = ""

    @property
    def id(self) -> str:
        """A digest of the line."""
        return hashlib.sha256(line(self)).hexdigest()[:ID_DIGITS]

    @property
    def do(self) -> str:
        """What it does: "merge", "reject" ..."""
        return str(self.__struct_config__.tag)

    @property
    def about(self) -> tuple[str, ...]:
        """The IRIs of the entities that it names."""
        return ()

    @property
    def target(self) -> Hashable:
        """What only one decision can be in force about."""
        return self.about


class Verdict(Signed, frozen=True):
    """About a statement. object: an IRI, or a literal's words. document, sentence: the one that states it; empty for
    every sentence that does."""

    subject: str
    predicate: str
    object: str
    document: str = ""
    sentence: str = ""

    @property
    def about(self) -> tuple[str, ...]:
        """The IRIs of the entities that it names."""
        return self.subject, self.object

    @property
    def target(self) -> Hashable:
        """The statement."""
        return "statement", self.subject, self.predicate, self.object, self.document, self.sentence


class Accept(Verdict, frozen=True, tag="accept"):
    """The statement is right as it was read."""


class Reject(Verdict, frozen=True, tag="reject"):
    """The statement is wrong."""


class Pair(Signed, frozen=True):
    """About two entities or more."""

    entities: tuple[str, ...]

    @property
    def about(self) -> tuple[str, ...]:
        """The IRIs of the entities that it names."""
        return self.entities

    @property
    def target(self) -> Hashable:
        """These entities, in any order."""
        return frozenset(self.entities)


class Merge(Pair, frozen=True, tag="merge"):
    """The entities are one thing."""


class Apart(Pair, frozen=True, tag="apart"):
    """No two of the entities are one thing."""


class Single(Signed, frozen=True):
    """About one entity."""

    entity: str

    @property
    def about(self) -> tuple[str, ...]:
        """The IRI of the entity."""
        return (self.entity,)

    @property
    def target(self) -> Hashable:
        """What is decided of the entity."""
        return self.do, self.entity


class Split(Single, frozen=True, tag="split"):
    """What these documents, or these names, mean is another thing than the rest of the entity."""

    documents: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def target(self) -> Hashable:
        """The part that is split off."""
        return self.do, self.entity, frozenset(self.documents), frozenset(self.names)


class Rename(Single, frozen=True, tag="rename"):
    """The entity is called so; its IRI stays."""

    label: str


class Retype(Single, frozen=True, tag="retype"):
    """The entity is of this class; its IRI stays."""

    type: str


class New(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entity that no document speaks of."""

    iri: str
    label: str
    type: str


class Relate(Signed, frozen=True, tag="relate"):
    """A fact that nothing found. object: an IRI, or with a datatype a literal. source: where it is known from, unless a
    sentence of a document states it. quote: the words of the sentence that do, empty for all. new: those of its
    entities that no document speaks of."""

    subject: str
    predicate: str
    object: str
    datatype: Datatype | None = None
    source: str = ""
    document: str = ""
    sentence: str = ""
    quote: str = ""
    new: tuple[New, ...] = ()

    @property
    def about(self) -> tuple[str, ...]:
        """The IRIs of the entities that it names."""
        return (self.subject,) if self.datatype else (self.subject, self.object)

    @property
    def target(self) -> Hashable:
        """The fact, and where it is said."""
        return self.do, self.subject, self.predicate, self.object, self.document, self.sentence


class Undo(Signed, frozen=True, tag="undo"):
    """Takes back an earlier line, by its id."""

    decision: str


Decision = Accept | Reject | Merge | Apart | Split | Rename | Retype | Relate
Line = Decision | Undo


@dataclass(frozen=True, slots=True)
class Decisions:
    """A file's lines in their order, and what in it cannot be understood."""

    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def in_force(self) -> tuple[Decision, ...]:
        """What holds: not taken back, and no later word on the same."""
        return in_force(self.lines)


def read(path: Path) -> Decisions:
    """The decisions in a file; none where there is no file. A line that cannot be understood is told, and left alone.

    Raises StoreError for a file that cannot be opened.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Decisions()
    except OSError as error:
        raise StoreError(
            f"the decisions cannot be read: {error.strerror}", where=str(path), hint="correct the file's permissions"
        ) from None
    lines: list[Line] = []
    problems: list[Problem] = []
    decoder = msgspec.json.Decoder(Line)
    for number, text in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not text.strip():
            continue
        try:
            lines.append(_checked(decoder.decode(text)))
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            problems.append(Problem(f"{path.as_posix()}:{number}", f"no decision: {_said(text, error)}", _remedy(text)))
    return Decisions(tuple(lines), tuple(problems))


def _checked(found: Line) -> Line:
    if isinstance(found, Pair) and len(set(found.entities)) < 2:
        raise ValueError("it names fewer than two entities")
    if isinstance(found, Split) and not (found.documents or found.names):
        raise ValueError("it names neither documents nor names")
    if isinstance(found, Rename) and not found.label.strip():
        raise ValueError("the new name is empty")
    if isinstance(found, Relate) and not (found.source.strip() or (found.document and found.sentence.strip())):
        raise ValueError("it tells neither a source nor a document with a sentence")
    msgspec.json.encode(found).decode()  # lone surrogates cannot be written again
    return found


def _said(text: bytes, error: Exception) -> str:
    return "left by a merge of two versions" if _conflict(text) else " ".join(str(error).split())[:200]


def _conflict(text: bytes) -> bool:
    return text.startswith((b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||"))


def _remedy(text: bytes) -> str:
    return "keep both sides: remove the marker lines" if _conflict(text) else "correct the line, or remove it"


def in_force(lines: Sequence[Line]) -> tuple[Decision, ...]:
    """Decisions that hold, in their order: not taken back, and the last on their target."""
    last: dict[Hashable, Decision] = {}
    for found in reversed(standing(lines)):
        last.setdefault(found.target, found)
    return tuple(reversed(last.values()))


def standing(lines: Sequence[Line]) -> list[Decision]:
    """Decisions that no later line takes back, in their order. What takes back can be taken back, too."""
    undone: set[str] = set()
    found: list[Decision] = []
    for one in reversed(lines):
        if isinstance(one, Undo):
            if one.id in undone:
                undone.discard(one.id)
            else:
                undone.add(one.decision)
        elif one.id not in undone:
            found.append(one)
    return found[::-1]


def missing(lines: Sequence[Line], known: Sequence[Line]) -> list[Line]:
    """Those of the lines that are not among the known ones, in their order."""
    ids = {one.id for one in known}
    return [one for one in lines if one.id not in ids]


def line(decision: Signed) -> bytes:
    """A decision as a line of the file, without its end."""
    return msgspec.json.encode(decision)


def add(path: Path, *decisions: Signed) -> None:
    """Put decisions at the end of the file, all or none; others may do so at the same time. Raises StoreError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            size = os.fstat(handle).st_size
            broken = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
            data = b"\n" * broken + b"".join(line(one) + b"\n" for one in decisions)
            try:
                _write_whole(handle, data)
            except OSError:
                os.ftruncate(handle, size)
                raise
        finally:
            os.close(handle)
    except OSError as error:
        raise StoreError(
            f"the decision cannot be written: {error.strerror}",
            where=str(path),
            hint="correct the folder's permissions, or name another file with KG_DECISIONS",
        ) from None


def _write_whole(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]
    os.fsync(handle)


def as_row(decision: Signed) -> dict[str, Any]:
    """A decision as a plain dict with its id, for programs."""
    return {"id": decision.id, **msgspec.to_builtins(decision)}
