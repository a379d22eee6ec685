"""Whether what has the form of a date is one where it stands: a month no person, four digits no count."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.annotate.amounts import COUNTED
from kg.annotate.date_forms import YEAR
from kg.annotate.moments import Moment
from kg.annotate.text import GAP, word_set

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

_WORD_AFTER = re.compile(rf"{GAP}([^\W\d_]+)")
_FACT_AFTER = re.compile(rf"(?:{GAP}?[:–—|]|{GAP}(?:was|is|saw|will|brought|marked)\b|[^\S\n]*(?:\n|\Z))")
_COMPOUND = re.compile(r"[-–—/]\w")
_UNTIL_YEAR = re.compile(rf"[-–—]{YEAR}(?![-–/]\w)")
_AT_EVENT = re.compile(r"\b(?:[Aa]t|[Dd]uring)\s(?:the\s)?(?:[A-Z][\w&-]*\s){1,4}\Z")


@dataclass(frozen=True, slots=True)
class Scene:
    """What a date is resolved against. today: the document's date. before: the nearest date before it in the text.

    chained: whether only ", ", "and" or the like stands between that date and this one.
    """

    text: str
    today: Moment | None
    before: Moment | None
    chained: bool


def words_before(text: str, begin: int) -> list[str]:
    """The last words before an offset, without opening quotes and brackets."""
    return [word.lstrip("\"'“‘(«[") or word for word in text[max(0, begin - 48) : begin].split()[-3:]]


def is_date(match: re.Match[str], scene: Scene) -> bool:
    """Whether what has a date's form is one where it stands; of most forms the form alone is enough."""
    decide = _CONTEXTS.get(match.lastgroup or "")
    return decide is None or decide(match, scene)


def _is_relative(match: re.Match[str], scene: Scene) -> bool:
    """Whether "last month" is a time, not a stretch of it ("over the last month")."""
    first = match["rel_w"].split()[0].lower()
    before = words_before(scene.text, match.start())
    last = before[-1].lower() if before else ""
    if match["rel_u"] == "day" and first in {"this", "last", "next"}:
        return False
    return last not in (_DURATIONS if first == "the" else {"the", "of the"})


def _is_month(match: re.Match[str], scene: Scene) -> bool:
    """Whether the name of a month is no person and no verb: a preposition or an article tells."""
    if scene.chained or match[0] != match["month_m"]:
        return True
    before = words_before(scene.text, match.start())
    last = before[-1].lower() if before else ""
    after = _WORD_AFTER.match(scene.text, match.end())
    capital = after is not None and after[1][0].isupper()
    if last in _DETERMINERS:
        return after is not None and not capital
    if last in _ANY_MONTH_AFTER:
        return True
    return last in _PREPOSITIONS and not (capital and match[0] in _MAYBE_PEOPLE)


def _is_weekday(match: re.Match[str], scene: Scene) -> bool:
    before = words_before(scene.text, match.start())
    last = before[-1] if before else ""
    after = _WORD_AFTER.match(scene.text, match.end())
    if last.lower() == "on" or scene.chained:
        return True
    capital = after is not None and after[1][0].isupper()
    return last.isalpha() and last.islower() and last not in _NEVER_BEFORE_WEEKDAY and not capital


def _is_year(match: re.Match[str], scene: Scene) -> bool:
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
    return _year_after(words_before(text, begin), following, match, scene)


def _year_after(before: list[str], following: str, match: re.Match[str], scene: Scene) -> bool:
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


_CONTEXTS: dict[str, Callable[[re.Match[str], Scene], bool]] = {
    "relative": _is_relative,
    "month": _is_month,
    "weekday": _is_weekday,
    "year": _is_year,
}
