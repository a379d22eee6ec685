from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.dates import iso_date


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2017", "2017"),
        ("2017-05", "2017-05"),
        (" 2017-05-10 ", "2017-05-10"),
        ("2017-5-1", "2017-05-01"),
        ("2017/05/10", "2017-05-10"),
        ("20170510", "2017-05-10"),
        ("2017-05-10T23:30:00-08:00", "2017-05-10"),
        ("Wed, 10 May 2017 10:00:00 GMT", "2017-05-10"),
        ("May 10, 2017", "2017-05-10"),
        ("10th of May 2017", "2017-05-10"),
        ("May 2017", "2017-05"),
        ("25.12.2017", "2017-12-25"),
        ("05/05/2017", "2017-05-05"),
    ],
)
def test_a_date_down_to_the_part_that_is_known(text: str, wanted: str) -> None:
    assert iso_date(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "May",
        "yesterday",
        "17 May 17",
        "03/04/2017",
        "2017-13",
        "2017-02-30",
        "0000",
        "12:30",
        "1494374400",
        "2017" * 40,
    ],
)
def test_an_unusable_date(text: str) -> None:
    assert iso_date(text) is None


@given(st.dates())
def test_iso_dates_stay(date: dt.date) -> None:
    text = date.isoformat()
    assert [iso_date(text), iso_date(text[:7]), iso_date(text[:4])] == [text, text[:7], text[:4]]


@given(st.text(max_size=70) | st.from_regex(r"[0-9]{4}[ ,:/.a-zA-Z0-9+-]{0,30}"))
def test_no_text_raises(text: str) -> None:
    date = iso_date(text)
    assert date is None or date[:4].isdigit()
