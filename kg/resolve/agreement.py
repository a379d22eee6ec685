"""What names and pronouns tell of gender and number."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal

from kg.model import Mention
from kg.resolve.given_names import FEMININE, MASCULINE

Gender = Literal["feminine", "masculine", ""]

_PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(("she", "her", "hers", "herself"), "feminine"),
    **dict.fromkeys(("he", "him", "his", "himself"), "masculine"),
}
_TITLES: dict[str, Gender] = {
    **dict.fromkeys("mrs ms miss dame lady madam madame frau queen princess sister señora signora".split(), "feminine"),
    **dict.fromkeys("mr sir lord herr monsieur king prince brother señor signor".split(), "masculine"),
}
_NOUNS: dict[str, Gender] = {
    **dict.fromkeys(
        "woman girl mother daughter sister wife aunt niece grandmother granddaughter widow girlfriend actress hostess "
        "businesswoman chairwoman spokeswoman saleswoman heiress stepmother queen princess".split(),
        "feminine",
    ),
    **dict.fromkeys(
        "man boy father son brother husband uncle nephew grandfather grandson widower boyfriend actor "
        "businessman chairman spokesman salesman heir stepfather king prince".split(),
        "masculine",
    ),
}
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "ß": "ss", "ı": "i"})
PLURAL = frozenset("they them their theirs themselves".split())


def gender_of_pronoun(word: str) -> Gender:
    """What a third person pronoun in lower case tells of gender."""
    return _PRONOUNS.get(word, "")


def gender(cluster: Sequence[Mention]) -> Gender:
    """The gender that titles, nouns beside a name, or else a given name tell; "" where none does, or they differ."""
    told = {_TITLES.get(w.rstrip("."), "") for m in cluster for w in m.title.lower().split()}
    told |= {_NOUNS.get(noun, "") for m in cluster for noun in m.called}
    if not any(told):
        # "Florence" may be a surname, "Florence Reed" hardly.
        told = {given_name(m.surface) for m in cluster if " " in m.surface}
    if not any(told):
        told = {given_name(m.surface) for m in cluster}
    told.discard("")
    return told.pop() if len(told) == 1 else ""


def given_name(name: str) -> Gender:
    """What the first word of a name tells if it is a common given name, or an honorific."""
    first = name.split(maxsplit=1)[0].rstrip(".").lower()
    if first in _TITLES:
        return _TITLES[first]
    if not first.isascii():
        plain = unicodedata.normalize("NFD", first.translate(_STROKES))
        first = "".join(c for c in plain if not unicodedata.combining(c))
    return "feminine" if first in FEMININE else "masculine" if first in MASCULINE else ""
