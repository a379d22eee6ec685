"""What a store holds, read in a few queries: a fifth of what one node after the other costs.

To look a term up is what costs, and to go from one property of a node to the next as much as three of them. So each
property is read by itself, in the order in which the store holds it, and they are joined before any term is looked up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.rdf.namespaces import FOAF, KGV, RDF

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import Store

    from kg.view.citations import Term

    Sentences = dict[NamedNode, list[tuple[int, str]]]

MENTIONS = 20_000  # above so many, they are left to be asked for one at a time
BEGIN, TEXT = KGV + "beginOffset", KGV + "text"


class Said(NamedTuple):
    """The values of a record, as the store holds them."""

    subject: Term | None
    document: Term | None
    quote: Term | None
    begin: Term | None
    predicate: Term | None
    object: Term | None
    stance: Term | None
    confidence: Term | None
    rule: Term | None
    speaker: Term | None
    time: Term | None
    place: Term | None


class Meant(NamedTuple):
    """The values of a mention, as the store holds them."""

    entity: Term | None
    document: Term | None
    quote: Term | None
    begin: Term | None
    named: Term | None


Values = TypeVar("Values", Said, Meant)
_PASSAGE = (KGV + "inDocument", KGV + "quote", BEGIN)
PROPERTIES: dict[type[tuple[Term | None, ...]], tuple[str, ...]] = {
    Said: (
        RDF + "subject",
        *_PASSAGE,
        RDF + "predicate",
        RDF + "object",
        *(KGV + name for name in ("stance", "confidence", "rule", "speaker", "time", "place")),
    ),
    Meant: (KGV + "refersTo", *_PASSAGE, KGV + "named"),
}


@dataclass(frozen=True, slots=True)
class Bulk:
    """Records and mentions with their values, and by document where its sentences begin and their texts.

    mentions: None where there are too many.
    """

    records: dict[NamedNode, Said]
    sentences: Sentences
    mentions: dict[NamedNode, Meant] | None


def read_bulk(quads: Store) -> Bulk:
    """Everything that a page of the whole graph shows."""
    documents = {graph: node for node, graph, _ in _joined(quads, RDF + "type", (), f"<{FOAF}Document>")}
    records = _each(quads, Said, documents)
    few = at_most(quads, MENTIONS, f"GRAPH ?graph {{ ?node <{PROPERTIES[Meant][0]}> ?entity }}")
    return Bulk(records, _sentences(quads, documents), _each(quads, Meant, documents) if few else None)


def values(quads: Store, kind: type[Values], node: NamedNode) -> Values:
    """The values of one record or mention: one of each property, for a valid one has no more."""
    found = about(quads, node)
    return kind(*(found.get(name) for name in PROPERTIES[kind]))


def about(quads: Store, node: NamedNode) -> dict[str, Term]:
    """One value of each property of a node."""
    return {quad.predicate.value: quad.object for quad in quads.quads_for_pattern(node, None, None, None)}


def at_most(quads: Store, most: int, pattern: str) -> bool:
    """Whether a pattern of SPARQL fits no more than so many times; the store is not counted further than that."""
    found = quads.query(f"SELECT (COUNT(*) AS ?count) {{ {{ SELECT * {{ {pattern} }} LIMIT {most + 1} }} }}")
    assert isinstance(found, QuerySolutions)
    return int(_lexical(next(found)[0])) <= most


def _each(quads: Store, kind: type[Values], documents: Mapping[Term, Term]) -> dict[NamedNode, Values]:
    """All that have the first of the properties, with their values.

    The document is the one of their named graph: to ask each for its own would cost as much as three other properties.
    """
    first, _, *others = PROPERTIES[kind]
    found: dict[NamedNode, Values] = {}
    for node, graph, value, *rest in _joined(quads, first, others):
        if isinstance(node, NamedNode) and node not in found:
            document = documents.get(graph)
            found[node] = values(quads, kind, node) if document is None else kind(value, document, *rest)
    return found


def _sentences(quads: Store, documents: Mapping[Term, Term]) -> Sentences:
    found: Sentences = {}
    for _, graph, text, begin in _joined(quads, TEXT, (BEGIN,)):
        document = documents.get(graph)
        if isinstance(document, NamedNode):
            found.setdefault(document, []).append((int(_lexical(begin) or 0), _lexical(text)))
    for texts in found.values():
        texts.sort()
    return found


def _joined(quads: Store, first: str, others: Sequence[str], value: str = "?value") -> QuerySolutions:
    """Nodes that have a property, each with its named graph, the value and those of the others, None without one.

    As queries of their own the properties are joined by hashing.
    """
    parts = [f"{{ SELECT ?node ?graph ?value {{ GRAPH ?graph {{ ?node <{first}> {value} }} }} }}"]
    for place, name in enumerate(others):
        parts.append(f"OPTIONAL {{ SELECT ?node ?v{place} {{ GRAPH ?other {{ ?node <{name}> ?v{place} }} }} }}")
    variables = " ".join(f"?v{place}" for place in range(len(others)))
    found = quads.query(f"SELECT ?node ?graph ?value {variables} {{ {' '.join(parts)} }}")
    assert isinstance(found, QuerySolutions)
    return found


def _lexical(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else ""
