"""What follows from facts: the way from quads to numbers and back.

Terms are numbered in the order of their N-Triples and facts are read in that order, so that the result does not depend
on how the quads come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import UsageError
from kg.rdf.namespaces import local_name
from kg.reason.axioms import PROFILES, SAME_AS, Axiom, Axioms, read_axioms
from kg.reason.fixpoint import Fact, Fixpoint, Made, TooManyError
from kg.reason.rules import How, named_in, numbered

# Inferring more than that is given up: what follows is no longer of use to anyone, and would fill the memory.
AT_LEAST_ALLOWED = 1_000_000
ALLOWED_FOR_A_FACT = 20
# More equals than that are rarely meant: each fact of one of them is inferred for all.
MANY_EQUALS = 20

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Inference:
    """One step of reasoning: the triple that it makes, the rule, the axiom that it goes by, and the facts.

    rule: a key of RULES. axiom: empty for rules of equality, which need none. premises: asserted or inferred, in order;
    of a path that one property or chain makes, all of its parts.
    """

    triple: ox.Triple
    rule: str
    axiom: Axiom
    premises: tuple[ox.Triple, ...]


class Closure:
    """What follows from facts: the inferred triples, sorted. notices: what a person should know about it."""

    def __init__(self, numbers: dict[Term, int], made: Mapping[Fact, Made | None], notices: Iterable[str] = ()) -> None:
        self.notices = tuple(notices)
        self._numbers, self._terms, self._made = numbers, list(numbers), made
        # A thing that relates to itself follows from every cycle, and says nothing.
        self._inferred = sorted(fact for fact, how in made.items() if how is not None and fact[0] != fact[2])

    def __len__(self) -> int:
        return len(self._inferred)

    def __iter__(self) -> Iterator[ox.Triple]:
        return map(self._triple, self._inferred)

    def quads(self, graph: str) -> list[ox.Quad]:
        """The inferred triples in a named graph."""
        name, terms = ox.NamedNode(graph), self._terms
        return [ox.Quad(terms[s], terms[p], terms[o], name) for s, p, o in self._inferred]  # type: ignore[arg-type]

    def why(self, triple: ox.Triple) -> Inference | None:
        """The last step of a shortest derivation; None for what is asserted, and for what does not follow."""
        try:
            s, p, o = (self._numbers[term] for term in (triple.subject, triple.predicate, triple.object))
        except KeyError:
            return None
        made = self._made.get((s, p, o))
        if made is None:
            return None
        (rule, axiom), premises = made
        return Inference(triple, rule, axiom, tuple(map(self._triple, self._parts(made[0], premises))))

    def _parts(self, how: How, premises: tuple[Fact, ...]) -> Iterator[Fact]:
        """The premises, those that the same chain made replaced by theirs: a path may have thousands of parts."""
        todo = list(reversed(premises))
        while todo:
            fact = todo.pop()
            made = self._made[fact]
            if made is not None and made[0] is how and len(premises) > 1:
                todo += reversed(made[1])
            else:
                yield fact

    def _triple(self, fact: Fact) -> ox.Triple:
        return ox.Triple(*(self._terms[number] for number in fact))  # type: ignore[arg-type]


def infer(facts: Iterable[ox.Quad], ontology: Iterable[ox.Quad], base: str, profile: str = "owl") -> Closure:
    """All that follows from facts by an ontology and is not among them.

    Of both the graph names do not matter. base: of the graph, see `read_axioms`. profile: "rdfs" for subclasses,
    subproperties, domains and ranges; "owl" for all of RULES. What would be more than AT_LEAST_ALLOWED triples and
    ALLOWED_FOR_A_FACT times the facts is given up as a whole, and told in the notices. Raises UsageError for a profile
    that is none.
    """
    if profile not in PROFILES:
        raise UsageError(f"unknown reasoning {profile!r}", hint="one of: " + ", ".join(PROFILES))
    axioms = read_axioms(ontology, base, profile)
    named, annotations = axioms.properties(), axioms.annotations
    found = [(quad.subject, quad.predicate, quad.object) for quad in facts]
    equality = axioms.equate({predicate.value for _, predicate, _ in found})
    if equality:
        found = [fact for fact in found if fact[1].value not in annotations]
    else:
        found = [fact for fact in found if fact[1].value in named]
    numbers = _numbers(found, axioms)
    same = ox.NamedNode(SAME_AS)
    given = {(numbers[s], numbers[p], numbers[o]) for s, p, o in found}
    given |= {(numbers[ox.NamedNode(s)], numbers[same], numbers[ox.NamedNode(o)]) for s, o in axioms.same}
    fixpoint = Fixpoint(
        sorted(given),
        [isinstance(term, ox.NamedNode) for term in numbers],
        numbered(axioms, {iri: numbers[ox.NamedNode(iri)] for iri in named_in(axioms)}, equality=equality),
        max(AT_LEAST_ALLOWED, ALLOWED_FOR_A_FACT * len(given)),
    )
    try:
        fixpoint.run()
    except TooManyError:
        return Closure(numbers, {}, [_given_up(fixpoint, list(numbers))])
    return Closure(numbers, fixpoint.made, _many_equals(fixpoint.equals, list(numbers)))


def within(facts: Iterable[ox.Quad], base: str) -> Iterator[ox.Quad]:
    """The facts without links (owl:sameAs) out of the graph, or all that it says would be said of what they lead to.

    base: what all IRIs of the graph begin with.
    """
    for quad in facts:
        if quad.predicate.value != SAME_AS or str(quad.object).startswith(f"<{base}"):
            yield quad


def needed(ontology: Iterable[ox.Quad], base: str, profile: str, predicates: Collection[str]) -> Collection[str]:
    """Those of the facts' predicates whose facts `infer` looks at; it comes to the same where it gets no others."""
    axioms = read_axioms(ontology, base, profile)
    if axioms.equate(predicates):
        return set(predicates) - axioms.annotations
    return axioms.properties().intersection(predicates)


def _numbers(facts: Iterable[tuple[Term, ...]], axioms: Axioms) -> dict[Term, int]:
    """Every term with its place among all, sorted by their N-Triples."""
    terms: set[Term] = {ox.NamedNode(iri) for iri in named_in(axioms)}
    for fact in facts:
        terms.update(fact)
    return {term: number for number, term in enumerate(sorted(terms, key=str))}


def _given_up(fixpoint: Fixpoint, terms: Sequence[Term]) -> str:
    predicate, count = fixpoint.commonest()
    return (
        f"reasoning was given up and nothing is inferred, for more than {fixpoint.allowed:,} triples follow; "
        f"{count:,} of them say {local_name(_iri(terms[predicate]))}: see what the ontology says of it"
    )


def _many_equals(equals: Mapping[int, Collection[int]], terms: Sequence[Term]) -> Iterator[str]:
    for first, others in sorted(equals.items()):
        if len(others) >= MANY_EQUALS and first < min(others):
            yield (
                f"{len(others) + 1} things are taken for one (owl:sameAs), <{_iri(terms[first])}> among them, and each "
                "fact of one is inferred for all: see whether they are one"
            )


def _iri(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
