"""The axioms of an ontology that facts follow from, read from its triples.

Only named classes and properties count: a restriction or a union says of no thing what class it is of. Domains and
ranges are alternatives where there are several (as in `kg.ontology`), so that only a single one tells a class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.rdf.iris import genid_iri
from kg.rdf.namespaces import DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS, XSD

Axiom = tuple[str, ...]
"""The IRIs of an axiom: subject, predicate, object; of a chain, its properties in place of the list."""

PROFILES = ("rdfs", "owl")

RULES: dict[str, str] = {
    "cax-sco": "what is of a class is of its superclass",
    "cax-eqc": "what is of a class is of every equivalent class",
    "prp-spo1": "what a property says, its superproperty says, too",
    "prp-eqp": "what a property says, every equivalent property says, too",
    "prp-dom": "what has the property is of its domain",
    "prp-rng": "what the property leads to is of its range",
    "prp-inv": "the inverse property leads back",
    "prp-symp": "the property holds both ways",
    "prp-trp": "the property is transitive",
    "prp-spo2": "two properties, one after the other, make a third",
    "eq-sym": "equality holds both ways",
    "eq-trans": "equality is transitive",
    "eq-rep-s": "what is said of a thing is said of its equals",
    "eq-rep-o": "what leads to a thing leads to its equals",
}
"""The names of OWL 2 RL, without the number that only tells the direction, and what each says."""

RDFS_RULES = frozenset(("cax-sco", "prp-spo1", "prp-dom", "prp-rng"))
"""Those that the profile "rdfs" goes by."""

TYPE, SAME_AS = RDF + "type", OWL + "sameAs"
SUBCLASS, SUBPROPERTY = RDFS + "subClassOf", RDFS + "subPropertyOf"
CHAIN, INVERSE = OWL + "propertyChainAxiom", OWL + "inverseOf"
SYMMETRIC, TRANSITIVE = OWL + "SymmetricProperty", OWL + "TransitiveProperty"

ANNOTATIONS = frozenset(
    {
        *(RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")),
        *(SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel", "definition", "notation", "note")),
        DCTERMS + "isReplacedBy",
    }
)
"""Predicates that take no part: they say something of names, not of things (annotations, as in OWL 2 DL)."""

# What is said of everything says nothing.
_TRIVIAL = frozenset(
    {
        OWL + "Thing",
        RDFS + "Resource",
        OWL + "topObjectProperty",
        OWL + "topDataProperty",
        *(OWL + name for name in ("Class", "NamedIndividual", "ObjectProperty", "DatatypeProperty")),
        *(RDFS + name for name in ("Class", "Literal", "Datatype")),
        RDF + "Property",
    }
)


Step = tuple[str, str, Axiom]
"""What follows (a class or a property), the rule, the axiom."""
Steps = dict[str, list[Step]]


def _steps() -> Steps:
    return defaultdict(list)


@dataclass(frozen=True, slots=True)
class Axioms:
    """The axioms by the class or property that they begin with.

    classes: classes that follow from a class. forward, backward: properties that lead the same way as a property, and
    the way back. domains, ranges: the class at either end of a property. chains: (first, second, (what the two make,
    rule, axiom)). same: pairs of equals. disjoint: by class, those that share no thing with it. annotations: predicates
    that take no part.
    """

    classes: Steps = field(default_factory=_steps)
    forward: Steps = field(default_factory=_steps)
    backward: Steps = field(default_factory=_steps)
    domains: Steps = field(default_factory=_steps)
    ranges: Steps = field(default_factory=_steps)
    chains: list[tuple[str, str, Step]] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)
    disjoint: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    annotations: set[str] = field(default_factory=lambda: set(ANNOTATIONS))

    def properties(self) -> set[str]:
        """The properties that rules name: where nothing is equal, facts of others lead to nothing."""
        named = {TYPE, SAME_AS, *self.domains, *self.ranges, *self._made()}
        named.update(self.forward, self.backward)
        return named.union(*((first, second) for first, second, _ in self.chains))

    def equate(self, predicates: Iterable[str]) -> bool:
        """Whether things are, or can become, equal where the facts have these predicates."""
        return SAME_AS in self.backward and (bool(self.same) or SAME_AS in self._made() or SAME_AS in predicates)

    def _made(self) -> set[str]:
        """The properties that rules make facts of; owl:sameAs only where something else than itself makes it."""
        steps = [found for one in (self.forward, self.backward) for p, found in one.items() if p != SAME_AS]
        chains = {step[0] for first, _, step in self.chains if first != SAME_AS}
        return chains.union(step[0] for found in steps for step in found)


def read_axioms(ontology: Iterable[ox.Quad], base: str, profile: str) -> Axioms:
    """The axioms that a profile of PROFILES reads from an ontology's triples, whatever graph they stand in.

    base: nodes that `kg.rdf.ontology_graph` named under it in place of blank nodes are no names.
    """
    reader = _Reader(ontology, base)
    reader.rdfs()
    if profile == "owl":
        reader.owl()
    return reader.axioms


class _Reader:
    """Sorts an ontology's triples by predicate, and takes the axioms from them."""

    def __init__(self, ontology: Iterable[ox.Quad], base: str) -> None:
        self._unnamed = genid_iri(base, "")
        self._pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for quad in ontology:
            if isinstance(quad.object, ox.NamedNode | ox.BlankNode):
                self._pairs[quad.predicate.value].add((_name(quad.subject), _name(quad.object)))
        self.axioms = Axioms()
        self.axioms.annotations.update(s for s, o in self._pairs[TYPE] if o == OWL + "AnnotationProperty")

    def rdfs(self) -> None:
        """Subclasses, subproperties, domains and ranges."""
        for child, parent in self._named(SUBCLASS):
            self._follow(self.axioms.classes, child, parent, "cax-sco", (child, SUBCLASS, parent))
        for child, parent in self._named(SUBPROPERTY):
            self._follow(self.axioms.forward, child, parent, "prp-spo1", (child, SUBPROPERTY, parent))
        self._sides(self.axioms.domains, "domain", "prp-dom")
        self._sides(self.axioms.ranges, "range", "prp-rng")
        for one, other in self._named(OWL + "disjointWith"):
            self.axioms.disjoint[one].add(other)
            self.axioms.disjoint[other].add(one)

    def owl(self) -> None:
        """Equivalence, inverse, symmetric and transitive properties, chains of two, equal things."""
        axioms = self.axioms
        for predicate, steps, rule in (
            (OWL + "equivalentClass", axioms.classes, "cax-eqc"),
            (OWL + "equivalentProperty", axioms.forward, "prp-eqp"),
            (INVERSE, axioms.backward, "prp-inv"),
        ):
            for one, other in self._named(predicate):
                axiom = (one, predicate, other)
                self._follow(steps, one, other, rule, axiom)
                self._follow(steps, other, one, rule, axiom)
        for name in sorted({s for s, o in self._pairs[TYPE] if o == SYMMETRIC}):
            self._follow(axioms.backward, name, name, "prp-symp", (name, TYPE, SYMMETRIC))
        for name in sorted({s for s, o in self._pairs[TYPE] if o == TRANSITIVE}):
            self._chain(name, name, name, "prp-trp", (name, TYPE, TRANSITIVE))
        for name, chain in sorted(self._pairs[CHAIN]):
            match self._members(chain):
                case [first, second]:
                    self._chain(first, second, name, "prp-spo2", (name, CHAIN, first, second))
        axioms.same.extend(self._named(SAME_AS))
        self._follow(axioms.backward, SAME_AS, SAME_AS, "eq-sym", ())
        self._chain(SAME_AS, SAME_AS, SAME_AS, "eq-trans", ())

    def _named(self, predicate: str) -> list[tuple[str, str]]:
        """The pairs of different names that a predicate joins, sorted."""
        return sorted((s, o) for s, o in self._pairs[predicate] if s != o and self._is_name(s) and self._is_name(o))

    def _is_name(self, iri: str) -> bool:
        return not iri.startswith(("_:", self._unnamed))

    def _follow(self, steps: Steps, one: str, other: str, rule: str, axiom: Axiom) -> None:
        if other not in _TRIVIAL and not {one, other} & self.axioms.annotations and self._is_name(one):
            steps[one].append((other, rule, axiom))

    def _chain(self, first: str, second: str, made: str, rule: str, axiom: Axiom) -> None:
        names = {first, second, made}
        if not names & (self.axioms.annotations | _TRIVIAL) and all(map(self._is_name, names)):
            self.axioms.chains.append((first, second, (made, rule, axiom)))

    def _sides(self, steps: Steps, side: str, rule: str) -> None:
        """Domains or ranges, of properties that have a single one."""
        found: dict[str, set[str]] = defaultdict(set)
        for predicate in (RDFS + side, f"{SCHEMA}{side}Includes"):
            for name, cls in self._pairs[predicate]:
                found[name].add(cls)
        for name, cls in self._named(RDFS + side):
            if len(found[name]) == 1 and not cls.startswith(XSD):
                self._follow(steps, name, cls, rule, (name, RDFS + side, cls))

    def _members(self, head: str) -> list[str]:
        """The members of an RDF list; none where it is broken."""
        first, rest = dict(self._pairs[RDF + "first"]), dict(self._pairs[RDF + "rest"])
        members: list[str] = []
        seen: set[str] = set()
        while head != RDF + "nil":
            if head in seen or head not in first or head not in rest:
                return []
            seen.add(head)
            members.append(first[head])
            head = rest[head]
        return members


def _name(term: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    """An IRI as it is, anything else as N-Triples write it."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)
