"""One message and one exit code for each way a run can end."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import kg.cli
from kg.__main__ import BROKEN_PIPE, main
from kg.errors import KGError, QueryError, ReadError, StoreError


def failing(error: BaseException) -> click.Command:
    @click.command("fail")
    def fail() -> None:
        raise error

    return fail


def run_failing(error: BaseException, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run `kg init`, replaced by a command that raises this error."""
    monkeypatch.setattr(kg.cli.LazyGroup, "get_command", lambda self, ctx, name: failing(error))
    return main([*arguments, "init"])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KGError("broken"), 4),
        (StoreError("broken"), 4),
        (ReadError("broken"), 3),
        (QueryError("broken"), 2),
    ],
)
def test_kg_errors_are_one_message_and_their_exit_code(
    error: KGError, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_failing(error, monkeypatch) == code
    captured = capsys.readouterr()
    assert captured.err == "error: broken\n"
    assert captured.out == ""


def test_a_message_says_what_where_and_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_failing(KGError("it is empty", where="a.txt", hint="write something"), monkeypatch)
    assert capsys.readouterr().err == "error: a.txt: it is empty (write something)\n"


def test_an_unexpected_error_is_one_line_with_advice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_failing(ZeroDivisionError("division\nby zero"), monkeypatch) == 4
    said = capsys.readouterr().err
    assert said.startswith("error: unexpected ZeroDivisionError: division by zero (")
    assert "--debug" in said
    assert said.count("\n") == 1


def test_a_file_that_cannot_be_written_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_failing(PermissionError(13, "Permission denied", "out/graph.ttl"), monkeypatch) == 4
    assert capsys.readouterr().err.startswith("error: out/graph.ttl: Permission denied (")


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_failing(KeyboardInterrupt(), monkeypatch) == 130
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["facts", "--no-such-flag"], ["no-such-command"], ["query"]])
def test_usage_errors_end_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert "Error: " in captured.err
    assert captured.out == ""


def test_debug_shows_the_traceback_wherever_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["facts", "-o", "nowhere"]) != 0
    assert "Traceback" not in capsys.readouterr().err
    for arguments in (["facts", "--debug", "-o", "nowhere"], ["--debug", "facts", "-o", "nowhere"]):
        assert main(arguments) != 0
        said = capsys.readouterr().err
        assert "Traceback" in said
        assert said.splitlines()[-1].startswith("error: ")


def test_help_and_version_end_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "evaluate" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert re.fullmatch(r"kg \d+\.\d+\.\d+\S*\n", capsys.readouterr().out)


def test_a_closed_pipe_is_silent() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "--help"], stdout=pipe, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.stderr == ""
    assert done.returncode == BROKEN_PIPE


HEAVY = ("spacy", "thinc", "pyvis", "networkx", "rdflib", "pyoxigraph", "rich", "trafilatura", "pandas", "numpy")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from kg.__main__ import main; main(['--help']); "
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), len(sys.modules), sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded, count = done.stderr.splitlines()
    assert loaded == "[]"
    assert int(count) < 300  # bench/startup.py tells the time, which on a busy machine no test can


def test_a_process_that_ends_does_not_search_for_garbage() -> None:
    code = (
        "import gc, sys; from kg.__main__ import run; sys.argv = ['kg', '--version']; "
        "print(run(), gc.get_freeze_count() > 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 True"


def test_importing_kg_loads_nothing() -> None:
    code = "import sys, kg; print([name for name in sys.modules if name.startswith('kg.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
