"""What a page shows, as plain values, made of a networkx graph or of the parts of a store (`kg.view.whole`)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.model import STANCES

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    import networkx as nx

    from kg.view.citations import Citation, LiteralStatement, Mention
    from kg.view.selection import Selection
    from kg.view.triples import Held


class Entity(NamedTuple):
    """An entity: its name, class and further names, and where it is mentioned."""

    label: str
    class_iri: str
    aliases: Sequence[str]
    mentions: Sequence[Mention]


class Row(NamedTuple):
    """One statement of the page. object: the IRI of an entity, or a value."""

    subject: str
    object: str | LiteralStatement
    predicate: str
    label: str
    stance: str
    evidence: Sequence[Citation]


@dataclass(frozen=True, slots=True)
class Counts:
    """What the summary tells: of the whole, or of the part that is shown; and how many entities found no room."""

    entities: int
    facts: int
    documents: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """Entities by IRI, in order; the labels of their classes; statements in the order of their numbers.

    sound: ids of documents of which it is known that all of their sentences and quotes stand in their texts.
    """

    entities: Mapping[str, Entity]
    classes: Mapping[str, str]
    rows: Sequence[Row]
    held: Held
    counts: Counts
    selection: Selection
    sound: Container[str] = frozenset()

    def degrees(self) -> Counter[str]:
        """How many ends of statements between entities there are at each."""
        found: Counter[str] = Counter()
        for row in self.rows:
            if isinstance(row.object, str):
                found[row.subject] += 1
                found[row.object] += 1
        return found


def shown(graph: nx.MultiDiGraph[str]) -> Shown:
    """What a page shows of a graph of `network`."""
    from kg.view.triples import held_of

    about = graph.graph
    nodes = {node: graph.nodes[node] for node in sorted(graph)}
    return Shown(
        {n: Entity(a["label"], a["class_iri"], a["aliases"], a["mentions"]) for n, a in nodes.items()},
        {a["class_iri"]: a["class_label"] for a in nodes.values()},
        _rows(graph),
        held_of(about["triples"]),
        Counts(*(int(about.get(key, 0)) for key in ("entities", "facts", "documents", "left_out"))),
        about["selection"],
    )


def _rows(graph: nx.MultiDiGraph[str]) -> list[Row]:
    """All statements of a graph: between entities first, then those with values."""
    edges = sorted(graph.edges(data=True), key=lambda e: (e[0], e[1], e[2]["predicate"], *stance_rank(e[2]["stance"])))
    found = [Row(s, o, about["predicate"], about["label"], about["stance"], about["evidence"]) for s, o, about in edges]
    for node in sorted(graph):
        found += [
            Row(node, literal, literal.predicate, literal.label, literal.stance, literal.evidence)
            for literal in graph.nodes[node]["literals"]
        ]
    return found


_RANKS: dict[str, tuple[int, str]] = {stance: (number, stance) for number, stance in enumerate(STANCES)}


def stance_rank(stance: str) -> tuple[int, str]:
    """Where a stance stands among the others."""
    return _RANKS.get(stance) or (len(_RANKS), stance)
