"""Precision, recall and F1 of a build against gold documents, set beside the scores that are committed.

The gold is built into a temporary folder and scored as `kg evaluate` does. The scores go to bench/scores/<name>.json,
with the versions that they depend on; the file is written anew only where more than the date would change.
"""

from __future__ import annotations

import argparse
import datetime
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold"
SCORES = Path(__file__).parent / "scores"
# A fall that is still no fall: what one fact more or less makes in a few hundred.
SLACK = 0.005
MEASURES = ("precision", "recall", "f1")
PARTS = ("genres", "properties", "documents")

Scores = Mapping[str, Any]
Rows = list[dict[str, Any]]


def rows_of(gold: Path) -> tuple[Rows, Rows]:
    """Facts and entities of the gold documents, as `kg facts` and `kg entities` tell them."""
    from kg import facts
    from kg.config import Settings
    from kg.pipeline import build
    from kg.store import Store

    documents = sorted(str(path) for path in gold.glob("*.json"))
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        report = build(documents, Settings(output=folder))
        for problem in report.problems:
            print(f"not read: {problem.where}: {problem.what}", file=sys.stderr)
        with Store.view(Path(folder)) as store:
            return facts.facts(store), facts.entities(store)


def versions() -> dict[str, str]:
    """All that decides the scores, beside the gold: package, model, spaCy, ontology."""
    from importlib.metadata import version

    from kg import __version__
    from kg.annotate.language import model_version
    from kg.config import Settings
    from kg.pipeline import load_ontology

    settings = Settings()
    return {
        "evident-kg": __version__,
        "model": model_version(settings.model),
        "ontology": load_ontology(settings).digest,
        "spaCy": version("spacy"),
    }


def fallen(scores: Scores, earlier: Scores, slack: float = SLACK) -> list[str]:
    """What is worse than it was: F1 or precision by more than the slack, or a trap more."""
    found = [
        f"{measure} of {part} is {scores[part][measure]:.3f}, was {earlier[part][measure]:.3f}"
        for part in ("facts", "entities")
        for measure in ("f1", "precision")
        if round(earlier[part][measure] - scores[part][measure], 3) > slack
    ]
    if scores["traps_sprung"] > earlier["traps_sprung"]:
        found.append(f"{scores['traps_sprung']} traps are sprung, were {earlier['traps_sprung']}")
    return found


def table(scores: Scores, earlier: Scores | None) -> Iterator[str]:
    """Lines: totals, then by genre, property and document, with the difference of each F1."""
    yield f"{'':32} {'prec.':>7} {'recall':>7} {'F1':>7} {'right':>6} {'pred.':>6} {'gold':>6}   F1 before"
    for part in ("facts", "entities"):
        yield _line(part, scores[part], (earlier or {}).get(part))
    before = f", {earlier['traps_sprung']} before" if earlier else ""
    yield f"traps sprung: {scores['traps_sprung']} of {scores['traps_set']}{before}"
    for part in PARTS:
        yield f"\n{part}"
        for name, score in scores[part].items():
            yield _line(f"  {name}", score, (earlier or {}).get(part, {}).get(name))


def _line(name: str, score: Scores, earlier: Scores | None) -> str:
    measures = " ".join(f"{score[measure]:7.3f}" for measure in MEASURES)
    counts = " ".join(f"{score[count]:6}" for count in ("right", "predicted", "gold"))
    change = f"   {score['f1'] - earlier['f1']:+.3f}" if earlier and score["f1"] != earlier["f1"] else ""
    return f"{name:32} {measures} {counts}{change}"


def disagreements(ours: Scores, theirs: Scores) -> list[str]:
    """Where two scorers differ, in everything that both tell."""
    return [
        f"{part}: {json.dumps(ours[part], sort_keys=True)} here, {json.dumps(theirs[part], sort_keys=True)} there"
        for part in sorted(ours.keys() & theirs.keys())
        if ours[part] != theirs[part]
    ]


def scored_by(script: Path, rows: Sequence[Mapping[str, Any]], gold: Path) -> Scores:
    """What another scorer, which takes rows as JSON lines, says of these rows."""
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        file = Path(folder) / "rows.jsonl"
        file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        command = [sys.executable, str(script), str(file), "--gold", str(gold), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"error: {script} ended with {done.returncode}: {done.stderr.strip()}")
    found: Scores = json.loads(done.stdout)
    return found


def name_of(gold: Path) -> str:
    """What the scores of a gold folder are called: its last two parts, "tests-gold"."""
    return "-".join(part for part in gold.resolve().parts[-2:] if part != gold.anchor)


def _read(file: Path) -> dict[str, Any] | None:
    if not file.is_file():
        return None
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def _undated(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "date"}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD, help="folder of gold (default: tests/gold)")
    parser.add_argument("--name", help="name of the file of scores (default: the last two parts of the folder)")
    parser.add_argument("--date", type=datetime.date.fromisoformat, help="date to be written (default: today's, UTC)")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit code 1 where F1 or precision fell, or traps rose"
    )
    parser.add_argument(
        "--compare-with", type=Path, metavar="SCRIPT", help="a scorer that has to come to the same scores"
    )
    return parser.parse_args()


def main() -> int:
    """Score, print, compare, write; return 1 where a check fails."""
    options = _options()

    from kg.errors import KGError
    from kg.evaluate import evaluate

    try:
        facts, entities = rows_of(options.gold)
        scores = evaluate(facts, entities, options.gold).as_dict()
    except KGError as error:
        sys.exit(f"error: {error}")
    file = SCORES / f"{options.name or name_of(options.gold)}.json"
    earlier = _read(file)
    print("\n".join(table(scores, earlier)))
    if options.compare_with:
        differing = disagreements(scores, scored_by(options.compare_with, [*facts, *entities], options.gold))
        print("\n".join(differing) or f"\n{options.compare_with.name} comes to the same scores")
        if differing:
            return 1
    if options.check:
        return _check(scores, earlier, file)
    date = (options.date or datetime.datetime.now(datetime.UTC).date()).isoformat()
    record = {"date": date, "versions": versions(), **scores}
    if options.date is None and earlier is not None and _undated(record) == _undated(earlier):
        print(f"\n{file.name} of {earlier['date']} still holds")
    else:
        SCORES.mkdir(exist_ok=True)
        file.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"\nwritten: bench/scores/{file.name}")
    return 0


def _check(scores: Scores, earlier: Scores | None, file: Path) -> int:
    if earlier is None:
        sys.exit(f"error: there is no {file.name} to check against; run without --check first")
    worse = fallen(scores, earlier)
    print("\n".join(["", *worse]) if worse else "\nno score has fallen")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
