"""From documents to the graph: the whole flow."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg import decisions
from kg.archive import Archive, Kept, code_digest, keep_dropped, keep_merged, key_of
from kg.config import Settings
from kg.errors import StoreError, UsageError
from kg.files import remove_drafts, writing
from kg.model import BuildReport, Document, Dropped, Extraction, Problem
from kg.ontology import Ontology, load, shipped
from kg.proposers import Proposers, cost, versions
from kg.read import covers, read
from kg.runtime import settle, settled_heap
from kg.store import Store, replace_file

if TYPE_CHECKING:
    from kg.annotate import Annotator
    from kg.decisions import Decision
    from kg.export.beside import Draft
    from kg.extract.llm import Estimate
    from kg.resolve import Outcome, Resolution

Progress = Callable[[str, int, int], None]
UNFINISHED = "unfinished"  # in place of a key: what is kept of a document is not all that there is to find
PAGE = "page.json"  # a digest of the page and of what makes it
REPORT = "report.json"
_DECIDING = (
    *("annotate", "extract", "resolve", "class_labels.py", "model.py", "ontology.py", "proposers.py"),
    *("imports", "rdf_lines.py"),
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
    documents, problems = _read(sources, settings, stdin, tell)
    with Store.open(folder, create=True, clean=clean) as store:
        archive = Archive.of(store)
        remove_drafts(folder)
        if clean:
            archive.clear()
        before = archive.load()
        remade = {archive.path(document.id).name for document in documents}
        _drop_lost(store, archive.lost(before), remade, lambda source: _is_gone(source, problems, sources))
        gone = _gone(before, documents, problems, sources)
        run = _Run(settings, ontology, tell, list(ontology.notices), problems, [])
        kept, changes = _update(archive, before, documents, gone, run)
        extractions = [k.extraction for k in kept.values()]
        decided = decisions.read(Path(settings.decisions))
        problems.extend(decided.problems)
        resolution = _assemble(store, extractions, run, decided.in_force)
        report = _report(extractions, resolution, changes, run, inferred=_inferred(store, run))
        _write_files(store, folder, report, extractions, tell)
    return report


def estimate(sources: Sequence[str], settings: Settings, *, stdin: BinaryIO | None = None) -> Estimate:
    """What a build of these sources would ask of the language model that the settings name; nothing is sent.

    Raises UsageError where they name none.
    """
    documents, _ = _read(sources, settings, stdin, _silent)
    found = cost((d.text for d in documents if d.kind == "text"), settings, load_ontology(settings))
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
    sources: Sequence[str], settings: Settings, stdin: BinaryIO | None, tell: Progress
) -> tuple[list[Document], list[Problem]]:
    documents, problems = [], []
    for item in read(sources, max_bytes=settings.max_bytes, stdin=stdin):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            documents.append(item)
            tell("reading", len(documents), 0)
    return documents, problems


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
    archive: Archive, before: Mapping[str, Kept], documents: Sequence[Document], gone: Sequence[str], run: _Run
) -> tuple[dict[str, Kept], dict[str, tuple[str, ...]]]:
    """Extract from what is new or changed, forget what is gone; everything kept, by id, and what happened to which."""
    made_by = _provenance(run.settings, run.ontology)
    keys = {d.id: key_of(repr(d), made_by) for d in documents}
    stale = [d for d in documents if d.id not in before or before[d.id].key != keys[d.id]]
    now = {name: kept for name, kept in before.items() if name not in gone}
    for extraction, whole in _extract(stale, run):
        name = extraction.document.id
        now[name] = archive.keep(keys[name] if whole else UNFINISHED, extraction)
    for name in gone:
        archive.forget(name)
    changes = {
        "added": tuple(sorted(d.id for d in stale if d.id not in before)),
        "changed": tuple(sorted(d.id for d in stale if d.id in before)),
        "removed": tuple(sorted(gone)),
        "unchanged": tuple(sorted(set(now) - {d.id for d in stale})),
    }
    return dict(sorted(now.items())), changes


def _drop_lost(store: Store, lost: Sequence[Path], remade: Collection[str], gone: Callable[[str], bool]) -> None:
    """Remove the damaged files of the archive that are about documents which are gone; remade: those written anew.

    Raises StoreError where one is about another document: it would leave the graph, and nobody be told.
    """
    told = _told_sources(store) if lost else {}
    lost = [path for path in lost if path.name not in remade]
    for path in lost:
        source = told.get(path.name, "")
        if not (source and gone(source)):
            raise StoreError(
                f"what was found in the document {source or 'that it holds'} is damaged",
                where=str(path),
                hint="name its source as well, or build anew from all sources with --clean",
            )
    with writing(store.documents):
        for path in lost:
            path.unlink(missing_ok=True)


def _told_sources(store: Store) -> dict[str, str]:
    """Where the documents of the last build came from, by their files in the archive; {} where nothing tells."""
    archive = Archive.of(store)
    try:
        documents = json.loads(store.kept(REPORT) or b"{}").get("documents", {})
        return {archive.path(name).name: str(told["path"]) for name, told in documents.items()}
    except (ValueError, AttributeError, KeyError, TypeError):
        return {}


def _provenance(settings: Settings, ontology: Ontology) -> str:
    """All that decides, beside a document itself, what is found in it."""
    from kg.annotate.language import identify

    return key_of(ontology.digest, identify(settings.model), *versions(settings).values(), code_digest(*_DECIDING))


def _gone(
    before: Mapping[str, Kept], documents: Sequence[Document], problems: Sequence[Problem], sources: Sequence[str]
) -> list[str]:
    """Stored documents that belong to `sources` and are no longer there; unreadable ones are not gone."""
    present = {d.id for d in documents}
    return [
        name
        for name, kept in before.items()
        if name not in present and _is_gone(kept.extraction.document.path, problems, sources)
    ]


def _is_gone(source: str, problems: Sequence[Problem], sources: Sequence[str]) -> bool:
    """Whether a source that gave no document belongs to `sources`, and is not merely unreadable."""
    unreadable = {p.where for p in problems} | {p.where.rpartition(":")[0] for p in problems}
    shut = tuple(f"{p.where.rstrip('/')}/" for p in problems if not Path(p.where).is_file())
    return source not in unreadable and not source.startswith(shut) and any(covers(given, source) for given in sources)


def _extract(documents: Sequence[Document], run: _Run) -> Iterable[tuple[Extraction, bool]]:
    """What each document says, one after the other, and whether that is all that was asked for."""
    yield from _imported(documents, run)
    documents = [document for document in documents if document.kind == "text"]
    if not documents:
        return
    from kg.annotate import ANNOTATORS

    run.tell("loading the language model", 0, len(documents))
    annotator = ANNOTATORS["spacy"](run.settings.model, run.ontology)
    proposers = Proposers(run.settings, run.ontology, annotator)
    run.notices.extend(proposers.notices)
    expected = proposers.cost(document.text for document in documents)
    if expected:
        stage = f"asking {expected.requests} times, some {expected.tokens_in:,} tokens, {expected.cached} known"
        run.tell(stage, 0, len(documents))
    settle()
    for n, document in enumerate(documents):
        run.tell("extracting", n, len(documents))
        yield extract_one(document, run.ontology, annotator, proposers), document.id not in proposers.unfinished
    run.problems.extend(proposers.problems)
    run.tell("extracting", len(documents), len(documents))


def _imported(documents: Sequence[Document], run: _Run) -> Iterator[tuple[Extraction, bool]]:
    """What the documents of RDF say; no language model is loaded for it."""
    from kg.imports import Importer

    importer = Importer(run.ontology)
    for document in documents:
        if document.kind == "rdf":
            run.tell("importing", 0, 0)
            yield importer.extract(document), True


def extract_one(document: Document, ontology: Ontology, annotator: Annotator, proposers: Proposers) -> Extraction:
    """One document through annotate, extract and the first half of resolve."""
    from kg.resolve import link

    return link(*proposers.extract(annotator.annotate(document)), ontology)


def _assemble(store: Store, extractions: Sequence[Extraction], run: _Run, decided: Sequence[Decision]) -> Resolution:
    """Resolve over all documents; put every graph, as a whole, into the store and the files beside it."""
    from kg import rdf
    from kg.drafts import drafts
    from kg.export.beside import GraphFiles
    from kg.resolve import resolve

    ontology, settings = run.ontology, run.settings
    run.tell("resolving", 0, len(extractions))
    resolution = resolve(extractions, ontology, settings.base, decided, settings.merge)
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
        store.fill(files.passing(_told(graphs, len(extractions), run.tell)))
    keep_dropped(store, _dropped(extractions, resolution))
    keep_merged(store, resolution.alike)
    return resolution


def _told(graphs: Iterable[Draft], count: int, tell: Progress) -> Iterator[Draft]:
    """The graphs as they come, with a word of each."""
    for n, graph in enumerate(graphs):
        tell("storing", min(n, count), count)
        yield graph


def _dropped(extractions: Sequence[Extraction], resolution: Resolution) -> dict[str, list[Dropped]]:
    """What was dropped, by document: while it was read alone, then when all were taken together."""
    return {e.document.id: [*e.dropped, *resolution.dropped.get(e.document.id, ())] for e in extractions}


def _inferred(store: Store, run: _Run) -> int:
    """How many triples were inferred."""
    if not run.settings.reason:
        return 0
    from pyoxigraph import NamedNode

    from kg.rdf.iris import inferred_graph_iri

    graph = NamedNode(inferred_graph_iri(run.settings.base))
    return sum(1 for _ in store.quads.quads_for_pattern(None, None, None, graph))


def _report(
    extractions: Sequence[Extraction],
    resolution: Resolution,
    changes: Mapping[str, tuple[str, ...]],
    run: _Run,
    *,
    inferred: int,
) -> BuildReport:
    statements = resolution.statements
    stances = Counter(s.stance for s in statements)
    dropped = Counter(_kind(d.reason) for rows in _dropped(extractions, resolution).values() for d in rows)
    facts = {(s.subject, s.predicate, s.object) for s in statements if s.stance == "asserted"}
    return BuildReport(
        **changes,
        documents=len(extractions),
        sentences=sum(len(e.sentences) for e in extractions),
        silent=sum(len(silent_sentences(e)) for e in extractions),
        entities=len(resolution.entities),
        facts=len(facts),
        inferred=inferred,
        statements=dict(sorted(stances.items())),
        dropped=dict(sorted(dropped.items())),
        problems=tuple(run.problems),
        notices=tuple(run.notices),
        cautions=tuple(run.cautions),
        merged=len(resolution.alike),
        decisions=len(resolution.outcomes),
        unmet=tuple(map(_unmet, (o for o in resolution.outcomes if o.reason))),
    )


def _unmet(outcome: Outcome) -> Problem:
    decision = outcome.decision
    remedy = f"kg undo {decision.id} takes it back"
    return Problem(f"decision {decision.id}", f"{decision.do}: {outcome.reason}", remedy)


def _kind(reason: str) -> str:
    """Reasons without what is special to one candidate."""
    return reason.partition(" '")[0].partition(' "')[0].rstrip(":")


def silent_sentences(extraction: Extraction) -> list[tuple[int, int]]:
    """Offsets of the sentences that gave no statement."""
    spoke = {s.evidence.sentence for s in extraction.statements}
    return [(s.begin, s.end) for s in extraction.sentences if s not in spoke]


def _write_page(store: Store, path: Path) -> None:
    """The page, unless it is there and neither the graph nor what makes pages is otherwise."""
    kept = store.kept(PAGE) or b""
    code = code_digest("view", "pages.py", "query.py", "facts.py", "export")
    if path.is_file() and kept == _page_key(store, code, path):
        return
    from kg.pages import write_page

    store.keep(PAGE, b"")
    write_page(store, path)
    store.keep(PAGE, _page_key(store, code, path))


def _page_key(store: Store, code: str, path: Path) -> bytes:
    """A digest of a page, of the graphs that it was made of, and of what made it."""
    from kg.export.beside import INDEX

    parts = (store.kept(INDEX) or b"", path.read_bytes())
    return key_of(code, *(hashlib.sha256(part).hexdigest() for part in parts)).encode()


def _write_files(
    store: Store,
    folder: Path,
    report: BuildReport,
    extractions: Sequence[Extraction],
    tell: Progress,
) -> None:
    """graph.html and report.json; they tell the state, not what this run did."""
    tell("writing", 0, 2)
    _write_page(store, folder / "graph.html")
    tell("writing", 1, 2)
    state: dict[str, Any] = {
        "documents": {
            e.document.id: {
                "source": e.document.source,
                "path": e.document.path,
                "sentences": len(e.sentences),
                "statements": len(e.statements),
                "silent": silent_sentences(e),
            }
            for e in extractions
        },
        "entities": report.entities,
        "facts": report.facts,
        **({"inferred": report.inferred} if report.inferred else {}),
        "statements": report.statements,
        "dropped": report.dropped,
        "problems": sorted(
            ({"where": p.where, "what": p.what, "hint": p.hint} for p in report.problems),
            key=lambda row: (row["where"], row["what"]),
        ),
    }
    if report.decisions:
        state["decisions"] = {
            "replayed": report.decisions,
            "without effect": [{"decision": p.where, "what": p.what} for p in report.unmet],
        }
    data = (json.dumps(state, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "surrogatepass")
    store.keep(REPORT, data)
    with writing(folder / REPORT):
        replace_file(folder / REPORT, data)
    tell("writing", 2, 2)
