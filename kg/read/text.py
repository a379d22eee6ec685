"""Bytes to characters, and characters to the one form in which every document is kept."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Sequence

from kg.errors import ReadError
from kg.quiet import quiet

# The longer marks first: the mark of UTF-32-LE begins with the one of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The encodings of files that are not Unicode, most frequent first; they break a tie.
_USUAL = ("cp1252", "cp1250")
# How much worse they may fit: in letters that are odd side by side, and in letters of a language.
_CHAOS_SLACK = 0.1
_COHERENCE_SLACK = 0.05
# PDF, zip (docx and others), old Office, PNG, JPEG, GIF, gzip, RTF: some pass for text in some encoding.
_OTHER_FORMATS = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"{\\rtf",
)
_BINARY_SHARE = 0.01
_NEWLINE = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Controls, the soft hyphen, the byte order mark inside a text, and what XML cannot hold.
_REMOVED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MANY_NEWLINES = re.compile(r"\n{3,}")


def decode(data: bytes, declared: str | None = None) -> str:
    """The characters of a text file: byte order mark, UTF-8, what it declares, else a guess.

    declared: the encoding that the file itself names, as HTML does.
    Raises ReadError where the content is binary or in no encoding that is known.
    """
    if data.startswith(_OTHER_FORMATS):
        raise _binary()
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"))
    for encoding in filter(None, ("utf-8", declared)):
        try:
            return _checked(data.decode(encoding))
        except (LookupError, UnicodeError, ValueError):
            continue
    return _checked(_guessed(data))


def clean(text: str) -> str:
    """Newlines as \\n, and no character that cannot be shown or stored."""
    if _is_plain(text):
        return text
    return _SURROGATE.sub("\ufffd", _REMOVED.sub("", _NEWLINE.sub("\n", text)))


def normalise(text: str) -> str:
    """The form in which a document's text is kept; spans count in it. Done twice, it changes nothing.

    Unicode NFC (UAX 15), \\n for newlines, no controls but \\n and \\t, no blanks at the end of a line,
    at most one blank line in a row, none at the beginning or the end.
    """
    # Line by line: a regular expression for blanks at the end takes quadratic time on a long run of blanks.
    lines = [line.rstrip() for line in unicodedata.normalize("NFC", clean(text)).split("\n")]
    joined = "\n".join(lines).strip("\n")
    return _MANY_NEWLINES.sub("\n\n", joined) if "\n\n\n" in joined else joined


def one_line(text: str) -> str:
    """A title, a name or an id: normalised, on one line, single blanks."""
    return " ".join(normalise(text).split())


def paragraphs(parts: Iterable[str]) -> str:
    """One text of these paragraphs, a blank line between them; empty ones are left out."""
    return "\n\n".join(part for part in parts if part.strip())


def row(cells: Sequence[Sequence[str]]) -> list[str]:
    """The paragraphs that a table's row becomes: one line, or its text where one cell holds all of it.

    cells: for each cell its paragraphs. Pages laid out with tables put whole articles into one cell.
    """
    filled = [[part for part in cell if part.strip()] for cell in cells]
    filled = [cell for cell in filled if cell]
    if len(filled) <= 1:
        return [part for cell in filled for part in cell]
    return [" | ".join(" ".join(" ".join(cell).split()) for cell in filled)]


def _is_plain(text: str) -> bool:
    """Whether there is nothing to clean: all that is removed or replaced counts as not printable, and this is fast."""
    return text.replace("\n", "").replace("\t", "").isprintable()


def _checked(text: str) -> str:
    """The text itself, if it is one: stray controls are forgiven, many mean binary content."""
    if _is_plain(text) and "\ufffd" not in text:
        return text
    removed = _REMOVED.findall(_NEWLINE.sub("\n", text))
    strange = sum(1 for sign in removed if sign not in "\u00ad\ufeff") + text.count("\ufffd")
    if strange > max(2, len(text) * _BINARY_SHARE):
        raise _binary()
    return text


@quiet("charset_normalizer")
def _guessed(data: bytes) -> str:
    """charset-normalizer's best guess, or a more usual encoding that fits as well.

    On short texts many encodings fit alike, and the first of them is often an exotic one.
    """
    from charset_normalizer import from_bytes

    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        raise _binary()
    for encoding in _USUAL:
        found = from_bytes(data, cp_isolation=[encoding], enable_fallback=False).best()
        if found and found.coherence >= best.coherence - _COHERENCE_SLACK and found.chaos <= best.chaos + _CHAOS_SLACK:
            return str(found)
    return str(best)


def _binary() -> ReadError:
    return ReadError(
        "its content is binary, not text", hint="save it as UTF-8 text, or give it the suffix it should have"
    )
