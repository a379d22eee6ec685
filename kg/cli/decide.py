"""`kg decide` and `kg undo`: corrections that every build replays."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import json_option, open_store, output_option, say, settings
from kg.cli.standard import HELP, Function, command, standard_options
from kg.cli.tables import print_json, print_table
from kg.errors import ReadError, UsageError

WIDEST = 60  # characters of a sentence that are shown

if TYPE_CHECKING:
    from kg.deciding import Deciding, Signature
    from kg.decisions import Signed


@click.group("decide", context_settings=HELP)
@standard_options
def decide() -> None:
    """Correct the graph: every later build replays it.

    A decision is a line in decisions.jsonl, in the project's folder: readable, and mergeable with git. The last word on
    a thing wins, and kg undo takes one back. Run kg build to see the effect.
    """


def _signed(function: Function) -> Function:
    """The options of everything that writes a decision."""
    for option in (
        click.option("--why", metavar="TEXT", default="", help="The reason, for whoever reads it later."),
        click.option("--who", metavar="NAME", help="Who decides.  [default: the name you are logged in by]"),
        output_option,
    ):
        function = option(function)
    return function


def _decision(name: str) -> Callable[[Function], click.Command]:
    def wrap(function: Function) -> click.Command:
        return decide.command(name, context_settings=HELP)(standard_options(_signed(function)))

    return wrap


def signature(who: str | None, why: str) -> Signature:
    """Who decides now, and why."""
    from kg.deciding import Signature

    if who is None:
        try:
            who = getpass.getuser()
        except (KeyError, OSError):  # a process without a user
            who = ""
    return Signature(who, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), why)


def _decide(output: str | None, who: str | None, why: str, make: Callable[[Deciding], Signed]) -> None:
    from kg.deciding import Deciding

    with open_store(output) as store:
        made = make(Deciding(store, signature(who, why)))
    _write(output, made)


def _write(output: str | None, *made: Signed) -> None:
    from kg.decisions import add

    path = Path(settings(output=output).decisions)
    add(path, *made)
    for one in made:
        told = one.id if len(made) == 1 else f"{one.do}, {one.id}"
        say(f"decided ({told} in {path}); kg build replays it, kg undo {one.id} takes it back")


@_decision("accept")
@click.argument("statement", metavar="STATEMENT|CANDIDATE|S P O", nargs=-1, required=True)
@click.option("--subject", metavar="NAME", default="", help="What a candidate's subject is, such as its 'It'.")
@click.option("--object", metavar="NAME", default="", help="What its object is, or the value: 2007-04, 29990 EUR.")
@click.option("--new", metavar="CLASS", default="", help="Make what is not in the graph yet, of this class.")
@click.option("--retype", is_flag=True, help="Give its subject and object the classes that the property asks for.")
def accept(statement: tuple[str, ...], output: str | None, who: str | None, why: str, **wish: Any) -> None:
    """A statement is right as it was read, or a dropped candidate is right.

    STATEMENT is the id that kg explain shows; S P O are names, for a fact wherever it is stated. CANDIDATE is the id
    that kg why-not shows (d-...): what was dropped becomes a fact, with its words as evidence.
    """
    from kg.decisions import Accept
    from kg.dropped import is_id

    if len(statement) == 1 and is_id(statement[0]):
        _take_in(statement[0], output, signature(who, why), wish)
    elif any(wish.values()):
        raise UsageError("only a dropped candidate is told more of", hint="kg why-not shows their ids (d-...)")
    else:
        _decide(output, who, why, lambda deciding: deciding.verdict(Accept, statement))


def _take_in(name: str, output: str | None, signed: Signature, wish: Mapping[str, Any]) -> None:
    """Make a fact of what was dropped."""
    from kg import decisions, dropped
    from kg.deciding import Deciding
    from kg.pipeline import load_ontology

    chosen = settings(output=output)
    decided = decisions.read(Path(chosen.decisions)).in_force
    with open_store(output) as store:
        found = dropped.candidate(store, name)
        asked = dropped.Wish(**wish)
        made = dropped.accepted(store, found, Deciding(store, signed), load_ontology(chosen), asked, decided)
    _write(output, *made)


@_decision("reject")
@click.argument("statement", metavar="STATEMENT|S P O", nargs=-1, required=True)
def reject(statement: tuple[str, ...], output: str | None, who: str | None, why: str) -> None:
    """A statement is wrong: it leaves the graph.

    STATEMENT is the id that kg explain shows; S P O are names, for a fact wherever it is stated.
    """
    from kg.decisions import Reject

    _decide(output, who, why, lambda deciding: deciding.verdict(Reject, statement))


@_decision("merge")
@click.argument("entities", metavar="ENTITY ENTITY...", nargs=-1, required=True)
def merge(entities: tuple[str, ...], output: str | None, who: str | None, why: str) -> None:
    """Entities are one thing."""
    from kg.decisions import Merge

    _decide(output, who, why, lambda deciding: deciding.pair(Merge, entities))


@_decision("apart")
@click.argument("entities", metavar="ENTITY ENTITY...", nargs=-1, required=True)
def apart(entities: tuple[str, ...], output: str | None, who: str | None, why: str) -> None:
    """Entities are different things, and are never merged."""
    from kg.decisions import Apart

    _decide(output, who, why, lambda deciding: deciding.pair(Apart, entities))


@_decision("split")
@click.argument("entity", metavar="ENTITY")
@click.option("--document", "documents", metavar="ID", multiple=True, help="Where the other thing is meant.")
@click.option("--name", "names", metavar="NAME", multiple=True, help="What only the other thing is called.")
def split(
    entity: str,
    documents: tuple[str, ...],
    names: tuple[str, ...],
    output: str | None,
    who: str | None,
    why: str,
) -> None:
    """Part an entity that is two things, by documents or by names."""
    _decide(output, who, why, lambda deciding: deciding.split(entity, documents, names))


@_decision("rename")
@click.argument("entity", metavar="ENTITY")
@click.argument("label", metavar="NAME")
def rename(entity: str, label: str, output: str | None, who: str | None, why: str) -> None:
    """Call an entity otherwise; its IRI stays."""
    _decide(output, who, why, lambda deciding: deciding.rename(entity, label))


@_decision("retype")
@click.argument("entity", metavar="ENTITY")
@click.argument("cls", metavar="CLASS")
def retype(entity: str, cls: str, output: str | None, who: str | None, why: str) -> None:
    """Give an entity another class of the ontology."""
    _decide(output, who, why, lambda deciding: deciding.retype(entity, cls))


@_decision("relate")
@click.argument("subject", metavar="S")
@click.argument("predicate", metavar="P")
@click.argument("target", metavar="O")
@click.option("--source", metavar="TEXT", default="", help="Where it is known from: a quote, a page, an address.")
@click.option("--document", metavar="ID", default="", help="A document of the graph that states it ...")
@click.option("--sentence", metavar="TEXT", default="", help="... and the sentence that does, word for word.")
@click.option("--new", metavar="CLASS", default="", help="Make what is not in the graph yet, of this class.")
def relate(output: str | None, who: str | None, why: str, **given: Any) -> None:
    """Add a fact by hand, with its source."""
    ends = given.pop("subject"), given.pop("predicate"), given.pop("target")
    _decide(output, who, why, lambda deciding: deciding.relate(*ends, **given))


@decide.command("import", context_settings=HELP)
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@standard_options
@output_option
def import_(file: Path, output: str | None) -> None:
    """Add the decisions of another file, such as the page of kg view --review gives.

    Lines that are there already are passed over. Those that cannot be understood are told, and the exit code is then 3.
    Where both files decide the same thing, the imported line holds.
    """
    from kg import decisions

    path = Path(settings(output=output).decisions)
    if path.exists() and path.samefile(file):
        raise UsageError("these are the decisions that builds replay already", where=str(file))
    found = decisions.read(file)
    new = decisions.missing(found.lines, decisions.read(path).lines)
    if new:
        decisions.add(path, *new)
    for problem in found.problems:
        click.echo(f"not read: {problem.where}: {problem.what} ({problem.hint})", err=True)
    known = len(found.lines) - len(new)
    say(f"added to {path}: {len(new)}" + (f"; there already: {known}" if known else "") + "; kg build replays them")
    if found.problems:
        click.get_current_context().exit(ReadError.exit_code)


@decide.command("list", context_settings=HELP)
@standard_options
@output_option
@click.option("--all", "every", is_flag=True, help="Those taken back, or overruled by later ones, as well.")
@json_option
def list_(output: str | None, every: bool, as_json: bool) -> None:
    """List the decisions in force."""
    from kg import decisions

    path = Path(settings(output=output).decisions)
    found = decisions.read(path)
    shown = found.lines if every else found.in_force
    if as_json:
        print_json([decisions.as_row(one) for one in shown])
    else:
        print_table(("id", "decision", "about", "who", "when", "why"), list(map(_cells, shown)))
    for problem in found.problems:
        say(f"{problem.where}: {problem.what} ({problem.hint})")
    if not shown:
        say(f"no decision in {path}")


def _cells(decision: Signed) -> tuple[str, ...]:
    """A decision as cells of a table; IRIs by their last part, long sentences by their beginning."""
    from kg.decisions import as_row

    row = as_row(decision)
    told = [value for name, value in row.items() if name not in {"id", "do", "who", "when", "why", "new", "quote"}]
    parts = [one for value in told for one in (value if isinstance(value, list) else [value])]
    about = "  ".join(_short(str(part)) for part in parts if part)
    return row["id"], row["do"], about, decision.who, decision.when, decision.why


def _short(text: str) -> str:
    from kg.rdf.namespaces import local_name

    if "://" in text and " " not in text:
        return local_name(text)
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


@command("undo")
@click.argument("decision", metavar="[ID]", required=False)
@_signed
def undo(decision: str | None, output: str | None, who: str | None, why: str) -> None:
    """Take back a decision: the last, or the one with this id.

    The line stays in decisions.jsonl, and another one says that it no longer holds. Run kg build to see the effect.
    """
    from kg import decisions
    from kg.deciding import undo as take_back

    path = Path(settings(output=output).decisions)
    made = take_back(decisions.read(path).lines, signature(who, why), decision)
    decisions.add(path, made)
    say(f"taken back: {made.decision}; kg build replays the rest")
