from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Mill opens | The Weald Post</title>
<meta property="article:published_time" content="2019-03-04T10:00:00Z">
<meta property="og:title" content="Mill opens"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>
<article><h1>A mill in Hartwell</h1>
<p>Larkfield Mills opened a new <a href="/x">mill</a> in <b>Hartwell</b>
on Monday, the firm said in a note to the press.<br>It was glad.</p>
<ul><li>It has 420 workers in two houses.</li><li>It cost 3 million euros.</li></ul>
<table><tr><th>Name</th><th>Post</th></tr><tr><td>Ada Vance</td><td>Director</td></tr></table>
<blockquote><p>We are glad, said Bo Lind, who has led the mill in Hartwell for many years.</p></blockquote>
</article><script>track("x")</script>
<footer><p>Copyright 2015 The Weald Post. All rights reserved.</p></footer></body></html>"""


def test_the_main_text_in_paragraphs(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    document = reading("page.html").document
    assert (document.id, document.title, document.date) == ("page", "Mill opens", "2019-03-04")
    assert document.text.split("\n\n") == [
        "A mill in Hartwell",
        "Larkfield Mills opened a new mill in Hartwell on Monday, the firm said in a note to the press.\nIt was glad.",
        "It has 420 workers in two houses.",
        "It cost 3 million euros.",
        "Name | Post",
        "Ada Vance | Director",
        "We are glad, said Bo Lind, who has led the mill in Hartwell for many years.",
    ]


def test_the_same_page_gives_the_same_text_whatever_came_before(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    first = [reading("a.html").document for _ in range(3)]
    assert len(set(first)) == 1


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Ada Vance.", "Ada Vance."),
        ("<div>One<div>Two</div>Three</div><script>no</script><p hidden>no</p>", "One\n\nTwo\n\nThree"),
        ("<select><option>no</option></select><p style='DISPLAY: none'>no</p><a href='/x'>A link</a>", "A link"),
    ],
)
def test_what_trafilatura_does_not_find_is_taken_as_it_is_seen(
    tmp_path: Path, reading: Any, body: str, text: str
) -> None:
    (tmp_path / "a.htm").write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    assert reading("a.htm").document.text == text


def test_typed_text_keeps_its_lines(tmp_path: Path, reading: Any) -> None:
    typed = "Larkfield opens a mill.\nAda Vance leads it.\n\nIt stands in Hartwell, where it was long awaited."
    (tmp_path / "a.html").write_text(f"<html><body><pre>{typed}</pre></body></html>", encoding="utf-8")
    assert reading("a.html").document.text == typed


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta name="dcterms.date" content="2017-05">', "2017-05"),
        ('<meta itemprop="datePublished" content="soon"><meta name="date" content="2018">', "2018"),
        ('<script type="application/ld+json">{"datePublished": "2021-06-07T08:00:00+02:00"}</script>', "2021-06-07"),
        ('</head><body><time datetime="1987-02-03">then</time>', "1987-02-03"),
        ('</head><body><time datetime="1987-02-03">a</time><time datetime="1988-02-03">b</time>', None),
        (
            '</head><body><p>On 3 May 2016.</p><p>Copyright 2015</p><link rel="canonical" href="/2014/02/01/x">',
            None,
        ),
        ('<meta name="date" content="2999-01-01">', "2999-01-01"),
    ],
)
def test_the_date_comes_from_metadata_only(tmp_path: Path, reading: Any, head: str, date: str | None) -> None:
    (tmp_path / "a.html").write_text(f"<html><head>{head}<p>Larkfield opens a mill.</p></html>", encoding="utf-8")
    assert reading("a.html").document.date == date


def test_an_unusable_date_is_a_problem(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "a.html").write_text('<meta name="date" content="03/04/2017"><p>Larkfield.</p>', encoding="utf-8")
    result = reading("a.html")
    assert [document.date for document in result.documents] == [None]
    assert "'03/04/2017'" in result.problems[0].what


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("iso-8859-1", "cp1252"), ("windows-1250", "cp1250"), ("shift_jis", "shift_jis"), ("no-such", "cp1252")],
)
def test_the_declared_encoding(tmp_path: Path, reading: Any, declared: str, encoding: str) -> None:
    words = {"cp1252": "“Café” Zürich", "cp1250": "Łódź", "shift_jis": "東京の会社"}[encoding]
    page = f'<?xml version="1.0"?><html><head><meta charset="{declared}"></head><body><p>{words}</p></body></html>'
    (tmp_path / "a.html").write_bytes(page.encode(encoding))
    assert reading("a.html").document.text == words


@pytest.mark.parametrize("page", ["<html></html>", "<script>x</script>", "<!-- a -->", "<?xml version='1.0'?>"])
def test_a_page_without_text(tmp_path: Path, reading: Any, page: str) -> None:
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert "no text" in reading("a.html").problem.what


def test_deep_nesting(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "a.html").write_text("<p>Above.</p>" + "<div>" * 3000 + "deep", encoding="utf-8")
    assert reading("a.html").items
