"""Which mentions are one thing: first inside a document (`link`), then over all documents (`resolve`)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model import Dropped, Entity, EntityMention, Extraction, Label, LocalEntity, Statement, Value
from kg.ontology import Ontology
from kg.resolve.local import link
from kg.resolve.names import Clusters, name_key

__all__ = ["Resolution", "link", "resolve"]

Place = tuple[int, int]
_LONGEST_SLUG = 80
_NAMED = ("person", "place", "name")


@dataclass(frozen=True, slots=True)
class Resolution:
    """Entities by IRI, statements by document and span.

    dropped: by document id, what did not fit once all documents were seen.
    """

    entities: list[Entity]
    statements: list[Statement]
    dropped: dict[str, list[Dropped]]


def resolve(extractions: Sequence[Extraction], ontology: Ontology, base: str) -> Resolution:
    """Entities and statements of all documents; the result does not depend on the order of `extractions`.

    Things of two documents are one if a name of theirs is equal and their classes may be; short names of persons, which
    only hold inside a document, do not count.
    """
    ordered = sorted(extractions, key=lambda e: e.document.id)
    places = [(d, n) for d, extraction in enumerate(ordered) for n in range(len(extraction.entities))]
    groups = _groups(ordered, places, ontology)
    made = [_entity(ordered, group, ontology) for group in groups]
    iris = [
        _iri(label.text, cls, ordered[group[0][0]].document.id, ontology, base)
        for group, (label, cls, _, _) in zip(groups, made, strict=True)
    ]
    of = {place: iri for group, iri in zip(groups, iris, strict=True) for place in group}
    entities = [
        Entity(iri, cls, label, aliases, mentions, _replaces(ordered, group, iri, set(iris), ontology, base))
        for iri, group, (label, cls, aliases, mentions) in zip(iris, groups, made, strict=True)
    ]
    types = {e.iri: e.type for e in entities}
    labels = {e.iri: e.label.text for e in entities}
    statements: list[Statement] = []
    dropped: defaultdict[str, list[Dropped]] = defaultdict(list)
    stated = (s for d, extraction in enumerate(ordered) for s in _statements(extraction, d, of))
    for statement in _one_way(stated, ontology):
        reason = _misfit(statement, types, ontology)
        if reason is None:
            statements.append(statement)
        else:
            dropped[statement.document].append(_dropped(statement, labels, reason))
    return Resolution(sorted(entities, key=lambda e: e.iri), statements, dict(dropped))


def _one_way(statements: Iterable[Statement], ontology: Ontology) -> Iterator[Statement]:
    """Turns the statements of a symmetric property between two things the way that the first of them goes."""
    ways: dict[tuple[str, frozenset[str]], str] = {}
    for s in statements:
        if isinstance(s.object, str) and ontology.properties[s.predicate].symmetric:
            first = ways.setdefault((s.predicate, frozenset((s.subject, s.object))), s.subject)
            yield s if first == s.subject else replace(s, subject=s.object, object=s.subject)
        else:
            yield s


def _misfit(statement: Statement, types: Mapping[str, str], ontology: Ontology) -> str | None:
    """Why a statement does not fit the classes that its things have when all documents are taken together."""
    prop = ontology.properties[statement.predicate]
    if statement.subject == statement.object:
        return "subject and object are one thing over all documents"
    if not ontology.fits(types[statement.subject], prop.domain):
        return _unfit("subject", types[statement.subject], prop.domain, ontology)
    if isinstance(statement.object, str) and not ontology.fits(types[statement.object], prop.range):
        return _unfit("object", types[statement.object], prop.range, ontology)
    return None


def _unfit(side: str, cls: str, allowed: frozenset[str], ontology: Ontology) -> str:
    found = f"read as {ontology.label(cls)}" if cls else "of no known class"
    asked = " or ".join(sorted(map(ontology.label, allowed)))
    return f"over all documents the {side} is {found}, the property asks for {asked}"


def _dropped(statement: Statement, labels: Mapping[str, str], reason: str) -> Dropped:
    value = statement.object
    return Dropped(
        labels[statement.subject],
        statement.predicate,
        value.lexical if isinstance(value, Value) else labels[value],
        statement.evidence,
        statement.rule,
        reason,
    )


def _groups(extractions: Sequence[Extraction], places: Sequence[Place], ontology: Ontology) -> list[list[Place]]:
    clusters = Clusters(len(places))
    first: dict[tuple[str, str], int] = {}
    sure = _sure_kinds(extractions, places, ontology)
    for i, (d, n) in enumerate(places):
        entity = extractions[d].entities[n]
        kind = _kind(entity.type, ontology)
        others = sure.get(name_key(entity.names[0].text), set()) if kind in _NAMED and not entity.firm else set()
        if len(others) == 1:
            (kind,) = others
        for key in _keys(entity, kind, extractions[d].document.id):
            clusters.join(i, first.setdefault((kind, key), i))
    groups: dict[int, list[Place]] = defaultdict(list)
    for i, place in enumerate(places):
        groups[clusters.find(i)].append(place)
    return list(groups.values())


def _sure_kinds(extractions: Sequence[Extraction], places: Sequence[Place], ontology: Ontology) -> dict[str, set[str]]:
    """For each name, the kinds of the things of that name for whose class more than a guess speaks."""
    found: dict[str, set[str]] = defaultdict(set)
    for d, n in places:
        entity = extractions[d].entities[n]
        kind = _kind(entity.type, ontology)
        if entity.firm and kind in _NAMED:
            for key in _keys(entity, kind, extractions[d].document.id):
                found[key].add(kind)
    return found


def _kind(cls: str, ontology: Ontology) -> str:
    """What must agree for two things to be one: persons, places, phrases of one class, and all other names."""
    known = ontology.classes.get(cls)
    if known is None:
        return "name"
    labels = {label for iri in known.ancestors if iri in ontology.classes for label in ontology.classes[iri].ner_labels}
    if not known.by_name:
        return cls
    return "person" if "PERSON" in labels else "place" if "GPE" in labels else "name"


def _keys(entity: LocalEntity, kind: str, document: str) -> list[str]:
    names = [label.text for label in entity.names]
    if kind == "person":
        names = names[:1] if " " in names[0] else []
    return sorted({name_key(name) for name in names if len(name) > 2 or name == names[0]}) or [
        f"\0{document}\0{name_key(entity.names[0].text)}"
    ]


def _entity(
    extractions: Sequence[Extraction], group: Sequence[Place], ontology: Ontology
) -> tuple[Label, str, tuple[Label, ...], tuple[EntityMention, ...]]:
    """Label, class, aliases and mentions of one group."""
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
        EntityMention(extractions[d].document.id, span, span.of(extractions[d].document.text), named)
        for (d, _), entity in zip(group, local, strict=True)
        for span, named in zip(entity.mentions, entity.named, strict=True)
    ]
    return label, cls, tuple(aliases), tuple(sorted(mentions, key=lambda m: (m.document, m.span)))


def _replaces(
    extractions: Sequence[Extraction], group: Sequence[Place], iri: str, taken: set[str], ontology: Ontology, base: str
) -> tuple[str, ...]:
    """The IRIs that the things of single documents would have, had they not been merged."""
    alone = set()
    for d, n in group:
        entity = extractions[d].entities[n]
        alone.add(_iri(entity.names[0].text, entity.type, extractions[d].document.id, ontology, base))
    return tuple(sorted(alone - {iri} - taken))


def _depth(cls: str, ontology: Ontology) -> int:
    return len(ontology.classes[cls].ancestors) if cls in ontology.classes else 0


def _iri(label: str, cls: str, document: str, ontology: Ontology, base: str) -> str:
    """The IRI of a thing by its own name and kind alone, so that no other document can change it.

    Persons, places and things named by phrases have folders of their own beside all others. A person known by one name
    only is told from namesakes by the document.
    """
    kind = _kind(cls, ontology)
    name = slug(label)
    if kind == "name":
        return f"{base}entity/{name}"
    if kind == "person" and " " not in label:
        return f"{base}person/{name}-{hashlib.sha256(document.encode()).hexdigest()[:6]}"
    if kind in ("person", "place"):
        return f"{base}{kind}/{name}"
    return f"{base}phrase/{slug(ontology.classes[cls].local)}-{name}"


def slug(name: str) -> str:
    """What names are compared by, as the last part of an IRI: letters and digits of any script, hyphens between.

    A short hash ends it where that would say nothing, or too much.
    """
    key = re.sub(r"[\W_]+", "-", name_key(unicodedata.normalize("NFC", name))).strip("-")
    if key and len(key) <= _LONGEST_SLUG:
        return key
    return f"{key[:_LONGEST_SLUG] or 'thing'}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def _statements(extraction: Extraction, d: int, of: Mapping[Place, str]) -> list[Statement]:
    return [
        Statement(
            subject=of[d, s.subject],
            predicate=s.predicate,
            object=s.object if isinstance(s.object, Value) else of[d, s.object],
            document=extraction.document.id,
            evidence=s.evidence,
            stance=s.stance,
            rule=s.rule,
            confidence=s.confidence,
            speaker=None if s.speaker is None else of[d, s.speaker],
            time=s.time,
            place=None if s.place is None else of[d, s.place],
        )
        for s in extraction.statements
    ]
