"""Pairs of things in a graph that may be one: how likely, why, and what a person can decide."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product

import pyoxigraph as ox

from kg.decisions import Apart, Decision, Merge, Signed
from kg.lookup import Lookup
from kg.rdf.namespaces import DCTERMS, OWL, RDF, RDFS, SCHEMA, XSD, local_name
from kg.resolve.candidates import Candidate, kind_of
from kg.resolve.compare import ASK, Reason, likely
from kg.resolve.external import namespace
from kg.store import Store

_CLASSES = "SELECT ?c ?above { GRAPH ?g { ?c rdfs:subClassOf ?above FILTER(isIRI(?c) && isIRI(?above)) } }"
_NER = "SELECT ?c ?label { GRAPH ?g { ?c kgv:nerLabel ?label } }"
_SINGLE = "SELECT ?p { GRAPH ?g { ?p a owl:FunctionalProperty } }"
_MENTIONED = "SELECT DISTINCT ?e ?d { GRAPH ?g { ?m kgv:refersTo ?e ; kgv:inDocument ?d } }"
# What describes a thing, but relates it to no other.
_DESCRIBING = frozenset((RDF + "type", OWL + "sameAs"))
_DATES = frozenset(XSD + name for name in ("date", "gYear", "gYearMonth"))


@dataclass(frozen=True, slots=True)
class Side:
    """One thing of a pair. names: its label first. type: the local name of its class. documents: ids, sorted."""

    iri: str
    names: tuple[str, ...]
    type: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that may be one. reasons: the weightiest first. merge, apart: the commands that would decide it."""

    score: float
    one: Side
    other: Side
    reasons: tuple[Reason, ...]

    @property
    def merge(self) -> str:
        """The command that says: they are one."""
        return self._decide("merge")

    @property
    def apart(self) -> str:
        """The command that says: they are two."""
        return self._decide("apart")

    def _decide(self, how: str) -> str:
        return f"kg decide {how} {shlex.quote(self.one.iri)} {shlex.quote(self.other.iri)}"


def duplicates(
    store: Store, *, least: float = ASK, limit: int | None = None, settled: Collection[frozenset[str]] = ()
) -> list[Pair]:
    """The pairs of things in the graph that may be one, the likeliest first; the same for the same graph.

    least: the lowest score. limit: how many at most. settled: pairs of IRIs that someone has decided upon; they are
    left out.
    """
    graph = Lookup(store)
    candidates = read_candidates(graph)
    decided = set(settled)
    spaces = _namespaces(graph)
    found = []
    for i, j, comparison in likely(candidates, least):
        one, other = sorted((candidates[i], candidates[j]), key=lambda c: c.iri)
        known_apart = spaces.get(one.iri, set()) & spaces.get(other.iri, set())
        if not known_apart and frozenset((one.iri, other.iri)) not in decided:
            found.append(Pair(comparison.score, _side(one), _side(other), comparison.reasons))
    return found[:limit]


def _namespaces(graph: Lookup) -> dict[str, set[str]]:
    """The namespaces of the IRIs that things have in other data; two of one namespace are two things."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in graph.ask("SELECT ?thing ?other { ?thing owl:sameAs ?other FILTER(isIRI(?other)) }"):
        if row["other"].value not in graph.labels:
            found[row["thing"].value].add(namespace(row["other"].value))
    return found


def settled(store: Store, decisions: Iterable[Decision]) -> set[frozenset[str]]:
    """The pairs of entities that decisions in force merge or keep apart, by the IRIs that they have now."""
    return decided(decisions, _replaced(store))


def decided(decisions: Iterable[Signed], replaced: Mapping[str, str] | None = None) -> set[frozenset[str]]:
    """The pairs that decisions merge or keep apart, and those that follow: what is one with something shares its lot.

    replaced: former IRIs, with the present ones.
    """
    now = replaced or {}
    told = [
        (isinstance(one, Merge), tuple(sorted({now.get(iri, iri) for iri in one.entities})))
        for one in decisions
        if isinstance(one, Merge | Apart)
    ]
    group: dict[str, set[str]] = {iri: {iri} for _, iris in told for iri in iris}
    for merged, iris in told:
        if merged:
            whole = set().union(*(group[iri] for iri in iris))
            group |= dict.fromkeys(whole, whole)
    wholes = {id(whole): whole for whole in group.values()}.values()
    found = {frozenset(pair) for one in wholes for pair in combinations(sorted(one), 2)}
    for merged, iris in told:
        if not merged:
            apart = (pair for one, other in combinations(iris, 2) for pair in product(group[one], group[other]))
            found |= {frozenset(pair) for pair in apart if pair[0] != pair[1]}
    return found


def _replaced(store: Store) -> dict[str, str]:
    """Former IRIs of entities, with the present ones."""
    quads = store.quads.quads_for_pattern(None, ox.NamedNode(DCTERMS + "isReplacedBy"), None, ox.DefaultGraph())
    return {str(quad.subject)[1:-1]: str(quad.object)[1:-1] for quad in quads}


def read_candidates(graph: Lookup) -> list[Candidate]:
    """The things of a graph with what is asserted of them, sorted by IRI. Sums of money are no things.

    A property has one value for a thing where the ontology calls it functional, and where its values are dates.
    """
    above = _above(graph)
    labels: dict[str, set[str]] = defaultdict(set)
    for row in graph.ask(_NER):
        labels[row["c"].value].add(row["label"].value)
    documents: dict[str, set[str]] = defaultdict(set)
    for row in graph.ask(_MENTIONED):
        documents[row["e"].value].add(graph.document(row["d"].value))
    neighbours, facts = _told(graph)
    return [
        Candidate(
            iri,
            tuple(graph.named(iri)),
            cls := graph.types.get(iri, ""),
            kind_of(above.get(cls, {cls}), labels),
            frozenset(above.get(cls, {cls} - {""})),
            frozenset(documents[iri]),
            frozenset(neighbours[iri]),
            frozenset(facts[iri]),
        )
        for iri in sorted(graph.labels)
        if graph.types.get(iri) != SCHEMA + "MonetaryAmount"
    ]


def _above(graph: Lookup) -> dict[str, set[str]]:
    """Each class with itself and all classes above it."""
    parents: dict[str, set[str]] = defaultdict(set)
    for row in graph.ask(_CLASSES):
        parents[row["c"].value].add(row["above"].value)
    found: dict[str, set[str]] = {}
    for cls in sorted(parents):
        closed, ahead = set[str](), [cls]
        while ahead:
            if (now := ahead.pop()) not in closed:
                closed.add(now)
                ahead += parents.get(now, ())
        found[cls] = closed
    return found


def _told(graph: Lookup) -> tuple[Mapping[str, set[tuple[str, str]]], Mapping[str, set[tuple[str, str]]]]:
    """By thing: its relations to others, both ways, and the values of properties that have one."""
    single = {row["p"].value for row in graph.ask(_SINGLE)}
    neighbours: dict[str, set[tuple[str, str]]] = defaultdict(set)
    facts: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for quad in graph.quads.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        s, p, o = quad.subject, quad.predicate.value, quad.object
        if not isinstance(s, ox.NamedNode) or p in _DESCRIBING or p.startswith(RDFS):
            continue
        if isinstance(o, ox.NamedNode) and o.value in graph.labels and not graph.is_amount(o.value):
            neighbours[s.value].add((p, o.value))
            neighbours[o.value].add((p if p in graph.symmetric else f"^{p}", s.value))
        if p in single or (isinstance(o, ox.Literal) and o.datatype.value in _DATES):
            facts[s.value].add((p, o.value if isinstance(o, ox.NamedNode | ox.Literal) else str(o)))
    return neighbours, facts


def _side(candidate: Candidate) -> Side:
    return Side(
        candidate.iri,
        candidate.names,
        local_name(candidate.type) if candidate.type else "",
        tuple(sorted(candidate.documents)),
    )
