"""One entity of the things of single documents that are one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.model import Entity, EntityMention, Extracted, Label, LocalEntity
from kg.ontology import Ontology
from kg.resolve.group import Place
from kg.resolve.iris import entity_iri


class Naming:
    """What names and classes are made with, and the entities that were made. parts: IRIs of what users split off."""

    def __init__(
        self, extractions: Sequence[Extracted], ontology: Ontology, base: str, parts: Mapping[Place, str]
    ) -> None:
        self.extractions, self.ontology, self._base, self._parts = extractions, ontology, base, parts
        self._alone: dict[Place, str] = {}
        self._made: dict[tuple[Place, ...], Entity] = {}

    def alone(self, place: Place) -> str:
        """The IRI that the thing at a place would have, were there no other document."""
        if place not in self._alone:
            extraction = self.extractions[place[0]]
            entity = extraction.entities[place[1]]
            self._alone[place] = self._parts.get(place) or entity_iri(
                entity.names[0].text, entity.type, extraction.id, self.ontology, self._base
            )
        return self._alone[place]

    def iri(self, group: Sequence[Place], label: Label, cls: str) -> str:
        """The IRI of a group by its label and class, or that of the part which it is."""
        own = {self._parts.get(place, "") for place in group} if self._parts else {""}
        if len(own) == 1 and "" not in own:
            return own.pop()
        return entity_iri(label.text, cls, self.extractions[group[0][0]].id, self.ontology, self._base)

    def entity(self, group: Sequence[Place]) -> Entity:
        """The entity of a group by itself."""
        key = tuple(group)
        if key not in self._made:
            self._made[key] = _entity(group, self)
        return self._made[key]


def entities_of(groups: Sequence[Sequence[Place]], naming: Naming) -> list[Entity]:
    """An entity for each group, in their order. replaces: what its things would be called had they not been joined."""
    made = _told_apart([naming.entity(group) for group in groups])
    taken = {entity.iri for entity in made}
    found = []
    for entity, group in zip(made, groups, strict=True):
        gone = {naming.alone(place) for place in group} - taken
        found.append(replace(entity, replaces=tuple(sorted(gone))) if gone else entity)
    return found


def _told_apart(entities: list[Entity]) -> list[Entity]:
    """Entities of one name that users keep apart: all but the first get IRIs that end in a digest of their mentions."""
    found: dict[str, Entity] = {}
    for entity in entities:
        iri = entity.iri
        if iri in found:
            places = "\0".join(f"{m.document}\1{m.span.begin}" for m in entity.mentions)
            iri += "-" + hashlib.sha256(places.encode("utf-8", "surrogatepass")).hexdigest()[:6]
            entity = replace(entity, iri=iri)  # noqa: PLW2901
        found[iri] = entity
    return list(found.values())


def _entity(group: Sequence[Place], naming: Naming) -> Entity:
    extractions, ontology = naming.extractions, naming.ontology
    local = [extractions[d].entities[n] for d, n in group]
    names = {name for entity in local for name in entity.names}
    label, cls = local[0].names[0], local[0].type
    if len(local) > 1:
        cls = _class(local, ontology)
        firsts = {entity.names[0] for entity in local}
        label = max(firsts, key=lambda x: (len(x.text.split()), len(x.text), x.text))
    mentions = [
        EntityMention(extractions[d].id, span, named)
        for (d, _), entity in zip(group, local, strict=True)
        for span, named in zip(entity.mentions, entity.named, strict=True)
    ]
    mentions.sort(key=lambda m: (m.document, m.span.begin, m.span.end))
    return Entity(naming.iri(group, label, cls), cls, label, tuple(sorted(names - {label})), tuple(mentions))


def _class(local: Sequence[LocalEntity], ontology: Ontology) -> str:
    """The class that most speaks for."""
    types: Counter[str] = Counter()
    firm: Counter[str] = Counter()
    for entity in local:
        types[entity.type] += len(entity.mentions)
        firm[entity.type] += len(entity.mentions) * entity.firm
    return min(types, key=lambda t: (not t, -firm[t], -types[t], -_depth(t, ontology), t))


def _depth(cls: str, ontology: Ontology) -> int:
    return len(ontology.classes[cls].ancestors) if cls in ontology.classes else 0
