from __future__ import annotations

import pytest

from kg.annotate.date_contexts import Scene, is_date
from kg.annotate.date_forms import DATE
from kg.annotate.dates import find_dates


@pytest.mark.parametrize(
    "text",
    [
        "the 1990s",
        "over the last year",
        "Model 2000",
        "in 2000 people",
        "the 2000 employees",
        "a staff of 1800",
        "€2000",
        "by April Jones",
        "we may march on",
        "every Monday",
        "the Tuesday Club",
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert [found for found in find_dates(text, "2021-05-12") if found.value] == []


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("the April results", True),
        ("the April Foundation", False),
        ("after May Whitlock", False),
        ("during May Whitlock", True),
        ("open on Monday", True),
        ("a Monday", False),
        ("founded in 1998", True),
        ("a price of 1998", False),
        ("an increase by 1998", False),
    ],
)
def test_the_words_around_tell(text: str, is_one: bool) -> None:
    match = DATE.search(text)
    assert match is not None
    assert is_date(match, Scene(text, None, None, chained=False)) is is_one


@pytest.mark.parametrize("text", ["April Jones", "Monday Club", "2000 or so"])
def test_after_another_date_the_form_is_enough(text: str) -> None:
    match = DATE.match(text)
    assert match is not None
    assert is_date(match, Scene(text, None, None, chained=True))
    assert not is_date(match, Scene(text, None, None, chained=False))
