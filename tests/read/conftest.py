from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kg.model import Document, Problem
from kg.read import read

MAX_BYTES = 200_000


PdfMaker = Callable[[Sequence[Sequence[tuple[float, float, str]]]], bytes]


class Reading:
    """What came out of a read, in two lists."""

    def __init__(self, items: Sequence[Document | Problem]) -> None:
        self.items = list(items)
        self.documents = [item for item in items if isinstance(item, Document)]
        self.problems = [item for item in items if isinstance(item, Problem)]

    @property
    def document(self) -> Document:
        assert not self.problems
        (document,) = self.documents
        return document

    @property
    def problem(self) -> Problem:
        assert not self.documents
        (problem,) = self.problems
        assert problem.where
        assert problem.what
        assert problem.hint
        return problem


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Reading]:
    """read(), with an empty folder as the working folder."""
    monkeypatch.chdir(tmp_path)

    def run(*sources: str, max_bytes: int = MAX_BYTES, stdin: bytes | None = None) -> Reading:
        stream = None if stdin is None else io.BytesIO(stdin)
        return Reading(list(read(sources, max_bytes=max_bytes, stdin=stream)))

    return run


@pytest.fixture
def make_pdf() -> PdfMaker:
    """A PDF of pages, each a list of lines: height, size of letters, text (ASCII)."""

    def make(pages: Sequence[Sequence[tuple[float, float, str]]]) -> bytes:
        kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
        for number, lines in enumerate(pages):
            shown = "".join(f"BT /F1 {size} Tf 1 0 0 1 50 {y} Tm ({text}) Tj ET\n" for y, size, text in lines)
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
                f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
            )
            objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream")
        return _file(objects)

    return make


def _file(objects: Sequence[str]) -> bytes:
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode("latin-1")
