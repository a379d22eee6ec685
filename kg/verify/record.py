"""A record of an evidence graph as it is stored, and what each kind of record consists of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model import Span
from kg.rdf.namespaces import KGV, PROV, RDF, XSD
from kg.verify.found import short

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Fields = dict[str, list[Term]]
"""What a record says: its values by property."""

TYPE, IN_DOCUMENT, BEGIN, END = RDF + "type", KGV + "inDocument", KGV + "beginOffset", KGV + "endOffset"
SUBJECT, PREDICATE, OBJECT = RDF + "subject", RDF + "predicate", RDF + "object"
TEXT, QUOTE, REFERS_TO, NAMED = KGV + "text", KGV + "quote", KGV + "refersTo", KGV + "named"
RULE, STANCE, CONFIDENCE = KGV + "rule", KGV + "stance", KGV + "confidence"
SPEAKER, TIME, PLACE, DECISION = KGV + "speaker", KGV + "time", KGV + "place", KGV + "decision"
SENTENCE, EXTRACTOR = PROV + "wasDerivedFrom", PROV + "wasGeneratedBy"

_WHERE = (IN_DOCUMENT, BEGIN, END)
_ONCE: dict[str, tuple[str, ...]] = {
    "sentence": (*_WHERE, TEXT),
    "mention": (*_WHERE, QUOTE, REFERS_TO, NAMED),
    "statement": (
        *(*_WHERE, QUOTE, SUBJECT, PREDICATE, OBJECT),
        *(SENTENCE, EXTRACTOR, RULE, STANCE, CONFIDENCE),
    ),
}
_AT_MOST_ONCE = {"statement": (SPEAKER, TIME, PLACE, DECISION)}
_TYPES = {
    "sentence": {KGV + "Sentence"},
    "mention": {KGV + "Mention"},
    "statement": {RDF + "Statement", PROV + "Entity"},
}
_KINDS = {KGV + "Sentence": "sentence", KGV + "Mention": "mention", RDF + "Statement": "statement"}
_WHOLE = re.compile(r"-?[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Known:
    """What records may refer to: the things that the default graph describes, the terms of the stored ontology."""

    base: str
    things: Collection[str]
    terms: Collection[str]


@dataclass(frozen=True, slots=True)
class Record:
    """A sentence, mention or statement; kind is "record" where its types do not tell. span: None where it has none."""

    iri: str
    kind: str
    fields: Fields
    span: Span | None

    def one(self, name: str) -> Term | None:
        """The value of a property; None where it has none or several."""
        values = self.fields.get(name, ())
        return values[0] if len(values) == 1 else None

    def text(self, name: str) -> str:
        """The words or the IRI of the one value, empty where there is none."""
        value = self.one(name)
        return value.value if isinstance(value, ox.Literal | ox.NamedNode) else ""


def nodes_of(quads: Iterable[ox.Quad]) -> dict[str, Fields]:
    """What is said of each subject."""
    nodes: dict[str, Fields] = {}
    for quad in quads:
        subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else str(quad.subject)
        nodes.setdefault(subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    return nodes


def record_of(iri: str, fields: Fields) -> Record:
    """What is said of one subject, as a record."""
    kinds = {_KINDS[t.value] for t in fields.get(TYPE, ()) if isinstance(t, ox.NamedNode) and t.value in _KINDS}
    offsets = [whole(fields[name][0]) for name in (BEGIN, END) if len(fields.get(name, ())) == 1]
    span = None
    match offsets:
        case [int(begin), int(end)]:
            span = Span(begin, end)
    return Record(iri, kinds.pop() if len(kinds) == 1 else "record", fields, span)


def whole(term: Term | None) -> int | None:
    """The number that an integer literal stands for."""
    if not isinstance(term, ox.Literal) or term.datatype.value != XSD + "integer":
        return None
    return int(term.value) if _WHOLE.fullmatch(term.value) else None


def form(record: Record) -> Iterator[str]:
    """What is missing, too much or of the wrong type in a record whose kind is known."""
    once, optional = _ONCE[record.kind], _AT_MOST_ONCE.get(record.kind, ())
    for name in once:
        count = len(record.fields.get(name, ()))
        if count != 1:
            yield f"it has {count} values of {short(name)}, not one" if count else f"it has no {short(name)}"
    for name in optional:
        if len(record.fields.get(name, ())) > 1:
            yield f"it has {len(record.fields[name])} values of {short(name)}, not one at most"
    for name in sorted(record.fields.keys() - {TYPE, *once, *optional}):
        yield f"it has {short(name)}, which no {record.kind} has"
    types = {value.value for value in record.fields[TYPE] if isinstance(value, ox.NamedNode)}
    if types != _TYPES[record.kind]:
        yield f"its types are {', '.join(map(short, sorted(types)))}"
