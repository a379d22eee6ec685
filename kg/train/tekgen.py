"""TekGen, as Text2KGBench gives it: sentences with a triple a line (Mihindukulasooriya et al. 2023)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.train.examples import Example, nearest, occurrences
from kg.train.values import surface_of


def is_tekgen(line: str) -> bool:
    """Whether a line is one of TekGen, and no passage."""
    return "sub_label" in json.loads(line)


def tekgen(path: Path, vocabulary: str, keys: Mapping[str, str]) -> Iterator[Example]:
    """The sentences of a file, each with all its triples; what else they may say is not marked."""
    sentences: dict[str, list[dict[str, Any]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sentences.setdefault(row["sent"], []).append(row)
    for text, rows in sentences.items():
        triples = [(surface_of(text, row["sub_label"]), row["rel"], surface_of(text, row["obj_label"])) for row in rows]
        names = sorted({name for s, _, o in triples for name in (s, o) if name})
        mentions = sorted((begin, end, "") for name in names for begin, end in occurrences(text, name))
        links = []
        for subject, relation, object_ in triples:
            joined = nearest(text, mentions, subject, object_) if subject and object_ else None
            if joined and relation in keys:
                links.append((joined[0], keys[relation], joined[1]))
        yield Example(text, tuple(mentions), tuple(sorted(set(links))), vocabulary, complete=False)
