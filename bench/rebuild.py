"""What a build costs after one document of many changed, against building all of them: CPU of a process of its own.

    python bench/rebuild.py            1,000 documents of 300 words
    python bench/rebuild.py --count 10000

On a shared machine the same build costs a third more in one moment than in the next, and a full build is long enough to
see both. So all else is run many times in turn, each time with another document changed, the full build before and
after all that, and means count.

The bar: at most 3 % of the full build, plus loading the language model.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import corpus

ROOT = Path(__file__).parents[1]
BAR = 0.03
NAMES = (
    "Tarnhelm Larkspur Fennick Quillon Bramwick Ravelin Corvane Halbeck Tessaly Wendover Ostrick Marlowe Pellam Sorrel "
    "Dunmore"
).split()
CHANGE = "\n\n{0} Boats makes the {0} Kestrel dinghy. {0} Boats was founded in 19{1}.\n"  # new things, new facts
LOADING = """
from kg.annotate import ANNOTATORS
from kg.config import Settings
from kg.pipeline import load_ontology
from kg.proposers import Proposers
ontology = load_ontology(Settings())
Proposers(Settings(), ontology, ANNOTATORS["spacy"](Settings().model, ontology))
"""


def run(*command: str, cwd: Path) -> dict[str, float]:
    """CPU seconds and peak memory (MB) of a command."""
    process = subprocess.Popen([sys.executable, *command], cwd=cwd, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 3}:
        sys.exit(f"{' '.join(command)} failed")
    return {"cpu": round(used.ru_utime + used.ru_stime, 2), "peak MB": round(used.ru_maxrss / 1024)}


def means(rows: list[dict[str, float]]) -> dict[str, float]:
    """The mean of each figure, and the least and greatest CPU."""
    told = {name: round(statistics.mean(row[name] for row in rows), 2) for name in rows[0]}
    return {**told, "least": min(row["cpu"] for row in rows), "most": max(row["cpu"] for row in rows)}


def main() -> int:
    """Build, change, build again, print; 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--repeats", type=int, choices=range(1, len(NAMES) + 1), default=len(NAMES))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", type=Path, help="where the documents and the graph are kept")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        run("-m", "kg", "-q", "build", str(ROOT / "data"), "-o", "samples", cwd=folder)
        words = corpus.write(folder / "docs", folder / "samples", chosen.count)
        build = ("-m", "kg", "-q", "build", "docs", "-o", "graph")
        rows: dict[str, list[dict[str, float]]] = {"full": [run(*build, "--clean", cwd=folder)]}
        rows |= {"loading": [], "one changed": [], "nothing changed": []}
        for n, name in enumerate(NAMES[: chosen.repeats], start=7):
            rows["loading"].append(run("-c", LOADING, cwd=folder))
            changed = folder / "docs" / f"d{n:05}.txt"
            text = changed.read_text(encoding="utf-8")
            changed.write_text(text + CHANGE.format(name, 10 + n), encoding="utf-8")
            rows["one changed"].append(run(*build, cwd=folder))
            rows["nothing changed"].append(run(*build, cwd=folder))
        rows["full"].append(run(*build[:-1], "again", "--clean", cwd=folder))
    found = {name: means(told) for name, told in rows.items()}
    share = (found["one changed"]["cpu"] - found["loading"]["cpu"]) / found["full"]["cpu"]
    if chosen.json:
        print(json.dumps({"documents": chosen.count, "words": words, "share": round(share, 4), **found}))
    else:
        print(f"{chosen.count} documents, {words} words")
        for name, row in found.items():
            spread = f"({row['least']:.2f} to {row['most']:.2f})"
            print(f"  {name:<16} {row['cpu']:8.2f} s CPU  {row['peak MB']:6.0f} MB peak  {spread}")
        print(f"  one changed, without loading: {share:.1%} of the full build (bar {BAR:.0%})")
    return 0 if share <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
