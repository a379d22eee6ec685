"""What a graph holds, as rows: facts, entities, the evidence for a fact.

Each function asks the store a handful of questions, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Collection

import pyoxigraph as ox

from kg.lookup import Explanation, Lookup, Row
from kg.rdf.namespaces import local_name
from kg.store import Store

_MENTIONS = """
SELECT ?document ?e (COUNT(?m) AS ?n) {
  GRAPH ?g { ?m kgv:refersTo ?e ; kgv:inDocument ?document }
} GROUP BY ?document ?e"""


def facts(store: Store, *, document: str | None = None, stances: Collection[str] = ("asserted",)) -> list[Row]:
    """One row a (document, subject, predicate, object, stance), with its best evidence: the surest, then the first.

    document: only this one, by its id. Raises UsageError for a document that the graph does not hold.
    """
    graph = Lookup(store)
    best: dict[tuple[str, str, str, str, str], tuple[tuple[float, int, int, str], Row]] = {}
    for record in graph.records(document):
        row = graph.row(record)
        if row["stance"] not in stances:
            continue
        ends = (row["s_iri"], record["o"].value if row["o_iri"] else str(record["o"]))
        if row["p_iri"] in graph.symmetric:
            ends = (min(ends), max(ends))
        key = (row["id"], row["p_iri"], *ends, row["stance"])
        rank = (-row["confidence"], row["begin"], row["end"], row["rule"])
        if key not in best or rank < best[key][0]:
            best[key] = (rank, row)
    return sorted((row for _, row in best.values()), key=_place)


def entities(store: Store) -> list[Row]:
    """One row for each entity and document that it stands in: names, type, and how often it is mentioned."""
    graph = Lookup(store)
    rows: list[Row] = []
    for record in graph.ask(_MENTIONS):
        iri = record["e"].value
        kind = graph.types.get(iri)
        if kind is not None:
            document = graph.document(record["document"].value)
            names = graph.named(iri)
            rows.append(
                {"id": document, "s": names, "iri": iri, "type": local_name(kind), "mentions": int(record["n"].value)}
            )
    return sorted(rows, key=lambda row: (row["id"], row["iri"]))


def explain(
    store: Store | Lookup,
    subject: str,
    predicate: str | None = None,
    object: str | None = None,  # noqa: A002
) -> list[Explanation]:
    """Every piece of evidence for a fact, of every stance, in the order of the documents.

    subject, object: IRI, prefixed name, label or alias, in any case; an object also a literal's words. predicate: IRI,
    prefixed name, local name or label; a symmetric one holds both ways. With the subject alone, statements about it in
    either place. store: may be looked up in already. Raises UsageError for a name that is not known.
    """
    graph = store if isinstance(store, Lookup) else Lookup(store)
    subjects = graph.find_entities(subject)
    predicates = None if predicate is None else graph.find_predicates(predicate)
    records = graph.records_about(subjects)
    objects = None
    if object is not None:
        literals = {row["o"].value for row in records if isinstance(row["o"], ox.Literal)}
        objects = graph.find_entities(object, literals)
        objects |= {text for text in literals if text.casefold() == object.casefold()}
    alone = predicates is None and objects is None

    def fits(s: str, o: str) -> bool:
        return s in subjects and (objects is None or o in objects)

    found = [
        graph.explanation(row)
        for row in records
        if (predicates is None or row["p"].value in predicates)
        and (
            fits(row["s"].value, row["o"].value)
            or ((alone or row["p"].value in graph.symmetric) and fits(row["o"].value, row["s"].value))
        )
    ]
    return sorted(found, key=lambda item: (*_place(item.fact), item.statement))


def _place(row: Row) -> tuple[str, int, int, str, str, list[str]]:
    return row["id"], row["begin"], row["end"], row["p"], row["s_iri"], row["o"]
