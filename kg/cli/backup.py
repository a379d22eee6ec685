"""`kg backup` and `kg restore`: a graph as one file, and back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.common import json_option, output_option, say, settings
from kg.cli.standard import command
from kg.cli.tables import print_json


@command("backup")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@output_option
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@json_option
def backup(file: Path, output: str | None, force: bool, as_json: bool) -> None:
    """Write the graph, and what it was made with, to one file.

    FILE is a .tar.gz of the last build that ended well: quads, what was found in each document, and the project's
    kg.toml, decisions, ontology and shapes. It may be made while a build is running. The same graph gives the same
    bytes.
    """
    from kg.backup import backup
    from kg.config import find_project

    made = backup(settings(output=output), file, project=find_project(Path.cwd()), force=force)
    if as_json:
        print_json(asdict(made))
    say(f"wrote {file}: {made.documents} documents, {made.quads} quads{_and_project(made.project)}")


@command("restore")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@output_option
@click.option("--force", is_flag=True, help="Put it in place of a graph that is there.")
@json_option
def restore(file: Path, output: str | None, force: bool, as_json: bool) -> None:
    """Make the graph of a backup.

    FILE is what `kg backup` wrote. It is checked as a whole before anything is changed; a graph that is there stays
    unless --force is given. The project's files go to project/ in the graph's folder, to be put where they belong.
    `kg build` goes on from there and reads only what changed since.
    """
    from kg.backup import restore

    target = settings(output=output).output
    made = restore(file, Path(target), force=force)
    if as_json:
        print_json(asdict(made))
    say(f"restored {target}: {made.documents} documents, {made.quads} quads{_and_project(made.project)}")


def _and_project(names: tuple[str, ...]) -> str:
    return f", and of the project {', '.join(names)}" if names else ""
