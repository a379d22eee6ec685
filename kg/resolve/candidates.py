"""Which pairs of things are worth comparing: those that share a key, near-linear in the number of things.

Keys are the whole name without spaces, its initials, any two of its words, and of telling words (its own name, the
first word, a surname) the sound, the consonants, the beginning and the end. A block is all things of one key. Of
mere consonants, beginnings and ends, only words that may be misspelt for each other make a pair; of initials, only an
acronym and a longer name.

One of more than `BLOCK` things is split by a further word of their names; what is still larger is put into alphabetical
order, and each thing is paired with its next `WINDOW` neighbours there (the sorted neighbourhood of Hernández and
Stolfo, 1995). Larger blocks of initials, consonants, beginnings and ends are skipped. So each thing has a bounded
number of pairs by each of its keys. What a new thing can change for others: a pair in a block that it makes too large.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import msgspec

from kg.lexicon import is_given
from kg.model import Entity, Statement, Value
from kg.ontology import Ontology
from kg.resolve.alignment import likeness, word_kind
from kg.resolve.folding import Folded, consonants, folded, sound

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


class Candidate(msgspec.Struct, frozen=True):
    """A thing as it is compared.

    names: its label first. type: IRI of its class, "" where unknown; classes: that one and all above it. kind: person,
    place, organization, product, event, work, or "".
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
    facts: frozenset[tuple[str, str]] = frozenset()


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
    above = {cls: _above(cls, ontology) for cls in {e.type for e in entities}}
    classes = {cls: (kind_of(found, ner), found) for cls, found in above.items()}
    return [
        Candidate(
            e.iri,
            (e.label.text, *[alias.text for alias in e.aliases]),
            e.type,
            *classes[e.type],
            frozenset([document for document, _ in e.things]),
            frozenset(neighbours.get(e.iri, ())),
            frozenset(facts.get(e.iri, ())),
        )
        for e in entities
    ]


def _above(cls: str, ontology: Ontology) -> frozenset[str]:
    return ontology.classes[cls].ancestors if cls in ontology.classes else frozenset((cls,) if cls else ())


def is_single(value: Value) -> bool:
    """Whether a thing has one value of that sort only: dates."""
    return value.datatype in ("date", "gYear", "gYearMonth")


def kind_of(classes: Iterable[str], ner_labels: Mapping[str, Iterable[str]]) -> str:
    """What sort of thing these classes are, by the name recogniser's labels in the ontology; "" for none."""
    found = {_KINDS[label] for cls in classes for label in ner_labels.get(cls, ()) if label in _KINDS}
    return min(found) if found else ""


@dataclass(frozen=True, slots=True)
class Member:
    """A thing in a block: its position, the name and the word of it that the key was made of."""

    position: int
    name: Folded
    word: str = ""


def pairs(candidates: Sequence[Candidate]) -> list[tuple[int, int]]:
    """The positions of things worth comparing, the smaller first, sorted; the order of `candidates` does not matter."""
    blocks: dict[str, list[Member]] = defaultdict(list)
    for i in sorted(range(len(candidates)), key=lambda i: candidates[i].iri):
        for key, (name, word) in keys_of(candidates[i].names, candidates[i].kind == "person").items():
            blocks[key].append(Member(i, name, word))
    return sorted({pair for key, members in blocks.items() for pair in pairs_of(key, members)})


def keys_of(names: Iterable[str], person: bool) -> dict[str, tuple[Folded, str]]:
    """The keys of a thing, each with the first name that has it, and the word of the name that it was made of."""
    found: dict[str, tuple[Folded, str]] = {}
    for text in names:
        name = folded(text, person)
        for key, word in _keys_of(name, person):
            found.setdefault(key, (name, word))
    return found


def _keys_of(name: Folded, person: bool) -> Iterator[tuple[str, str]]:
    yield f"all {sound(name.letters)}", ""
    if len(name.words) > 1:
        yield f"bare {' '.join(sorted(map(consonants, name.sounds)))}", ""  # for other scripts
    if name.acronym:
        yield f"initials {name.acronym}", ""
    elif len(name.words) > 1 and not person:
        yield from {(f"initials {name.initials}", ""), (f"initials {name.initials_of_all}", "")}
    told = [(w, s) for w, s in zip(name.words, name.sounds, strict=True) if word_kind(w) != "light"]
    for one, other in combinations(sorted({s for _, s in told}), 2):
        yield f"two {one} {other}", ""
    for n, (word, sounds) in enumerate(told):
        if not _is_telling(word, n, len(told), person):
            continue
        yield f"word {sounds}", ""
        bare = consonants(sounds)
        if len(bare) > 2:
            yield f"bare {bare}", word
        if len(sounds) > _ENDS:
            yield f"head {sounds[:_ENDS]}", word
            yield f"tail {sounds[-_ENDS:]}", word


def _is_telling(word: str, n: int, count: int, person: bool) -> bool:
    """Whether things are worth comparing for one word of a name: its own name, or the first, or a surname."""
    if len(word) == 1:
        return False
    if person:
        return n == count - 1 or not is_given(word)
    return n == 0 or word_kind(word) == "name"


def pairs_of(key: str, members: Sequence[Member]) -> Iterator[tuple[int, int]]:
    """The positions of things of one block worth comparing, the smaller first; members: in the order of their IRIs."""
    return ((i, j) if i < j else (j, i) for i, j in _paired(key, members))


def _paired(key: str, members: Sequence[Member]) -> Iterator[tuple[int, int]]:
    if len(members) < 2:
        return
    if key.startswith(("head", "tail", "bare")):
        if len(members) <= BLOCK:
            yield from ((x.position, y.position) for x, y in combinations(members, 2) if _may_be_misspelt(x, y))
    elif key.startswith("initials"):
        short = [m.position for m in members if m.name.acronym]
        if len(short) <= BLOCK and len(members) <= BLOCK * BLOCK:
            yield from ((m.position, i) for m in members for i in short if not m.name.acronym and m.position != i)
    elif len(members) <= BLOCK:
        yield from combinations([m.position for m in members], 2)
    else:
        split: dict[str, list[Member]] = defaultdict(list)
        for member in members:
            for sounds in set(member.name.sounds):
                if f"word {sounds}" != key or len(member.name.sounds) == 1:
                    split[sounds].append(member)
        for part in split.values():
            yield from combinations([m.position for m in part], 2) if len(part) <= BLOCK else _neighbours(part)


def _may_be_misspelt(x: Member, y: Member) -> bool:
    """Whether the words of two names are near enough; of those in different scripts, their consonants are."""
    return x.name.latin != y.name.latin or likeness(x.word, y.word) > 0


def _neighbours(members: Sequence[Member]) -> Iterator[tuple[int, int]]:
    """Each with those that come next to it in alphabetical order."""
    order = [m.position for m in sorted(members, key=lambda m: m.name.letters)]
    for n, i in enumerate(order):
        yield from ((i, j) for j in order[n + 1 : n + 1 + WINDOW])
