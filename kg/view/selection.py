"""Which part of a graph is shown: around an entity, of some types, documents or stances."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.model import STANCES
from kg.rdf.namespaces import local_name
from kg.view.records import IDENTIFIER, REFERS_TO

if TYPE_CHECKING:
    from kg.view.overview import Overview
    from kg.view.records import Reader


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of the graph; empty for the whole.

    focus: the IRI, the label or an alias of an entity; only what lies within `hops` statements of it is kept.
    types: classes by local name, label or IRI. documents: ids. stances: as in `kg.model.STANCES`.
    """

    focus: str | None = None
    hops: int = 1
    types: Collection[str] = ()
    documents: Collection[str] = ()
    stances: Collection[str] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return self.focus is None and not (self.types or self.documents or self.stances)


WHOLE = Selection()


def within(reader: Reader, documents: Collection[str]) -> set[NamedNode] | None:
    """The records, mentions and sentences of these documents; None for all. Raises UsageError for an unknown id."""
    if not documents:
        return None
    return {node for name in documents for node in reader.in_document(_document(reader, name))}


def candidates(
    reader: Reader, about: Overview, selection: Selection, inside: set[NamedNode] | None
) -> dict[NamedNode, int]:
    """The entities that may be shown, with their distance from the focus (0 without one).

    Raises UsageError for a focus, type or stance that the graph does not know.
    """
    _check_stances(selection.stances)
    types = _classes(reader, about, selection.types)
    if selection.focus is not None:
        near = _around(reader, about, selection, inside, types)
        return {node: hops for node, hops in near.items() if not types or hops == 0 or about.types[node] in types}
    kept = (node for node, type_ in about.types.items() if not types or type_ in types)
    if inside is not None:
        named = _named_in(reader, inside)
        kept = (node for node in kept if node in named)
    return dict.fromkeys(kept, 0)


def _named_in(reader: Reader, inside: set[NamedNode]) -> set[object]:
    terms: set[object] = set()
    for node in inside:
        mentioned = reader.one(node, REFERS_TO)
        record = reader.record(node) if mentioned is None else None
        terms.update((record.subject, record.object) if record else (mentioned,))
    return terms


def _document(reader: Reader, identifier: str) -> NamedNode:
    for quad in reader.quads.quads_for_pattern(None, IDENTIFIER, Literal(identifier), None):
        if isinstance(quad.subject, NamedNode):
            return quad.subject
    raise UsageError(
        f"no document has the id {identifier!r}", hint="the rows of kg facts begin with the ids of documents"
    )


def _check_stances(stances: Collection[str]) -> None:
    for stance in stances:
        if stance not in STANCES:
            raise UsageError(f"{stance!r} is no stance", hint="the stances are " + ", ".join(STANCES))


def _classes(reader: Reader, about: Overview, wanted: Collection[str]) -> set[NamedNode]:
    present = sorted(set(about.types.values()), key=lambda type_: type_.value)
    found: set[NamedNode] = set()
    for name in wanted:
        spoken = {name.casefold(), name}
        fitting = [t for t in present if spoken & {t.value, local_name(t.value).casefold(), reader.label(t).casefold()}]
        if not fitting:
            known = ", ".join(sorted(local_name(type_.value) for type_ in present)) or "none"
            raise UsageError(f"no entity has the type {name!r}", hint=f"the types in the graph are {known}")
        found.update(fitting)
    return found


def _focused(about: Overview, focus: str) -> list[NamedNode]:
    wanted = focus.casefold()
    found = [node for node in about.types if node.value == focus]
    found = found or [node for node, label in about.labels.items() if label.casefold() == wanted]
    found = found or [node for node, names in about.names.items() if wanted in {name.casefold() for name in names}]
    found = [node for node in found if node in about.types]
    if not found:
        raise UsageError(f"no entity is called {focus!r}", hint="kg entities lists the entities and their names")
    return found


def _around(
    reader: Reader, about: Overview, selection: Selection, inside: set[NamedNode] | None, types: set[NamedNode]
) -> dict[NamedNode, int]:
    """The distances of what lies around the focus; a way leads only over what is shown itself."""
    frontier = _focused(about, selection.focus or "")
    distance = dict.fromkeys(frontier, 0)
    for hop in range(1, selection.hops + 1):
        reached: set[NamedNode] = set()
        for node in frontier:
            for record in (*reader.of_subject(node), *reader.of_object(node)):
                if inside is None or record in inside:
                    reached.update(_ends(reader, record, selection.stances))
        frontier = [
            node
            for node in reached
            if node in about.types and node not in distance and (not types or about.types[node] in types)
        ]
        distance.update(dict.fromkeys(frontier, hop))
    return distance


def _ends(reader: Reader, node: NamedNode, stances: Collection[str]) -> list[NamedNode]:
    record = reader.record(node)
    if record is None or (stances and record.stance not in stances):
        return []
    return [end for end in (record.subject, record.object) if isinstance(end, NamedNode)]
