"""`kg explain`: the words behind a fact, and the facts behind an inferred one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.common import json_option, open_store, output_option, say
from kg.cli.standard import command
from kg.cli.tables import print_json, visible

if TYPE_CHECKING:
    from kg.derivations import Derivation
    from kg.lookup import Explanation


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

    What was inferred (kg build --reason) is told with its rule and its premises, down to their sentences; of these, P
    may be "a" and O a class.
    """
    from kg import derivations

    with open_store(output) as store:
        found, derived = derivations.explain(store, subject, predicate, object_)
    if as_json:
        print_json([*map(asdict, found), *map(asdict, derived)])
        return
    told: set[tuple[str, ...]] = set()
    parts = [explanation_lines(item) for item in found] + [list(derivation_lines(item, told)) for item in derived]
    click.echo("\n\n".join(map("\n".join, parts)), nl=bool(parts))
    if not parts:
        say("no statement in the graph says so, in any stance")


def derivation_lines(item: Derivation, told: set[tuple[str, ...]]) -> Iterator[str]:
    """A triple and what it follows from, as lines of text; what was told before is not told again."""
    names = (item.s_iri, item.p_iri, item.o_iri or item.o)
    yield click.style("  ".join(map(visible, (item.s, item.p, item.o))), bold=True)
    if names in told:
        yield "    see above"
        return
    told.add(names)
    if item.rule:
        axiom = f"    {'axiom':<11} {visible(item.axiom)}"
        yield f"    {'inferred by':<11} {item.rule}: {item.meaning}"
        yield from [axiom] if item.axiom else []
        for premise in item.premises:
            yield from (f"      {line}" for line in derivation_lines(premise, told))
    elif item.mention:
        place = f"{item.mention['document']}, characters {item.mention['begin']} to {item.mention['end']}"
        yield f"    {'asserted':<11} the class of what is mentioned as «{visible(item.mention['quote'])}» in {place}"
    elif item.meaning:
        yield f"    {'inferred':<11} {item.meaning}"
    elif not item.evidence:
        yield f"    {'asserted':<11} in the ontology"
    for piece in item.evidence:
        yield from explanation_lines(piece)[1:]


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
    return quoted(item.sentence, item.fact["begin"] - item.sentence_begin, item.fact["end"] - item.sentence_begin)


def quoted(sentence: str, begin: int, end: int) -> str:
    """A sentence on one line, with the words at these offsets marked."""
    before, words, after = sentence[:begin], sentence[begin:end], sentence[end:]
    return f"{_part(before)}{click.style('«' + _part(words) + '»', bold=True)}{_part(after)}"


def _part(text: str) -> str:
    """The text on one line, with a space kept at either end."""
    shown = visible(text)
    left = " " if shown and text[:1].isspace() else ""
    right = " " if shown and text[-1:].isspace() else ""
    return f"{left}{shown}{right}"
