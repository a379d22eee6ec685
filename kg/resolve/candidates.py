"""Which pairs of things are worth comparing: those that share a key, near-linear in the number of things.

Keys are words by their sound and their consonants, the whole name without spaces, its initials, and the beginnings and
ends of long words. A block is all things of one key. One of more than `BLOCK` things is split by a second word of the
names; what is still larger is put into alphabetical order, and each thing is paired with its next `WINDOW` neighbours
there (the sorted neighbourhood of Hernández and Stolfo, 1995). Blocks of mere beginnings and ends that are larger are
skipped. So whatever there is of a name, each thing has a bounded number of pairs by each of its keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from kg.model import Entity, Statement, Value
from kg.ontology import Ontology
from kg.resolve.alignment import word_kind
from kg.resolve.folding import Folded, consonants, folded

BLOCK = 40
WINDOW = 4
_ENDS = 5
_KINDS = {
    "PERSON": "person",
    "GPE": "place",
    "LOC": "place",
    "ORG": "organization",
    "PRODUCT": "product",
    "EVENT": "event",
    "WORK_OF_ART": "work",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing as it is compared. names: its label first. type: IRI of its class, "" where unknown; classes: of it and of
    all above it. kind: person, place, organization, product, event, work, or "".

    documents: ids. neighbours: predicate and IRI of asserted relations, with a "^" before the predicate where the thing
    is the object. facts: predicate and literal, of properties that have one value for a thing.
    """

    iri: str
    names: tuple[str, ...]
    type: str = ""
    kind: str = ""
    classes: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    neighbours: frozenset[tuple[str, str]] = frozenset()
    facts: frozenset[tuple[str, str]] = field(default=frozenset())


def from_entities(entities: Sequence[Entity], statements: Iterable[Statement], ontology: Ontology) -> list[Candidate]:
    """The things of a graph under construction, in their order. Dates are taken to have one value for a thing."""
    neighbours: dict[str, set[tuple[str, str]]] = defaultdict(set)
    facts: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for s in statements:
        if s.stance != "asserted":
            continue
        if isinstance(s.object, str):
            neighbours[s.subject].add((s.predicate, s.object))
            neighbours[s.object].add((f"^{s.predicate}", s.subject))
        elif is_single(s.object):
            facts[s.subject].add((s.predicate, s.object.lexical))
    ner = {iri: c.ner_labels for iri, c in ontology.classes.items()}
    return [
        Candidate(
            e.iri,
            (e.label.text, *(alias.text for alias in e.aliases)),
            e.type,
            kind_of(classes := _above(e.type, ontology), ner),
            classes,
            frozenset(m.document for m in e.mentions),
            frozenset(neighbours[e.iri]),
            frozenset(facts[e.iri]),
        )
        for e in entities
    ]


def _above(cls: str, ontology: Ontology) -> frozenset[str]:
    return ontology.classes[cls].ancestors if cls in ontology.classes else frozenset((cls,) if cls else ())


def is_single(value: Value) -> bool:
    """Whether a thing has one value of that sort only: dates."""
    return value.datatype in ("date", "gYear", "gYearMonth")


def kind_of(classes: Iterable[str], ner_labels: Mapping[str, Iterable[str]]) -> str:
    """What sort of thing these classes are, by the labels of a name recogniser that the ontology gives them; "" for none."""
    found = {_KINDS[label] for cls in classes for label in ner_labels.get(cls, ()) if label in _KINDS}
    return min(found) if found else ""


def pairs(candidates: Sequence[Candidate]) -> list[tuple[int, int]]:
    """The positions of things worth comparing, the smaller first, sorted; the order of `candidates` does not matter."""
    ranked = sorted(range(len(candidates)), key=lambda i: candidates[i].iri)
    blocks: dict[str, list[tuple[int, Folded]]] = defaultdict(list)
    for i in ranked:
        for key, name in _keys(candidates[i]).items():
            blocks[key].append((i, name))
    found: set[tuple[int, int]] = set()
    for key, members in blocks.items():
        found.update(_pairs_of(key, members))
    return sorted((min(i, j), max(i, j)) for i, j in found)


def _keys(candidate: Candidate) -> dict[str, Folded]:
    """The keys of a thing, each with the first name that has it."""
    found: dict[str, Folded] = {}
    for text in candidate.names:
        name = folded(text, candidate.kind == "person")
        for key in _keys_of(name):
            found.setdefault(key, name)
    return found


def _keys_of(name: Folded) -> Iterator[str]:
    yield "all " + "".join(name.sounds)
    if 2 <= len(name.acronym) <= 6:
        yield f"initials {name.acronym}"
    elif len(name.words) > 1:
        yield f"initials {name.initials}"
        if name.initials_of_all != name.initials:
            yield f"initials {name.initials_of_all}"
    for word, sounds in zip(name.words, name.sounds, strict=True):
        if len(word) > 1 and word_kind(word) != "light":
            yield f"word {sounds}"
            bare = consonants(sounds)
            if len(bare) > 2:
                yield f"bare {bare}"
        if len(sounds) > _ENDS:
            yield f"head {sounds[:_ENDS]}"
            yield f"tail {sounds[-_ENDS:]}"


def _pairs_of(key: str, members: Sequence[tuple[int, Folded]]) -> Iterator[tuple[int, int]]:
    if len(members) <= BLOCK:
        yield from combinations([i for i, _ in members], 2)
        return
    if key.startswith(("head", "tail", "bare")):
        return
    split: dict[str, list[tuple[int, Folded]]] = defaultdict(list)
    for i, name in members:
        for sounds in set(name.sounds):
            if f"word {sounds}" != key or len(name.sounds) == 1:
                split[sounds].append((i, name))
    for part in split.values():
        if len(part) <= BLOCK:
            yield from combinations([i for i, _ in part], 2)
        else:
            yield from _neighbours(part)


def _neighbours(members: Sequence[tuple[int, Folded]]) -> Iterator[tuple[int, int]]:
    """Each with those that come next to it in alphabetical order."""
    order = [i for i, _ in sorted(members, key=lambda m: m[1].letters)]
    for n, i in enumerate(order):
        yield from ((i, j) for j in order[n + 1 : n + 1 + WINDOW])
