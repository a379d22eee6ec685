"""What is known of names and nouns before any text is read: evidence for what a word stands for, never the last word.

Countries come from Babel; the lists in lists/ are written by `kg.lexicon.compile`.
"""

from __future__ import annotations

import functools
import unicodedata
from pathlib import Path

LISTS = Path(__file__).parent / "lists"
_CONTINENTS = ("Europe", "Asia", "Africa", "North America", "South America", "Latin America", "Middle East")
_OF_TERRITORIES = "en de fr es it pt nl sv nb da fi pl cs".split()
# Letters that Unicode does not take apart into a letter and a mark.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "’": "'"}
)


def fold(name: str) -> str:
    """A name in lower case and without accents."""
    if name.isascii():
        return name.lower()
    parts = unicodedata.normalize("NFD", name.lower())
    return "".join(c for c in parts if not unicodedata.combining(c)).translate(_LETTERS)


@functools.lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Countries, territories and continents in English, folded (CLDR, by way of Babel)."""
    from babel import Locale

    territories = Locale("en").territories
    names = [fold(name) for code, name in territories.items() if code.isalpha() and len(code) == 2]
    return frozenset((*names, *(name.replace(" & ", " and ") for name in names), *map(fold, _CONTINENTS)))


@functools.lru_cache(maxsize=1)
def territories() -> dict[str, str]:
    """The English names of countries and continents by their names of one word in a dozen languages, all folded."""
    from babel import Locale

    english = Locale("en").territories
    found: dict[str, str] = {}
    for language in _OF_TERRITORIES:
        for code, name in Locale(language).territories.items():
            if " " not in fold(name) and (code.isdigit() or len(code) == 2):
                found.setdefault(fold(name), fold(english[code]))
    return found


@functools.lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    from babel import Locale

    return frozenset(fold(name) for code, name in Locale("en").languages.items() if len(code) == 2)


def is_people(word: str) -> bool:
    """Whether a word names a language, and so a people, too: "French" (CLDR, by way of Babel)."""
    return fold(word) in _languages()


@functools.lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(_lines("places.txt"))


@functools.lru_cache(maxsize=1)
def _persons() -> dict[str, str]:
    return dict(line.split("\t") for line in _lines("persons.txt"))


@functools.lru_cache(maxsize=1)
def _nouns() -> dict[str, str]:
    return dict(line.split("\t") for line in _lines("nouns.txt"))


@functools.cache
def _kinds(told: str) -> tuple[str, ...]:
    return tuple(told.split(",")) if told else ()


def _lines(name: str) -> list[str]:
    """The lines of a list, behind the first, which tells its sources."""
    return (LISTS / name).read_text(encoding="utf-8").split("\n")[1:-1]


def is_country(name: str) -> bool:
    """Whether a country, territory or continent is called so."""
    return fold(name) in countries()


def is_place(name: str) -> bool:
    """Whether a country, region, city or town is called so."""
    folded = fold(name)
    return folded in countries() or folded in _places()


def person_name(word: str) -> str:
    """What a word is among persons' names: letters of "m", "f" (given to men, to women), "g" (given), "s" (surname)."""
    return _persons().get(fold(word), "")


def is_given(word: str) -> bool:
    """Whether a word, or its part before a hyphen, is a given name."""
    letters = person_name(word) or person_name(word.split("-", maxsplit=1)[0])
    return bool(letters) and letters != "s"


def supersenses(noun: str) -> tuple[str, ...]:
    """What a common noun mostly means, the commonest first: artifact, communication, event, food, group, location,
    person, substance (WordNet's supersenses), other; empty for unknown nouns and those of other meanings only.
    """
    return _kinds(_nouns().get(noun, ""))
