"""Trains the general model on the texts of this folder.

    train/general.py [-o MODEL] [--epochs N] [--threads N] [--size N] [--start MODEL] [--held DOMAIN ...]
                     [--public FOLDER [--warm N]]

--start: a model file to train on from, with --warm 0 to leave out what only warms up.
--held: domains that are not learned from; how well the model reads them tells what it is worth for a new ontology.
--public: a folder with the data sets CORE, DFKI and Re-DocRED, from which it learns in the first epochs besides. A
fifth of CORE and of Re-DocRED is never learned from, and tells what the model is worth there.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.train.examples import Example
    from kg.train.run import Reader, Source

HERE = Path(__file__).parent
OWN = "Apache-2.0, written for this project"
PUBLIC = "CORE and the corpus of DFKI, CC BY 4.0; Re-DocRED, MIT"


def main() -> int:
    """Train and print the scores."""
    from kg.train.loop import Plan
    from kg.train.run import train_model
    from kg.train.trial import tried

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, default=Path("general.kgm"))
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--size", type=int, default=24, help="texts of a step")
    parser.add_argument("--start", type=Path)
    parser.add_argument("--held", nargs="*", default=[])
    parser.add_argument("--public", type=Path)
    parser.add_argument("--warm", type=int, default=3)
    chosen = parser.parse_args()
    sources = [own("company", HERE.parent / "ontology" / "company.ttl", "company", "documents")]
    sources += [
        own(folder.name, folder / "ontology.ttl", f"domains/{folder.name}")
        for folder in sorted((HERE / "domains").iterdir())
    ]
    learned = [source for source in sources if source.name not in chosen.held]
    licence, warm = OWN, 0
    if chosen.public:
        learned += public(chosen.public)
        licence, warm = f"{OWN}; {PUBLIC}", chosen.warm
    plan = Plan(epochs=chosen.epochs, warm=warm, size=chosen.size, threads=chosen.threads, patience=chosen.epochs)
    train_model(learned, chosen.output, plan, tell, start=chosen.start, licence=licence)
    for source in sources:
        if source.name in chosen.held:
            score = tried(chosen.output, source)
            tell(f"{source.name}: precision {score.precision:.3f} recall {score.recall:.3f} F1 {score.f1:.3f}")
    return 0


def own(name: str, ontology: Path, *folders: str) -> Source:
    """What is learned from in folders here, and what is held back of them."""
    from kg.train.run import Source

    files, held = (
        tuple(path for folder in folders for path in sorted((top / folder).glob("*.json*")))
        for top in (HERE, HERE / "held")
    )
    return Source(name, ontology, files, held)


def public(folder: Path) -> list[Source]:
    """What is learned from public data sets, in the first epochs."""
    from kg.train.public import core, dfki, redocred
    from kg.train.run import Source

    company, wikidata = HERE.parent / "ontology" / "company.ttl", HERE / "public" / "redocred.ttl"
    return [
        Source("core", company, (folder / "core" / "train.json",), warming=True, reader=partial(_learned, core)),
        Source("dfki", company, (folder / "dfki" / "train.jsonl.gz",), warming=True, reader=dfki),
        Source(
            "redocred",
            wikidata,
            (folder / "redocred" / "dev_revised.json",),
            warming=True,
            reader=partial(_learned, redocred),
        ),
    ]


def _learned(reader: Reader, path: Path, vocabulary: str, keys: Mapping[str, str]) -> Iterator[Example]:
    from kg.train.public import parted

    yield from parted(reader(path, vocabulary, keys), held=False)


def tell(line: str) -> None:
    """Print at once."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
