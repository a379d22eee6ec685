"""What a model adds to the rules: gold documents, and pairs of public sets, by rules, by the model, and by both.

Gold documents are built and scored as `kg evaluate` does; by those of train/held the epoch of the model that ships was
chosen. In the public sets single sentences are read under the shipped ontology (CORE, DFKI) or under labels of Wikidata
(Re-DocRED), and only pairs of things that the set marks are looked at: a relation is right if its words overlap the
words of both. Of CORE and Re-DocRED the fifth is read that train/general.py never learns from.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from public import ROOT, SHARED, show, table, total

from kg.evaluate import Score

if TYPE_CHECKING:
    from kg.extract import Extractor
    from kg.model import Annotation, Dropped, Parse, Relation
    from kg.ontology import Ontology
    from kg.train.examples import Example

SCORES = Path(__file__).parent / "scores" / "learned.json"
GOLD = (ROOT.parent / "shared" / "gold", ROOT / "tests" / "gold", ROOT / "train" / "held" / "documents")
MODES = ("rules", "model", "both")


class Nothing:
    """An extractor that finds nothing, in place of the rules."""

    version = "nothing"
    notices: tuple[str, ...] = ()

    def __init__(self, *_: object) -> None:
        pass

    def extract(self, annotation: Annotation) -> tuple[list[Relation], list[Dropped]]:  # noqa: ARG002
        """None."""
        return [], []


def gold(folder: Path, mode: str, model: Path) -> dict[str, Any]:
    """Facts, entities and traps of a folder of gold documents."""
    from kg import extract, pipeline
    from kg.config import Settings
    from kg.evaluate import evaluate_graph
    from kg.store import Store

    documents = sorted(str(path) for path in folder.glob("*.json"))
    rules = extract.EXTRACTORS["rules"]
    try:
        if mode == "model":
            extract.EXTRACTORS["rules"] = Nothing
        with tempfile.TemporaryDirectory(prefix="kg-bench-") as output:
            pipeline.build(documents, Settings(output=output, learned="" if mode == "rules" else str(model)))
            with Store.view(Path(output)) as store:
                found = evaluate_graph(store, folder)
    finally:
        extract.EXTRACTORS["rules"] = rules
    return {"facts": found.facts, "entities": found.entities, "traps": [found.traps_sprung, found.traps_set]}


@dataclass(frozen=True)
class Public:
    """A public set: its examples that were never learned from, in order, under an ontology."""

    ontology: Path
    examples: Callable[[Ontology], Iterable[Example]]


def public_sets(data: Path) -> dict[str, Public]:
    """Those that are there."""
    from kg.ontology import shipped
    from kg.train import public
    from kg.train.oskgc import keys_of

    company, wikidata = shipped("company.ttl"), ROOT / "train" / "public" / "redocred.ttl"
    sets = {
        "CORE": (company, data / "core" / "train.json", public.core, True),
        "DFKI": (company, data / "dfki" / "dev.jsonl.gz", public.dfki, False),
        "Re-DocRED": (wikidata, data / "redocred" / "dev_revised.json", public.redocred, True),
    }

    def read(path: Path, reader: Any, has_learned: bool, ontology: Ontology) -> Iterable[Example]:
        found = reader(path, "", keys_of(ontology))
        return public.parted(found, held=True) if has_learned else found

    return {
        name: Public(ontology, partial(read, path, reader, has_learned))
        for name, (ontology, path, reader, has_learned) in sets.items()
        if path.exists()
    }


def pairs(found: Public, model: Path, limit: int) -> dict[str, Score]:
    """How well each mode reads the marked pairs of a set."""
    from kg.annotate import SpacyAnnotator
    from kg.config import Settings
    from kg.extract import RuleExtractor
    from kg.extract.learned import LearnedExtractor, open_model
    from kg.model import Document
    from kg.ontology import load

    ontology, settings = load([found.ontology]), Settings()
    annotator = SpacyAnnotator(settings.model, ontology)
    phrases: Callable[[Sequence[str]], list[Parse]] = annotator.phrases
    rules, learned = RuleExtractor(ontology, phrases), LearnedExtractor(ontology, open_model(model))
    modes: dict[str, list[Extractor]] = {"rules": [rules], "model": [learned], "both": [rules, learned]}
    scores: dict[str, list[Score]] = {mode: [] for mode in modes}
    for n, example in enumerate(islice(found.examples(ontology), limit)):
        annotation = annotator.annotate(Document(f"{n}", example.text, f"{n}"))
        for mode, extractors in modes.items():
            scores[mode].append(score(example, annotation, extractors))
    return {mode: total(found) for mode, found in scores.items()}


def score(example: Example, annotation: Annotation, extractors: Sequence[Extractor]) -> Score:
    """Asserted relations between marked mentions, against those that the example has."""
    from kg.extract.grounding import together

    _, relations, _ = together(annotation, *(one.extract(annotation) for one in extractors))
    told = set()
    for relation in relations:
        ends = [touched(example, end.span.begin, end.span.end) for end in (relation.subject, relation.object)]
        if relation.stance == "asserted" and None not in ends and ends[0] != ends[1]:
            told.add((ends[0], relation.predicate, ends[1]))
    right = set(example.links)
    return Score(len(told & right), len(told), len(right))


def touched(example: Example, begin: int, end: int) -> int | None:
    """The number of the marked mention that shares most letters with a span."""
    shared = [
        (min(end, e) - max(begin, b), -n) for n, (b, e, _) in enumerate(example.mentions) if b < end and begin < e
    ]
    return -max(shared)[1] if shared else None


def lines(record: dict[str, Any]) -> Iterator[str]:
    """Tables for people."""
    for name, modes in record["gold"].items():
        yield from table(f"facts of {name}", {mode: found["facts"] for mode, found in modes.items()})
        sprung = ", ".join(f"{mode} {found['traps'][0]} of {found['traps'][1]}" for mode, found in modes.items())
        yield f"  traps sprung: {sprung}"
    for name, modes in record["pairs"].items():
        yield from table(f"marked pairs of {name}", modes)


def main() -> int:
    """Read, score, print."""
    from kg.config import GENERAL
    from kg.extract.learned.card import model_path, read_card

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", default=GENERAL, help="a model file (default: the one that ships)")
    parser.add_argument("--data", type=Path, default=SHARED, help=f"folder of the public sets (default: {SHARED})")
    parser.add_argument("--limit", type=int, default=400, help="texts of each public set (default: 400)")
    parser.add_argument("--json", action="store_true", help="the scores as JSON, and nothing else")
    parser.add_argument("--save", action="store_true", help=f"write them to {SCORES.relative_to(ROOT)}")
    chosen = parser.parse_args()
    model = model_path(chosen.model)
    record: dict[str, Any] = {"model": read_card(model).version, "gold": {}, "pairs": {}}
    for folder in filter(Path.exists, GOLD):
        name = "/".join(folder.parts[-2:])
        record["gold"][name] = {mode: gold(folder, mode, model) for mode in MODES}
    for name, found in public_sets(chosen.data).items():
        record["pairs"][name] = pairs(found, model, chosen.limit)
    if chosen.save:
        text = json.dumps(record, default=lambda score: score.as_dict(), ensure_ascii=False, indent=1)
        SCORES.write_text(text + "\n", encoding="utf-8")
    show(chosen.json, record, lines(record))
    return 0


if __name__ == "__main__":
    sys.exit(main())
