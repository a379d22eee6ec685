"""All records, sentences and mentions of a store in a few queries: a fifth of what one after the other costs.

To look a term up is what costs, and to go from one property of a node to the next as much as three of them. So most
properties are read each by itself, in the order in which the store holds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.rdf.namespaces import FOAF, KGV, RDF

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import Store

    from kg.view.citations import Term

    About = dict[NamedNode, dict[str, Term]]
    Sentences = dict[NamedNode, list[tuple[int, str]]]

SUBJECT, PREDICATE, OBJECT = (RDF + name for name in ("subject", "predicate", "object"))
BEGIN, QUOTE, IN_DOCUMENT, REFERS_TO, TEXT = (
    KGV + name for name in ("beginOffset", "quote", "inDocument", "refersTo", "text")
)
FEW = (PREDICATE, KGV + "stance", KGV + "rule")  # of which there are few values
MORE = (OBJECT, *(KGV + name for name in ("confidence", "speaker", "time", "place")))
VALUES = 300  # of a property, up to which they are asked for one by one
MENTIONS = 20_000  # above so many, they are left to be asked for one at a time


@dataclass(frozen=True, slots=True)
class Bulk:
    """Records and mentions with their properties, and by document where its sentences begin and their texts.

    mentions: None where there are too many.
    """

    records: About
    sentences: Sentences
    mentions: About | None


def read_bulk(quads: Store) -> Bulk:
    """Everything that a page of the whole graph shows."""
    documents = {row[0]: row[1] for row in _rows(quads, f"?node a <{FOAF}Document>", "?graph ?node")}
    records = _quoted(quads, SUBJECT, documents)
    for name in MORE:
        _add(records, name, ((row[0], row[1]) for row in _rows(quads, f"?node <{name}> ?value", "?node ?value")))
    for name in FEW:
        _add(records, name, _by_value(quads, name))
    sentences: Sentences = {}
    for row in _rows(quads, f"?node <{TEXT}> ?text ; <{BEGIN}> ?begin", "?text ?begin ?graph"):
        document = documents.get(row[2])
        if isinstance(document, NamedNode):
            sentences.setdefault(document, []).append((int(_lexical(row[1])), _lexical(row[0])))
    for texts in sentences.values():
        texts.sort()
    if _count(quads, REFERS_TO) > MENTIONS:
        return Bulk(records, sentences, None)
    mentions = _quoted(quads, REFERS_TO, documents)
    named = KGV + "named"
    _add(mentions, named, ((row[0], row[1]) for row in _rows(quads, f"?node <{named}> ?value", "?node ?value")))
    return Bulk(records, sentences, mentions)


def about(quads: Store, node: NamedNode) -> dict[str, Term]:
    """One value of each property of a node; a record, a mention and a sentence have no more."""
    return {quad.predicate.value: quad.object for quad in quads.quads_for_pattern(node, None, None, None)}


def _quoted(quads: Store, name: str, documents: Mapping[Term, Term]) -> About:
    """Nodes that have the property, with their quote, where it begins, and the document that their named graph tells.

    One that lacks something is read by itself: there are hardly any.
    """
    pattern = f"?node <{name}> ?value ; <{QUOTE}> ?quote ; <{BEGIN}> ?begin"
    found: About = {}
    for row in _rows(quads, pattern, "?node ?value ?quote ?begin ?graph"):
        document = documents.get(row[4])
        if isinstance(row[0], NamedNode) and document is not None:
            found[row[0]] = {name: row[1], QUOTE: row[2], BEGIN: row[3], IN_DOCUMENT: document}
    if _count(quads, name) > len(found):
        for row in _rows(quads, f"?node <{name}> ?value", "?node"):
            if isinstance(row[0], NamedNode) and row[0] not in found:
                found[row[0]] = about(quads, row[0])
    return found


def _add(records: About, name: str, values: Iterator[tuple[Term, Term]]) -> None:
    for node, value in values:
        if isinstance(node, NamedNode) and node in records:
            records[node][name] = value


def _by_value(quads: Store, name: str) -> Iterator[tuple[Term, Term]]:
    """A property, asked for value by value where there are few, so that each is looked up once."""
    values = [row[0] for row in _rows(quads, f"?node <{name}> ?value", "DISTINCT ?value")]
    if len(values) > VALUES or not all(isinstance(value, NamedNode | Literal) for value in values):
        yield from ((row[0], row[1]) for row in _rows(quads, f"?node <{name}> ?value", "?node ?value"))
        return
    for value in values:
        for row in _rows(quads, f"?node <{name}> {value}", "?node"):
            yield row[0], value


def _rows(quads: Store, pattern: str, variables: str) -> QuerySolutions:
    found = quads.query(f"SELECT {variables} {{ GRAPH ?graph {{ {pattern} }} }}")
    assert isinstance(found, QuerySolutions)
    return found


def _count(quads: Store, name: str) -> int:
    [row] = _rows(quads, f"?node <{name}> ?value", "(COUNT(*) AS ?count)")
    return int(_lexical(row[0]))


def _lexical(term: Term) -> str:
    return term.value if isinstance(term, Literal) else ""
