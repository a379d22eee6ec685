"""`kg explain`: the words behind a fact."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.common import json_option, open_store, output_option, say
from kg.cli.standard import command
from kg.cli.tables import print_json, visible

if TYPE_CHECKING:
    from kg.facts import Explanation


@command("explain")
@click.argument("subject", metavar="S")
@click.argument("predicate", metavar="[P]", required=False)
@click.argument("object_", metavar="[O]", required=False)
@output_option
@json_option
def explain(subject: str, predicate: str | None, object_: str | None, output: str | None, as_json: bool) -> None:
    """Show why a fact is in the graph, or why it is not asserted.

    S and O are names, aliases or IRIs, P a property's name; with S alone, everything that is said about it. Prints
    each sentence with the words marked «so», its document and offsets, the rule, the speaker and the stance.
    """
    from kg import facts

    with open_store(output) as store:
        found = facts.explain(store, subject, predicate, object_)
    if as_json:
        print_json([asdict(item) for item in found])
        return
    click.echo("\n\n".join("\n".join(explanation_lines(item)) for item in found), nl=bool(found))
    if not found:
        say("no statement in the graph says so, in any stance")


def explanation_lines(item: Explanation) -> list[str]:
    """One piece of evidence, as lines of text."""
    from kg.rdf.namespaces import local_name

    fact = item.fact
    lines = [
        click.style("  ".join(map(visible, (fact["s"][0], fact["p"], fact["o"][0]))), bold=True),
        f"    {marked(item)}",
        f"    stance      {fact['stance']}",
    ]
    facets = (
        ("speaker", fact["speaker"]),
        ("time", item.time),
        ("place", item.place),
        ("document", f"{fact['id']}, characters {fact['begin']} to {fact['end']}"),
        ("source", item.source),
        ("rule", fact["rule"]),
        ("found by", item.extractor),
        ("confidence", f"{fact['confidence']:.2f}"),
        ("statement", local_name(item.statement)),
        ("decision", item.decision),
    )
    return lines + [f"    {name:<11} {visible(value)}" for name, value in facets if value]


def marked(item: Explanation) -> str:
    """The sentence with the words that state the fact marked."""
    begin = item.fact["begin"] - item.sentence_begin
    end = item.fact["end"] - item.sentence_begin
    before, words, after = item.sentence[:begin], item.sentence[begin:end], item.sentence[end:]
    return f"{_part(before)}{click.style('«' + _part(words) + '»', bold=True)}{_part(after)}"


def _part(text: str) -> str:
    """The text on one line, with a space kept at either end."""
    shown = visible(text)
    left = " " if shown and text[:1].isspace() else ""
    right = " " if shown and text[-1:].isspace() else ""
    return f"{left}{shown}{right}"
