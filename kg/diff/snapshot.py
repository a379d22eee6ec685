"""What is compared of a graph, read from its quads by a dozen questions, whatever its size."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from sys import intern
from typing import Any

import pyoxigraph as ox

from kg.diff.values import Decision, Fact, Graph, Place, Record, Thing
from kg.rdf.namespaces import DCTERMS, OWL, PREFIXES, RDF, RDFS, SCHEMA, SKOS, local_name
from kg.reason import PROFILES, Closure, infer, needed, within
from kg.runtime import growing_heap

_RECORDS = """
SELECT * { GRAPH ?g {
  ?iri rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgv:inDocument ?document ; kgv:beginOffset ?begin ;
    kgv:endOffset ?end ; kgv:quote ?quote ; kgv:stance ?stance ; kgv:confidence ?confidence ; kgv:rule ?rule ;
    prov:wasDerivedFrom ?sentence ; prov:wasGeneratedBy ?extractor .
  OPTIONAL { ?iri kgv:speaker ?speaker }
  OPTIONAL { ?iri kgv:time ?time }
  OPTIONAL { ?iri kgv:place ?place }
} }"""
_DOCUMENTS = "SELECT ?d ?id ?hash { GRAPH ?g { ?d dcterms:identifier ?id ; kgv:sha256 ?hash } }"
_SENTENCES = """
SELECT ?s ?document ?begin ?text { GRAPH ?g { ?s a kgv:Sentence ; kgv:inDocument ?document ; kgv:beginOffset ?begin ;
  kgv:text ?text } }"""
_MENTIONS = """
SELECT ?e ?document ?begin ?end ?named { GRAPH ?g { ?m kgv:refersTo ?e ; kgv:inDocument ?document ;
  kgv:beginOffset ?begin ; kgv:endOffset ?end . OPTIONAL { ?m kgv:named ?named } } }"""
_DECISIONS = """
SELECT * { GRAPH ?g { ?decision a kgv:Decision ; kgv:decides ?decides .
  OPTIONAL { ?decision kgv:about ?about }
  OPTIONAL { ?decision rdf:predicate ?predicate }
  OPTIONAL { ?decision dcterms:creator ?who }
  OPTIONAL { ?decision rdfs:comment ?why }
  FILTER NOT EXISTS { ?decision kgv:applied false } } }"""

_AMOUNT = ox.NamedNode(SCHEMA + "MonetaryAmount")
_TYPE, _LABEL, _ALIAS = RDF + "type", RDFS + "label", SKOS + "altLabel"
_REPLACED, _SAME = DCTERMS + "isReplacedBy", OWL + "sameAs"
_DESCRIBING = frozenset((_TYPE, _LABEL, _ALIAS, SKOS + "prefLabel", _REPLACED))
_ONTOLOGY, _INFERRED = "graph/ontology", "graph/inferred"

_WHOLE = re.compile(r"-?[0-9]{1,18}")
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def snapshot(quads: ox.Store, manifest: Mapping[str, Any], name: str) -> Graph:
    """What is compared of the quads of a store or an export. manifest: the store's; {} where there is none."""
    with growing_heap():
        return _snapshot(quads, manifest, name)


def _snapshot(quads: ox.Store, manifest: Mapping[str, Any], name: str) -> Graph:
    ids, documents = _documents(quads)
    sentences = {
        row["s"].value: (ids.get(row["document"].value, ""), row["text"].value, _whole(row["begin"]))
        for row in _ask(quads, _SENTENCES)
    }
    records = dict(_records(quads, ids, sentences))
    entities, facts, names, replaced = _default_graph(quads)
    graph = _graph(quads, _INFERRED)
    told = quads.quads_for_pattern(None, None, None, graph) if graph else ()
    inferred = frozenset(Fact(term_of(s), p.value, term_of(o)) for s, p, o, _ in told)
    return Graph(
        name=name,
        entities=entities,
        facts=facts,
        records=records,
        documents=documents,
        sentences=_texts(sentences),
        mentions=_mentions(quads, ids),
        replaced=replaced,
        ontology=_ontology(quads),
        decisions=_decisions(quads),
        made_with=_made_with(manifest),
        names=names,
        inferred=inferred,
        profile=str(manifest.get("reason") or "") if manifest else None,
        closure=_closure(quads, manifest, graph) if graph and inferred else None,
        notes=() if documents else (f"facts only: no evidence in {name}",),
    )


def _ask(quads: ox.Store, query: str) -> Iterator[dict[str, Any]]:
    solutions = quads.query(query, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    rows = (dict(zip(names, solution, strict=True)) for solution in solutions)
    # Nothing that kg writes is about triples; an export of others may be.
    return (row for row in rows if not any(isinstance(term, ox.Triple) for term in row.values()))


def _whole(term: ox.Literal | ox.NamedNode | ox.BlankNode) -> int:
    """An offset; 0 for what is no number, which an export of others may hold."""
    return int(term.value) if _WHOLE.fullmatch(term.value) else 0


def _decimal(term: ox.Literal | ox.NamedNode | ox.BlankNode) -> float:
    """A confidence; 0 for what is no number."""
    try:
        found = float(term.value)
    except ValueError:
        return 0.0
    return found if math.isfinite(found) else 0.0


def _documents(quads: ox.Store) -> tuple[dict[str, str], dict[str, str]]:
    """Ids by IRI, digests by id."""
    rows = [(row["d"].value, row["id"].value, row["hash"].value) for row in _ask(quads, _DOCUMENTS)]
    return {iri: name for iri, name, _ in rows}, {name: digest for _, name, digest in sorted(rows)}


def _records(
    quads: ox.Store, ids: Mapping[str, str], sentences: Mapping[str, tuple[str, str, int]]
) -> Iterator[tuple[str, Record]]:
    for row in _ask(quads, _RECORDS):
        iri, document = row["iri"].value, row["document"].value
        begin = _whole(row["begin"])
        _, text, start = sentences.get(row["sentence"].value, ("", "", begin))
        yield (
            iri,
            Record(
                iri,
                row["s"].value,
                intern(row["p"].value),
                term_of(row["o"]),
                ids.get(document, local_name(document)),
                begin,
                _whole(row["end"]),
                row["quote"].value,
                text,
                start,
                intern(local_name(row["stance"].value)),
                _decimal(row["confidence"]),
                intern(row["rule"].value),
                intern(local_name(row["extractor"].value)),
                _optional(row["speaker"]),
                _optional(row["time"]),
                _optional(row["place"]),
            ),
        )


def term_of(term: Term) -> str:
    """A term as `Fact.object` has it."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _optional(term: ox.NamedNode | ox.Literal | None) -> str | None:
    return None if term is None else term.value


def _texts(sentences: Mapping[str, tuple[str, str, int]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for document, text, _ in sentences.values():
        found[document].add(text)
    return {document: frozenset(texts) for document, texts in found.items()}


def _mentions(quads: ox.Store, ids: Mapping[str, str]) -> dict[Place, tuple[str, bool]]:
    found: dict[Place, tuple[str, bool]] = {}
    for row in _ask(quads, _MENTIONS):
        document = row["document"].value
        place = Place(ids.get(document, local_name(document)), _whole(row["begin"]), _whole(row["end"]))
        mention = (row["e"].value, row["named"] is None or row["named"].value == "true")
        found[place] = min(mention, found.get(place, mention))
    return found


def _default_graph(quads: ox.Store) -> tuple[dict[str, Thing], frozenset[Fact], dict[str, str], dict[str, str]]:
    """Entities, facts, the labels of amounts, and what stands in place of what."""
    default = ox.DefaultGraph()
    amounts = {q.subject for q in quads.quads_for_pattern(None, ox.NamedNode(_TYPE), _AMOUNT, default)}
    told: dict[str, dict[str, set[str]]] = {name: defaultdict(set) for name in _DESCRIBING}
    names: dict[str, str] = {}
    facts: set[Fact] = set()
    for subject, predicate, term, _ in quads.quads_for_pattern(None, None, None, default):
        iri, verb = term_of(subject), predicate.value
        if subject in amounts:
            if verb == _LABEL:
                names[iri] = _words(term)
        elif verb in _DESCRIBING:
            told[verb][iri].add(_words(term))
        else:
            facts.add(Fact(iri, verb, term_of(term)))
    things = told[_TYPE].keys() | told[_LABEL].keys()
    for link in [fact for fact in facts if fact.predicate == _SAME and fact.object not in things]:
        facts.discard(link)
        told[_ALIAS][link.subject].add(f"<{link.object}>")
    entities = {
        iri: Thing(
            iri,
            min(told[_LABEL].get(iri, ()), default=local_name(iri)),
            tuple(sorted(told[_TYPE].get(iri, ()))),
            tuple(sorted(told[_ALIAS].get(iri, ()))),
        )
        for iri in sorted(things)
    }
    replaced = {old: min(new) for old, new in sorted(told[_REPLACED].items())}
    return entities, frozenset(facts), names, replaced


def _words(term: Term) -> str:
    """An IRI, or a literal's words with its language where it has one."""
    if isinstance(term, ox.Literal) and term.language:
        return f"{term.value}@{term.language}"
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _ontology(quads: ox.Store) -> dict[str, frozenset[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    graph = _graph(quads, _ONTOLOGY)
    for subject, predicate, term, _ in quads.quads_for_pattern(None, None, None, graph) if graph else ():
        found[term_of(subject)].add((predicate.value, term_of(term)))
    return {iri: frozenset(triples) for iri, triples in found.items()}


def _graph(quads: ox.Store, ending: str) -> ox.NamedNode | None:
    found = (name for name in quads.named_graphs() if isinstance(name, ox.NamedNode) and name.value.endswith(ending))
    return min(found, key=str, default=None)


def _closure(quads: ox.Store, manifest: Mapping[str, Any], inferred: ox.NamedNode) -> Closure:
    """What follows, made again; by all rules where it is not told by which, for they hold the others."""
    base, profile = inferred.value.removesuffix(_INFERRED), str(manifest.get("reason") or PROFILES[-1])
    graph = _graph(quads, _ONTOLOGY)
    ontology = list(quads.quads_for_pattern(None, None, None, graph)) if graph else []
    names = [row["p"].value for row in _ask(quads, "SELECT DISTINCT ?p { ?s ?p ?o }")]
    looked_at = map(ox.NamedNode, needed(ontology, base, profile, names))
    facts = (quad for name in looked_at for quad in quads.quads_for_pattern(None, name, None, ox.DefaultGraph()))
    return infer(within(facts, base), ontology, base, profile)


def _decisions(quads: ox.Store) -> dict[str, Decision]:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _ask(quads, _DECISIONS):
        rows[row["decision"].value].append(row)
    return {
        iri: Decision(
            iri,
            min(row["decides"].value for row in told),
            frozenset(row["about"].value for row in told if row["about"] is not None),
            min(_optional(row["predicate"]) or "" for row in told),
            min(_optional(row["who"]) or "" for row in told),
            min(_optional(row["why"]) or "" for row in told),
        )
        for iri, told in sorted(rows.items())
    }


def _made_with(manifest: Mapping[str, Any]) -> dict[str, str]:
    """What the graph was made with, as far as the manifest tells."""
    found = {name: str(manifest[name]) for name in ("base", "model", "ontology", "code") if manifest.get(name)}
    if manifest:
        found["reason"] = str(manifest.get("reason") or "none")
    extractors = manifest.get("extractors")
    return {**found, "extractors": ", ".join(map(str, extractors))} if isinstance(extractors, list) else found


def words(term: str) -> str:
    """What a literal of `Fact.object` says, without its datatype and language."""
    triple = next(ox.parse(f"<x:x> <x:x> {term} .", format=ox.RdfFormat.N_TRIPLES, lenient=True))
    return triple.object.value if isinstance(triple.object, ox.Literal) else term


def symmetric(graph: Graph) -> frozenset[str]:
    """The predicates that hold both ways, as its ontology tells."""
    marked = (_TYPE, OWL + "SymmetricProperty")
    return frozenset(iri for iri, triples in graph.ontology.items() if marked in triples)
