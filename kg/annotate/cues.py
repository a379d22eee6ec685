"""What an ontology tells about names, and the votes for classes that a name's own words and those around it make."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotate.places import countries, well_known_places
from kg.class_labels import nouns_called
from kg.model import Parse
from kg.ontology import Ontology

_PLACE_LABELS = frozenset(("GPE", "LOC"))


@dataclass(frozen=True, slots=True)
class Cues:
    """What an ontology tells about names, compiled once. holders: classes of those who hold posts."""

    noun_classes: dict[str, tuple[str, ...]]
    name_word_classes: dict[str, tuple[str, ...]]
    label_classes: dict[str, tuple[str, ...]]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    value_nouns: frozenset[str]
    value_words: frozenset[str]
    place_nouns: frozenset[str]
    work_nouns: frozenset[str]
    common_nouns: frozenset[str]
    holders: tuple[str, ...]


def cues(ontology: Ontology, common_nouns: frozenset[str] = frozenset()) -> Cues:
    """The ontology's nouns, name words and labels, ready to look up.

    common_nouns: those of the language, for an ontology that tells nothing of how its things are named.
    """
    nouns, words, labels = defaultdict(list), defaultdict(list), defaultdict(list)
    patterns = []
    for cls in ontology.classes.values():
        for noun in cls.nouns:
            nouns[noun].append(cls.iri)
        for word in cls.name_words:
            words[word].append(cls.iri)
        for label in cls.ner_labels:
            labels[label].append(cls.iri)
        patterns += [(re.compile(pattern), cls.iri) for pattern in cls.name_patterns]
    return Cues(
        noun_classes={k: tuple(v) for k, v in nouns.items()},
        name_word_classes={k: tuple(v) for k, v in words.items()},
        label_classes={k: tuple(v) for k, v in labels.items()},
        patterns=tuple(patterns),
        value_nouns=frozenset(n for p in ontology.properties.values() for n in p.value_nouns),
        value_words=frozenset(w for p in ontology.properties.values() for w in p.value_words),
        common_nouns=common_nouns,
        place_nouns=_nouns_of("GPE", ontology) | nouns_called("GPE"),
        work_nouns=_nouns_of("WORK_OF_ART", ontology),
        holders=tuple(sorted({iri for p in ontology.properties.values() if p.value_nouns for iri in p.domain})),
    )


def _nouns_of(label: str, ontology: Ontology) -> frozenset[str]:
    """The nouns of classes that a label of the recogniser speaks for, and of their subclasses."""
    own = {iri for iri, c in ontology.classes.items() if label in c.ner_labels}
    return frozenset(noun for c in ontology.classes.values() if c.ancestors & own for noun in c.nouns)


def is_post_noun(word: str, known: Cues) -> bool:
    """Whether the word heads a post, such as "director"."""
    return word in known.value_nouns or (word[:1].isupper() and word.lower() in known.value_nouns)


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
    for begin, end, label in parse.names:
        if begin < last and first < end and (end - begin) * 2 >= last - first:
            for cls in known.label_classes.get(label, ()):
                votes[cls] += 1.0
    if surface in well_known_places():
        for cls in known.label_classes.get("GPE", ()):
            votes[cls] += 3
        for cls in known.noun_classes.get("country", ()) if surface in countries() else ():
            votes[cls] += 3


def vote_around(parse: Parse, first: int, last: int, known: Cues, votes: dict[str, float]) -> list[str]:
    """What it is called beside it: "the designer X", "the X brand", "X, a brewery"; returns these nouns."""
    lemmas, tags, words = parse.lemmas, parse.tags, parse.words
    called: list[str] = []

    def vote(i: int, weight: float) -> None:
        called.append(lemmas[i])
        for noun in (f"{lemmas[i - 1]} {lemmas[i]}" if i else "", lemmas[i]):
            classes = known.noun_classes.get(noun, ())
            for cls in classes:
                votes[cls] += weight / len(classes)
            if classes:
                return

    if first and tags[first - 1] in ("NN", "NNS", "JJ") and words[first - 1].islower():
        vote(first - 1, 4)
    if (
        last < len(words)
        and tags[last] in ("NN", "NNS")
        and words[last].islower()
        and first
        and tags[first - 1] in ("DT", "PRP$", "JJ", "POS")
        and not any(a < last and first < b and label in _PLACE_LABELS for a, b, label in parse.names)
    ):
        vote(last, 3)  # "the X bench"; but "the Lisbon firm"
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
