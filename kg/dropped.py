"""Candidates that a build dropped, each by an id of its own, and the decisions that take one into the graph.

What is taken in becomes a fact added by hand whose source is the candidate's own sentence: the candidate itself is made
anew by every build, and what dropped it still holds. So it needs no second kind of acceptance, and outlives the rule,
the model and the class that it was dropped for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import pyoxigraph as ox

from kg.archive import load_dropped
from kg.deciding import Deciding
from kg.decisions import Decision, Reject, Relate, Retype
from kg.errors import UsageError
from kg.lookup import Lookup
from kg.model import Dropped, Span
from kg.ontology import Ontology
from kg.rdf.namespaces import local_name
from kg.resolve.judged import REJECTED
from kg.resolve.names import name_key
from kg.store import Store

PREFIX, DIGITS = "d-", 10
_SENTENCES = """
SELECT * { GRAPH ?g { ?s a kgv:Sentence ; kgv:inDocument ?d ; kgv:text ?text ; kgv:beginOffset ?begin } }"""
_MENTIONS = """
SELECT * { GRAPH ?g { ?m kgv:refersTo ?e ; kgv:inDocument ?d ; kgv:quote ?quote ; kgv:beginOffset ?begin ;
  kgv:endOffset ?end } }"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What was dropped, in a document (its id), with the words of its sentence."""

    document: str
    dropped: Dropped
    sentence: str

    @property
    def id(self) -> str:
        """A digest of what it says and of the sentence, wherever in its document that stands."""
        return identity(self.document, self.dropped, self.sentence)


@dataclass(frozen=True, slots=True)
class Wish:
    """How a candidate is taken in. subject, object: what these are, where the candidate's own words do not tell it.

    new: the class of an end that is not in the graph yet. retype: give ends the class that the property asks for.
    """

    subject: str = ""
    object: str = ""
    new: str = ""
    retype: bool = False


def identity(document: str, found: Dropped, sentence: str) -> str:
    """The id of what was dropped, given the words of its sentence."""
    parts = (document, found.subject, found.predicate, found.object, " ".join(sentence.split()))
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{PREFIX}{digest[:DIGITS]}"


def is_id(text: str) -> bool:
    """Whether a text has the form of such an id."""
    digits = text.removeprefix(PREFIX)
    return text != digits and len(digits) == DIGITS and set(digits) <= set("0123456789abcdef")


def candidate(store: Store, name: str) -> Candidate:
    """What was dropped, by its id. Raises UsageError where there is none, StoreError as `load_dropped` does."""
    graph = Lookup(store)
    for document, rows in sorted(load_dropped(store).items()):
        home = ox.NamedNode(graph.document_iri(document)) if rows else None
        texts = {int(r["begin"].value): r["text"].value for r in graph.ask(_SENTENCES, d=home)} if home else {}
        for found in rows:
            sentence = texts.get(found.evidence.sentence.begin, "")
            if identity(document, found, sentence) == name:
                return Candidate(document, found, sentence)
    raise UsageError(f"no candidate {name!r} was dropped", hint="kg why-not shows their ids")


def accepted(
    store: Store,
    found: Candidate,
    deciding: Deciding,
    ontology: Ontology,
    wish: Wish,
    decided: Sequence[Decision] = (),
) -> list[Retype | Relate]:
    """The decisions that make a fact of a candidate. decided: those in force, built or not.

    ontology: the one that the next build goes by. Raises UsageError where the candidate does not tell what it is about,
    where its ends do not fit the property, and where it was rejected.
    """
    return _Taken(store, found, deciding, ontology, wish).decisions(decided)


class _Taken:
    """A candidate on its way into the graph."""

    def __init__(self, store: Store, found: Candidate, deciding: Deciding, ontology: Ontology, wish: Wish) -> None:
        self._found, self._deciding, self._ontology, self._wish = found, deciding, ontology, wish
        self._graph = Lookup(store)

    def decisions(self, decided: Sequence[Decision]) -> list[Retype | Relate]:
        found, dropped = self._found, self._found.dropped
        if dropped.reason.startswith(REJECTED):
            raise UsageError(f"it was {dropped.reason}", hint=self._undo(decided))
        if dropped.predicate not in self._ontology.properties:
            raise UsageError(f"the ontology has no property {dropped.predicate!r}")
        literal = self._ontology.properties[dropped.predicate].datatype is not None
        made = self._deciding.relate(
            self._end("subject", self._wish.subject or dropped.subject),
            dropped.predicate,
            self._value() if literal else self._end("object", self._wish.object or dropped.object),
            document=found.document,
            sentence=found.sentence,
            new=self._wish.new,
        )
        if made.subject == made.object and not literal:
            raise UsageError("its subject and object are one thing in the graph", hint="kg decide split parts them")
        return [*self._retyped(made, decided), msgspec.structs.replace(made, quote=dropped.evidence.quote)]

    def _value(self) -> str:
        value = self._found.dropped.value
        return self._wish.object or (value.lexical if value else self._found.dropped.object)

    def _end(self, side: str, name: str) -> str:
        """The IRI of what a name means in the sentence, or else the name, where something in the graph goes by it."""
        here = self._meant(name)
        if len(here) == 1:
            return here.pop()
        if self._graph.called(name) or self._wish.new:
            return name
        raise UsageError(
            f"nothing in the graph is called {name!r}, its {side}",
            hint=f"--{side} NAME tells what it is, --new CLASS makes it{self._asked(side)}",
        )

    def _meant(self, name: str) -> set[str]:
        """The things of that name that the sentence speaks of."""
        home = ox.NamedNode(self._graph.document_iri(self._found.document))
        sentence, key = self._found.dropped.evidence.sentence, name_key(name)
        return {
            row["e"].value
            for row in self._graph.ask(_MENTIONS, d=home)
            if Span(int(row["begin"].value), int(row["end"].value)) in sentence
            and key in {name_key(row["quote"].value), *map(name_key, self._graph.named(row["e"].value))}
        }

    def _retyped(self, made: Relate, decided: Sequence[Decision]) -> list[Retype]:
        """What gives the ends a class that fits. Raises UsageError where they have another one, and are to keep it."""
        types = {new.iri: new.type for new in made.new}
        types |= {one.entity: one.type for one in decided if isinstance(one, Retype)}
        found = []
        for side, iri in zip(("subject", "object"), made.about, strict=False):
            cls, allowed = types.get(iri, self._graph.types.get(iri, "")), self._allowed(side)
            if self._ontology.fits(cls, allowed):
                continue
            if self._wish.retype and len(allowed) == 1:
                found.append(self._deciding.retype(iri, min(allowed)))
                continue
            name, kind = self._graph.name(iri), self._ontology.label(cls) if cls else "of no known class"
            hints = [f"kg decide retype {iri} CLASS gives it another class{self._asked(side)}"]
            if len(allowed) == 1:
                hints.insert(0, "--retype gives it that class")
            raise UsageError(
                f"{local_name(made.predicate)} asks for another {side} than {name!r}, which is read as {kind}",
                hint=", ".join(hints),
            )
        return found

    def _allowed(self, side: str) -> frozenset[str]:
        prop = self._ontology.properties[self._found.dropped.predicate]
        return prop.domain if side == "subject" else prop.range

    def _asked(self, side: str) -> str:
        names = sorted(map(local_name, self._allowed(side)))
        return f" ({', '.join(names)})" if names else ""

    def _undo(self, decided: Sequence[Decision]) -> str:
        """How to take back what rejected it."""
        found, words = self._found, self._found.sentence.split()
        ids = [
            one.id
            for one in decided
            if isinstance(one, Reject)
            and one.predicate == found.dropped.predicate
            and one.document in ("", found.document)
            and one.sentence.split() in ([], words)
        ]
        return f"kg undo {ids[0]} takes that back" if len(ids) == 1 else "kg undo ID takes that back; kg decide list"
