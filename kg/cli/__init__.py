"""The command line: one thin command over each public function.

A command's module is imported when that command runs or helps; what is heavy is imported inside the functions
that need it, so that `kg --help` and `kg query` never load the language model's libraries.
"""

from __future__ import annotations

from importlib import import_module

import click

from kg.cli.standard import HELP, Run, standard_options

__all__ = ["COMMANDS", "LazyGroup", "Run", "cli"]

COMMANDS = {
    "init": "kg.cli.init:init",
    "build": "kg.cli.build:build",
    "import": "kg.cli.imported:import_",
    "query": "kg.cli.query:query",
    "facts": "kg.cli.rows:facts",
    "entities": "kg.cli.rows:entities",
    "explain": "kg.cli.explain:explain",
    "why-not": "kg.cli.why_not:why_not",
    "duplicates": "kg.cli.duplicates:duplicates",
    "try": "kg.cli.trial:try_",
    "review": "kg.cli.review:review",
    "decide": "kg.cli.decide:decide",
    "undo": "kg.cli.decide:undo",
    "view": "kg.cli.show:view",
    "export": "kg.cli.show:export",
    "diff": "kg.cli.diff:diff",
    "validate": "kg.cli.check:validate",
    "verify": "kg.cli.verify:verify",
    "stats": "kg.cli.check:stats",
    "backup": "kg.cli.backup:backup",
    "restore": "kg.cli.backup:restore",
    "evaluate": "kg.cli.evaluate:evaluate",
    "train": "kg.cli.learn:train",
    "doctor": "kg.cli.doctor:doctor",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names in the order of the table above: the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


def _print_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"kg {version('evident-kg')}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings=HELP)
@standard_options
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Show the version."
)
def cli() -> None:
    """Documents in, an evidence-linked knowledge graph out.

    Everything happens on this machine, follows the ontology you give it, and comes out the same every time.

    \b
    kg build report.txt -o graph         read it
    kg query products -o graph           ask it
    kg explain "Some Company" -o graph   see the words behind a fact
    kg view -o graph                     look at it

    Exit codes: 0 done, 1 findings, 2 usage, 3 input that was not read, 4 internal error.
    """
