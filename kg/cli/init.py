"""`kg init`: a project folder to start from."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import click

from kg.cli.common import say
from kg.cli.standard import command
from kg.config import PROJECT_FILE, Settings
from kg.errors import UsageError

SHIPPED = ("company.ttl", "shapes.ttl")
FOLDERS = ("ontology", "data", "output")
DECISIONS = "decisions.jsonl"
ABOUT = {
    "sources": "What `kg build` reads when no source is named: files, folders and globs.",
    "output": "Where the graph lives.",
    "ontology": 'The classes and properties that steer what is found; "" means the shipped ones.',
    "shapes": 'The SHACL shapes of `kg validate`; "" means the shipped ones.',
    "model": "Name or path of a spaCy pipeline.",
    "learned": '"general" or a model file of `kg train`, which proposes facts beside the rules; "" for none.',
    "decisions": "What `kg decide` writes and `kg build` replays.",
    "llm": 'Base address of a language model\'s endpoint that proposes facts as well; "" for none.',
    "llm_model": "What the endpoint calls the language model.",
    "llm_requests": "How often a build may ask it; 0 for as often as needed.",
    "reason": 'What follows from the facts is inferred by the ontology: "rdfs", "owl" (says more), or "" for nothing.',
    "merge": "Score (0 to 1) from which on things of different names are taken for one; 0 for never.",
    "base": "The IRI that entities and documents hang under; must end in / or #.",
    "max_bytes": "A larger file is reported and left out.",
    "query_seconds": "Limit for one SPARQL query.",
}
OWN = {"ontology": "ontology/company.ttl", "shapes": "ontology/shapes.ttl"}


@command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a project folder (default: this one).

    Writes kg.toml, a copy of the shipped ontology and shapes to change as you like, and empty data/, output/ and
    decisions.jsonl. Nothing that is there already is overwritten.
    """
    from kg.ontology import shipped

    files = {PROJECT_FILE: project_file(), DECISIONS: ""}
    files |= {f"ontology/{name}": shipped(name).read_text(encoding="utf-8") for name in SHIPPED}
    there = sorted(name for name in files if (folder / name).exists())
    if there:
        raise UsageError(
            f"already there: {', '.join(there)}", where=str(folder), hint="nothing was changed; name another folder"
        )
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    say(f"made a project in {folder}: put documents into {folder / 'data'}, then run: kg build")


def project_file() -> str:
    """The text of a kg.toml that shows every setting, its meaning and its default."""
    lines = ["# Settings of this project. Flags and KG_* variables go before what stands here."]
    for field in fields(Settings):
        default = OWN.get(field.name, field.default)
        value = json.dumps(list(default) if isinstance(default, tuple) else default)
        mark = "" if field.name in OWN else "# "
        lines += ["", f"# {ABOUT[field.name]}", f"{mark}{field.name} = {value}"]
    return "\n".join(lines) + "\n"
