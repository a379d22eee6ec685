"""Shares inputs out over targets and drivers, runs each in a process, and puts together what went wrong."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fuzzing.child import smaller
from fuzzing.targets import SECRET

CHILD = Path(__file__).with_name("child.py")
# A process that crashes or hangs is started again; not for ever.
RESTARTS = 12
WAIT = 10
"""How many times its CPU limit an input may take by the clock; the machine may be busy."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that went wrong, with an input that shows it. times: how many inputs did."""

    target: str
    kind: str
    what: str
    where: str
    times: int
    data: bytes
    small: bytes


@dataclass(slots=True)
class Run:
    """What one driver did with one target."""

    target: str
    driver: str
    inputs: int = 0
    seconds: float = 0.0
    faults: dict[tuple[str, str, str], Fault] = field(default_factory=dict)

    def add(self, line: Mapping[str, Any]) -> None:
        """Count what a process wrote down, or what the parent saw."""
        key = line["kind"], line["what"].split(":")[0], line["where"]
        known = self.faults.get(key)
        data = base64.b64decode(line.get("input", "")) if known is None else known.data
        small = base64.b64decode(line.get("small", "")) if known is None else known.small
        times = 1 + (0 if known is None else known.times)
        self.faults[key] = Fault(self.target, line["kind"], line["what"], line["where"], times, data, small)


@dataclass(frozen=True, slots=True)
class Plan:
    """How inputs are run. targets: the file with TARGETS. seconds: of CPU time for one input. until: by the monotonic
    clock, when to stop; None for when the inputs are done."""

    targets: Path
    seconds: float = 5.0
    seed: int = 0
    until: float | None = None
    wait: float | None = None

    @property
    def patience(self) -> float:
        """Seconds without an input done after which a process is stopped."""
        return self.wait if self.wait is not None else max(40.0, WAIT * self.seconds)


def shares(total: int, names: Mapping[str, float]) -> dict[str, int]:
    """How many inputs each gets, at least one, in sum at least the total. names: with the weight of each."""
    whole = sum(names.values())
    return {name: max(1, math.ceil(total * (weight / whole))) for name, weight in names.items()}


def run(plan: Plan, target: str, driver: str, inputs: int, told: Callable[[int], None] = lambda _: None) -> Run:
    """Give a target so many inputs. told: hears how many are done, now and then."""
    done, begun = Run(target, driver), time.monotonic()
    for number in range(RESTARTS):
        left = inputs - done.inputs
        if left <= 0 or (plan.until is not None and time.monotonic() > plan.until):
            break
        job = {
            "targets": str(plan.targets.resolve()),
            "target": target,
            "driver": driver,
            "inputs": left,
            "seed": plan.seed + number,
            "seconds": plan.seconds,
            "shrink": True,
            "skip": done.inputs,
            "without": [hashlib.sha256(fault.data).hexdigest() for fault in done.faults.values()],
        }
        with tempfile.TemporaryDirectory(prefix="kg-fuzz-") as folder:
            if _once(plan, job, Path(folder), done, told):
                break
    done.seconds = time.monotonic() - begun
    return done


def _once(plan: Plan, job: dict[str, Any], folder: Path, done: Run, told: Callable[[int], None]) -> bool:
    """One process. Tells whether it came to its end."""
    code, error, count = _watched(plan, job, folder, told)
    done.inputs += count
    lines = (folder / "found.jsonl").read_bytes().splitlines() if (folder / "found.jsonl").exists() else []
    for line in lines:
        done.add(json.loads(line))
    if code == 0 or code is None:
        return True
    data = (folder / "current").read_bytes() if (folder / "current").exists() else b""
    kind, what, where = _ending(code, error, folder)
    tries = 12 if kind == "crash" else 0
    small = smaller(data, lambda one: _replayed(plan, job, one) == (kind, what), tries)
    found = {"input": base64.b64encode(data).decode(), "small": base64.b64encode(small).decode()}
    done.add({"kind": kind, "what": what, "where": where, **found})
    done.inputs += 1
    return False


def _watched(
    plan: Plan, job: dict[str, Any], folder: Path, told: Callable[[int], None]
) -> tuple[int | None, bytes, int]:
    """Exit code of the process (None: the time of the whole is up), what it said, and how many inputs it did."""
    work = folder / "work"
    for name in ("project", "home", "tmp"):
        (work / name).mkdir(parents=True)
    (work / "secret.txt").write_text(SECRET)
    if "input" in job:
        (folder / "input").write_bytes(base64.b64decode(job["input"]))
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("KG_", "XDG_"))}
    environment |= {"HOME": str(work / "home"), "TMPDIR": str(work / "tmp"), "PYTHONHASHSEED": "0"}
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, str(CHILD), json.dumps({**job, "folder": str(folder)})],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        code = _waited(plan, process, folder, told)
    return code, (folder / "said").read_bytes()[-2000:], _count(folder)


def _waited(plan: Plan, process: subprocess.Popen[bytes], folder: Path, told: Callable[[int], None]) -> int | None:
    count, moved = -1, time.monotonic()
    try:
        while process.poll() is None:
            time.sleep(0.05)
            now = time.monotonic()
            if (new := _count(folder)) != count:
                count, moved = new, now
                told(count)
            if plan.until is not None and now > plan.until:
                return None
            if now - moved > plan.patience:
                process.send_signal(signal.SIGUSR1)  # writes down where it is
                time.sleep(0.2)
                return -signal.SIGKILL
        return process.returncode
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _count(folder: Path) -> int:
    try:
        return int.from_bytes((folder / "count").read_bytes(), "little")
    except OSError:
        return 0


def _ending(code: int, said: bytes, folder: Path) -> tuple[str, str, str]:
    stack = (folder / "fault").read_text(errors="replace") if (folder / "fault").exists() else ""
    lines = [line.strip() for line in stack.splitlines() if "/kg/" in line]
    where = lines[0].replace(str(CHILD.parents[2]) + os.sep, "") if lines else ""
    if code == -signal.SIGKILL:
        return "hang", "no answer, stopped from outside", where
    if code < 0:
        return "crash", f"{signal.Signals(-code).name}", where
    last = said.decode("utf-8", "replace").strip().splitlines()
    return "crash", f"exit code {code}", where or (last[-1][:200] if last else "")


def _replayed(plan: Plan, job: dict[str, Any], data: bytes) -> tuple[str, str]:
    again = {**job, "driver": "replay", "shrink": False, "without": [], "input": base64.b64encode(data).decode()}
    with tempfile.TemporaryDirectory(prefix="kg-fuzz-") as folder:
        code, said, _ = _watched(plan, again, Path(folder), lambda _: None)
        return ("", "") if not code else _ending(code, said, Path(folder))[:2]


def kept(faults: list[Fault], folder: Path) -> None:
    """Write the inputs of all faults into a folder, which is emptied before."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for number, fault in enumerate(faults, 1):
        (folder / f"{number:02}-{fault.target}").write_bytes(fault.small)
        (folder / f"{number:02}-{fault.target}.whole").write_bytes(fault.data)
        told = {"target": fault.target, "kind": fault.kind, "what": fault.what, "where": fault.where}
        (folder / f"{number:02}-{fault.target}.json").write_text(json.dumps(told, indent=1) + "\n")
