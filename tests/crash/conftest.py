"""The process that builds are started from, and a workshop for each test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.workshop import ONE, ONTOLOGY, Children, Shop

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def children() -> Iterator[Children]:
    """The process that starts them; it ends with the tests."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    environment["PYTHONPATH"] = str(HERE.parents[1])
    arguments = [sys.executable, str(HERE / "children.py")]
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield Children(process)
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture
def shop(tmp_path: Path, children: Children) -> Shop:
    """A workshop with the documents of ONE and no graph."""
    (tmp_path / "firm.ttl").write_text(ONTOLOGY, encoding="utf-8")
    made = Shop(tmp_path, children)
    made.write(ONE)
    return made
