"""Which words of two names stand for each other, and which are left over."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA

from kg.lexicon import is_people, is_place, person_name, supersenses
from kg.lexicon.nicknames import same_given
from kg.resolve.folding import Folded, consonants

WordKind = Literal["number", "light", "place", "kind", "name"]

# Words that a name has or lacks without becoming another.
_LIGHT = frozenset(
    "group gruppe gruppo groupe grupo grupa grup koncern konzern unternehmensgruppe holding holdings company companies "
    "compagnie compania corporation enterprises enterprise brothers associates partners and sons international "
    "industries manufacturing incorporated maison house haus casa".split()
)
# Of products, ranks and sizes: to lack one is to be another.
_EDITIONS = frozenset(
    "plus pro max mini lite light ultra air sport gt gts rs xl xs s l m xr se te evo premium classic basic junior jr "
    "sr senior neo prime go turbo hybrid half".split()
)
_REGIONS = frozenset(
    "uk usa us eu uae emea apac latam asia europe africa america iberia nordic nordics benelux scandinavia pacific "
    "north south east west northern southern eastern western central".split()
)
_ALIKE = 0.66  # of the letters of two words, so that one may be a misspelling of the other


@dataclass(frozen=True, slots=True)
class Alignment:
    """The words of two names: those that are equal, sound alike, or are like each other, and those left over.

    joined: whether the names are the same but for spaces. initials, nicknames: pairs that stand for each other so.
    left, right: what stands in one name only.
    """

    equal: tuple[str, ...]
    alike: tuple[tuple[str, str], ...]
    near: tuple[tuple[str, str], ...]
    initials: tuple[tuple[str, str], ...]
    nicknames: tuple[tuple[str, str], ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    joined: bool = False

    @property
    def matched(self) -> int:
        """How many words have a counterpart, of whatever sort."""
        return len(self.equal) + len(self.alike) + len(self.near) + len(self.initials) + len(self.nicknames)


def align(a: Folded, b: Folded, person: bool = False) -> Alignment:
    """Pair the words of two names, the surest pairs first; turned round, it gives the same pairs turned round."""
    if a.words != b.words and (a.letters == b.letters or _same_syllables(a, b)):
        return Alignment(min(a.words, b.words), (), (), (), (), (), (), joined=True)
    left, right = list(a.words), list(b.words)
    equal = [word for word in a.words if _taken(word, right)]
    for word in equal:
        left.remove(word)
    if not left and not right:
        return Alignment(tuple(sorted(equal)), (), (), (), (), (), ())
    if "".join(left) == "".join(right):
        equal += min(left, right)
        left, right = [], []
    sounds = dict(zip((*a.words, *b.words), (*a.sounds, *b.sounds), strict=True))
    mixed = a.latin != b.latin
    alike = _pairs(left, right, lambda x, y: float(_sound_alike(sounds[x], sounds[y], mixed)))
    initials: list[tuple[str, str]] = []
    nicknames: list[tuple[str, str]] = []
    if person:
        nicknames = _pairs(left, right, lambda x, y: float(same_given(x, y)))
        initials = _pairs(left, right, lambda x, y: float(min(len(x), len(y)) == 1 and x[0] == y[0]))
    near = _pairs(left, right, likeness)
    return Alignment(
        tuple(sorted(equal)), tuple(alike), tuple(near), tuple(initials), tuple(nicknames), tuple(left), tuple(right)
    )


def _taken(word: str, words: list[str]) -> bool:
    """Takes the word out of the list, and tells whether it was there."""
    if word in words:
        words.remove(word)
        return True
    return False


def _same_syllables(a: Folded, b: Folded) -> bool:
    """Whether the names sound alike once their spaces are gone."""
    return a.latin != b.latin and "".join(a.sounds) == "".join(b.sounds)


def _pairs(left: list[str], right: list[str], likeness: Callable[[str, str], float]) -> list[tuple[str, str]]:
    """Takes the likest pairs out of both lists, one after the other."""
    if not left or not right:
        return []
    scored = [(likeness(x, y), x, y) for x in set(left) for y in set(right)]
    found: list[tuple[str, str]] = []
    for _, x, y in sorted((s for s in scored if s[0]), key=lambda s: (-s[0], min(s[1:]), max(s[1:]), s[1])):
        while x in left and y in right:
            left.remove(x)
            right.remove(y)
            found.append((x, y))
    return sorted(found)


def _sound_alike(x: str, y: str, mixed: bool) -> bool:
    if x == y:
        return True
    return mixed and not (x + y).isdigit() and len(consonants(x)) > 1 and consonants(x) == consonants(y)


def likeness(x: str, y: str) -> float:
    """How many letters of two words agree (optimal string alignment), or 0 where neither misspells the other."""
    if min(len(x), len(y)) < 3 or not (x.isalpha() and y.isalpha()):
        return 0.0
    alike: float = OSA.normalized_similarity(x, y, score_cutoff=_ALIKE)
    return alike


@functools.lru_cache(maxsize=100_000)
def word_kind(word: str) -> WordKind:
    """What a word of a name tells: a number or edition, nothing, a place, what the thing is, or its own name."""
    if word in _EDITIONS or len(word) == 1 or any(char.isdigit() for char in word):
        return "number"
    if word in _LIGHT:
        return "light"
    if word in _REGIONS or is_place(word) or is_people(word):
        return "place"
    return "kind" if is_noun(word) else "name"


def is_noun(word: str) -> bool:
    """Whether a word is a common noun in English, in the singular or plural."""
    return bool(supersenses(word) or (len(word) > 3 and word.endswith("s") and supersenses(word[:-1])))


def is_known(word: str) -> bool:
    """Whether a word is a place, a person's name or a common noun: a misspelling rarely is another one."""
    return bool(is_place(word) or person_name(word) or is_noun(word))


def kinds(words: Sequence[str]) -> frozenset[WordKind]:
    """What the words tell, taken together."""
    return frozenset(map(word_kind, words))
