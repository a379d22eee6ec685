"""Each rule alone, rules together, and what is left out."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.ontology import load
from kg.rdf import ontology_graph
from kg.reason import RULES, closure, infer

BASE = "https://kg.example/"
PREFIXES = """
@prefix : <https://example.org/ships#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NAMES = {
    "": "https://example.org/ships#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}


def parse(turtle: str) -> list[ox.Quad]:
    return list(ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE))


def short(term: object) -> str:
    if not isinstance(term, ox.NamedNode):
        return str(term)
    if term.value.endswith("#type"):
        return "a"
    for name, iri in NAMES.items():
        if term.value.startswith(iri):
            return f"{name}:{term.value.removeprefix(iri)}"
    return term.value


def follows(facts: str, ontology: str, profile: str = "owl") -> set[str]:
    return shown(infer(parse(facts), parse(ontology), BASE, profile))


def shown(triples: Iterable[ox.Triple]) -> set[str]:
    return {" ".join(map(short, (t.subject, t.predicate, t.object))) for t in triples}


# rule: ontology, facts, what follows
CASES = {
    "cax-sco": (":Sloop rdfs:subClassOf :Boat .", ":heron a :Sloop .", {":heron a :Boat"}),
    "prp-spo1": (":owner rdfs:subPropertyOf :holder .", ":heron :owner :ines .", {":heron :holder :ines"}),
    "prp-dom": (":owner rdfs:domain :Boat .", ":heron :owner :ines .", {":heron a :Boat"}),
    "prp-rng": (":owner rdfs:range :Person .", ":heron :owner :ines .", {":ines a :Person"}),
    "cax-eqc": (":Boat owl:equivalentClass :Ship .", ":a a :Boat . :b a :Ship .", {":a a :Ship", ":b a :Boat"}),
    "prp-eqp": (":p owl:equivalentProperty :q .", ":a :p :b . :c :q 1 .", {":a :q :b", ':c :p "1"^^xsd'}),
    "prp-inv": (":owner owl:inverseOf :owns .", ":a :owner :b . :c :owns :d .", {":b :owns :a", ":d :owner :c"}),
    "prp-symp": (":near a owl:SymmetricProperty .", ":a :near :b .", {":b :near :a"}),
    "prp-trp": (":in a owl:TransitiveProperty .", ":a :in :b . :b :in :c .", {":a :in :c"}),
    "prp-spo2": (
        ":aunt owl:propertyChainAxiom (:mother :sister) .",
        ":a :mother :b . :b :sister :c .",
        {":a :aunt :c"},
    ),
    "eq-sym": ("", ":a owl:sameAs :b .", {":b owl:sameAs :a"}),
    "eq-trans": (
        "",
        ":a owl:sameAs :b . :b owl:sameAs :c .",
        {":a owl:sameAs :c", ":b owl:sameAs :a", ":c owl:sameAs :a", ":c owl:sameAs :b"},
    ),
    "eq-rep-s": ("", ':a owl:sameAs :b . :a :p "x" .', {":b owl:sameAs :a", ':b :p "x"'}),
    "eq-rep-o": ("", ":a owl:sameAs :b . :c :p :a .", {":b owl:sameAs :a", ":c :p :b"}),
}
RDFS = {"cax-sco", "prp-spo1", "prp-dom", "prp-rng"}


def test_there_is_a_case_for_each_rule() -> None:
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_alone(rule: str) -> None:
    ontology, facts, expected = CASES[rule]
    found = infer(parse(facts), parse(ontology), BASE)
    assert {line.replace("^^<http://www.w3.org/2001/XMLSchema#integer>", "^^xsd") for line in shown(found)} == expected
    steps = [found.why(triple) for triple in found]
    assert rule in {step.rule for step in steps if step}
    assert all(step and step.premises for step in steps)
    assert bool(follows(facts, ontology, "rdfs")) is (rule in RDFS)


def test_rules_work_on_what_rules_made() -> None:
    ontology = """
    :home rdfs:subPropertyOf :in ; rdfs:domain :Firm . :in a owl:TransitiveProperty ; owl:inverseOf :holds .
    :Firm rdfs:subClassOf :Body . :Body owl:equivalentClass :Organ .
    """
    assert follows(":a :home :b . :b :in :c .", ontology) == {
        ":a :in :b",
        ":a :in :c",
        ":b :holds :a",
        ":c :holds :a",
        ":c :holds :b",
        ":a a :Firm",
        ":a a :Body",
        ":a a :Organ",
    }


def test_cycles_come_to_an_end_and_nothing_is_said_of_a_thing_and_itself() -> None:
    ontology = ":in a owl:TransitiveProperty . :A rdfs:subClassOf :B . :B rdfs:subClassOf :A ."
    assert follows(":x :in :y . :y :in :z . :z :in :x . :x a :A .", ontology) == {
        ":x :in :z",
        ":y :in :x",
        ":z :in :y",
        ":x a :B",
    }


def test_what_leads_back_to_a_thing_serves_as_a_premise() -> None:
    ontology = ":in a owl:TransitiveProperty . :port owl:propertyChainAxiom (:in :home) ."
    assert ":x :port :h" in follows(":x :in :y . :y :in :x . :x :home :h .", ontology)


def test_nothing_is_inferred_twice_or_again() -> None:
    assert follows(":a a :Sloop , :Boat .", ":Sloop rdfs:subClassOf :Boat .") == set()


@pytest.mark.parametrize(
    "axiom",
    [
        ":Sloop rdfs:subClassOf owl:Thing , rdfs:Resource , :Sloop , [ a owl:Restriction ] .",
        ":p rdfs:domain owl:Thing ; rdfs:range rdfs:Resource .",
        ":p rdfs:domain [ owl:unionOf (:A :B) ] ; rdfs:range [ owl:unionOf (:A :B) ] .",
        ":p rdfs:domain :A , :B ; rdfs:range :A , :B .",
        ":p rdfs:domain :A ; schema:domainIncludes :B . :p schema:rangeIncludes :A .",
        ":d rdfs:range xsd:string . :d rdfs:range rdfs:Literal . :p rdfs:range xsd:date .",
        ":d owl:inverseOf :e . :d a owl:SymmetricProperty .",
        ":p rdfs:subPropertyOf owl:topObjectProperty , rdfs:label , [ owl:inverseOf :q ] .",
        ":note a owl:AnnotationProperty . :p rdfs:subPropertyOf :note .",
        "rdfs:label rdfs:subPropertyOf :called . skos:prefLabel rdfs:domain :Named .",
        ":q owl:propertyChainAxiom (:p) , (:p :p :p) , :broken .",
    ],
)
def test_what_says_nothing_of_a_thing_is_no_axiom(axiom: str) -> None:
    facts = ':s a :Sloop ; :p :t ; :d "words" ; rdfs:label "S" ; skos:prefLabel "S"@en . :t :p :u . :u :p :v .'
    assert follows(facts, axiom) == set()


def test_blank_nodes_that_were_named_are_no_names() -> None:
    text = PREFIXES + ":p a owl:ObjectProperty ; rdfs:domain [ owl:unionOf (:A :B) ] ; rdfs:range :C ."
    named = [quad for quad in ontology_graph_of(text) if quad.predicate.value.endswith("domain")]
    assert "genid" in str(named)
    assert shown(infer(parse(":s :p :t ."), ontology_graph_of(text), BASE)) == {":t a :C"}


def ontology_graph_of(turtle: str) -> list[ox.Quad]:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "o.ttl"
        path.write_text(turtle, encoding="utf-8")
        return ontology_graph(load([path]), BASE)


def test_a_chain_is_read_from_the_stored_ontology() -> None:
    text = PREFIXES + ":aunt a owl:ObjectProperty ; owl:propertyChainAxiom (:mother :sister) ."
    found = infer(parse(":a :mother :b . :b :sister :c ."), ontology_graph_of(text), BASE)
    assert shown(found) == {":a :aunt :c"}
    (triple,) = found
    step = found.why(triple)
    assert step
    assert [iri.rpartition("#")[2] for iri in step.axiom] == ["aunt", "propertyChainAxiom", "mother", "sister"]


def test_a_class_that_is_disjoint_with_a_given_one_is_not_inferred_from_a_property() -> None:
    ontology = (
        ":owner rdfs:domain :Sloop ; rdfs:range :Owner . :Sloop rdfs:subClassOf :Boat . :Boat owl:disjointWith :Firm ."
    )
    assert follows(":x a :Firm ; :owner :y .", ontology) == {":y a :Owner"}
    assert follows(":x a :Yard ; :owner :y .", ontology) == {":x a :Sloop", ":x a :Boat", ":y a :Owner"}
    assert follows(":x a :Mill ; :owner :y .", f"{ontology} :Mill rdfs:subClassOf :Firm .") == {
        ":x a :Firm",
        ":y a :Owner",
    }


def test_equals_that_the_ontology_tells_are_premises() -> None:
    assert follows(":a :p :b .", ":a owl:sameAs <https://elsewhere.example/a> .") == {
        "https://elsewhere.example/a :p :b",
        "https://elsewhere.example/a owl:sameAs :a",
    }


def test_many_equals_are_told() -> None:
    facts = " ".join(f":a{n} owl:sameAs :a{n + 1} ." for n in range(closure.MANY_EQUALS))
    found = infer(parse(facts), [], BASE)
    assert len(found) == 21 * 20 - 20
    (notice,) = found.notices
    assert notice.startswith("21 things are taken for one (owl:sameAs), <https://example.org/ships#a0>")


def test_what_explodes_is_given_up_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closure, "AT_LEAST_ALLOWED", 40)
    monkeypatch.setattr(closure, "ALLOWED_FOR_A_FACT", 2)
    ring = " ".join(f":a{n} :in :a{(n + 1) % 12} ." for n in range(12))
    found = infer(parse(ring), parse(":in a owl:TransitiveProperty ."), BASE)
    assert list(found) == []
    assert "given up" in found.notices[0]
    assert " say in:" in found.notices[0]


def test_a_profile_that_is_none() -> None:
    with pytest.raises(UsageError, match="unknown reasoning 'full'"):
        infer([], [], BASE, "full")


def test_why_of_what_is_given_or_unknown_is_nothing() -> None:
    found = infer(parse(":a a :Sloop ."), parse(":Sloop rdfs:subClassOf :Boat ."), BASE)
    given, unknown = (quad.triple for quad in (*parse(":a a :Sloop ."), *parse(":a a :Fish .")))
    assert found.why(given) is None
    assert found.why(unknown) is None


def test_the_derivation_is_a_shortest_one() -> None:
    ontology = ":in a owl:TransitiveProperty . :home rdfs:subPropertyOf :in ."
    facts = ":a :in :b . :b :in :c . :c :in :d . :a :home :d ."
    found = infer(parse(facts), parse(ontology), BASE)
    (goal,) = (quad.triple for quad in parse(":a :in :d ."))
    step = found.why(goal)
    assert step
    assert (step.rule, shown(step.premises)) == ("prp-spo1", {":a :home :d"})
