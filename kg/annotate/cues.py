"""What an ontology tells about the names, nouns and posts of a text, compiled once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from kg.class_labels import nouns_called
from kg.lexicon import supersenses
from kg.ontology import Ontology

_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Cues:
    """What an ontology tells about names, compiled once.

    general_classes: of the classes of a recogniser's label, those that are no subclass of another. holders: classes of
    those who hold posts. place_nouns, work_nouns: nouns of places, of works. common_nouns: those of the language, for
    an ontology that tells nothing of how its things are named. kind_classes: for a supersense, the class most of whose
    nouns have it.
    """

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
    general_classes: dict[str, tuple[str, ...]]
    kind_classes: dict[str, str]

    def classes_of(self, noun: str) -> tuple[str, ...]:
        """The classes that a common noun speaks for: by the ontology's own nouns, else by its supersenses."""
        known = self.noun_classes.get(noun)
        if known is not None:
            return known
        return tuple(dict.fromkeys(self.kind_classes[k] for k in supersenses(noun)[:1] if k in self.kind_classes))


def cues(ontology: Ontology, common_nouns: frozenset[str] = frozenset()) -> Cues:
    """The ontology's nouns, name words and labels, ready to look up.

    common_nouns: those of the language, for an ontology that tells nothing of how its things are named.
    """
    nouns, words, labels = defaultdict(list), defaultdict(list), defaultdict(list)
    patterns = []
    for cls in ontology.classes.values():
        for noun in cls.nouns if cls.by_name else ():
            nouns[noun].append(cls.iri)
        for word in cls.name_words:
            words[word].append(cls.iri)
        for label in cls.ner_labels:
            labels[label].append(cls.iri)
        patterns += [(re.compile(pattern), cls.iri) for pattern in cls.name_patterns]
    return Cues(
        general_classes={
            label: tuple(iri for iri in iris if not (ontology.classes[iri].ancestors - {iri}) & set(iris))
            for label, iris in labels.items()
        },
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
        kind_classes=kind_classes(ontology),
    )


def _nouns_of(label: str, ontology: Ontology) -> frozenset[str]:
    """The nouns of classes that a label of the recogniser speaks for, and of their subclasses."""
    own = {iri for iri, c in ontology.classes.items() if label in c.ner_labels}
    return frozenset(noun for c in ontology.classes.values() if c.ancestors & own for noun in c.nouns)


def kind_classes(ontology: Ontology) -> dict[str, str]:
    """For each supersense the class that has most nouns of it, if there are enough to tell."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for iri, cls in sorted(ontology.classes.items()):
        for noun in cls.nouns:
            for kind in supersenses(noun)[:1]:
                counts[kind][iri] += 1
    return {
        kind: best
        for kind, count in counts.items()
        for best, number in [max(count.items(), key=lambda item: (item[1], item[0]))]
        if number >= _ENOUGH
    }
