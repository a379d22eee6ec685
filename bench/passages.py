"""Precision, recall and F1 on annotated passages of one to three sentences, each read by itself.

A passage is a line of JSON: text, mentions (words, class), facts (subject, property, object, each as the words of the
text), tags. It has no date and no other documents around it. Facts whose subject or object is named nowhere in the
passage ("We", "the company") cannot be told and are left out of the count. Passages are scored as `kg evaluate` scores
documents; what is stated of a passage without facts counts against the precision. Files are read with the shipped
ontology, folders with their own.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.annotate import Annotator
    from kg.evaluate import Evaluation, Score
    from kg.extract import Extractor
    from kg.model import Annotation, Extraction
    from kg.ontology import Ontology

PASSAGES = Path(__file__).parents[1] / ".." / "shared" / "train"
LITERALS = frozenset(("Date", "Amount", "Number", "Title", "Text"))
# What no name begins with: the words that stand for a thing named elsewhere.
POINTERS = frozenset(
    "we our us i my me you your it its they their them he his she her the this that these both one a an".split()
)
Row = dict[str, Any]


def passages(files: Sequence[Path]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each passage with an id made of the file's name and the line."""
    for file in files:
        for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{file.stem}-{n:03}", json.loads(line)


def gold_of(name: str, passage: Mapping[str, Any], annotation: Annotation) -> Row:
    """The passage as a gold document: literals normalised as the annotator reads them, untold facts left out."""
    types = dict(passage["mentions"])
    facts = [
        {"s": s, "p": p, "o": _literal(o, annotation) if types.get(o) in LITERALS else o}
        for s, p, o in passage["facts"]
        if _is_told(s, types) and _is_told(o, types)
    ]
    entities = [{"name": words, "type": kind} for words, kind in types.items() if kind not in LITERALS]
    return {"id": name, "genre": passage["tags"][0], "entities": entities, "facts": facts}


def _is_told(words: str, types: Mapping[str, str]) -> bool:
    first = words.split(maxsplit=1)[0].lower()
    return types.get(words) not in ("Organization", "Person", "Product", "Vehicle", "Brand", "Event") or not (
        (first in POINTERS and words == words.lower()) or words in ("We", "Our", "I", "It", "They")
    )


def _literal(words: str, annotation: Annotation) -> str:
    for mention in annotation.mentions:
        if mention.value is not None and (words in mention.surface or mention.surface in words):
            return mention.value.lexical
    return words


def read_passage(
    name: str, text: str, ontology: Ontology, annotator: Annotator, extractor: Extractor
) -> tuple[Annotation, Extraction]:
    """What one passage says."""
    from kg.model import Document
    from kg.resolve import link

    annotation = annotator.annotate(Document(id=name, text=text, source=name))
    relations, dropped = extractor.extract(annotation)
    return annotation, link(annotation, relations, dropped, ontology)


def rows_of(extraction: Extraction, ontology: Ontology) -> tuple[list[Row], list[Row]]:
    """Facts and entities of one passage, as `kg facts` and `kg entities` tell them."""
    from kg.resolve import resolve

    found = resolve([extraction], ontology, "https://kg.example/")
    names = {e.iri: [e.label.text, *(a.text for a in e.aliases)] for e in found.entities}
    document = extraction.document.id
    facts: dict[tuple[str, str, str], Row] = {}
    for s in found.statements:
        if s.stance != "asserted":
            continue
        obj = s.object if isinstance(s.object, str) else s.object.lexical
        facts[s.subject, s.predicate, obj] = {
            "id": document,
            "s": names[s.subject],
            "p": ontology.properties[s.predicate].local,
            "o": names.get(obj, [obj]),
            "quote": f"{s.evidence.quote}  [{s.rule}]",
        }
    entities = [{"id": document, "s": names[e.iri], "type": ontology.classes[e.type].local} for e in found.entities]
    return list(facts.values()), entities


def score(files: Sequence[Path], ontology: Path | None = None) -> Evaluation:
    """All passages of the files, by an ontology; by the shipped one if none is named."""
    from kg.annotate import ANNOTATORS
    from kg.config import Settings
    from kg.evaluate import evaluate
    from kg.extract import EXTRACTORS
    from kg.pipeline import load_ontology

    settings = Settings(ontology=str(ontology)) if ontology else Settings()
    known = load_ontology(settings)
    annotator = ANNOTATORS["spacy"](settings.model, known)
    extractor = EXTRACTORS["rules"](known, annotator.phrases, annotator.version)
    facts: list[Row] = []
    entities: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        for name, passage in passages(files):
            annotation, extraction = read_passage(name, passage["text"], known, annotator, extractor)
            stated, found = rows_of(extraction, known)
            facts += stated
            entities += found
            gold = gold_of(name, passage, annotation)
            (Path(folder) / f"{name}.json").write_text(json.dumps(gold), encoding="utf-8")
        return evaluate(facts, entities, Path(folder))


def groups(given: Sequence[Path]) -> Iterator[tuple[str, list[Path], Path | None]]:
    """What is scored together: all files, and each folder by the ontology in it; with a name."""
    files = [path for path in given if not path.is_dir()]
    if files:
        yield "passages", files, None
    for folder in given:
        if folder.is_dir():
            yield folder.name, [folder / "passages.jsonl"], folder / "ontology.ttl"


def table(parts: Mapping[str, Score]) -> Iterator[str]:
    """Lines: a score each, by name."""
    yield f"{'':26} {'prec.':>7} {'recall':>7} {'F1':>7} {'right':>6} {'pred.':>6} {'gold':>6}"
    for name, part in parts.items():
        yield (
            f"{name:26} {part.precision:7.3f} {part.recall:7.3f} {part.f1:7.3f} "
            f"{part.right:6} {part.predicted:6} {part.gold:6}"
        )


def main() -> int:
    """Score and print; 0, also where there are no passages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "paths", nargs="*", type=Path, help="files of passages, or folders with ontology.ttl and passages.jsonl"
    )
    parser.add_argument("--errors", action="store_true", help="list what was missed and what is wrong")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    paths = options.paths or [*sorted(PASSAGES.glob("part*.jsonl")), *sorted((PASSAGES / "domains").glob("*"))]
    if not paths:
        print(f"nothing to measure: there are no passages in {PASSAGES}; name some files")
        return 0
    found = {name: score(files, ontology) for name, files, ontology in groups(paths)}
    if options.json:
        print(json.dumps({name: part.as_dict() for name, part in found.items()}, indent=1))
        return 0
    parts: dict[str, Score] = {}
    for name, part in found.items():
        parts |= {f"{name}: facts": part.facts, f"{name}: entities": part.entities}
        parts |= part.properties if len(found) == 1 else {}
    folders = [part.facts for name, part in found.items() if name != "passages"]
    if len(folders) > 1:
        parts["all folders: facts"] = sum(folders[1:], folders[0])
    print("\n".join(table(parts)))
    for part in found.values() if options.errors else ():
        for miss in part.errors:
            triple = f"({miss.subject} | {miss.predicate} | {miss.object})"
            print(miss.document, miss.kind, triple, miss.words, sep="  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
