"""What commands that work on a graph share: where it lies, the settings, remarks on standard error."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.standard import Function, current

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.store import Store


def output_option(function: Function) -> Function:
    """The `-o DIR` that every command takes which reads or writes a graph."""
    return click.option(
        "-o",
        "--output",
        metavar="DIR",
        help="The graph's folder, as `kg build` wrote it.  [default: the project's, else output]",
    )(function)


json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for programs.")


def settings(**flags: object) -> Settings:
    """The settings of this run: flags over environment over kg.toml over defaults."""
    from kg import config

    return config.load(flags)


def open_store(output: str | None) -> Store:
    """The graph that `kg build` wrote, for reading. Raises StoreError, with the command that makes one."""
    from kg.store import Store

    return Store.view(Path(settings(output=output).output))


def say(message: str) -> None:
    """A remark for the person at the terminal; on standard error, and not with -q."""
    if current().verbosity >= 0:
        click.echo(message, err=True)
