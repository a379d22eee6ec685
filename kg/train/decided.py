"""Examples out of a graph that users have corrected: what they accepted, and what they rejected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.archive import Archive
from kg.lookup import Lookup
from kg.rdf.namespaces import local_name
from kg.store import Store
from kg.train.examples import Example, Link, Words, occurrences
from kg.train.values import surface_of

_VERDICTS = """
SELECT ?kind ?s ?p ?o ?sentence ?text ?begin ?document {
  GRAPH ?decided { ?d kgv:decides ?kind ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; prov:used ?sentence }
  GRAPH ?g { ?sentence kgv:text ?text ; kgv:beginOffset ?begin ; kgv:inDocument ?document }
} ORDER BY ?sentence ?p ?s ?o"""
_MENTIONS = """
SELECT ?document ?x ?begin ?end {
  GRAPH ?g { ?m kgv:refersTo ?x ; kgv:inDocument ?document ; kgv:beginOffset ?begin ; kgv:endOffset ?end }
} ORDER BY ?document ?begin ?end ?x"""
Mentions = Mapping[str, list[tuple[int, int, str]]]


def decided(folder: Path, vocabulary: str, keys: Mapping[str, str]) -> Iterator[Example]:
    """One example a sentence with a verdict: accepted facts are links, rejected ones are mentions without a link.

    folder: what `kg build` wrote. Of each sentence only what the verdicts speak of is marked, so none is complete.
    """
    with Store.view(folder) as store:
        graph = Lookup(store)
        spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for row in graph.ask(_MENTIONS):
            spans[row["document"].value].append((int(row["begin"].value), int(row["end"].value), row["x"].value))
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        stated = {document.id for document in Archive.of(store).documents() if document.kind != "text"}
        for row in graph.ask(_VERDICTS):
            if graph.document(row["document"].value) in stated:
                continue  # triples of other data are no sentences to learn from
            rows[row["sentence"].value].append(row)
        types = {iri: keys.get(local_name(kind), "") for iri, kind in graph.types.items()}
        for verdicts in rows.values():
            yield _example(verdicts, spans, types, vocabulary, keys, graph)


def _example(
    verdicts: list[dict[str, Any]],
    spans: Mentions,
    types: Mapping[str, str],
    vocabulary: str,
    keys: Mapping[str, str],
    graph: Lookup,
) -> Example:
    text, document = verdicts[0]["text"].value, verdicts[0]["document"].value
    first = int(verdicts[0]["begin"].value)
    said = [(b - first, e - first, x) for b, e, x in spans.get(document, []) if first <= b and e <= first + len(text)]

    def places(term: Any) -> list[Words]:
        if term.value in types and not graph.is_amount(term.value):
            return [(b, e, types[term.value]) for b, e, x in said if x == term.value]
        words = surface_of(text, graph.name(term.value) if graph.is_amount(term.value) else term.value)
        return [(b, e, "") for b, e in occurrences(text, words)] if words else []

    found: set[Words] = set()
    linked: set[tuple[Words, str, Words]] = set()
    for row in verdicts:
        pairs = [(s, o) for s in places(row["s"]) for o in places(row["o"]) if s[:2] != o[:2]]
        key = keys.get(local_name(row["p"].value))
        if not pairs or key is None:
            continue
        subject, target = min(pairs, key=lambda pair: (abs(pair[0][0] - pair[1][0]), pair))
        found |= {subject, target}
        if row["kind"].value == "accept":
            linked.add((subject, key, target))
    mentions = sorted({place[:2]: place for place in sorted(found)}.values())
    at = {place[:2]: n for n, place in enumerate(mentions)}
    links: list[Link] = sorted((at[s[:2]], key, at[o[:2]]) for s, key, o in linked)
    return Example(text, tuple(mentions), tuple(links), vocabulary, complete=False, document=document)
