"""The Python API: one object for a graph.

graph = KnowledgeGraph.build("report.txt")
for row in graph.query("SELECT ?name { ?maker company:produces/rdfs:label ?name }"):
    print(row["name"])
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import config
from kg.errors import UsageError
from kg.handle import Handle, reads
from kg.notebook import Page, Rows

if TYPE_CHECKING:
    from kg.derivations import Derivation
    from kg.diff import Difference
    from kg.doubles import Doubled
    from kg.duplicates import Pair
    from kg.importing import Became
    from kg.lookup import Explanation
    from kg.missing import Reason
    from kg.model import Report
    from kg.query import Result
    from kg.reviewing import Doubtful
    from kg.trial import Trial

PathLike = str | Path
PAGE = "graph.html"


class KnowledgeGraph(Handle):
    """A graph in a folder: made by `build`, or opened where `kg build` wrote one.

    report: what the build did; None for a graph that was opened.
    """

    @classmethod
    def build(
        cls,
        sources: PathLike | Iterable[PathLike],
        output: PathLike | None = None,
        *,
        ontology: PathLike | None = None,
        model: str | None = None,
        base: str | None = None,
        reason: str | None = None,
        clean: bool = False,
    ) -> KnowledgeGraph:
        """Build a graph of files, folders and globs, or update the one in `output`.

        output: None means a temporary folder that lives as long as this object. reason: "rdfs" or "owl" to infer what
        follows. Input that cannot be read stands in `report.problems`; the rest is built. Raises KGError: an ontology,
        model or setting that cannot be used.
        """
        from kg import pipeline

        folder = tempfile.TemporaryDirectory(prefix="kg-") if output is None else None
        flags = {
            "output": folder.name if folder else str(output),
            "ontology": None if ontology is None else str(ontology),
            "model": model,
            "base": base,
            "reason": reason,
        }
        settings = config.load(flags)
        named = [sources] if isinstance(sources, str | Path) else list(sources)
        report = pipeline.build([str(source) for source in named], settings, clean=clean)
        graph = cls(settings, report)
        graph._folder = folder
        return graph

    def import_rdf(self, files: PathLike | Iterable[PathLike]) -> list[Became]:
        """Join files of RDF to the graph, as `kg import` does; tells what became of their triples, by predicate.

        What cannot be read stands in `report.problems`. Raises UsageError, StoreError.
        """
        from kg.importing import import_files

        named = [files] if isinstance(files, str | Path) else list(files)
        self.report, rows = import_files([str(file) for file in named], self.settings)
        self._forget()  # what it shows is the state before
        return rows

    @classmethod
    def open(cls, output: PathLike = "output") -> KnowledgeGraph:
        """Open the graph in the folder `output`. Raises StoreError if there is none."""
        graph = cls(config.load({"output": str(output)}))
        _ = graph.store
        return graph

    @reads
    def query(self, text: str, *, inferred: bool = False) -> Result:
        """Answer SPARQL 1.1: text, a .rq file or the name of a shipped query.

        inferred: ask what was inferred together with the facts. Raises QueryError; UsageError where nothing was to be
        inferred.
        """
        from kg import query

        return query.run(self.store, query.resolve(text), seconds=self.settings.query_seconds, inferred=inferred)

    @reads
    def evidence(
        self,
        subject: str | Sequence[str] | Mapping[str, Any],
        predicate: str | None = None,
        object: str | None = None,  # noqa: A002
    ) -> list[Explanation]:
        """The sentences behind a fact, of every stance.

        The fact is a row of `facts()`, a triple, or up to three names; names are labels, aliases or IRIs.
        Raises UsageError for a name that the graph does not know.
        """
        from kg import facts

        if isinstance(subject, str):
            return facts.explain(self.store, subject, predicate, object)
        if isinstance(subject, Mapping):
            return facts.explain(self.store, subject["s_iri"], subject["p_iri"], subject["o_iri"] or subject["o"][0])
        return facts.explain(self.store, *subject)

    @reads
    def inferred(self) -> Rows:
        """One row for each triple that was inferred, with its rule and premises."""
        from kg import derivations

        return Rows(derivations.inferred(self.store))

    @reads
    def derivations(
        self,
        subject: str,
        predicate: str | None = None,
        object: str | None = None,  # noqa: A002
    ) -> list[Derivation]:
        """Why something was inferred, down to the sentences; names are labels, aliases or IRIs, of classes as well."""
        from kg import derivations

        return derivations.derive(self.store, subject, predicate, object)

    @reads
    def why_not(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,  # noqa: A002
        *,
        document: str | None = None,
    ) -> list[Reason]:
        """Why something is not in the graph: what was dropped, is not asserted, or fits no phrase; None for anything.

        An empty list means that no document says a word of it. Raises UsageError for a predicate or document that is
        not known.
        """
        from kg import missing

        return missing.why_not(self.store, subject, predicate, object, document=document)

    @reads
    def duplicates(self, *, least: float | None = None, limit: int | None = None) -> list[Pair]:
        """Pairs of things that may be one, the likeliest first, each with its reasons.

        least: the lowest score; None for that from which on a person should be asked.
        """
        from kg import decisions
        from kg.duplicates import duplicates, settled
        from kg.resolve.compare import ASK

        known = settled(self.store, decisions.read(Path(self.settings.decisions)).in_force)
        return duplicates(self.store, least=ASK if least is None else least, limit=limit, settled=known)

    @reads
    def doubtful(
        self, *, below: float = 0.7, document: str | None = None, predicate: str | None = None
    ) -> list[Doubtful]:
        """Statements of a confidence below a limit that nobody has accepted or rejected yet, the least sure first.

        Raises UsageError for a document or predicate that is not known, StoreError where decisions cannot be read.
        """
        from kg import decisions, reviewing

        decided = decisions.read(Path(self.settings.decisions)).in_force
        return reviewing.doubtful(self.store, decided, below=below, document=document, predicate=predicate)

    @reads
    def doubles(self, *, least: float = 0.3, document: str | None = None) -> list[Doubled]:
        """What `duplicates` gives, as questions: with a sentence of each thing, and `decision` for an answer."""
        from kg import decisions, doubles

        decided = decisions.read(Path(self.settings.decisions)).in_force
        return doubles.doubles(self.store, decided, least=least, document=document)

    @reads
    def facts(self, *, document: str | None = None, stances: Collection[str] = ("asserted",)) -> Rows:
        """One row a fact and document, with the words that state it."""
        from kg import facts

        return Rows(facts.facts(self.store, document=document, stances=stances))

    @reads
    def entities(self) -> Rows:
        """One row an entity and document that it stands in."""
        from kg import facts

        return Rows(facts.entities(self.store))

    @reads
    def view(  # noqa: PLR0913
        self,
        path: PathLike | None = None,
        *,
        focus: str | None = None,
        hops: int = 1,
        types: Collection[str] = (),
        documents: Collection[str] = (),
        stances: Collection[str] = (),
        queries: Sequence[str] = (),
        style: str = "own",
        like: PathLike | None = None,
        review: bool = False,
        title: str = "Knowledge graph",
    ) -> Page:
        """Write the page, by default into the graph's folder; a notebook shows it.

        focus, hops, types, documents, stances: the part that is shown, as `kg.view.Selection` has them. queries: .rq
        files or names of shipped queries whose results the page offers. style: "own", or "classic" for pyvis' ordinary
        output. like: a page made before, whose entities keep their places. review: decisions can be made on the page.
        Raises UsageError and QueryError.
        """
        from kg.pages import write_page
        from kg.view import Selection

        target = self.output / PAGE if path is None else Path(path)
        write_page(
            self.store,
            target,
            title=title,
            selection=Selection(focus, hops, types, documents, stances),
            queries=queries,
            look=style,
            like=None if like is None else Path(like),
            review=review,
            seconds=self.settings.query_seconds,
        )
        return Page(target)

    @reads
    def picture(
        self,
        path: PathLike,
        *,
        focus: str | None = None,
        hops: int = 1,
        title: str = "Knowledge graph",
        dark: bool = False,
    ) -> Path:
        """Write a picture, .png or .svg, without a browser. Raises UsageError."""
        from kg.view import Selection, write_picture

        write_picture(self.store, Path(path), title=title, selection=Selection(focus, hops), dark=dark)
        return Path(path)

    @reads
    def export(self, format: str, path: PathLike) -> list[Path]:  # noqa: A002
        """Write the graph in one format; tells which files were written.

        format: turtle, rdfxml (facts); trig, nquads, jsonld, rdf12 (with evidence); graphml, gexf, csv (a network);
        webannotation, nif (statements and mentions in their texts). path: a file, or a folder for the usual names.
        Raises UsageError and StoreError.
        """
        from kg.export import export

        return export(self.store, format, Path(path))

    @reads
    def diff(self, before: PathLike) -> Difference:
        """What came, went and changed from another graph to this one, and why.

        before: a folder, a project, an export, or a revision of the project in git (REV or REV:PATH).
        Raises UsageError for what is none of these; StoreError, and what building a revision raises.
        """
        from kg.diff import diff, read
        from kg.revisions import open_graph

        return diff(open_graph(before), read(self.output))

    @reads
    def validate(self, shapes: PathLike | Sequence[PathLike] | None = None) -> Report:
        """Check the graph against SHACL shapes (default: the project's, else the shipped ones), and its evidence.

        Raises OntologyError for shapes that cannot be read.
        """
        from kg.ontology import shipped
        from kg.validate import validate

        chosen = shapes or self.settings.shapes or shipped("shapes.ttl")
        return validate(self.store, *map(Path, [chosen] if isinstance(chosen, str | Path) else chosen))

    def verify(self, *sources: PathLike) -> Report:
        """Read the documents again and check every hash, quote, offset, stance and record against them.

        sources: where to look for documents that the graph lacks. Paths are those of the build. Raises OntologyError.
        """
        from kg import decisions
        from kg.pipeline import load_ontology
        from kg.verify import reread, verify

        documents = reread(self.store, [str(source) for source in sources], max_bytes=self.settings.max_bytes)
        decided = decisions.read(Path(self.settings.decisions)).in_force
        return verify(self.store, documents, ontology=load_ontology(self.settings), decisions=decided)

    @reads
    def stats(self) -> dict[str, Any]:
        """Counts over the whole graph."""
        from kg.statistics import statistics

        return statistics(self.store)

    def backup(self, path: PathLike, *, force: bool = False) -> Path:
        """Write the graph, and what it was made with, as one file that `restore` makes a graph of.

        force: write over what is there. Raises UsageError, StoreError.
        """
        from kg.backup import backup

        backup(self.settings, Path(path), project=config.find_project(Path.cwd()), force=force)
        return Path(path)

    @classmethod
    def restore(cls, path: PathLike, output: PathLike = "output", *, force: bool = False) -> KnowledgeGraph:
        """Make the graph of a backup in the folder `output`, and open it. force: in place of one that is there.

        Raises UsageError, StoreError.
        """
        from kg.backup import restore

        restore(Path(path), Path(output), force=force)
        return cls.open(output)

    def _repr_html_(self) -> str:
        with tempfile.TemporaryDirectory(prefix="kg-") as folder:
            return self.view(Path(folder) / PAGE)._repr_html_()


def try_text(
    text: str,
    *,
    ontology: PathLike | None = None,
    phrases: Sequence[tuple[str, str]] = (),
    date: str | None = None,
    model: str | None = None,
    document: str | None = None,
    output: PathLike | None = None,
) -> Trial:
    """What is made of a sentence or several, step by step; nothing is stored.

    phrases: further ones for this run, as pairs of a property (local name, label or IRI) and a wording such as
    "?s makes ?o"; what is there only because of them is marked. date: of the text, ISO 8601. document: id of one in the
    graph in `output` that the text stands in, so that its names and references mean what they mean there. ontology,
    model, output: default to the project's. Raises UsageError, OntologyError, ModelError.
    """
    from kg.archive import Archive
    from kg.pipeline import load_ontology
    from kg.trial import try_text

    flags = {"ontology": ontology, "model": model, "output": output}
    settings = config.load({name: value if value is None else str(value) for name, value in flags.items()})
    within = None
    if document is not None and (within := Archive(Path(settings.output)).document(document)) is None:
        raise UsageError(
            f"no document {document!r} is kept in {settings.output}",
            hint="kg facts and kg why-not show the ids of documents; -o names the folder of the graph",
        )
    return try_text(text, load_ontology(settings), model=settings.model, phrases=phrases, date=date, within=within)
