"""The shipped ontology's phrases, compiled beforehand: a build with it starts without compiling them.

The file beside this module is written by `make frames` and tells what it was made of. Where the
ontology, the language model or this code is another, phrases are compiled anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kg.extract.frames import Compiled, Frame, Step, compile_frames
from kg.model import Parse
from kg.ontology import Ontology

SHIPPED = Path(__file__).with_name("frames.json")


def compiled(ontology: Ontology, parse: Callable[[Sequence[str]], list[Parse]], model: str) -> Compiled:
    """The frames of an ontology, read where they lie ready. model: name and version of what `parse` uses."""
    try:
        data = json.loads(SHIPPED.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        data = {}
    if data.get("key") == key_of(ontology, model):
        return _load(data)
    return compile_frames(ontology, parse)


def key_of(ontology: Ontology, model: str) -> str:
    """A digest of all that frames depend on: ontology, model, and the code that reads and compiles."""
    digest = hashlib.sha256(f"{ontology.digest}\n{model}\n".encode())
    for folder in ("annotate", "extract"):
        for path in sorted((Path(__file__).parents[1] / folder).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def dump(made: Compiled, key: str) -> str:
    """Frames as JSON, one a line."""
    rows = [
        [
            f.predicate,
            f.phrase,
            f.fill,
            [[s.start, s.role, s.end, s.fill] for s in f.steps],
            *_sides(f),
            f.forward,
            f.rank,
        ]
        for f in made.frames
    ]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    failed = json.dumps(made.failed, ensure_ascii=False)
    return f'{{"key": "{key}",\n"failed": {failed},\n"frames": [\n{lines}\n]}}\n'


def _sides(frame: Frame) -> tuple[list[str], list[str]]:
    return sorted(frame.domain), sorted(frame.range)


def _load(data: dict[str, Any]) -> Compiled:
    frames = tuple(
        Frame(name, phrase, fill, tuple(Step(*s) for s in steps), frozenset(domain), frozenset(range_), *rest)
        for name, phrase, fill, steps, domain, range_, *rest in data["frames"]
    )
    return Compiled(frames, tuple((iri, phrase, reason) for iri, phrase, reason in data["failed"]))
