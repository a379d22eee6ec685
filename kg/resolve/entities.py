"""One entity of the things of single documents that are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from kg.model import Entity, Extracted, Label, LocalEntity
from kg.ontology import Ontology
from kg.resolve.external import ending, links, namesakes
from kg.resolve.group import Place
from kg.resolve.iris import Kinds, entity_iri


class Naming:
    """What names and classes are made with, and the entities that were made. parts: IRIs of what users split off."""

    def __init__(
        self, extractions: Sequence[Extracted], ontology: Ontology, base: str, parts: Mapping[Place, str]
    ) -> None:
        self.ontology, self._base, self._parts = ontology, base, parts
        self._alone: dict[Place, str] = {}
        self._plainly: dict[tuple[str, str], str] = {}
        self._made: dict[tuple[Place, ...], tuple[Entity, frozenset[str]]] = {}
        self._kinds = Kinds(ontology)
        self._ids, self._things = [e.id for e in extractions], [e.entities for e in extractions]
        self._namesakes = namesakes(extractions, self._plain)

    def alone(self, place: Place) -> str:
        """The IRI that the thing at a place would have, were there no other document."""
        if place not in self._alone:
            _, told = self._namesakes.get(place, ("", ""))
            self._alone[place] = self._parts.get(place) or told or self._plain(place)
        return self._alone[place]

    def _plain(self, place: Place) -> str:
        entity = self._things[place[0]][place[1]]
        return self._iri_of(entity.names[0].text, entity.type, self._ids[place[0]])

    def at(self, group: Sequence[Place]) -> tuple[tuple[str, LocalEntity], ...]:
        """The things of a group, each with its document's id."""
        ids, things = self._ids, self._things
        return tuple([(ids[d], things[d][n]) for d, n in group])

    def _iri_of(self, label: str, cls: str, document: str) -> str:
        kind = self._kinds[cls]
        if kind == "person":  # known by one name only, it is told from others by the document
            return entity_iri(label, kind, cls, document, self.ontology, self._base)
        found = self._plainly.get((label, cls))
        if found is None:
            found = self._plainly[label, cls] = entity_iri(label, kind, cls, document, self.ontology, self._base)
        return found

    def iri(self, group: Sequence[Place], label: Label, cls: str) -> str:
        """The IRI of a group by its label and class, or that of the part which it is."""
        own = {self._parts.get(place, "") for place in group} if self._parts else {""}
        if len(own) == 1 and "" not in own:
            return own.pop()
        plain = self._iri_of(label.text, cls, self._ids[group[0][0]])
        told = [self._namesakes[place] for place in group if place in self._namesakes] if self._namesakes else ()
        return min((iri for usual, iri in told if usual == plain), default=plain)

    def links(self, group: Sequence[Place], local: Sequence[LocalEntity]) -> tuple[str, ...]:
        """The IRIs that a group has in other data; local: its things."""
        linked = [n for n, thing in enumerate(local) if thing.same_as]
        return links([local[n] for n in linked if group[n] not in self._parts], self._base) if linked else ()

    def entity(self, group: Sequence[Place]) -> tuple[Entity, frozenset[str]]:
        """The entity of a group by itself, and the IRIs that its things would have, were there no other document."""
        key = tuple(group)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = _entity(group, self), self._each_alone(group)
        return made

    def _each_alone(self, group: Sequence[Place]) -> frozenset[str]:
        if len(group) == 1:
            return frozenset()
        if self._parts or self._namesakes:
            return frozenset(map(self.alone, group))
        return frozenset([self._iri_of(thing.names[0].text, thing.type, name) for name, thing in self.at(group)])


def entities_of(groups: Sequence[Sequence[Place]], naming: Naming) -> list[Entity]:
    """An entity for each group, in their order. replaces: what its things would be called had they not been joined."""
    named = [naming.entity(group) for group in groups]
    made = _told_apart([entity for entity, _ in named])
    taken = {entity.iri for entity in made}
    found = []
    for entity, (_, alone) in zip(made, named, strict=True):
        gone = alone - taken
        found.append(replace(entity, replaces=tuple(sorted(gone))) if gone else entity)
    return found


def _told_apart(entities: list[Entity]) -> list[Entity]:
    """Entities of one name that are kept apart: all but one get IRIs with an ending, first those known elsewhere."""
    taken: set[str] = set()
    if len({entity.iri for entity in entities}) == len(entities):
        return entities
    found = list(entities)
    for n in sorted(range(len(entities)), key=lambda n: bool(entities[n].same_as)):
        iri = entities[n].iri
        while iri in taken:
            iri = f"{iri}-{ending(entities[n])}"
        taken.add(iri)
        if iri != entities[n].iri:
            found[n] = replace(entities[n], iri=iri)
    return found


def _entity(group: Sequence[Place], naming: Naming) -> Entity:
    things = naming.at(group)
    local = [thing for _, thing in things]
    if len(local) == 1 and len(local[0].names) == 1:  # as most are
        [label], cls = local[0].names, local[0].type
        return Entity(naming.iri(group, label, cls), cls, label, (), things, same_as=naming.links(group, local))
    named = [entity for entity in local if not entity.same_as or any(entity.named)] or local
    names = {name for entity in named for name in entity.names}
    label, cls = local[0].names[0], local[0].type
    if len(local) > 1:
        cls = _class(local, naming.ontology)
        firsts = sorted({entity.names[0] for entity in named})
        label = max(firsts, key=lambda x: (len(x.text.split()), len(x.text), x.text))
    aliases = tuple(sorted(name for name in names if name.text != label.text))
    iri = naming.iri(group, label, cls)
    return Entity(iri, cls, label, aliases, things, same_as=naming.links(group, local))


def _class(local: Sequence[LocalEntity], ontology: Ontology) -> str:
    """The class that most speaks for."""
    if len({entity.type for entity in local}) == 1:
        return local[0].type
    types: Counter[str] = Counter()
    firm: Counter[str] = Counter()
    for entity in local:
        types[entity.type] += len(entity.mentions)
        firm[entity.type] += len(entity.mentions) * entity.firm
    return min(types, key=lambda t: (not t, -firm[t], -types[t], -_depth(t, ontology), t))


def _depth(cls: str, ontology: Ontology) -> int:
    return len(ontology.classes[cls].ancestors) if cls in ontology.classes else 0
