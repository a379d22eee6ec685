"""What speaks for and against two things being one, as a table of weighted features."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz.distance import OSA, JaroWinkler

from kg.resolve.alignment import Alignment, WordKind, align, is_known, kinds, word_kind
from kg.resolve.candidates import Candidate
from kg.resolve.folding import Folded

_TELLING: dict[WordKind, float] = {"name": 1.0, "number": 0.6, "place": 0.6, "kind": 0.5, "light": 0.1}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things, by one name of each. person: whether one is known to be a person and the other may be.

    acronym: how surely one name is the first letters of the other. rest: what the words tell that stand in one only.
    """

    one: Candidate
    other: Candidate
    a: Folded
    b: Folded
    words: Alignment
    person: bool
    acronym: float
    rest: frozenset[WordKind]


def paired(one: Candidate, other: Candidate, a: Folded, b: Folded, person: bool) -> Pair:
    """Two things by these names."""
    words = align(a, b, person)
    acronym = max(_abbreviates(a, b), _abbreviates(b, a))
    return Pair(one, other, a, b, words, person, acronym, kinds(words.left + words.right))


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature's value lies in [0, 1]; its weight is what a value of 1 adds to the sum.

    of_names: asks names only. of_facts: asks what is said of the things; no feature is both.
    """

    name: str
    weight: float
    function: Callable[[Pair], float]
    of_names: bool = True
    of_facts: bool = False


def same_name(p: Pair) -> float:
    """The same words in the same order, once accents, case and legal forms are gone."""
    return float(p.a.words == p.b.words)


def same_words(p: Pair) -> float:
    """The same words in another order, or with other spaces."""
    return float(p.a.words != p.b.words and (p.words.joined or _all(p, len(p.words.equal))))


def same_sound(p: Pair) -> float:
    """The same words as far as they sound, or in another script."""
    return float(bool(p.words.alike) and _all(p, len(p.words.equal) + len(p.words.alike)))


def beginnings(p: Pair) -> float:
    """Jaro and Winkler's similarity of the words in alphabetical order, from 0.8 up."""
    one, other = " ".join(sorted(p.a.words)), " ".join(sorted(p.b.words))
    return max(0.0, 5 * JaroWinkler.similarity(one, other) - 4)


def shared_words(p: Pair) -> float:
    """How much of what the words tell stands in both names."""
    matched = p.words.equal + tuple(x for x, _ in p.words.alike + p.words.nicknames + p.words.near)
    shared = sum(map(_told, matched)) + 0.5 * len(p.words.initials)
    rest = sum(map(_told, p.words.left + p.words.right)) / 2
    return shared / (shared + rest) if shared else 0.0


def slip(p: Pair) -> float:
    """Words that differ by a slip: a letter doubled, left out or swapped with the next, or one of many wrong."""
    return _share(p, [pair for pair in p.words.near if not _known(pair) and _slipped(*pair)])


def spelt_otherwise(p: Pair) -> float:
    """Words that are near in spelling, but further than by a slip."""
    return _share(p, [pair for pair in p.words.near if not _known(pair) and not _slipped(*pair)])


def known_words(p: Pair) -> float:
    """Words that are near in spelling, and each a known name or noun: "Austria", "Australia"."""
    return float(any(map(_known, p.words.near)))


def acronym(p: Pair) -> float:
    """One is the first letters of the other's words; the more letters, the surer."""
    return p.acronym


def acronyms_differ(p: Pair) -> float:
    """Both are acronyms, or one is short, and their letters are not the same."""
    return float(bool(p.a.acronym or p.b.acronym) and bool(p.words.near) and not p.words.equal)


def initials(p: Pair) -> float:
    """A person's given name against its initial."""
    return float(bool(p.words.initials) and not _both_left(p) and p.words.matched > len(p.words.initials))


def nickname(p: Pair) -> float:
    """A person's given name against a short or foreign form of it."""
    return float(bool(p.words.nicknames) and not _both_left(p))


def one_name_only(p: Pair) -> float:
    """A person's surname or given name alone, whatever stands against it."""
    return float(p.person and min(len(p.a.words), len(p.b.words)) == 1)


def middle_name(p: Pair) -> float:
    """A person's middle name or initial that the other lacks."""
    return float(p.person and p.words.matched >= 2 and _one_left(p))


def persons_differ(p: Pair) -> float:
    """Names of persons with words on both sides that do not go together."""
    return float(p.person and _both_left(p))


def more_light(p: Pair) -> float:
    """Only one has a word that tells little: "Group"."""
    return _only(p, "light")


def more_place(p: Pair) -> float:
    """Only one has a place or region: "Germany"."""
    return _only(p, "place")


def more_kind(p: Pair) -> float:
    """Only one has a word for what it is: "Bank"."""
    return _only(p, "kind")


def more_number(p: Pair) -> float:
    """Only one has a number, version or edition: "400", "Pro"."""
    return _only(p, "number")


def more_name(p: Pair) -> float:
    """Only one has a further name."""
    return _only(p, "name")


def numbers_differ(p: Pair) -> float:
    """Both have numbers, versions or editions of their own: "3", "5 SUV"."""
    return float(not p.person and "number" in p.rest and _both_left(p))


def places_differ(p: Pair) -> float:
    """Both have places of their own: "Germany", "France"."""
    return _differ(p, "place")


def kinds_differ(p: Pair) -> float:
    """Both have words of their own for what they are: "Bank", "Motors"."""
    return _differ(p, "kind")


def names_differ(p: Pair) -> float:
    """Both have names of their own."""
    return _differ(p, "name")


def form_same(p: Pair) -> float:
    """The same legal form."""
    return float(bool(p.a.form) and p.a.form == p.b.form)


def form_differs(p: Pair) -> float:
    """Different legal forms."""
    return float(bool(p.a.form and p.b.form) and p.a.form != p.b.form)


def type_same(p: Pair) -> float:
    """The same class."""
    return float(bool(p.one.type) and p.one.type == p.other.type)


def types_apart(p: Pair) -> float:
    """Classes of which neither is above the other; half if of no kind, as a brand is to its firm."""
    x, y = p.one, p.other
    if not (x.type and y.type) or x.type in y.classes or y.type in x.classes:
        return 0.0
    return 1.0 if x.kind and y.kind and x.kind != y.kind else 0.5


def product_and_maker(p: Pair) -> float:
    """A product against a firm."""
    return float({p.one.kind, p.other.kind} == {"product", "organization"})


def shared_neighbours(p: Pair) -> float:
    """The same relations to the same things."""
    return 1 - 0.5 ** len(p.one.neighbours & p.other.neighbours)


def related(p: Pair) -> float:
    """One is said to stand in a relation to the other."""
    return float(_relates(p.one, p.other) or _relates(p.other, p.one))


def facts_agree(p: Pair) -> float:
    """A property that has one value has the same."""
    return float("agree" in _facts(p))


def facts_differ(p: Pair) -> float:
    """A property that has one value has another: two years of birth."""
    return float("differ" in _facts(p))


def same_document(p: Pair) -> float:
    """A document speaks of both, and reading it did not make them one."""
    return float(not p.one.documents.isdisjoint(p.other.documents))


BIAS = -2.3
FEATURES: tuple[Feature, ...] = (
    Feature("same name", 2.0, same_name),
    Feature("same words", 3.7, same_words),
    Feature("same sound", 3.6, same_sound),
    Feature("beginnings", 0.8, beginnings),
    Feature("shared words", 1.4, shared_words),
    Feature("slip", 0.4, slip),
    Feature("spelt otherwise", -3.7, spelt_otherwise),
    Feature("known words differ", -3.8, known_words),
    Feature("acronym", 5.0, acronym),
    Feature("acronyms differ", -3.0, acronyms_differ),
    Feature("initials", 2.6, initials),
    Feature("nickname", 2.8, nickname),
    Feature("one name only", -1.6, one_name_only),
    Feature("middle name", 0.6, middle_name),
    Feature("persons differ", -2.7, persons_differ),
    Feature("more: little", 1.9, more_light),
    Feature("more: place", -2.3, more_place),
    Feature("more: kind", -0.8, more_kind),
    Feature("more: number", -3.3, more_number),
    Feature("more: name", -0.7, more_name),
    Feature("numbers differ", -4.4, numbers_differ),
    Feature("places differ", -3.3, places_differ),
    Feature("kinds differ", -2.5, kinds_differ),
    Feature("names differ", -2.3, names_differ),
    Feature("legal form same", 0.5, form_same),
    Feature("legal form differs", -3.0, form_differs),
    Feature("same class", 1.0, type_same, of_names=False),
    Feature("classes apart", -3.7, types_apart, of_names=False),
    Feature("product and maker", -1.1, product_and_maker, of_names=False),
    Feature("shared neighbours", 4.9, shared_neighbours, of_names=False, of_facts=True),
    Feature("related", -3.1, related, of_names=False, of_facts=True),
    Feature("facts agree", 2.0, facts_agree, of_names=False, of_facts=True),
    Feature("facts differ", -5.0, facts_differ, of_names=False, of_facts=True),
    Feature("same document", -1.0, same_document, of_names=False),
)


def _told(word: str) -> float:
    return _TELLING[word_kind(word)]


def _all(p: Pair, matched: int) -> bool:
    return matched == max(len(p.a.words), len(p.b.words))


def _share(p: Pair, found: list[tuple[str, str]]) -> float:
    """How much of the letters of the longer name lies in these pairs."""
    return min(1.0, sum(max(map(len, pair)) for pair in found) / max(len(p.a.letters), len(p.b.letters)))


def _known(pair: tuple[str, str]) -> bool:
    return is_known(pair[0]) and is_known(pair[1])


def _slipped(x: str, y: str) -> bool:
    edits = OSA.distance(x, y)
    if edits > 1:
        return edits == 2 and min(len(x), len(y)) >= 9
    one, other = (re.sub(r"(.)\1+", r"\1", word) for word in (x, y))
    swapped = len(x) == len(y) and sorted(x) == sorted(y)
    return one == other or swapped or (len(x) != len(y) and min(len(x), len(y)) >= 6) or min(len(x), len(y)) >= 9


def _abbreviates(short: Folded, long: Folded) -> float:
    if not short.acronym or len(long.words) < 2 or long.acronym:
        return 0.0
    letters_of = short.acronym
    fits = letters_of in (long.initials, long.initials_of_all)
    return {2: 0.3, 3: 0.8}.get(len(letters_of), 1.0) if fits else 0.0


def _one_left(p: Pair) -> bool:
    return bool(p.words.left) != bool(p.words.right) and not p.acronym


def _both_left(p: Pair) -> bool:
    return bool(p.words.left and p.words.right) and not p.acronym


def _only(p: Pair, kind: WordKind) -> float:
    return float(not p.person and kind in p.rest and _one_left(p) and bool(p.words.matched))


def _differ(p: Pair, kind: WordKind) -> float:
    return float(not p.person and kind in p.rest and _both_left(p))


def _relates(x: Candidate, y: Candidate) -> bool:
    return any(iri == y.iri for _, iri in x.neighbours)


def _facts(p: Pair) -> set[str]:
    """Whether values of properties that have one agree or differ; a year and a day in it agree."""
    found = set()
    for predicate in {q for q, _ in p.one.facts} & {q for q, _ in p.other.facts}:
        ours, theirs = ({v for q, v in c.facts if q == predicate} for c in (p.one, p.other))
        agree = any(_within(x, y) or _within(y, x) for x in ours for y in theirs)
        found.add("agree" if agree else "differ")
    return found


def _within(x: str, y: str) -> bool:
    return x == y or x.startswith(f"{y}-")
