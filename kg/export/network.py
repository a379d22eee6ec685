"""The default graph as a network: entities with their attributes, and facts with their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.rdf.namespaces import DCTERMS, OWL, PREFIXES, RDF, RDFS, SCHEMA, SKOS, local_name
from kg.store import Store

_TYPE, _LABEL, _ALIAS = RDF + "type", RDFS + "label", SKOS + "altLabel"
_REPLACED = DCTERMS + "isReplacedBy"
_SAME = OWL + "sameAs"
_NAMING = {_TYPE, _LABEL, _ALIAS, SKOS + "prefLabel"}

_EVIDENCE = """
SELECT ?s ?p ?o ?document ?quote ?confidence WHERE {
  GRAPH ?graph {
    ?record kgv:stance kgv:asserted ; kgv:quote ?quote ; kgv:confidence ?confidence ; kgv:beginOffset ?begin ;
      rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgv:inDocument ?home .
    ?home dcterms:identifier ?document .
  }
} ORDER BY DESC(?confidence) ?document ?begin ?record
"""
_MENTIONS = "SELECT ?e (COUNT(?m) AS ?n) { GRAPH ?g { ?m a kgv:Mention ; kgv:refersTo ?e } } GROUP BY ?e"
_LABELS = """
SELECT ?p ?label WHERE { GRAPH ?graph { ?p a ?kind ; rdfs:label ?label } FILTER(LANG(?label) IN ("", "en")) }
ORDER BY ?p LANG(?label) ?label
"""

BETWEEN = " | "
"""Stands between several values in one field."""

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Vertex:
    """An entity. mentions: how many there are of it.

    attributes: its literal facts by the label of the predicate; several values in order.
    """

    iri: str
    label: str
    type: str
    aliases: tuple[str, ...]
    mentions: int
    attributes: dict[str, tuple[str, ...]]

    def fields(self) -> dict[str, str | int]:
        """All that is known of it, under names that differ, for formats that have one value a name.

        An attribute that is called like a field of every entity is told by that it is a fact.
        """
        own: dict[str, str | int] = {"label": self.label, "type": self.type, "aliases": BETWEEN.join(self.aliases)}
        own["mentions"] = self.mentions
        facts = {f"{name} (fact)" if name in own else name: values for name, values in self.attributes.items()}
        return {**own, **{name: BETWEEN.join(values) for name, values in facts.items()}}


@dataclass(frozen=True, slots=True)
class Edge:
    """An asserted fact.

    object: an IRI or the words of a literal; kind tells which: "entity", "link" for a thing's IRI in other data, or the
    local name of the datatype ("date", "string", "MonetaryAmount"). documents: ids. quote, confidence: of its surest
    evidence; without any, "" and None.
    """

    subject: str
    predicate: str
    object: str
    kind: str
    label: str
    documents: tuple[str, ...]
    quote: str
    confidence: float | None

    def fields(self) -> dict[str, str | float]:
        """What is known of a fact between entities, but for the two."""
        known: dict[str, str | float] = {"predicate": self.predicate, "label": self.label}
        known |= {"documents": BETWEEN.join(self.documents), "quote": self.quote}
        return known if self.confidence is None else {**known, "confidence": self.confidence}


def network(store: Store) -> tuple[list[Vertex], list[Edge]]:
    """Entities sorted by IRI, and facts sorted by subject, predicate and object."""
    described: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    facts: list[ox.Quad] = []
    for quad in sorted(store.quads.quads_for_pattern(None, None, None, ox.DefaultGraph()), key=str):
        if quad.predicate.value in _NAMING:
            described[_words(quad.subject)][quad.predicate.value].append(_words(quad.object))
        elif quad.predicate.value != _REPLACED:  # it tells of an IRI, not of a thing
            facts.append(quad)
    amounts = {iri for iri, names in described.items() if SCHEMA + "MonetaryAmount" in names[_TYPE]}
    edges = list(_edges(store, [q for q in facts if _words(q.subject) not in amounts], described, amounts))
    return list(_vertices(described, edges, amounts, _mentions(store))), edges


def _vertices(
    described: dict[str, dict[str, list[str]]], edges: list[Edge], amounts: set[str], mentions: dict[str, int]
) -> Iterator[Vertex]:
    attributes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    iris = {iri for iri in described if iri not in amounts}
    for edge in edges:
        iris.add(edge.subject)
        if edge.kind == "entity":
            iris.add(edge.object)
        else:
            attributes[edge.subject][edge.label].append(edge.object)
    for iri in sorted(iris):
        names = described[iri]
        yield Vertex(
            iri=iri,
            label=next(iter(names[_LABEL]), local_name(iri)),
            type=local_name(next(iter(names[_TYPE]), "")),
            aliases=tuple(dict.fromkeys(names[_ALIAS])),
            mentions=mentions.get(iri, 0),
            attributes={name: tuple(values) for name, values in attributes[iri].items()},
        )


def _edges(
    store: Store, facts: list[ox.Quad], described: dict[str, dict[str, list[str]]], amounts: set[str]
) -> Iterator[Edge]:
    labels = predicate_labels(store)
    documents, surest = _evidence(store)
    for quad in facts:
        subject, predicate, target = _words(quad.subject), quad.predicate.value, quad.object
        triple = (str(quad.subject), predicate, str(target))
        if triple not in surest:  # a symmetric fact that was stated the other way round
            triple = (str(target), predicate, str(quad.subject))
        quote, confidence = surest.get(triple, ("", None))
        kind, words = "entity", _words(target)
        if isinstance(target, ox.Literal):
            kind = local_name(target.datatype.value)
        elif words in amounts:
            kind, words = "MonetaryAmount", next(iter(described[words][_LABEL]), words)
        elif predicate == _SAME and words not in described:
            kind = "link"
        yield Edge(
            subject=subject,
            predicate=predicate,
            object=words,
            kind=kind,
            label=labels.get(predicate, local_name(predicate)),
            documents=tuple(sorted(documents.get(triple, ()))),
            quote=quote,
            confidence=confidence,
        )


def _evidence(store: Store) -> tuple[dict[Triple, set[str]], dict[Triple, tuple[str, float]]]:
    """For each asserted triple the documents that state it, and its surest quote with the confidence."""
    documents: dict[Triple, set[str]] = defaultdict(set)
    surest: dict[Triple, tuple[str, float]] = {}
    rows = store.quads.query(_EVIDENCE, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        triple = (str(row["s"]), row["p"].value, str(row["o"]))
        documents[triple].add(row["document"].value)
        surest.setdefault(triple, (row["quote"].value, float(row["confidence"].value)))
    return documents, surest


def _mentions(store: Store) -> dict[str, int]:
    rows = store.quads.query(_MENTIONS, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    return {row["e"].value: int(row["n"].value) for row in rows}


def predicate_labels(store: Store) -> dict[str, str]:
    """Labels of predicates, as the stored ontology gives them; those without a language first."""
    found: dict[str, str] = {}
    rows = store.quads.query(_LABELS, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        found.setdefault(row["p"].value, row["label"].value)
    return found


def _words(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
