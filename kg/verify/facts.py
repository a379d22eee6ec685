"""The default graph and the ontology's graph: what they describe, and facts held against statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from kg.evidence import Fact, Gap, gaps
from kg.model import Problem
from kg.ontology import Ontology
from kg.rdf import ontology_graph
from kg.rdf.iris import document_iri, ontology_graph_iri
from kg.rdf.namespaces import DCTERMS, KGV, OWL, PREFIXES, RDF, RDFS, SCHEMA, SKOS, local_name
from kg.store import Store
from kg.verify.found import fault, place, quoted, short

_LABEL = ox.NamedNode(RDFS + "label")
_REPLACED = ox.NamedNode(DCTERMS + "isReplacedBy")
_DESCRIBING = {
    *(RDF + "type", RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", DCTERMS + "isReplacedBy", OWL + "sameAs"),
    *(SCHEMA + "value", SCHEMA + "currency"),
}
_PLACES = """
SELECT ?s ?p ?o ?stance ?document ?begin ?end {
  GRAPH ?g { ?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgv:stance ?stance ;
    kgv:inDocument ?document ; kgv:beginOffset ?begin ; kgv:endOffset ?end }
}"""
_LINKS = """
SELECT DISTINCT ?s ?o { ?s owl:sameAs ?o FILTER NOT EXISTS { ?o rdfs:label ?label } }"""
_MENTIONED = "SELECT ?e ?quote { GRAPH ?g { ?m kgv:refersTo ?e ; kgv:quote ?quote ; kgv:named false } }"
_CHANGED = "kg build reads the documents with it; --ontology names the one that the build took, if it was another"


def things(store: Store) -> set[str]:
    """The IRIs of all that the default graph gives a label."""
    quads = store.quads.quads_for_pattern(None, _LABEL, None, ox.DefaultGraph())
    return {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def terms(store: Store, base: str) -> set[str]:
    """The IRIs of all that the stored ontology speaks of."""
    quads = store.quads.quads_for_pattern(None, None, None, ox.NamedNode(ontology_graph_iri(base)))
    return {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def check_replaced(store: Store, described: set[str]) -> Iterator[Problem]:
    """IRIs that were given up lead to things that are described, and are described no more themselves."""
    for quad in store.quads.quads_for_pattern(None, _REPLACED, None, ox.DefaultGraph()):
        old, new = quad.subject, quad.object
        if not isinstance(new, ox.NamedNode) or new.value not in described:
            yield fault(str(old), f"dcterms:isReplacedBy leads to {new}, which the default graph does not describe")
        if isinstance(old, ox.NamedNode) and old.value in described:
            yield fault(str(old), f"it is replaced by {new}, and described all the same")


def check_links(store: Store) -> Iterator[Problem]:
    """What is linked to data elsewhere is mentioned in some document by the IRI that it has there."""
    links = store.quads.query(_LINKS, prefixes=PREFIXES)
    assert isinstance(links, ox.QuerySolutions)
    told = {(_text(row["s"]), _text(row["o"])) for row in links}
    if not told:
        return
    mentions = store.quads.query(_MENTIONED, prefixes=PREFIXES)
    assert isinstance(mentions, ox.QuerySolutions)
    for thing, iri in sorted(told - {(_text(row["e"]), _text(row["quote"])) for row in mentions}):
        yield fault(f"<{thing}>", f"it has a link to <{iri}> (owl:sameAs), which no document that tells of it holds")


def _text(term: Any) -> str:
    return str(getattr(term, "value", term))


def check_predicates(store: Store, known: set[str]) -> Iterator[Problem]:
    """Facts whose predicate is none of the stored ontology; other checks pass these over."""
    strange = {
        quad.predicate.value: quad
        for quad in store.quads.quads_for_pattern(None, None, None, ox.DefaultGraph())
        if quad.predicate.value not in known and quad.predicate.value not in _DESCRIBING
    }
    for predicate in sorted(strange):
        yield fault(short(predicate), "there are facts with this predicate, which is not in the stored ontology")


def check_evidence(store: Store, base: str) -> Iterator[Problem]:
    """Each fact has an asserted statement, each asserted statement its fact."""
    found = [gap for gap in gaps(store) if gap.kind != "wordless"]  # the quotes are held against the text itself
    if not found:
        return
    places = _places(store, {gap.fact for gap in found}, base)
    for gap in found:
        yield from _told(gap, places[gap.fact], store)


def _told(gap: Gap, places: list[tuple[str, str]], store: Store) -> Iterator[Problem]:
    s, p, o = gap.fact
    fact, whole = f"{_named(s, store)} {local_name(p.value)} {_named(o, store)}", f"default graph, {s}"
    if gap.kind == "missing":
        for where in sorted({where for where, stance in places if stance == "asserted"}) or [whole]:
            yield fault(where, f"a statement is asserted, and the default graph lacks its fact: {fact}")
        return
    stances = sorted({f"{stance} at {where}" for where, stance in places if stance != "asserted"})
    told = f"; it is only {stances[0]}" if stances else ""
    yield fault(whole, f"this fact has no asserted statement behind it: {fact}{told}")


def _places(store: Store, wanted: set[Fact], base: str) -> dict[Fact, list[tuple[str, str]]]:
    """Where the statements of some facts stand, and with which stance."""
    found: dict[Fact, list[tuple[str, str]]] = defaultdict(list)
    rows = store.quads.query(_PLACES, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        fact = (row["s"], row["p"], row["o"])
        if fact in wanted:
            document = unquote(row["document"].value.removeprefix(document_iri(base, "")))
            where = place(document, row["begin"].value, row["end"].value)
            found[fact].append((where, row["stance"].value.removeprefix(KGV)))
    return found


def _named(term: Any, store: Store) -> str:
    if not isinstance(term, ox.NamedNode):
        return quoted(term.value)
    labels = sorted(
        quad.object.value
        for quad in store.quads.quads_for_pattern(term, _LABEL, None, ox.DefaultGraph())
        if isinstance(quad.object, ox.Literal)
    )
    return labels[0] if labels else str(term)


def check_ontology(store: Store, ontology: Ontology, base: str) -> Iterator[Problem]:
    """The ontology is the one that the graph was built with, and is stored as it is."""
    built = store.manifest.get("ontology")
    if built != ontology.digest:
        yield Problem("ontology", "the ontology has changed since the build, or is another one", _CHANGED)
        return
    graph = ox.NamedNode(ontology_graph_iri(base))
    difference = _count(store.quads.quads_for_pattern(None, None, None, graph), ontology_graph(ontology, base))
    if difference:
        yield fault(
            graph.value, f"the stored ontology differs from the one that it was made of, in {difference} triples"
        )


def _count(stored: Iterable[ox.Quad], made: Iterable[ox.Quad]) -> int:
    return len(set(stored) ^ set(made))
