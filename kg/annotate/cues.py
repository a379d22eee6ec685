"""What an ontology tells about the names, nouns and posts of a text, compiled once."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Cues:
    """What an ontology tells about names, compiled once. holders: classes of those who hold posts."""

    noun_classes: dict[str, tuple[str, ...]]
    name_word_classes: dict[str, tuple[str, ...]]
    label_classes: dict[str, tuple[str, ...]]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    value_nouns: frozenset[str]
    value_words: frozenset[str]
    holders: tuple[str, ...]


def cues(ontology: Ontology) -> Cues:
    """The ontology's nouns, name words and labels, ready to look up."""
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
        holders=tuple(sorted({iri for p in ontology.properties.values() if p.value_nouns for iri in p.domain})),
    )
