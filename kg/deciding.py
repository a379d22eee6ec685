"""Makes decisions from what people call things: names, IRIs, and the statements that `kg explain` shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar

from pyoxigraph import NamedNode

from kg.class_labels import asks_when
from kg.decisions import Accept, Apart, Line, Merge, New, Reject, Relate, Rename, Retype, Split, Undo, standing
from kg.errors import UsageError
from kg.lookup import Explanation, Lookup, near
from kg.model import Datatype
from kg.rdf.namespaces import OWL, SCHEMA, XSD, local_name
from kg.resolve import slug
from kg.store import Store

V = TypeVar("V", Accept, Reject)
P = TypeVar("P", Merge, Apart)
_RANGES = """
SELECT * { GRAPH ?g { ?p a ?kind OPTIONAL { ?p rdfs:range|schema:rangeIncludes ?range }
  OPTIONAL { ?p skos:prefLabel ?preferred } OPTIONAL { ?p rdfs:label ?label } } }"""
_CLASSES = """
SELECT ?c ?label { GRAPH ?g { VALUES ?kind { owl:Class rdfs:Class } ?c a ?kind FILTER(isIRI(?c))
  OPTIONAL { ?c rdfs:label|skos:altLabel ?label } } }"""
_DATES: dict[int, Datatype] = {4: "gYear", 7: "gYearMonth", 10: "date"}
_SHAPES: dict[str, tuple[re.Pattern[str], str]] = {
    "date": (re.compile(r"\d{4}(-\d\d){0,2}"), "a date such as 2017-05-10, 2017-05 or 2017"),
    "integer": (re.compile(r"[+-]?\d+"), "a whole number"),
    "decimal": (re.compile(r"[+-]?\d+(\.\d+)?"), "a number"),
    "amount": (re.compile(r"[+-]?\d+(\.\d+)? [A-Z]{3}"), "an amount such as 29990 EUR"),
}


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides, when (ISO 8601) and why."""

    who: str = ""
    when: str = ""
    why: str = ""


class Deciding:
    """Makes decisions about a graph, signed. All raise UsageError for a name that means nothing, or several things."""

    def __init__(self, store: Store, signature: Signature) -> None:
        self._graph, self._signature, self._signed = Lookup(store), signature, asdict(signature)

    def verdict(self, kind: type[V], given: Sequence[str]) -> V:
        """On a statement, by its IRI or the last part of it; or on a fact, by three names, wherever it is stated."""
        if len(given) == 1:
            return verdict(kind, self._graph.statement(given[0]), self._signature)
        if len(given) != 3:
            raise UsageError(
                "name a statement by its id, or a fact by its subject, property and object",
                hint="kg explain shows the ids",
            )
        subject, predicate = self.entity(given[0]), self.predicate(given[1])
        return kind(subject, predicate, self._target(subject, given[2]), **self._signed)

    def pair(self, kind: type[P], names: Sequence[str]) -> P:
        """Of two entities or more."""
        iris = tuple(dict.fromkeys(self.entity(name) for name in names))
        if len(iris) < 2:
            raise UsageError("that takes two entities", hint="they are one in the graph: kg decide split parts them")
        return kind(iris, **self._signed)

    def split(self, name: str, documents: Sequence[str], names: Sequence[str]) -> Split:
        """Part what documents, or names, mean from the rest of an entity."""
        if not documents and not names:
            raise UsageError("nothing tells what to split off", hint="name documents or names")
        known = {identifier for identifier, _ in self._graph.documents.values()}
        for document in documents:
            if document not in known:
                raise UsageError(f"no document {document!r} in the graph", hint=near(document, known))
        return Split(self.entity(name), tuple(documents), tuple(names), **self._signed)

    def rename(self, name: str, label: str) -> Rename:
        """Call an entity otherwise."""
        if not label.strip():
            raise UsageError("the new name is empty")
        return Rename(self.entity(name), label.strip(), **self._signed)

    def retype(self, name: str, cls: str) -> Retype:
        """Give an entity another class."""
        return Retype(self.entity(name), self.cls(cls), **self._signed)

    def relate(
        self,
        subject: str,
        predicate: str,
        target: str,
        *,
        source: str = "",
        document: str = "",
        sentence: str = "",
        new: str = "",
    ) -> Relate:
        """Add a fact that a source or a sentence states. new: the class of an end that is not in the graph yet."""
        if not source.strip() and not (document and sentence.strip()):
            raise UsageError("where is it known from?", hint="name a source, or a document and a sentence of it")
        made: list[New] = []
        iri = self.predicate(predicate)
        datatype = self._datatype(iri, target)
        first = self._end(subject, new, made)
        second = target if datatype else self._end(target, new, made)
        return Relate(first, iri, second, datatype, source, document, sentence, new=tuple(made), **self._signed)

    def entity(self, name: str) -> str:
        """The IRI of the one entity of that name."""
        return _only(name, self._graph.find_entities(name), "entities")

    def predicate(self, name: str) -> str:
        """The IRI of the one property of that name."""
        return _only(name, self._graph.find_predicates(name), "properties")

    def cls(self, name: str) -> str:
        """The IRI of the one class of that name."""
        known: dict[str, set[str]] = {}
        for row in self._graph.ask(_CLASSES):
            iri = row["c"].value
            words = {local_name(iri), iri} | ({row["label"].value} if row["label"] else set())
            for word in words:
                known.setdefault(word.casefold(), set()).add(iri)
        found = known.get(name.casefold()) or known.get(name.partition(":")[2].casefold(), set())
        if not found:
            raise UsageError(f"the ontology has no class {name!r}", hint=near(name, known))
        return _only(name, found, "classes")

    def _target(self, subject: str, name: str) -> str:
        records = self._graph.records_about({subject})
        literals = {row["o"][0] for row in map(self._graph.row, records) if row["o_iri"] is None}
        for literal in sorted(literals):
            if literal.casefold() == name.casefold():
                return str(literal)
        return self.entity(name)

    def _end(self, name: str, new: str, made: list[New]) -> str:
        if not new or self._graph.called(name):
            return self.entity(name)
        found = New(f"{self._graph.base}added/{slug(name)}", name, self.cls(new))
        made.append(found)
        return found.iri

    def _datatype(self, predicate: str, words: str) -> Datatype | None:
        """What kind of literal the words are for a property; None where it takes entities."""
        rows = list(self._graph.ask(_RANGES, p=NamedNode(predicate)))
        ranges = {row["range"].value for row in rows if row["range"]}
        labels = {label.value for row in rows if (label := row["preferred"] or row["label"]) is not None}
        if SCHEMA + "MonetaryAmount" in ranges:
            kind: Datatype = "amount"
        elif not ranges and any(label.strip() and asks_when(label) for label in labels):
            kind = "date"
        elif all(row["kind"].value != OWL + "DatatypeProperty" for row in rows):
            return None
        elif ranges & {XSD + "date", XSD + "gYearMonth", XSD + "gYear"}:
            kind = "date"
        else:
            kind = "integer" if XSD + "integer" in ranges else "decimal" if XSD + "decimal" in ranges else "string"
        shape, wanted = _SHAPES.get(kind, (re.compile(".+", re.DOTALL), "words"))
        if not shape.fullmatch(words):
            raise UsageError(f"{words!r} is not {wanted}", hint=f"{local_name(predicate)} takes {wanted}")
        return _DATES[len(words)] if kind == "date" else kind


def _only(name: str, found: Collection[str], what: str) -> str:
    if len(found) > 1:
        raise UsageError(f"{name!r} may be several {what}", hint="name one by its IRI: " + ", ".join(sorted(found)))
    (iri,) = found
    return iri


def verdict(kind: type[V], found: Explanation, signature: Signature) -> V:
    """On a statement, where this sentence says it."""
    return kind(*fact_of(found), found.document, found.sentence, **asdict(signature))


def fact_of(found: Explanation) -> tuple[str, str, str]:
    """Subject, predicate and object as decisions name them: by IRIs, and literals by their words."""
    fact = found.fact
    return fact["s_iri"], fact["p_iri"], fact["o_iri"] or fact["o"][0]


def undo(lines: Sequence[Line], signature: Signature, decision: str | None = None) -> Undo:
    """Take back a decision by its id, or by its first digits; without one, the last that has not been taken back.

    Raises UsageError where there is none, or several.
    """
    found = [one.id for one in standing(lines)]
    if decision is not None:
        found = sorted({id_ for id_ in found if id_.startswith(decision)})
    if not found:
        called = f" that is called {decision!r}" if decision is not None else ""
        raise UsageError(f"there is no decision{called} to take back", hint="kg decide list shows them")
    if decision is not None and len(found) > 1:
        raise UsageError(f"several decisions begin with {decision!r}", hint=", ".join(found))
    return Undo(found[-1], **asdict(signature))
