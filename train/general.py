"""Trains the general model on the texts of this folder.

    train/general.py [-o MODEL] [--epochs N] [--threads N] [--held DOMAIN ...]

--held: domains that are not learned from; how well the model reads them tells what it is worth for a new ontology.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Train and print the scores."""
    from kg.train.loop import Plan
    from kg.train.run import Source, train_model
    from kg.train.trial import tried

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, default=Path("general.kgm"))
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--held", nargs="*", default=[])
    chosen = parser.parse_args()
    company = [*sorted((HERE / "company").glob("*.jsonl")), *sorted((HERE / "documents").glob("*.json"))]
    sources = [Source("company", HERE.parent / "ontology" / "company.ttl", tuple(company))]
    sources += [
        Source(folder.name, folder / "ontology.ttl", tuple(sorted(folder.glob("*.jsonl"))))
        for folder in sorted((HERE / "domains").iterdir())
    ]
    learned = [source for source in sources if source.name not in chosen.held]
    train_model(
        learned,
        chosen.output,
        Plan(epochs=chosen.epochs, threads=chosen.threads),
        tell,
        licence="Apache-2.0, written for this project",
    )
    for source in sources:
        if source.name in chosen.held:
            score = tried(chosen.output, source)
            tell(f"{source.name}: precision {score.precision:.3f} recall {score.recall:.3f} F1 {score.f1:.3f}")
    return 0


def tell(line: str) -> None:
    """Print at once."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
