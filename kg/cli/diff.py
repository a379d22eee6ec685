"""`kg diff`: what differs between two graphs, and why."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import json_option, say, settings
from kg.cli.progress import progress_bar
from kg.cli.standard import command, current
from kg.cli.tables import cut, print_json, print_table

if TYPE_CHECKING:
    from kg.diff import Change, Changes, Difference, Fact, Part, Record, Thing

FINDINGS = 1
PARTS = ("facts", "entities", "statements", "inferred")
COLOURS = {"came": "green", "went": "red", "changed": "yellow", "merged": "cyan", "split": "cyan"}
QUOTE = 60  # columns of a quote
Row = tuple[str, ...]


@command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="[B]", required=False)
@click.option("--only", type=click.Choice(PARTS), help="Compare these alone.")
@json_option
@click.pass_context
def diff(ctx: click.Context, before: str, after: str | None, only: Part | None, as_json: bool) -> None:
    """Compare two graphs: what came, went and changed from A to B, and why.

    A and B are each a folder that kg build wrote, a project folder, an export (.ttl, .trig, .nq, .jsonld and other
    RDF), or a revision of the project in git: REV or REV:PATH, such as HEAD~1. A revision's graph is read if it holds
    one, else built of its documents by its own kg.toml. B is the project's graph if it is not named.

    Why is told from the graphs: a document, the ontology, the model, a decision, a merge, the code of kg; of what was
    inferred, the premise that came or went, the axiom, or the setting. Graphs without evidence (.ttl) are compared by
    their entities and facts. Exit code 1 when the two differ, 0 when they are equal.
    """
    from kg import diff as comparison
    from kg.revisions import open_graph

    with progress_bar(wanted=current().verbosity >= 0) as progress:
        graphs = [open_graph(name, progress=progress) for name in (before, after or settings().output)]
    found = comparison.diff(*graphs)
    if only is not None:
        found = comparison.only(found, only)
    if as_json:
        print_json({"equal": not len(found), **plain(found)})
    else:
        print_difference(found, only)
    for note in found.notes:
        say(f"note: {note}")
    if len(found):
        ctx.exit(FINDINGS)
    say(f"{found.before} and {found.after} do not differ")


def plain(value: Any) -> Any:
    """A value of `kg.diff` as JSON has it: objects for what has named fields."""
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        named = getattr(value, "_asdict", None)
        return plain(named()) if named else [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value


def print_difference(found: Difference, only: Part | None = None) -> None:
    """Tables for people: counts, then one of each kind that differs.

    only: the part that is asked for; statements are listed then that stand behind a fact, and all that was inferred.
    """
    if len(found):
        print_table(("what", *COLOURS), summary(found), title=f"{found.before} → {found.after}")
    for what, old, new in found.made_with:
        say(f"note: made with other settings: {what} {_short(old)} → {_short(new)}")
    _print(("", "document"), [(word, change_of(c)) for word, c in _told(found.documents)])
    _print(("", "entity", "type", "what", "why", "where"), entity_rows(found))
    _print(("", "subject", "property", "object", "why", "where", "quote"), list(fact_rows(found)))
    if found.facts.changed:
        count = len(found.facts.changed)
        say(f"facts that only stand under other IRIs, or the other way round: {count} (--json lists them)")
    shown = set() if only == "statements" else {record.iri for change in found.facts for record in change.evidence}
    rows = list(statement_rows(found, shown))
    _print(("", "subject", "property", "object", "stance", "what", "why", "where", "quote"), rows)
    behind = len(found.statements) - len(rows)
    if behind:
        say(f"statements behind the facts above: {behind} (--only statements lists them)")
    rows = list(inferred_rows(found, every=only == "inferred"))
    _print(("", "inferred", "property", "object", "why"), rows)
    behind = len(found.inferred) - len(rows)
    if behind:
        said = "by the setting, or only under other IRIs or the other way round"
        say(f"inferred triples that came, went or changed {said}: {behind} (--only inferred lists them)")


def summary(found: Difference) -> Iterator[Row]:
    """How many of each kind came, went, changed, were merged and were split."""
    for name in ("documents", "entities", "facts", "statements", "inferred"):
        changes: Changes[Any] = getattr(found, name)
        if len(changes):
            parts = (changes.added, changes.removed, changes.changed, changes.merged, changes.split)
            yield name, *(str(len(part) or "") for part in parts)


def entity_rows(found: Difference) -> list[Row]:
    """The entities that differ, one a row."""
    return [
        (word, _names(c.after or c.before), _kinds(c.after or c.before), _what(c, word), why(c), _mentioned(c))
        for word, c in _told(found.entities)
    ]


def fact_rows(found: Difference) -> Iterator[Row]:
    """The facts that came and went, one a row."""
    for word, change in _told(found.facts):
        if word != "changed":
            (fact,) = change.before or change.after
            yield (word, *_triple(fact, found), why(change), *_evidence(change))


def inferred_rows(found: Difference, *, every: bool = False) -> Iterator[Row]:
    """What was inferred and came or went, one a row.

    every: also what did so for the setting alone, where it is all or nothing, and what only stands under other IRIs.
    """
    for word, change in _told(found.inferred):
        set_so = all(cause.kind == "setting" for cause in change.causes)
        if every or not (set_so or word == "changed"):
            (fact, *_) = change.after or change.before
            yield (word, *_triple(fact, found), why(change))


def statement_rows(found: Difference, shown: Iterable[str] = ()) -> Iterator[Row]:
    """The statements that differ, one a row, but for those that came or went and are shown already (IRIs)."""
    known = set(shown)
    for word, change in _told(found.statements):
        record = (change.after or change.before)[0]
        if word == "changed" or record.iri not in known:
            differing = ", ".join(_facet(change, field) for field in change.fields)
            yield (word, *_triple(record, found), record.stance, differing, why(change), *_evidence(change))


def why(change: Change[Any]) -> str:
    """The causes of a change, in words."""
    return "; ".join(f"{cause.kind}: {cause.detail}" for cause in change.causes)


def change_of(change: Change[str]) -> str:
    """The document that a change is about."""
    return (change.after or change.before)[0]


def _print(columns: Row, rows: list[Row]) -> None:
    if rows:
        click.echo()
        print_table(columns, rows, colours=[COLOURS[row[0]] for row in rows])


def _told(changes: Changes[Any]) -> Iterator[tuple[str, Change[Any]]]:
    """All changes, each with the word for it."""
    parts = (changes.added, changes.removed, changes.changed, changes.merged, changes.split)
    for word, part in zip(COLOURS, parts, strict=True):
        for change in part:
            yield word, change


def _names(things: Iterable[Thing]) -> str:
    return ", ".join(dict.fromkeys(thing.label for thing in things))


def _kinds(things: Iterable[Thing]) -> str:
    return ", ".join(dict.fromkeys(_local(kind) for thing in things for kind in thing.types))


def _what(change: Change[Thing], word: str) -> str:
    """What is otherwise of an entity, in words."""
    if word in ("merged", "split"):
        names = [", ".join(f"{thing.label} ({_local(thing.iri)})" for thing in side) for side in _both(change)]
        return " → ".join(names)
    return "; ".join(_field(change, field) for field in change.fields)


def _field(change: Change[Thing], field: str) -> str:
    (old,), (new,) = change.before, change.after
    match field:
        case "IRI":
            return f"IRI: {_local(old.iri)} → {_local(new.iri)}"
        case "label":
            return f"label: {old.label} → {new.label}"
        case "type":
            return f"type: {_kinds(change.before)} → {_kinds(change.after)}"
    gone = [f"-{name}" for name in old.aliases if name not in new.aliases]
    come = [f"+{name}" for name in new.aliases if name not in old.aliases]
    return f"aliases: {', '.join(gone + come)}"


def _both(change: Change[Thing]) -> tuple[tuple[Thing, ...], tuple[Thing, ...]]:
    return change.before, change.after


def _mentioned(change: Change[Thing]) -> str:
    return ", ".join(f"{place.document}:{place.begin}" for place in change.places)


def _triple(item: Fact | Record, found: Difference) -> Row:
    from kg.diff.snapshot import words

    target = found.labels.get(item.object)
    return found.labels[item.subject], _local(item.predicate), words(item.object) if target is None else target


def _facet(change: Change[Record], field: str) -> str:
    (old,), (new,) = change.before, change.after
    if field == "span":
        return f"span: {old.quote} → {new.quote}"
    before, after = (getattr(record, field) for record in (old, new))
    return f"{field}: {_facet_value(before)} → {_facet_value(after)}"


def _facet_value(value: object) -> str:
    if isinstance(value, str) and "://" in value:
        return _local(value)
    return "none" if value is None else str(value)


def _evidence(change: Change[Any]) -> tuple[str, str]:
    """Where the words stand, and the first of them."""
    where = ", ".join(f"{record.document}:{record.begin}" for record in change.evidence)
    return where, cut(" ".join(change.evidence[0].quote.split()), QUOTE) if change.evidence else ""


def _local(iri: str) -> str:
    from kg.rdf.namespaces import local_name

    return local_name(iri)


def _short(text: str) -> str:
    """A digest by its first digits, all else whole."""
    return text[:12] if len(text) == 64 else text
