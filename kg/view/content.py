"""The graph in columns, as the page reads it: entities and statements are numbers, names stand once."""

from __future__ import annotations

import functools
import math
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from kg.model import STANCES
from kg.rdf.namespaces import RDF, XSD, local_name
from kg.view.layout import SMALL, layout
from kg.view.legend import looks

if TYPE_CHECKING:
    from kg.view.citations import LiteralStatement, Term
    from kg.view.layout import Layout
    from kg.view.layout.shapes import Shapes
    from kg.view.shown import Row, Shown
    from kg.view.triples import Amount

Places = Mapping[str, tuple[float, float, int]]
LANG_STRING = RDF + "langString"


def content(seen: Shown, *, like: Places | None = None, shapes: Shapes | None = None) -> dict[str, Any]:
    """Types, predicates, entities, statements and values with their places; see docs/design.md for the columns.

    like, shapes: as `kg.view.layout` has them.
    """
    statements = seen.rows
    number = {node: place for place, node in enumerate(seen.entities)}
    types = looks((entity.class_iri for entity in seen.entities.values()), seen.classes)
    predicates = _predicates(statements)
    stances = list(dict.fromkeys([*STANCES, *sorted({row.stance for row in statements})]))
    entities, communities = _entities(seen, [look.iri for look in types], like, shapes)
    values = _Values(seen.held.amounts)
    columns = {
        "s": [number[row.subject] for row in statements],
        "p": _indices([row.predicate for row in statements], [entry["iri"] for entry in predicates]),
        "o": [number[row.object] if isinstance(row.object, str) else values.add(row.object) for row in statements],
        "stance": _indices([row.stance for row in statements], stances),
    }
    return {
        "types": [asdict(look) for look in types],
        "predicates": predicates,
        "stances": stances,
        **entities,
        "communities": communities,
        "statements": columns,
        **values.columns(),
    }


def _predicates(statements: Iterable[Row]) -> list[dict[str, Any]]:
    labels = {row.predicate: row.label for row in statements}
    counts = Counter(row.predicate for row in statements)
    ordered = sorted(counts, key=lambda iri: (-counts[iri], labels[iri], iri))
    return [{"iri": iri, "label": labels[iri], "count": counts[iri]} for iri in ordered]


def _indices(names: Iterable[str], ordered: Sequence[str]) -> list[int]:
    number = {name: place for place, name in enumerate(ordered)}
    return [number[name] for name in names]


def _entities(
    seen: Shown, classes: Sequence[str], like: Places | None, shapes: Shapes | None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    about = list(seen.entities.values())
    names = [local_name(node) for node in seen.entities]
    split = [node[: len(node) - len(name)] for node, name in zip(seen.entities, names, strict=True)]
    bases = sorted(set(split))
    radii = _radii(seen)
    placed = arranged(seen, radii, like=like, shapes=shapes)
    columns = {
        "base": _indices(split, bases),
        "name": names,
        "label": [entity.label for entity in about],
        "type": _indices([entity.class_iri for entity in about], classes),
        "x": [x for x, _ in placed.places],
        "y": [y for _, y in placed.places],
        "r": radii,
        "community": list(placed.community),
        "aliases": {str(place): entity.aliases for place, entity in enumerate(about) if entity.aliases},
    }
    communities = [
        {"name": c.name, "x": c.x, "y": c.y, "r": c.radius, "size": len(c.members), "silent": c.silent}
        for c in placed.communities
    ]
    return {"bases": bases, "entities": columns}, communities


def arranged(
    seen: Shown, radii: Sequence[int] | None = None, *, like: Places | None = None, shapes: Shapes | None = None
) -> Layout:
    """Places for the entities, in their order. radii: of their dots. like, shapes: as `kg.view.layout` has them."""
    number = {node: place for place, node in enumerate(seen.entities)}
    labels = [short(entity.label) for entity in seen.entities.values()]
    spoken = {row.subject for row in seen.rows} | {row.object for row in seen.rows if isinstance(row.object, str)}
    return layout(
        list(seen.entities),
        labels,
        [(number[row.subject], number[row.object]) for row in seen.rows if isinstance(row.object, str)],
        boxes=[_box(label) if len(labels) <= SMALL else (0.0, 0.0) for label in labels],
        radii=radii or _radii(seen),
        silent=[place for node, place in number.items() if node not in spoken],
        like=like,
        shapes=shapes,
    )


def _radii(seen: Shown) -> list[int]:
    degrees = seen.degrees()
    return [radius(degrees[node]) for node in seen.entities]


@functools.cache
def radius(degree: int) -> int:
    """Of an entity's dot: its area grows with the number of its statements, up to a hundred of them."""
    return round(5 + 1.6 * math.sqrt(min(degree, 100)))


def short(text: str, longest: int = 48) -> str:
    """A name in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _box(label: str) -> tuple[float, float]:
    """About what a node takes up: a label of 13 px, broken at 120 px, below its dot or above."""
    lines = textwrap.wrap(label, 17) or [""]
    return 7.2 * max(map(len, lines)) + 8, 30.0 + 17 * len(lines)


class _Values:
    """Values in columns; each stands once, however many statements have it."""

    def __init__(self, amounts: Mapping[str, Amount]) -> None:
        self._amounts = amounts
        self._number: dict[tuple[str, Term], int] = {}
        self._kinds: dict[tuple[str, str], int] = {}

    def add(self, literal: LiteralStatement) -> int:
        """What stands in the column of objects: -1 for the first value, -2 for the second ..."""
        return -1 - self._number.setdefault((literal.value, literal.term), len(self._number))

    def columns(self) -> dict[str, Any]:
        kinds = [self._kind(term) for _, term in self._number]
        resources = {
            str(place): {"iri": term.value} | (asdict(self._amounts[term.value]) if term.value in self._amounts else {})
            for place, (_, term) in enumerate(self._number)
            if isinstance(term, NamedNode)
        }
        return {
            "values": {"text": [text for text, _ in self._number], "kind": kinds, "amount": resources},
            "kinds": [{name: value} for name, value in self._kinds],
        }

    def _kind(self, term: Term) -> int:
        if isinstance(term, Literal) and term.language:
            kind = ("lang", term.language)
        else:
            kind = ("datatype", term.datatype.value if isinstance(term, Literal) else XSD + "string")
        return self._kinds.setdefault(kind, len(self._kinds))
