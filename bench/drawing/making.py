"""What it costs to make a page of a store, in a process of its own as a user starts it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# What the console script does, and then the most memory that the process has had. Linux counts in ru_maxrss what its
# parent had as well, so /proc is asked where there is one.
COMMAND = """\
import json, pathlib, resource, sys
from kg.__main__ import main
code = main()
status = pathlib.Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
peak = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
print(json.dumps((peak or [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss])[0]), file=sys.stderr)
sys.exit(code)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds, user's and system's, and the most memory, in MB."""

    seconds: float
    memory: float


def view(folder: Path, page: Path) -> Cost:
    """The cost of `kg view`. Raises RuntimeError where it fails."""
    arguments = [sys.executable, "-c", COMMAND, "view", "-o", str(folder), "--page", str(page)]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = process.stderr.read() if process.stderr else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"kg view ended with {process.returncode}: {said.strip()}")
    return Cost(_seconds(usage), json.loads(said.splitlines()[-1]) / 1024)


def _seconds(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime
