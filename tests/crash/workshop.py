"""A workshop with two sets of documents, and what clean builds make of each; builds run in processes of their own."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.export import FORMATS
from kg.store import Store

ONTOLOGY = """
@prefix : <https://kg.example/firm#> .
@prefix kgv: <https://w3id.org/evident-kg/vocab#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Organization a owl:Class ; rdfs:label "organization" .
:Product a owl:Class ; rdfs:label "product" .
:produces a owl:ObjectProperty ; rdfs:label "produces" ; rdfs:domain :Organization ; rdfs:range :Product .
"""
ONE = {
    "a": "Pelikan makes Lathes. Tarnwald makes Boats.",
    "b": "Tarnwald makes Sails.",
    "c": "Ostrava makes Rope. Pelikan makes Rope.",
}
OTHER = {"a": ONE["a"], "b": "Tarnwald makes Oars. Larkspur makes Sails.", "d": "Larkspur makes Masts."}
FILES = {"graph.ttl", "graph.trig", "graph.html", "report.json"}
KEPT = {"manifest.json", "dropped.json", "graphs.json", "page.json", "report.json"}
STORE = {"XXH128SUMS", "lock", "derived", "documents", "quads", "published", *KEPT}


@dataclass
class Children:
    """Builds and readers in processes of their own (`children.py`)."""

    process: subprocess.Popen[str]

    def ask(self, request: Mapping[str, object]) -> None:
        """Begin with a request."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()

    def told(self) -> dict[str, Any]:
        """The answer, once it is there."""
        assert self.process.stdout is not None
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def read(self, output: Path) -> dict[str, Any]:
        """What a reader finds."""
        self.ask({"do": "read", "output": str(output)})
        return self.told()


@dataclass
class Shop:
    """A folder with documents; the graph in `output` is built of one set of them or the other."""

    folder: Path
    children: Children
    output: Path = field(init=False)

    def __post_init__(self) -> None:
        self.output = self.folder / "graph-of-the-shop"

    def write(self, texts: Mapping[str, str]) -> None:
        """Make these the documents."""
        docs = self.folder / "docs"
        shutil.rmtree(docs, ignore_errors=True)
        docs.mkdir()
        for name, text in texts.items():
            (docs / f"{name}.txt").write_text(text, encoding="utf-8")

    def begin(self, **wish: object) -> None:
        """Begin a build, as `children.py` tells."""
        request = {"do": "build", "folder": str(self.folder), "sources": ["docs"], "output": str(self.output)}
        self.children.ask({**request, **wish})

    def build(self, **wish: object) -> dict[str, Any]:
        """A build to its end, whatever that is."""
        self.begin(**wish)
        return self.children.told()

    def built(self, **wish: object) -> int:
        """A build that has to end well; the number of its steps."""
        told = self.build(**wish)
        assert told["code"] == 0, told
        return int(told["steps"])

    def clean(self, texts: Mapping[str, str]) -> dict[str, str]:
        """What is built from nothing of these documents."""
        self.write(texts)
        other = Shop(self.folder, self.children)
        other.output = self.folder / "clean-graph"
        shutil.rmtree(other.output, ignore_errors=True)
        other.built()
        return other.digests()

    def seen(self) -> str | None:
        """A digest of the quads that readers see; None where there is no graph."""
        try:
            with Store.view(self.output) as store:
                return hashlib.sha256(FORMATS["nquads"](store)["graph.nq"]).hexdigest()
        except StoreError as error:
            assert error.what.startswith("no graph in")
            return None

    def digests(self) -> dict[str, str]:
        """Digests of all files that do not differ between equal graphs, and of the quads; nothing else lies there."""
        store = self.output / "store"
        assert {path.name for path in self.output.iterdir()} == {*FILES, "store"}
        assert {path.name for path in store.iterdir()} == STORE
        assert (store / "lock").read_bytes() == b""
        (state,) = (store / "published").iterdir()
        found = {f"documents/{path.name}": path for path in (store / "documents").iterdir()}
        assert {path.name for path in (state / "documents").iterdir()} == {path.name for path in found.values()}
        found |= {path.name: path for path in state.glob("*.json")} | {name: self.output / name for name in FILES}
        digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in found.items()}
        return {**digests, "quads": self.seen() or ""}
