"""PDF files that have a text layer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.errors import ReadError
from kg.read.draft import Draft, File
from kg.read.pdf_lines import Line, joined, without_running_heads
from kg.read.text import paragraphs
from kg.read.titles import sensible_title

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


def read_pdf(file: File) -> Iterator[Draft]:
    """The text layer in paragraphs, and the title of the file's properties.

    The date of creation is not taken: it mostly tells when the file was printed, not when the text was written.
    Raises ReadError where it is encrypted, broken, or a scan without text.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    encrypted = ReadError("it is encrypted", hint="save a copy without a password")
    try:
        reader = PdfReader(io.BytesIO(file.data))
        # Many files are locked against changes only; they open with the empty password, as in any viewer.
        if reader.is_encrypted and not reader.decrypt(""):
            raise encrypted
        pages = [_lines(page) for page in reader.pages]
        title = _title(reader)
    except (DependencyError, FileNotDecryptedError):
        raise encrypted from None
    except ReadError:
        raise
    except Exception as error:  # The parser meets broken files with errors of any kind.
        what = f"it is no PDF that can be read ({type(error).__name__})"
        raise ReadError(what, hint="open it in a viewer and print it to PDF again") from None
    if not any(pages):
        raise ReadError("it has no text layer; it may be a scan", hint="run character recognition over it first")
    yield Draft(paragraphs(joined(without_running_heads(pages))), {"title": sensible_title(title)})


def _title(reader: PdfReader) -> object:
    return reader.metadata.title if reader.metadata else None


def _lines(page: PageObject) -> list[Line]:
    """The lines of a page in the order of its content, each with its height on the page and its size."""
    lines: list[Line] = []
    words: list[str] = []
    place: tuple[float, float] | None = None

    def end() -> None:
        nonlocal place
        text = " ".join("".join(words).split())
        if text:
            lines.append(Line(text, *(place or (0.0, 0.0))))
        words.clear()
        place = None

    def visit(text: str, outer: list[float], inner: list[float], _font: object, size: float) -> None:
        nonlocal place
        for number, part in enumerate(text.translate(_LIGATURES).replace("\r", "\n").split("\n")):
            if number:
                end()
            words.append(part)
            if place is None and part.strip():
                place = _place(outer, inner, size)

    page.extract_text(visitor_text=visit)
    end()
    return lines


def _place(outer: list[float], inner: list[float], size: float) -> tuple[float, float]:
    """Height on the page and size of letters, from the two matrices that apply (ISO 32000-1, 8.3.4)."""
    height = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    scale = abs(inner[3] * outer[3] + inner[2] * outer[1])
    return height, abs(size) * (scale or 1.0)
