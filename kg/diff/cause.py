"""Why something differs: the nearest cause that the two graphs themselves give.

From the surest to the least: a user decided of this statement, the document is missing or says something else, the
ontology lacks the term, a user decided of an entity, the ontology tells the term differently, another model or
extractor, the document around the sentence, a merge, the code of kg. Where the graphs hold none of these, the cause
says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.diff.align import Alignment
from kg.diff.decided import Decided
from kg.diff.terms import touched
from kg.diff.values import Cause, Fact, Graph, Record, Thing
from kg.rdf.namespaces import local_name

SHOWN = 3  # documents and terms that a cause names


class Causes:
    """Two graphs, and what may have made a difference between them.

    Of what came or went, `side` is the graph that has it.
    """

    def __init__(self, before: Graph, after: Graph, alignment: Alignment) -> None:
        self._before, self._after, self._alignment = before, after, alignment
        self._touched = touched(before.ontology, after.ontology)
        self._extractors = {id(graph): _extractors(graph) for graph in (before, after)}
        self._decided = Decided(before, after, alignment)

    def of_record(self, record: Record, side: Graph) -> Cause:
        """Why only one graph has a record."""
        terms = self._terms((record.predicate, record.subject, record.object), side)
        return (
            self._decided.of_statement(record)
            or self._document(record, side)
            or self._lacking(terms, side)
            or self._decided.of_entities(record.subject, record.object, record.speaker, record.place)
            or self._ontology(terms)
            or self._extractor((record,), side)
            or self._model()
            or self._around({record.document})
            or self._merge(record.subject, record.object)
            or self._fallback()
        )

    def of_pair(self, before: Record, after: Record) -> Cause:
        """Why a record differs from the one before it."""
        terms = self._terms((before.predicate, before.subject, before.object), self._before)
        terms |= self._terms((after.predicate, after.subject, after.object), self._after)
        named = (before.subject, before.object, after.subject, after.object)
        return (
            self._decided.of_statement(before)
            or self._decided.of_statement(after)
            or self._decided.of_entities(*named, before.speaker, after.speaker, before.place, after.place)
            or self._ontology(terms)
            or (_replaced(before.extractor, after.extractor) if before.extractor != after.extractor else None)
            or self._model()
            or self._around({before.document})
            or self._merge(*named)
            or self._fallback()
        )

    def of_fact(self, fact: Fact, side: Graph) -> Cause:
        """Why only one graph has a fact, where no record tells."""
        terms = self._terms((fact.predicate, fact.subject, fact.object), side)
        return (
            self._decided.of_statement(fact)
            or self._lacking(terms, side)
            or self._decided.of_entities(fact.subject, fact.object)
            or self._ontology(terms)
            or self._model()
            or self._merge(fact.subject, fact.object)
            or self._fallback()
        )

    def of_moved(self, facts: Iterable[Fact]) -> Cause:
        """Why a fact that both graphs hold stands there under other IRIs, or the other way round."""
        iris = [iri for fact in facts for iri in (fact.subject, fact.object)]
        return self._merge(*iris) or Cause("other", "told the other way round")

    def of_thing(self, thing: Thing, documents: Iterable[str], side: Graph) -> Cause:
        """Why only one graph has an entity. documents: ids of those that mention it."""
        documents, other = set(documents), self._other(side)
        terms = set(thing.types)
        return (
            (self._documents(documents) if documents and not documents & other.documents.keys() else None)
            or self._lacking(terms, side)
            or self._decided.of_described(thing.iri)
            or self._ontology(terms)
            or self._documents(documents)
            or self._model()
            or self._fallback()
        )

    def of_things(self, things: Iterable[Thing], documents: Iterable[str]) -> Cause:
        """Why entities differ, are one, or are several. documents: ids of those that mention any of them."""
        things = list(things)
        terms = {kind for thing in things for kind in thing.types}
        return (
            self._decided.of_described(*(thing.iri for thing in things))
            or self._lacking(terms, self._before)
            or self._lacking(terms, self._after)
            or self._ontology(terms)
            or self._documents(set(documents))
            or self._model()
            or self._fallback()
        )

    def _other(self, side: Graph) -> Graph:
        return self._after if side is self._before else self._before

    def _terms(self, iris: tuple[str, str, str], side: Graph) -> set[str]:
        """A predicate, with the classes of the two that it joins."""
        predicate, *ends = iris
        return {predicate, *(kind for iri in ends if iri in side.entities for kind in side.entities[iri].types)}

    def _document(self, record: Record, side: Graph) -> Cause | None:
        """Whether the other graph lacks the document, or its sentence."""
        other, name = self._other(side), record.document
        if not other.has_evidence:
            return None
        if name not in other.documents or record.sentence not in other.sentences.get(name, ()):
            return self._documents({name})
        return None

    def _around(self, documents: set[str]) -> Cause | None:
        """A document that changed, though not in the sentence that matters."""
        found = self._documents(documents)
        return None if found is None else Cause("document", f"{found.detail}, around this sentence")

    def _documents(self, names: set[str]) -> Cause | None:
        """What became of documents, if anything."""
        if not (self._before.has_evidence and self._after.has_evidence):
            return None
        found = defaultdict(list)
        for name in sorted(names):
            old, new = self._before.documents.get(name), self._after.documents.get(name)
            if old != new:
                found["added" if old is None else "removed" if new is None else "changed"].append(name)
        said = [f"{_some(found[what])} {what}" for what in ("added", "removed", "changed") if found[what]]
        return Cause("document", "; ".join(said)) if said else None

    def _lacking(self, terms: Iterable[str], side: Graph) -> Cause | None:
        """Terms that only the ontology of one graph has."""
        other = self._other(side)
        if not other.ontology:
            return None
        lacking = sorted(local_name(term) for term in terms if term in side.ontology and term not in other.ontology)
        where = "before" if other is self._before else "any more"
        return Cause("ontology", f"{_some(lacking)} not in it {where}") if lacking else None

    def _ontology(self, terms: Iterable[str]) -> Cause | None:
        found = sorted(local_name(term) for term in terms if term in self._touched)
        return Cause("ontology", f"{_some(found)} told differently") if found else None

    def _extractor(self, records: Iterable[Record], side: Graph) -> Cause | None:
        """Whether the other graph was made without what found the records."""
        known = self._extractors[id(self._other(side))]
        lacking = sorted({record.extractor for record in records} - known) if self._other(side).has_evidence else []
        when = "now" if side is self._after else "before"
        return Cause("model", f"{_some(lacking)} only {when}") if lacking else None

    def _model(self) -> Cause | None:
        """Whether another language model or other extractors read the documents."""
        for name in ("model", "extractors"):
            old, new = (graph.made_with.get(name, "") for graph in (self._before, self._after))
            if old and new and old != new:
                return _replaced(old, new)
        return None

    def _merge(self, *iris: str) -> Cause | None:
        """Whether one of the entities was merged, split or named anew."""
        known = {iri for graph in (self._before, self._after) for iri in iris if iri in graph.entities}
        found = sorted({self._alignment.keys[iri] for iri in known if iri in self._alignment.keys})
        return Cause("merge", f"of {_some([self.label(iri) for iri in found])}") if found else None

    def label(self, iri: str) -> str:
        """What a thing is called, by its local name where it has no label."""
        thing = self._after.entities.get(iri) or self._before.entities.get(iri)
        return local_name(iri) if thing is None else thing.label

    def _fallback(self) -> Cause:
        """What is left: the code of kg, other documents, or what the graphs do not tell."""
        old, new = (graph.made_with.get("code", "") for graph in (self._before, self._after))
        if old and new and old != new:
            return Cause("code", "kg itself reads differently")
        if not (self._before.has_evidence and self._after.has_evidence):
            return Cause("unknown", "no evidence to tell by")
        if self._before.documents != self._after.documents:
            return Cause("other", "other documents changed, and names are read by all of them")
        return Cause("other", "the graphs do not tell")


def all_causes(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    """Each cause once, in order."""
    return tuple(sorted(set(causes)))


def _extractors(graph: Graph) -> set[str]:
    """The extractors that a graph was made with, whether or not they found something."""
    return {record.extractor for record in graph.records.values()} | set(
        graph.made_with.get("extractors", "").split(", ")
    )


def _replaced(old: str, new: str) -> Cause:
    return Cause("model", f"{old} → {new}")


def _some(names: list[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")
