"""Why something was inferred: from a triple of the inferred graph down to the sentences of what is asserted.

Nothing of this is stored. What follows is inferred again when it is asked for, from the same facts by the same rules,
so that the same derivation comes out (see `kg.reason`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from kg.errors import UsageError
from kg.facts import explain as evidence_for
from kg.lookup import STATEMENTS, Explanation, Lookup, Row
from kg.query import compact
from kg.rdf.iris import inferred_graph_iri, ontology_graph_iri
from kg.rdf.namespaces import KGV, RDF, local_name
from kg.reason import RULES, Axiom, Closure, infer, needed, within
from kg.store import Store

# Derivations are told down to this depth; no ontology for people comes near it.
DEEPEST = 60
GONE = "it does not follow any more, other code inferred it: build again"

_TYPE = ox.NamedNode(RDF + "type")
_CLASSES = "SELECT DISTINCT ?c { { ?x a ?c } UNION { GRAPH <%s> { ?x a ?c } } }"
_PREDICATES = "SELECT DISTINCT ?p { GRAPH <%s> { ?s ?p ?o } }"
_MENTION = """
SELECT * { GRAPH ?g {
  ?m kgv:refersTo ?e ; kgv:inDocument ?document ; kgv:quote ?quote ; kgv:beginOffset ?begin ; kgv:endOffset ?end .
} } ORDER BY ?document ?begin ?end LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Derivation:
    """Why a triple holds.

    s, p, o: names; s_iri, p_iri, o_iri: IRIs, o_iri None for a literal. rule: a key of `kg.reason.RULES`, and
    meaning what it says; "" for what is asserted, and with a meaning for what does not follow any more. axiom: what
    the rule goes by in the ontology, in prefixed names; "" for equality. premises: what it follows from. evidence:
    of an asserted fact, as `kg.facts.explain` tells it. mention: of an asserted class, where the thing is mentioned
    first (document, quote, begin, end). What is asserted and has neither stands in the ontology.
    """

    s: str
    p: str
    o: str
    s_iri: str
    p_iri: str
    o_iri: str | None
    rule: str = ""
    meaning: str = ""
    axiom: str = ""
    premises: tuple[Derivation, ...] = ()
    evidence: tuple[Explanation, ...] = ()
    mention: dict[str, Any] | None = None


def inferred(store: Store) -> list[Row]:
    """One row for each triple that was inferred: names and IRIs, rule, axiom, and the premises in words.

    None in a graph that was built without reasoning.
    """
    if not store.manifest.get("reason"):
        return []
    asked = _Asked(Lookup(store), str(store.manifest["reason"]))
    rows = [asked.row(triple) for triple in asked.matching(None, None, None)]
    return sorted(rows, key=lambda row: (row["s_iri"], row["p_iri"], row["o"]))


def explain(
    store: Store,
    subject: str,
    predicate: str | None = None,
    object: str | None = None,  # noqa: A002
) -> tuple[list[Explanation], list[Derivation]]:
    """The evidence for a fact, as `kg.facts.explain` tells it, and why it was inferred, if it was.

    Beside what that function takes, a predicate may be "a" or "type", and then the object is a class.
    Raises UsageError for a name that is not known to either.
    """
    graph = Lookup(store)
    derived = derive(store, subject, predicate, object, graph=graph)
    try:
        return evidence_for(graph, subject, predicate, object), derived
    except UsageError:
        if not derived:  # else it is a name that only what was inferred has
            raise
        return [], derived


def derive(
    store: Store,
    subject: str,
    predicate: str | None = None,
    object: str | None = None,  # noqa: A002
    *,
    graph: Lookup | None = None,
) -> list[Derivation]:
    """Why triples were inferred: those that fit, in the order of their IRIs.

    With the subject alone, triples about it in either place. None at all in a graph that was built without reasoning,
    and for names that are not known. graph: what was looked up in the store before.
    """
    if not store.manifest.get("reason"):
        return []
    asked = _Asked(graph or Lookup(store), str(store.manifest["reason"]))
    return [asked.derivation(triple) for triple in asked.matching(subject, predicate, object)]


class _Asked:
    """What was inferred in a store, and the derivations told so far."""

    def __init__(self, graph: Lookup, profile: str) -> None:
        self._graph, self._profile = graph, profile
        self._inferred = ox.NamedNode(inferred_graph_iri(graph.base))
        self._told: dict[ox.Triple, Derivation] = {}

    @cached_property
    def _closure(self) -> Closure:
        quads, base = self._graph.quads.quads_for_pattern, self._graph.base
        ontology = list(quads(None, None, None, ox.NamedNode(ontology_graph_iri(base))))
        names = [row["p"].value for row in self._graph.ask("SELECT DISTINCT ?p { ?s ?p ?o }")]
        looked_at = map(ox.NamedNode, needed(ontology, base, self._profile, names))
        facts = (quad for name in looked_at for quad in quads(None, name, None, ox.DefaultGraph()))
        return infer(within(facts, base), ontology, base, self._profile)

    def matching(self, subject: str | None, predicate: str | None, target: str | None) -> list[ox.Triple]:
        """The inferred triples that fit, sorted."""
        subjects = None if subject is None else self._things(subject)
        predicates = None if predicate is None else self._predicates(predicate)
        targets = None if target is None else self._things(target) | self._classes(target)
        quads = self._graph.quads.quads_for_pattern
        about = [None] if subjects is None else [ox.NamedNode(iri) for iri in sorted(subjects)]
        found = {quad.triple for node in about for quad in quads(node, None, None, self._inferred)}
        if predicate is target is None:
            found |= {quad.triple for node in about if node for quad in quads(None, None, node, self._inferred)}
        return sorted(
            (
                triple
                for triple in found
                if (predicates is None or triple.predicate.value in predicates)
                and (target is None or targets is None or _fits(triple.object, target, targets))
            ),
            key=str,
        )

    def row(self, triple: ox.Triple) -> Row:
        """A triple with its last step; without one where other code inferred it, and it does not follow any more."""
        step = self._closure.why(triple)
        s, p, o, s_iri, p_iri, o_iri = self._named(triple)
        premises = [" ".join(self._named(premise)[:3]) for premise in (step.premises if step else ())]
        iris = {"s_iri": s_iri, "p_iri": p_iri, "o_iri": o_iri}
        return {
            "s": s,
            "p": p,
            "o": o,
            **iris,
            "rule": step.rule if step else "",
            "axiom": self._axiom(step.axiom) if step else "",
            "premises": premises,
        }

    def derivation(self, triple: ox.Triple, depth: int = 0) -> Derivation:
        """A triple with all steps that lead to it."""
        known = self._told.get(triple)
        if known is not None:
            return known
        step = self._closure.why(triple)
        if step is None:
            told = self._given(triple) if depth else Derivation(*self._named(triple), meaning=GONE)
        else:
            parts = step.premises if depth < DEEPEST else ()
            premises = tuple(self.derivation(part, depth + 1) for part in parts)
            names, axiom = self._named(triple), self._axiom(step.axiom)
            told = Derivation(*names, step.rule, RULES[step.rule], axiom, premises)
            if not parts:
                return told
        self._told[triple] = told
        return told

    def _given(self, triple: ox.Triple) -> Derivation:
        """An asserted triple with the sentences that state it, or where what has the class is mentioned."""
        s, p, o = triple.subject, triple.predicate, triple.object
        assert isinstance(s, ox.NamedNode)
        assert isinstance(o, ox.NamedNode | ox.Literal)
        ends: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [(s, o)]
        if p.value in self._graph.symmetric and isinstance(o, ox.NamedNode):
            ends.append((o, s))
        rows = [
            row
            for begin, end in ends
            for row in self._graph.ask(STATEMENTS, s=begin, p=p, o=end)
            if row["stance"].value == KGV + "asserted"
        ]
        rows.sort(key=lambda row: (row["document"].value, int(row["begin"].value), row["statement"].value))
        mention = None
        if p == _TYPE:
            mention = next(self._graph.ask(_MENTION, e=s), None)
        return Derivation(
            *self._named(triple),
            evidence=tuple(map(self._graph.explanation, rows)),
            mention=None if mention is None else self._place(mention),
        )

    def _place(self, mention: dict[str, Any]) -> dict[str, Any]:
        return {
            "document": self._graph.document(mention["document"].value),
            "quote": mention["quote"].value,
            "begin": int(mention["begin"].value),
            "end": int(mention["end"].value),
        }

    def _named(self, triple: ox.Triple) -> tuple[str, str, str, str, str, str | None]:
        s, p, o = _iri(triple.subject), triple.predicate.value, triple.object
        if not isinstance(o, ox.NamedNode):
            return self._graph.name(s), local_name(p), o.value if isinstance(o, ox.Literal) else str(o), s, p, None
        shown = compact(o, self._graph.prefixes) if p == _TYPE.value else self._graph.name(o.value)
        return self._graph.name(s), local_name(p), shown, s, p, o.value

    def _axiom(self, axiom: Axiom) -> str:
        return " ".join(
            "a" if iri == _TYPE.value else compact(ox.NamedNode(iri), self._graph.prefixes) for iri in axiom
        )

    def _things(self, text: str) -> set[str]:
        return self._graph.called(text) | _as_iri(self._graph.expanded(text))

    def _predicates(self, text: str) -> set[str]:
        """The predicates that go by a name, those that were only inferred among them."""
        made = {row["p"].value for row in self._graph.ask(_PREDICATES % self._inferred.value)}
        names = self._graph.predicates.get(text.casefold(), set()) | _as_iri(self._graph.expanded(text))
        if text == "a":
            names |= {_TYPE.value}
        return names | {iri for iri in made if local_name(iri).casefold() == text.casefold()}

    def _classes(self, text: str) -> set[str]:
        rows = self._graph.ask(_CLASSES % self._inferred.value)
        return {row["c"].value for row in rows if local_name(row["c"].value).casefold() == text.casefold()}


def _as_iri(text: str) -> set[str]:
    """The text itself, where it is an IRI."""
    try:
        return {ox.NamedNode(text).value}
    except ValueError:
        return set()


def _fits(term: object, text: str, iris: set[str]) -> bool:
    if isinstance(term, ox.Literal):
        return term.value.casefold() == text.casefold()
    return isinstance(term, ox.NamedNode) and term.value in iris


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
