"""`kg validate` and `kg stats`: is the graph sound, and how much is in it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

import click

from kg.cli.charts import charts, print_charts
from kg.cli.common import json_option, open_store, output_option, say, settings
from kg.cli.standard import command
from kg.cli.tables import print_json, print_table

FINDINGS = 1
TABLED = ("types", "predicates", "stances")
WIDEST = 100  # columns of a chart


@command("validate")
@output_option
@click.option("--shapes", metavar="FILE", help="SHACL shapes.  [default: the project's, else the shipped ones]")
@json_option
@click.pass_context
def validate(ctx: click.Context, output: str | None, shapes: str | None, as_json: bool) -> None:
    """Check the graph against SHACL shapes.

    Prints one finding a line: where, what, and what to do. Exit code 1 when there are findings.
    """
    from kg.ontology import shipped
    from kg.validate import validate as check

    chosen = settings(output=output, shapes=shapes)
    with open_store(output) as store:
        report = check(store, Path(chosen.shapes) if chosen.shapes else shipped("shapes.ttl"))
    if as_json:
        print_json({"conforms": report.conforms, **asdict(report)})
    elif report.findings:
        print_table(("where", "what", "what to do"), [(f.where, f.what, f.hint) for f in report.findings])
    if not report.conforms:
        say(f"{report.name}: {len(report.findings)} findings in {report.checked} checked")
        ctx.exit(FINDINGS)
    say(f"{report.name}: the graph conforms ({report.checked} checked)")


@command("stats")
@output_option
@click.option("--no-charts", is_flag=True, help="Print the table alone, without the charts below it.")
@json_option
def stats(output: str | None, no_charts: bool, as_json: bool) -> None:
    """Count what the graph holds: entities by type, facts by property, statements by stance."""
    from kg.facts import statistics

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
