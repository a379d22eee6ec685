"""Documents out of files: the first stage.

A new format is one module with one function (see `Reader`) and one line in `READERS`, or in `NAMED` where files of it
are read only if they are named.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from kg.errors import ReadError
from kg.model import Document, Problem
from kg.quiet import quiet
from kg.rdf_lines import SUFFIXES
from kg.read.docx import read_docx
from kg.read.draft import Draft, File, Reader, finish
from kg.read.html import read_html
from kg.read.markdown import read_markdown
from kg.read.pdf import read_pdf
from kg.read.plain import read_text
from kg.read.rdf import read_rdf
from kg.read.records import read_json, read_jsonl
from kg.read.sources import Found, belongs, find

__all__ = ["NAMED", "READERS", "STDIN", "Draft", "File", "Reader", "covers", "read"]

READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
    ".json": read_json,
    ".jsonl": read_jsonl,
}
NAMED: dict[str, Reader] = dict.fromkeys(SUFFIXES, read_rdf)  # in folders, an ontology has such a suffix, too
STDIN = "-"
_TALKERS = ("courlan", "docx", "htmldate", "justext", "markdown_it", "pypdf", "trafilatura")


def read(sources: Sequence[str], *, max_bytes: int, stdin: BinaryIO | None = None) -> Iterator[Document | Problem]:
    """The documents of these sources, and a problem for each thing that cannot be read; it raises none.

    sources: files, folders (with all below them), patterns (** too), "-" for standard input as plain text. Files of
    RDF are read where they are named, or by a pattern that ends in their suffix.
    A file that two sources name is read once. Where two documents have one id, the second is a problem.
    max_bytes: a larger file is a problem. stdin: read for "-" in place of the process's own.
    """
    files: set[str] = set()
    owners: dict[str, str] = {}
    for source in sources:
        for found in _find(source):
            if isinstance(found, Problem):
                yield found
                continue
            file = STDIN if found.source == STDIN else found.real or os.path.realpath(found.path)
            if file in files:
                continue
            files.add(file)
            for item in _read(found, max_bytes, stdin):
                yield item if isinstance(item, Problem) else _unique(item, found.source, owners)


def _find(source: str) -> Iterator[Found | Problem]:
    return iter([Found(Path(STDIN), STDIN)]) if source == STDIN else find(source, frozenset(READERS), frozenset(NAMED))


def covers(source: str, path: str) -> bool:
    """Whether what was read from `path` belongs to a source: it is the file, lies below the folder, or matches."""
    return belongs(path, source, frozenset(NAMED))


def _unique(document: Document, path: str, owners: dict[str, str]) -> Document | Problem:
    if document.id not in owners:
        owners[document.id] = path
        return document
    what = f"its id {document.id!r} is already that of a document in {owners[document.id]}"
    return Problem(path, what, "give one of the two another id, in its front matter or by another file name")


def _read(found: Found, max_bytes: int, stdin: BinaryIO | None) -> list[Document | Problem]:
    where = found.source
    reader: Reader
    try:
        if where == STDIN:
            data, reader, stem = _input(max_bytes, stdin), read_text, "stdin"
        else:
            suffix = found.path.suffix.lower()
            data, reader = _content(found.path, max_bytes), READERS.get(suffix) or NAMED[suffix]
            stem = PurePosixPath(where).stem
        if not data.strip():
            return [Problem(where, "it is empty", "leave it out, or put the text in")]
        with nullcontext() if reader is read_text else quiet(*_TALKERS):  # no parser of others reads plain text
            drafts = list(reader(File(data, where, max_bytes)))
    except ReadError as error:
        return [Problem(error.where or where, error.what, error.hint)]
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return [Problem(where, f"it cannot be read: {reason}", "check the path and its permissions")]
    done: list[Document | Problem] = []
    for draft in drafts:
        done += [draft] if isinstance(draft, Problem) else finish(draft, where=where, stem=stem)
    return done


def _content(path: Path, max_bytes: int) -> bytes:
    """What a file holds. Its kind and size are looked at first: a pipe would block, a huge file fill memory."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise ReadError("it is no regular file", hint='a pipe is read with "-", as standard input')
    if status.st_size > max_bytes:
        raise _too_large(f"it has {status.st_size} bytes", max_bytes)
    with path.open("rb") as file:
        data = file.read(status.st_size + 1)  # to ask for more would cost as much memory
        return data if len(data) <= status.st_size else data + _limited(file, max_bytes - len(data))


def _input(max_bytes: int, stdin: BinaryIO | None) -> bytes:
    stream = stdin or getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise ReadError("there is no standard input", hint="name a file")
    return _limited(stream, max_bytes)


def _limited(stream: BinaryIO, max_bytes: int) -> bytes:
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise _too_large("it goes on", max_bytes)
    return data


def _too_large(what: str, max_bytes: int) -> ReadError:
    return ReadError(f"{what}, more than the {max_bytes} that are allowed", hint="split it, or raise max_bytes")
