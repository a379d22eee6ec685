"""`kg try`: what the pipeline makes of a sentence, and what a further phrase would change."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.common import json_option, output_option, say
from kg.cli.standard import command
from kg.cli.tables import print_json, print_table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.trial import Trial

NEW = "+"


@command("try")
@click.argument("text", metavar="TEXT")
@click.option("--ontology", metavar="FILE", help="The ontology to try.  [default: the project's, else shipped]")
@click.option(
    "--phrase",
    "phrases",
    metavar="PROPERTY=PHRASE",
    multiple=True,
    help='Add a phrase for this run, such as "produces=?s makes ?o"; may be given several times.',
)
@click.option("--document", metavar="ID", help="Read the text as it stands in this document of the graph.")
@output_option
@click.option("--date", metavar="ISO", help='The date of the text, from which "last year" is counted.')
@click.option("--model", metavar="NAME", help="Name or path of a spaCy pipeline.")
@json_option
def try_(text: str, phrases: tuple[str, ...], as_json: bool, **flags: str | None) -> None:
    """Show what is made of a sentence, step by step.

    TEXT is a sentence or several, or - for standard input. Shows the clauses, the mentions with their classes, the
    statements with stance and phrase, and the candidates that were dropped, each with the reason. With --phrase, rows
    that are there only because of the further phrase are marked with +. Nothing is stored.

    By itself a sentence may be read otherwise than in its document, where names have classes by all that is said of
    them and "it" has something to stand for; --document reads it there.
    """
    from kg.api import try_text

    words = sys.stdin.read() if text == "-" else text
    trial = try_text(words, phrases=[_pair(phrase) for phrase in phrases], **flags)
    if as_json:
        print_json(asdict(trial))
    else:
        print_trial(trial)
    for notice in trial.notices:
        say(f"note: {notice}")


def _pair(phrase: str) -> tuple[str, str]:
    name, equals, wording = phrase.partition("=")
    if not equals or not name.strip() or not wording.strip():
        raise UsageError(f"{phrase!r} is no property with a phrase", hint='such as --phrase "produces=?s makes ?o"')
    return name.strip(), wording.strip()


def print_trial(trial: Trial) -> None:
    """A table for each step; those without rows are said to be empty."""
    _section(
        "clauses",
        ("subject", "predicate", "arguments", "stance"),
        [(c.subject, c.predicate, " | ".join(c.arguments), c.stance) for c in trial.clauses],
    )
    _section(
        "mentions",
        ("words", "kind", "class", "means"),
        [(m.words, m.kind, m.type or "unknown", "" if m.means == m.words else m.means) for m in trial.mentions],
    )
    _section(
        "statements",
        ("", "subject", "property", "object", "stance", "phrase"),
        [(NEW if r.added else "", r.subject, r.predicate, r.object, r.stance, r.rule) for r in trial.relations],
    )
    _section(
        "dropped candidates",
        ("", "subject", "property", "object", "why", "phrase"),
        [(NEW if d.added else "", d.subject, d.predicate, d.object, d.reason, d.rule) for d in trial.dropped],
        last=True,
    )


def _section(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], *, last: bool = False) -> None:
    if not rows:
        click.echo(f"{title}: none")
    elif any(row[0] for row in rows) or columns[0]:
        print_table(columns, rows, title=title)
    else:  # no row is marked
        print_table(columns[1:], [row[1:] for row in rows], title=title)
    if not last:
        click.echo()
