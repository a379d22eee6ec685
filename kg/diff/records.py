"""The difference between two sets of statement records.

Two records are one where the same sentence of the same document says the same of the same things; their offsets in the
document may differ, for what stands before the sentence says nothing of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.diff.align import Alignment
from kg.diff.cause import Causes
from kg.diff.values import Cause, Change, Changes, Graph, Record

Pair = tuple[Record, Record]


def compare_records(before: Graph, after: Graph, aligned: Alignment, causes: Causes) -> Changes[Record]:
    """Which records came, went and changed. What only took on the IRI of a merged entity did not change."""
    old, new = _others(before.records, after.records), _others(after.records, before.records)
    pairs, removed, added = _paired(_grouped(old, aligned), _grouped(new, aligned), aligned)
    return Changes(
        added=tuple(Change((), (r,), (causes.of_record(r, after),), evidence=(r,)) for r in _sorted(added)),
        removed=tuple(Change((r,), (), (causes.of_record(r, before),), evidence=(r,)) for r in _sorted(removed)),
        changed=tuple(
            Change((a,), (b,), (causes.of_pair(a, b),), fields, (b,))
            for a, b in sorted(pairs, key=lambda pair: _place(pair[1]))
            if (fields := _differing(a, b, aligned))
        ),
    )


def fates(changes: Changes[Record]) -> dict[str, Cause]:
    """What came over each record that is not as it was, by IRI."""
    return {record.iri: change.causes[0] for change in changes for record in (*change.before, *change.after)}


def _others(own: Mapping[str, Record], other: Mapping[str, Record]) -> list[Record]:
    """The records that the other graph does not hold just so."""
    return [record for iri, record in own.items() if other.get(iri) != record]


def _grouped(records: Iterable[Record], aligned: Alignment) -> dict[tuple[str, ...], list[Record]]:
    found: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for record in records:
        found[record.document, record.sentence, *aligned.triple(record)].append(record)
    return found


def _paired(
    old: Mapping[tuple[str, ...], list[Record]], new: Mapping[tuple[str, ...], list[Record]], aligned: Alignment
) -> tuple[list[Pair], list[Record], list[Record]]:
    """Records brought together, then what is left over before and after."""
    pairs: list[Pair] = []
    removed = [record for key, records in old.items() if key not in new for record in records]
    added = [record for key, records in new.items() if key not in old for record in records]
    for key in old.keys() & new.keys():
        a, b = old[key], new[key]
        for likeness in (_iri, _content(aligned), _kind, _sentence):
            together, a, b = _alike(a, b, likeness)
            pairs += together
        removed += a
        added += b
    return pairs, removed, added


def _alike(
    old: list[Record], new: list[Record], likeness: Callable[[Record], object]
) -> tuple[list[Pair], list[Record], list[Record]]:
    """Records of one likeness brought together in the order of the text, then the rest."""
    if not old or not new:
        return [], old, new
    waiting: dict[object, list[Record]] = defaultdict(list)
    for record in sorted(new, key=_place, reverse=True):
        waiting[likeness(record)].append(record)
    pairs, left = [], []
    for record in sorted(old, key=_place):
        same = waiting.get(likeness(record))
        if same:
            pairs.append((record, same.pop()))
        else:
            left.append(record)
    return pairs, left, [record for records in waiting.values() for record in records]


def _iri(record: Record) -> object:
    return record.iri


def _content(aligned: Alignment) -> Callable[[Record], object]:
    return lambda record: tuple(value for _, value in _facets(record, aligned))


def _kind(record: Record) -> object:
    return record.rule, record.stance


def _sentence(record: Record) -> object:
    return record.sentence


def _facets(record: Record, aligned: Alignment) -> Iterator[tuple[str, object]]:
    """What may differ between two records that are one."""
    yield "stance", record.stance
    yield "confidence", record.confidence
    yield "rule", record.rule
    yield "span", (record.begin - record.sentence_begin, record.end - record.sentence_begin)
    yield "speaker", aligned.key(record.speaker)
    yield "time", record.time
    yield "place", aligned.key(record.place)


def _differing(old: Record, new: Record, aligned: Alignment) -> tuple[str, ...]:
    both = zip(_facets(old, aligned), _facets(new, aligned), strict=True)
    return tuple(name for (name, a), (_, b) in both if a != b)


def _place(record: Record) -> tuple[str, int, int, str]:
    return record.document, record.begin, record.end, record.iri


def _sorted(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=_place)
