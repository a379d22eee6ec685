from __future__ import annotations

import pytest

from kg.model import Mention, Span
from kg.resolve.agreement import Gender, gender, gender_of_pronoun


def named(*names: str, title: str = "", called: tuple[str, ...] = ()) -> list[Mention]:
    return [Mention(Span(0, len(n)), n, "name", title=title, called=called) for n in names]


@pytest.mark.parametrize(
    ("cluster", "expected"),
    [
        (named("Helena Pell"), "feminine"),
        (named("Søren Pell"), "masculine"),
        (named("Zoë Pell"), "feminine"),
        (named("Quist"), ""),
        (named("Quist", title="Ms."), "feminine"),
        (named("Quist", title="Dr."), ""),
        (named("Quist", called=("chairman",)), "masculine"),
        (named("Florence", "Peter Florence"), "masculine"),
        (named("Frau Quist"), "feminine"),
        (named("Helena Pell", "Peter Pell"), ""),
        (named("Helena Pell", title="Mr."), "masculine"),
    ],
)
def test_titles_count_before_given_names(cluster: list[Mention], expected: Gender) -> None:
    assert gender(cluster) == expected


def test_pronouns_tell_theirs() -> None:
    assert [gender_of_pronoun(w) for w in ("her", "him", "it", "they")] == ["feminine", "masculine", "", ""]
