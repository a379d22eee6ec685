"""All records, sentences and mentions of a store in a few queries, which is much quicker than one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.rdf.namespaces import FOAF, KGV, PROV, RDF

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import Store

    from kg.view.citations import Term

    About = dict[NamedNode, dict[str, Term]]
    Columns = dict[str, dict[NamedNode, Term]]

SUBJECT, PREDICATE, OBJECT = (RDF + name for name in ("subject", "predicate", "object"))
BEGIN, QUOTE, IN_DOCUMENT, REFERS_TO, TEXT, NAMED = (
    KGV + name for name in ("beginOffset", "quote", "inDocument", "refersTo", "text", "named")
)
DERIVED = PROV + "wasDerivedFrom"
PLAIN = (SUBJECT, OBJECT, KGV + "confidence")  # which nothing but records has
FEW = (PREDICATE, KGV + "stance", KGV + "rule")  # of which there are few values
RARE = tuple(KGV + name for name in ("speaker", "time", "place"))
RECORD = (*PLAIN, *FEW[:2], QUOTE, BEGIN, IN_DOCUMENT, DERIVED)
VALUES = 300  # of a property, up to which they are asked for one by one
MENTIONS = 20_000  # above so many, they are left to be asked for one at a time


@dataclass(frozen=True, slots=True)
class Bulk:
    """One value of each property of each record, sentence and mention; no mentions where there are too many."""

    records: About
    sentences: About
    mentions: About | None


def read_bulk(quads: Store) -> Bulk:
    """Read property by property, in the order in which the store holds them: joins would cost twice as much."""
    rows = _rows(quads, f"?node a <{FOAF}Document>", "?graph ?node")
    documents = {row[0]: row[1] for row in rows}
    columns = {name: _column(quads, name) for name in (*PLAIN, *RARE)}
    columns |= {name: _column_by_value(quads, name) for name in FEW}
    columns |= {name: _column(quads, name, of=RDF + "Statement") for name in (QUOTE, BEGIN)}
    columns |= _column_and_document(quads, DERIVED, documents)
    records = {node: _about(quads, node, columns, RECORD, (*RARE, FEW[2])) for node in columns[SUBJECT]}
    texts = _column_and_document(quads, TEXT, documents) | {BEGIN: _column(quads, BEGIN, of=KGV + "Sentence")}
    sentences = {node: _about(quads, node, texts, (TEXT, BEGIN, IN_DOCUMENT)) for node in texts[TEXT]}
    if _count(quads, REFERS_TO) > MENTIONS:
        return Bulk(records, sentences, None)
    named = _column_and_document(quads, REFERS_TO, documents) | {NAMED: _column(quads, NAMED)}
    named |= {name: _column(quads, name, of=KGV + "Mention") for name in (QUOTE, BEGIN)}
    wanted = (REFERS_TO, IN_DOCUMENT, NAMED, BEGIN, QUOTE)
    return Bulk(records, sentences, {node: _about(quads, node, named, wanted) for node in named[REFERS_TO]})


def about(quads: Store, node: NamedNode) -> dict[str, Term]:
    """One value of each property of a node; a record, a mention and a sentence have no more."""
    return {quad.predicate.value: quad.object for quad in quads.quads_for_pattern(node, None, None, None)}


def _about(
    quads: Store, node: NamedNode, columns: Columns, needed: Sequence[str], rare: Sequence[str] = ()
) -> dict[str, Term]:
    """What the columns say of a node; one that lacks something is read by itself: there are hardly any."""
    try:
        found = {name: columns[name][node] for name in needed}
    except KeyError:
        return about(quads, node)
    for name in rare:
        if node in columns[name]:
            found[name] = columns[name][node]
    return found


def _column(quads: Store, name: str, of: str | None = None) -> dict[NamedNode, Term]:
    """One property of all nodes that have it, or of those of a class."""
    only = "" if of is None else f"?node a <{of}> . "
    rows = _rows(quads, f"{only}?node <{name}> ?value", "?node ?value")
    return {row[0]: row[1] for row in rows if isinstance(row[0], NamedNode)}


def _column_by_value(quads: Store, name: str) -> dict[NamedNode, Term]:
    """The same, asked for value by value: to look a term up is what costs, and so each value is looked up once."""
    values = [row[0] for row in _rows(quads, f"?node <{name}> ?value", "DISTINCT ?value")]
    if len(values) > VALUES:
        return _column(quads, name)
    return {
        row[0]: value
        for value in values
        for row in _rows(quads, f"?node <{name}> {value}", "?node")
        if isinstance(row[0], NamedNode)
    }


def _column_and_document(quads: Store, name: str, documents: Mapping[Term, Term]) -> Columns:
    """A column, and the document of each node, which its named graph tells."""
    values: dict[NamedNode, Term] = {}
    origin: dict[NamedNode, Term] = {}
    for node, value, graph in _rows(quads, f"?node <{name}> ?value", "?node ?value ?graph"):
        if isinstance(node, NamedNode):
            values[node] = value
            if graph in documents:
                origin[node] = documents[graph]
    return {name: values, IN_DOCUMENT: origin}


def _rows(quads: Store, pattern: str, variables: str) -> QuerySolutions:
    found = quads.query(f"SELECT {variables} {{ GRAPH ?graph {{ {pattern} }} }}")
    assert isinstance(found, QuerySolutions)
    return found


def _count(quads: Store, name: str) -> int:
    [row] = _rows(quads, f"?node <{name}> ?value", "(COUNT(*) AS ?count)")
    return int(row[0].value) if isinstance(row[0], Literal) else 0
