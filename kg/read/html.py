"""Web pages: the main text, without menus, footers and advertisements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.read.dates import iso_date
from kg.read.draft import Draft, File
from kg.read.text import clean, decode, paragraphs, row

if TYPE_CHECKING:
    from lxml.etree import _Element

# Names of HTML, and of the tree that trafilatura makes (head, item, list, quote, row, cell, lb).
# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "tfoot", "thead", "ul", "head", "item", "list", "quote",
))
_UNSEEN = frozenset((
    "audio", "button", "canvas", "datalist", "iframe", "link", "math", "meta", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "title", "video",
))
# fmt: on
_ROWS = frozenset(("tr", "row"))
_CELLS = frozenset(("td", "th", "cell"))
_BREAKS = frozenset(("br", "lb"))
# What pages call by these names is Windows-1252 (WHATWG Encoding Standard, 4.2).
_CALLED_LATIN = frozenset(("ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
# So many paragraphs tell whether the main text is sound; all of them would take long on a long page.
_SAMPLE = 200
_BLANKS = re.compile(r"[ \t\n]+")
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
# Dublin Core, Open Graph, schema.org, Highwire and what is usual beside them, best first.
_DATE_NAMES = (
    "article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "dcterms.created",
    "citation_publication_date",
    "citation_date",
    "publish-date",
    "publish_date",
    "pubdate",
    "date",
)


def read_html(file: File) -> Iterator[Draft]:
    """The main text by trafilatura, all visible text where it finds none; title and date from the metadata.

    The date is taken from metadata only, never guessed from the text: a wrong one would shift every
    relative date.
    """
    page = clean(decode(file.data, _declared(file.data)))
    tree = _tree(page)
    if tree is None:
        yield Draft("")
        return
    dates = list(_dates(tree))
    date = next((date for date in map(iso_date, dates) if date), None) or next(iter(dates), None)
    title, main = _main(page)
    seen = _visible(tree)
    text = paragraphs(main if _sound(main, seen, tree) else seen)
    yield Draft(text, {"title": title or tree.findtext(".//title"), "date": date})


def visible_text(fragment: str) -> str:
    """The text that a browser would show of a piece of HTML, in paragraphs."""
    tree = _tree(fragment)
    return "" if tree is None else paragraphs(_visible(tree))


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data, 0, 4096)
    name = match[1].decode("ascii", "replace").lower() if match else None
    return "cp1252" if name in _CALLED_LATIN else name


def _tree(page: str) -> _Element | None:
    from lxml import etree

    # As bytes: lxml refuses characters whose first line declares an encoding.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(page.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def _main(page: str) -> tuple[str | None, list[str]]:
    """Title and main paragraphs as trafilatura finds them."""
    from trafilatura import bare_extraction

    # A fixed horizon: by default pages "from the future" depend on today's date.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}
    try:
        found = bare_extraction(
            page, with_metadata=True, include_comments=False, favor_recall=True, date_extraction_params=dates
        )
    except Exception:  # Broken markup fails in it in any way; the visible text is still there.
        return None, []
    if found is None or isinstance(found, dict):
        return None, []
    return found.title, [] if found.body is None else _visible(found.body)


def _sound(main: list[str], seen: list[str], tree: _Element) -> bool:
    """Whether the main text may be trusted: most of its paragraphs stand on the page as they are.

    On pages that it does not know what to make of, trafilatura runs lines together without a blank, and
    the lines of <pre> always; such pages are better taken as they are seen.
    """
    typed = sum(len(part) for pre in tree.iter("pre") for part in pre.itertext())
    if typed > sum(map(len, seen)) / 2:
        return False
    page = " ".join(" ".join(seen).split())
    sizes = [(len(part), " ".join(part.split()) in page) for part in main[:_SAMPLE]]
    return sum(size for size, there in sizes if there) * 2 > sum(size for size, _ in sizes)


def _visible(root: _Element) -> list[str]:
    """The paragraphs below an element, of HTML or of trafilatura's tree."""
    done: list[str] = []
    line: list[str] = []
    _walk(root, done, line, exact=False)
    _flush(done, line)
    return done


def _walk(element: _Element, done: list[str], line: list[str], *, exact: bool) -> None:
    """Goes down one element; the parser keeps trees less than 256 levels deep."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _UNSEEN or _hidden(element):
        return
    if tag in _BREAKS:
        line.append("\n")
        return
    if tag in _ROWS:
        _flush(done, line)
        done += row([_visible(cell) for cell in element if cell.tag in _CELLS])
        return
    block = tag in _BLOCKS
    exact = exact or tag == "pre"
    if block:
        _flush(done, line)
    for text, child in _parts(element):
        line.append(text if exact else _BLANKS.sub(" ", text))
        if child is not None:
            _walk(child, done, line, exact=exact)
    if block:
        _flush(done, line)


def _parts(element: _Element) -> Iterator[tuple[str, _Element | None]]:
    """Text and child in turns: the text before each child, and what stands after the last."""
    text = element.text or ""
    for child in element:
        yield text, child
        text = child.tail or ""
    yield text, None


def _flush(done: list[str], line: list[str]) -> None:
    text = "\n".join(" ".join(part.split()) for part in "".join(line).split("\n")).strip()
    line.clear()
    if text:
        done.append(text)


def _hidden(element: _Element) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(str(element.get("style", ""))))


def _dates(tree: _Element) -> Iterator[str]:
    """What the page says about its date of publication, best first."""
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = meta.get("content")
        for key in ("property", "name", "itemprop"):
            if content and meta.get(key):
                named.setdefault(str(meta.get(key)).lower(), str(content))
    yield from (named[name] for name in _DATE_NAMES if name in named)
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json":
            yield from _JSON_DATE.findall(script.text or "")
    yield from _times(list(tree.iter("time")))


def _times(elements: Sequence[_Element]) -> Iterator[str]:
    """The <time> elements that are marked as the date of publication, or the only one there is."""
    for element in elements:
        marked = "pubdate" in element.attrib or element.get("itemprop") == "datePublished"
        if element.get("datetime") and (marked or len(elements) == 1):
            yield str(element.get("datetime"))
