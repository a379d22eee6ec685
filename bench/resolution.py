"""Whether two names are one thing: precision, recall and F1 on labelled pairs, and the time for a hundred thousand.

The scorer's weights were fitted to one half of name_pairs.csv; the other half is measured, by category, at both of its
thresholds. Beside it stands what one similarity of strings gives, rapidfuzz's token_sort_ratio at the threshold that
suits it best on the training half. Ends with exit code 1 where F1 or precision is below scores/resolution.json by more
than the slack, a pair that is one is not among the candidates of blocking more often, or the time is over the bar.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from name_pairs import LabelledPair, read
from rapidfuzz import fuzz, utils

from kg.resolve.candidates import Candidate, pairs
from kg.resolve.compare import ASK, MERGE, compare, likely

SCORES = Path(__file__).parent / "scores" / "resolution.json"
SLACK = 0.005
MENTIONS = 100_000
BAR = 60.0
"""CPU seconds to find the candidate pairs of `MENTIONS` names."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many pairs were taken for one, rightly and wrongly, and how many were missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """How much of what was taken for one is."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """How much of what is one was taken for it."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right + self.missed else 1.0

    def as_dict(self) -> dict[str, Any]:
        """Measures and counts, for the file of scores."""
        measures = {name: round(getattr(self, name), 3) for name in ("precision", "recall", "f1")}
        return {**measures, "right": self.right, "wrong": self.wrong, "missed": self.missed}


Judged = Sequence[tuple[LabelledPair, float]]


def measure(judged: Iterable[tuple[LabelledPair, float]], threshold: float) -> Score:
    """The score of pairs, each with how alike its names are."""
    judged = list(judged)
    return Score(
        sum(p.same and s >= threshold for p, s in judged),
        sum(not p.same and s >= threshold for p, s in judged),
        sum(p.same and s < threshold for p, s in judged),
    )


def judge(found: Sequence[LabelledPair], function: Callable[[LabelledPair], float]) -> Judged:
    """Each pair with what a function says of it."""
    return [(pair, function(pair)) for pair in found]


def ours(pair: LabelledPair) -> float:
    """The scorer's belief."""
    return compare(pair.one, pair.other).score


def sorted_tokens(pair: LabelledPair) -> float:
    """rapidfuzz's token_sort_ratio, in [0, 1]."""
    return fuzz.token_sort_ratio(pair.one.names[0], pair.other.names[0], processor=utils.default_process) / 100


def best_threshold(judged: Judged) -> float:
    """The threshold at which most pairs are judged rightly; F1 would be highest where all are taken for one."""
    return max(sorted({s for _, s in judged}), key=lambda t: sum(p.same == (s >= t) for p, s in judged))


def scored(found: Sequence[LabelledPair]) -> dict[str, Any]:
    """All that is frozen: both halves at both thresholds, the test half by category, string similarity, blocking."""
    halves = {half: [p for p in found if p.half == half] for half in ("train", "test")}
    plain = best_threshold(judge(halves["train"], sorted_tokens))
    tested = judge(halves["test"], ours)
    categories = sorted({p.category for p in found})
    return {
        "pairs": {half: len(of) for half, of in halves.items()},
        "merge": measure(tested, MERGE).as_dict(),
        "ask": measure(tested, ASK).as_dict(),
        "merge_train": measure(judge(halves["train"], ours), MERGE).as_dict(),
        "ask_train": measure(judge(halves["train"], ours), ASK).as_dict(),
        "token_sort_ratio": {
            "threshold": round(plain, 3),
            **measure(judge(halves["test"], sorted_tokens), plain).as_dict(),
        },
        "blocking": {half: unblocked(of) for half, of in halves.items()},
        "categories": {
            name: {
                level: measure([j for j in tested if j[0].category == name], threshold).as_dict()
                for level, threshold in (("merge", MERGE), ("ask", ASK))
            }
            for name in categories
        },
    }


def unblocked(found: Sequence[LabelledPair]) -> int:
    """How many pairs that are one share no key, so that they are never compared."""
    candidates = [c for p in found for c in (p.one, p.other)]
    compared = set(pairs(candidates))
    return sum(p.same and (2 * n, 2 * n + 1) not in compared for n, p in enumerate(found))


def fallen(scores: dict[str, Any], earlier: dict[str, Any]) -> list[str]:
    """What is worse than it was."""
    found = [
        f"{measure} at the threshold to {level} is {scores[level][measure]}, was {earlier[level][measure]}"
        for level in ("merge", "ask")
        for measure in ("precision", "f1")
        if earlier[level][measure] - scores[level][measure] > SLACK
    ]
    if scores["blocking"]["test"] > earlier["blocking"]["test"]:
        found.append(f"blocking misses {scores['blocking']['test']} pairs, missed {earlier['blocking']['test']}")
    return found


def table(scores: dict[str, Any]) -> Iterator[str]:
    """Lines for people."""
    yield f"{'':34} {'prec.':>6} {'recall':>6} {'F1':>6}   {'right':>5} {'wrong':>5} {'missed':>6}"
    plain = scores["token_sort_ratio"]
    rows = [
        (f"test half, merge at {MERGE}", scores["merge"]),
        (f"test half, ask at {ASK}", scores["ask"]),
        (f"training half, merge at {MERGE}", scores["merge_train"]),
        (f"training half, ask at {ASK}", scores["ask_train"]),
        (f"token_sort_ratio at {plain['threshold']}, test half", plain),
    ]
    for name, levels in scores["categories"].items():
        rows += [(f"  {name}, merge", levels["merge"]), ("    ask", levels["ask"])]
    for name, row in rows:
        measures = " ".join(f"{row[m]:6.3f}" for m in ("precision", "recall", "f1"))
        yield f"{name:34} {measures}   {row['right']:5} {row['wrong']:5} {row['missed']:6}"


_BEGIN = (
    "ba be bo bra dal den dor fa fel gar gri hal hol ja ka kel kra la lin lo mar mel mo na nor o pel pra ra ros sa "
    "sel sol sten ta tal tor ul va ver vi wal wes zel"
).split()
_END = (
    "ba cker da den dorf fal gard ham hof ka kov land len ley ling ma mar mont na nen ova rum sen ski ta ton ven "
    "vik wick zen berg bridge by combe croft"
).split()
_KIND = "Bank Motors Foods Shipping Textiles Optics University Museum Energy Pharma Papers Railways Robotics".split()
_FORM = "GmbH|AG|Ltd|Inc.|S.p.A.|Oy|AB|plc|B.V.|SA".split("|")
_GIVEN = "Anna Peter Maria John Judith Thomas Elena Henrik Carla David Sofia Martin Laura Paul Nina Karl".split()


def invented(count: int, seed: int = 7) -> list[Candidate]:
    """Things of invented names, a third of them further spellings of one before."""
    chance = random.Random(seed)
    found: list[Candidate] = []
    firsts: list[Candidate] = []
    for n in range(count):
        if n and chance.random() < 0.33:
            before = chance.choice(firsts)
            found.append(Candidate(f"e{n}", (_respelt(before.names[0], chance),), before.type, before.kind))
            continue
        word = chance.choice(_BEGIN).title() + "".join(chance.choice(_END) for _ in range(chance.randint(1, 3)))
        kind = chance.choice(("organization", "person", "product"))
        name = {
            "organization": f"{word} {chance.choice(_KIND)} {chance.choice(_FORM)}",
            "person": f"{chance.choice(_GIVEN)} {word}",
            "product": f"{word} {chance.randint(1, 99)}",
        }[kind]
        found.append(Candidate(f"e{n}", (name,), kind, kind, frozenset((kind,))))
        firsts.append(found[-1])
    return found


def _respelt(name: str, chance: random.Random) -> str:
    words = name.split()
    at = chance.randrange(1, len(name) - 1)
    return chance.choice(
        (
            " ".join(words[:-1]) or name,
            name[:at] + name[at + 1 :],
            name.upper(),
            f"{words[0][0]}. {' '.join(words[1:])}",
        )
    )


def main() -> int:
    """Measure, print, compare; return 1 where something is worse or too slow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--save", action="store_true", help="write the scores anew instead of comparing them")
    parser.add_argument("--mentions", type=int, default=MENTIONS, help=f"names to be timed ({MENTIONS}); 0 for none")
    options = parser.parse_args()
    scores = scored(read())
    print("\n".join(table(scores)))
    missed = scores["blocking"]
    print(f"\nblocking misses {missed['train']} pairs of the training half, {missed['test']} of the test half")
    wrong = []
    if options.mentions:
        candidates = invented(options.mentions)
        begin = time.process_time()
        found = pairs(candidates)
        blocked = time.process_time() - begin
        begin = time.process_time()
        open_pairs = likely(candidates, found=found)
        compared = time.process_time() - begin
        print(
            f"{len(candidates)} names: {len(found)} candidate pairs in {blocked:.1f} s of CPU, "
            f"{len(open_pairs)} open pairs in {compared:.1f} s more"
        )
        if blocked > BAR:
            wrong.append(f"blocking takes more than {BAR:.0f} s")
    if options.save:
        SCORES.write_text(json.dumps(scores, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"written: bench/scores/{SCORES.name}")
    else:
        wrong += fallen(scores, json.loads(SCORES.read_text(encoding="utf-8")))
    print("\n".join(wrong) or "no score has fallen")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
