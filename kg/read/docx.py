"""Word documents (Office Open XML, ECMA-376)."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.errors import ReadError
from kg.read.draft import Draft, File
from kg.read.text import paragraphs, row
from kg.read.titles import sensible_title

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# Text that was moved away stands again where it went; deleted text is in another element (w:delText).
_LEFT_OUT = frozenset((_FALLBACK, f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr"))
# Honest documents unpack to a few times their size, small ones (fonts, styles) to twenty times and more.
_UNPACKED_TIMES = 4
_UNPACKED_LEAST = 10_000_000
# The date in the template of python-docx; a document made with it may never have got its own.
_TEMPLATE_DATE = dt.date(2013, 12, 23)


def read_docx(file: File) -> Iterator[Draft]:
    """Paragraphs, list items and table rows in their order; title and date of the core properties.

    Tracked insertions and content controls count as text, deletions, headers, footers and comments do not.
    Raises ReadError where it is encrypted, broken, an old .doc, or unpacks to far more than max_bytes.
    """
    _check(file.data, file.max_bytes)
    from docx import Document

    try:
        document = Document(io.BytesIO(file.data))
        text = paragraphs(_blocks(document.element.body))
        properties = document.core_properties
        title, created = properties.title, properties.created
    except Exception as error:  # The parser meets broken files with errors of any kind.
        what = f"it is no Word document that can be read ({type(error).__name__})"
        raise ReadError(what, hint="open it in a word processor and save it again as .docx") from None
    date = created.date().isoformat() if created and _sensible(created.date()) else None
    yield Draft(text, {"title": sensible_title(title), "date": date})


def _check(data: bytes, max_bytes: int) -> None:
    """What must be known before anything is unpacked."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ReadError("it is encrypted", hint="save a copy without a password")
        raise ReadError("it is an old Word file (.doc)", hint="save it as .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except Exception as error:  # Besides BadZipFile also struct.error, ValueError, NotImplementedError ...
        what = f"it is no Word document: not a zip file ({type(error).__name__})"
        raise ReadError(what, hint="open it in a word processor and save it again as .docx") from None
    if any(member.flag_bits & 1 for member in members):
        raise ReadError("it is encrypted", hint="save a copy without a password")
    unpacked, allowed = sum(member.file_size for member in members), max(_UNPACKED_TIMES * max_bytes, _UNPACKED_LEAST)
    if unpacked > allowed:
        what = f"it unpacks to {unpacked} bytes, more than the {allowed} that are allowed"
        raise ReadError(what, hint="raise max_bytes, or remove its pictures")


def _sensible(date: dt.date) -> bool:
    """Not a date that some program writes when it knows none."""
    return date.year >= 1983 and date != _TEMPLATE_DATE


def _blocks(parent: _Element) -> Iterator[str]:
    for element in parent:
        if element.tag == f"{_W}p":
            yield _paragraph(element)
            for box in element.iter(f"{_W}txbxContent"):
                # A box stands in the file twice, for old programs too; a box in a box comes with the outer one.
                own = next(box.iterancestors(f"{_W}p")) is element
                if own and next(box.iterancestors(_FALLBACK), None) is None:
                    yield from _blocks(box)
        elif element.tag == f"{_W}tbl":
            for line in element.iter(f"{_W}tr"):
                if next(line.iterancestors(f"{_W}tbl")) is element:
                    yield from row([list(_blocks(cell)) for cell in _cells(line)])
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"):
            yield from _blocks(element)


def _cells(line: _Element) -> Iterator[_Element]:
    for element in line:
        if element.tag == f"{_W}tc":
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            yield from _cells(element)


def _paragraph(paragraph: _Element) -> str:
    parts: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _LEFT_OUT or element.tag == f"{_W}txbxContent":
            continue
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        parts.append(_SIGNS.get(str(element.tag), ""))
        waiting.extend(reversed(element))
    return "".join(parts).strip()
