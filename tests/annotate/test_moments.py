from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.moments import Moment, common, days_on, moment_of, months_on, week, weekday, year_of

DAYS = st.dates(datetime.date(1500, 1, 1), datetime.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("iso", "moment"),
    [
        ("2017", Moment(2017)),
        ("2017-04", Moment(2017, 4)),
        ("2017-04-19", Moment(2017, 4, 19)),
        ("2017-04-19T10:30:00", Moment(2017, 4, 19)),
        ("2017-13", None),
        ("2017-02-29", None),
        ("spring", None),
        (None, None),
    ],
)
def test_read_from_iso(iso: str | None, moment: Moment | None) -> None:
    assert moment_of(iso) == moment


@given(DAYS)
def test_a_day_is_written_as_it_was_read(day: datetime.date) -> None:
    moment = moment_of(day.isoformat())
    assert moment is not None
    value = moment.value()
    assert value is not None
    assert (value.lexical, value.datatype) == (day.isoformat(), "date")


@pytest.mark.parametrize(("count", "month"), [(1, (2018, 1)), (-12, (2016, 12)), (-13, (2016, 11)), (0, (2017, 12))])
def test_months_pass_the_year(count: int, month: tuple[int, int]) -> None:
    assert months_on(Moment(2017, 12, 5), count) == Moment(*month)


def test_of_a_year_only_whole_years_are_known() -> None:
    assert months_on(Moment(2017), 24) == Moment(2019)
    assert months_on(Moment(2017), 7) is None
    assert days_on(Moment(2017, 4), 1) is None


def test_no_day_stands_before_the_first() -> None:
    assert days_on(Moment(1, 1, 1), -1) is None


def test_what_days_have_in_common() -> None:
    assert common(Moment(2017, 4, 2), Moment(2017, 4, 9)) == Moment(2017, 4)
    assert common(Moment(2017, 4, 2), Moment(2017, 5, 9)) == Moment(2017)
    assert common(Moment(2017, 4, 2), Moment(2018, 4, 2)) is None
    assert common(None, Moment(2017)) is None
    assert week(Moment(2021, 5, 12), -1) == Moment(2021, 5)


@given(DAYS, st.sampled_from(["Monday", "Thursday", "Sunday"]))
def test_a_weekday_before_and_after(day: datetime.date, name: str) -> None:
    def found(shift: int) -> datetime.date:
        moment = weekday(Moment(day.year, day.month, day.day), name, shift)
        assert moment is not None
        assert moment.month is not None
        assert moment.day is not None
        return datetime.date(moment.year, moment.month, moment.day)

    last, own, coming = found(-1), found(0), found(1)
    assert {one.strftime("%A") for one in (last, own, coming)} == {name}
    assert last < day < coming
    assert (coming - last).days in (7, 14)
    assert own.isocalendar()[:2] == day.isocalendar()[:2]


def test_the_year_of_a_month() -> None:
    assert [year_of(Moment(2021, 5), 4, shift) for shift in (-1, 0, 1)] == [2021, 2021, 2022]
    assert [year_of(Moment(2021, 5), 5, shift) for shift in (-1, 0, 1)] == [2020, 2021, 2022]
    assert year_of(Moment(2021), 5, -1) is None
