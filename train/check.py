"""Checks the annotated texts of this folder: surfaces, types, properties, domains and ranges; prints what is wrong.

    train/check.py [FILE ...]      all files of the folder where none is named

Passages (`*.jsonl`) belong to the ontology of their domain, or to the company vocabulary; documents
(`documents/*.json`) to the company vocabulary. Exit code 1 where something is wrong.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.ontology import Property

HERE = Path(__file__).parent
COMPANY = HERE.parent / "ontology" / "company.ttl"
LITERALS = {"Date", "Amount", "Number", "Title", "Text"}
GENRES = {"interview", "press release", "profile", "news", "award note", "blog", "report", "FAQ"}
LITERAL_PROPERTIES = {"foundingDate", "launchDate", "eventDate", "price", "revenue", "numberOfEmployees", "jobTitle"}


@dataclass(frozen=True)
class Known:
    """Classes with all that they are, and properties, by their local names."""

    classes: Mapping[str, frozenset[str]]
    properties: Mapping[str, Property]


@cache
def vocabulary(path: Path) -> Known:
    """What may stand in examples of an ontology."""
    from kg.ontology import load
    from kg.rdf.namespaces import local_name

    ontology = load([path])
    classes = {local_name(iri): frozenset((iri, *known.ancestors)) for iri, known in ontology.classes.items()}
    return Known(classes, {local_name(iri): known for iri, known in ontology.properties.items()})


def problems(path: Path) -> Iterator[str]:
    """What is wrong with one file."""
    domain = HERE / "domains" / path.parent.name / "ontology.ttl"
    known = vocabulary(domain if domain.exists() else COMPANY)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        yield from _document(json.loads(text), known)
        return
    seen = Counter[str]()
    for number, line in enumerate(text.splitlines(), 1):
        try:
            passage = json.loads(line)
        except ValueError as error:
            yield f"{number}: {error}"
            continue
        seen[passage["text"]] += 1
        for problem in _passage(passage, known):
            yield f"{number}: {problem}"
    yield from (f"twice: {text[:60]}" for text, count in seen.items() if count > 1)


def _passage(passage: Mapping[str, Any], known: Known) -> Iterator[str]:
    text = passage["text"]
    types = dict(passage["mentions"])
    for surface, type_ in passage["mentions"]:
        if surface not in text:
            yield f"mention not in the text: {surface!r}"
        if type_ not in known.classes and type_ not in LITERALS:
            yield f"unknown type: {type_}"
    for subject, property_, object_ in passage["facts"]:
        if property_ in known.properties:
            yield from _misfits(known, property_, types.get(subject, ""), types.get(object_, ""))
        else:
            yield f"unknown property: {property_}"
        for surface in (subject, object_):
            if surface not in types:
                yield f"argument that is no mention: {surface!r}"
        if types.get(subject) in LITERALS:
            yield f"a literal as subject: {subject!r}"
    facts = [tuple(fact) for fact in passage["facts"]]
    if len(set(facts)) < len(facts):
        yield "a fact stands twice"


def _misfits(known: Known, property_: str, subject: str, object_: str) -> Iterator[str]:
    """Classes that the domain or the range of a property does not admit."""
    prop = known.properties[property_]
    if prop.domain and not prop.domain & known.classes.get(subject, frozenset()):
        yield f"{property_} is not said of: {subject}"
    if (object_ in LITERALS) != (prop.datatype is not None):
        yield f"{property_} is not of the kind: {object_}"
    elif prop.range and not prop.datatype and not prop.range & known.classes.get(object_, frozenset()):
        yield f"{property_} does not lead to: {object_}"


def _document(document: Mapping[str, Any], known: Known) -> Iterator[str]:
    text = document["text"]
    if document["genre"] not in GENRES:
        yield f"unknown genre: {document['genre']}"
    types = {entity["name"]: entity["type"] for entity in document["entities"]}
    for entity in document["entities"]:
        if entity["type"] not in known.classes:
            yield f"unknown type: {entity['type']}"
        yield from (
            f"name not in the text: {name!r}" for name in (entity["name"], *entity["aliases"]) if name not in text
        )
    for kind in ("facts", "not_facts"):
        for fact in document[kind]:
            if fact["p"] not in known.properties:
                yield f"unknown property: {fact['p']}"
            if fact["s"] not in types:
                yield f"subject that is no entity: {fact['s']!r}"
            if fact["p"] not in LITERAL_PROPERTIES and fact["o"] not in types:
                yield f"object that is no entity: {fact['o']!r}"
            if fact["evidence"] not in text:
                yield f"evidence not in the text: {fact['evidence']!r}"
    said = {(fact["s"], fact["p"], fact["o"]) for fact in document["facts"]}
    if said & {(fact["s"], fact["p"], fact["o"]) for fact in document["not_facts"]}:
        yield "a fact stands among those that are none"


def main(names: list[str]) -> int:
    """Check, print, and return 1 where something is wrong."""
    paths = [Path(name) for name in names] or sorted([*HERE.rglob("*.jsonl"), *HERE.rglob("documents/*.json")])
    found = [f"{path}: {problem}" for path in paths for problem in problems(path)]
    print("\n".join(found))
    passages = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths if path.suffix == ".jsonl")
    documents = sum(path.suffix == ".json" for path in paths)
    print(f"{passages} passages, {documents} documents, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
