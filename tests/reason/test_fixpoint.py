"""The narrowed rules find what plain ones do, in whatever order the facts come, and each by steps that hold."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.rdf.namespaces import OWL, RDF, RDFS
from kg.reason import infer

Triple = tuple[str, str, str]

BASE = "https://kg.example/"
TYPE, SAME = RDF + "type", OWL + "sameAs"
THINGS = [f"urn:t{n}" for n in range(5)]
CLASSES = [f"urn:C{n}" for n in range(4)]
PROPERTIES = [f"urn:p{n}" for n in range(4)]
thing, cls, prop = map(st.sampled_from, (THINGS, CLASSES, PROPERTIES))

facts_of = st.lists(
    st.one_of(
        st.tuples(thing, prop, thing),
        st.tuples(thing, prop, st.just('"words"')),
        st.tuples(thing, st.just(TYPE), cls),
        st.tuples(thing, st.just(SAME), thing),
    ),
    max_size=9,
)
axioms_of = st.lists(
    st.one_of(
        st.tuples(cls, st.sampled_from([RDFS + "subClassOf", OWL + "equivalentClass"]), cls),
        st.tuples(prop, st.sampled_from([RDFS + "subPropertyOf", OWL + "equivalentProperty", OWL + "inverseOf"]), prop),
        st.tuples(prop, st.sampled_from([RDFS + "domain", RDFS + "range"]), cls),
        st.tuples(prop, st.just(TYPE), st.sampled_from([OWL + "SymmetricProperty", OWL + "TransitiveProperty"])),
        st.tuples(prop, st.just(RDFS + "subPropertyOf"), st.just(SAME)),
    ),
    max_size=7,
    unique=True,
)
chains_of = st.lists(st.tuples(prop, prop, prop), max_size=2, unique_by=lambda chain: chain[0])


def node(text: str) -> ox.NamedNode | ox.Literal:
    return ox.Literal(text.strip('"')) if text.startswith('"') else ox.NamedNode(text)


def quads(triples: list[Triple]) -> list[ox.Quad]:
    return [ox.Quad(ox.NamedNode(s), ox.NamedNode(p), node(o)) for s, p, o in triples]


def chain_quads(chains: list[Triple]) -> list[ox.Quad]:
    found = []
    for name, *parts in chains:
        nodes = [ox.NamedNode(f"urn:list:{name}:{n}") for n in range(2)]
        found += [ox.Quad(ox.NamedNode(name), ox.NamedNode(OWL + "propertyChainAxiom"), nodes[0])]
        for one, part, rest in zip(nodes, parts, (nodes[1], ox.NamedNode(RDF + "nil")), strict=True):
            found += [ox.Quad(one, ox.NamedNode(RDF + "first"), ox.NamedNode(part))]
            found += [ox.Quad(one, ox.NamedNode(RDF + "rest"), rest)]
    return found


def naive(facts: set[Triple], axioms: list[Triple], chains: list[Triple]) -> set[Triple]:
    """All that follows, found by trying every rule on everything until nothing is new."""
    known = set(facts)
    while True:
        new = {made for fact in known for axiom in axioms for made in of_one(fact, axiom, axioms)}
        new |= {(o, p, s) for s, p, o in known if p == SAME and is_thing(o)}
        transitive = [p for p, _, kind in axioms if kind.endswith("TransitiveProperty")] + [SAME]
        joins = [*chains, *((p, p, p) for p in transitive)]
        for (s, p, o), (x, q, y) in itertools.product(known, repeat=2):
            new |= {(s, made, y) for made, first, second in joins if o == x and (first, second) == (p, q)}
            if p == SAME and is_thing(o):
                new |= {(o, q, y)} if s == x else set()
                new |= {(x, q, o)} if s == y else set()
        if new <= known:
            return {(s, p, o) for s, p, o in known - facts if s != o}
        known |= new


def is_thing(text: str) -> bool:
    return not text.startswith('"')


def of_one(fact: Triple, axiom: Triple, axioms: list[Triple]) -> Iterator[Triple]:
    """What an axiom makes of a fact alone."""
    s, p, o = fact
    one, name, other = axiom[0], axiom[1].rpartition("#")[2], axiom[2]
    both = [(one, other), (other, one)]
    for begin, end in both if name in ("equivalentClass", "equivalentProperty", "inverseOf") else both[:1]:
        if name in ("subClassOf", "equivalentClass") and (p, o) == (TYPE, begin):
            yield s, TYPE, end
        if name in ("subPropertyOf", "equivalentProperty") and p == begin:
            yield s, end, o
        if name == "inverseOf" and p == begin and is_thing(o):
            yield o, end, s
    if other.endswith("SymmetricProperty") and p == one and is_thing(o):
        yield o, p, s
    if p == one and name in ("domain", "range") and sum((p, axiom[1]) == side[:2] for side in axioms) == 1:
        if name == "domain":
            yield s, TYPE, other
        elif is_thing(o):
            yield o, TYPE, other


def text_of(term: object) -> str:
    return f'"{term.value}"' if isinstance(term, ox.Literal) else str(term)[1:-1]


@settings(max_examples=300)
@given(facts_of, axioms_of, chains_of, st.randoms(use_true_random=False))
def test_the_fixpoint_is_the_plain_closure_and_each_step_holds(
    facts: list[Triple], axioms: list[Triple], chains: list[Triple], chance: object
) -> None:
    axioms = [axiom for axiom in axioms if axiom[0] != axiom[2] or axiom[1] == TYPE]
    ontology = quads(axioms) + chain_quads(chains)
    found = infer(quads(facts), ontology, BASE)
    texts = {(text_of(t.subject), text_of(t.predicate), text_of(t.object)) for t in found}
    assert texts == naive(set(facts), axioms, chains)
    assert len(found) == len(texts)

    chance.shuffle(facts)  # type: ignore[attr-defined]
    chance.shuffle(ontology)  # type: ignore[attr-defined]
    again = infer(quads(facts), ontology, BASE)
    assert list(again) == list(found)
    assert [again.why(triple) for triple in again] == [found.why(triple) for triple in found]

    for triple in found:  # down to what is given, in no circle
        path = [triple]
        while path:
            step = found.why(path.pop())
            if step:
                assert step.triple not in step.premises
                path += step.premises
                assert len(path) < 200
