"""Trains a model on texts of OSKGC and measures it on others: with the same relations, or with relations never seen.

Without --held, the texts tried are some of the split `train` whose triples occur in no other text of it: triples are
what the split `dev` shares with `train`, so that a memory of triples would score well there. With --split another split
is tried, and --draw sets other texts apart. With --held, no text of these families is learned from, and only relations
count that no text learned from has; the epoch is chosen on two more families that are left out (--choose). Triples are
compared as bench/oskgc.py compares them. The licence of OSKGC allows no use but this one: its models are measured and
not given away.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from oskgc import Entry, entries, learned, predictions, spellings, told
from public import SHARED, Triple, by_group, compare, need, show, table, total

from kg.evaluate import Score
from kg.train.loop import Data, Plan, train

SIX = "Airport Athlete Company Food Film University".split()
TWO = "Building Politician".split()
TRIED = 700  # texts
LEASTS = (-4.0, -3.0, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5)  # scores of relations
RULED = 9.0  # the score of what a rule says
Found = dict[Triple, float]
Row = tuple[Entry, Found, Found]  # what the model finds, and what rules find
LARGEST = 12  # texts that share triples with one another


@dataclass(frozen=True, slots=True)
class Split:
    """Entries to learn from, to choose the epoch on, and to try; relations that count where they are tried."""

    learned: list[Entry]
    chosen: list[Entry]
    tried: list[Entry]
    relations: frozenset[str] | None = None


def apart(found: Sequence[Entry], count: int, seed: int = 1) -> set[int]:
    """Numbers of about so many entries whose triples occur in no other entry, in groups that share some."""
    parent = list(range(len(found)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    first: dict[object, int] = {}
    for n, entry in enumerate(found):
        for triple in entry.gold:
            parent[root(n)] = root(first.setdefault(triple, n))
    groups: dict[int, list[int]] = {}
    for n in range(len(found)):
        groups.setdefault(root(n), []).append(n)
    small = [group for group in groups.values() if len(group) <= LARGEST]
    drawn: set[int] = set()
    for group in Random(seed).sample(small, len(small)):
        if len(drawn) < count:
            drawn |= set(group)
    return drawn


def by_triples(found: list[Entry], others: list[Entry] | None = None, seed: int = 1) -> Split:
    """A third of what is set apart, of all families, chooses the epoch; the rest is tried, or else others are."""
    drawn = sorted(apart(found, TRIED * 3 // 2 if others is None else TRIED // 2, seed))
    third = set(drawn[::3] if others is None else drawn)
    left = set(drawn)
    rest = [entry for n, entry in enumerate(found) if n not in left]
    return Split(rest, [found[n] for n in sorted(third)], others or [found[n] for n in drawn if n not in third])


def by_families(found: list[Entry], held: Iterable[str], choose: Iterable[str]) -> Split:
    """Families that are tried or chosen on are not learned from."""
    tried, chosen = set(held), set(choose)
    rest = [entry for entry in found if entry.family not in tried | chosen]
    seen = {relation for entry in rest for _, relation, _ in entry.gold}
    others = {relation for entry in found for _, relation, _ in entry.gold} - seen
    return Split(
        rest,
        [entry for entry in found if entry.family in chosen],
        [entry for entry in found if entry.family in tried],
        frozenset(others),
    )


def trained(data: Path, split: Split, plan: Plan, output: Path, start: Path | None = None) -> None:
    """Train on the split, from a bare encoder or from a model, and write the model."""
    import torch

    from kg.extract.learned.labels import Vocabulary, vocabulary
    from kg.extract.learned.pieces import plain_tokenizer
    from kg.ontology import load
    from kg.train.batches import Item, itemised
    from kg.train.export import write_model
    from kg.train.oskgc import example, keys_of
    from kg.train.run import begun, keys_learned

    vocabularies: dict[str, Vocabulary] = {}
    keys: dict[str, dict[str, str]] = {}
    for category in sorted({entry.category for entry in (*split.learned, *split.chosen)}):
        ontology = load([data / "ontology" / "rdf" / f"{category}.ttl"])
        vocabularies[category], keys[category] = vocabulary(ontology), keys_of(ontology)

    learned_from = {entry.category for entry in split.learned}
    known = keys_learned(vocabularies[category] for category in sorted(learned_from))
    torch.manual_seed(plan.seed)
    network, words = begun(known, start=start)
    tokenizer = plain_tokenizer(words)

    def items(found: Iterable[Entry]) -> list[Item]:
        return [itemised(tokenizer, example(entry.source, keys[entry.category])) for entry in found]

    found = Data(items(split.learned), items(split.chosen), vocabularies, tokenizer)
    train(network, found, plan, output.with_suffix(".checkpoint"), _tell)
    write_model(network, words, {"name": output.stem}, output)


def scores(data: Path, split: Split, model: Path) -> dict[str, Score]:
    """What a model is worth on the entries that are tried, all together and by family.

    The least score is the one that does best on the entries that the epoch was chosen on.
    """
    read = learned(data, model, spellings(split.learned))

    def pairs(entries: list[Entry]) -> list[Row]:
        rows = [(entry, _only(read(entry), split)) for entry in entries]
        rules: Iterable[frozenset[Triple]] = (frozenset() for _ in rows)
        if split.relations is not None:  # there the rules, which go by labels, have something to add
            rules = (ours for _, ours, _ in predictions(data, entries, model))
        return [
            (entry, found, _only(dict.fromkeys(ruled, RULED), split))
            for (entry, found), ruled in zip(rows, rules, strict=True)
        ]

    def worth(rows: list[Row], least: float) -> Score:
        return total(_compared(entry, found | ruled, least, split) for entry, found, ruled in rows)

    chosen, tried = pairs(split.chosen), pairs(split.tried)
    sums = {least: worth(chosen, least).f1 for least in LEASTS}
    least = max(LEASTS, key=lambda one: (sums[one], one)) if chosen else 0.0
    _tell(f"least score: {least:g}")
    families = by_group((entry.family, _compared(entry, f | r, least, split)) for entry, f, r in tried)
    record = {"all": total(families.values()), **families}
    if split.relations is not None:
        record["model alone"] = worth([(entry, found, {}) for entry, found, _ in tried], least)
        record["rules with its names"] = worth([(entry, {}, ruled) for entry, _, ruled in tried], least)
        plain = predictions(data, split.tried)
        alone: list[Row] = [(entry, {}, _only(dict.fromkeys(ours, RULED), split)) for entry, ours, _ in plain]
        record["rules alone"] = worth(alone, least)
    return record


def _compared(entry: Entry, found: Found, least: float, split: Split) -> Score:
    if split.relations is None:
        return compare(told(found, least), entry.gold)
    likely = frozenset(triple for triple, score in found.items() if score > least)
    return compare(likely, frozenset(_only(dict.fromkeys(entry.gold, 0.0), split)))


def _only(triples: Found, split: Split) -> Found:
    """Of relations that count, and where a model holds another one likelier for the same two things, not."""
    if split.relations is None:
        return triples
    best: dict[tuple[str, str], float] = {}
    for (subject, _, object_), score in triples.items():
        best[subject, object_] = max(score, best.get((subject, object_), score))
    return {t: score for t, score in triples.items() if t[1] in split.relations and score == best[t[0], t[2]]}


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    """Train unless there is a model, try, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=SHARED / "oskgc")
    parser.add_argument("--held", nargs="*", help=f"families not learned from (none named: {' '.join(SIX)})")
    parser.add_argument("--choose", nargs="*", default=TWO, help=f"families to choose on (default: {' '.join(TWO)})")
    parser.add_argument("--model", type=Path, help="where the model is kept; one that is there is tried at once")
    parser.add_argument("--start", type=Path, help="a model file to train on from, such as the one that ships")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--split", help="another split that is tried instead of texts of train")
    parser.add_argument("--draw", type=int, default=1, help="seed of the draw of texts (default: 1)")
    parser.add_argument("--swap", type=float, default=0.8, help="the part of the texts read with other names")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found = entries(need(chosen.data / "train"))
    held = chosen.held if chosen.held is None else chosen.held or SIX
    others = entries(need(chosen.data / chosen.split)) if chosen.split else None
    split = by_triples(found, others, chosen.draw) if held is None else by_families(found, held, chosen.choose)
    _tell(f"{len(split.learned)} texts to learn from, {len(split.chosen)} to choose on, {len(split.tried)} to try")
    with tempfile.TemporaryDirectory() as folder:
        model = chosen.model or Path(folder) / "model.kgm"
        if not model.exists():
            forget = 0.3 if held is None else 0.6
            plan = Plan(epochs=chosen.epochs, size=24, forget=forget, swap=chosen.swap, threads=chosen.threads)
            trained(chosen.data, split, plan, model, chosen.start)
        result = scores(chosen.data, split, model)
    record = {"held": held or [], "texts": len(split.tried), "relations": sorted(split.relations or []), **result}
    title = f"{len(split.tried)} texts" + (f", {len(split.relations)} relations never seen" if split.relations else "")
    show(chosen.json, record, table(title, result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
