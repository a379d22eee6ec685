"""The IRIs of things, made of a thing's own name and kind alone, so that no other document can change them."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata

from kg.ontology import Ontology
from kg.resolve.names import name_key

_LONGEST_SLUG = 80
_MARKS = re.compile(r"[\W_]+")


class Kinds(dict[str, str]):
    """What must agree for two things to be one, by their class (`kind_of`), each found once."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology

    def __missing__(self, cls: str) -> str:
        self[cls] = kind_of(cls, self._ontology)
        return self[cls]


def entity_iri(label: str, kind: str, cls: str, document: str, ontology: Ontology, base: str) -> str:
    """The IRI of a thing by its name, kind and class.

    Persons, places and things named by phrases have folders of their own beside all others. A person known by one name
    only is told from namesakes by the document.
    """
    name = slug(label)
    if kind == "name":
        return f"{base}entity/{name}"
    if kind == "person" and " " not in label:
        return f"{base}person/{name}-{hashlib.sha256(document.encode()).hexdigest()[:6]}"
    if kind in ("person", "place"):
        return f"{base}{kind}/{name}"
    return f"{base}phrase/{slug(ontology.classes[cls].local)}-{name}"


def kind_of(cls: str, ontology: Ontology) -> str:
    """What must agree for two things to be one: persons, places, phrases of one class, and all other names."""
    known = ontology.classes.get(cls)
    if known is None:
        return "name"
    labels = {label for iri in known.ancestors if iri in ontology.classes for label in ontology.classes[iri].ner_labels}
    if not known.by_name:
        return cls
    return "person" if "PERSON" in labels else "place" if "GPE" in labels else "name"


@functools.lru_cache(maxsize=100_000)
def slug(name: str) -> str:
    """What names are compared by, as the last part of an IRI: letters and digits of any script, hyphens between.

    A short hash ends it where that would say nothing, or too much.
    """
    key = name_key(unicodedata.normalize("NFC", name))
    plain = key.isascii() and key.replace(" ", "").isalnum()
    key = key.replace(" ", "-") if plain else _MARKS.sub("-", key).strip("-")
    if key and len(key) <= _LONGEST_SLUG:
        return key
    return f"{key[:_LONGEST_SLUG] or 'thing'}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"
