"""Pairs of things that may be one, as questions that a person answers: shown with a sentence of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import pyoxigraph as ox

from kg.deciding import Signature
from kg.decisions import Apart, Decision, Merge, Signed
from kg.duplicates import Pair, decided, duplicates, settled
from kg.lookup import Lookup
from kg.resolve.compare import ASK
from kg.store import Store

_MENTIONS = """
SELECT * { GRAPH ?g { ?m kgv:refersTo ?e ; kgv:inDocument ?d ; kgv:beginOffset ?begin ;
  kgv:endOffset ?end . OPTIONAL { ?m kgv:named ?named } } }"""
_SENTENCES = """
SELECT * { GRAPH ?g { ?s a kgv:Sentence ; kgv:inDocument ?d ; kgv:beginOffset ?begin ;
  kgv:endOffset ?end ; kgv:text ?text } }"""

Row = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that names a thing. begin, end: offsets of the name in the document."""

    document: str
    begin: int
    end: int
    sentence: str
    sentence_begin: int
    sentence_end: int


@dataclass(frozen=True, slots=True)
class Doubled:
    """Are these two one thing? passages: a sentence of each, None where no document names it."""

    pair: Pair
    passages: tuple[Passage | None, Passage | None]
    answers: ClassVar[tuple[str, str]] = "merge", "keep apart"

    def decision(self, signature: Signature, *, yes: bool) -> Merge | Apart:
        """Merge or keep apart."""
        return (Merge if yes else Apart)((self.pair.one.iri, self.pair.other.iri), **asdict(signature))

    def as_row(self) -> dict[str, Any]:
        """The row of `kg duplicates`, the passages, and the kind of question."""
        pair = self.pair
        told = {"passages": [None if one is None else asdict(one) for one in self.passages]}
        return {"question": "pair", **asdict(pair), "merge": pair.merge, "apart": pair.apart, **told}

    def follows(self, given: Sequence[Signed]) -> bool:
        """Whether answers given to other questions answer this one."""
        return frozenset((self.pair.one.iri, self.pair.other.iri)) in decided(given)


def doubles(
    store: Store,
    decisions: Sequence[Decision] = (),
    *,
    least: float = ASK,
    document: str | None = None,
    limit: int | None = None,
) -> list[Doubled]:
    """Pairs that may be one and that none of the decisions, which are in force, settles, the likeliest first.

    least: the lowest score. document: its id; pairs of which it names at least one. limit: how many at most. Raises
    UsageError for a document that is not known.
    """
    graph = Lookup(store)
    if document is not None:
        graph.document_iri(document)
    found = duplicates(store, least=least, settled=settled(store, decisions))
    if document is not None:
        found = [pair for pair in found if document in (*pair.one.documents, *pair.other.documents)]
    texts = _Texts(graph)
    return [Doubled(pair, (texts.naming(pair.one.iri), texts.naming(pair.other.iri))) for pair in found[:limit]]


class _Texts:
    """Where the things of a graph are named. The sentences of a document are asked for once."""

    def __init__(self, graph: Lookup) -> None:
        self._graph = graph
        self._sentences: dict[str, list[Row]] = {}

    def naming(self, entity: str) -> Passage | None:
        """The first sentence that names a thing, or else refers to it."""
        rows = self._graph.ask(_MENTIONS, e=ox.NamedNode(entity))
        places = [
            (
                row["named"] is not None and row["named"].value != "true",
                self._graph.document(row["d"].value),
                *_offsets(row),
                row["d"].value,
            )
            for row in rows
        ]
        for _, name, begin, end, iri in sorted(places):
            sentences = self._of(iri)
            n = bisect_right(sentences, (begin, end, "")) - 1
            # The sentence may begin where the name does, and end after it.
            for first, last, text in sentences[max(n, 0) : n + 2]:
                if first <= begin and end <= last:
                    return Passage(name, begin, end, text, first, last)
        return None

    def _of(self, document: str) -> list[Row]:
        if document not in self._sentences:
            rows: Iterable[dict[str, Any]] = self._graph.ask(_SENTENCES, d=ox.NamedNode(document))
            self._sentences[document] = sorted((*_offsets(row), row["text"].value) for row in rows)
        return self._sentences[document]


def _offsets(row: dict[str, Any]) -> tuple[int, int]:
    return int(row["begin"].value), int(row["end"].value)
