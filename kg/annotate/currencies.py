"""The currencies of the world, by what a text calls them.

Names, symbols and countries come from the CLDR by way of Babel (https://cldr.unicode.org/).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.annotate.text import THIN, word_set

if TYPE_CHECKING:
    from babel import Locale

# English words that are also names of currencies: only with their country before them.
_HOMONYMS = word_set("real mark marks sol soles colon colons som dram kip kina lek quetzal quetzals tala pula")
_DEFAULTS = {"dollar": "USD", "pound": "GBP", "won": "KRW", "ruble": "RUB", "yuan": "CNY", "leu": "RON"}
_VARIANTS = {
    **dict.fromkeys(["kroner", "krona", "kronor", "króna", "krónur", "koruna", "korunas", "crown", "crowns"], "krone"),
    **dict.fromkeys(["rouble", "roubles"], "ruble"),
    **dict.fromkeys(["złoty", "złotys", "złotych", "złote"], "zloty"),
}
COUNTRIES = {"u.s.": "us", "american": "us", "korean": "south korean", "uk": "british", "taiwan": "new taiwan"}
_MORE_NAMES = {
    "reais": "BRL",
    "renminbi": "CNY",
    "rmb": "CNY",
    "sterling": "GBP",
    "pounds sterling": "GBP",
    "pound sterling": "GBP",
}
_MORE_SYMBOLS = {
    **{"US$": "USD", "C$": "CAD", "AU$": "AUD", "S$": "SGD", "RMB": "CNY", "₽": "RUB", "₺": "TRY", "฿": "THB"},
    **{"₴": "UAH", "₦": "NGN", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "SFr.": "CHF", "SFr": "CHF", "Fr.": "CHF"},
    **{"RM": "MYR", "kr.": "krone", "kr": "krone", "Kr.": "krone", "Rs.": "rupee", "Rs": "rupee"},
}
WORDLIKE_CODES = word_set("ALL TRY CUP TOP MOP GEL PEN COP MAD")


@dataclass(frozen=True, slots=True)
class Currencies:
    """What names a currency. A phrase or a symbol leads to a code, or to a lower-case family of currencies.

    nouns: the form of a noun ("kroner") that stands in phrases after a country. families: code to noun. countries: for
    each family its codes, each with the words that tell that its country is spoken of ("Norway", "Norwegian").
    """

    phrases: dict[str, str]
    nouns: dict[str, str]
    families: dict[str, str]
    countries: dict[str, dict[str, tuple[str, ...]]]
    symbols: dict[str, str]
    prefix: re.Pattern[str]
    suffix: re.Pattern[str]

    def code(self, name: str) -> str:
        """The code of a phrase or a symbol, or the family that it names; else the name itself."""
        return self.phrases.get(name, self.symbols.get(name, name))

    def family(self, name: str) -> str:
        """The family of a phrase, a symbol or a code."""
        return self.families.get(self.code(name), self.code(name))


@lru_cache(maxsize=1)
def currencies() -> Currencies:
    """The table, made once."""
    from babel import Locale
    from babel.core import get_global
    from babel.numbers import get_currency_name

    english = Locale.parse("en")
    periods = [period for territory in get_global("territory_currencies").values() for period in territory]
    current = {code for code, _, end, tender in periods if end is None and tender}
    nouns, phrases, families = dict(_VARIANTS), dict[str, str](), dict[str, str]()
    users: dict[str, set[str]] = {}
    countries: dict[str, dict[str, tuple[str, ...]]] = {}
    homes = _homes(english, current)
    for code in sorted(english.currencies, key=lambda code: (code not in current, code)):
        one, many = (get_currency_name(code, count, locale=english).lower() for count in (1, 2))
        base = one.rpartition(" ")[2]
        families[code] = nouns.get(base, base)
        if code in homes and " " in one:
            adjective = get_currency_name(code, 1, locale=english).rpartition(" ")[0]
            countries.setdefault(families[code], {})[code] = (adjective, *homes[code])
        for name in (one, many):
            country, _, noun = name.rpartition(" ")
            nouns.setdefault(noun, families[code])
            phrases.setdefault(f"{country} {nouns[noun]}".strip(), code)
            users.setdefault(noun, set()).update({code} & current)
    for noun in users.keys() - _HOMONYMS:
        usual = min(users[noun]) if len(users[noun]) == 1 else nouns[noun]
        phrases[noun] = _DEFAULTS.get(nouns[noun], usual)
    symbols = {symbol: code for code, symbol in sorted(english.currency_symbols.items())}
    symbols |= _MORE_SYMBOLS | {code: code for code in current}
    names = "|".join(re.escape(symbol) for symbol in sorted(symbols, key=lambda symbol: (-len(symbol), symbol)))
    prefix = re.compile(rf"(?<![\w$])(?P<name>{names})[ {THIN}]?\Z")
    suffix = re.compile(rf"[ {THIN}]?(?P<name>{names})(?!\w)")
    return Currencies(phrases | {"crowns": "krone"} | _MORE_NAMES, nouns, families, countries, symbols, prefix, suffix)


def _homes(english: Locale, current: set[str]) -> dict[str, list[str]]:
    """The names of the countries in which each currency is paid with."""
    from babel.core import get_global

    found: dict[str, list[str]] = {}
    for territory, periods in sorted(get_global("territory_currencies").items()):
        for code, _, end, tender in periods:
            if code in current and end is None and tender and territory in english.territories:
                found.setdefault(code, []).append(english.territories[territory])
    return found


class Spoken(dict[str, str]):
    """The code that stands for a family of currencies in a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def __missing__(self, family: str) -> str:
        own = currencies().countries.get(family, {})
        spoken_of = [code for code, words in sorted(own.items()) if re.search(_any_of(words), self._text)]
        self[family] = spoken_of[0] if len(spoken_of) == 1 else family
        return self[family]


def _any_of(words: Sequence[str]) -> str:
    return rf"\b(?:{'|'.join(map(re.escape, words))})\b"
