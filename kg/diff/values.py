"""What is compared, and what comes of it. All values are frozen; IRIs are plain strings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, NamedTuple, TypeVar

from kg.reason import Closure

CauseKind = Literal["document", "ontology", "model", "decision", "merge", "code", "setting", "other", "unknown"]
Part = Literal["facts", "entities", "statements", "inferred"]
T = TypeVar("T")


class Fact(NamedTuple):
    """A triple of the default graph. object: an IRI, or a literal as N-Triples writes it, which begins with a quote."""

    subject: str
    predicate: str
    object: str


class Place(NamedTuple):
    """Where an entity is mentioned: the id of the document, and the offsets in it."""

    document: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity as the default graph describes it. types, aliases: sorted."""

    iri: str
    label: str
    types: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A statement record. object: as in `Fact`. document: its id. sentence, sentence_begin: the words around."""

    iri: str
    subject: str
    predicate: str
    object: str
    document: str
    begin: int
    end: int
    quote: str
    sentence: str
    sentence_begin: int
    stance: str
    confidence: float
    rule: str
    extractor: str
    speaker: str | None = None
    time: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a user decided, and of which entities and statements (IRIs); predicate, who and why where that is told."""

    iri: str
    decides: str
    about: frozenset[str]
    predicate: str = ""
    who: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """As much of a graph as is compared.

    documents: SHA-256 of the text by id. sentences: their texts by document. mentions: the entity by place, and
    whether it is named there. replaced: what stands in place of an IRI (dcterms:isReplacedBy). ontology: the triples of
    its graph, predicate and object by subject; empty where there is none. decisions: those that had an effect.
    made_with: base, model, ontology, extractors and code, as the manifest tells. names: labels of what is no entity
    (amounts). inferred: the triples of its graph of what follows. profile: by which reasoning, "" for none, None where
    that is not told. closure: what follows again, with the steps to it; None where nothing does. notes: what a person
    should know about the comparison.
    """

    name: str
    entities: Mapping[str, Thing]
    facts: frozenset[Fact]
    records: Mapping[str, Record] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    sentences: Mapping[str, frozenset[str]] = field(default_factory=dict)
    mentions: Mapping[Place, tuple[str, bool]] = field(default_factory=dict)
    replaced: Mapping[str, str] = field(default_factory=dict)
    ontology: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    made_with: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    inferred: frozenset[Fact] = frozenset()
    profile: str | None = None
    closure: Closure | None = field(default=None, compare=False)
    notes: tuple[str, ...] = ()

    @property
    def has_evidence(self) -> bool:
        """Whether it tells where its facts come from."""
        return bool(self.documents)


@dataclass(frozen=True, slots=True, order=True)
class Cause:
    """Why something is otherwise: of what kind, and in words."""

    kind: CauseKind
    detail: str


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """What was and what is: nothing before for what came, nothing after for what went, several for a merge or a split.

    fields: what differs, where something changed. evidence: the statement records that tell of it. places: where an
    entity is mentioned, the first of them.
    """

    before: tuple[T, ...]
    after: tuple[T, ...]
    causes: tuple[Cause, ...] = ()
    fields: tuple[str, ...] = ()
    evidence: tuple[Record, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes(Generic[T]):
    """All changes of one kind of thing, each list sorted. Only entities are merged and split."""

    added: tuple[Change[T], ...] = ()
    removed: tuple[Change[T], ...] = ()
    changed: tuple[Change[T], ...] = ()
    merged: tuple[Change[T], ...] = ()
    split: tuple[Change[T], ...] = ()

    def __iter__(self) -> Iterator[Change[T]]:
        for part in (self.added, self.removed, self.changed, self.merged, self.split):
            yield from part

    def __len__(self) -> int:
        return sum(map(len, (self.added, self.removed, self.changed, self.merged, self.split)))


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two graphs.

    before, after: the names of the graphs. documents: ids. facts.changed: the same fact of an entity that has another
    IRI since, after a merge, a split or a new name, or a symmetric one told the other way round. inferred: as facts, of
    what follows from them. made_with: what it was made with, before and after, where that differs. labels: names of the
    IRIs that stand in facts, records and what was inferred.
    """

    before: str
    after: str
    documents: Changes[str]
    entities: Changes[Thing]
    facts: Changes[Fact]
    statements: Changes[Record]
    inferred: Changes[Fact] = field(default_factory=Changes)
    made_with: tuple[tuple[str, str, str], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        stored = len(self.documents) + len(self.entities) + len(self.facts) + len(self.statements)
        return stored + len(self.inferred)
