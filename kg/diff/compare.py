"""The difference between two graphs, each part with its causes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.diff.align import Alignment, align, grouped, mentioned, moved
from kg.diff.cause import Causes, all_causes
from kg.diff.inferred import compare_inferred
from kg.diff.records import compare_records, fates
from kg.diff.snapshot import symmetric
from kg.diff.values import Cause, Change, Changes, Difference, Fact, Graph, Part, Place, Record, Thing
from kg.rdf.namespaces import local_name
from kg.runtime import growing_heap

Support = Mapping[tuple[str, str, str], list[Record]]
SHOWN = 3  # records that a change shows as its evidence


def diff(before: Graph, after: Graph) -> Difference:
    """What came, went and changed from one graph to another, and why.

    Statements are compared where both graphs hold evidence; else the notes say which one does not. What both hold is
    compared by content, so that an export and the store that it was made of do not differ.
    """
    with growing_heap():
        aligned = align(before, after, symmetric(before) | symmetric(after))
        causes = Causes(before, after, aligned)
        both = before.has_evidence and after.has_evidence
        statements: Changes[Record] = compare_records(before, after, aligned, causes) if both else Changes()
        facts = _facts(before, after, aligned, causes, statements)
        entities = _entities(before, after, aligned, causes)
        inferred: Changes[Fact] = Changes()
        if both:
            inferred = compare_inferred((before, after), aligned, causes, facts, entities)
        return Difference(
            before.name,
            after.name,
            _documents(before, after) if both else Changes(),
            entities,
            facts,
            statements,
            inferred,
            tuple(_made_with(before, after)),
            _labels(before, after, (*facts, *statements, *inferred)),
            tuple(dict.fromkeys((*before.notes, *after.notes))),
        )


def _documents(before: Graph, after: Graph) -> Changes[str]:
    old, new = before.documents, after.documents
    return Changes(
        added=tuple(Change((), (name,)) for name in sorted(new.keys() - old.keys())),
        removed=tuple(Change((name,), ()) for name in sorted(old.keys() - new.keys())),
        changed=tuple(
            Change((name,), (name,), fields=("text",))
            for name in sorted(old.keys() & new.keys())
            if old[name] != new[name]
        ),
    )


def _made_with(before: Graph, after: Graph) -> Iterable[tuple[str, str, str]]:
    """What both graphs tell and tell differently."""
    for name in sorted(before.made_with.keys() & after.made_with.keys()):
        old, new = before.made_with[name], after.made_with[name]
        if old != new:
            yield name, old, new


def _entities(before: Graph, after: Graph, aligned: Alignment, causes: Causes) -> Changes[Thing]:
    old, new = before.entities, after.entities
    joined = {iri for parts, one in aligned.merged for iri in (*parts, one)}
    joined |= {iri for one, parts in aligned.split for iri in (one, *parts)}
    same = [(iri, iri) for iri in old.keys() & new.keys() - joined if old[iri] != new[iri]]
    pairs = sorted((*same, *aligned.renamed))
    wanted = {*aligned.added, *aligned.removed, *joined, *(iri for pair in pairs for iri in pair)}
    places = [mentioned(graph, wanted) for graph in (before, after)]

    def change(were: tuple[str, ...], are: tuple[str, ...], fields: tuple[str, ...] = ()) -> Change[Thing]:
        things = tuple(old[iri] for iri in were), tuple(new[iri] for iri in are)
        found = [_mentions(were, places[0]), _mentions(are, places[1])]
        documents = {place.document for side in found for place in side}
        if were and are:
            cause = causes.of_things((*things[0], *things[1]), documents)
        else:
            cause = causes.of_thing((*things[0], *things[1])[0], documents, before if were else after)
        return Change(*things, (cause,), fields, places=tuple((found[1] or found[0])[:SHOWN]))

    return Changes(
        added=tuple(change((), (iri,)) for iri in aligned.added),
        removed=tuple(change((iri,), ()) for iri in aligned.removed),
        changed=tuple(change((a,), (b,), _differing(old[a], new[b])) for a, b in pairs),
        merged=tuple(change(parts, (one,)) for parts, one in aligned.merged),
        split=tuple(change((one,), parts) for one, parts in aligned.split),
    )


def _mentions(iris: Iterable[str], places: Mapping[str, list[Place]]) -> list[Place]:
    return sorted(place for iri in iris for place in places.get(iri, ()))


def _differing(old: Thing, new: Thing) -> tuple[str, ...]:
    names = (("IRI", "iri"), ("label", "label"), ("type", "types"), ("aliases", "aliases"))
    return tuple(shown for shown, name in names if getattr(old, name) != getattr(new, name))


def _facts(
    before: Graph, after: Graph, aligned: Alignment, causes: Causes, statements: Changes[Record]
) -> Changes[Fact]:
    old, new = grouped(before.facts, aligned), grouped(after.facts, aligned)
    differing = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    fate = fates(statements)
    support = [_support(graph, aligned, differing) for graph in (before, after)]

    def one_sided(key: tuple[str, str, str], side: Graph) -> tuple[Cause, ...]:
        records = [record for told in support for record in told.get(key, ())]
        found = all_causes(fate[record.iri] for record in records if record.iri in fate)
        return found or all_causes(causes.of_fact(fact, side) for fact in (new if side is after else old)[key])

    added, removed, changed = [], [], []
    for key in sorted(differing):
        evidence = _shown(support[1].get(key) or support[0].get(key) or ())
        if key not in old:
            added += [Change((), (fact,), one_sided(key, after), evidence=evidence) for fact in sorted(new[key])]
        elif key not in new:
            evidence = _shown(support[0].get(key) or support[1].get(key) or ())
            removed += [Change((fact,), (), one_sided(key, before), evidence=evidence) for fact in sorted(old[key])]
        else:
            pair = tuple(sorted(old[key])), tuple(sorted(new[key]))
            told = causes.of_moved((*pair[0], *pair[1]))
            changed.append(Change(*pair, (told,), moved(key, aligned), evidence))
    return Changes(tuple(added), tuple(removed), tuple(changed))


def _support(graph: Graph, aligned: Alignment, wanted: set[tuple[str, str, str]]) -> Support:
    """The records that speak of facts, the surest first; those that assert them before all others."""
    found: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for record in graph.records.values():
        key = aligned.triple(record)
        if key in wanted:
            found[key].append(record)
    return {key: sorted(records, key=_rank) for key, records in found.items()}


def _rank(record: Record) -> tuple[bool, float, str, int, str]:
    return record.stance != "asserted", -record.confidence, record.document, record.begin, record.iri


def _shown(records: Iterable[Record]) -> tuple[Record, ...]:
    """The first records, one a place."""
    places = {(record.document, record.begin, record.end): record for record in reversed(list(records))}
    return tuple(sorted(places.values(), key=_rank)[:SHOWN])


def _labels(before: Graph, after: Graph, changes: Iterable[Change[Fact] | Change[Record]]) -> dict[str, str]:
    """Names for all IRIs that the changes speak of."""
    iris: set[str] = set()
    for change in changes:
        for item in (*change.before, *change.after):
            iris.update((item.subject, item.object))
            if isinstance(item, Record):
                iris.update(iri for iri in (item.speaker, item.place) if iri is not None)
    return {iri: _label(iri, before, after) for iri in sorted(iris) if not iri.startswith('"')}


def _label(iri: str, before: Graph, after: Graph) -> str:
    thing = after.entities.get(iri) or before.entities.get(iri)
    return thing.label if thing else after.names.get(iri) or before.names.get(iri) or local_name(iri)


def only(difference: Difference, part: Part) -> Difference:
    """One part of a difference."""
    return replace(
        difference,
        documents=Changes(),
        entities=difference.entities if part == "entities" else Changes(),
        facts=difference.facts if part == "facts" else Changes(),
        statements=difference.statements if part == "statements" else Changes(),
        inferred=difference.inferred if part == "inferred" else Changes(),
    )
