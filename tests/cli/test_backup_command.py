from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import KnowledgeGraph
from kg.errors import StoreError
from kg.store import Store

Kg = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]


def test_a_graph_goes_into_a_file_and_comes_back(kg: Kg, boatyard: Path) -> None:
    code, out, err = kg("backup", "boats.tar.gz", "-o", boatyard)
    assert (code, out) == (0, "")
    assert err.startswith("wrote boats.tar.gz: 2 documents, ")
    code, out, err = kg("restore", "boats.tar.gz", "-o", "boats", "--json")
    assert (code, json.loads(out)["project"]) == (0, [])
    assert err.startswith("restored boats: 2 documents, ")
    assert kg("facts", "-o", "boats") == kg("facts", "-o", boatyard)
    assert kg("why-not", "-", "founder", "-o", "boats")[:2] == kg("why-not", "-", "founder", "-o", boatyard)[:2]


def test_what_is_there_is_not_written_over(kg: Kg, boatyard: Path) -> None:
    assert kg("backup", "boats.tar.gz", "-o", boatyard)[0] == 0
    code, _, err = kg("backup", "boats.tar.gz", "-o", boatyard)
    assert (code, "--force" in err) == (2, True)
    assert kg("backup", "boats.tar.gz", "-o", boatyard, "--force")[0] == 0
    assert kg("restore", "boats.tar.gz", "-o", "boats")[0] == 0
    code, _, err = kg("restore", "boats.tar.gz", "-o", "boats")
    assert (code, "--force" in err) == (2, True)
    assert kg("restore", "boats.tar.gz", "-o", "boats", "--force")[0] == 0


@pytest.mark.parametrize(("name", "code"), [("none.tar.gz", 2), ("kg.toml", 4)])
def test_what_is_no_backup_is_named(kg: Kg, name: str, code: int) -> None:
    Path("kg.toml").write_text("", encoding="utf-8")
    found = kg("restore", name, "-o", "boats")
    assert found[0] == code
    assert found[2].startswith(f"error: {name}: no ")
    assert not Path("boats").exists()


def test_the_same_in_python(boatyard: Path) -> None:
    with KnowledgeGraph.open(boatyard) as graph:
        path = graph.backup("boats.tar.gz")
        with KnowledgeGraph.restore(path, "boats") as again:
            assert again.facts() == graph.facts()


def spoil_tables(folder: Path) -> None:
    """Change a byte in each part of all tables that readers see."""
    for table in folder.glob("store/published/*/quads/*.sst"):
        data = bytearray(table.read_bytes())
        for at in range(0, len(data) - 400, 40):
            data[at] ^= 255
        table.write_bytes(data)


@pytest.mark.parametrize("command", [["facts"], ["stats"], ["query", "SELECT * { ?s ?p ?o }"], ["validate"], ["view"]])
def test_damage_is_told_by_every_command(kg: Kg, boatyard: Path, command: list[str]) -> None:
    assert kg("backup", "boats.tar.gz", "-o", boatyard)[0] == 0
    assert kg("restore", "boats.tar.gz", "-o", "boats")[0] == 0
    spoil_tables(Path("boats"))
    code, _, err = kg(*command, "-o", "boats")
    assert (code, err.count("\n")) == (4, 1)
    assert "damaged" in err
    assert "kg restore" in err
    code, out, _ = kg("doctor", "-o", "boats", "--json")
    assert (code, [check["state"] for check in json.loads(out) if check["name"] == "store"]) == (1, ["fault"])
    assert kg("restore", "boats.tar.gz", "-o", "boats", "--force")[0] == 0
    assert kg(*command, "-o", "boats")[0] in (0, 1)


def test_damage_that_shows_late_is_told_all_the_same(boatyard: Path) -> None:
    with KnowledgeGraph.open(boatyard) as graph:
        path = graph.backup("boats.tar.gz")
    with KnowledgeGraph.restore(path, "boats") as graph:
        assert graph.store.quads
        spoil_tables(Path("boats"))
        with pytest.raises(StoreError, match="damaged"):
            graph.export("nquads", "boats.nq")
        with pytest.raises(StoreError, match="damaged"):
            graph.query("SELECT * { ?s ?p ?o }")


def test_a_second_build_is_told_who_holds_the_graph(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.", encoding="utf-8")
    code = "import sys; from pathlib import Path; from kg.store import Store\n"
    code += "with Store.open(Path('out'), create=True): print('open', flush=True); sys.stdin.readline()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment(), text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        found, _, err = kg("build", "-q", "a.txt", "-o", "out")
        holder.communicate("\n")
    assert found == 4
    assert err == (
        f"error: out: another build is writing there (process {holder.pid}) "
        "(wait until it has ended, or build into another folder with -o DIR)\n"
    )
    Store.open(Path("out")).close()


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="the system has no /dev/full")
@pytest.mark.parametrize("command", [["facts"], ["query", "SELECT * { ?s ?p ?o }"], ["export", "--format", "trig"]])
def test_output_that_nobody_can_take_is_told(boatyard: Path, command: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *command, "-o", str(boatyard)],
            stdout=full, stderr=subprocess.PIPE, env=_environment(), text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 4
    assert done.stderr.startswith("error: ")
    assert "cannot be written: No space left on device (make room there" in done.stderr
    assert "Traceback" not in done.stderr


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}
