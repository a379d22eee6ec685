"""`kg why-not`: why a fact is not in the graph."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.common import open_store, output_option, say
from kg.cli.rows import format_option, print_rows
from kg.cli.standard import command
from kg.cli.tables import print_table, visible

if TYPE_CHECKING:
    from kg.missing import Reason

FINDINGS = 1
SHOWN = 20
ANY = "-"
COLUMNS = ("id", "subject", "property", "object", "why not", "phrase", "document", "words")
SENTENCES = ("document", "sentence", "why not")


@command("why-not")
@click.argument("subject", metavar="[S]", required=False)
@click.argument("predicate", metavar="[P]", required=False)
@click.argument("object_", metavar="[O]", required=False)
@output_option
@click.option("--document", metavar="ID", help="Only what this document says.")
@format_option
@click.pass_context
def why_not(
    ctx: click.Context,
    subject: str | None,
    predicate: str | None,
    object_: str | None,
    output: str | None,
    document: str | None,
    format_: str,
) -> None:
    """Show why a fact is not in the graph.

    S and O are names, or words that a document uses, P a property's name; - stands for any. Lists the candidates that
    were dropped and the rule that dropped them, and what is said but not asserted, each with its words. Where nothing
    was proposed, it lists the sentences that name what you ask for, and what to do about them. Exit code 1 when no
    document says a word of it.

    A dropped candidate that is right becomes a fact by kg decide accept and its id.

    With --format jsonl a row holds: kind (asserted, not asserted, dropped, no phrase), document, subject, predicate,
    object, reason, stance, rule, quote, begin, end, sentence, sentence_begin, sentence_end, id.
    """
    from kg import missing

    parts = [None if part in (None, ANY) else part for part in (subject, predicate, object_)]
    with open_store(output) as store:
        found = missing.why_not(store, *parts, document=document)
        names = [] if found else [part for part in (parts[0], parts[2]) if part]
        near = [f"{name}: {hint}" for name in names if (hint := missing.similar(store, name))]
    if format_ == "table":
        _print_reasons(found)
    else:
        print_rows([asdict(reason) for reason in found], format_, (), ())
    if not found:
        whom = "both" if len(names) > 1 else "it" if names else "that kind"
        say("\n".join([f"nothing is known of it: no sentence tells of {whom}", *near]))
        ctx.exit(FINDINGS)
    for line in advice(found, output):
        say(line)


def _print_reasons(found: Sequence[Reason]) -> None:
    """A table of what was proposed, then one of the sentences in which nothing was."""
    proposed = [reason for reason in found if reason.kind != "no phrase"]
    silent = [reason for reason in found if reason.kind == "no phrase"]
    if proposed or not silent:
        ids = [r.id if r.kind == "dropped" else "" for r in proposed]
        rows = [(r.subject, r.predicate, r.object, r.reason, r.rule, r.document, r.quote) for r in proposed]
        if any(ids):
            print_table(COLUMNS, [(name, *row) for name, row in zip(ids, rows, strict=True)])
        else:
            print_table(COLUMNS[1:], rows)
    if proposed and silent:
        click.echo()
    if silent:
        print_table(SENTENCES, [(_place(r), r.sentence, r.reason) for r in silent[:SHOWN]])
    if len(silent) > SHOWN:
        say(f"and {len(silent) - SHOWN} sentences more: --format jsonl shows all")


def _place(reason: Reason) -> str:
    return f"{reason.document}:{reason.sentence_begin}"


def advice(found: Sequence[Reason], output: str | None = None) -> list[str]:
    """What to do next, as lines for a person. output: the graph's folder, where it was named."""
    lines = []
    folder = f" -o {shlex.quote(output)}" if output else ""
    facts = [reason for reason in found if reason.kind == "asserted"]
    if facts:
        words = shlex.join((facts[0].subject, facts[0].predicate, facts[0].object))
        count = "1 of these is a fact" if len(facts) == 1 else f"{len(facts)} of these are facts"
        lines.append(f"{count} of the graph: kg explain {words}{folder}")
    dropped = [r.id for r in found if r.kind == "dropped" and r.id]
    if dropped:
        which = "it is" if len(dropped) == 1 else "one of them is"
        lines.append(f"if {which} right: kg decide accept {dropped[0] if len(dropped) == 1 else 'ID'}{folder}")
    first = next((r for r in found if r.kind == "no phrase"), None)
    if first is not None:
        sentence = shlex.quote(visible(first.sentence))
        lines += [
            "no phrase of the ontology took hold there; put the wording into one, see what it does, then add it:",
            f"  kg try {sentence} --document {shlex.quote(first.document)}{folder} "
            f"--phrase '{first.predicate or 'PROPERTY'}=?s ... ?o'",
        ]
    return lines
