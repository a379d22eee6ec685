"""What documents say, or seem to say, and the graph does not assert: for each place the reason.

A fact may be missing because a candidate was dropped, because it is not stated but denied, planned or the like, or
because no phrase of the ontology fits the sentence. The first is told by what a build keeps beside the quads, the
second by the evidence, the third is what remains of the sentences that name the things asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pyoxigraph as ox

from kg.archive import load_dropped
from kg.dropped import identity
from kg.errors import UsageError
from kg.lookup import Lookup, near
from kg.model import Dropped
from kg.rdf.namespaces import local_name
from kg.resolve.judged import HAND
from kg.resolve.local import UNRESOLVED
from kg.resolve.names import name_key
from kg.store import Store

Record = Mapping[str, Any]
Kind = Literal["asserted", "not asserted", "dropped", "no phrase"]

_SENTENCES = """
SELECT * { GRAPH ?g { ?sentence a kgv:Sentence ; kgv:inDocument ?document ; kgv:text ?text ;
  kgv:beginOffset ?begin ; kgv:endOffset ?end } }"""
_MENTIONED = """
SELECT * { GRAPH ?g { ?m kgv:refersTo ?e ; kgv:inDocument ?document ; kgv:beginOffset ?begin } }"""
_SOURCES = "SELECT DISTINCT ?sentence { GRAPH ?g { ?st prov:wasDerivedFrom ?sentence } }"
_SAID = {
    "denied": "denied",
    "planned": "only planned",
    "possible": "only possible",
    "reported": "only hearsay",
    "asked": "asked, not told",
}
_CLOSING = " \t\n\"'”’»)]"
_STOPS = (".", "!", "…", ":", ";")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document, by its id, with its offsets."""

    document: str
    begin: int
    end: int
    text: str

    @property
    def kind(self) -> str:
        """ "question" or "heading" for what by its form states nothing, else "statement"."""
        words = self.text.rstrip(_CLOSING)
        if words.endswith("?"):
            return "question"
        return "statement" if words.endswith(_STOPS) else "heading"


@dataclass(frozen=True, slots=True)
class Silent:
    """A sentence that gave no statement. dropped: how many candidates of it were dropped."""

    sentence: Sentence
    dropped: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is no fact, at one place.

    kind: "dropped" for a candidate that was refused; "not asserted" for a statement of another stance; "no phrase" for
    a sentence that names what was asked for, and in which no phrase took hold; "asserted" for what is a fact.
    predicate: local name. With "no phrase", subject, predicate and object are those asked for, "" for any, and the
    quote is the sentence. stance, rule: of what a phrase found, else None.
    begin, end: offsets of the quote in the document. id: of the dropped candidate, which `kg decide accept` takes, or
    of the statement; None with "no phrase".
    """

    kind: Kind
    document: str
    subject: str
    predicate: str
    object: str
    reason: str
    stance: str | None
    rule: str | None
    quote: str
    begin: int
    end: int
    sentence: str
    sentence_begin: int
    sentence_end: int
    id: str | None = None


def silent(store: Store) -> list[Silent]:
    """The sentences that gave no statement, in the order of documents and text. Raises StoreError as `why_not` does."""
    lookup = Lookup(store)
    spoke = {row["sentence"].value for row in lookup.ask(_SOURCES)}
    dropped = Counter((name, d.evidence.sentence.begin) for name, rows in load_dropped(store).items() for d in rows)
    return [Silent(s, dropped[s.document, s.begin]) for iri, s in _sentences(lookup).items() if iri not in spoke]


def why_not(
    store: Store,
    subject: str | None = None,
    predicate: str | None = None,
    object: str | None = None,  # noqa: A002
    *,
    document: str | None = None,
) -> list[Reason]:
    """Why what is asked for is not in the graph, in the order of documents and text; None stands for anything.

    subject, object: a name, alias or IRI in any case, or words that a document uses. predicate: IRI, local name or
    label. document: only this one, by its id. Facts themselves are told where two of the three are given. An empty
    list means that no document says a word of it. Raises UsageError for a predicate or document that is not known,
    StoreError where the graph does not tell what was dropped.
    """
    lookup = Lookup(store)
    every = load_dropped(store)
    asked = _Asked(lookup, subject, predicate, object, {d.predicate for rows in every.values() for d in rows})
    sentences = _sentences(lookup)
    records = list(lookup.records(document))
    dropped = {n: rows for n, rows in every.items() if document in (None, n)}
    at = {(s.document, s.begin): s for s in sentences.values()}
    taken = _Taken(lookup, records)
    found = [
        _of_dropped(one, sentence)
        for name, rows in dropped.items()
        for one in rows
        if (sentence := at.get((name, one.evidence.sentence.begin))) and asked.by(one) and not taken.has(name, one)
    ]
    found += _of_statements(lookup, asked, records, sentences)
    if not found or (asked.both and all(r.kind != "asserted" for r in found)):
        told = {(r.document, r.sentence_begin) for r in found}
        gave = _given(lookup, records)
        found += [
            _unmatched(asked, s, gave.get(iri, ()))
            for iri, s in asked.mentioned(sentences).items()
            if document in (None, s.document) and (s.document, s.begin) not in told
        ]
    return sorted(found, key=lambda r: (r.document, r.begin, r.end, r.predicate, r.subject, r.object, r.reason))


def similar(store: Store, name: str) -> str:
    """A hint for people: names in the graph that look like one that is not there; "" for one that is."""
    lookup = Lookup(store)
    return "" if lookup.called(name) else near(name, {known for iri in lookup.labels for known in lookup.named(iri)})


class _Side:
    """What is asked for as subject or object: a thing of the graph by any of its names, or else words."""

    def __init__(self, lookup: Lookup, text: str | None) -> None:
        self.text = text
        self.iris = lookup.called(text) if text else set()
        self.keys = {name_key(name) for iri in self.iris for name in lookup.named(iri)}
        self.words = name_key(text) if text else ""

    def fits(self, name: str) -> bool:
        """Whether a name is one of the thing's; where no thing goes by the words, whether they stand in the name."""
        if self.text is None:
            return True
        key = name_key(name)
        return key in self.keys if self.iris else f" {self.words} " in f" {key} "

    def stands_in(self, sentences: Mapping[str, Sentence], mentions: Iterable[Record], lookup: Lookup) -> set[str]:
        """The sentences that name it or refer to it."""
        if not self.iris:
            pattern = re.compile(rf"(?<!\w){re.escape(self.text or '')}(?!\w)", re.IGNORECASE)
            return {iri for iri, s in sentences.items() if pattern.search(s.text)}
        return _holding([row for row in mentions if row["e"].value in self.iris], sentences, lookup)


class _Asked:
    """A question: two sides and the predicates between them. refused: the predicates of what was dropped."""

    def __init__(
        self,
        lookup: Lookup,
        subject: str | None,
        predicate: str | None,
        object: str | None,  # noqa: A002
        refused: Iterable[str],
    ) -> None:
        self._lookup = lookup
        self.subject, self.object = _Side(lookup, subject), _Side(lookup, object)
        self.predicates = None if predicate is None else _predicates(lookup, predicate, refused)
        self.predicate = "" if self.predicates is None else local_name(min(self.predicates))
        self.both = subject is not None and object is not None
        self.pointed = sum(part is not None for part in (subject, predicate, object)) > 1

    def by(self, dropped: Dropped) -> bool:
        """Whether a dropped candidate is meant. A reference that could not be resolved may stand for any name."""
        if self.predicates is not None and dropped.predicate not in self.predicates:
            return False
        ends = [(dropped.subject, dropped.object)]
        if dropped.predicate in self._lookup.symmetric:
            ends.append((dropped.object, dropped.subject))
        if any(self.subject.fits(s) and self.object.fits(o) for s, o in ends):
            return True
        if not self.both or not dropped.reason.startswith(UNRESOLVED) or dropped.rule.endswith("[?]"):
            return False
        open_subject = dropped.reason == f"{UNRESOLVED} {dropped.subject!r}"
        return self.object.fits(dropped.object) if open_subject else self.subject.fits(dropped.subject)

    def of(self, record: Record) -> bool:
        """Whether a statement is meant."""
        if self.predicates is not None and record["p"].value not in self.predicates:
            return False
        s, o = record["s"], record["o"]
        if self._is(self.subject, s) and self._is(self.object, o):
            return True
        return record["p"].value in self._lookup.symmetric and self._is(self.subject, o) and self._is(self.object, s)

    def _is(self, side: _Side, term: ox.NamedNode | ox.Literal) -> bool:
        if side.iris:
            return term.value in side.iris
        names = [term.value] if isinstance(term, ox.Literal) else self._lookup.named(term.value)
        return any(map(side.fits, names))

    def mentioned(self, sentences: Mapping[str, Sentence]) -> dict[str, Sentence]:
        """The sentences that name all sides that are given, without questions and headings; none where none is.

        Two things that never stand together may be joined by a word such as "our": then those that name the rarer one.
        """
        sides = [side for side in (self.subject, self.object) if side.text is not None]
        if not sides:
            return {}
        mentions = list(self._lookup.ask(_MENTIONED))
        stated = {iri: s for iri, s in sentences.items() if s.kind == "statement"}
        named = [side.stands_in(sentences, mentions, self._lookup) & stated.keys() for side in sides]
        common = set.intersection(*named) or min(named, key=len)
        return {iri: s for iri, s in stated.items() if iri in common}


class _Taken:
    """The dropped candidates that users took in: facts added by hand stand where they stood."""

    def __init__(self, lookup: Lookup, records: Iterable[Record]) -> None:
        self._lookup = lookup
        self._at: defaultdict[tuple[str, int, int, str], list[Record]] = defaultdict(list)
        for record in records:
            if record["rule"].value.startswith(f"{HAND}: "):
                begin, end = int(record["begin"].value), int(record["end"].value)
                self._at[lookup.document(record["document"].value), begin, end, record["p"].value].append(record)

    def has(self, document: str, dropped: Dropped) -> bool:
        """Whether this one was. An end that nothing in the graph is called by may have been told to be anything."""
        span = dropped.evidence.span
        records = self._at.get((document, span.begin, span.end, dropped.predicate), ())
        return any(self._is(dropped.subject, r["s"]) and self._is(dropped.object, r["o"]) for r in records)

    def _is(self, name: str, term: ox.NamedNode | ox.Literal) -> bool:
        return isinstance(term, ox.Literal) or term.value in (self._lookup.called(name) or {term.value})


def _predicates(lookup: Lookup, name: str, refused: Iterable[str]) -> set[str]:
    """The predicates that go by a name: of the graph, and of imported triples that found no place in it."""
    found = {iri for iri in refused if name.casefold() == local_name(iri).casefold() or lookup.expanded(name) == iri}
    try:
        return found | lookup.find_predicates(name)
    except UsageError:
        if not found:
            raise
    return found


def _sentences(lookup: Lookup) -> dict[str, Sentence]:
    """All sentences by IRI, in the order of documents and text."""
    found = {
        row["sentence"].value: Sentence(
            lookup.document(row["document"].value), int(row["begin"].value), int(row["end"].value), row["text"].value
        )
        for row in lookup.ask(_SENTENCES)
    }
    return dict(sorted(found.items(), key=lambda item: (item[1].document, item[1].begin)))


def _holding(mentions: Iterable[Record], sentences: Mapping[str, Sentence], lookup: Lookup) -> set[str]:
    """The sentences that these mentions stand in."""
    begins: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for iri, s in sentences.items():
        begins[s.document].append((s.begin, iri))
    found = set()
    for row in mentions:
        known = begins[lookup.document(row["document"].value)]
        n = bisect_right(known, (int(row["begin"].value), "\U0010ffff")) - 1
        if n >= 0 and int(row["begin"].value) < sentences[known[n][1]].end:
            found.add(known[n][1])
    return found


def _of_dropped(dropped: Dropped, sentence: Sentence) -> Reason:
    return Reason(
        kind="dropped",
        document=sentence.document,
        subject=dropped.subject,
        predicate=local_name(dropped.predicate),
        object=dropped.object,
        reason=dropped.reason,
        stance=None,
        rule=dropped.rule,
        quote=dropped.evidence.quote,
        begin=dropped.evidence.span.begin,
        end=dropped.evidence.span.end,
        sentence=sentence.text,
        sentence_begin=sentence.begin,
        sentence_end=sentence.end,
        id=identity(sentence.document, dropped, sentence.text),
    )


def _of_statements(
    lookup: Lookup, asked: _Asked, records: Iterable[Record], sentences: Mapping[str, Sentence]
) -> Iterator[Reason]:
    """The statements asked for; those that are facts only where the question points at some."""
    for record in records:
        stance = local_name(record["stance"].value)
        if not asked.of(record) or (stance == "asserted" and not asked.pointed):
            continue
        row, sentence = lookup.row(record), sentences[record["sentence"].value]
        yield Reason(
            kind="asserted" if stance == "asserted" else "not asserted",
            document=row["id"],
            subject=row["s"][0],
            predicate=row["p"],
            object=row["o"][0],
            reason=_why_so(stance, row["rule"]),
            stance=stance,
            rule=row["rule"],
            quote=row["quote"],
            begin=row["begin"],
            end=row["end"],
            sentence=sentence.text,
            sentence_begin=sentence.begin,
            sentence_end=sentence.end,
            id=local_name(record["statement"].value),
        )


def _why_so(stance: str, rule: str) -> str:
    """What the stance means, and the word that decided it, which stands behind the rule in brackets."""
    if stance == "asserted":
        return "it is a fact of the graph"
    word = rule.rpartition(" [")[2].removesuffix("]") if rule.endswith("]") else ""
    return f"it is {_SAID.get(stance, stance)}" + (f", by the word {word!r}" if word else "")


def _given(lookup: Lookup, records: Iterable[Record]) -> dict[str, tuple[str, ...]]:
    """What each sentence states, in words."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for record in records:
        row = lookup.row(record)
        found[record["sentence"].value][f"{row['s'][0]} {row['p']} {row['o'][0]}"] = None
    return {iri: tuple(sorted(said)) for iri, said in found.items()}


def _unmatched(asked: _Asked, sentence: Sentence, gave: Iterable[str]) -> Reason:
    what = f"no phrase {f'of {asked.predicate} ' if asked.predicate else ''}takes hold"
    said = "; ".join(gave)
    return Reason(
        kind="no phrase",
        document=sentence.document,
        subject=asked.subject.text or "",
        predicate=asked.predicate,
        object=asked.object.text or "",
        reason=f"{what}; the sentence gave: {said}" if said else what,
        stance=None,
        rule=None,
        quote=sentence.text,
        begin=sentence.begin,
        end=sentence.end,
        sentence=sentence.text,
        sentence_begin=sentence.begin,
        sentence_end=sentence.end,
    )
