"""What a trained model finds goes into a graph as what rules find does."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

import pytest

from kg import KnowledgeGraph, config, pipeline
from kg.errors import ModelError
from kg.extract.learned import read_card

TEXT = "Arrol bought Besk.\n\nThe firm Corvil is based in Abton.\n\nDunmar was bought by Elstow."


def build(folder: Path, model: Path, ontology: Path) -> KnowledgeGraph:
    folder.mkdir(exist_ok=True)
    (folder / "toys.txt").write_text(TEXT)
    settings = config.load({"output": str(folder / "out"), "ontology": str(ontology), "learned": str(model)})
    with contextlib.chdir(folder):
        return KnowledgeGraph(settings, pipeline.build(["toys.txt"], settings))


def made_by(graph: KnowledgeGraph) -> dict[str, set[str]]:
    """The rules of all statements by what made them."""
    rows = graph.query("SELECT ?rule ?by { GRAPH ?g { ?s kgv:rule ?rule ; prov:wasGeneratedBy ?by } }").rows
    found: dict[str, set[str]] = {}
    for rule, by in rows:
        found.setdefault(str(by).strip("<>").rpartition("/")[2], set()).add(str(rule).strip('"'))
    return found


def test_its_statements_name_it(tmp_path: Path, toy_model: Path, toys: tuple[Path, Path]) -> None:
    found = made_by(build(tmp_path, toy_model, toys[0]))
    version = read_card(toy_model).version
    learned = {by: rules for by, rules in found.items() if by == version}
    assert learned
    assert all(rule.startswith("learned:toys") for rules in learned.values() for rule in rules)
    assert not any(rule.startswith("learned:") for by, rules in found.items() if by != version for rule in rules)


def test_two_builds_give_the_same_bytes(tmp_path: Path, toy_model: Path, toys: tuple[Path, Path]) -> None:
    digests = []
    for name in ("a", "b"):
        graph = build(tmp_path / name, toy_model, toys[0])
        files = ("graph.ttl", "graph.trig", "graph.html")
        digests.append([hashlib.sha256((graph.output / file).read_bytes()).hexdigest() for file in files])
    assert digests[0] == digests[1]


def test_another_model_reads_anew(tmp_path: Path, toy_model: Path, toys: tuple[Path, Path]) -> None:
    build(tmp_path, toy_model, toys[0])
    again = build(tmp_path, toy_model, toys[0])
    assert again.report is not None
    assert again.report.unchanged == ("toys",)
    settings = config.load({"output": str(tmp_path / "out"), "ontology": str(toys[0])})
    with contextlib.chdir(tmp_path):
        assert pipeline.build(["toys.txt"], settings).changed == ("toys",)


def test_what_is_no_model_is_told(tmp_path: Path, toy_model: Path, toys: tuple[Path, Path]) -> None:
    broken = tmp_path / "broken.kgm"
    data = bytearray(toy_model.read_bytes())
    data[len(data) // 2] ^= 0xFF
    broken.write_bytes(data)
    (tmp_path / "text.kgm").write_text("no model")
    for path, said in (("absent.kgm", "no such"), ("text.kgm", "no model file"), ("broken.kgm", "model|damaged")):
        with pytest.raises(ModelError, match=said):
            build(tmp_path, tmp_path / path, toys[0])
