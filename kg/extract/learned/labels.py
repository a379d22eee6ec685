"""What a model is told of an ontology: the words for its classes and properties, and which classes a property joins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.model import Datatype
    from kg.ontology import Ontology

_JOINT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_")
_ONE_WORD = re.compile(r"[A-Za-z0-9]+(?:[a-z0-9][A-Z]|_)\w*")
LONGEST_LABEL = 32  # word pieces of a wording
# Values are told apart like things; these are their classes.
VALUE_KINDS: dict[str, tuple[str, ...]] = {
    "Date": ("date", "day, month or year", "point in time"),
    "Amount": ("amount of money", "price", "sum"),
    "Number": ("number", "count", "quantity"),
    "Title": ("title of a post", "job title", "role"),
    "Text": ("text", "words", "value"),
}
_OF_DATATYPE: dict[Datatype, tuple[str, ...]] = {
    "date": ("Date",),
    "gYearMonth": ("Date",),
    "gYear": ("Date",),
    "integer": ("Number",),
    "decimal": ("Number",),
    "amount": ("Amount",),
    "string": ("Title", "Text"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A class or a property in words.

    key: the IRI, or the name of a kind of value. names: its labels, preferred first. domain, range: keys of classes,
    empty for any.
    """

    key: str
    names: tuple[str, ...]
    definition: str = ""
    domain: frozenset[str] = frozenset()
    range: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The classes and properties that a text is read under."""

    types: tuple[Kind, ...]
    properties: tuple[Kind, ...]

    def allowed(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """For each property and class whether the class may stand as subject, and as object: two arrays of 0 and 1."""
        number = {kind.key: n for n, kind in enumerate(self.types)}
        sides = []
        for side in ("domain", "range"):
            table = np.zeros((len(self.properties), len(self.types)), dtype=np.float32)
            for n, prop in enumerate(self.properties):
                keys = [number[key] for key in getattr(prop, side) if key in number]
                table[n, keys or slice(None)] = 1.0
            sides.append(table)
        return sides[0], sides[1]


def vocabulary(ontology: Ontology) -> Vocabulary:
    """What a model is told of an ontology; subclasses stand wherever their superclasses may."""
    values = tuple(Kind(key, names) for key, names in VALUE_KINDS.items())
    classes = tuple(
        Kind(iri, _spoken((c.label, *c.nouns[:4])), c.definition) for iri, c in sorted(ontology.classes.items())
    )
    below = {
        iri: frozenset(other for other, c in ontology.classes.items() if iri in c.ancestors) for iri in ontology.classes
    }
    properties = tuple(
        Kind(
            iri,
            _spoken(p.labels or (p.label,)),
            p.definition,
            _widened(p.domain, below),
            frozenset(_OF_DATATYPE[p.datatype]) if p.datatype else _widened(p.range, below),
        )
        for iri, p in sorted(ontology.properties.items())
    )
    return Vocabulary(classes + values, properties)


def _spoken(labels: Iterable[str]) -> tuple[str, ...]:
    """Labels written as one word in words: "runwayLength" is "runway length"."""
    return tuple(_JOINT.sub(" ", label).lower() if _ONE_WORD.fullmatch(label) else label for label in labels)


def _widened(classes: Iterable[str], below: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset(other for iri in classes for other in below.get(iri, {iri}))


def wording(kind: Kind) -> str:
    """A class or property as the encoder reads it: "plays for: links a player to the club ..."."""
    return f"{kind.names[0]}: {kind.definition}" if kind.definition else kind.names[0]
