"""`kg view` and `kg export`: the graph as a page and as files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.common import open_store, output_option, say, settings
from kg.cli.standard import command

# Written out, for the help must not load the exporters; a test checks that these are all there are.
FORMATS = ("turtle", "trig", "nquads", "jsonld", "rdfxml", "graphml", "csv")
PAGE = "graph.html"


@command("view")
@output_option
@click.option("--focus", metavar="NAME", help="Only what lies around this entity: its name, an alias or its IRI.")
@click.option("--hops", type=click.IntRange(min=0), default=1, show_default=True, help="How far around the focus.")
@click.option("--document", metavar="ID", help="Only what this document says.")
@click.option("--to", "target", metavar="FILE", help="Where to write the page.  [default: graph.html in DIR]")
@click.option("--open", "open_it", is_flag=True, help="Open the page in the browser.")
def view(
    output: str | None, focus: str | None, hops: int, document: str | None, target: str | None, open_it: bool
) -> None:
    """Write the graph as a page: one HTML file that works offline.

    A click on an edge shows the words that state it. Prints the page's path.
    """
    from kg.view import write_page

    path = Path(target) if target else Path(settings(output=output).output) / PAGE
    with open_store(output) as store:
        write_page(store, path, focus=focus, hops=hops, document=document)
    click.echo(path.as_posix())
    if open_it:
        import webbrowser

        if not webbrowser.open(path.resolve().as_uri()):
            say("no browser was found: open the page yourself")


@command("export")
@output_option
@click.option("--format", "format_", type=click.Choice(FORMATS), required=True, help="The format to write.")
@click.option("--to", "target", metavar="PATH", help="A file, or a folder.  [default: standard output]")
def export(output: str | None, format_: str, target: str | None) -> None:
    """Write the graph in another format.

    turtle and rdfxml hold the facts; trig, nquads and jsonld the evidence, too; graphml and csv the entities and facts
    as a network. csv is two tables and needs a folder. With --to, prints the paths of what was written.
    """
    from kg.export import export as write

    stream = sys.stdout.buffer
    with open_store(output) as store:
        written = write(store, format_, Path(target) if target else stream)
    for path in written:
        click.echo(path.as_posix())
