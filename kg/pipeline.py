"""From documents to the graph: the whole flow."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg import decisions
from kg.archive import (
    Archive,
    Kept,
    code_digest,
    keep_dropped,
    keep_matches,
    keep_merged,
    key_of,
    load_matches,
)
from kg.changes import drop_lost, gone, is_gone
from kg.config import Settings
from kg.errors import UsageError
from kg.files import remove_drafts
from kg.model import BuildReport, Document, Extraction, Problem
from kg.ontology import Ontology, load, shipped
from kg.proposers import Proposers, cost, versions
from kg.read import read
from kg.report import report, write_report
from kg.runtime import growing_heap, settle, settled_heap
from kg.spool import Spool
from kg.store import Store

if TYPE_CHECKING:
    from kg.annotate import Annotator
    from kg.decisions import Decision
    from kg.export.beside import Draft
    from kg.export.subjects import DefaultDraft
    from kg.extract.llm import Estimate

Progress = Callable[[str, int, int], None]
UNFINISHED = (
    "unfinished"  # in place of a document's digest: what is kept of a document is not all that there is to find
)
PAGE = "page.json"  # a digest of the page and of what makes it
_DECIDING = (
    *("annotate", "extract", "resolve", "class_labels.py", "model.py", "ontology.py", "ontology_terms.py"),
    *("proposers.py", "imports", "rdf_lines.py", "blank_nodes.py", "lexicon"),
)


@settled_heap()
def build(
    sources: Sequence[str],
    settings: Settings,
    *,
    clean: bool = False,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Build or update the graph in `settings.output` from these sources.

    Documents that did not change are not read by the language model again. A stored document goes when its source
    belongs to `sources` and no longer holds it; one that can no longer be read stays as it was. clean: forget all that
    was built before. progress: called with (stage, done, total). What cannot be read is told in the report.
    Raises OntologyError, ModelError, StoreError, ConfigError.
    """
    tell = progress or _silent
    ontology = load_ontology(settings)
    folder = Path(settings.output)
    with Spool() as documents:
        problems = _read(sources, settings, stdin, tell, documents)
        with Store.open(folder, create=True, clean=clean) as store:
            remove_drafts(folder)
            if clean:
                Archive.of(store).clear()
            run = _Run(settings, ontology, tell, list(ontology.notices), problems, [])
            made = _graph(store, sources, documents, run)
            tell("writing", 1, 2)
            _write_page(store, folder / "graph.html")
            tell("writing", 2, 2)
    return made


def _graph(store: Store, sources: Sequence[str], documents: Spool, run: _Run) -> BuildReport:
    """All but the page, for which what is held here need not be."""
    archive = Archive.of(store)
    before = archive.load()
    remade = {archive.path(name).name for name in documents}
    drop_lost(store, archive.lost(before), remade, lambda source: is_gone(source, run.problems, sources))
    lost = gone(before, documents, run.problems, sources)
    kept, changes = _update(archive, before, documents, lost, run)
    decided = decisions.read(Path(run.settings.decisions))
    run.problems.extend(decided.problems)
    with growing_heap():
        made = _assemble(store, list(kept.values()), run, decided.in_force, changes)
    run.tell("writing", 0, 2)
    write_report(store, Path(run.settings.output), made, kept.values())
    return made


def _told(run: _Run, inferred: int) -> dict[str, Any]:
    """What a run has to tell in its report."""
    return {
        "inferred": inferred,
        "problems": tuple(run.problems),
        "notices": tuple(run.notices),
        "cautions": tuple(run.cautions),
    }


def estimate(sources: Sequence[str], settings: Settings, *, stdin: BinaryIO | None = None) -> Estimate:
    """What a build of these sources would ask of the language model that the settings name; nothing is sent.

    Raises UsageError where they name none.
    """
    with Spool() as documents:
        _read(sources, settings, stdin, _silent, documents)
        texts = documents.all(documents.texts(documents))
        found = cost((document.text for document in texts), settings, load_ontology(settings))
    if found is None:
        raise UsageError("no language model is named, so nothing is asked", hint="--llm URL --llm-model NAME")
    return found


def _silent(stage: str, done: int, total: int) -> None:
    """Tells nobody."""
    del stage, done, total


def load_ontology(settings: Settings) -> Ontology:
    """The ontology that the settings name, or the shipped one."""
    return load([Path(settings.ontology) if settings.ontology else shipped("company.ttl")])


def _read(
    sources: Sequence[str], settings: Settings, stdin: BinaryIO | None, tell: Progress, documents: Spool
) -> list[Problem]:
    """Read the sources into `documents`; what cannot be read."""
    problems = []
    for item in read(sources, max_bytes=settings.max_bytes, stdin=stdin):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            documents.add(item)
            tell("reading", len(documents), 0)
    return problems


@dataclass(frozen=True, slots=True)
class _Run:
    """What a build works with, and what it has to tell afterwards."""

    settings: Settings
    ontology: Ontology
    tell: Progress
    notices: list[str]
    problems: list[Problem]
    cautions: list[str]


def _update(
    archive: Archive, before: Mapping[str, Kept], documents: Spool, gone: Sequence[str], run: _Run
) -> tuple[dict[str, Kept], dict[str, Any]]:
    """Extract from what is new or changed, forget what is gone; everything kept, by id, and what happened to which.

    What is kept of documents that no source was named for is new, too, where another ontology, model or code made it.
    """
    made_by = _provenance(run.settings, run.ontology)
    for name, kept in before.items():
        if name not in documents and name not in gone and not kept.key.endswith(made_by):
            documents.add(kept.whole().document)
    keys = {name: f"{documents.digest(name)} {made_by}" for name in documents}
    stale = [name for name in documents if name not in before or before[name].key != keys[name]]
    now = {name: kept for name, kept in before.items() if name not in gone}
    for extraction, whole in _extract(documents, stale, run):
        now[extraction.id] = archive.keep(keys[extraction.id] if whole else f"{UNFINISHED} {made_by}", extraction)
    for name in gone:
        archive.forget(name)
    changes = {
        "added": tuple(sorted(name for name in stale if name not in before)),
        "changed": tuple(sorted(name for name in stale if name in before)),
        "removed": tuple(sorted(gone)),
        "unchanged": tuple(sorted(now.keys() - set(stale))),
    }
    return dict(sorted(now.items())), changes


def _provenance(settings: Settings, ontology: Ontology) -> str:
    """All that decides, beside a document itself, what is found in it."""
    from kg.annotate.language import identify

    return key_of(ontology.digest, identify(settings.model), *versions(settings).values(), code_digest(*_DECIDING))


def _extract(documents: Spool, stale: Sequence[str], run: _Run) -> Iterable[tuple[Extraction, bool]]:
    """What each of these documents says, one after the other, and whether that is all that was asked for."""
    texts = documents.texts(stale)
    yield from _imported(documents, [name for name in stale if name not in texts], run)
    if not texts:
        return
    from kg.annotate import ANNOTATORS

    run.tell("loading the language model", 0, len(texts))
    settle()
    annotator = ANNOTATORS["spacy"](run.settings.model, run.ontology)
    proposers = Proposers(run.settings, run.ontology, annotator)
    run.notices.extend(proposers.notices)
    expected = proposers.cost(document.text for document in documents.all(texts))
    if expected:
        stage = f"asking {expected.requests} times, some {expected.tokens_in:,} tokens, {expected.cached} known"
        run.tell(stage, 0, len(texts))
    settle()
    for n, document in enumerate(documents.all(texts)):
        run.tell("extracting", n, len(texts))
        yield extract_one(document, run.ontology, annotator, proposers), document.id not in proposers.unfinished
    run.problems.extend(proposers.problems)
    run.tell("extracting", len(texts), len(texts))


def _imported(documents: Spool, stale: Sequence[str], run: _Run) -> Iterator[tuple[Extraction, bool]]:
    """What these documents of RDF state; no language model is loaded for it."""
    if not stale:
        return
    from kg.imports import Importer

    importer = Importer(run.ontology)
    for n, document in enumerate(documents.all(stale)):
        run.tell("importing", n, len(stale))
        yield importer.extract(document), True


def extract_one(document: Document, ontology: Ontology, annotator: Annotator, proposers: Proposers) -> Extraction:
    """One document through annotate, extract and the first half of resolve."""
    from kg.resolve import link

    return link(*proposers.extract(annotator.annotate(document)), ontology)


def _assemble(
    store: Store, extractions: Sequence[Kept], run: _Run, decided: Sequence[Decision], changes: Mapping[str, Any]
) -> BuildReport:
    """Resolve over all documents; put every graph, as a whole, into the store and the files beside it."""
    from kg import rdf
    from kg.drafts import drafts
    from kg.export.beside import GraphFiles
    from kg.resolve import resolve

    ontology, settings = run.ontology, run.settings
    run.tell("resolving", 0, len(extractions))
    before = load_matches(store)
    resolution = resolve(extractions, ontology, settings.base, decided, settings.merge, before)
    if resolution.matches != before:
        keep_matches(store, resolution.matches)
    store.manifest = {
        "base": settings.base,
        "prefixes": rdf.prefixes(settings.base, ontology.prefixes),
        "ontology": ontology.digest,
        "model": settings.model,
        "extractors": sorted(versions(settings).values()),
        "code": code_digest(*_DECIDING),
        **({"reason": settings.reason} if settings.reason else {}),
    }
    with GraphFiles(store, Path(settings.output)) as files:
        graphs = drafts(resolution, extractions, ontology, settings, run.cautions)
        store.fill(files.passing(_counted(graphs, len(extractions), run.tell)))
    keep_dropped(store, resolution.dropped)
    keep_merged(store, resolution.alike)
    return report(extractions, resolution, {**changes, **_told(run, _inferred(store, run))})


def _counted(graphs: Iterable[Draft | DefaultDraft], count: int, tell: Progress) -> Iterator[Draft | DefaultDraft]:
    """The graphs as they come, with a word of each."""
    for n, graph in enumerate(graphs):
        tell("storing", min(n, count), count)
        yield graph


def _inferred(store: Store, run: _Run) -> int:
    """How many triples were inferred."""
    if not run.settings.reason:
        return 0
    from pyoxigraph import NamedNode

    from kg.rdf.iris import inferred_graph_iri

    graph = NamedNode(inferred_graph_iri(run.settings.base))
    return sum(1 for _ in store.quads.quads_for_pattern(None, None, None, graph))


def _write_page(store: Store, path: Path) -> None:
    """The page, unless it is there and neither the graph nor what makes pages is otherwise."""
    kept = store.kept(PAGE) or b""
    code = code_digest("view", "pages.py", "parts.py", "query.py", "sparql.py", "export")
    if path.is_file() and kept == _page_key(store, code, path):
        return
    from kg.pages import write_page

    store.keep(PAGE, b"")
    write_page(store, path, keep=True)
    store.keep(PAGE, _page_key(store, code, path))


def _page_key(store: Store, code: str, path: Path) -> bytes:
    """A digest of a page, of the graphs that it was made of, and of what made it."""
    from kg.export.beside import INDEX

    parts = (store.kept(INDEX) or b"", path.read_bytes())
    return key_of(code, *(hashlib.sha256(part).hexdigest() for part in parts)).encode()
