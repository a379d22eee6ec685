"""`kg verify`: is all that the graph says of its documents so?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.check import end_with
from kg.cli.common import json_option, open_store, output_option, say, settings
from kg.cli.progress import progress_bar
from kg.cli.standard import command, current

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.model import Report


@command("verify")
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@output_option
@click.option(
    "--ontology", metavar="FILE", help="The one of the build.  [default: the project's, else the shipped one]"
)
@json_option
@click.pass_context
def verify(
    ctx: click.Context, sources: tuple[str, ...], output: str | None, ontology: str | None, as_json: bool
) -> None:
    """Read the documents again and check the graph against them.

    Every text, hash, quote, offset, stance and record; that the ontology is still that of the build, and that graph.ttl
    and graph.trig are what the store holds. Files are found by the paths of the build, so run it in the same folder.
    SOURCE is looked through for documents that are not in the graph; default: the project's sources, if some are.

    Prints one finding a line: where, what, and what to do. Exit code 1 when there are findings.
    """
    from kg.verify import built_from

    chosen = settings(output=output, ontology=ontology)
    with open_store(output) as store:
        belong = built_from(store, chosen.sources)
    if not sources and not belong:
        say(f"note: nothing of {', '.join(chosen.sources)} is in the graph, so new documents are not looked for")
    report = verified(chosen, sources or (chosen.sources if belong else ()))
    end_with(ctx, report, as_json=as_json)


def verified(chosen: Settings, sources: tuple[str, ...] = ()) -> Report:
    """The report on the graph in the output folder; sources: where to look for documents that it lacks."""
    from kg import decisions
    from kg.pipeline import load_ontology
    from kg.verify import reread
    from kg.verify import verify as check

    ontology = load_ontology(chosen)
    with open_store(chosen.output) as store, progress_bar(wanted=current().verbosity >= 0) as progress:
        documents = reread(store, sources, max_bytes=chosen.max_bytes)
        decided = decisions.read(Path(chosen.decisions)).in_force
        return check(store, documents, ontology=ontology, decisions=decided, progress=progress)
