"""One entity of the things of single documents that are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.model import Entity, EntityMention, Extraction, Label
from kg.ontology import Ontology
from kg.resolve.external import ending, links, namesakes
from kg.resolve.group import Place
from kg.resolve.iris import entity_iri


@dataclass(frozen=True, slots=True)
class Naming:
    """What names and classes are made with. parts: IRIs of what users split off, by place.

    namesakes: see `kg.resolve.external`.
    """

    extractions: Sequence[Extraction]
    ontology: Ontology
    base: str
    parts: Mapping[Place, str]
    namesakes: dict[Place, tuple[str, str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.namesakes.update(namesakes(self.extractions, self._plain))

    def alone(self, place: Place) -> str:
        """The IRI that the thing at a place would have, were there no other document."""
        if place in self.parts:
            return self.parts[place]
        return self.namesakes[place][1] if place in self.namesakes else self._plain(place)

    def _plain(self, place: Place) -> str:
        extraction = self.extractions[place[0]]
        entity = extraction.entities[place[1]]
        return entity_iri(entity.names[0].text, entity.type, extraction.document.id, self.ontology, self.base)

    def iri(self, group: Sequence[Place], label: Label, cls: str) -> str:
        """The IRI of a group by its label and class, or that of the part which it is."""
        own = {self.parts.get(place, "") for place in group}
        if len(own) == 1 and "" not in own:
            return own.pop()
        plain = entity_iri(label.text, cls, self.extractions[group[0][0]].document.id, self.ontology, self.base)
        told = (self.namesakes[place] for place in group if place in self.namesakes)
        return min((iri for usual, iri in told if usual == plain), default=plain)


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
    """Entities of one name that are kept apart: all but one get IRIs with an ending, first those known elsewhere."""
    taken: set[str] = set()
    found = list(entities)
    for n in sorted(range(len(entities)), key=lambda n: (bool(entities[n].same_as), n)):
        iri = entities[n].iri
        while iri in taken:
            iri = f"{iri}-{ending(entities[n])}"
        taken.add(iri)
        if iri != entities[n].iri:
            found[n] = replace(entities[n], iri=iri)
    return found


def _entity(group: Sequence[Place], naming: Naming) -> Entity:
    extractions, ontology = naming.extractions, naming.ontology
    local = [extractions[d].entities[n] for d, n in group]
    types: Counter[str] = Counter()
    firm: Counter[str] = Counter()
    for entity in local:
        types[entity.type] += len(entity.mentions)
        firm[entity.type] += len(entity.mentions) * entity.firm
    cls = min(types, key=lambda t: (not t, -firm[t], -types[t], -_depth(t, ontology), t))
    named = [entity for entity in local if any(entity.named) or not entity.same_as] or local
    firsts = sorted({entity.names[0] for entity in named})
    label = max(firsts, key=lambda x: (len(x.text.split()), len(x.text), x.text))
    aliases = sorted({name for entity in named for name in entity.names if name.text != label.text})
    mentions = [
        EntityMention(extractions[d].document.id, span, span.of(extractions[d].document.text), named)
        for (d, _), entity in zip(group, local, strict=True)
        for span, named in zip(entity.mentions, entity.named, strict=True)
    ]
    ordered = tuple(sorted(mentions, key=lambda m: (m.document, m.span)))
    whole = [entity for place, entity in zip(group, local, strict=True) if place not in naming.parts]
    return Entity(naming.iri(group, label, cls), cls, label, tuple(aliases), ordered, same_as=links(whole, naming.base))


def _depth(cls: str, ontology: Ontology) -> int:
    return len(ontology.classes[cls].ancestors) if cls in ontology.classes else 0
