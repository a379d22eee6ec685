"""Existing RDF joined to a graph: the files of a call, and what became of their triples, by predicate."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from kg.archive import Archive, load_dropped
from kg.config import Settings
from kg.errors import UsageError
from kg.imports.lines import lines_of
from kg.imports.things import NAMING, SAME, TYPING
from kg.imports.vocabulary import standard
from kg.model import BuildReport, Dropped, Extraction
from kg.pipeline import Progress, build, load_ontology
from kg.proposers import versions
from kg.rdf.namespaces import local_name
from kg.rdf_lines import SUFFIXES
from kg.read import covers
from kg.store import MANIFEST, Store, parse_manifest

_ROLES = ((NAMING, "name"), (TYPING, "class"), (SAME, "same thing"))


@dataclass(frozen=True, slots=True)
class Became:
    """What became of the triples of a document that have one predicate, an IRI.

    kept: how many serve. role: as what: local names of properties, or "name", "class", "same thing", "value" for parts
    of amounts. dropped: how many do not, with the reasons and how often each was given, the commonest first.
    """

    document: str
    predicate: str
    triples: int
    kept: int
    role: str
    dropped: int
    reasons: dict[str, int] = field(default_factory=dict)


def import_files(
    files: Sequence[str], settings: Settings, *, progress: Progress | None = None
) -> tuple[BuildReport, list[Became]]:
    """Add files of RDF to the graph in `settings.output`, or read them again; all other documents stay as they are.

    files: paths, and patterns that end in a suffix of RDF. Raises UsageError: a file of another kind, a graph that
    other settings made; and what `kg.pipeline.build` raises.
    """
    for file in files:
        if PurePath(file).suffix.lower() not in SUFFIXES:
            hint = f"kg import reads {', '.join(SUFFIXES)}; of a folder, say FOLDER/*.ttl; kg build reads documents"
            raise UsageError("this is no file of RDF", where=file, hint=hint)
    _check_settings(settings)
    report = build(files, settings, progress=progress)
    changed = {*report.added, *report.changed, *report.unchanged}
    with Store.view(Path(settings.output)) as store:
        return report, became(store, changed, files)


def _check_settings(settings: Settings) -> None:
    """That the settings are those of the graph: all of it is resolved anew, and nothing else is read again."""
    made = parse_manifest(Path(settings.output) / "store" / MANIFEST)
    if not made:
        return
    now = {
        "ontology": load_ontology(settings).digest,
        "base": settings.base,
        "reason": settings.reason,
        "extractors": sorted(versions(settings).values()),
    }
    for name, value in now.items():
        if made.get(name, "") != value:
            told = f"{made.get(name) or 'none'}, not {value or 'none'}" if name != "ontology" else "another one"
            raise UsageError(
                f"the graph was built with other settings: {name} is {told}",
                where=settings.output,
                hint="give the settings of that build, or run kg build with all sources, the RDF files among them",
            )


def became(store: Store, documents: Collection[str], files: Iterable[str] = ()) -> list[Became]:
    """What became of the triples of documents of RDF, by document and predicate, the commonest first.

    documents: ids. files: only of documents that were read from these. Raises StoreError.
    """
    named = list(files)
    dropped = load_dropped(store)
    found: list[Became] = []
    for kept in Archive.of(store).load().values():
        if kept.id in documents and any(covers(file, kept.gist.path) for file in named):
            found += _became(kept.whole(), dropped.get(kept.id, ()))
    return sorted(found, key=lambda row: (row.document, -row.triples, row.predicate))


def _became(extraction: Extraction, dropped: Sequence[Dropped]) -> list[Became]:
    document = extraction.document
    serves: dict[int, set[str]] = defaultdict(set)
    for s in extraction.statements:
        serves[s.evidence.sentence.begin].add(s.predicate)
    refused: dict[int, set[str]] = defaultdict(set)
    for d in dropped:
        refused[d.evidence.sentence.begin].add(d.reason)
        serves[d.evidence.sentence.begin].discard(d.predicate)
    triples: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    roles: dict[str, set[str]] = defaultdict(set)
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines_of(document):
        name, at = line.predicate, line.span.begin
        triples[name] += 1
        roles_here = {local_name(iri) for iri in serves[at]} or ({_role(name)} if at not in refused else set())
        kept[name] += bool(roles_here)
        roles[name] |= roles_here
        reasons[name].update(refused.get(at, ()))
    return [
        Became(
            document.id,
            name,
            count,
            kept[name],
            ", ".join(sorted(roles[name])),
            count - kept[name],
            dict(sorted(reasons[name].items(), key=lambda item: (-item[1], item[0]))),
        )
        for name, count in triples.items()
    ]


def _role(predicate: str) -> str:
    return next((role for group, role in _ROLES if standard(predicate) in group), "value")
