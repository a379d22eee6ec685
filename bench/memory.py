"""How the memory of a build grows with the number of documents, stage by stage.

    python bench/memory.py                       250, 500 and 1,000 documents of 300 words
    python bench/memory.py --counts 1000 10000

Each build runs in a process of its own. Told are the memory that it holds when a stage ends, and the peak; from the
smallest and the largest corpus, what a thousand documents add. What resolution holds grows with the entities, mentions
and statements; texts, sentences and quads of documents must not add to it.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import corpus

from kg import pipeline
from kg.config import Settings

ROOT = Path(__file__).parents[1]


def resident() -> float:
    """What this process holds, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def measure(docs: Path, output: Path) -> dict[str, float]:
    """MB at the end of each stage of one build, and the peak; `documents`, `entities` and `mentions` are counts."""
    found: dict[str, float] = {}
    stage = ""

    def tell(now: str, done: int, total: int) -> None:
        nonlocal stage
        del done, total
        if stage and now != stage:
            found[stage] = round(resident(), 1)
        stage = now

    report = pipeline.build([str(docs)], Settings(output=str(output)), progress=tell)
    found[stage] = round(resident(), 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"documents": report.documents, "entities": report.entities, **found, "peak": round(peak, 1)}


def main() -> int:
    """Measure, print; 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[250, 500, 1000])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", type=Path, nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(measure(*chosen.one)))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        build = (sys.executable, "-m", "kg", "-q", "build", str(ROOT / "data"), "-o", str(folder / "samples"))
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
        rows = []
        for count in chosen.counts:
            corpus.write(folder / f"docs{count}", folder / "samples", count)
            places = (str(folder / f"docs{count}"), str(folder / f"graph{count}"))
            told = subprocess.run((sys.executable, __file__, "--one", *places), check=True, capture_output=True)
            rows.append(json.loads(told.stdout))
    show(rows, as_json=chosen.json)
    return 0


def show(rows: list[dict[str, float]], *, as_json: bool) -> None:
    """The table, and what a thousand documents add."""
    least, most = rows[0], rows[-1]
    more = (most["documents"] - least["documents"]) / 1000 or 1
    added = {name: round((most[name] - least[name]) / more, 1) for name in most if name in least}
    if as_json:
        print(json.dumps({"builds": rows, "a thousand documents add": added}))
        return
    print(f"  {'':<30}" + "".join(f"{row['documents']:>10.0f}" for row in rows) + "    a thousand add")
    for name in most:
        cells = "".join(f"{row.get(name, 0):>10.0f}" for row in rows)
        print(f"  {name:<30}{cells}{added.get(name, 0):>18.1f}")


if __name__ == "__main__":
    sys.exit(main())
