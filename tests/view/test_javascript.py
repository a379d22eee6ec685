"""The page's script by its own tests and its linter, which need node."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "script"


def _without(what: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is not installed")
    pytest.skip(f"{what} is not installed")


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=SCRIPT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]


def test_the_script_passes_its_tests() -> None:
    node = shutil.which("node")
    if node is None:
        _without("node")
    else:
        _run(node, "--test", "--test-reporter=spec", *map(str, sorted(SCRIPT.glob("*.test.js"))))


def test_the_script_passes_its_linter() -> None:
    biome = SCRIPT / "node_modules" / ".bin" / "biome"
    if shutil.which("node") is None or not biome.exists():
        _without("biome (npm ci in tests/script)")
    else:
        _run(str(biome), "ci", "../../kg/view/script", "../../kg/view/style", ".")
