"""Dates of documents, as ISO 8601 down to the part that is known."""

from __future__ import annotations

import datetime as dt
import re

# The year first: then the order is clear, whatever stands between the parts.
_ISO = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2})(?:[T ].*)?)?)?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_LONGEST = 64
# What a date does not say is filled in from these; where the two results differ, it was not said.
_FILLED = (dt.datetime(2001, 1, 1), dt.datetime(2003, 2, 2))


def iso_date(text: str) -> str | None:
    """2017, 2017-05 or 2017-05-10 for a date in words or figures; None where it is unusable.

    Unusable is also what can be read in two ways ("03/04/2017") and a year of two digits, whose
    century would depend on today's date.
    """
    text = text.strip()
    match = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return _checked(*match.groups())
    if len(text) > _LONGEST or not _YEAR.search(text):
        return None
    month_first, day_first = _parsed(text, day_first=False), _parsed(text, day_first=True)
    return month_first if month_first == day_first else None


def _checked(year: str, month: str | None, day: str | None) -> str | None:
    try:
        dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part.zfill(2) for part in (year, month, day) if part)


def _parsed(text: str, *, day_first: bool) -> str | None:
    from dateutil import parser

    try:
        one, two = (parser.parse(text, default=default, dayfirst=day_first, ignoretz=True) for default in _FILLED)
    except (ValueError, ArithmeticError, LookupError, TypeError):
        return None
    if one.year != two.year:
        return None
    if one.day != two.day:
        return f"{one.year:04}-{one.month:02}" if one.month == two.month else f"{one.year:04}"
    return one.date().isoformat() if one.month == two.month else None
