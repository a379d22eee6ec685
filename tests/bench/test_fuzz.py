"""The fuzzer stays alive, and finds what is planted."""

from __future__ import annotations

import json
from pathlib import Path

import fuzz
import pytest
from fuzzing import campaign, targets
from fuzzing.child import smaller
from hypothesis import given
from hypothesis import strategies as st

PLANTED = """
import os, signal, subprocess, sys, time, urllib.request
from pathlib import Path
from kg.errors import KGError


def error(data):
    if b"x" in data:
        raise ValueError("planted")


def refused(data):
    raise KGError("this is how it should be")


def outside(data):
    (Path.cwd().parent / "outside").write_bytes(data)


def linked(data):
    if not os.path.lexists("link"):
        os.symlink("..", "link")
    Path("link/through").write_bytes(data)


def hang(data):
    try:
        while data[:1] != b"q":
            pass
    except Exception:
        pass


def wait(data):
    time.sleep(60)


def crash(data):
    os.kill(os.getpid(), signal.SIGSEGV)


def start(data):
    subprocess.run([sys.executable, "-c", "pass"])


def fetch(data):
    urllib.request.urlopen("http://127.0.0.1:9/")


def printed(data):
    print("Traceback (most recent call last)", file=sys.stderr)


def swallowed(data):
    try:
        Path("/outside").write_bytes(data)
    except OSError:
        pass


IMPORTED = ("Path", "KGError")
TARGETS = {name: found for name, found in list(globals().items()) if callable(found) and name not in IMPORTED}
"""


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> campaign.Plan:
    path = tmp_path_factory.mktemp("planted") / "planted.py"
    path.write_text(PLANTED)
    return campaign.Plan(path, seconds=0.3, wait=3)


def kinds(plan: campaign.Plan, target: str, inputs: int) -> set[str]:
    return {fault.kind for fault in campaign.run(plan, target, "hypothesis", inputs).faults.values()}


@pytest.mark.parametrize(
    ("target", "kind", "inputs"),
    [
        ("error", "error", 200),
        ("outside", "outside", 3),
        ("linked", "outside", 3),
        ("swallowed", "outside", 3),
        ("hang", "hang", 2),
        ("wait", "hang", 1),
        ("crash", "crash", 1),
        ("start", "process", 2),
        ("fetch", "network", 2),
        ("printed", "traceback", 2),
    ],
)
def test_a_planted_fault_is_found(planted: campaign.Plan, target: str, kind: str, inputs: int) -> None:
    assert kinds(planted, target, inputs) == {kind}


def test_an_error_of_kg_is_none(planted: campaign.Plan) -> None:
    done = campaign.run(planted, "refused", "hypothesis", 30)
    assert (done.inputs, done.faults) == (30, {})


def test_an_input_is_made_small_and_kept(
    planted: campaign.Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--targets", str(planted.targets), "--target", "error", "--driver", "hypothesis", "--inputs", "200"]
    assert fuzz.main([*arguments, "--keep", str(tmp_path / "kept"), "--json"]) == 1
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert (fault["target"], fault["kind"], fault["what"]) == ("error", "error", "ValueError: planted")
    assert (tmp_path / "kept" / "01-error").read_bytes() == b"x"


def test_every_target_runs_and_none_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slow = [name for name in targets.TARGETS if name.startswith(("command.", "shapes", "build."))]
    names = [name for name in targets.TARGETS if name not in slow]
    chosen = [argument for name in names for argument in ("--target", name)]
    code = fuzz.main(["--inputs", "300", "--driver", "hypothesis", "--keep", str(tmp_path / "kept"), *chosen])
    assert code == 0, capsys.readouterr().out


@pytest.mark.model
def test_builds_run_and_none_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = (
        "--target",
        "build.replay",
        "--inputs",
        "8",
        "--driver",
        "hypothesis",
        "--keep",
        str(tmp_path / "kept"),
    )
    assert fuzz.main(arguments) == 0, capsys.readouterr().out


@given(st.integers(1, 10**6), st.dictionaries(st.text(), st.floats(0.01, 1.0), min_size=1, max_size=30))
def test_shares_add_up(total: int, weights: dict[str, float]) -> None:
    found = campaign.shares(total, weights)
    assert total <= sum(found.values()) <= total + len(found)


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_making_smaller_keeps_the_fault(before: bytes, after: bytes) -> None:
    assert smaller(before + b"x" + after, lambda one: b"x" in one, tries=1000) == b"x"
