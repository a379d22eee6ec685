"""Write docs/cli.md from the command line itself: `make docs`. A test checks that the file is up to date."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import COMMANDS, cli
from kg.cli.standard import HELP

TARGET = Path(__file__).with_name("cli.md")
WIDTH = 100
HEAD = """\
# The command line

Made from the commands themselves by `make docs`; change the help texts in kg/cli/, not this file.

Data goes to standard output, progress and messages to standard error. Settings: flags go before the environment
(`KG_OUTPUT`, `KG_ONTOLOGY`, `KG_MODEL`, ...), that before the project's `kg.toml`, that before the defaults.

| exit code | means |
|---|---|
| 0 | done |
| 1 | findings: a graph that does not conform, a low score, a faulty setup, an unknown fact, graphs that differ |
| 2 | usage: a flag, argument, setting, ontology, model or query that cannot be used |
| 3 | some input could not be read; the rest is built |
| 4 | internal: the store, a file that cannot be written, or a bug |
"""


def reference() -> str:
    """The text of docs/cli.md."""
    parts = [HEAD]
    root = click.Context(cli, info_name="kg", help_option_names=HELP["help_option_names"])
    parts.append(_section("kg", root, cli))
    for name in COMMANDS:
        command = cli.get_command(root, name)
        if command is None:
            raise KeyError(name)
        context = click.Context(command, info_name=name, parent=root)
        parts.append(_section(f"kg {name}", context, command))
        if isinstance(command, click.Group):
            for part in command.commands.values():
                own = click.Context(part, info_name=part.name, parent=context)
                parts.append(_section(f"kg {name} {part.name}", own, part))
    return "\n".join(parts)


def _section(title: str, context: click.Context, command: click.Command) -> str:
    """One command's help under its heading, wrapped the same on every terminal."""
    formatter = click.HelpFormatter(width=WIDTH, max_width=WIDTH)
    command.format_help(context, formatter)
    return f"## {title}\n\n```text\n{formatter.getvalue().rstrip()}\n```\n"


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8", newline="\n")
