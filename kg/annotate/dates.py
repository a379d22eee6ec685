"""Dates of a text, resolved to the part that is certain: 2017, 2017-04 or 2017-04-19.

What is relative to the day of writing ("this April", "last week") is resolved against the document's date; what is
relative to the story ("two years later") against the nearest date before it in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.annotate.amounts import spelled
from kg.annotate.date_contexts import Scene, is_date, words_before
from kg.annotate.date_forms import ANY_YEAR, DATE, DAY, MONTH, NTH, TO, YEAR
from kg.annotate.moments import Moment, common, days_on, moment_of, months_on, week, weekday, year_of
from kg.annotate.text import GAP, word_set
from kg.model import Span, Value

_MONTHS = {
    **{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11},
    "dec": 12,
}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_UNITS = {"day": 0, "week": 0, "month": 1, "year": 12, "decade": 120}
_AROUND = word_set("about around some nearly almost over than least roughly approximately")
_COMING = re.compile(
    r"\b(?:will|shall|(?:is|are|going|set|expects?|plans?) to|due|scheduled|planned|slated)\b[^.,;:!?\n]{0,60}\Z"
)
_AFTER = re.compile(rf"{TO}(?:{DAY}{NTH}{GAP})?(?P<month>{MONTH})(?:{GAP}{DAY})?,?{GAP}(?P<year>{YEAR})")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date expression; value is None where it stays unknown, and its numbers are no counts either."""

    span: Span
    value: Value | None


_CHAIN = re.compile(rf"(?:,{GAP}?(?:and{GAP}|or{GAP})?|{TO})\Z")


def find_dates(text: str, document_date: str | None) -> list[FoundDate]:
    """The dates of a text, in order.

    document_date: ISO 8601, perhaps only a year or a month; without it relative dates have no value.
    """
    today = moment_of(document_date)
    before: Moment | None = None
    end = -1
    found = []
    for match in DATE.finditer(text):
        begin = match.start()
        chained = 0 <= begin - end <= 8 and bool(_CHAIN.match(text, end, begin))
        scene = Scene(text, today, before, chained)
        if not is_date(match, scene):
            continue
        moment = _RESOLVERS[match.lastgroup or ""](match, scene)
        value = moment.value() if moment else None
        before = moment if value else before
        end = match.end()
        found.append(FoundDate(Span(begin, end), value))
    return found


def _iso(match: re.Match[str], _scene: Scene) -> Moment | None:
    year, month, day = int(match["iso_y"]), int(match["iso_m"]), match["iso_d"]
    if day is None and month == (year + 1) % 100:
        return None  # "2007-08" may be a season of two years
    return Moment(year, month, int(day) if day else None)


def _numeric(match: re.Match[str], _scene: Scene) -> Moment | None:
    first, second, year = int(match["num_a"]), int(match["num_b"]), int(match["num_y"])
    if match["num_s"] == "." or first == second or first > 12:
        return Moment(year, second, first)
    return Moment(year, first, second) if second > 12 else None


def _calendar(form: str) -> Callable[[re.Match[str], Scene], Moment | None]:
    """The resolver of a form that names a month, perhaps with a day and a year."""

    def resolve(match: re.Match[str], scene: Scene) -> Moment | None:
        groups = match.groupdict()
        month = _MONTHS[groups[f"{form}_m"][:3].lower()]
        day = groups.get(f"{form}_d")
        written = groups.get(f"{form}_y")
        year = _year(written, scene) if written else _nearest_year(match, scene, month, int(day) if day else None)
        return Moment(year, month, int(day) if day else None) if year is not None else None

    return resolve


def _year_only(form: str) -> Callable[[re.Match[str], Scene], Moment | None]:
    def resolve(match: re.Match[str], scene: Scene) -> Moment | None:
        year = _year(match[f"{form}_y"], scene)
        return Moment(year) if year is not None else None

    return resolve


def _year(written: str, scene: Scene) -> int | None:
    """The year that digits or words ("last year", "the same year") stand for."""
    if written.isdigit():
        return int(written) if len(written) == 4 else 2000 + int(written)
    shift = {"this": 0, "last": -1, "next": 1}.get(written.split(maxsplit=1)[0].lower())
    base = scene.before if shift is None else scene.today
    return base.year + (shift or 0) if base else None


def _nearest_year(match: re.Match[str], scene: Scene, month: int, day: int | None) -> int | None:
    """The year of a month or day without one: that of the range it begins, else the latest, or coming, occurrence."""
    after = _AFTER.match(scene.text, match.end())
    if after:
        return int(after["year"]) - (month > _MONTHS[after["month"][:3].lower()])
    today = scene.today
    if today is None or today.month is None:
        return None
    there = (month, day or 0)
    if _COMING.search(scene.text[max(0, match.start() - 80) : match.start()]):
        return today.year + (there < (today.month, (today.day or 1) if day else 0))
    return today.year - (there > (today.month, (today.day or 31) if day else 0))


def _relative(match: re.Match[str], scene: Scene) -> Moment | None:
    words, unit = match["rel_w"].lower().split(), match["rel_u"]
    shift = (
        -1 if {"last", "past", "previous", "preceding"} & set(words) else 1 if {"next", "following"} & set(words) else 0
    )
    story = words[0] in {"the", "that"}
    base = scene.before if story else scene.today
    if base is None and words == ["this"]:
        base = _year_right_before(match, scene)
    if base is None or unit.lower() == "winter":
        return None
    if unit == "year":
        return Moment(base.year + shift)
    if unit == "month":
        return months_on(base, shift)
    if unit == "day":
        return days_on(base, shift)
    if unit == "week":
        return week(base, shift)
    if unit.lower() in _SEASONS:
        start = _SEASONS[unit.lower()]
        year = year_of(base, start + 2 if shift < 0 else start, shift)
        return Moment(year) if year is not None else None
    if unit[:3].lower() in _MONTHS:
        month = _MONTHS[unit[:3].lower()]
        year = year_of(base, month, shift)
        return Moment(year, month) if year is not None and words != ["that"] else None
    return weekday(base, unit, shift) if not (story and shift == 0) else None


def _year_right_before(match: re.Match[str], scene: Scene) -> Moment | None:
    """ "the Expo 2017 this April": the year stands beside the month, whatever the document's date."""
    year = re.search(rf"\b({ANY_YEAR}),? $", scene.text[max(0, match.start() - 7) : match.start()])
    return Moment(int(year[1])) if year else None


def _bare_weekday(match: re.Match[str], scene: Scene) -> Moment | None:
    if scene.today is None:
        return None
    coming = _COMING.search(scene.text[max(0, match.start() - 80) : match.start()])
    base = scene.today if coming else days_on(scene.today, 1)
    return weekday(base, match["weekday_d"], 1 if coming else -1) if base else None


def _distance(match: re.Match[str], scene: Scene) -> Moment | None:
    word, unit = match["dist_w"].split()[0].lower(), match["dist_u"]
    base = scene.today if word == "ago" else scene.before
    before = words_before(scene.text, match.start())
    count = int(match["dist_n"]) if match["dist_n"].isdigit() else spelled(match["dist_n"].lower().replace("an", "a"))
    if base is None or count is None or (before and before[-1].lower() in _AROUND):
        return None
    steps = int(count) if word in {"later", "afterwards", "after"} else -int(count)
    if unit in {"year", "decade"}:
        return Moment(base.year + steps * _UNITS[unit] // 12)
    if unit == "month":
        return months_on(base, steps)
    if unit == "week":
        return common(days_on(base, 7 * steps - 3), days_on(base, 7 * steps + 3))
    return days_on(base, steps)


def _today(match: re.Match[str], scene: Scene) -> Moment | None:
    shift = {"yesterday": -1, "tomorrow": 1}.get(match["today_w"].lower(), 0)
    return days_on(scene.today, shift) if scene.today and shift else scene.today


_RESOLVERS: dict[str, Callable[[re.Match[str], Scene], Moment | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "dmy": _calendar("dmy"),
    "mdy": _calendar("mdy"),
    "my": _calendar("my"),
    "month": _calendar("month"),
    "season": _year_only("season"),
    "fiscal": _year_only("fiscal"),
    "vague": _year_only("vague"),
    "year": _year_only("year"),
    "relative": _relative,
    "distance": _distance,
    "today": _today,
    "weekday": _bare_weekday,
}
