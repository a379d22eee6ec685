"""`kg validate` and `kg stats`: is the graph sound, and how much is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

from kg.cli.charts import charts, print_charts
from kg.cli.common import json_option, open_store, output_option, say, settings
from kg.cli.standard import command
from kg.cli.tables import print_json, print_table

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.model import Report

FINDINGS = 1
SHIPPED = "shipped"
TABLED = ("types", "predicates", "stances")
WIDEST = 100  # columns of a chart


@command("validate")
@output_option
@click.option(
    "--shapes",
    metavar="FILE",
    multiple=True,
    help='SHACL shapes, "shipped" for those of kg; may be given again.  [default: the project\'s, else shipped]',
)
@json_option
@click.pass_context
def validate(ctx: click.Context, output: str | None, shapes: tuple[str, ...], as_json: bool) -> None:
    """Check the graph against SHACL shapes.

    Whatever the shapes, each fact must have its evidence. Prints one finding a line: where, what, and what to do. Exit
    code 1 when there are findings.
    """
    from kg.validate import validate as check

    chosen = settings(output=output)
    with open_store(output) as store:
        report = check(store, *shape_files(chosen, shapes))
    end_with(ctx, report, as_json=as_json)


def end_with(ctx: click.Context, report: Report, *, as_json: bool) -> None:
    """Print a report, and end with the exit code for findings if it has any."""
    if as_json:
        print_json(report_json(report))
    else:
        print_findings(report)
    tell_report(report)
    if not report.conforms:
        ctx.exit(FINDINGS)


def shape_files(chosen: Settings, named: Sequence[str] = ()) -> list[Path]:
    """The files of the shapes that are named; by default the project's, else the shipped ones."""
    from kg.ontology import shipped

    files = named or [chosen.shapes or SHIPPED]
    return [shipped("shapes.ttl") if name == SHIPPED else Path(name) for name in files]


def report_json(report: Report) -> dict[str, Any]:
    """A report as it is printed for programs."""
    return {"conforms": report.conforms, **asdict(report)}


def print_findings(report: Report, title: str = "") -> None:
    """One finding a row; nothing where there is none."""
    if report.findings:
        rows = [(f.where, f.what, f.hint) for f in report.findings]
        print_table(("where", "what", "what to do"), rows, title=title)


def tell_report(report: Report) -> None:
    """Say on standard error what a check came to, and what it could not look at."""
    for note in report.notes:
        say(f"note: {note}")
    if report.conforms:
        say(f"{report.name}: the graph conforms ({report.checked} checked)")
    else:
        count = len(report.findings)
        say(f"{report.name}: {count} finding{'' if count == 1 else 's'} in {report.checked} checked")


@command("stats")
@output_option
@click.option("--no-charts", is_flag=True, help="Print the table alone, without the charts below it.")
@json_option
def stats(output: str | None, no_charts: bool, as_json: bool) -> None:
    """Count what the graph holds: entities by type, facts by property, statements by stance."""
    from kg.statistics import statistics

    with open_store(output) as store:
        counts = statistics(store)
    if as_json:
        print_json(counts)
        return
    print_table(("what", "of which", "count"), stats_rows(counts))
    if not no_charts:
        print_charts(charts(counts, min(get_terminal_size().columns, WIDEST)))


def stats_rows(counts: dict[str, Any]) -> list[tuple[str, str, int]]:
    """The counts, one a row: single numbers first, then the groups of the table."""
    single = [(name, "", count) for name, count in counts.items() if isinstance(count, int)]
    return single + [(name, part, count) for name in TABLED for part, count in counts[name].items()]
