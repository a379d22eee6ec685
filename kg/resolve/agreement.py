"""What names and pronouns tell of gender and number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kg.lexicon import person_name
from kg.model import Mention

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
    told = set(person_name(first) or person_name(first.split("-", maxsplit=1)[0]))
    if "s" in told and " " not in name:
        return ""  # "Florence" may be a surname
    return "" if {"f", "m"} <= told else "feminine" if "f" in told else "masculine" if "m" in told else ""
