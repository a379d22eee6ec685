from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from kg.read.pdf_lines import Line, joined

FULL = "Larkfield Mills opened a new mill in Hartwell on Monday, the firm"


def test_broken_lines_are_joined_and_paragraphs_kept(tmp_path: Path, reading: Any, make_pdf: Any) -> None:
    page = [
        (780, 24, "A mill in Hartwell"),
        (740, 12, FULL),
        (726, 12, "said in a note. It has 420 workers and makes what is an extraordi-"),
        (712, 12, "nary cloth, and it was co-"),
        (698, 12, "founded by a well-known house of which we have heard, the well-"),
        (684, 12, "known house of Vance. It is led by Kwame Osei-"),
        (670, 12, "Mensah from Tema."),
        (640, 12, "Ada Vance leads the house. She was born in Hartwell, in the year"),
        (626, 12, "in which it was co-founded by her father."),
        (612, 12, "- An item of a list"),
        (598, 12, "- Another item"),
    ]
    (tmp_path / "note.pdf").write_bytes(make_pdf([page]))
    document = reading("note.pdf").document
    assert (document.id, document.title, document.date) == ("note", None, None)
    assert document.text.split("\n\n") == [
        "A mill in Hartwell",
        f"{FULL} said in a note. It has 420 workers and makes what is an extraordinary cloth, and it was "
        "co-founded by a well-known house of which we have heard, the well-known house of Vance. "
        "It is led by Kwame Osei-Mensah from Tema.",
        "Ada Vance leads the house. She was born in Hartwell, in the year in which it was co-founded by her father.",
        "- An item of a list",
        "- Another item",
    ]


def test_a_sentence_goes_on_over_the_page_without_its_heads_and_numbers(
    tmp_path: Path, reading: Any, make_pdf: Any
) -> None:
    def page(number: int, first: str, second: str) -> list[tuple[float, float, str]]:
        return [
            (800, 9, "The Larkfield Report"),
            (740, 12, first),
            (726, 12, second),
            (712, 12, f"which goes on and on, line after line, until it is number {number}"),
            (698, 12, f"and then goes on a little more, {first.lower()[:8]}, so that it has length"),
            (30, 9, f"Page {number} of 3"),
        ]

    pages = [
        page(1, FULL, "said in a note"),
        page(2, "to the press.", "It was glad."),
        page(3, "An end.", "It is one."),
    ]
    (tmp_path / "a.pdf").write_bytes(make_pdf(pages))
    text = reading("a.pdf").document.text
    assert text.count("The Larkfield Report") == 1
    assert text.startswith("The Larkfield Report\n\n")
    assert "Page" not in text
    assert "larkfiel, so that it has length to the press." in text
    assert "it has length\n\nAn end." in text


def test_lines_of_unknown_place_are_joined_by_their_length() -> None:
    lines = [
        Line(text, 0.0, 0.0)
        for text in (FULL, "said in a note.", "Ada Vance leads it, and she has done so for many years, as")
    ]
    assert list(joined([[*lines, Line("is known.", 0.0, 0.0)]])) == [
        f"{FULL} said in a note.",
        "Ada Vance leads it, and she has done so for many years, as is known.",
    ]
    assert list(joined([[], []])) == []


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("an extraordi-", "nary cloth", "an extraordinary cloth"),
        ("an extraordi\u00ad", "nary cloth", "an extraordinary cloth"),
        ("Kwame Osei-", "Mensah", "Kwame Osei-Mensah"),
        ("the Larkfield-", "420 loom", "the Larkfield-420 loom"),
        ("it was -", "so they say -", "it was - so they say -"),
    ],
)
def test_hyphens_at_the_end_of_a_line(first: str, second: str, wanted: str) -> None:
    assert list(joined([[Line(first, 40.0, 10.0), Line(second, 30.0, 10.0)]])) == [wanted]


def test_the_title_of_the_properties(tmp_path: Path, reading: Any, make_pdf: Any) -> None:
    for name, title in {"a": "Mill opens", "b": "Microsoft Word - a.doc"}.items():
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([[(700, 12, "Text.")]]))))
        writer.add_metadata({"/Title": title, "/CreationDate": "D:20190304100000Z"})
        writer.write(tmp_path / f"{name}.pdf")
    assert reading("a.pdf").document.title == "Mill opens"
    assert reading("a.pdf").document.date is None
    assert reading("b.pdf").document.title is None


def test_an_encrypted_file(tmp_path: Path, reading: Any, make_pdf: Any) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([[(700, 12, "Text.")]]))))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    problem = reading("a.pdf").problem
    assert "encrypted" in problem.what
    assert "password" in problem.hint


def test_a_file_encrypted_with_aes(tmp_path: Path, reading: Any, make_pdf: Any) -> None:
    # Written by hand: pypdf makes and opens these only where cryptography is installed, too.
    keys = "".join(
        f"/{key} <{'00' * size}> " for key, size in {"O": 48, "U": 48, "OE": 32, "UE": 32, "Perms": 16}.items()
    )
    filters = "/CF << /StdCF << /CFM /AESV3 /Length 32 >> >> /StmF /StdCF /StrF /StdCF"
    locked = f"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 {keys} {filters} >> /ID [<00> <00>]"
    data = make_pdf([[(700, 12, "Text.")]])
    (tmp_path / "a.pdf").write_bytes(data.replace(b"/Root 1 0 R", b"/Root 1 0 R " + locked.encode()))
    assert "encrypted" in reading("a.pdf").problem.what


def test_a_file_locked_against_changes_is_read(tmp_path: Path, reading: Any, make_pdf: Any) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([[(700, 12, "Text.")]]))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    assert reading("a.pdf").document.text == "Text."


def test_a_scan(tmp_path: Path, reading: Any, make_pdf: Any) -> None:
    (tmp_path / "a.pdf").write_bytes(make_pdf([[], []]))
    problem = reading("a.pdf").problem
    assert "no text layer" in problem.what
    assert "recognition" in problem.hint


@pytest.mark.parametrize(
    "data", [b"no PDF at all", b"%PDF-1.4\n", b"%PDF-1.4\nxref\n0 1\ntrailer\n<< /Root 9 0 R >>\n%%EOF"]
)
def test_a_broken_file(tmp_path: Path, reading: Any, capfd: pytest.CaptureFixture[str], data: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    assert "no PDF" in reading("a.pdf").problem.what
    assert capfd.readouterr() == ("", "")
