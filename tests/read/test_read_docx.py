from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def add(document: Any, xml: str) -> None:
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def test_paragraphs_lists_and_tables_in_their_order(tmp_path: Path, reading: Any) -> None:
    document = Document()
    document.add_heading("A mill in Hartwell", 1)
    document.add_paragraph("Ada Vance\tleads\nit.")
    document.add_paragraph("First item", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Name", "Post", "Ada Vance", "Director"], strict=True):
        cell.text = text
    document.add_paragraph("")
    document.add_paragraph("The end.")
    document.sections[0].header.paragraphs[0].text = "left out"
    document.core_properties.title = "Mill opens"
    document.core_properties.created = dt.datetime(2019, 3, 4, 10)
    (tmp_path / "note.docx").write_bytes(saved(document))
    read = reading("note.docx").document
    assert (read.id, read.title, read.date) == ("note", "Mill opens", "2019-03-04")
    assert read.text.split("\n\n") == [
        "A mill in Hartwell",
        "Ada Vance\tleads\nit.",
        "First item",
        "Name | Post",
        "Ada Vance | Director",
        "The end.",
    ]


def test_content_controls_links_tracked_changes_and_merged_cells(tmp_path: Path, reading: Any) -> None:
    document = Document()
    add(document, f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    add(
        document,
        f"<w:p {W}><w:r><w:t>Vance </w:t></w:r><w:del><w:r><w:delText>left</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>leads</w:t></w:r></w:ins>"
        "<w:hyperlink><w:r><w:t> co</w:t><w:noBreakHyphen/><w:t>founded</w:t></w:r></w:hyperlink></w:p>",
    )
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Both"
    table.cell(1, 0).text = "Left"
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "Inner"
    (tmp_path / "a.docx").write_bytes(saved(document))
    assert reading("a.docx").document.text == "In a control.\n\nVance leads co-founded\n\nBoth\n\nLeft | Inner"


def test_a_text_box_is_read_once(tmp_path: Path, reading: Any) -> None:
    document = Document()
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></w:txbxContent>"
    add(
        document,
        f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><w:t>Around.</w:t>'
        f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        "</mc:AlternateContent></w:r></w:p>",
    )
    (tmp_path / "a.docx").write_bytes(saved(document))
    assert reading("a.docx").document.text == "Around.\n\nBoxed."


@pytest.mark.parametrize(
    "title", ["", "Word Document", "Microsoft Word - note.doc", "Document1", "untitled", "note.docx"]
)
def test_idle_properties_are_not_taken(tmp_path: Path, reading: Any, title: str) -> None:
    document = Document()  # its template says that it was made in 2013
    document.add_paragraph("Text.")
    document.core_properties.title = title
    (tmp_path / "a.docx").write_bytes(saved(document))
    read = reading("a.docx").document
    assert (read.title, read.date) == (None, None)


def test_an_empty_document(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "a.docx").write_bytes(saved(Document()))
    assert "no text" in reading("a.docx").problem.what


def test_a_document_that_unpacks_to_more_than_allowed(tmp_path: Path, reading: Any) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(12_000_000))
    (tmp_path / "a.docx").write_bytes(stream.getvalue())
    assert len(stream.getvalue()) < 200_000
    assert "12000000 bytes" in reading("a.docx", max_bytes=200_000).problem.what


def test_encrypted_documents(tmp_path: Path, reading: Any) -> None:
    document = Document()
    document.add_paragraph("Text.")
    flagged = bytearray(saved(document))
    at = flagged.index(b"PK\x01\x02")
    flagged[at + 8] |= 1
    (tmp_path / "zip.docx").write_bytes(bytes(flagged))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    (tmp_path / "ole.docx").write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
    (tmp_path / "old.docx").write_bytes(ole)
    assert "encrypted" in reading("zip.docx").problem.what
    assert "encrypted" in reading("ole.docx").problem.what
    assert ".doc)" in reading("old.docx").problem.what


def test_broken_documents(tmp_path: Path, reading: Any) -> None:
    document = Document()
    document.add_paragraph("Text.")
    whole = saved(document)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("other.xml", "<a/>")
    for name, data in {"cut": whole[:-500], "words": b"no zip at all", "zip": stream.getvalue()}.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
        problem = reading(f"{name}.docx").problem
        assert problem.where == f"{name}.docx"
        assert "no Word document" in problem.what


def test_entities_are_not_expanded(tmp_path: Path, reading: Any) -> None:
    document = Document()
    document.add_paragraph("SECRET")
    source, target = io.BytesIO(saved(document)), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                declared = b'?>\n<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
                data = data.replace(b"?>", declared, 1).replace(b"SECRET", b"before &e; after")
            new.writestr(name, data)
    (tmp_path / "a.docx").write_bytes(target.getvalue())
    assert reading("a.docx").document.text.startswith("before")
