"""`kg query`: SPARQL over the graph."""

from __future__ import annotations

import sys

import click

from kg.cli.common import open_store, output_option, say, settings
from kg.cli.standard import command
from kg.cli.tables import print_table

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl")


@command("query")
@click.argument("query_text", metavar="[QUERY]", required=False)
@output_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="How to print the answer.  [default: table; ttl for CONSTRUCT and DESCRIBE]",
)
@click.option("--inferred", is_flag=True, help="Ask what was inferred (kg build --reason) together with the facts.")
@click.option("--list", "list_queries", is_flag=True, help="Show the named queries that ship with kg.")
def query(query_text: str | None, output: str | None, format_: str | None, inferred: bool, list_queries: bool) -> None:
    """Ask the graph in SPARQL 1.1.

    QUERY is a query's text, a file such as mine.rq, - for standard input, or the name of a shipped query (--list).
    The prefixes of the project are declared already. A query only reads; one that runs too long is stopped.
    """
    from kg import query as queries

    if list_queries:
        print_table(("name", "answers"), [(named.name, named.title) for named in queries.named_queries().values()])
        return
    if query_text is None:
        raise click.UsageError("Name a query: SPARQL text, a .rq file, - or one of `kg query --list`.")
    text = queries.resolve(query_text, sys.stdin.read() if query_text == "-" else None)
    seconds = settings(output=output).query_seconds
    with open_store(output) as store:
        result = queries.run(store, text, seconds=seconds, inferred=inferred)
    chosen = format_ or ("ttl" if result.kind == "graph" else "table")
    if chosen != "table":
        rendered = queries.render(result, chosen)
        click.echo(rendered, nl=not rendered.endswith("\n"))
        return
    print_table(result.variables, queries.table_rows(result, result.prefixes))
    if not len(result):
        say("no answer: nothing in the graph fits the query")
