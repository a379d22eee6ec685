"""Runs one target on many inputs, in a process that may crash: `python child.py JOB`, JOB a JSON object.

    {"targets": file, "target": name, "driver": "hypothesis", "atheris" or "replay", "inputs": number, "seed": number,
     "seconds": of CPU for an input, "folder": of this job, "shrink": whether inputs are made smaller, "skip": how many
     seeds were run before, "without": digests of inputs that end the process}

In the folder: `current` holds the input being run, `count` how many are done, and `found.jsonl` gets a line for each
fault.
"""

from __future__ import annotations

import base64
import faulthandler
import hashlib
import importlib.util
import json
import mmap
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

MEMORY = 6 * 1024**3
COUNTED = 4
"""How many times longer code may take with counters in it."""
BLOCK = 2000


class Recorder:
    """Calls the target on inputs one by one, and writes down what the guard says of them."""

    def __init__(self, job: dict[str, Any], target: Callable[[bytes], None], guard: Any) -> None:
        self.job, self.target, self.guard = job, target, guard
        folder = Path(job["folder"])
        self.current = os.open(folder / "current", os.O_RDWR | os.O_CREAT)
        self.found = os.open(folder / "found.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        (folder / "count").write_bytes(bytes(8))
        with (folder / "count").open("r+b") as file:
            self.count = mmap.mmap(file.fileno(), 8)
        self.done = 0
        self.keys: set[tuple[str, str, str]] = set()

    def run(self, data: bytes) -> None:
        """One input."""
        if self.job["without"] and hashlib.sha256(data).hexdigest() in self.job["without"]:
            return
        found = self._call(data)
        self.done += 1
        self.count[:] = self.done.to_bytes(8, "little")
        if found is None:
            return
        first = found.key not in self.keys
        self.keys.add(found.key)
        small = data
        if first and self.job["shrink"] and found.kind != "hang":
            small = smaller(data, lambda one: getattr(self._call(one), "key", None) == found.key)
        line = {"kind": found.kind, "what": found.what, "where": found.where}
        if first:
            line |= {"input": base64.b64encode(data).decode(), "small": base64.b64encode(small).decode()}
        os.write(self.found, json.dumps(line).encode() + b"\n")

    def _call(self, data: bytes) -> Any:
        os.ftruncate(self.current, len(data))
        os.pwrite(self.current, data, 0)
        return self.guard.call(self.target, data)


def smaller(data: bytes, fails: Callable[[bytes], bool], tries: int = 150, seconds: float = 20) -> bytes:
    """The input with what can be left out left out, in so many tries and seconds."""
    size, end = len(data) // 2, time.monotonic() + seconds
    while size and tries > 0:
        at = 0
        while at < len(data) and tries > 0 and time.monotonic() < end:
            shorter = data[:at] + data[at + size :]
            tries -= 1
            if fails(shorter):
                data = shorter
            else:
                at += size
        size //= 2
    return data


def by_hypothesis(recorder: Recorder, job: dict[str, Any], own: list[bytes], place: Callable[[bytes], bytes]) -> None:
    """Every seed as it stands, then what hypothesis draws, in blocks: it remembers what it drew in one."""
    import hypothesis

    from fuzzing.inputs import inputs

    for data in own[job["skip"] :][: job["inputs"]]:
        recorder.run(data)
    strategy, number = inputs(job["target"], own), 0
    while recorder.done < job["inputs"]:
        size = min(BLOCK, job["inputs"] - recorder.done)
        limits = hypothesis.settings(
            max_examples=size,
            database=None,
            deadline=None,
            phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        )

        @hypothesis.seed(job["seed"] * 1000 + number)
        @limits
        @hypothesis.given(strategy)
        def one(data: bytes) -> None:
            if recorder.done < job["inputs"]:
                recorder.run(place(data))

        before = recorder.done
        one()
        number += 1
        if recorder.done == before:
            break


def by_atheris(recorder: Recorder, job: dict[str, Any], own: list[bytes], place: Callable[[bytes], bytes]) -> None:
    """What libFuzzer makes of the seeds, guided by the lines of kg that they reach. Does not return."""
    import atheris

    from fuzzing.hostile import KINDS, ODD, TOKENS

    folder = Path(job["folder"])
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, data in enumerate(own):
        if len(data) <= 20_000:
            (corpus / f"{number:03}").write_bytes(data)
    kind = job["target"].rpartition(".")[2]
    words = [word.encode() for word in TOKENS.get(KINDS.get(kind, kind), "").split(" ") if word] + list(ODD)
    lines = ('"' + "".join(f"\\x{byte:02x}" for byte in place(word)[:60]) + '"\n' for word in words)
    (folder / "tokens").write_text("".join(lines))
    flags = (
        "-max_len=20000",
        "-timeout=100000",
        "-rss_limit_mb=0",
        "-verbosity=0",
        "-print_final_stats=0",
        "-close_fd_mask=0",
    )
    runs, seed = f"-runs={job['inputs']}", f"-seed={job['seed'] + 1}"
    command = ["fuzz", runs, seed, *flags, f"-dict={folder / 'tokens'}", f"-artifact_prefix={folder}/", str(corpus)]
    atheris.Setup(command, recorder.run)
    atheris.Fuzz()


def main() -> int:
    """Do the job."""
    job = json.loads(sys.argv[1])
    folder = Path(job["folder"])
    sys.dont_write_bytecode = True
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
    fault = (folder / "fault").open("w")
    faulthandler.enable(fault)
    faulthandler.register(signal.SIGUSR1, fault)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    project, work = Path(job["folder"]) / "work" / "project", Path(job["folder"]) / "work"
    os.chdir(project)
    if job["driver"] == "atheris":
        _instrumented()
    from fuzzing.guard import Guard
    from fuzzing.inputs import placed, prepared

    spec = importlib.util.spec_from_file_location("fuzz_targets", job["targets"])
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    getattr(module.TARGETS[job["target"]], "prepare", lambda: None)()
    secret = str(work / "secret.txt")
    guard = Guard(project, work, job["seconds"] * (COUNTED if job["driver"] == "atheris" else 1))
    recorder = Recorder(job, module.TARGETS[job["target"]], guard)

    def place(data: bytes) -> bytes:
        return placed(data, guard.address, secret)

    if job["driver"] == "replay":
        recorder.run((folder / "input").read_bytes())
    else:
        driver = by_atheris if job["driver"] == "atheris" else by_hypothesis
        driver(recorder, job, prepared(job["target"], guard.address, secret), place)
    return 0


def _instrumented() -> None:
    """kg and what it reads with, loaded with atheris' counters in them."""
    import atheris

    with atheris.instrument_imports(include=["kg", "docx", "rdflib.plugins.parsers"]):
        import kg.config
        import kg.decisions
        import kg.ontology
        import kg.query
        import kg.query_worker
        import kg.read
        import kg.validate  # noqa: F401
        import docx  # noqa: F401  # isort: skip
        import rdflib.plugins.parsers.notation3
        import rdflib.plugins.parsers.rdfxml  # noqa: F401


if __name__ == "__main__":
    sys.exit(main())
