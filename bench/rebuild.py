"""What a build costs after one document of many changed, against building all of them: CPU of a process of its own.

    python bench/rebuild.py            1,000 documents of 300 words
    python bench/rebuild.py --count 10000

The bar: at most 3 % of the full build, plus loading the language model.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import corpus

ROOT = Path(__file__).parents[1]
BAR = 0.03
CHANGE = "\n\nTarnhelm Boats makes the Kestrel dinghy. Tarnhelm Boats was founded in 1911.\n"  # new things, new facts
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


def main() -> int:
    """Build, change, build again, print; 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", type=Path, help="where the documents and the graph are kept")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        run("-m", "kg", "-q", "build", str(ROOT / "data"), "-o", "samples", cwd=folder)
        words = corpus.write(folder / "docs", folder / "samples", chosen.count)
        build = ("-m", "kg", "-q", "build", "docs", "-o", "graph")
        found = {"loading": run("-c", LOADING, cwd=folder), "full": run(*build, cwd=folder)}
        changed = folder / "docs" / "d00007.txt"
        changed.write_text(changed.read_text(encoding="utf-8") + CHANGE, encoding="utf-8")
        found["one changed"] = run(*build, cwd=folder)
        found["nothing changed"] = run(*build, cwd=folder)
    allowed = BAR * found["full"]["cpu"] + found["loading"]["cpu"]
    met = found["one changed"]["cpu"] <= allowed
    if chosen.json:
        print(json.dumps({"documents": chosen.count, "words": words, "allowed": round(allowed, 2), **found}))
    else:
        print(f"{chosen.count} documents, {words} words")
        for name, row in found.items():
            print(f"  {name:<16} {row['cpu']:8.2f} s CPU  {row['peak MB']:6.0f} MB peak")
        share = (found["one changed"]["cpu"] - found["loading"]["cpu"]) / found["full"]["cpu"]
        print(f"  one changed, without loading: {share:.1%} of the full build (bar {BAR:.0%})")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
