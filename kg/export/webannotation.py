"""Web Annotations (https://www.w3.org/TR/annotation-model/), for tools that show what stands behind words of a text.

The terms of http://www.w3.org/ns/anno.jsonld that are used here stand in the file itself, with the same meaning:
to read it, nothing has to be fetched.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from kg.export.network import predicate_labels
from kg.export.passages import Passage, Source, Term, sources
from kg.rdf.iris import annotation_iri
from kg.rdf.namespaces import AS, DCTERMS, KGV, OA, PROV, RDF, RDFS, XSD, local_name
from kg.store import Store

AROUND = 32  # code points of prefix and suffix, which tell equal words apart

Json = dict[str, Any]

_DCTYPES = "http://purl.org/dc/dcmitype/"


def _link(iri: str, **more: str) -> Json:
    return {"@id": iri, "@type": "@id", **more}


_COUNT = XSD + "nonNegativeInteger"
_CONTEXT: Json = {
    "id": "@id",
    "type": "@type",
    **{name: OA + name for name in ("Annotation", "TextualBody", "SpecificResource")},
    **{name: OA + name for name in ("TextQuoteSelector", "TextPositionSelector", "exact", "prefix", "suffix")},
    **{name: {"@id": OA + name, "@type": _COUNT} for name in ("start", "end")},
    "describing": OA + "describing",
    "identifying": OA + "identifying",
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"},
    "body": _link(OA + "hasBody"),
    "target": _link(OA + "hasTarget"),
    "source": _link(OA + "hasSource"),
    "selector": _link(OA + "hasSelector"),
    "AnnotationCollection": AS + "OrderedCollection",
    "AnnotationPage": AS + "OrderedCollectionPage",
    "total": {"@id": AS + "totalItems", "@type": _COUNT},
    "startIndex": {"@id": AS + "startIndex", "@type": _COUNT},
    "first": _link(AS + "first"),
    "partOf": _link(AS + "partOf"),
    "items": _link(AS + "items", **{"@container": "@list"}),
    "label": RDFS + "label",
    "value": RDF + "value",
    "format": "http://purl.org/dc/elements/1.1/format",
    "creator": _link(DCTERMS + "creator"),
    "Text": _DCTYPES + "Text",
    # From here on our own: what a record and a document say besides.
    "Statement": RDF + "Statement",
    **{name: _link(RDF + name) for name in ("subject", "predicate", "object")},
    **{name: _link(KGV + name) for name in ("stance", "speaker", "place")},
    "confidence": {"@id": KGV + "confidence", "@type": XSD + "decimal"},
    "rule": KGV + "rule",
    "time": KGV + "time",
    "references": _link(DCTERMS + "references"),
    "identifier": DCTERMS + "identifier",
    "title": DCTERMS + "title",
    "origin": DCTERMS + "source",
    "sha256": KGV + "sha256",
}
_FACETS = {
    **{RDF + name: name for name in ("subject", "predicate", "object")},
    **{KGV + name: name for name in ("stance", "confidence", "rule", "speaker", "time", "place")},
}
_ABOUT = {DCTERMS + "identifier": "identifier", DCTERMS + "title": "title", DCTERMS + "source": "origin"}
_ABOUT[KGV + "sha256"] = "sha256"


def webannotation(store: Store) -> dict[str, bytes]:
    """One annotation a statement record and one a mention, as graph.annotations.jsonld, a collection of one page.

    Positions count code points, as the model has it. Raises StoreError where the text of a document is not kept.
    """
    base = store.manifest.get("base", "")
    labels = {**_labels(store), **predicate_labels(store)}
    items: list[Json] = []
    documents: list[Json] = []
    for source in sources(store):
        documents.append({"id": source.iri, "type": "Text", **_terms(source.properties, _ABOUT)})
        items += (_statement(record, source, labels) for record in source.records)
        items += (_mention(mention, source) for mention in source.mentions)
    collection = f"{base}annotations"
    page = {"id": f"{collection}/1", "type": "AnnotationPage", "partOf": collection, "startIndex": 0, "items": items}
    content = {
        "@context": _CONTEXT,
        "id": collection,
        "type": "AnnotationCollection",
        "label": "Statements and mentions",
        "total": len(items),
        "references": documents,
        "first": page,
    }
    return {"graph.annotations.jsonld": (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")}


def _statement(record: Passage, source: Source, labels: Mapping[str, str]) -> Json:
    body = {"id": record.iri, "type": "Statement", **_terms(record.properties, _FACETS)}
    words = {"type": "TextualBody", "value": _sentence(record, labels), "format": "text/plain"}
    agents = record.values(PROV + "wasGeneratedBy")
    return {
        "id": annotation_iri(record.iri),
        "type": "Annotation",
        "motivation": "describing",
        **({"creator": agents[0]} if agents else {}),
        "body": [body, words],
        "target": _target(record, source),
    }


def _mention(mention: Passage, source: Source) -> Json:
    entities = mention.values(KGV + "refersTo")
    return {
        "id": annotation_iri(mention.iri),
        "type": "Annotation",
        "motivation": "identifying",
        "body": entities[0] if len(entities) == 1 else entities,
        "target": _target(mention, source),
    }


def _target(passage: Passage, source: Source) -> Json:
    begin, end = passage.span.begin, passage.span.end
    quote = {
        "type": "TextQuoteSelector",
        "exact": source.text[begin:end],
        "prefix": source.text[max(0, begin - AROUND) : begin],
        "suffix": source.text[end : end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": begin, "end": end}
    return {"type": "SpecificResource", "source": source.iri, "selector": [quote, position]}


def _sentence(record: Passage, labels: Mapping[str, str]) -> str:
    """A statement as people read it, with its stance where that is not asserted."""
    ends = (record.values(RDF + name)[0] for name in ("subject", "predicate", "object"))
    words = " – ".join(labels.get(end, local_name(end)) for end in ends)
    stance = "".join(map(local_name, record.values(KGV + "stance")))
    return words if stance == "asserted" else f"{words} ({stance})"


def _terms(properties: Mapping[str, list[Term]], names: Mapping[str, str]) -> Json:
    """Properties by the names of the context."""
    found = {name: [_json(term, name) for term in properties.get(iri, ())] for iri, name in names.items()}
    return {name: values[0] if len(values) == 1 else values for name, values in found.items() if values}


def _json(term: Term, name: str) -> str | Json:
    if not isinstance(term, ox.Literal):
        return str(term) if isinstance(term, ox.Triple) else term.value
    if term.language:
        return {"@value": term.value, "@language": term.language}
    kind, coerced = term.datatype.value, _CONTEXT[name]
    expected = coerced["@type"] if isinstance(coerced, dict) else XSD + "string"
    return term.value if kind == expected else {"@value": term.value, "@type": kind}


def _labels(store: Store) -> dict[str, str]:
    """The labels of entities and amounts, by IRI; of several the first."""
    found: dict[str, str] = {}
    quads = store.quads.quads_for_pattern(None, ox.NamedNode(RDFS + "label"), None, ox.DefaultGraph())
    for quad in sorted(quads, key=str):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            found.setdefault(quad.subject.value, quad.object.value)
    return found
