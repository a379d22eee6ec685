"""Dates as far as they are known, and reckoning with them: some months on, the weekday before, what two days share."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from kg.model import Datatype, Value

_WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}


class Moment(NamedTuple):
    """A date as far as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    def value(self) -> Value | None:
        """The literal, or None for a date that no calendar has."""
        try:
            iso = date(self.year, self.month or 1, self.day or 1).isoformat()
        except (ValueError, OverflowError):
            return None
        size, kind = self._precision()
        return Value(iso[:size], kind)

    def _precision(self) -> tuple[int, Datatype]:
        if self.month is None:
            return 4, "gYear"
        return (7, "gYearMonth") if self.day is None else (10, "date")


def moment_of(iso: str | None) -> Moment | None:
    """A date of ISO 8601, perhaps only a year or a month; None for anything else."""
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T.*)?", iso or "")
    if match is None:
        return None
    year, month, day = match.groups()
    moment = Moment(int(year), int(month) if month else None, int(day) if day else None)
    return moment if moment.value() else None


def year_of(base: Moment, month: int, shift: int) -> int | None:
    """The year of the last (-1), this (0) or next (1) such month, seen from a date."""
    if shift == 0:
        return base.year
    if base.month is None:
        return None
    return base.year - (month >= base.month) if shift < 0 else base.year + (month <= base.month)


def months_on(base: Moment, count: int) -> Moment | None:
    """The month so many months after a date, or before it; of a year only whole years are known."""
    if base.month is None:
        return Moment(base.year + count // 12) if count % 12 == 0 else None
    index = base.year * 12 + base.month - 1 + count
    return Moment(index // 12, index % 12 + 1)


def days_on(base: Moment, count: int) -> Moment | None:
    """The day so many days after a date, or before it; None where its day is not known."""
    if base.month is None or base.day is None:
        return None
    try:
        day = date(base.year, base.month, base.day) + timedelta(days=count)
    except OverflowError:
        return None
    return Moment(day.year, day.month, day.day)


def common(first: Moment | None, last: Moment | None) -> Moment | None:
    """What two days have in common: their month, their year, or nothing."""
    if first is None or last is None or first.year != last.year:
        return None
    return Moment(first.year, first.month) if first.month == last.month else Moment(first.year)


def _day_of_week(base: Moment) -> int:
    return date(base.year, base.month or 1, base.day or 1).weekday()


def week(base: Moment, shift: int) -> Moment | None:
    """What is certain of the week before that of a date (-1), of its own (0) or the next (1)."""
    monday = 7 * shift - _day_of_week(base)
    return common(days_on(base, monday), days_on(base, monday + 6))


def weekday(base: Moment, name: str, shift: int) -> Moment | None:
    """The last such day before a date (-1), the next after it (1), or that of its week (0)."""
    ahead = _WEEKDAYS[name[:3].lower()] - _day_of_week(base)
    if shift < 0:
        ahead = -((-ahead - 1) % 7) - 1
    elif shift > 0:
        ahead = (ahead - 1) % 7 + 1
    return days_on(base, ahead)
