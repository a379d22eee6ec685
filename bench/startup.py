"""What it costs to start `kg --help` and `kg query`, and what they load.

CPU time of a new process each, the best of several, because a command is run again and again and must answer at once.
The language model's library and the page's stay unloaded: either would take longer than the bar allows.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
QUERY = "SELECT ?name { ?maker a company:Organization ; rdfs:label ?name } ORDER BY ?name LIMIT 5"
RUNS = 5
BAR = 0.4
HEAVY = frozenset({"spacy", "thinc", "pyvis", "networkx", "rdflib", "pyshacl", "numpy", "pandas"})
FORBIDDEN = frozenset({"spacy", "pyvis"})

# What the console script does.
COMMAND = "import sys; from kg.__main__ import main; sys.exit(main())"
# The same, and then the names of all packages loaded, on the last line of standard error.
LISTING = """\
import json, sys
from kg.__main__ import main
code = main()
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
sys.exit(code)
"""


def cpu(arguments: Sequence[str]) -> float:
    """CPU seconds, user's and system's, of `kg` with these arguments in a new process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(COMMAND, arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def loaded(arguments: Sequence[str]) -> frozenset[str]:
    """The packages that `kg` with these arguments has loaded when it is done."""
    return frozenset(json.loads(_run(LISTING, arguments).splitlines()[-1]))


def _run(code: str, arguments: Sequence[str]) -> str:
    """Standard error of a run; ends this process where it fails."""
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"error: kg {' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stderr


def verdict(seconds: float, packages: Iterable[str], bar: float = BAR) -> list[str]:
    """What is wrong with a start, in words; nothing if it is well."""
    wrong = [f"takes more than {bar} s"] if seconds > bar else []
    return wrong + [f"loads {name}" for name in sorted(FORBIDDEN & set(packages))]


def main() -> int:
    """Measure, print, and return 1 where a start is too slow or loads what it must not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each, of which the best counts")
    parser.add_argument("--data", type=Path, default=DATA, help="what to build a graph of (default: data/)")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs is at least 1")

    from kg.config import Settings
    from kg.pipeline import build

    failed = False
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        build([str(options.data)], Settings(output=folder))
        for name, arguments in {"kg --help": ["--help"], "kg query": ["query", QUERY, "-o", folder]}.items():
            seconds = min(cpu(arguments) for _ in range(options.runs))
            packages = loaded(arguments)
            wrong = verdict(seconds, packages)
            failed = failed or bool(wrong)
            print(f"{name}: {seconds:.3f} s CPU, bar {BAR:.1f} s: {'; '.join(wrong).upper() or 'met'}")
            print(f"  large packages loaded: {', '.join(sorted(HEAVY & packages)) or 'none'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
