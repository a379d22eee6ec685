"""`kg duplicates`: things that may be one."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import json_option, open_store, output_option, say, settings
from kg.cli.standard import command
from kg.cli.tables import cut, print_json, visible

if TYPE_CHECKING:
    from kg.duplicates import Pair, Side
    from kg.resolve import Alike

SHOWN = 60  # columns of names and of documents


@command("duplicates")
@output_option
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    metavar="SCORE",
    help="Show pairs that score at least so, from 0 to 1.  [default: 0.3]",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Show the N likeliest pairs only.")
@click.option("--merged", is_flag=True, help="Show the pairs that kg build --merge took for one instead, and why.")
@json_option
def duplicates(output: str | None, least: float | None, limit: int | None, merged: bool, as_json: bool) -> None:
    """List pairs of things that may be one and the same.

    Each with its score, the reasons for and against, and the two commands of which one decides it. The score follows
    from the two things alone: their names and classes, what is said of them, and the documents they stand in. Pairs
    that were decided are left out.
    """
    if merged:
        _show_merged(output, as_json=as_json)
        return
    from kg import decisions
    from kg.duplicates import duplicates as find
    from kg.duplicates import settled
    from kg.resolve.compare import ASK

    decided = decisions.read(Path(settings(output=output).decisions)).in_force
    with open_store(output) as store:
        known = settled(store, decided)
        found = find(store, least=ASK if least is None else least, limit=limit, settled=known)
    if as_json:
        print_json([as_row(pair) for pair in found])
        return
    click.echo("\n\n".join("\n".join(lines(pair)) for pair in found), nl=bool(found))
    say(f"{len(found)} pairs" if found else "no two things look like one")


def _show_merged(output: str | None, *, as_json: bool) -> None:
    from kg.archive import load_merged

    with open_store(output) as store:
        found = load_merged(store)
    if as_json:
        print_json([asdict(pair) for pair in found])
        return
    for pair in found:
        click.echo(f"{pair.score:.2f}  {visible(pair.one)}  {visible(pair.other)}\n      {reasons(pair)}")
        click.echo(f"      kg decide apart {shlex.quote(pair.one)} {shlex.quote(pair.other)}")
    say(f"{len(found)} pairs" if found else "none: kg build --merge SCORE takes things of different names for one")


def as_row(pair: Pair) -> dict[str, Any]:
    """A pair for programs."""
    return {**asdict(pair), "merge": pair.merge, "apart": pair.apart}


def lines(pair: Pair) -> list[str]:
    """A pair as lines of text."""
    head = "   ".join(visible(side.names[0]) for side in (pair.one, pair.other))
    return [
        click.style(f"{pair.score:.2f}  {head}", bold=True),
        *(f"      {told(side)}" for side in (pair.one, pair.other)),
        f"      {reasons(pair)}",
        f"      {pair.merge}",
        f"      {pair.apart}",
    ]


def reasons(pair: Pair | Alike) -> str:
    """What speaks for and against, in words."""
    return ", ".join(f"{r.feature} {r.contribution:+.1f}" for r in pair.reasons)


def told(side: Side) -> str:
    """One thing of a pair on a line."""
    names = cut(visible("; ".join(side.names)), SHOWN)
    documents = cut(visible(", ".join(side.documents)), SHOWN)
    return f"{names} ({side.type or 'of no known class'}) in {documents or 'no document'}"
