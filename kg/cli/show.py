"""`kg view` and `kg export`: the graph as a page and as files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import open_store, output_option, say, settings
from kg.cli.progress import progress_bar
from kg.cli.standard import command, current

if TYPE_CHECKING:
    from kg.store import Store
    from kg.view import Selection

# Written out, for the help must not load the exporters; a test checks that these are all there are.
FORMATS = (
    *("turtle", "trig", "nquads", "jsonld", "rdfxml", "rdf12", "graphml", "gexf", "csv", "webannotation", "nif"),
)
STYLES = ("own", "classic")
PAGE = "graph.html"


@command("view")
@output_option
@click.option("--page", "--to", "target", metavar="FILE", help="Where to write it.  [default: graph.html in DIR]")
@click.option(
    "--query",
    "queries",
    metavar="FILE",
    multiple=True,
    help="A .rq file or shipped query whose result the page offers; repeatable.",
)
@click.option("--focus", metavar="NAME", help="Only what lies around this entity: its name, an alias or its IRI.")
@click.option("--hops", type=click.IntRange(min=0), default=1, show_default=True, help="How far around the focus.")
@click.option("--type", "types", metavar="CLASS", multiple=True, help="Only entities of this class; repeatable.")
@click.option("--document", "documents", metavar="ID", multiple=True, help="Only what this document says; repeatable.")
@click.option(
    "--stance", "stances", metavar="STANCE", multiple=True, help="Only statements with this stance; repeatable."
)
@click.option(
    "--style", type=click.Choice(STYLES), default="own", show_default=True, help="classic: ordinary pyvis output."
)
@click.option("--review", is_flag=True, help="Accept, reject and merge on the page, which gives a file of it.")
@click.option("--like", metavar="FILE", help="A page made before: its entities keep their places.")
@click.option("--title", default="Knowledge graph", show_default=True, help="The title of the page or picture.")
@click.option("--png", metavar="FILE", help="Write a picture instead of a page.")
@click.option("--svg", metavar="FILE", help="Write a picture instead of a page.")
@click.option("--dark", is_flag=True, help="A dark picture.")
@click.option("--open", "open_it", is_flag=True, help="Open the page in the browser.")
def view(output: str | None, open_it: bool, **options: Any) -> None:
    """Write the graph as a page: one HTML file that works offline.

    A click on an entity or edge shows the words that state it. With --png or --svg, write pictures for a report
    instead. Prints the path of what was written.
    """
    from kg.view import Selection

    names = ("focus", "hops", "types", "documents", "stances")
    selection = Selection(**{name: options.pop(name) for name in names})
    pictures = [path for path in (options.pop("png"), options.pop("svg")) if path]
    with open_store(output) as store:
        written = _pictures(store, pictures, selection, options) or [_page(store, output, selection, options)]
    for path in written:
        click.echo(path.as_posix())
    if open_it:
        import webbrowser

        if not webbrowser.open(written[0].resolve().as_uri()):
            say("no browser was found: open the page yourself")


def _page(store: Store, output: str | None, selection: Selection, options: dict[str, Any]) -> Path:
    from kg.pages import write_page

    chosen = settings(output=output)
    path = Path(options["target"]) if options["target"] else Path(chosen.output) / PAGE
    with progress_bar(wanted=current().verbosity >= 0) as progress:
        write_page(
            store,
            path,
            title=options["title"],
            selection=selection,
            queries=options["queries"],
            look=options["style"],
            like=Path(options["like"]) if options["like"] else None,
            review=options["review"],
            seconds=chosen.query_seconds,
            progress=progress,
        )
    return path


def _pictures(store: Store, names: list[str], selection: Selection, options: dict[str, Any]) -> list[Path]:
    from kg.view import write_picture

    paths = [Path(name) for name in names]
    for path in paths:
        write_picture(store, path, title=options["title"], selection=selection, dark=options["dark"])
    return paths


@command("export")
@output_option
@click.option("--format", "format_", type=click.Choice(FORMATS), required=True, help="The format to write.")
@click.option("--to", "target", metavar="PATH", help="A file, or a folder.  [default: standard output]")
def export(output: str | None, format_: str, target: str | None) -> None:
    """Write the graph in another format.

    turtle and rdfxml hold the facts; trig, nquads and jsonld the evidence, too; rdf12 each fact with its evidence as
    annotations; graphml, gexf and csv the entities and facts as a network; webannotation the statements and mentions,
    and nif the mentions, each in its text. csv is two tables and needs a folder. With --to, prints the paths of what
    was written.
    """
    from kg.export import export as write

    stream = sys.stdout.buffer
    with open_store(output) as store:
        written = write(store, format_, Path(target) if target else stream)
    for path in written:
        click.echo(path.as_posix())
