"""What users' decisions do to entities: which are one, which are not, what they are called and of which class."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from msgspec import structs

from kg.decisions import Apart, Decision, Merge, Rename, Retype, Split
from kg.model import Entity, Extracted, Label, LocalEntity, LocalStatement, Span, Statement
from kg.ontology import Ontology
from kg.resolve.entities import Naming, entities_of
from kg.resolve.group import Constraints, Grouping, Place
from kg.resolve.names import name_key

CONTRADICTED = "a later decision says otherwise, or it names one thing twice"
GONE = "nothing in the graph is <{}> any more"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision: the entities (IRIs) and statements that it is about, or why it had no effect."""

    decision: Decision
    entities: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    reason: str = ""


@dataclass(slots=True)
class Resolved:
    """Entities by the place of each of their things. extractions: with what was split off as things of their own.

    known: every IRI that a decision may name an entity by, with the IRI of that entity; {} where there is none.
    """

    extractions: list[Extracted]
    entities: list[Entity]
    of: dict[Place, str]
    known: dict[str, str]
    outcomes: list[Outcome] = field(default_factory=list)


class Deciding:
    """The things of documents, divided and grouped as decided; entities are made of them, as often as is asked."""

    def __init__(
        self, extractions: Sequence[Extracted], ontology: Ontology, base: str, decisions: Sequence[Decision]
    ) -> None:
        self._decisions = decisions
        self._divided = divided = _Divided(list(extractions), ontology, base)
        constrained = [decision for decision in decisions if isinstance(decision, Merge | Apart)]
        for decision in decisions:
            if isinstance(decision, Split):
                divided.split(decision, constrained)
        constraints = divided.constraints(constrained[::-1])
        self._grouping = Grouping(divided.extractions, ontology, constraints)
        self._naming = Naming(divided.extractions, ontology, base, divided.parts)

    def join(self, alike: Iterable[tuple[Place, Place]]) -> None:
        """Take these for one as well where decisions allow it, the first first."""
        self._grouping.join(alike)

    def resolved(self) -> Resolved:
        """Entities, named and typed as decided."""
        divided, groups, refused = self._divided, self._grouping.groups, self._grouping.refused
        entities = entities_of(groups, self._naming)
        of = {place: e.iri for places, e in zip(groups, entities, strict=True) for place in places}
        known = {iri: of[min(places)] for iri, places in divided.index.items() if places} if self._decisions else {}
        if self._decisions:
            known |= {old: e.iri for e in entities for old in e.replaces} | {e.iri: e.iri for e in entities}
        made = Resolved(divided.extractions, entities, of, known, list(divided.outcomes))
        for n in sorted(refused, reverse=True):
            made.outcomes.append(Outcome(divided.asked[n], reason=CONTRADICTED))
        for n, asked in enumerate(divided.asked):
            if n not in refused:
                made.outcomes.append(Outcome(asked, tuple(sorted({known[iri] for iri in asked.entities}))))
        if self._decisions:
            _described(made, self._naming.ontology, self._decisions)
        return made


class _Divided:
    """Extractions whose things can be found by IRI, and divided."""

    def __init__(self, extractions: list[Extracted], ontology: Ontology, base: str) -> None:
        self.extractions = extractions
        self.parts: dict[Place, str] = {}
        self.split_off: list[tuple[frozenset[Place], frozenset[Place]]] = []
        self.outcomes: list[Outcome] = []
        self.asked: list[Merge | Apart] = []
        self._ontology, self._base = ontology, base
        self._index: dict[str, set[Place]] | None = None
        self._plain: list[list[Place]] = []

    @property
    def index(self) -> dict[str, set[Place]]:
        """Places by the IRI that a thing has by itself, or that its entity has without any decision."""
        if self._index is None:
            naming = Naming(self.extractions, self._ontology, self._base, {})
            groups = Grouping(self.extractions, self._ontology).groups
            found: defaultdict[str, set[Place]] = defaultdict(set)
            for places in groups:
                for place in places:
                    found[naming.alone(place)].add(place)
            for entity, places in zip(entities_of(groups, naming), groups, strict=True):
                if entity.iri not in found:
                    found[entity.iri] = set(places)
                    if entity.same_as:  # the shorter IRI means its namesake
                        found[naming.alone(places[0])].difference_update(places)
            self._index, self._plain = dict(found), groups
        return self._index

    def _whole(self, entity: str, decisions: Iterable[Merge | Apart]) -> set[Place]:
        """All places of an entity: its own, those of equal names, and those that it was merged with."""
        merged = {entity, *(i for d in decisions if isinstance(d, Merge) and entity in d.entities for i in d.entities)}
        own = {place for iri in merged for place in self.index.get(iri, ())}
        return own.union(*(places for places in self._plain if not own.isdisjoint(places))) - self.parts.keys()

    def split(self, decision: Split, others: Iterable[Merge | Apart]) -> None:
        """Make what a decision names a part of its own."""
        names = {name_key(name) for name in decision.names}
        documents = set(decision.documents)
        part = part_iri(decision)
        found: set[Place] = set()
        left = self._whole(decision.entity, others)
        for place in sorted(left):
            if documents and self.extractions[place[0]].id not in documents:
                continue
            new = self._divide(place, names) if names else place
            if new is not None:
                found.add(new)
        if not found:
            reason = GONE.format(decision.entity) if not left else "no such part of it is in the graph any more"
            self.outcomes.append(Outcome(decision, reason=reason))
            return
        for places in self.index.values():
            places.difference_update(found)
        self.index[part] = found
        self.split_off.append((frozenset(found), frozenset(left - found)))
        self.parts |= dict.fromkeys(found, part)
        self.outcomes.append(Outcome(decision, (part,)))

    def _divide(self, place: Place, names: set[str]) -> Place | None:
        """The place of what goes by these names, a new one if the thing there goes by others as well."""
        d, n = place
        extraction = self.extractions[d].whole()
        entity, text = extraction.entities[n], extraction.document.text
        own = tuple(label for label in entity.names if name_key(label.text) in names)
        if not own or len(own) == len(entity.names):
            return place if own else None
        spans = list(zip(entity.mentions, entity.named, strict=True))
        mine = [(span, named) for span, named in spans if named and name_key(span.of(text)) in names]
        rest = [pair for pair in spans if pair not in mine]
        others = tuple(label for label in entity.names if label not in own)
        new = len(extraction.entities)
        things = (*extraction.entities[:n], _with(entity, others, rest), *extraction.entities[n + 1 :])
        self.extractions[d] = replace(
            extraction,
            entities=(*things, _with(entity, own, mine)),
            statements=tuple(_moved(s, n, new, mine, rest) for s in extraction.statements),
        )
        return d, new

    def constraints(self, newest_first: Iterable[Merge | Apart]) -> Constraints | None:
        """Which places are one and which are not; None where nothing is decided."""
        ordered: list[tuple[bool, tuple[frozenset[Place], ...]]] = []
        for decision in newest_first:
            gone = [iri for iri in decision.entities if not self.index.get(iri)]
            if gone:
                self.outcomes.append(Outcome(decision, reason=GONE.format(gone[0])))
                continue
            sets = [frozenset(self.index[iri]) for iri in decision.entities]
            ordered.append((isinstance(decision, Merge), tuple(sets)))
            self.asked.append(decision)
        return Constraints(self.parts, ordered, self.split_off) if self.parts or ordered else None


def part_iri(decision: Split) -> str:
    """The IRI of what a decision splits off: that of the entity, with a digest of what the part is."""
    parts = "\0".join((*sorted(decision.documents), "", *sorted(decision.names)))
    return f"{decision.entity}-{hashlib.sha256(parts.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


def _with(entity: LocalEntity, names: tuple[Label, ...], spans: Sequence[tuple[Span, bool]]) -> LocalEntity:
    return structs.replace(
        entity, names=names, mentions=tuple(s for s, _ in spans), named=tuple(named for _, named in spans)
    )


def _moved(
    statement: LocalStatement, old: int, new: int, mine: Sequence[tuple[Span, bool]], rest: Sequence[tuple[Span, bool]]
) -> LocalStatement:
    """The statement, about the new thing where the sentence names that and not the old one."""
    sentence = statement.evidence.sentence
    if not any(s in sentence for s, _ in mine) or any(s in sentence for s, _ in rest):
        return statement

    def moved(position: int | None) -> int | None:
        return new if position == old else position

    target = new if statement.object == old and isinstance(statement.object, int) else statement.object
    return structs.replace(
        statement,
        subject=moved(statement.subject) or 0,
        object=target,
        speaker=moved(statement.speaker),
        place=moved(statement.place),
    )


def _described(made: Resolved, ontology: Ontology, decisions: Sequence[Decision]) -> None:
    """Give entities the names and classes that were decided."""
    at: Mapping[str, int] = {entity.iri: n for n, entity in enumerate(made.entities)}
    for decision in decisions:
        if not isinstance(decision, Rename | Retype):
            continue
        n = at.get(made.known.get(decision.entity, ""))
        if n is None:
            made.outcomes.append(Outcome(decision, reason=GONE.format(decision.entity)))
            continue
        if isinstance(decision, Rename):
            made.entities[n] = _renamed(made.entities[n], Label(decision.label.strip()))
        elif decision.type in ontology.classes:
            made.entities[n] = structs.replace(made.entities[n], type=decision.type)
        else:
            made.outcomes.append(Outcome(decision, reason=f"the ontology has no class <{decision.type}>"))
            continue
        made.outcomes.append(Outcome(decision, (made.entities[n].iri,)))


def _renamed(entity: Entity, label: Label) -> Entity:
    aliases = {*entity.aliases, entity.label} - {label}
    return structs.replace(entity, label=label, aliases=tuple(sorted(aliases)))
