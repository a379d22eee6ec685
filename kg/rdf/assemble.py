"""The default graph, which holds the facts a user asks for, and the graph of the ontology."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.model import Entity, Statement, Value
from kg.ontology import Ontology
from kg.rdf.iris import amount_iri, genid_iri, ontology_graph_iri
from kg.rdf.namespaces import DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS
from kg.rdf.terms import AMOUNT, Nodes, canonical_number, is_amount, label, object_term, text, typed


def default_graph(
    entities: Iterable[Entity], statements: Iterable[Statement], ontology: Ontology, base: str
) -> list[ox.Quad]:
    """Entities with their names and types, and every asserted fact once; sorted.

    What is not asserted gives no triple, but the entities and amounts it speaks of are described.
    An entity that no mention and no statement speaks of is left out.
    """
    node = Nodes()
    statements = list(statements)
    used = _used(statements)
    quads = {
        quad for entity in entities if entity.mentions or entity.iri in used for quad in _describe_entity(entity, node)
    }
    amounts = {s.object for s in statements if isinstance(s.object, Value) and is_amount(s.object)}
    for amount in amounts:
        quads.update(_describe_amount(amount, base, node))
    for subject, predicate, target in _facts(statements, ontology):
        quads.add(ox.Quad(node[subject], node[predicate], object_term(target, base, node)))
    return sorted(quads, key=str)


def ontology_graph(ontology: Ontology, base: str) -> list[ox.Quad]:
    """The ontology's triples in their named graph, sorted.

    Blank nodes get IRIs (RDF 1.1 Concepts, 3.5), numbered by RDFC-1.0: a graph without blank nodes
    can be compared and replaced triple by triple. Raises OntologyError if `ontology.ntriples` is none.
    """
    try:
        parsed = list(ox.parse(ontology.ntriples, format=ox.RdfFormat.N_TRIPLES, lenient=True))
    except SyntaxError as error:
        raise OntologyError(f"the ontology cannot be stored: {error}") from None
    # Through a store, because it writes literals in their canonical form.
    canonical = ox.Store()
    canonical.extend(parsed)
    dataset = ox.Dataset(canonical)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    graph = ox.NamedNode(ontology_graph_iri(base))

    def named(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode | ox.Literal:
        if isinstance(term, ox.BlankNode):
            return ox.NamedNode(genid_iri(base, f"ontology-{term.value}"))
        if isinstance(term, ox.Triple):
            raise OntologyError("the ontology holds a triple term of RDF 1.2", hint="write it with plain triples")
        return term

    quads = [ox.Quad(_subject(named(q.subject)), q.predicate, named(q.object), graph) for q in dataset]
    return sorted(quads, key=str)


def _subject(term: ox.NamedNode | ox.Literal) -> ox.NamedNode:
    assert isinstance(term, ox.NamedNode)
    return term


def _used(statements: list[Statement]) -> set[str]:
    """The IRIs of all entities that some statement speaks of."""
    used: set[str] = set()
    for statement in statements:
        used.add(statement.subject)
        if isinstance(statement.object, str):
            used.add(statement.object)
        if statement.speaker:
            used.add(statement.speaker)
        if statement.place:
            used.add(statement.place)
    return used


def _describe_entity(entity: Entity, node: Nodes) -> Iterator[ox.Quad]:
    subject = node[entity.iri]
    if entity.type:
        yield ox.Quad(subject, node[RDF + "type"], node[entity.type])
    yield ox.Quad(subject, node[RDFS + "label"], text(entity.label.text))
    yield ox.Quad(subject, node[SKOS + "prefLabel"], label(entity.label))
    for old in entity.replaces:
        yield ox.Quad(node[old], node[DCTERMS + "isReplacedBy"], subject)
    for elsewhere in entity.same_as:
        yield ox.Quad(subject, node[OWL + "sameAs"], node[elsewhere])
    for alias in entity.aliases:
        yield ox.Quad(subject, node[SKOS + "altLabel"], label(alias))


def _describe_amount(amount: Value, base: str, node: Nodes) -> Iterator[ox.Quad]:
    match = AMOUNT.fullmatch(amount.lexical)
    assert match is not None
    subject, number = node[amount_iri(base, amount)], canonical_number(match[1])
    yield ox.Quad(subject, node[RDF + "type"], node[SCHEMA + "MonetaryAmount"])
    yield ox.Quad(subject, node[SCHEMA + "value"], typed(number, "decimal" if "." in number else "integer"))
    yield ox.Quad(subject, node[SCHEMA + "currency"], text(match[2]))
    yield ox.Quad(subject, node[RDFS + "label"], text(amount.lexical))


def _facts(statements: list[Statement], ontology: Ontology) -> Iterator[tuple[str, str, str | Value]]:
    """The asserted triples. Where a symmetric property is stated in both directions, one of them stands for both."""
    stated = {(s.subject, s.predicate, s.object) for s in statements if s.stance == "asserted"}
    symmetric = {iri for iri, found in ontology.properties.items() if found.symmetric}
    for subject, predicate, target in stated:
        if (
            predicate in symmetric
            and isinstance(target, str)
            and target < subject
            and (target, predicate, subject) in stated
        ):
            continue
        yield subject, predicate, target
