"""The ontology as a language model is told it: classes and properties, a line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.ontology import Ontology, OntologyClass, Property
from kg.ontology_terms import local_name

_LENGTHS = (300, 40, 0)
_FURTHER = 3
_KINDS = {
    "date": "a date",
    "gYearMonth": "a month",
    "gYear": "a year",
    "amount": "an amount of money",
    "integer": "a whole number",
    "decimal": "a number",
    "string": "a post or title",
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is told, and how what comes back is read.

    text: what is sent. names: each property by the name that it has there. notices: what was left out, for people.
    """

    text: str
    names: Mapping[str, Property]
    notices: tuple[str, ...]


def vocabulary(ontology: Ontology, most: int) -> Vocabulary:
    """An ontology in at most `most` characters: definitions are shortened first, then left out, then properties are.

    Properties whose values no annotator finds in a text are not asked for.
    """
    named = _named(ontology.properties.values())
    usable = {name: prop for name, prop in named.items() if prop.datatype != "string" or prop.value_nouns}
    notices = []
    if len(usable) < len(named):
        left = [name for name in named if name not in usable]
        notices.append(f"the language model is not asked for properties whose values are free text: {_few(left)}")
    for length in _LENGTHS:
        text = _text(ontology, usable, length)
        if len(text) <= most:
            if length != _LENGTHS[0]:
                done = "shortened" if length else "left out"
                notices.append(
                    f"definitions of the ontology are {done} for the language model, to fit {most} characters"
                )
            return Vocabulary(text, usable, tuple(notices))
    kept = dict(_fitting(usable, most))
    left = [name for name in usable if name not in kept]
    notices.append(
        f"{len(left)} of {len(usable)} properties are not asked for, as the ontology is longer than {most} characters: "
        f"{_few(left)}"
    )
    return Vocabulary(_joined((), [_property(*item, 0) for item in kept.items()]), kept, tuple(notices))


def _named(properties: Iterable[Property]) -> dict[str, Property]:
    """Properties by local name, or by IRI where several share one."""
    every = list(properties)
    counts = Counter(p.local for p in every)
    return {p.local if counts[p.local] == 1 else p.iri: p for p in every}


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")


def _text(ontology: Ontology, properties: Mapping[str, Property], length: int) -> str:
    classes = [_class(ontology, c, length) for c in ontology.classes.values()]
    return _joined(classes, [_property(name, prop, length) for name, prop in properties.items()])


def _joined(classes: Sequence[str], properties: Sequence[str]) -> str:
    head = ["Classes:", *classes, ""] if classes else []
    return "\n".join([*head, "Properties (class of the subject -> class of the object or kind of value):", *properties])


def _fitting(properties: Mapping[str, Property], most: int) -> Iterator[tuple[str, Property]]:
    """The first properties, as many as fit without definitions and classes; at least one."""
    size = len(_joined((), ()))
    for n, (name, prop) in enumerate(properties.items()):
        size += len(_property(name, prop, 0)) + 1
        if n and size > most:
            return
        yield name, prop


def _class(ontology: Ontology, cls: OntologyClass, length: int) -> str:
    above = [iri for iri in sorted(cls.ancestors - {cls.iri}) if iri in ontology.classes]
    kind = f" (a kind of {', '.join(map(local_name, above))})" if above else ""
    return _line(cls.local + kind, cls.label if cls.label.lower() != cls.local.lower() else "", cls.definition, length)


def _property(name: str, prop: Property, length: int) -> str:
    subject = _classes(prop.domain)
    target = _KINDS[prop.datatype] if prop.datatype else _classes(prop.range)
    labels = [label for label in (prop.label, *prop.labels) if label.lower() != name.lower()]
    told = "; ".join(list(dict.fromkeys(labels))[: _FURTHER if length else 1])
    return _line(f"{name} ({subject} -> {target})", told, prop.definition, length)


def _classes(iris: frozenset[str]) -> str:
    return " or ".join(sorted(map(local_name, iris))) or "anything"


def _line(name: str, labels: str, definition: str, length: int) -> str:
    words = " ".join(definition.split())
    cut = words if len(words) <= length else words[:length].rpartition(" ")[0] + " ..." if length else ""
    told = ". ".join(filter(None, (labels, cut)))
    return f"- {name}: {told}" if told else f"- {name}"
