"""Reads the documents again and checks that all that the graph says of them is so.

    sources      the files of the stored documents, read again
    documents    a document now, as it was read, and in the graph: text, hash, title, date
    records      sentences, mentions and statements against the text
    facts        the default graph against the statements; the ontology
    decided      the decisions in force against those of the graph
    files        graph.ttl and graph.trig against the store

A graph that is at fault gives findings, not an error. SHACL shapes are the matter of `kg.validate`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from urllib.parse import unquote

import pyoxigraph as ox

from kg.archive import Archive
from kg.decisions import Decision
from kg.model import Document, Problem, Report
from kg.ontology import Ontology
from kg.rdf.iris import decisions_graph_iri, evidence_graph_iri, inferred_graph_iri, ontology_graph_iri
from kg.read import STDIN
from kg.resolve import SOURCES
from kg.runtime import growing_heap
from kg.store import Store
from kg.verify import facts
from kg.verify.decided import added_by_hand, check_decisions, check_sources
from kg.verify.documents import compare
from kg.verify.files import check_files, overtaken
from kg.verify.found import fault
from kg.verify.record import Known
from kg.verify.records import check
from kg.verify.sources import built_from, reread

__all__ = ["Progress", "built_from", "reread", "verify"]

Progress = Callable[[str, int, int], None]

_MOVED = "put it back, or run kg verify where kg build ran; a build of its folder takes it out of the graph"
_OVERTAKEN = "graph.ttl and graph.trig were not compared: a build writes, or has written, them anew"


def verify(
    store: Store,
    documents: Iterable[Document | Problem],
    *,
    ontology: Ontology | None = None,
    decisions: Sequence[Decision] = (),
    progress: Progress | None = None,
) -> Report:
    """Checks every hash, quote, offset, stance and record of a graph against its documents as they are now.

    documents: what the sources hold, as `reread` tells; taken one at a time, and so are the graphs of their evidence.
    ontology: the present one, None to leave it out. decisions: those in force. progress: called with (stage, done,
    total). Findings are sorted: those of the whole graph first, then by document and place. `checked` counts records.
    Raises StoreError.
    """
    run = _Run(store, progress or _silent, decisions)
    for item in documents:
        if isinstance(item, Problem):
            run.problems.append(item)
        else:
            run.see(item)
    run.miss()
    with growing_heap():
        found = [*run.general, *_whole(run, ontology)]
    found.sort(key=lambda problem: (problem.where, problem.what))
    found += [problem for name in sorted(run.found) for problem in run.found[name]]
    return Report("verify", tuple(found), run.checked, tuple(sorted(run.notes)))


class _Run:
    """One verification on its way. paths: where each kept document was read from, by its id."""

    def __init__(self, store: Store, tell: Progress, decisions: Sequence[Decision]) -> None:
        self.store, self.tell, self.decisions = store, tell, decisions
        self.base = store.base
        self.known = Known(self.base, facts.things(store), facts.terms(store, self.base))
        self.graphs = dict(_evidence_graphs(store, self.base))
        self.archive = Archive.of(store)
        self.paths = {document.id: document.path for document in self.archive.documents()}
        self.waiting = set(self.graphs)
        self.problems: list[Problem] = []
        self.general: list[Problem] = []
        self.found: dict[str, list[Problem]] = defaultdict(list)
        self.notes: list[str] = []
        self.checked = 0

    def see(self, document: Document) -> None:
        """A document as its source holds it now."""
        if document.id in self.graphs:
            self._check(document.id, document)
        else:
            what = f"its document {document.id} is not in the graph"
            self.general.append(Problem(document.path, what, "it is not built yet: run kg build"))

    def miss(self) -> None:
        """All that was not seen: stored documents without a source, and sources that cannot be read."""
        unseen = sorted(self.waiting)
        unread = {self.paths.get(name, "") for name in unseen}
        shut = set()
        paths = set(self.paths.values())
        for problem in self.problems:
            path = _path(problem, paths)
            if path and path in unread:
                shut.add(path)
                self.general.append(Problem(problem.where, f"it cannot be read again: {problem.what}", _MOVED))
            elif path:
                self.notes.append(f"{problem.where}: {problem.what}")
            else:
                self.general.append(Problem(problem.where, f"it is not in the graph: {problem.what}", problem.hint))
        for name in unseen:
            source = self.paths.get(name)
            if source == STDIN:
                self.notes.append(f"{name}: read from standard input; checked against the text that was kept")
            elif source is not None and source not in shut:
                what = f"its source {source} no longer holds it"
                self.found[name].append(Problem(name, what, "kg build takes it out of the graph, or put it back"))
            self._check(name, None)
        for name in sorted(self.paths.keys() - self.graphs.keys()):
            what = "what was read of it is kept below store/documents, and the graph does not hold it"
            self.found[name].append(fault(name, what))

    def _check(self, name: str, now: Document | None) -> None:
        self.tell("verifying", len(self.graphs) - len(self.waiting), len(self.graphs))
        self.waiting.discard(name)
        graph = ox.NamedNode(self.graphs[name])
        with growing_heap():
            quads = list(self.store.quads.quads_for_pattern(None, None, None, graph))
            kept = self.archive.document(name)
            if name == SOURCES and kept is None:
                kept = added_by_hand(quads)
                self.general += check_sources(kept, self.decisions)
            findings, text = compare(name, quads, self.base, now, kept)
            faults, count = check(name, quads, text, self.known)
        self.checked += count
        if findings or faults:
            self.found[name] = [*self.found[name], *findings, *faults]


def _whole(run: _Run, ontology: Ontology | None) -> Iterator[Problem]:
    """What concerns no single document."""
    store, base = run.store, run.base
    run.tell("comparing facts and statements", 0, 0)
    yield from _strange_graphs(store, base)
    yield from check_decisions(store, base, run.decisions)
    yield from facts.check_replaced(store, set(run.known.things))
    yield from facts.check_links(store)
    yield from facts.check_predicates(store, set(run.known.terms))
    yield from facts.check_evidence(store, base)
    if ontology is not None:
        yield from facts.check_ontology(store, ontology, base)
    run.tell("comparing graph.ttl and graph.trig", 0, 0)
    differing = list(check_files(store))
    if differing and overtaken(store):
        run.notes.append(_OVERTAKEN)
    else:
        yield from differing


def _evidence_graphs(store: Store, base: str) -> Iterator[tuple[str, str]]:
    """The ids of the stored documents with their graphs."""
    beginning = evidence_graph_iri(base, "")
    for graph in store.graphs():
        if graph.startswith(beginning):
            yield unquote(graph.removeprefix(beginning)), graph


def _strange_graphs(store: Store, base: str) -> Iterator[Problem]:
    beginning = evidence_graph_iri(base, "")
    others = {ontology_graph_iri(base), decisions_graph_iri(base), inferred_graph_iri(base)}
    for graph in store.graphs():
        if not graph.startswith(beginning) and graph not in others:
            yield fault(graph, "kg build writes no such graph")


def _path(problem: Problem, paths: Collection[str]) -> str:
    """The file of a stored document that a problem is about, "" for another; a line may follow its path."""
    for place in (problem.where, problem.where.rpartition(":")[0]):
        if place in paths:
            return place
    return ""


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total
