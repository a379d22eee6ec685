"""Triples by ontologies that have labels only: the TekGen half of Text2KGBench (sentences of Wikipedia).

Each test sentence is read under its ontology, as the data set gives it in Turtle: classes, properties, their labels,
domains and ranges; no phrase and no example. Two scores are told. The official one, as the figures of others have it,
drops predictions whose relation is not among the sentence's gold relations, compares without regard to case and white
space, and averages over sentences, then over ontologies. The strict one drops nothing and sums counts over sentences.
A date is written as the data set does, a year as its first of January. With --learned, a model reads the sentences too,
by itself, and what rules or model find is scored besides.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from public import (
    Reader,
    Triple,
    Triples,
    compare,
    draw,
    need,
    options,
    published,
    remembering,
    show,
    table,
    total,
)

from kg.evaluate import Score
from kg.model import Value
from kg.ontology import Ontology, Property

PUBLISHED = (("GPT-4o, one example", 0.40), ("Vicuna-13B", 0.35), ("REBEL", 0.18))
MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A test sentence with its gold triples."""

    id: str
    text: str
    gold: Triples


def sentences(folder: Path) -> list[Sentence]:
    """The test sentences of one ontology, each with what its gold says."""
    lines = (json.loads(line) for line in _lines(folder / "ground_truth.jsonl"))
    gold = {row["id"]: frozenset((t["sub"], t["rel"], t["obj"]) for t in row["triples"]) for row in lines}
    tests = (json.loads(line) for line in _lines(folder / "test.jsonl"))
    return [Sentence(row["id"], row["sent"], gold[row["id"]]) for row in tests]


def _lines(file: Path) -> list[str]:
    return need(file).read_text(encoding="utf-8").splitlines()


def written(value: str | Value) -> str:
    """A value as the data set writes it: "01 January 2010" for a year."""
    if isinstance(value, str):
        return value
    if value.datatype in ("date", "gYearMonth", "gYear"):
        year, month, day = (value.lexical + "-01-01").split("-")[:3]
        return f"{day} {MONTHS[int(month) - 1]} {year}"
    return value.lexical


def normal(triple: Triple) -> Triple:
    """A triple as it is compared: in lower case, without white space and underscores."""
    subject, relation, obj = (re.sub(r"[\s_]+", "", part).lower() for part in triple)
    return subject, relation, obj


def official(predicted: Triples, gold: Triples) -> tuple[float, float, float]:
    """Precision, recall and F1 of one sentence, predictions of other relations than its gold's left out."""
    asked = {relation for _, relation, _ in gold}
    kept = frozenset(t for t in predicted if t[1] in asked)
    score = compare(kept, gold)
    return score.precision, score.recall, score.f1


def average(scores: list[tuple[float, float, float]]) -> dict[str, float]:
    """The mean of each measure."""
    sums = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
    return dict(zip(("precision", "recall", "f1"), (round(value, 4) for value in sums), strict=True))


def label(prop: Property) -> str:
    """What the gold calls a property."""
    return prop.label


def predictions(texts: list[Sentence], reader: Reader) -> Iterator[tuple[Triples, Triples, Triples]]:
    """Gold, our triples and those of the baseline for each sentence."""
    for sentence in texts:
        annotation = reader.annotate(sentence.text)
        ours = [(s, r, written(o)) for s, r, o in reader.triples(annotation)]
        theirs = [(s, r, written(m.value or m.surface)) for s, r, m in reader.baseline(annotation)]
        yield tuple(frozenset(map(normal, triples)) for triples in (sentence.gold, ours, theirs))  # type: ignore[misc]


def learned(path: Path, ontology: Ontology) -> Callable[[str], Triples]:
    """What a model reads in a sentence under an ontology, as likely as a build asks for."""
    from kg.annotate.dates import find_dates
    from kg.extract.learned import open_model
    from kg.extract.learned.extractor import BOUND
    from kg.extract.learned.labels import vocabulary
    from kg.train.trial import facts_in

    model = open_model(path)
    told, least = model.told(vocabulary(ontology)), model.card.score(BOUND)

    def value(words: str) -> str | Value:
        whole = (m.value for m in find_dates(words, None) if m.span.of(words) == words and m.value)
        return next(whole, words)

    def triples(text: str) -> Triples:
        facts = facts_in(model, text, told, least)
        return frozenset(normal((s, label(ontology.properties[p]), written(value(o)))) for s, p, o in facts)

    return triples


def main() -> int:
    """Read, score, print."""
    from kg.ontology import load

    parser = options(__doc__, "tekgen")
    parser.add_argument("--learned", type=Path, metavar="MODEL", help="a model file to try as well")
    chosen = parser.parse_args()
    places = {"ours": 1, "baseline": 2} | ({"model": 3, "ours and model": 4} if chosen.learned else {})
    folders = sorted(path for path in need(chosen.data).iterdir() if (path / "test.jsonl").is_file())
    parse = remembering()
    macro: dict[str, dict[str, dict[str, float]]] = {name: {} for name in places}
    micro: dict[str, dict[str, Score]] = {name: {} for name in places}
    for folder in folders:
        texts = draw(sentences(folder), chosen.limit)
        reader = Reader(load(sorted(folder.glob("*.ttl"))), parse, label)
        rows: list[tuple[Triples, ...]] = list(predictions(texts, reader))
        if chosen.learned:
            read = learned(need(chosen.learned), reader.ontology)
            found = [read(sentence.text) for sentence in texts]
            rows = [(*row, more, row[1] | more) for row, more in zip(rows, found, strict=True)]
        for name, place in places.items():
            macro[name][folder.name] = average([official(row[place], row[0]) for row in rows])
            micro[name][folder.name] = total(compare(row[place], row[0]) for row in rows)
    means = {
        name: average([(m["precision"], m["recall"], m["f1"]) for m in found.values()]) for name, found in macro.items()
    }
    strict = {name: total(found.values()) for name, found in micro.items()}
    record = {"official": means, "strict": strict, "ontologies": {"official": macro["ours"], "strict": micro["ours"]}}
    lines = [f"{'official, mean of the ontologies':42} {'prec.':>7} {'recall':>7} {'F1':>7}"]
    for name, m in [*means.items(), *((f"  {folder}", m) for folder, m in macro["ours"].items())]:
        lines.append(f"  {name:40} {m['precision']:7.3f} {m['recall']:7.3f} {m['f1']:7.3f}")
    lines += [*table("strict, all sentences", strict), *table("strict, ours by ontology", micro["ours"])]
    show(chosen.json, {**record, "published": dict(PUBLISHED)}, [*lines, *published(PUBLISHED)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
