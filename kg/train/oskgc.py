"""OSKGC: texts about things of DBpedia, with triples (entries of XML files, one file a category and size)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

from kg.ontology import Ontology
from kg.rdf.namespaces import local_name
from kg.train.examples import Example, Words, nearest, occurrences
from kg.train.values import surface_of

Names = tuple[str, str, str]
_VALUES = {"number": "Number", "date": "Date", "string": "Text"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A text of a category, with its triples and, in their order, the classes that each joins."""

    category: str
    text: str
    triples: tuple[Names, ...]
    schemas: tuple[Names, ...]


def entries(path: Path) -> Iterator[Entry]:
    """The entries of a file."""
    xml = re.sub(r"^<\?xml[^>]*\?>", "", path.read_text(encoding="utf-8"))
    for node in ElementTree.fromstring(xml).iter("entry"):
        yield entry_of(node)


def entry_of(node: ElementTree.Element) -> Entry:
    """The entry of an element."""
    triples, schemas = (
        tuple((p.findtext("sub", ""), p.findtext("rel", ""), p.findtext("obj", "")) for p in node.iter(kind))
        for kind in ("triple", "schema")
    )
    return Entry(node.get("category", ""), node.findtext("text", ""), triples, schemas)


def example(entry: Entry, keys: Mapping[str, str]) -> Example:
    """An entry with its triples where they stand in the text; those whose words are not found there are left out."""
    text = entry.text
    found: dict[str, str] = {}
    types: dict[str, str] = {}
    for (s, _, o), (s_type, _, o_type) in zip(entry.triples, entry.schemas, strict=False):
        for name, type_ in ((s, s_type), (o, o_type)):
            types[name] = _VALUES.get(type_, keys.get(type_, ""))
            surface = surface_of(text, name)
            if surface:
                found[name] = surface
    mentions: list[Words] = []
    for name, surface in sorted(found.items()):
        mentions += [(begin, end, types[name]) for begin, end in occurrences(text, surface)]
    mentions = sorted({(b, e): (b, e, t) for b, e, t in mentions}.values())
    links = []
    for s, p, o in entry.triples:
        joined = nearest(text, mentions, found[s], found[o]) if s in found and o in found else None
        if joined and p in keys:
            links.append((joined[0], keys[p], joined[1]))
    return Example(text, tuple(mentions), tuple(sorted(set(links))), entry.category)


def oskgc(path: Path, vocabulary_: str, keys: Mapping[str, str]) -> Iterator[Example]:
    """The examples of a file, all under one vocabulary."""
    for entry in entries(path):
        yield replace(example(entry, keys), vocabulary=vocabulary_)


def keys_of(ontology: Ontology) -> dict[str, str]:
    """Classes and properties by their local names."""
    return {local_name(iri): iri for iri in (*ontology.classes, *ontology.properties)}
