"""What labels tell where an ontology says nothing else: "film award" is an award, "airline" an organisation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

# General nouns by the labels that name recognisers give to things so called; the last word of a label is looked up.
_NOUNS = {
    "PERSON": "actor actress agent architect artist astronaut athlete author candidate character coach composer "
    "customer director doctor emperor employee engineer founder general governor human journalist judge "
    "king lawyer leader man manager mayor minister monarch musician officer painter patient person player "
    "poet politician president professor queen saint scientist senator singer soldier student teacher "
    "woman worker writer",
    "ORG": "agency airline association authority band bank brand business carrier church club college committee "
    "company corporation council court department enterprise federation firm foundation government "
    "hospital institution league legislature manufacturer ministry museum newspaper operator organisation "
    "organization party publisher school society supplier team union university",
    "GPE": "area borough capital city continent country county district island location municipality nation "
    "place province region settlement state territory town village",
    "LOC": "continent island lake location mountain ocean park place planet region river sea valley",
    "FAC": "airport arena bridge building castle church dock facility harbour monument museum palace port road "
    "square stadium station street structure temple theatre tower",
    "EVENT": "battle championship competition conference conflict disaster election event exhibition fair festival "
    "mission season tournament war",
    "WORK_OF_ART": "album artwork book film game journal magazine movie newspaper novel opera painting play poem "
    "sculpture series song work",
    "PRODUCT": "aircraft automobile boat car device locomotive machine model product rocket ship software train "
    "transportation vehicle vessel weapon",
    "LAW": "act law statute treaty",
}
_LABELS: dict[str, tuple[str, ...]] = {}
for _label, _words in _NOUNS.items():
    for _noun in _words.split():
        _LABELS[_noun] = tuple(dict.fromkeys((*_LABELS.get(_noun, ()), _label)))

# The noun for all that a recogniser calls so.
_GENERAL = {
    "PERSON": ("person", "human"),
    "ORG": ("organisation", "organization"),
    "GPE": ("place", "location"),
    "EVENT": ("event",),
    "WORK_OF_ART": ("work", "creative work"),
    "PRODUCT": ("product",),
}
_ROOTS = frozenset(noun for nouns in _GENERAL.values() for noun in nouns)


def ner_labels_of(labels: Iterable[str]) -> tuple[str, ...]:
    """The recogniser's labels for things that are called so, sorted; none where nothing is known of the nouns."""
    heads = (label.lower().split(" of ")[0].split()[-1:] for label in labels)
    return tuple(sorted({name for head in heads for word in head for name in _LABELS.get(word, ())}))


def nouns_called(label: str) -> frozenset[str]:
    """The general nouns for what a recogniser gives that label."""
    return frozenset(_NOUNS[label].split())


def name_words_of(labels: Iterable[str]) -> tuple[str, ...]:
    """Labels of one word as they stand inside names ("Airport" in "Bedford Airport"), sorted."""
    return tuple(sorted({label.capitalize() for label in labels if label.isalpha()}))


def superclasses(unknown: Mapping[str, Sequence[str]], labels: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """For classes of no known superclass those that their labels tell of: "film award" - "award", "singer" - "person".

    unknown, labels: labels by IRI, of these classes and of all.
    """
    named = {label.lower(): iri for iri in sorted(labels) for label in labels[iri]}
    found: dict[str, set[str]] = {iri: set() for iri in unknown}
    for iri, own in unknown.items():
        general = (named.get(noun) for name in ner_labels_of(own) for noun in _GENERAL.get(name, ()))
        found[iri] |= {above for above in general if above is not None and not set(own) & _ROOTS}
    for iri, own in unknown.items():
        for label in own:
            words = label.lower().split()
            heads = (named.get(" ".join(words[n:])) for n in range(1, len(words)))
            found[iri] |= {head for head in heads if head is not None and head != iri}
    return found


def asks_when(label: str) -> bool:
    """Whether the label of a property names a date: "publication date", "date of birth"."""
    words = label.lower().split()
    return words[-1] in ("date", "year") or words[0] in ("date", "year")


def words_of(name: str) -> str:
    """camelCase and snake_case as words in lower case; other words as they are."""
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_+", " ", name).strip()
    return parts.lower() if " " in parts else name
