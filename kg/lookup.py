"""What is looked up in a graph again and again: names, types, documents, predicates and the records of statements."""

from __future__ import annotations

import difflib
import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import UsageError
from kg.rdf.namespaces import KGV, PREFIXES, local_name
from kg.store import Store

Row = dict[str, Any]

STATEMENTS = """
SELECT * { GRAPH ?g {
  ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgv:stance ?stance ; kgv:confidence ?confidence ;
    kgv:inDocument ?document ; kgv:quote ?quote ; kgv:beginOffset ?begin ; kgv:endOffset ?end ;
    kgv:rule ?rule ; prov:wasDerivedFrom ?sentence ; prov:wasGeneratedBy ?extractor .
  OPTIONAL { ?statement kgv:speaker ?speaker }
  OPTIONAL { ?statement kgv:time ?time }
  OPTIONAL { ?statement kgv:place ?place }
  OPTIONAL { ?statement kgv:decision ?decision }
} }"""
_PROPERTIES = """
SELECT DISTINCT ?p ?label ?symmetric {
  GRAPH ?g { VALUES ?kind { rdf:Property owl:ObjectProperty owl:DatatypeProperty owl:SymmetricProperty } ?p a ?kind .
    OPTIONAL { ?p rdfs:label|skos:altLabel ?label }
    BIND(EXISTS { ?p a owl:SymmetricProperty } AS ?symmetric) } }"""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One piece of evidence for a fact: the row that `facts` gives, and the sentence it stands in.

    sentence_begin, sentence_end: offsets of the sentence in the document. source: where the document came from.
    extractor: what found it, and its version. time, place: of the statement, where the sentence says so.
    decision: id of the one that accepted or added it.
    """

    fact: Row
    statement: str
    sentence: str
    sentence_begin: int
    sentence_end: int
    document: str
    source: str
    extractor: str
    time: str | None = None
    place: str | None = None
    decision: str | None = None


class Lookup:
    """A store with what is looked up again and again: names, types, documents, predicates."""

    def __init__(self, store: Store) -> None:
        self.quads: ox.Store = store.quads
        self.base = store.base
        stored = store.manifest.get("prefixes", {})
        self.prefixes: dict[str, str] = PREFIXES | (stored if isinstance(stored, dict) else {})

    def ask(self, query: str, **given: ox.NamedNode | ox.Literal) -> Iterator[dict[str, Any]]:
        """The solutions of a SELECT, as dicts of terms."""
        bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(name): term for name, term in given.items()
        }
        solutions = self.quads.query(query, prefixes=PREFIXES, substitutions=bound)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        return (dict(zip(names, solution, strict=True)) for solution in solutions)

    @functools.cached_property
    def labels(self) -> dict[str, str]:
        """Label by entity."""
        return {
            row["s"].value: row["o"].value for row in self.ask("SELECT ?s ?o { ?s rdfs:label ?o } ORDER BY DESC(?o)")
        }

    @functools.cached_property
    def aliases(self) -> dict[str, list[str]]:
        """Other names by entity, sorted."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.ask("SELECT ?s ?o { ?s skos:altLabel ?o }"):
            found[row["s"].value].add(row["o"].value)
        return {iri: sorted(names) for iri, names in found.items()}

    @functools.cached_property
    def types(self) -> dict[str, str]:
        """Class by entity; the first by name where there are several."""
        return {row["s"].value: row["o"].value for row in self.ask("SELECT ?s ?o { ?s a ?o } ORDER BY DESC(?o)")}

    @functools.cached_property
    def documents(self) -> dict[str, tuple[str, str]]:
        """Identifier and source by document."""
        query = "SELECT * { GRAPH ?g { ?d dcterms:identifier ?id OPTIONAL { ?d dcterms:source ?source } } }"
        return {
            row["d"].value: (row["id"].value, row["source"].value if row["source"] else "") for row in self.ask(query)
        }

    @functools.cached_property
    def predicates(self) -> dict[str, set[str]]:
        """Every way to name a predicate, folded, with the IRIs that it names."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.ask(_PROPERTIES):
            iri = row["p"].value
            found[local_name(iri).casefold()].add(iri)
            if row["label"] is not None:
                found[row["label"].value.casefold()].add(iri)
        for row in self.ask("SELECT DISTINCT ?p { GRAPH ?g { ?st rdf:predicate ?p } }"):
            found[local_name(row["p"].value).casefold()].add(row["p"].value)
        return found

    @functools.cached_property
    def symmetric(self) -> set[str]:
        """Predicates that hold both ways."""
        return {row["p"].value for row in self.ask("SELECT ?p { GRAPH ?g { ?p a owl:SymmetricProperty } }")}

    def document(self, iri: str) -> str:
        """A document's id."""
        return self.documents.get(iri, (local_name(iri), ""))[0]

    def name(self, iri: str) -> str:
        """An entity's label, or what can be read from its IRI."""
        if iri in self.labels:
            return self.labels[iri]
        number, _, currency = local_name(iri).rpartition("-")
        return f"{number} {currency}" if self.is_amount(iri) else local_name(iri)

    def named(self, iri: str) -> list[str]:
        """An entity's label, then its aliases."""
        label = self.name(iri)
        return [label, *(alias for alias in self.aliases.get(iri, ()) if alias != label)]

    def is_amount(self, iri: str) -> bool:
        """Whether the IRI is a sum of money, which a row shows as a literal."""
        return iri.startswith(self.base + "amount/")

    def records(self, document: str | None = None) -> Iterator[dict[str, Any]]:
        """The statement records, of one document or of all."""
        if document is None:
            return self.ask(STATEMENTS)
        return self.ask(STATEMENTS, document=ox.NamedNode(self.document_iri(document)))

    def document_iri(self, name: str) -> str:
        """The IRI of a document by its id. Raises UsageError where the graph does not hold it."""
        known = {identifier: iri for iri, (identifier, _) in self.documents.items()}
        if name not in known:
            raise UsageError(f"no document {name!r} in the graph", hint=near(name, known))
        return known[name]

    def statement(self, text: str) -> Explanation:
        """A statement by its IRI, or by what that ends in. Raises UsageError where there is none."""
        name = local_name(self.expanded(text))
        record = next(self.ask(STATEMENTS, statement=ox.NamedNode(f"{self.base}statement/{quote(name)}")), None)
        if record is None:
            raise UsageError(f"no statement {text!r} is in the graph", hint="kg explain shows their ids")
        return self.explanation(record)

    def records_about(self, iris: Iterable[str]) -> list[dict[str, Any]]:
        """The statement records that have one of the entities as subject or object, each once."""
        found: dict[str, dict[str, Any]] = {}
        for node in map(ox.NamedNode, sorted(iris)):
            for record in (*self.ask(STATEMENTS, s=node), *self.ask(STATEMENTS, o=node)):
                found[record["statement"].value] = record
        return list(found.values())

    def row(self, record: Mapping[str, Any]) -> Row:
        """A statement record as a row of `kg facts`."""
        o, speaker = record["o"], record["speaker"]
        entity = isinstance(o, ox.NamedNode) and not self.is_amount(o.value)
        return {
            "id": self.document(record["document"].value),
            "s": self.named(record["s"].value),
            "o": self.named(o.value) if entity else [self.name(o.value) if isinstance(o, ox.NamedNode) else o.value],
            "p": local_name(record["p"].value),
            "s_iri": record["s"].value,
            "p_iri": record["p"].value,
            "o_iri": o.value if entity else None,
            "stance": local_name(record["stance"].value),
            "confidence": float(record["confidence"].value),
            "speaker": None if speaker is None else self.name(speaker.value),
            "quote": record["quote"].value,
            "begin": int(record["begin"].value),
            "end": int(record["end"].value),
            "rule": record["rule"].value,
        }

    def explanation(self, record: Mapping[str, Any]) -> Explanation:
        """A statement record with its sentence and document."""
        found = self.quads.quads_for_pattern(record["sentence"], None, None, None)
        sentence = {quad.predicate.value: quad.object.value for quad in found if isinstance(quad.object, ox.Literal)}
        iri, time, place = record["document"].value, record["time"], record["place"]
        return Explanation(
            fact=self.row(record),
            statement=record["statement"].value,
            sentence=sentence.get(KGV + "text", ""),
            sentence_begin=int(sentence.get(KGV + "beginOffset", record["begin"].value)),
            sentence_end=int(sentence.get(KGV + "endOffset", record["end"].value)),
            document=self.document(iri),
            source=self.documents.get(iri, ("", ""))[1],
            extractor=local_name(record["extractor"].value),
            time=None if time is None else time.value,
            place=None if place is None else self.name(place.value),
            decision=None if record["decision"] is None else local_name(record["decision"].value),
        )

    def find_entities(self, text: str, literals: Collection[str] = ()) -> set[str]:
        """The entities that go by a name, IRI or prefixed name; none for one of the literals."""
        found = self.called(text)
        if not found and text.casefold() not in {literal.casefold() for literal in literals}:
            known = {name for iri in self.labels for name in self.named(iri)}
            raise UsageError(f"nothing in the graph is called {text!r}", hint=near(text, known | set(literals)))
        return found

    def called(self, text: str) -> set[str]:
        """The entities that go by a name, in any case, an IRI or a prefixed name; none where nothing does."""
        names: dict[str, set[str]] = defaultdict(set)
        for iri, label in self.labels.items():
            for name in (label, *self.aliases.get(iri, ())):
                names[name.casefold()].add(iri)
        return names.get(text.casefold(), set()) | ({self.expanded(text)} & (self.labels.keys() | self.types.keys()))

    def find_predicates(self, text: str) -> set[str]:
        """The predicates that go by a local name, label, prefixed name or IRI."""
        iri = self.expanded(text)
        every = set().union(*self.predicates.values())
        found = self.predicates.get(text.casefold(), set()) | ({iri} & every)
        if not found:
            raise UsageError(f"no predicate is called {text!r}", hint=near(text, map(local_name, every)))
        return found

    def expanded(self, text: str) -> str:
        """A prefixed name, or an IRI in brackets, as an IRI; anything else as it is."""
        prefix, colon, name = (iri := text.strip("<>")).partition(":")
        return self.prefixes[prefix] + name if colon and prefix in self.prefixes else iri


def near(text: str, known: Iterable[str]) -> str:
    """The known names that look most like what was asked for, as a hint for people."""
    folded: dict[str, str] = {}
    for name in sorted(known):
        folded.setdefault(name.casefold(), name)
    near = difflib.get_close_matches(text.casefold(), sorted(folded), n=5, cutoff=0.5)
    return ("did you mean: " if near else "known: ") + ", ".join(folded[name] for name in near or sorted(folded)[:8])
