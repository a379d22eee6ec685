from __future__ import annotations

import calendar
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.dates import find_dates

WRITTEN = "2021-05-12"  # a Wednesday


def dates(text: str, written: str | None = WRITTEN) -> list[tuple[str, str]]:
    found = find_dates(text, written)
    return [(date.span.of(text), date.value.lexical) for date in found if date.value]


@pytest.mark.parametrize(
    ("text", "surface", "lexical"),
    [
        ("in 2007, he left", "2007", "2007"),
        ("Founded in 1998 in Bremen", "1998", "1998"),
        ("founded 1998", "1998", "1998"),
        ("Founded: 1998", "1998", "1998"),
        ("The mill (2007) is old", "2007", "2007"),
        ("its 2018 edition", "2018", "2018"),
        ("the year 2000", "2000", "2000"),
        ("Harbour Show 2017", "2017", "2017"),
        ("at Interdoor 2018 in Bonn", "2018", "2018"),
        ("2007: first door", "2007", "2007"),
        ("19 April 2007", "19 April 2007", "2007-04-19"),
        ("April 19, 2007", "April 19, 2007", "2007-04-19"),
        ("on the 19th of April 2007", "19th of April 2007", "2007-04-19"),
        ("Thursday, 19 April 2007", "Thursday, 19 April 2007", "2007-04-19"),
        ("Bonn, 12 MAY 2021 –", "12 MAY 2021", "2021-05-12"),
        ("from 19–23 April 2007", "19–23 April 2007", "2007-04-19"),
        ("in April 2007", "April 2007", "2007-04"),
        ("Apr. 2007", "Apr. 2007", "2007-04"),
        ("2007-04-19", "2007-04-19", "2007-04-19"),
        ("2019-03-04T10:30:00", "2019-03-04", "2019-03-04"),
        ("19/04/2007", "19/04/2007", "2007-04-19"),
        ("04/19/2007", "04/19/2007", "2007-04-19"),
        ("19.04.2007", "19.04.2007", "2007-04-19"),
        ("in spring 2019", "spring 2019", "2019"),
        ("the summer of 2019", "summer of 2019", "2019"),
        ("early 2019", "early 2019", "2019"),
        ("mid-2019", "mid-2019", "2019"),
        ("in FY2019", "FY2019", "2019"),
        ("Q3 2019", "Q3 2019", "2019"),
        ("the first half of 2019", "2019", "2019"),
    ],
)
def test_absolute(text: str, surface: str, lexical: str) -> None:
    assert dates(text, None) == [(surface, lexical)]


@pytest.mark.parametrize(
    ("text", "surface", "lexical"),
    [
        ("opened today", "today", "2021-05-12"),
        ("opened yesterday", "yesterday", "2021-05-11"),
        ("last month", "last month", "2021-04"),
        ("last week", "last week", "2021-05"),
        ("this April", "this April", "2021-04"),
        ("last October", "last October", "2020-10"),
        ("this year", "this year", "2021"),
        ("earlier this year", "this year", "2021"),
        ("Last year", "Last year", "2020"),
        ("last summer", "last summer", "2020"),
        ("next spring", "next spring", "2022"),
        ("in March", "March", "2021-03"),
        ("in May", "May", "2021-05"),
        ("in June", "June", "2020-06"),
        ("next March", "next March", "2022-03"),
        ("in March next year", "March next year", "2022-03"),
        ("the May results", "May", "2021-05"),
        ("will open in September", "September", "2021-09"),
        ("opened on Monday", "Monday", "2021-05-10"),
        ("opened on Wednesday", "Wednesday", "2021-05-12"),
        ("opened on Thursday", "Thursday", "2021-05-06"),
        ("will open on Monday", "Monday", "2021-05-17"),
        ("next Monday", "next Monday", "2021-05-17"),
        ("last Wednesday", "last Wednesday", "2021-05-05"),
        ("on 5 February", "5 February", "2021-02-05"),
        ("on the 19th of December", "19th of December", "2020-12-19"),
        ("two years ago", "two years ago", "2019"),
        ("a decade ago", "a decade ago", "2011"),
        ("three months ago", "three months ago", "2021-02"),
        ("six months ago", "six months ago", "2020-11"),
        ("two days ago", "two days ago", "2021-05-10"),
    ],
)
def test_relative_to_the_document(text: str, surface: str, lexical: str) -> None:
    assert dates(text) == [(surface, lexical)]
    assert dates(text, None) == []


@pytest.mark.parametrize(
    ("text", "lexical"),
    [
        ("In 2013. Two years later it broke.", "2015"),
        ("In 2013. A year earlier it was new.", "2012"),
        ("In April 2018. Six months later it won.", "2018-10"),
        ("In November 2018. Three months later it won.", "2019-02"),
        ("On 12 July 2016. One day earlier it was shown.", "2016-07-11"),
        ("In 1999. The following year it won.", "2000"),
        ("In 1999. It won in the same year.", "1999"),
        ("In May 2003. The following April it won.", "2004-04"),
    ],
)
def test_relative_to_the_date_before(text: str, lexical: str) -> None:
    assert [value for _, value in dates(text, None)][-1] == lexical


@pytest.mark.parametrize(
    ("text", "lexicals"),
    [
        ("from 2014 to 2018", ["2014", "2018"]),
        ("(1958–2012)", ["1958", "2012"]),
        ("in 2015, 2017 and 2019", ["2015", "2017", "2019"]),
        ("in March and April", ["2021-03", "2021-04"]),
        ("in April and May 2007", ["2007-04", "2007-05"]),
        ("from 30 May to 2 June 2018", ["2018-05-30", "2018-06-02"]),
        ("from December to February 2018", ["2017-12", "2018-02"]),
    ],
)
def test_several(text: str, lexicals: list[str]) -> None:
    assert [value for _, value in dates(text)] == lexicals


@pytest.mark.parametrize(
    "text",
    [
        "04/05/2007",
        "2007-08",
        "in 2017/18",
        "last winter",
        "about two years ago",
        "a few years ago",
        "in 2500",
        "31 April 2020",
        "today's teenagers",
        "Six months later it won.",
        "In 2013. Six months later it won.",
    ],
)
def test_no_value(text: str) -> None:
    assert [found for found in dates(text) if found[1] != "2013"] == []


@pytest.mark.parametrize(
    ("written", "text", "lexical"),
    [
        ("2017", "last year", "2016"),
        ("2017", "this April", "2017-04"),
        ("2017", "in March", None),
        ("2017-05", "in March", "2017-03"),
        ("2017-05", "last month", "2017-04"),
        ("2017-05", "yesterday", None),
        ("2017-05", "on Monday", None),
        ("2020-03-11", "last week", "2020-03"),
        ("2020-02-05", "last week", "2020"),
        ("2020-01-06", "last week", None),
        ("0001-01-01", "yesterday", None),
        ("not a date", "yesterday", None),
        ("2017-13-01", "yesterday", None),
    ],
)
def test_only_what_is_certain(written: str, text: str, lexical: str | None) -> None:
    assert [value for _, value in dates(text, written)] == ([lexical] if lexical else [])


@given(st.dates(datetime.date(1500, 1, 1), datetime.date(2100, 12, 31)))
def test_every_day_is_read_back(day: datetime.date) -> None:
    month = calendar.month_name[day.month]
    for text in (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat()):
        assert dates(text, None) == [(text, day.isoformat())]


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_the_latest(day: datetime.date, weekday: int) -> None:
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday]
    ((_, lexical),) = dates(f"on {name}", day.isoformat())
    found = datetime.date.fromisoformat(lexical)
    assert found.weekday() == weekday
    assert 0 <= (day - found).days < 7
