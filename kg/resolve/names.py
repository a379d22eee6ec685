"""Which names of one document mean one thing: equal names, short forms, acronyms, surnames, translations."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence

from kg.model import Mention
from kg.ontology import Ontology

_ARTICLES = frozenset(("the", "a", "an"))
_DOT = re.compile(r"(?<=\b[^\W\d_])[./](?=[^\W\d_]\b)")  # inside "S.p.A." and "A/S"
_POSSESSIVE = re.compile(r"[’']s\b")
_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ÿ]*[A-ZÀ-Þ][A-Za-z]*|[A-Z]{2,}")
_SMALL = frozenset("of for and the de du des di del von van der den la le & et und y e in".split())
_BRACKET = re.compile(r"[”\"“»」'’]?\s*(?:,\s*)?[(\[]\s*[“\"„«「'‘]?\s*$")
_SERIES = re.compile(r"[”\"“»」'’]?\s*,?\s*[“\"„«「'‘]?\s*$")
_ALSO = re.compile(
    r"[),”\"“»」]{0,3}\s+(?:also |directly |literally |literately )?"
    r"(?:translated (?:as|to)|meaning|known (?:\w+ )?as|called|short for|or|dubbed|that is)\s+(?:the )?[“\"„«「'‘]?$"
)
_FOR_SHORT = re.compile(r"\s*,?\s+for short")


@functools.lru_cache(maxsize=100_000)
def name_key(name: str) -> str:
    """What names are compared by: words in lower case, without articles, possessive s and punctuation."""
    if name.isascii() and name.replace(" ", "").isalnum():
        words = name.lower().split()
    else:
        words = _WORD.findall(_DOT.sub("", _POSSESSIVE.sub("", name)).casefold())
    return " ".join([w for w in words if w not in _ARTICLES] or words) or name.casefold()


class Clusters:
    """A union-find over positions; the smallest position of a cluster stands for it."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, i: int) -> int:
        """The smallest position of the cluster of i."""
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def by_first(self) -> dict[int, list[int]]:
        """The positions of each cluster by the smallest of them, in the order of these."""
        found: dict[int, list[int]] = {}
        for i, parent in enumerate(self._parent):
            if parent == i:
                found[i] = [i]
            else:
                found[self.find(i)].append(i)
        return found

    def join(self, i: int, j: int) -> None:
        """Make the clusters of i and j one."""
        i, j = self.find(i), self.find(j)
        if i != j:
            self._parent[max(i, j)] = min(i, j)


def cluster_names(
    text: str,
    names: Sequence[Mention],
    ontology: Ontology,
    typed: Callable[[Sequence[Sequence[Mention]]], Sequence[str | None]],
    apart: frozenset[frozenset[str]] = frozenset(),
) -> list[list[Mention]]:
    """Groups of mentions, one a thing, in the order of their first mention; the order of `names` is that of the text.

    typed: the classes of groups of mentions, to tell persons, whose surnames are short forms, from all else.
    apart: pairs of names, by their keys, that some sentence relates to each other: neither is short for the other.
    """
    clusters = Clusters(len(names))
    keys = [name_key(m.surface) for m in names]
    first: dict[str, int] = {}
    for i, key in enumerate(keys):
        clusters.join(i, first.setdefault(key, i))
    firsts = sorted(first.values())
    groups: dict[str, list[Mention]] = {key: [] for key in first}
    for mention, key in zip(names, keys, strict=True):
        groups[key].append(mention)
    equal = [groups[keys[i]] for i in firsts]
    persons = ontology.persons()
    people = frozenset(i for i, cls in zip(firsts, typed(equal), strict=True) if cls in persons)
    suffixes = frozenset(name_key(w) for c in ontology.classes.values() for w in c.name_words)
    for i in range(1, len(names)):
        if _is_other_name(text, names[i - 1], names[i]):
            clusters.join(i - 1, i)
    longer = _Longer(names, keys, firsts)
    for i in firsts:
        others = [j for j in longer.than(i) if frozenset((keys[i], keys[j])) not in apart]
        j = _longer(i, names, keys, others, suffixes, people)
        if j is not None:
            clusters.join(i, j)
    return [[names[i] for i in members] for members in clusters.by_first().values()]


def _is_other_name(text: str, one: Mention, other: Mention) -> bool:
    """Whether `other` stands right behind `one` as its acronym, translation or other spelling."""
    between = text[one.span.end : other.span.begin]
    if len(between) > 40:
        return False
    behind = text[other.span.end : other.span.end + 12]
    if _BRACKET.fullmatch(between):
        closing = re.match(r"[”\"“»」'’]?\s*[,)\]]", behind)
        return closing is not None and (
            other.annotator == "quotation"
            or other.kind == "phrase"
            or _initials_fit(other.surface, one.surface)
            or not _has_latin(other.surface)
            or one.surface[0] == other.surface[0]
        )
    if _SERIES.fullmatch(between) and "," in between and _in_bracket(text, one) and _in_bracket(text, other):
        return one.kind == "phrase" or not _has_latin(one.surface)
    if _ALSO.fullmatch(between):
        return (
            other.annotator == "quotation"
            or text[other.span.begin - 1 : other.span.begin] in ("“", '"', "‘", "'")
            or re.search(r"\bknown\b", between) is not None
        )
    return between.strip() == "," and _FOR_SHORT.match(text, other.span.end) is not None


def _in_bracket(text: str, mention: Mention) -> bool:
    opened = text.rfind("(", max(0, mention.span.begin - 80), mention.span.begin)
    return opened >= 0 and ")" not in text[opened : mention.span.begin]


def _has_latin(name: str) -> bool:
    return bool(re.search(r"[A-Za-zÀ-ɏ]", name))


def _initials_fit(short: str, long: str) -> bool:
    """Whether the letters of an acronym come, in order, from the beginnings of the words of the long name."""
    letters = re.sub(r"[^a-z]", "", short.casefold())
    words = [w for w in re.findall(r"\w+", long.casefold()) if w not in _SMALL]
    initials = "".join(w[0] for w in words)
    if not letters or len(letters) < 2:
        return False
    if letters in initials or initials == letters:
        return True
    return len(letters) <= 6 and letters[0] == initials[:1] and _subsequence(letters, "".join(w[:4] for w in words))


def _subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


class _Longer:
    """Positions of names by what a short form of them shows: their first word, their last, or their initials."""

    def __init__(self, names: Sequence[Mention], keys: Sequence[str], firsts: Sequence[int]) -> None:
        self._keys, self._names = keys, names
        self._by: dict[tuple[str, str], list[int]] = {}
        for i in firsts:
            words = keys[i].split() or [""]
            for kind, shown in (("first", words[0]), ("last", words[-1]), ("initials", _initials(names[i].surface))):
                self._by.setdefault((kind, shown), []).append(i)

    def than(self, i: int) -> list[int]:
        """The positions of all names that the one at `i` may be a short form of, in order."""
        words = self._keys[i].split() or [""]
        shown = [(kind, word) for kind in ("first", "last") for word in (words[0], words[-1])]
        if len(words) == 1:
            shown.append(("initials", re.sub(r"[^a-z]", "", self._names[i].surface.casefold())))
        return sorted({j for key in shown for j in self._by.get(key, ())})


def _initials(name: str) -> str:
    """The first letters of the words of a name but for the small ones, in lower case."""
    return "".join(w[0] for w in re.findall(r"\w+", name) if w.casefold() not in _SMALL).casefold()


def _longer(
    i: int,
    names: Sequence[Mention],
    keys: Sequence[str],
    others: Sequence[int],
    suffixes: frozenset[str],
    people: frozenset[int],
) -> int | None:
    """The position of the longer name that the name at `i` is a short form of."""
    words = keys[i].split()
    found: list[tuple[int, int]] = []
    for j in others:
        long = keys[j].split()
        if len(long) <= len(words):
            continue
        rank = _as_person(names[i], words, long, i in people) if j in people else None
        if rank is None:
            rank = _short_form(names[i].surface, words, names[j].surface, long, suffixes)
            if rank == 0 and i in people and j not in people:
                rank = _NEEDS_LONG_FIRST - 1
            if rank is not None and rank >= _NEEDS_LONG_FIRST and (j > i or i in people or j in people):
                rank = None
        if rank is not None:
            found.append((rank, j))
    return min(found)[1] if found else None


_NEEDS_LONG_FIRST = 4


def _as_person(short: Mention, words: Sequence[str], long: Sequence[str], is_person: bool) -> int | None:
    """A surname or first name of a person; as a last resort where nothing says that the short name is a person's."""
    if len(words) != 1 or words[0] not in (long[0], long[-1]) or any(c.isdigit() for c in words[0]):
        return None
    if is_person or not short.votes:
        return 2 if words[0] == long[-1] else 3
    return 6


def _short_form(
    short: str, words: Sequence[str], long_name: str, long: Sequence[str], suffixes: frozenset[str]
) -> int | None:
    """How well one name abbreviates the other: 0 is best, None not at all."""
    begins = list(long[: len(words)]) == list(words)
    if begins and all(w in suffixes for w in long[len(words) :]):
        return 0
    acronym = len(words) == 1 and len(short) <= 6 and _ACRONYM.fullmatch(re.sub(r"[.-]", "", short))
    if acronym and _initials(long_name) == re.sub(r"[^a-z]", "", short.casefold()):
        return 1
    numbered = any(c.isdigit() for c in words[-1])
    if list(long[-len(words) :]) == list(words) and (len(words) >= 2 or numbered):
        return 4
    if begins and not any(c.isdigit() for c in "".join(long)):
        return 5
    return None
