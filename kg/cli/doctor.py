"""`kg doctor`: what is installed, what is missing, and what state the project is in."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kg.cli.common import json_option, output_option, settings
from kg.cli.standard import command
from kg.cli.tables import print_json, print_table
from kg.errors import KGError

if TYPE_CHECKING:
    from kg.config import Settings

OLDEST_PYTHON = (3, 11)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
FINDINGS = 1


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's report: ok, note (works without it) or fault (something will fail)."""

    name: str
    state: Literal["ok", "note", "fault"]
    found: str
    hint: str = ""


@command("doctor")
@output_option
@click.option("--ontology", metavar="FILE", help="The ontology.  [default: the project's, else the shipped one]")
@json_option
@click.pass_context
def doctor(ctx: click.Context, output: str | None, ontology: str | None, as_json: bool) -> None:
    """Say what is installed and what is missing.

    Looks at Python, the dependencies, the language model and its licence, Chromium (only the tests of the page need
    it), the ontology and what it lacks, and whether the store is whole. Exit code 1 when something is at fault.
    """
    checks = list(_all_checks(output, ontology))
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        print_table(("", "what", "found", "what to do"), [(c.state, c.name, c.found, c.hint) for c in checks])
    if any(check.state == "fault" for check in checks):
        ctx.exit(FINDINGS)


def _all_checks(output: str | None, ontology: str | None) -> Iterator[Check]:
    yield check_python()
    yield from check_dependencies()
    yield check_chromium()
    try:
        chosen = settings(output=output, ontology=ontology)
    except KGError as error:
        yield Check("settings", "fault", error.what, error.hint)
        return
    for check in (check_model, check_ontology, check_store):
        yield from _guarded(check, chosen)


def _guarded(check: Callable[[Settings], Iterator[Check]], chosen: Settings) -> Iterator[Check]:
    """The check's lines; an error it meets becomes a line, too."""
    try:
        yield from check(chosen)
    except KGError as error:
        found = f"{error.where}: {error.what}" if error.where else error.what
        yield Check(check.__name__.removeprefix("check_"), "fault", found, error.hint)


def check_python() -> Check:
    """The interpreter."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= OLDEST_PYTHON:
        return Check("python", "ok", found)
    return Check("python", "fault", found, "install Python 3.11 or newer")


def check_dependencies() -> Iterator[Check]:
    """Every distribution that kg itself requires, without the extras."""
    try:
        requirements = metadata.requires("evident-kg") or []
    except metadata.PackageNotFoundError:
        yield Check("evident-kg", "fault", "not installed", "pip install -e . in its folder")
        return
    for requirement in requirements:
        if "extra ==" in requirement:
            continue
        name = re.split(r"[ <>=!~;\[(]", requirement, maxsplit=1)[0]
        try:
            yield Check(name, "ok", metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Check(name, "fault", "not installed", f"pip install '{requirement}'")


def check_chromium() -> Check:
    """The browser that the tests of the page run in."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found:
        return Check("chromium", "ok", Path(found).name)
    return Check("chromium", "note", "not installed", "needed by the tests of the page only: apt-get install chromium")


def check_model(chosen: Settings) -> Iterator[Check]:
    """The language model, by its metadata: loading it would take seconds."""
    name = chosen.model
    if Path(name).is_dir():
        yield Check("model", "ok", f"folder {name}")
        return
    try:
        about = metadata.metadata(name)
    except (metadata.PackageNotFoundError, ValueError):
        yield Check("model", "fault", f"{name} is not installed", f"pip install {name}, or name another with --model")
        return
    licence = next((about[key] for key in ("License-Expression", "License") if key in about), "licence not stated")
    yield Check("model", "ok", f"{name} {about['Version']}, {licence}")


def check_ontology(chosen: Settings) -> Iterator[Check]:
    """The ontology: readable, and what it lacks."""
    from kg import ontology

    path = Path(chosen.ontology) if chosen.ontology else ontology.shipped("company.ttl")
    loaded = ontology.load([path])
    name = chosen.ontology or "shipped company.ttl"
    yield Check("ontology", "ok", f"{name}: {len(loaded.classes)} classes, {len(loaded.properties)} properties")
    for notice in loaded.notices:
        yield Check("ontology", "note", notice)


def check_store(chosen: Settings) -> Iterator[Check]:
    """The graph in the output folder, if there is one: every file of it is compared with its digest."""
    from kg.archive import Archive
    from kg.store import Store

    if not (Path(chosen.output) / "store").exists():
        yield Check("store", "note", f"no graph in {chosen.output}", "kg build makes one")
        return
    with Store.view(Path(chosen.output)) as store:
        Archive.of(store).files()
        yield Check("store", "ok", f"{chosen.output}: {len(store.quads)} quads in {len(store.graphs())} named graphs")
