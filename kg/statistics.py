"""Counts over a whole graph: of what it holds, and of how its facts and statements are spread."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kg.lookup import Lookup
from kg.rdf.iris import inferred_graph_iri
from kg.rdf.namespaces import FOAF, KGV, SCHEMA, local_name
from kg.store import Store

_COUNTED = """
SELECT * { GRAPH ?g {
  ?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgv:stance ?stance ; kgv:confidence ?confidence ;
    kgv:inDocument ?document .
  OPTIONAL { ?st kgv:time ?time }
} }"""
_KINDS = "SELECT ?kind (COUNT(*) AS ?n) { GRAPH ?g { ?x a ?kind } FILTER(?g != <%s>) } GROUP BY ?kind"
_SILENT = """
SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?x a kgv:Sentence FILTER NOT EXISTS { ?st prov:wasDerivedFrom ?x } } }"""


def statistics(store: Store) -> dict[str, Any]:
    """Counts over the whole graph: single numbers, then groups of them by name.

    silent: sentences that no statement comes from. types: entities. predicates: facts. stances: statements.
    predicate_stances: statements by predicate and stance. document_facts: facts by document. years: facts by the year
    that their statements tell, in order. confidences: statements by the tenth that their confidence lies in.
    """
    graph = Lookup(store)
    kinds = {
        record["kind"].value: int(record["n"].value) for record in graph.ask(_KINDS % inferred_graph_iri(graph.base))
    }
    records = list(graph.ask(_COUNTED))
    stances = Counter(local_name(record["stance"].value) for record in records)
    asserted = [record for record in records if local_name(record["stance"].value) == "asserted"]
    triples = set(map(_triple, asserted))
    amounts = SCHEMA + "MonetaryAmount"
    types = Counter(local_name(kind) for kind in graph.types.values() if kind != amounts)
    return {
        "documents": kinds.get(FOAF + "Document", 0),
        "sentences": kinds.get(KGV + "Sentence", 0),
        "silent": next(int(record["n"].value) for record in graph.ask(_SILENT)),
        "mentions": kinds.get(KGV + "Mention", 0),
        "entities": sum(types.values()),
        "facts": len(triples),
        "statements": len(records),
        "types": _ranked(types),
        "predicates": _ranked(Counter(local_name(predicate) for _, predicate, _ in triples)),
        "stances": _ranked(stances),
        "predicate_stances": _by_predicate(records),
        "document_facts": _ranked(_facts_by(asserted, lambda record: graph.document(record["document"].value))),
        "years": dict(sorted(_facts_by(asserted, _year).items(), key=lambda item: int(item[0]))),
        "confidences": dict(sorted(Counter(map(_tenth, records)).items())),
    }


def _triple(record: Mapping[str, Any]) -> tuple[str, str, str]:
    return record["s"].value, record["p"].value, str(record["o"])


def _by_predicate(records: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Statements by predicate, the commonest first, and by stance."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        found[local_name(record["p"].value)][local_name(record["stance"].value)] += 1
    ordered = sorted(found.items(), key=lambda item: (-item[1].total(), item[0]))
    return {predicate: _ranked(counts) for predicate, counts in ordered}


def _facts_by(asserted: Iterable[Mapping[str, Any]], group: Callable[[Mapping[str, Any]], str]) -> Counter[str]:
    """How many facts there are of each group; one that two groups state counts in both."""
    found = {(group(record), _triple(record)) for record in asserted}
    return Counter(name for name, _ in found if name)


def _year(record: Mapping[str, Any]) -> str:
    """The year that a statement tells, empty for none."""
    found = re.match(r"-?\d{4,}(?=-|$)", record["time"].value) if record["time"] is not None else None
    return found.group() if found else ""


def _tenth(record: Mapping[str, Any]) -> str:
    """The tenth that a confidence lies in, by its lower end; the last one holds 1, too."""
    return f"{min(int(float(record['confidence'].value) * 10 + 1e-9), 9) / 10:.1f}"


def _ranked(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
