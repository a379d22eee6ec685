"""`kg facts` and `kg entities`: what the graph holds, a row a line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import click

from kg.cli.common import open_store, output_option, say
from kg.cli.standard import command
from kg.cli.tables import print_table
from kg.model import STANCES

Row = Mapping[str, Any]

FACT_COLUMNS = ("subject", "property", "object", "stance", "document", "quote")
INFERRED_COLUMNS = ("subject", "property", "object", "rule", "premises")
ENTITY_COLUMNS = ("name", "type", "document", "mentions", "also called")

format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "csv", "jsonl")),
    default="table",
    show_default=True,
    help="jsonl and csv hold every column, table the most telling.",
)


@command("facts")
@output_option
@click.option("--document", metavar="ID", help="Only the facts of this document.")
@click.option(
    "--stance",
    "stances",
    type=click.Choice((*STANCES, "all")),
    multiple=True,
    default=("asserted",),
    show_default=True,
    help="Which statements; may be given several times.",
)
@click.option("--inferred", is_flag=True, help="What was inferred (kg build --reason) in place of what is stated.")
@format_option
def facts(output: str | None, document: str | None, stances: tuple[str, ...], inferred: bool, format_: str) -> None:
    """List the facts, one a line, each with the words that state it.

    A fact that a document states several times stands once, with its best evidence. With --format jsonl a row holds:
    id (document), s and o (label, then aliases), p (local name), s_iri, p_iri, o_iri, stance, confidence, speaker,
    quote, begin, end, rule. With --inferred it holds: s, p, o, s_iri, p_iri, o_iri, rule, axiom, premises.
    """
    if inferred:
        _print_inferred(output, document, format_)
        return
    from kg import facts as graph

    chosen = STANCES if "all" in stances else stances
    with open_store(output) as store:
        rows = graph.facts(store, document=document, stances=chosen)
    table = [(row["s"][0], row["p"], row["o"][0], row["stance"], row["id"], row["quote"]) for row in rows]
    print_rows(rows, format_, FACT_COLUMNS, table)
    if not rows:
        say("no facts of that kind")


def _print_inferred(output: str | None, document: str | None, format_: str) -> None:
    from kg import derivations

    if document is not None:
        raise click.UsageError("What is inferred follows from all documents together: leave out --document.")
    with open_store(output) as store:
        rows = derivations.inferred(store)
    table = [(row["s"], row["p"], row["o"], row["rule"], "; ".join(row["premises"])) for row in rows]
    print_rows(rows, format_, INFERRED_COLUMNS, table)
    if not rows:
        say("nothing was inferred: kg build --reason owl does")


@command("entities")
@output_option
@format_option
def entities(output: str | None, format_: str) -> None:
    """List the entities, one row for each document they stand in.

    With --format jsonl a row holds: id (document), s (label, then aliases), iri, type (local name), mentions.
    """
    from kg import facts as graph

    with open_store(output) as store:
        rows = graph.entities(store)
    table = [(row["s"][0], row["type"], row["id"], row["mentions"], ", ".join(row["s"][1:])) for row in rows]
    print_rows(rows, format_, ENTITY_COLUMNS, table)


def print_rows(rows: Sequence[Row], format_: str, columns: Sequence[str], table: Sequence[Sequence[object]]) -> None:
    """Print rows in one of the formats; the table has columns of its own."""
    if format_ == "table":
        print_table(columns, table)
    elif format_ == "csv":
        click.echo(as_csv(rows), nl=False)
    else:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))


def as_csv(rows: Sequence[Row]) -> str:
    """The rows as CSV; the names in a list are parted by " | "."""
    if not rows:
        return ""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow([" | ".join(value) if isinstance(value, list) else value for value in row.values()])
    return text.getvalue()
