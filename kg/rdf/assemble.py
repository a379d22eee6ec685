"""The default graph, which holds the facts a user asks for, and the graph of the ontology."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.model import Entity, Label, Statement, Value
from kg.ontology import Ontology
from kg.rdf.iris import amount_iri, genid_iri, ontology_graph_iri
from kg.rdf.namespaces import DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS
from kg.rdf.terms import AMOUNT, Nodes, canonical_number, is_amount, label, object_term

Target = str | Value | Label
"""The object of a triple: the IRI of an entity or class, a literal, or a name."""

Told = dict[str, dict[tuple[str, Target], None]]
"""By subject (IRI), what is said of it: properties (IRIs) with objects, each once, in the order of the statements."""

_TYPE, _LABEL, _SAME = RDF + "type", RDFS + "label", OWL + "sameAs"
_PREFERRED, _ALTERNATIVE = SKOS + "prefLabel", SKOS + "altLabel"


def default_graph(
    entities: Iterable[Entity], statements: Iterable[Statement], ontology: Ontology, base: str
) -> list[ox.Quad]:
    """What `default_facts` tells, as quads; sorted."""
    told, node = default_facts(entities, statements, ontology, base), Nodes()
    return sorted((quad for subject in told for quad in subject_quads(subject, told[subject], base, node)), key=str)


def default_facts(entities: Iterable[Entity], statements: Iterable[Statement], ontology: Ontology, base: str) -> Told:
    """Entities with their names and types, and every asserted fact once.

    What is not asserted gives no triple, but the entities and amounts it speaks of are described.
    An entity that no mention and no statement speaks of is left out.
    """
    told: Told = defaultdict(dict)
    statements = list(statements)
    entities = list(entities)
    used = _used(statements) if not all(entity.is_mentioned for entity in entities) else set()
    for entity in entities:
        if entity.is_mentioned or entity.iri in used:
            told[entity.iri].update(_describe_entity(entity))
            for old in entity.replaces:
                told[old][DCTERMS + "isReplacedBy", entity.iri] = None
    values = dict.fromkeys(s.object for s in statements if isinstance(s.object, Value))
    for amount in filter(is_amount, values):
        told[amount_iri(base, amount)].update(dict.fromkeys(_describe_amount(amount)))
    for subject, predicate, target in _facts(statements, ontology):
        told[subject][predicate, target] = None
    return told


def subject_quads(subject: str, pairs: Iterable[tuple[str, Target]], base: str, node: Nodes) -> set[ox.Quad]:
    """The quads of the default graph about one subject."""
    return {
        ox.Quad(node[subject], node[p], label(o) if isinstance(o, Label) else object_term(o, base, node))
        for p, o in pairs
    }


def ontology_graph(ontology: Ontology, base: str) -> list[ox.Quad]:
    """The ontology's triples in their named graph, sorted.

    Blank nodes get IRIs (RDF 1.1 Concepts, 3.5), since a graph without blank nodes can be compared and
    replaced triple by triple. Raises OntologyError if `ontology.ntriples` is none.
    """
    try:
        parsed = list(ox.parse(ontology.ntriples, format=ox.RdfFormat.N_TRIPLES, lenient=True))
    except SyntaxError as error:
        raise OntologyError(f"the ontology cannot be stored: {error}") from None
    # Through a store, because it writes literals in their canonical form.
    canonical = ox.Store()
    canonical.extend(parsed)
    graph = ox.NamedNode(ontology_graph_iri(base))

    def named(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode | ox.Literal:
        if isinstance(term, ox.BlankNode):
            return ox.NamedNode(genid_iri(base, f"ontology-{term.value}"))
        if isinstance(term, ox.Triple):
            raise OntologyError("the ontology holds a triple term of RDF 1.2", hint="write it with plain triples")
        return term

    quads = [ox.Quad(_subject(named(q.subject)), q.predicate, named(q.object), graph) for q in canonical]
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


def _describe_entity(entity: Entity) -> dict[tuple[str, Target], None]:
    found: list[tuple[str, Target]] = [(_TYPE, entity.type)] if entity.type else []
    found += [(_LABEL, Label(entity.label.text)), (_PREFERRED, entity.label)]
    found += [(_SAME, elsewhere) for elsewhere in entity.same_as]
    found += [(_ALTERNATIVE, alias) for alias in entity.aliases]
    return dict.fromkeys(found)


def _describe_amount(amount: Value) -> Iterator[tuple[str, Target]]:
    match = AMOUNT.fullmatch(amount.lexical)
    assert match is not None
    number = canonical_number(match[1])
    yield RDF + "type", SCHEMA + "MonetaryAmount"
    yield SCHEMA + "value", Value(number, "decimal" if "." in number else "integer")
    yield SCHEMA + "currency", Label(match[2])
    yield RDFS + "label", Label(amount.lexical)


def _facts(statements: list[Statement], ontology: Ontology) -> Iterator[tuple[str, str, str | Value]]:
    """The asserted triples. Where a symmetric property is stated in both directions, one of them stands for both."""
    stated = dict.fromkeys((s.subject, s.predicate, s.object) for s in statements if s.stance == "asserted")
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
