"""Literals of a text: dates, amounts of money and counts, as mentions with a canonical value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.amounts import COUNTED, PEOPLE, Number, find_amounts, find_numbers, in_range, plain
from kg.annotate.dates import find_dates
from kg.annotate.text import GAP, word_set
from kg.model import Mention, Span, Value

_WORD_AFTER = re.compile(rf"{GAP}([^\W\d_]+(?:-[^\W\d_]+)*)")
_NO_COUNT_AFTER = re.compile(
    rf"(?:[^\S\n]?[%‰°]|{GAP}?(?:percent|per{GAP}cent|percentage|cents?|pence|[ap]\.?m\b|o['’]clock|halves|thirds|quarters|"
    r"fifths|sixths|sevenths|eighths|ninths|tenths|(?:st|nd|rd|th)\b))"
)
_GLUED_AFTER = re.compile(r"[\w/@:=&*^_~+-]|[-–—−][^\s]|[.,'’][0-9]|['’]s?\w")
_CODE_BEFORE = re.compile(r"(?:[\[/@#§=_$€£¥+−–-]|[0-9][:.,]|\.)\Z")
_DIGITS_BEFORE = re.compile(r"(?:[0-9][)/\s-]{1,2}|\+[0-9\s()]{0,12})\Z")
_CAPITAL_BEFORE = re.compile(r"[A-Z]\w*[^\S\n]\Z")
_DIGITS_AFTER = re.compile(r"[^\S\n]?[(/-]?[0-9]")
_STAFF_OF = re.compile(r"\b(staff|workforce|team|headcount|crew)\s(?:\w+\s)?of\s(?:[a-z]+\s){0,2}\Z")
_LIST_MARK = re.compile(r"[.)]\s")
_AFTER_CAPITAL = word_set(
    "about around over nearly almost only some with in at to of by today nowadays currently approximately roughly "
    "altogether together there now more than least by our its their the and or has have had employs employing employed"
)
_NUMBERING = word_set(
    "no. no nr. nr page chapter version section article figure table step level part vol. volume grade"
)
_MORE = word_set("more other further additional new different")
_FUNCTION_WORDS = word_set(
    "a an the and or but of in on at to for from by with as is are was were be been has have had will would can could "
    "that which who than per since until while when if not it he she they we you its his her their our this these "
    "those into over under after before so too also then there"
)


def find_values(text: str, document_date: str | None) -> list[Mention]:
    """The dates, amounts and counts of a text, in order and without overlaps; the longest wins.

    document_date: ISO 8601, perhaps partial; relative dates need it.
    """
    numbers = find_numbers(text)
    candidates: list[tuple[Span, Value | None, str]] = [
        (found.span, found.value, "") for found in find_dates(text, document_date)
    ]
    candidates += [(found.span, found.value, found.word) for found in find_amounts(text, numbers)]
    candidates += _counts(text, numbers)
    return [
        Mention(span, span.of(text), "value", head=head, annotator="values", value=value)
        for span, value, head in _apart(candidates)
        if value is not None
    ]


def _apart(candidates: list[tuple[Span, Value | None, str]]) -> list[tuple[Span, Value | None, str]]:
    """Those that overlap no longer one, in order; of equally long ones the first of dates, amounts, counts."""
    ranked = sorted(enumerate(candidates), key=lambda item: (item[1][0].begin - item[1][0].end, item[0]))
    taken: set[int] = set()
    kept = []
    for _, candidate in ranked:
        span = candidate[0]
        # Longer ones come first, so that whatever overlaps this one covers one of its ends.
        if span.begin not in taken and span.end - 1 not in taken:
            taken.update(range(span.begin, span.end))
            kept.append(candidate)
    return sorted(kept, key=lambda candidate: candidate[0])


def _counts(text: str, numbers: list[Number]) -> Iterator[tuple[Span, Value | None, str]]:
    for number in numbers:
        if number.value == number.value.to_integral_value() and _is_count(text, number):
            yield number.span, Value(plain(number.value), "integer"), _noun(text, number.span)
        elif number.value != number.value.to_integral_value() and _is_measure(text, number):
            yield number.span, Value(plain(number.value), "decimal"), _noun(text, number.span)


def _is_count(text: str, number: Number) -> bool:
    """Whether a number counts something: it is no part of a name, code, clock time, share, range or list mark."""
    begin, end = number.span.begin, number.span.end
    before, after = text[max(0, begin - 24) : begin], _WORD_AFTER.match(text, end)
    following = after[1] if after else ""
    if _GLUED_AFTER.match(text, end) or _NO_COUNT_AFTER.match(text, end) or before[-1:].isalnum():
        return False
    if number.words:
        capitals = text[begin].isupper() and _CAPITAL_BEFORE.search(before)
        if text[begin:end].lower() == "one" or before.endswith("-") or following[:1].isupper() or capitals:
            return False
    elif not _counts_in_digits(text, number, before, following.lower()):
        return False
    return not in_range(text, number.span)


def _is_measure(text: str, number: Number) -> bool:
    """Whether a number with a fraction measures something: it is no version, section, share or range."""
    begin, end = number.span.begin, number.span.end
    before = text[max(0, begin - 24) : begin]
    glued = _GLUED_AFTER.match(text, end) or _NO_COUNT_AFTER.match(text, end) or before[-1:].isalnum()
    coded = _CODE_BEFORE.search(before) or _DIGITS_BEFORE.search(before) or _DIGITS_AFTER.match(text, end)
    return not (number.words or glued or coded or in_range(text, number.span) or _in_name(number, before))


def _counts_in_digits(text: str, number: Number, before: str, following: str) -> bool:
    if number.dotted and following not in PEOPLE:
        return False
    if not number.grouped and "." in number.span.of(text):
        return False
    if _LIST_MARK.match(text, number.span.end) and (before.rstrip(" \t") or "\n").endswith("\n"):
        return False
    if following in COUNTED:
        return not _CODE_BEFORE.search(before)
    if _CODE_BEFORE.search(before) or _DIGITS_BEFORE.search(before) or _DIGITS_AFTER.match(text, number.span.end):
        return False
    return not _in_name(number, before)


def _in_name(number: Number, before: str) -> bool:
    """Whether a number right after a capital or a word for numbering is part of a name: "Kettle 12", "page 3"."""
    words = before.split()
    last = words[-1] if words and before[-1:].isspace() and "\n\n" not in before[-3:] else ""
    if last.lower() in _NUMBERING:
        return True
    capital = last[:1].isupper() and last[-1:].isalnum() and last.lower() not in _AFTER_CAPITAL
    return capital and not number.grouped


def _noun(text: str, span: Span) -> str:
    """What is counted: the people or things named within three words after the number, or the staff before it."""
    words: list[str] = []
    end = span.end
    while len(words) < 3 and (match := _WORD_AFTER.match(text, end)):
        words.append(match[1].lower())
        end = match.end()
    known = next((word for word in words if word in COUNTED), "")
    staff = _STAFF_OF.search(text[max(0, span.begin - 50) : span.begin])
    words = [word for word in words if word not in _MORE]
    first = words[0] if words and words[0] not in _FUNCTION_WORDS else ""
    return known if known in PEOPLE else staff[1] if staff else known or first
