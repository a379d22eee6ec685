"""A name as it is compared: Latin letters, lower case, without its legal form, spellings of one thing alike."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.lexicon import territories
from kg.lexicon.legal_forms import split_form, split_joined_form

_SMALL = frozenset(
    "of for and the de du des di del della do da dos das von van der den und y et e och og ja i la le les los las al "
    "el fur ter zu zur in at aux a an".split()
)
_TITLES = frozenset("dr prof professor mr mrs ms miss sir dame madame monsieur herr frau lord lady dott ing".split())
_SPELT_OUT = {
    "intl": "international",
    "mfg": "manufacturing",
    "mfrs": "manufacturers",
    "tech": "technologies",
    "technology": "technologies",
    "labs": "laboratories",
    "bros": "brothers",
    "dept": "department",
    "assoc": "associates",
    "assn": "association",
    "univ": "university",
    "inst": "institute",
    "natl": "national",
    "govt": "government",
    "st": "saint",
    "mt": "mount",
    "mk": "mark",
    "co": "company",
}
_NUMBERS = {
    word: str(number)
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
        "eins zwei drei vier funf sechs sieben acht neun zehn",
        "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th",
    )
    for number, word in enumerate(words.split(), start=1)
}
_ROMAN = {"II": "2", "III": "3", "IV": "4", "VI": "6", "VII": "7", "VIII": "8", "IX": "9", "XI": "11", "XII": "12"}
# American for British endings, on both sides alike.
_ENDINGS = (
    (re.compile(r"(?<=..)tre$"), "ter"),
    (re.compile(r"(?<=..)our$"), "or"),
    (re.compile(r"(?<=..)is(ations?|ed|ing)$"), r"iz\1"),
    (re.compile(r"(?<=..)ence$"), "ense"),
    (re.compile(r"geing$"), "ging"),
)
# What transliteration by letters alone would get wrong.
_GREEK = str.maketrans({"β": "v", "Β": "V"})
_PAIRS = re.compile("[αεοΑΕΟ][υύΥ]")
_ARTICLE = re.compile(r"\bال")
# Chinese characters and Korean syllables, each of which is a word of its own here.
_SYLLABLES = re.compile("[\u3400-\u9fff\uac00-\ud7af]")
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_][./]){1,}[^\W\d_](?![^\W_])\.?")
_WORD = re.compile(r"[^\W\d_]*\d+(?:[.,]\d+)+|[^\W_]+")
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"shch|sch|sh", "s"),
        (r"tch|tsch|ch(?=[rln])|kh|ch$", "k"),
        (r"ph", "f"),
        (r"(?<=[aeiou])f(?=[aeiou])", "v"),
        (r"th|dt", "t"),
        (r"ck|c(?![eiyh])|q(?!u)", "k"),
        (r"qu|kw", "kv"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"z|c(?=[eiy])", "s"),
        (r"ae", "a"),
        (r"oe", "o"),
        (r"ue", "u"),
        (r"oo|ou", "u"),
        (r"ee", "i"),
        (r"[jy]", "i"),
        (r"(?<=[bcdgkprstz])h", ""),
        (r"i[ei]", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_LONGEST_ACRONYM = 6
_DOUBLED = re.compile(r"(.)\1+")
_UNVOICED = str.maketrans("bdgv", "ptkf")
_VOWELS = re.compile("[aeiouh]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A name taken apart.

    words: in their order; a word that has digits is a number or version. form: family of the legal form, or "".
    sounds: the words, by how they sound. acronym: letters, if it looks like one. latin: whether it was written so.
    letters: all words in one. initials: their first letters; initials_of_all: with those of small words and legal form.
    """

    text: str
    words: tuple[str, ...]
    sounds: tuple[str, ...]
    form: str = ""
    acronym: str = ""
    latin: bool = True
    initials_of_all: str = ""
    letters: str = ""
    initials: str = ""


@functools.lru_cache(maxsize=400_000)
def folded(name: str, person: bool = False) -> Folded:
    """The name taken apart; `person`: whether dots end initials, and nothing is a legal form or a number."""
    text = unicodedata.normalize("NFKC", name).strip()
    rest, form = ("", "") if person else split_joined_form(text)
    text = rest or text
    latin = text.isascii() or _is_latin(text)
    text = _SYLLABLES.sub(r" \g<0> ", text)
    plain = re.sub(r"[’'`ʼ](?=s\b)", "", text)
    plain = re.sub(r"[’'`ʼ]", "", plain).replace("+", " plus ").replace("&", " and ")
    plain = re.sub(r"(?<=[^\W\d_])\.(?=\s|,|$)", " ", plain) if person else _DOTTED.sub(_closed, plain)
    raw = _WORD.findall(plain)
    words = [_ascii(word) for word in raw]
    kept = _titled(words, person)
    told = [(i, word) for i, word in kept if word and not (word in _SMALL and _is_small(raw, i, plain))]
    kept = told or [(i, word or raw[i]) for i, word in kept]
    if not kept:  # marks alone
        return _made(name, (text.casefold() or "?",), latin=latin)
    if person:
        return _made(name, tuple(word for _, word in kept), latin=latin)
    left = [word for _, word in kept]
    if not form and not _SYLLABLES.search(text):
        forms, form = split_form(left)
        start = next(i for i in range(len(kept)) if tuple(left[i : i + len(forms)]) == forms)
        kept = kept[start : start + len(forms)]
    parts = tuple(_plain_word(word, raw[i]) for i, word in kept)
    acronym = _acronym(raw[kept[0][0]], parts[0]) if len(parts) <= 2 else ""
    made = _made(name, parts, latin=latin)
    return replace(made, form=form, acronym=acronym, initials_of_all="".join(word[0] for word in words if word))


def _made(name: str, words: tuple[str, ...], *, latin: bool) -> Folded:
    initials = "".join(word[0] for word in words)
    sounds = tuple(map(sound, words))
    return Folded(name, words, sounds, latin=latin, initials_of_all=initials, letters="".join(words), initials=initials)


def _is_latin(text: str) -> bool:
    return all(ord(char) < 0x370 or 0x1E00 <= ord(char) < 0x2100 or not char.isalpha() for char in text)


def _closed(found: re.Match[str]) -> str:
    return re.sub(r"[./]", "", found.group())


def _ascii(word: str) -> str:
    """The word in Latin letters, lower case."""
    if word.isascii():
        return word.lower()
    from anyascii import anyascii

    plain = _ARTICLE.sub("", word) if len(word) > 3 else word
    plain = _PAIRS.sub(_greek_pair, plain).translate(_GREEK)
    return re.sub(r"[^a-z0-9.]", "", anyascii(unicodedata.normalize("NFC", plain)).lower())


def _greek_pair(found: re.Match[str]) -> str:
    return {"ο": "ou", "α": "af", "ε": "ef"}[found.group()[0].lower()]


def _titled(words: list[str], person: bool) -> list[tuple[int, str]]:
    numbered = list(enumerate(words))
    while person and len(numbered) > 1 and numbered[0][1] in _TITLES:
        numbered = numbered[1:]
    return numbered


def _is_small(raw: Sequence[str], i: int, text: str) -> bool:
    """Whether a word that may be an article or preposition is one here: "A" in "Series A" is not."""
    if len(raw) < 2:
        return False
    word = raw[i]
    if len(word) == 1 and f" {word} " not in text:  # "e-Cargo", "Series A"
        return i == 0 and text.startswith(("A ", "a "))
    return word.islower() or word in ("Al", "El") or i == 0 or (len(word) > 1 and text.isupper())


def _plain_word(word: str, raw: str) -> str:
    if raw in _ROMAN:
        return _ROMAN[raw]
    if re.fullmatch(r"v\d[\d.]*", word):
        return word[1:]
    word = _NUMBERS.get(word) or _SPELT_OUT.get(word) or territories().get(word) or word
    for ending, plain in _ENDINGS:
        word = ending.sub(plain, word)
    return word


def _acronym(raw: str, word: str) -> str:
    """The letters of the first word, if most of them are capitals."""
    if not (2 <= len(word) <= _LONGEST_ACRONYM and word.isalpha()):
        return ""
    capitals = sum(char.isupper() for char in raw)
    return word if capitals >= 2 and capitals * 2 > len(raw) else ""


@functools.lru_cache(maxsize=400_000)
def sound(word: str) -> str:
    """How a word sounds, roughly: the spellings that one sound has in the languages of Europe become one."""
    if any(char.isdigit() for char in word):
        return word
    for pattern, plain in _SOUNDS:
        word = pattern.sub(plain, word)
    return word or "h"


@functools.lru_cache(maxsize=400_000)
def consonants(sounds: str) -> str:
    """The consonants of a sound, voiced or not, which scripts without vowels share with others; and a first vowel."""
    return _DOUBLED.sub(r"\1", sounds[:1] + _VOWELS.sub("", sounds[1:])).translate(_UNVOICED)
