"""How fast a model learns an ontology that is new to it: F1 on a topic of OSKGC after 0, 10, 50 and 200 examples.

    bench/curve.py MODEL [--families NAME ...] [--counts N ...]

MODEL is where training begins; it must not have learned from OSKGC. N examples a property: texts are taken in a random
order, those with a property that has fewer than N yet. A fifth of them chooses the epoch. Texts tried have no triple in
common with those taken.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from oskgc import Entry, entries
from oskgc_learned import Split, apart, scores, trained
from public import SHARED, need, show, table, total

from kg.evaluate import Score
from kg.train.loop import Plan

FAMILIES = "Airport Film University".split()
COUNTS = (0, 10, 50, 200)
TRIED = 100  # texts of a family
STEPS = 240  # of training, about; so that few examples are seen often


def taken(pool: Sequence[Entry], count: int, seed: int = 1) -> list[Entry]:
    """Texts with about so many examples of each relation, as far as there are."""
    seen: Counter[str] = Counter()
    found = []
    for entry in Random(seed).sample(pool, len(pool)):
        relations = {relation for _, relation, _ in entry.gold}
        if any(seen[relation] < count for relation in relations):
            seen.update(relations)
            found.append(entry)
    return found


def learned(data: Path, family: list[Entry], count: int, start: Path, output: Path) -> Score:
    """What the model is worth on a family after so many examples a relation."""
    drawn = apart(family, TRIED)
    tried = [family[n] for n in sorted(drawn)]
    found = taken([entry for n, entry in enumerate(family) if n not in drawn], count)
    fifth = max(1, len(found) // 5)
    split = Split(found[fifth:], found[:fifth], tried)
    model = start
    if count:
        epochs = max(3, min(20, STEPS * 12 // len(found)))
        plan = Plan(epochs=epochs, size=12, rate=8e-5, heads_rate=3e-4, patience=epochs)
        model = output
        trained(data, split, plan, model, start)
    return scores(data, split, model)["all"]


def main() -> int:
    """Train, try, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", type=Path)
    parser.add_argument("--data", type=Path, default=SHARED / "oskgc")
    parser.add_argument("--families", nargs="+", default=FAMILIES)
    parser.add_argument("--counts", nargs="+", type=int, default=COUNTS)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    if chosen.model is None:
        print("left out: name the model file to begin with", file=sys.stderr)
        return 0
    found = entries(need(chosen.data / "train"))
    record: dict[str, dict[str, Score]] = {}
    for count in chosen.counts:
        row = record[f"{count} examples"] = {}
        for name in chosen.families:
            with tempfile.TemporaryDirectory() as folder:
                family = [entry for entry in found if entry.family == name]
                row[name] = learned(chosen.data, family, count, chosen.model, Path(folder) / "model.kgm")
                print(f"{count} examples, {name}: {row[name].f1:.3f}", file=sys.stderr, flush=True)
        row["all"] = total(row.values())
    show(chosen.json, record, (line for title, row in record.items() for line in table(title, row)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
