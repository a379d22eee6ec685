"""How names, dates and numbers in canonical form may be written in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.train.examples import occurrences

MONTHS = "January February March April May June July August September October November December".split()


def forms(name: str) -> Iterator[str]:
    """How a name may be written in a text, the likeliest first."""
    plain = name.replace("_", " ").strip('"')
    yield plain
    date = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)", plain)
    if date:
        year, month, day = date.groups()
        word = MONTHS[int(month) - 1]
        for told in (str(int(day)), *(f"{int(day)}{end}" for end in ("st", "nd", "rd", "th"))):
            yield from (f"{word} {told}, {year}", f"{told} {word} {year}", f"{word} {told} {year}")
            yield from (f"{told} {word}, {year}", f"{told} of {word} {year}")
    if re.fullmatch(r"-?\d+(\.\d+)?", plain):
        value = float(plain)
        yield from (f"{value:,.0f}", f"{value:.0f}", f"{value:,.1f}") if value == int(value) else (f"{value:,g}",)
        yield f"{value:g}"
    yield re.sub(r"\s*\(.*?\)", "", plain)
    yield plain.split(",")[0]


def surface_of(text: str, name: str) -> str | None:
    """The words of a text for a name: as it is, in another case, or as a date or a number may be written."""
    for form in forms(name):
        for found in (occurrences(text, form), occurrences(text.lower(), form.lower())):
            if found and len(text.lower()) == len(text):
                return text[slice(*found[0])]
    return None
