"""What the words of a name, and those around it, say of its class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.annotate.cues import Cues
from kg.annotate.posts import is_post_noun
from kg.annotate.runs import LINKS
from kg.lexicon import is_country, is_given, is_place, person_name, supersenses
from kg.lexicon.legal_forms import has_form
from kg.model import Parse


def vote_inside(parse: Parse, first: int, last: int, surface: str, known: Cues, votes: dict[str, float]) -> None:
    """What the name's own words, its shape and the recogniser say."""
    words = parse.words[first:last]
    while len(words) > 1 and words[-1][0].isdigit():
        words = words[:-1]  # "Design Fair 2017"
    link = next((n for n, w in enumerate(words) if n and w in ("of", "for", "de", "del", "di")), len(words))
    for n, word in enumerate(words):
        weight = 5.0 if n == link - 1 else 2.0 if n < link else 0.0
        for cls in known.name_word_classes.get(word, ()) if weight and len(words) > 1 else ():
            votes[cls] += weight
    for pattern, cls in known.patterns:
        if pattern.search(surface):
            votes[cls] += 2.5
    person = _personal(words)
    place = is_place(surface)
    general = known.general_classes
    for classes, weight in _labels(parse, first, last, known, person > 0, place):
        _add(votes, classes, weight)
    if has_form(surface) and words[-1] not in known.name_word_classes:
        _add(votes, general.get("ORG", ()), 5.0)
    _add(votes, general.get("PERSON", ()), person)
    if is_country(surface):
        _add(votes, known.noun_classes.get("country", ()), 3.0)
    if place:
        _add(votes, general.get("GPE", ()), 1.5 if person >= 2.5 else 3.0)


def _add(votes: dict[str, float], classes: Iterable[str], weight: float) -> None:
    for cls in classes if weight else ():
        votes[cls] += weight


def _labels(
    parse: Parse, first: int, last: int, known: Cues, personal: bool, place: bool
) -> Iterator[tuple[tuple[str, ...], float]]:
    """What the recogniser says, less where the lists of given names and places know nothing of it."""
    sure, general = known.label_classes, known.general_classes
    for begin, end, label in parse.names:
        if not (begin < last and first < end and (end - begin) * 2 >= last - first):
            continue
        if label == "PERSON" and not personal and not known.common_nouns:
            yield general.get("ORG", ()), 0.5
        elif label == "GPE" and not place and not known.common_nouns:
            yield general.get("GPE", ()), 0.5
            yield general.get("ORG", ()), 0.3
        else:
            yield sure.get(label, ()), 1.0


def _personal(words: Sequence[str]) -> float:
    """How much a name looks like a person's: by given names and surnames."""
    if "&" in words or "+" in words:
        return 0.0
    words = [word for word in words if word.lower() not in LINKS]
    if not words or len(words) > 4 or any(word[-1].isdigit() for word in words):
        return 0.0
    common = bool(supersenses(words[-1].lower()))
    if len(words) == 1:
        return 0.0 if not person_name(words[0]) else 0.3 if common else 0.8
    given = is_given(words[0]) or (len(words[0]) == 2 and words[0].endswith("."))
    surname = "s" in person_name(words[-1])
    if common and not (given and surname):
        return 0.5 if given or surname else 0.0  # "Savanna Tiles", "Long Bridge"
    return 3.5 if given and surname else 2.5 if given else 1.0 if surname else 0.0


def vote_around(parse: Parse, first: int, last: int, known: Cues, votes: dict[str, float]) -> list[str]:
    """What it is called beside it: "the designer X", "the X brand", "X, a brewery"; returns these nouns."""
    lemmas, tags, words = parse.lemmas, parse.tags, parse.words
    called: list[str] = []

    def vote(i: int, weight: float) -> None:
        called.append(lemmas[i])
        two = f"{lemmas[i - 1]} {lemmas[i]}" if i else ""
        classes = known.noun_classes.get(two) or known.classes_of(lemmas[i])
        person = "person" in supersenses(lemmas[i])[:1] and lemmas[i] not in known.noun_classes
        if person and (_owned_by_a_thing(parse, i) or words[i + 1 : i + 2] == ("of",)):
            weight /= 4  # "its neighbour", "a sponsor of": persons by the lists, and as often firms
        for cls in classes:
            votes[cls] += weight / len(classes)

    if first and tags[first - 1] in ("NN", "NNS", "JJ") and words[first - 1].islower():
        vote(first - 1, 4)
    kind = _head_behind(parse, first, last)
    if kind is not None and not is_place(" ".join(words[first:last])):
        vote(kind, 3)  # "the X bench"; but "the Lisbon firm"
    if first > 1 and words[first - 1] == "of" and tags[first - 2] == "NN" and lemmas[first - 2] in known.place_nouns:
        vote(first - 2, 4)  # "the city of X"
    if first and is_post_noun(words[first - 1], known):
        for cls in known.holders:
            votes[cls] += 3 / len(known.holders)
    if first and words[first - 1].lower() == "in" and parse.heads[first - 1] != first - 1:
        for cls in known.label_classes.get("GPE", ()):
            votes[cls] += 0.5 if known.common_nouns else 1.5  # where labels alone decide, "starred in" counts as well
    for i, weight in _called_by_grammar(parse, first, last):
        vote(i, weight)
    return called


def _owned_by_a_thing(parse: Parse, i: int) -> bool:
    """Whether "its", "our" or "their" stands before a noun, with nothing but adjectives between."""
    while i and parse.tags[i - 1] in ("JJ", "JJR", "JJS", "NN", "HYPH", "VBN", "CD"):
        i -= 1
    return i > 0 and parse.words[i - 1].lower() in ("its", "our", "their")


def _called_by_grammar(parse: Parse, first: int, last: int) -> Iterator[tuple[int, float]]:
    """Nouns in apposition to the name, or said to be it, with their weights."""
    lemmas, tags, words = parse.lemmas, parse.tags, parse.words
    for i in range(first, last):
        for j in range(max(0, first - 8), min(len(words), last + 30)):
            if parse.heads[j] == i and parse.deps[j] == "appos" and not first <= j < last and tags[j] in ("NN", "NNS"):
                yield j, 3
        head = parse.heads[i]
        if parse.deps[i] == "appos" and not first <= head < last and tags[head] in ("NN", "NNS"):
            yield head, 3
        if parse.deps[i] == "oprd" and parse.deps[head] == "acl":
            yield parse.heads[head], 4  # "a brand called X"
        if parse.deps[i] == "nsubj" and lemmas[head] == "be":
            for j in range(head + 1, min(len(words), head + 20)):
                if parse.heads[j] == head and parse.deps[j] == "attr" and tags[j] in ("NN", "NNS"):
                    yield j, 3


def _head_behind(parse: Parse, first: int, last: int) -> int | None:
    """The noun that a name stands before as a modifier: "the X home router"."""
    head = parse.heads[last - 1]
    if head < last or parse.deps[last - 1] not in ("compound", "nmod", "amod", "nummod", "poss", "dep"):
        return None
    between = range(last, head + 1)
    plain = all(parse.tags[i] in ("NN", "NNS", "JJ", "HYPH", "VBG") and parse.words[i].islower() for i in between)
    led = first and parse.tags[first - 1] in ("DT", "PRP$", "JJ", "POS")
    return head if plain and led and parse.tags[head] in ("NN", "NNS") else None
