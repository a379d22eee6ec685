"""A document of triples as an extraction: entities, statements, and what became neither."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.imports.lines import Line, lines_of
from kg.imports.things import NAMING, SAME, TYPING, Thing, Things, by_subject, class_of, is_link, local_entity, name_of
from kg.imports.values import amounts, value_of
from kg.imports.vocabulary import Vocabulary, standard
from kg.model import Document, Dropped, Extraction, LocalEntity, LocalStatement, Value
from kg.ontology import Ontology, Property
from kg.rdf.namespaces import SCHEMA

NO_PROPERTY = "no property of the ontology corresponds to '{}'; owl:equivalentProperty there says which does"
NO_CLASS = "no class of the ontology corresponds to '{}'; owl:equivalentClass or rdfs:subClassOf there says which does"
UNKNOWN = "nothing tells the class of '{}': it has no type that the ontology knows, and its facts allow several or none"
_MONEY = SCHEMA + "MonetaryAmount"


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a line says in the ontology's terms."""

    line: Line
    property: Property
    subject: Thing
    object: Thing | Value


class Importer:
    """Reads documents of kind "rdf" by an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._vocabulary = Vocabulary(ontology)

    def extract(self, document: Document) -> Extraction:
        """All that one document states. Its sentences are the lines that became statements, or were to become some."""
        return _Reading(document, self._ontology, self._vocabulary).extraction()


class _Reading:
    def __init__(self, document: Document, ontology: Ontology, vocabulary: Vocabulary) -> None:
        self.document, self.ontology, self.vocabulary = document, ontology, vocabulary
        self.lines = list(lines_of(document))
        self.at = {line.object_span: line for line in self.lines}
        self.things = Things(self.lines, vocabulary)
        self.amounts = amounts(by_subject(self.lines))
        self.dropped: list[Dropped] = []

    def extraction(self) -> Extraction:
        claims = [claim for line in self.lines for claim in self._claims(line)]
        for claim in claims:
            claim.subject.expected += [claim.property.domain] if claim.property.domain else []
            if isinstance(claim.object, Thing) and claim.property.range:
                claim.object.expected.append(claim.property.range)
        spoken = {id(end) for claim in claims for end in (claim.subject, claim.object)}
        entities: list[LocalEntity] = []
        place: dict[int, int] = {}
        for thing in self.things.all():
            cls = self._class(thing, spoken=id(thing) in spoken)
            if cls is not None:
                place[id(thing)] = len(entities)
                entities.append(local_entity(thing, cls, self.document.text))
        statements = [s for claim in claims for s in self._statement(claim, entities, place)]
        spans = {s.evidence.sentence for s in statements} | {d.evidence.sentence for d in self.dropped}
        return Extraction(
            self.document,
            tuple(sorted(spans)),
            tuple(entities),
            tuple(sorted(statements, key=lambda s: (s.evidence.span, s.predicate, s.subject, str(s.object)))),
            tuple(sorted(self.dropped, key=lambda d: (d.evidence.span, d.predicate, d.subject, d.object, d.reason))),
        )

    def _claims(self, line: Line) -> Iterator[_Claim]:
        """What a line says; it is dropped where it says nothing that the ontology has, and describes nothing."""
        predicate = standard(line.predicate)
        if line.subject in self.amounts:
            return
        if predicate in TYPING:
            self._check_type(line)
        elif predicate in SAME:
            if not is_link(line):
                self._drop(line, "it does not say of two things that they are one")
        elif found := self.vocabulary.properties(predicate):
            for iri, inverse in found:
                yield from self._claim(line, self.ontology.properties[iri], inverse=inverse)
        elif predicate not in NAMING:
            self._drop(line, NO_PROPERTY.format(line.predicate))
        elif name_of(line) is None:
            self._drop(line, "it gives no name")

    def _check_type(self, line: Line) -> None:
        types = self.vocabulary.classes(line.target) if line.target else frozenset()
        if not types and line.target != _MONEY:
            self._drop(line, NO_CLASS.format(line.target or line.object))

    def _claim(self, line: Line, prop: Property, *, inverse: bool) -> Iterator[_Claim]:
        found = self._object(line, prop, inverse=inverse)
        if isinstance(found, str):
            self._drop(line, found, prop)
            return
        subject = self.things.at(line.subject)
        ends = (found, subject) if inverse and isinstance(found, Thing) else (subject, found)
        for end in ends:
            if isinstance(end, Thing) and not end.iris and not end.names:
                self._drop(line, f"nothing names the blank node '{end.nodes[0]}'", prop)
                return
        if ends[0] is ends[1]:
            self._drop(line, "subject and object are one thing", prop)
        else:
            yield _Claim(line, prop, *ends)

    def _object(self, line: Line, prop: Property, *, inverse: bool) -> Thing | Value | str:
        """The object, or why it cannot be one."""
        term = line.object
        if isinstance(term, ox.Triple):
            return "it speaks of a statement"
        if prop.datatype is None:
            if isinstance(term, ox.Literal):
                return "the object is a literal, the property asks for a thing"
            if line.target in self.amounts:
                return "the object is an amount of money, the property asks for a thing"
            return self.things.at(line.target)
        value = self.amounts.get(line.target)
        if value is None and not isinstance(term, ox.BlankNode) and line.target not in self.amounts:
            value = value_of(term, prop.datatype)
        if inverse or value is None or (value.datatype == "amount") != (prop.datatype == "amount"):
            return f"the object is no {prop.datatype}"
        return value

    def _class(self, thing: Thing, *, spoken: bool) -> str | None:
        """The class of a thing that is described or spoken of; None for what is none, or has none."""
        if not (thing.types or thing.names or spoken) or any(node in self.amounts for node in thing.nodes):
            return None
        if not (thing.iris or thing.names):
            return None
        cls = class_of(thing, self.ontology)
        if cls is None and not spoken:
            for _, _, span in thing.names:
                self._drop(self.at[span], UNKNOWN.format(thing.called))
        return cls

    def _statement(self, claim: _Claim, entities: list[LocalEntity], place: dict[int, int]) -> Iterator[LocalStatement]:
        for end, allowed, side in (
            (claim.subject, claim.property.domain, "subject"),
            (claim.object, claim.property.range, "object"),
        ):
            if isinstance(end, Value):
                continue
            if id(end) not in place:
                self._drop(claim.line, UNKNOWN.format(end.called), claim.property)
                return
            cls = entities[place[id(end)]].type
            if self.ontology.classes and not self.ontology.fits(cls, allowed):
                asked = " or ".join(sorted(map(self.ontology.label, allowed)))
                reason = f"the {side} is a {self.ontology.label(cls)}, the property asks for {asked}"
                self._drop(claim.line, reason, claim.property)
                return
        target = claim.object if isinstance(claim.object, Value) else place[id(claim.object)]
        yield LocalStatement(
            place[id(claim.subject)],
            claim.property.iri,
            target,
            claim.line.evidence,
            "asserted",
            claim.line.rule,
            1.0,
        )

    def _drop(self, line: Line, reason: str, prop: Property | None = None) -> None:
        amount = self.amounts.get(line.target)
        target = getattr(line.object, "value", str(line.object))
        if line.target:
            target = amount.lexical if amount else self.things.at(line.target).called
        self.dropped.append(
            Dropped(
                self.things.at(line.subject).called,
                prop.iri if prop else line.predicate,
                " ".join(target.split()),
                line.evidence,
                line.rule,
                reason,
            )
        )
