"""The difference between what was inferred in two graphs: each triple with the premise, axiom or setting behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from kg.diff.align import Alignment, grouped, moved
from kg.diff.cause import Causes, all_causes
from kg.diff.snapshot import term_of, words
from kg.diff.values import Cause, Change, Changes, Fact, Graph, Thing
from kg.rdf.namespaces import OWL, RDF, local_name
from kg.reason import RDFS_RULES, Axiom

Key = tuple[str, str, str]
SHOWN = 3  # premises that came or went, of one triple
_TYPE, _CHAIN = RDF + "type", OWL + "propertyChainAxiom"


def compare_inferred(
    graphs: tuple[Graph, Graph], aligned: Alignment, causes: Causes, facts: Changes[Fact], entities: Changes[Thing]
) -> Changes[Fact]:
    """Which inferred triples came, went, and stand under other IRIs. facts, entities: what is told of these already."""
    before, after = graphs
    old, new = grouped(before.inferred, aligned), grouped(after.inferred, aligned)
    told = _Reasons(graphs, aligned, causes, facts, entities)
    added, removed, changed = [], [], []
    for key in sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key)):
        if key not in old:
            added += [Change((), (fact,), told.of(fact, after, before)) for fact in sorted(new[key])]
        elif key not in new:
            removed += [Change((fact,), (), told.of(fact, before, after)) for fact in sorted(old[key])]
        else:
            pair = tuple(sorted(old[key])), tuple(sorted(new[key]))
            changed.append(Change(*pair, (causes.of_moved((*pair[0], *pair[1])),), moved(key, aligned)))
    return Changes(tuple(added), tuple(removed), tuple(changed))


class _Reasons:
    """Why only one of two graphs (`side`) has an inferred triple, and the other has not."""

    def __init__(
        self,
        graphs: tuple[Graph, Graph],
        aligned: Alignment,
        causes: Causes,
        facts: Changes[Fact],
        entities: Changes[Thing],
    ) -> None:
        self._after, self._aligned, self._causes = graphs[1], aligned, causes
        self._fates: dict[Key, set[Cause]] = defaultdict(set)
        for change in facts:
            for fact in (*change.before, *change.after):
                self._fates[aligned.triple(fact)].update(change.causes)
        self._described: dict[str, set[Cause]] = defaultdict(set)
        for described in entities:
            for thing in (*described.before, *described.after):
                self._described[thing.iri].update(described.causes)
        self._stated = {id(graph): grouped(graph.facts, aligned).keys() for graph in graphs}
        self._types = {id(graph): self._classes(graph) for graph in graphs}

    def of(self, fact: Fact, side: Graph, other: Graph) -> tuple[Cause, ...]:
        """The causes, the surest kind alone."""
        if not (other.inferred or other.profile):
            return (Cause("setting", f"nothing {'was' if side is self._after else 'is'} inferred {self._then(side)}"),)
        if self._aligned.triple(fact) in self._stated[id(other)]:
            told = self._fates.get(self._aligned.triple(fact), ())
            return all_causes(Cause(cause.kind, f"stated {self._then(side)}; {cause.detail}") for cause in told)
        premises, steps = self._derived(fact, side)
        lacking = [premise for premise in premises if not self._holds(premise, other)]
        return (
            all_causes(cause for premise in lacking[:SHOWN] for cause in self._premise(premise, side))
            or all_causes(self._axioms(steps, side, other))
            or (self._causes.of_fact(fact, side),)
        )

    def _then(self, side: Graph) -> str:
        return "before" if side is self._after else "now"

    def _derived(self, fact: Fact, side: Graph) -> tuple[list[Fact], list[tuple[str, Axiom]]]:
        """The asserted premises of a triple, and the rules and axioms on the way to it, each once."""
        premises: dict[Fact, None] = {}
        steps: dict[tuple[str, Axiom], None] = {}
        todo, seen = [_triple(fact)], set[ox.Triple]()
        while todo and side.closure is not None:
            triple = todo.pop()
            if triple in seen:
                continue
            seen.add(triple)
            step = side.closure.why(triple)
            if step is None:
                premises[Fact(term_of(triple.subject), triple.predicate.value, term_of(triple.object))] = None
            else:
                steps[step.rule, step.axiom] = None
                todo += reversed(step.premises)
        premises.pop(fact, None)
        return list(premises), list(steps)

    def _holds(self, premise: Fact, other: Graph) -> bool:
        if premise.predicate == _TYPE:
            return premise.object in self._types[id(other)].get(self._aligned.key(premise.subject) or "", ())
        if (premise.predicate, premise.object) in other.ontology.get(premise.subject, ()):
            return True
        return premise.subject in other.names or self._aligned.triple(premise) in self._stated[id(other)]

    def _classes(self, graph: Graph) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for iri, thing in graph.entities.items():
            found[self._aligned.key(iri) or iri].update(thing.types)
        return found

    def _premise(self, premise: Fact, side: Graph) -> Iterator[Cause]:
        """What came over a premise that only one graph has."""
        if premise.predicate == _TYPE:
            told = self._described.get(premise.subject)
        else:
            told = self._fates.get(self._aligned.triple(premise))
        names = [self._causes.label(premise.subject), local_name(premise.predicate), self._object(premise.object)]
        what = f"{' '.join(names)} {'came' if side is self._after else 'went'}"
        for cause in sorted(told or {self._causes.of_fact(premise, side)}):
            yield Cause(cause.kind, f"{what}: {cause.detail}")

    def _object(self, term: str) -> str:
        return words(term) if term.startswith('"') else self._causes.label(term)

    def _axioms(self, steps: list[tuple[str, Axiom]], side: Graph, other: Graph) -> Iterator[Cause]:
        """The axioms that only one graph has; else the rules that the other was made without."""
        lacking = [axiom for _, axiom in steps if axiom and not _has(other, axiom)]
        when = "before" if side is self._after else "any more"
        for axiom in lacking[:SHOWN]:
            yield Cause("ontology", f"{' '.join(map(local_name, axiom))} not in it {when}")
        if not lacking and other.profile == "rdfs" and any(rule not in RDFS_RULES for rule, _ in steps):
            yield Cause("setting", f"reasoning is {side.profile or 'owl'} {self._now(side)}, rdfs {self._then(side)}")

    def _now(self, side: Graph) -> str:
        return "now" if side is self._after else "before"


def _has(graph: Graph, axiom: Axiom) -> bool:
    subject, predicate, *ends = axiom
    found = graph.ontology.get(subject, frozenset())
    if predicate == _CHAIN:
        return any(name == _CHAIN for name, _ in found)
    return (predicate, ends[0]) in found


def _triple(fact: Fact) -> ox.Triple:
    end = fact.object if fact.object.startswith('"') else f"<{fact.object}>"
    line = f"<{fact.subject}> <{fact.predicate}> {end} ."
    quad: ox.Quad = next(ox.parse(line, format=ox.RdfFormat.N_TRIPLES, lenient=True))
    return quad.triple
