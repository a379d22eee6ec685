"""Triples of whole documents by labels only: Re-DocRED (Wikipedia articles, 96 relations of Wikidata).

The ontology is made of the relations' labels; there are neither classes nor domains nor ranges. A predicted thing is a
gold entity if one of its names is one of the entity's mentions, a predicted date if it is the same date. A triple is
right if the gold relates these two entities so; things that are no gold entity make it wrong. Counts are summed over
all documents.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from public import Reader, Triples, compare, draw, need, options, published, remembering, show, table, total

from kg.evaluate import Score
from kg.model import Entity, Value
from kg.ontology import Ontology

PUBLISHED = (("GLiREL, end to end (test split)", 0.251),)
_CLOSING = re.compile(r" (?=(?:[,.;:!?)\]%]|'s\b|n't\b|')(?:\s|$))")
_OPENING = re.compile(r"(?<=[(\[$]) ")
_QUOTED = re.compile(r'" ([^"]+) "')


@dataclass(frozen=True, slots=True)
class Article:
    """A document with its gold: keys of each entity's mentions, and triples of (entity, relation, entity)."""

    text: str
    entities: tuple[frozenset[str], ...]
    gold: Triples


def article(record: Mapping[str, Any]) -> Article:
    """A document of the data set."""
    entities = tuple(frozenset(k for m in vertex for k in keys(m["name"])) for vertex in record["vertexSet"])
    gold = frozenset((str(row["h"]), row["r"], str(row["t"])) for row in record["labels"])
    return Article(" ".join(spaced(words) for words in record["sents"]), entities, gold)


def spaced(words: list[str]) -> str:
    """Tokens as running text."""
    text = _QUOTED.sub(r'"\1"', " ".join(words))
    return _OPENING.sub("", _CLOSING.sub("", text))


def keys(name: str) -> Iterator[str]:
    """What a mention is compared by: its letters without white space; if it is a date, the date as well."""
    from kg.annotate.dates import find_dates

    yield re.sub(r"\s+", "", name)
    for found in find_dates(name, None):
        if found.span.end - found.span.begin == len(name) and found.value is not None:
            yield found.value.lexical


def ontology(labels: Mapping[str, str]) -> Ontology:
    """An ontology of properties that have a label and nothing else."""
    from kg.ontology import load

    lines = ["@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."]
    lines += ["@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .", "@prefix r: <https://example.org/relation/> ."]
    lines += [f"r:{name} a rdf:Property ; rdfs:label {json.dumps(label)} ." for name, label in sorted(labels.items())]
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        file = Path(folder) / "labels.ttl"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return load([file])


def placed(article: Article, thing: Entity | Value | str) -> str:
    """The number of the gold entity that is meant, or the thing's own name where there is none."""
    if isinstance(thing, Entity):
        names = [thing.label.text, *(alias.text for alias in thing.aliases)]
    else:
        names = [thing.lexical if isinstance(thing, Value) else thing]
    for name in names:
        key = re.sub(r"\s+", "", name)
        for n, mentions in enumerate(article.entities):
            if key in mentions:
                return str(n)
    return names[0]


def predictions(texts: list[Article], reader: Reader) -> Iterator[tuple[Triples, Triples, Triples]]:
    """Gold, our triples and those of the baseline for each document."""
    for one in texts:
        annotation = reader.annotate(one.text)
        ours = frozenset((placed(one, s), r, placed(one, o)) for s, r, o in reader.statements(annotation))
        found = reader.baseline(annotation)
        theirs = frozenset((placed(one, s), r, placed(one, m.value or m.surface)) for s, r, m in found)
        yield one.gold, ours, theirs


def by_relation(rows: list[tuple[Triples, Triples, Triples]], labels: Mapping[str, str]) -> dict[str, Score]:
    """Our scores by relation, those that say anything, the most frequent in the gold first."""
    found: dict[str, Score] = {}
    for relation, name in labels.items():
        parts = [[frozenset(t for t in part if t[1] == relation) for part in row[:2]] for row in rows]
        found[name] = total(compare(ours, gold) for gold, ours in parts)
    return {k: v for k, v in sorted(found.items(), key=lambda item: -item[1].gold) if v.predicted}


def main() -> int:
    """Read, score, print."""
    chosen = options(__doc__, "redocred").parse_args()
    labels = json.loads(need(chosen.data / "rel_info.json").read_text(encoding="utf-8"))
    records = json.loads(need(chosen.data / "dev_revised.json").read_text(encoding="utf-8"))
    reader = Reader(ontology(labels), remembering())
    rows = list(predictions([article(record) for record in draw(records, chosen.limit)], reader))
    overall = {"ours": total(compare(r[1], r[0]) for r in rows), "baseline": total(compare(r[2], r[0]) for r in rows)}
    relations = by_relation(rows, labels)
    record = {"documents": len(rows), **overall, "relations": relations, "published": dict(PUBLISHED)}
    lines = [*table(f"{len(rows)} documents", overall), *table("ours by relation", relations), *published(PUBLISHED)]
    show(chosen.json, record, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
