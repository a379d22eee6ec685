"""`kg import`: RDF that exists already, as one more source."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import click

from kg.cli.build import PARTIAL, summary, tell_problems
from kg.cli.common import output_option, settings
from kg.cli.progress import progress_bar
from kg.cli.rows import format_option, print_rows
from kg.cli.standard import command, current
from kg.cli.tables import print_json, print_table
from kg.config import REASONING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.importing import Became
    from kg.model import BuildReport

COLUMNS = ("document", "predicate", "triples", "became", "kept", "dropped", "mostly because")


@command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@output_option
@click.option(
    "--ontology", metavar="FILE", help="The one of the graph.  [default: the project's, else the shipped one]"
)
@click.option("--reason", type=click.Choice(REASONING[1:]), help="As the graph was built with.")
@click.option("--base", metavar="IRI", help="As the graph was built with.")
@click.option("--json", "as_json", is_flag=True, help="Print the report of the build and the rows as JSON.")
@format_option
def import_(files: tuple[str, ...], as_json: bool, format_: str, **flags: Any) -> None:
    """Join RDF that exists already to the graph, as one more source.

    FILE is .ttl, .nt, .nq, .trig, .rdf, .owl or .jsonld, or a pattern that ends so: own data, an extract of a public
    knowledge base. Its triples become statements where the ontology has a property for them, with the triple as
    evidence; its things are resolved against those of the documents and keep their IRIs as owl:sameAs. All other
    documents stay as they are; a file that was imported before is read again. No language model is loaded.

    Ends with a row for each predicate: how many triples, what they became, and why others did not. With --format jsonl
    a row holds: document, predicate, triples, kept, role, dropped, reasons. Exit code 3 when a file could not be read.
    """
    from kg.importing import import_files

    chosen = settings(**flags)
    with progress_bar(wanted=current().verbosity >= 0) as progress:
        report, rows = import_files(files, chosen, progress=progress)
    if as_json:
        print_json({**dataclasses.asdict(report), "imported": [dataclasses.asdict(row) for row in rows]})
    elif format_ == "table":
        _print(report, rows, chosen.output)
    else:
        print_rows([_flat(row, format_) for row in rows], format_, (), ())
    tell_problems(report, lacks=report.notices if chosen.ontology else ())
    if report.problems:
        click.get_current_context().exit(PARTIAL)


def _print(report: BuildReport, rows: Sequence[Became], output: str) -> None:
    if current().verbosity >= 0:
        print_table(("what", "count"), summary(report), title=f"graph in {output}")
        click.echo()
    table = [
        (r.document, r.predicate, r.triples, r.role, r.kept, r.dropped or "", next(iter(r.reasons), "")) for r in rows
    ]
    print_table(COLUMNS, table)


def _flat(row: Became, format_: str) -> dict[str, Any]:
    """A row, in CSV with the reasons as text."""
    found = dataclasses.asdict(row)
    return found if format_ == "jsonl" else {**found, "reasons": list(row.reasons)}
