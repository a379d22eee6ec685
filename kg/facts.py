"""What a graph holds, as rows: facts, entities, the evidence for a fact, counts.

Each function asks the store a handful of questions, whatever the number of rows.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import UsageError
from kg.rdf.iris import inferred_graph_iri
from kg.rdf.namespaces import FOAF, KGV, PREFIXES, SCHEMA, local_name
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
_MENTIONS = """
SELECT ?document ?e (COUNT(?m) AS ?n) {
  GRAPH ?g { ?m kgv:refersTo ?e ; kgv:inDocument ?document }
} GROUP BY ?document ?e"""
_PROPERTIES = """
SELECT DISTINCT ?p ?label ?symmetric {
  GRAPH ?g { VALUES ?kind { rdf:Property owl:ObjectProperty owl:DatatypeProperty owl:SymmetricProperty } ?p a ?kind .
    OPTIONAL { ?p rdfs:label|skos:altLabel ?label }
    BIND(EXISTS { ?p a owl:SymmetricProperty } AS ?symmetric) } }"""
_COUNTED = """
SELECT * { GRAPH ?g {
  ?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgv:stance ?stance ; kgv:confidence ?confidence ;
    kgv:inDocument ?document .
  OPTIONAL { ?st kgv:time ?time }
} }"""
_KINDS = "SELECT ?kind (COUNT(*) AS ?n) { GRAPH ?g { ?x a ?kind } FILTER(?g != <%s>) } GROUP BY ?kind"
_SILENT = """
SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?x a kgv:Sentence FILTER NOT EXISTS { ?st prov:wasDerivedFrom ?x } } }"""


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


def facts(store: Store, *, document: str | None = None, stances: Collection[str] = ("asserted",)) -> list[Row]:
    """One row a (document, subject, predicate, object, stance), with its best evidence: the surest, then the first.

    document: only this one, by its id. Raises UsageError for a document that the graph does not hold.
    """
    graph = Lookup(store)
    best: dict[tuple[str, str, str, str, str], tuple[tuple[float, int, int, str], Row]] = {}
    for record in graph.records(document):
        row = graph.row(record)
        if row["stance"] not in stances:
            continue
        ends = (row["s_iri"], record["o"].value if row["o_iri"] else str(record["o"]))
        if row["p_iri"] in graph.symmetric:
            ends = (min(ends), max(ends))
        key = (row["id"], row["p_iri"], *ends, row["stance"])
        rank = (-row["confidence"], row["begin"], row["end"], row["rule"])
        if key not in best or rank < best[key][0]:
            best[key] = (rank, row)
    return sorted((row for _, row in best.values()), key=_place)


def entities(store: Store) -> list[Row]:
    """One row for each entity and document that it stands in: names, type, and how often it is mentioned."""
    graph = Lookup(store)
    rows: list[Row] = []
    for record in graph.ask(_MENTIONS):
        iri = record["e"].value
        kind = graph.types.get(iri)
        if kind is not None:
            document = graph.document(record["document"].value)
            names = graph.named(iri)
            rows.append(
                {"id": document, "s": names, "iri": iri, "type": local_name(kind), "mentions": int(record["n"].value)}
            )
    return sorted(rows, key=lambda row: (row["id"], row["iri"]))


def explain(
    store: Store | Lookup,
    subject: str,
    predicate: str | None = None,
    object: str | None = None,  # noqa: A002
) -> list[Explanation]:
    """Every piece of evidence for a fact, of every stance, in the order of the documents.

    subject, object: IRI, prefixed name, label or alias, in any case; an object also a literal's words. predicate: IRI,
    prefixed name, local name or label; a symmetric one holds both ways. With the subject alone, statements about it in
    either place. store: may be looked up in already. Raises UsageError for a name that is not known.
    """
    graph = store if isinstance(store, Lookup) else Lookup(store)
    subjects = graph.find_entities(subject)
    predicates = None if predicate is None else graph.find_predicates(predicate)
    records = graph.records_about(subjects)
    objects = None
    if object is not None:
        literals = {row["o"].value for row in records if isinstance(row["o"], ox.Literal)}
        objects = graph.find_entities(object, literals)
        objects |= {text for text in literals if text.casefold() == object.casefold()}
    alone = predicates is None and objects is None

    def fits(s: str, o: str) -> bool:
        return s in subjects and (objects is None or o in objects)

    found = [
        graph.explanation(row)
        for row in records
        if (predicates is None or row["p"].value in predicates)
        and (
            fits(row["s"].value, row["o"].value)
            or ((alone or row["p"].value in graph.symmetric) and fits(row["o"].value, row["s"].value))
        )
    ]
    return sorted(found, key=lambda item: (*_place(item.fact), item.statement))


def statistics(store: Store) -> dict[str, Any]:
    """Counts over the whole graph: single numbers, then groups of them by name.

    silent: sentences that no statement comes from. types: entities. predicates: facts. stances: statements.
    predicate_stances: statements by predicate and stance. document_facts: facts by document. years: facts by the year
    that their statements tell, in order. confidences: statements by the tenth that their confidence lies in.
    """
    graph = Lookup(store)
    kinds = {
        record["kind"].value: int(record["n"].value) for record in graph.ask(_KINDS % inferred_graph_iri(graph.base))
    }
    records = list(graph.ask(_COUNTED))
    stances = Counter(local_name(record["stance"].value) for record in records)
    asserted = [record for record in records if local_name(record["stance"].value) == "asserted"]
    triples = set(map(_triple, asserted))
    amounts = SCHEMA + "MonetaryAmount"
    types = Counter(local_name(kind) for kind in graph.types.values() if kind != amounts)
    return {
        "documents": kinds.get(FOAF + "Document", 0),
        "sentences": kinds.get(KGV + "Sentence", 0),
        "silent": next(int(record["n"].value) for record in graph.ask(_SILENT)),
        "mentions": kinds.get(KGV + "Mention", 0),
        "entities": sum(types.values()),
        "facts": len(triples),
        "statements": len(records),
        "types": _ranked(types),
        "predicates": _ranked(Counter(local_name(predicate) for _, predicate, _ in triples)),
        "stances": _ranked(stances),
        "predicate_stances": _by_predicate(records),
        "document_facts": _ranked(_facts_by(asserted, lambda record: graph.document(record["document"].value))),
        "years": dict(sorted(_facts_by(asserted, _year).items(), key=lambda item: int(item[0]))),
        "confidences": dict(sorted(Counter(map(_tenth, records)).items())),
    }


def _triple(record: Mapping[str, Any]) -> tuple[str, str, str]:
    return record["s"].value, record["p"].value, str(record["o"])


def _by_predicate(records: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Statements by predicate, the commonest first, and by stance."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        found[local_name(record["p"].value)][local_name(record["stance"].value)] += 1
    ordered = sorted(found.items(), key=lambda item: (-item[1].total(), item[0]))
    return {predicate: _ranked(counts) for predicate, counts in ordered}


def _facts_by(asserted: Iterable[Mapping[str, Any]], group: Callable[[Mapping[str, Any]], str]) -> Counter[str]:
    """How many facts there are of each group; one that two groups state counts in both."""
    found = {(group(record), _triple(record)) for record in asserted}
    return Counter(name for name, _ in found if name)


def _year(record: Mapping[str, Any]) -> str:
    """The year that a statement tells, empty for none."""
    found = re.match(r"-?\d{4,}(?=-|$)", record["time"].value) if record["time"] is not None else None
    return found.group() if found else ""


def _tenth(record: Mapping[str, Any]) -> str:
    """The tenth that a confidence lies in, by its lower end; the last one holds 1, too."""
    return f"{min(int(float(record['confidence'].value) * 10 + 1e-9), 9) / 10:.1f}"


def _ranked(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _place(row: Row) -> tuple[str, int, int, str, str, list[str]]:
    return row["id"], row["begin"], row["end"], row["p"], row["s_iri"], row["o"]


class Lookup:
    """A store with what is looked up again and again: names, types, documents, predicates."""

    def __init__(self, store: Store) -> None:
        self.quads: ox.Store = store.quads
        self.base = str(store.manifest.get("base", ""))
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
