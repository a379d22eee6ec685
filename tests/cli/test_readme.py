"""What the README shows is what a newcomer gets: its commands, run over the sample documents."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

Kg = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).parents[2]
SHOWN = re.findall(r"```console\n\$ \.venv/bin/kg (.+)\n((?:.*\n)*?)```", (ROOT / "README.md").read_text("utf-8"))


@pytest.mark.model
def test_the_answers_in_the_readme_are_those_of_the_sample_documents(kg: Kg) -> None:
    assert len(SHOWN) == 4
    code, _, err = kg("build", ROOT / "data")
    assert (code, err) == (0, "")
    for command, answer in SHOWN:
        assert kg(*shlex.split(command)) == (0, answer, "")


@pytest.mark.model
def test_the_commands_that_make_graph_suggests_give_answers(kg: Kg) -> None:
    suggested = re.findall(r"echo '  \$\(BIN\)/kg (.+)'", (ROOT / "Makefile").read_text("utf-8"))
    assert len(suggested) == 3
    kg("build", ROOT / "data")
    for command in suggested:
        code, out, _ = kg(*shlex.split(command))
        assert code == 0
        assert out
