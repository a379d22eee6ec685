"""Dates of a text, resolved to the part that is certain: 2017, 2017-04 or 2017-04-19.

What is relative to the day of writing ("this April", "last week") is resolved against the document's date; what is
relative to the story ("two years later") against the nearest date before it in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from kg.annotate.amounts import COUNTED, SMALL_NUMBER, spelled
from kg.annotate.text import GAP, word_set
from kg.model import Datatype, Span, Value


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


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date expression; value is None where it stays unknown, and its numbers are no counts either."""

    span: Span
    value: Value | None


_MONTHS = {
    **{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11},
    "dec": 12,
}
_WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_UNITS = {"day": 0, "week": 0, "month": 1, "year": 12, "decade": 120}

_FULL_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT_MONTH = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_MONTH = rf"(?:(?:{_FULL_MONTH}|{_FULL_MONTH.upper()})(?!\w)|(?:{_SHORT_MONTH})(?!\w)\.?)"
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SEASON = "(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_ANY_YEAR = "(?:1[5-9][0-9]{2}|20[0-9]{2}|2100)"
_YEAR = rf"{_ANY_YEAR}(?![\w%]|[.,'’][0-9])"
_SOME_YEAR = rf"(?:{_YEAR}|(?:this|last|next|that|the{GAP}same){GAP}year\b)"
_TO = rf"(?:{GAP}?[-–—]{GAP}?|{GAP}(?:to|and|or|until|through){GAP})"
_VAGUE = rf"(?:(?:[Ee]arly|[Ll]ate|[Mm]id)(?:{GAP}|-))"
_COUNT = rf"(?:[0-9]{{1,3}}|[Aa]n?|(?:{SMALL_NUMBER})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)"
_ORDINAL = "(?:st|nd|rd|th)?"
_NTH = r"(?:st|nd|rd|th|\.)?"
_LEAD = rf"(?:{_WEEKDAY},?{GAP}(?:the{GAP})?)?"

# In the order in which they are tried at a place; the groups of one form bear its name.
_FORMS = {
    "iso": rf"(?P<iso_y>{_ANY_YEAR})[-/](?P<iso_m>[0-9]{{2}})(?:[-/](?P<iso_d>[0-9]{{2}}))?(?:(?=T[0-9])|(?![\w/-]))",
    "numeric": rf"(?P<num_a>[0-9]{{1,2}})(?P<num_s>[./])(?P<num_b>[0-9]{{1,2}})(?P=num_s)(?P<num_y>{_YEAR})",
    "dmy": rf"{_LEAD}(?P<dmy_d>{_DAY}){_NTH}(?:{_TO}{_DAY}{_NTH})?{GAP}(?:of{GAP})?(?P<dmy_m>{_MONTH})"
    rf"(?:,?{GAP}(?:of{GAP})?(?P<dmy_y>{_SOME_YEAR}))?",
    "mdy": rf"{_LEAD}(?P<mdy_m>{_MONTH}){GAP}(?:the{GAP})?(?P<mdy_d>{_DAY}){_ORDINAL}(?:{_TO}{_DAY}{_ORDINAL})?"
    rf"(?![\w%€$£]|[.,:/-][0-9])(?:,?{GAP}(?P<mdy_y>{_SOME_YEAR}))?",
    "my": rf"{_VAGUE}?(?P<my_m>{_MONTH})(?:,|{GAP}of)?{GAP}(?P<my_y>{_SOME_YEAR})",
    "season": rf"{_VAGUE}?(?:{_SEASON}|Christmas|Easter)(?:{GAP}of)?{GAP}(?P<season_y>{_SOME_YEAR})(?![-–/][0-9])",
    "relative": rf"(?P<rel_w>[Tt]his(?:{GAP}past)?|[Ll]ast|[Nn]ext|[Tt]hat(?:{GAP}same)?"
    rf"|[Tt]he{GAP}(?:following|next|previous|preceding|same)){GAP}"
    rf"(?P<rel_u>day|week|month|year|{_SEASON}|{_FULL_MONTH}|{_WEEKDAY})(?!\w)",
    "distance": rf"(?P<dist_n>{_COUNT}){GAP}(?P<dist_u>day|week|month|year|decade)s?{GAP}"
    rf"(?P<dist_w>ago|earlier|later|afterwards|previously|(?:after|before){GAP}that)(?!\w)",
    "today": r"(?P<today_w>[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow)(?!\w|['’]s)",
    "fiscal": rf"(?:FY[ '’-]?|(?:Q[1-4]|H[12])[ /-])(?P<fiscal_y>{_YEAR}|(?<=FY)[0-9]{{2}}(?!\w))",
    "vague": rf"{_VAGUE}(?P<vague_y>{_YEAR})",
    "month": rf"{_VAGUE}?(?P<month_m>{_FULL_MONTH}|{_FULL_MONTH.upper()})(?!\w)",
    "weekday": rf"(?P<weekday_d>{_WEEKDAY})(?!\w)",
    "year": rf"(?P<year_y>{_YEAR})",
}
_DATE = re.compile(
    r"(?<!\w)(?<![0-9][.,:])(?:" + "|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items()) + ")"
)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What a date is resolved against. today: the document's date. before: the nearest date before it in the text.

    chained: whether only ", ", "and" or the like stands between that date and this one.
    """

    text: str
    today: Moment | None
    before: Moment | None
    chained: bool


_CHAIN = re.compile(rf"(?:,{GAP}?(?:and{GAP}|or{GAP})?|{_TO})\Z")


def find_dates(text: str, document_date: str | None) -> list[FoundDate]:
    """The dates of a text, in order.

    document_date: ISO 8601, perhaps only a year or a month; without it relative dates have no value.
    """
    today = _moment(document_date)
    before: Moment | None = None
    end = -1
    found = []
    for match in _DATE.finditer(text):
        begin = match.start()
        chained = 0 <= begin - end <= 8 and bool(_CHAIN.match(text, end, begin))
        scene = _Scene(text, today, before, chained)
        kind = match.lastgroup or ""
        if not _CONTEXTS.get(kind, _anywhere)(match, scene):
            continue
        moment = _RESOLVERS[kind](match, scene)
        value = moment.value() if moment else None
        before = moment if value else before
        end = match.end()
        found.append(FoundDate(Span(begin, end), value))
    return found


def _moment(iso: str | None) -> Moment | None:
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T.*)?", iso or "")
    if match is None:
        return None
    year, month, day = match.groups()
    moment = Moment(int(year), int(month) if month else None, int(day) if day else None)
    return moment if moment.value() else None


_PREPOSITIONS = word_set(
    "in since until till by from of during after before between through throughout for circa ca. c. late early mid "
    "year years season vintage fiscal"
)
_DETERMINERS = word_set("the its his her their our my your this a an")
_FOUNDED = word_set("founded established est. born launched created opened introduced dated released published")
_EVENTS = word_set(
    "show expo exhibition fair messe festival congress conference convention summit forum symposium week award awards "
    "prize cup olympics games championship championships salon salone biennale marathon edition grand-prix rally"
)
_AMOUNT_NOUNS = word_set(
    "staff workforce total price team fleet capacity headcount turnover revenue number maximum minimum crew cost power "
    "circulation series"
)
_NO_VERB = word_set("increase increased rise rose grew grow cut fell fall reduced up down")
_MAYBE_PEOPLE = word_set("April May June August")
_ANY_MONTH_AFTER = word_set("in since until till during throughout")
_NEVER_BEFORE_WEEKDAY = word_set("a an the every each per most some many another black")
_DURATIONS = word_set("over in within for during throughout")
_AROUND = word_set("about around some nearly almost over than least roughly approximately")

_WORD_AFTER = re.compile(rf"{GAP}([^\W\d_]+)")
_FACT_AFTER = re.compile(rf"(?:{GAP}?[:–—|]|{GAP}(?:was|is|saw|will|brought|marked)\b|[^\S\n]*(?:\n|\Z))")
_COMPOUND = re.compile(r"[-–—/]\w")
_UNTIL_YEAR = re.compile(rf"[-–—]{_YEAR}(?![-–/]\w)")
_AT_EVENT = re.compile(r"\b(?:[Aa]t|[Dd]uring)\s(?:the\s)?(?:[A-Z][\w&-]*\s){1,4}\Z")
_COMING = re.compile(
    r"\b(?:will|shall|(?:is|are|going|set|expects?|plans?) to|due|scheduled|planned|slated)\b[^.,;:!?\n]{0,60}\Z"
)
_AFTER = re.compile(rf"{_TO}(?:{_DAY}{_NTH}{GAP})?(?P<month>{_MONTH})(?:{GAP}{_DAY})?,?{GAP}(?P<year>{_YEAR})")


def _words_before(text: str, begin: int) -> list[str]:
    """The last words before an offset, without opening quotes and brackets."""
    return [word.lstrip("\"'“‘(«[") or word for word in text[max(0, begin - 48) : begin].split()[-3:]]


def _anywhere(_match: re.Match[str], _scene: _Scene) -> bool:
    """The form alone is enough."""
    return True


def _is_relative(match: re.Match[str], scene: _Scene) -> bool:
    """Whether "last month" is a time, not a stretch of it ("over the last month")."""
    first = match["rel_w"].split()[0].lower()
    before = _words_before(scene.text, match.start())
    last = before[-1].lower() if before else ""
    if match["rel_u"] == "day" and first in {"this", "last", "next"}:
        return False
    return last not in (_DURATIONS if first == "the" else {"the", "of the"})


def _is_month(match: re.Match[str], scene: _Scene) -> bool:
    """Whether the name of a month is no person and no verb: a preposition or an article tells."""
    if scene.chained or match[0] != match["month_m"]:
        return True
    before = _words_before(scene.text, match.start())
    last = before[-1].lower() if before else ""
    after = _WORD_AFTER.match(scene.text, match.end())
    capital = after is not None and after[1][0].isupper()
    if last in _DETERMINERS:
        return after is not None and not capital
    if last in _ANY_MONTH_AFTER:
        return True
    return last in _PREPOSITIONS and not (capital and match[0] in _MAYBE_PEOPLE)


def _is_weekday(match: re.Match[str], scene: _Scene) -> bool:
    before = _words_before(scene.text, match.start())
    last = before[-1] if before else ""
    after = _WORD_AFTER.match(scene.text, match.end())
    if last.lower() == "on" or scene.chained:
        return True
    capital = after is not None and after[1][0].isupper()
    return last.isalpha() and last.islower() and last not in _NEVER_BEFORE_WEEKDAY and not capital


def _is_year(match: re.Match[str], scene: _Scene) -> bool:
    """Whether four digits are a year: what stands before and after decides."""
    text, begin, end = scene.text, match.start(), match.end()
    if _COMPOUND.match(text, end) and not _UNTIL_YEAR.match(text, end):
        return False
    after = _WORD_AFTER.match(text, end)
    following = after[1].lower() if after else ""
    if following in COUNTED or text[end : end + 1] in {"€", "$", "£"}:
        return False
    if scene.chained:
        return True
    if begin and text[begin - 1] in "-–—/#$€£¥.:+_'’":
        return False
    if not text[max(0, begin - 3) : begin].strip(" \t#*") or text[begin - 1] == "\n":
        return bool(_FACT_AFTER.match(text, end)) and (begin == 0 or "\n" in text[max(0, begin - 4) : begin])
    return _year_after(_words_before(text, begin), following, match, scene)


def _year_after(before: list[str], following: str, match: re.Match[str], scene: _Scene) -> bool:
    text, end = scene.text, match.end()
    last = before[-1] if before else ""
    word = last.lower()
    second = before[-2].lower().rstrip(",.;") if len(before) > 1 else ""
    if last.endswith("(") or text[match.start() - 1] == "(":
        return text[end : end + 1] in {")", ",", ";", "-", "–"} or following in {"to", "until", "and"}
    if word in {"©", "(c)", "copyright"}:
        return True
    if word.rstrip(":") in _FOUNDED:
        return not following or following in _PREPOSITIONS or following in {"as", "with", "and", "at"}
    if word in _PREPOSITIONS:
        return second not in (_AMOUNT_NOUNS if word in {"of", "for"} else _NO_VERB if word in {"by", "from"} else ())
    if word in _DETERMINERS or word.endswith(("'s", "’s")):
        return bool(following) and following not in {"or", "and", "to", "of", "in"}
    if last[:1].isupper():
        return word in _EVENTS or bool(_AT_EVENT.search(text[max(0, match.start() - 60) : match.start()]))
    return False


_CONTEXTS: dict[str, Callable[[re.Match[str], _Scene], bool]] = {
    "relative": _is_relative,
    "month": _is_month,
    "weekday": _is_weekday,
    "year": _is_year,
}


def _iso(match: re.Match[str], _scene: _Scene) -> Moment | None:
    year, month, day = int(match["iso_y"]), int(match["iso_m"]), match["iso_d"]
    if day is None and month == (year + 1) % 100:
        return None  # "2007-08" may be a season of two years
    return Moment(year, month, int(day) if day else None)


def _numeric(match: re.Match[str], _scene: _Scene) -> Moment | None:
    first, second, year = int(match["num_a"]), int(match["num_b"]), int(match["num_y"])
    if match["num_s"] == "." or first == second or first > 12:
        return Moment(year, second, first)
    return Moment(year, first, second) if second > 12 else None


def _calendar(form: str) -> Callable[[re.Match[str], _Scene], Moment | None]:
    """The resolver of a form that names a month, perhaps with a day and a year."""

    def resolve(match: re.Match[str], scene: _Scene) -> Moment | None:
        groups = match.groupdict()
        month = _MONTHS[groups[f"{form}_m"][:3].lower()]
        day = groups.get(f"{form}_d")
        written = groups.get(f"{form}_y")
        year = _year(written, scene) if written else _nearest_year(match, scene, month, int(day) if day else None)
        return Moment(year, month, int(day) if day else None) if year is not None else None

    return resolve


def _year_only(form: str) -> Callable[[re.Match[str], _Scene], Moment | None]:
    def resolve(match: re.Match[str], scene: _Scene) -> Moment | None:
        year = _year(match[f"{form}_y"], scene)
        return Moment(year) if year is not None else None

    return resolve


def _year(written: str, scene: _Scene) -> int | None:
    """The year that digits or words ("last year", "the same year") stand for."""
    if written.isdigit():
        return int(written) if len(written) == 4 else 2000 + int(written)
    shift = {"this": 0, "last": -1, "next": 1}.get(written.split(maxsplit=1)[0].lower())
    base = scene.before if shift is None else scene.today
    return base.year + (shift or 0) if base else None


def _nearest_year(match: re.Match[str], scene: _Scene, month: int, day: int | None) -> int | None:
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


def _relative(match: re.Match[str], scene: _Scene) -> Moment | None:
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
        return _months_on(base, shift)
    if unit == "day":
        return _days_on(base, shift)
    if unit == "week":
        return _week(base, shift)
    if unit.lower() in _SEASONS:
        start = _SEASONS[unit.lower()]
        year = _year_of(base, start + 2 if shift < 0 else start, shift)
        return Moment(year) if year is not None else None
    if unit[:3].lower() in _MONTHS:
        month = _MONTHS[unit[:3].lower()]
        year = _year_of(base, month, shift)
        return Moment(year, month) if year is not None and words != ["that"] else None
    return _weekday(base, unit, shift) if not (story and shift == 0) else None


def _year_right_before(match: re.Match[str], scene: _Scene) -> Moment | None:
    """ "the Expo 2017 this April": the year stands beside the month, whatever the document's date."""
    year = re.search(rf"\b({_ANY_YEAR}),? $", scene.text[max(0, match.start() - 7) : match.start()])
    return Moment(int(year[1])) if year else None


def _year_of(base: Moment, month: int, shift: int) -> int | None:
    """The year of the last (-1), this (0) or next (1) such month, seen from a date."""
    if shift == 0:
        return base.year
    if base.month is None:
        return None
    return base.year - (month >= base.month) if shift < 0 else base.year + (month <= base.month)


def _months_on(base: Moment, count: int) -> Moment | None:
    if base.month is None:
        return Moment(base.year + count // 12) if count % 12 == 0 else None
    index = base.year * 12 + base.month - 1 + count
    return Moment(index // 12, index % 12 + 1)


def _days_on(base: Moment, count: int) -> Moment | None:
    if base.month is None or base.day is None:
        return None
    try:
        day = date(base.year, base.month, base.day) + timedelta(days=count)
    except OverflowError:
        return None
    return Moment(day.year, day.month, day.day)


def _common(first: Moment | None, last: Moment | None) -> Moment | None:
    """What two days have in common: their month, their year, or nothing."""
    if first is None or last is None or first.year != last.year:
        return None
    return Moment(first.year, first.month) if first.month == last.month else Moment(first.year)


def _day_of_week(base: Moment) -> int:
    return date(base.year, base.month or 1, base.day or 1).weekday()


def _week(base: Moment, shift: int) -> Moment | None:
    monday = 7 * shift - _day_of_week(base)
    return _common(_days_on(base, monday), _days_on(base, monday + 6))


def _weekday(base: Moment, name: str, shift: int) -> Moment | None:
    """The last such day before a date (-1), the next after it (1), or that of its week (0)."""
    ahead = _WEEKDAYS[name[:3].lower()] - _day_of_week(base)
    if shift < 0:
        ahead = -((-ahead - 1) % 7) - 1
    elif shift > 0:
        ahead = (ahead - 1) % 7 + 1
    return _days_on(base, ahead)


def _bare_weekday(match: re.Match[str], scene: _Scene) -> Moment | None:
    if scene.today is None:
        return None
    coming = _COMING.search(scene.text[max(0, match.start() - 80) : match.start()])
    base = scene.today if coming else _days_on(scene.today, 1)
    return _weekday(base, match["weekday_d"], 1 if coming else -1) if base else None


def _distance(match: re.Match[str], scene: _Scene) -> Moment | None:
    word, unit = match["dist_w"].split()[0].lower(), match["dist_u"]
    base = scene.today if word == "ago" else scene.before
    before = _words_before(scene.text, match.start())
    count = int(match["dist_n"]) if match["dist_n"].isdigit() else spelled(match["dist_n"].lower().replace("an", "a"))
    if base is None or count is None or (before and before[-1].lower() in _AROUND):
        return None
    steps = int(count) if word in {"later", "afterwards", "after"} else -int(count)
    if unit in {"year", "decade"}:
        return Moment(base.year + steps * _UNITS[unit] // 12)
    if unit == "month":
        return _months_on(base, steps)
    if unit == "week":
        return _common(_days_on(base, 7 * steps - 3), _days_on(base, 7 * steps + 3))
    return _days_on(base, steps)


def _today(match: re.Match[str], scene: _Scene) -> Moment | None:
    shift = {"yesterday": -1, "tomorrow": 1}.get(match["today_w"].lower(), 0)
    return _days_on(scene.today, shift) if scene.today and shift else scene.today


_RESOLVERS: dict[str, Callable[[re.Match[str], _Scene], Moment | None]] = {
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
