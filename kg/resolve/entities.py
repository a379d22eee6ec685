"""One entity of the things of single documents that are one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model import Entity, EntityMention, Extracted, Label
from kg.ontology import Ontology
from kg.resolve.group import Place
from kg.resolve.iris import entity_iri


@dataclass(frozen=True, slots=True)
class Naming:
    """What names and classes are made with. parts: IRIs of what users split off, by place."""

    extractions: Sequence[Extracted]
    ontology: Ontology
    base: str
    parts: Mapping[Place, str]

    def alone(self, place: Place) -> str:
        """The IRI that the thing at a place would have, were there no other document."""
        if place in self.parts:
            return self.parts[place]
        extraction = self.extractions[place[0]]
        entity = extraction.entities[place[1]]
        return entity_iri(entity.names[0].text, entity.type, extraction.id, self.ontology, self.base)

    def iri(self, group: Sequence[Place], label: Label, cls: str) -> str:
        """The IRI of a group by its label and class, or that of the part which it is."""
        own = {self.parts.get(place, "") for place in group}
        if len(own) == 1 and "" not in own:
            return own.pop()
        return entity_iri(label.text, cls, self.extractions[group[0][0]].id, self.ontology, self.base)


def entities_of(groups: Sequence[Sequence[Place]], naming: Naming) -> list[Entity]:
    """An entity for each group, in their order. replaces: what its things would be called had they not been joined."""
    made = [_entity(group, naming) for group in groups]
    made = _told_apart(made)
    taken = {entity.iri for entity in made}
    return [
        replace(entity, replaces=tuple(sorted({naming.alone(place) for place in group} - taken)))
        for entity, group in zip(made, groups, strict=True)
    ]


def _told_apart(entities: list[Entity]) -> list[Entity]:
    """Entities of one name that users keep apart: all but the first get IRIs that end in a digest of their mentions."""
    found: dict[str, Entity] = {}
    for entity in entities:
        iri = entity.iri
        if iri in found:
            places = "\0".join(f"{m.document}\1{m.span.begin}" for m in entity.mentions)
            iri += "-" + hashlib.sha256(places.encode("utf-8", "surrogatepass")).hexdigest()[:6]
        found[iri] = replace(entity, iri=iri)
    return list(found.values())


def _entity(group: Sequence[Place], naming: Naming) -> Entity:
    extractions, ontology = naming.extractions, naming.ontology
    local = [extractions[d].entities[n] for d, n in group]
    types: Counter[str] = Counter()
    firm: Counter[str] = Counter()
    for entity in local:
        types[entity.type] += len(entity.mentions)
        firm[entity.type] += len(entity.mentions) * entity.firm
    cls = min(types, key=lambda t: (not t, -firm[t], -types[t], -_depth(t, ontology), t))
    firsts = {entity.names[0] for entity in local}
    label = max(firsts, key=lambda x: (len(x.text.split()), len(x.text), x.text))
    aliases = sorted({name for entity in local for name in entity.names} - {label})
    mentions = [
        EntityMention(extractions[d].id, span, named)
        for (d, _), entity in zip(group, local, strict=True)
        for span, named in zip(entity.mentions, entity.named, strict=True)
    ]
    ordered = tuple(sorted(mentions, key=lambda m: (m.document, m.span)))
    return Entity(naming.iri(group, label, cls), cls, label, tuple(aliases), ordered)


def _depth(cls: str, ontology: Ontology) -> int:
    return len(ontology.classes[cls].ancestors) if cls in ontology.classes else 0
