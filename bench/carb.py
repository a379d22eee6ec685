"""Open clauses against CaRB, a crowd-sourced benchmark of open information extraction.

Prints precision, recall and F1 where F1 is best, and the area under the precision-recall curve, of kg's clauses and of
a plain baseline on the same sentences, beside figures that are published for other systems on the benchmark's test
split, which has other sentences. The measure is that of Bhardwaj, Aggarwal and Mausam, "CaRB: A Crowdsourced Benchmark
for Open IE", EMNLP 2019, as its authors' scorer computes it by default.
"""

from __future__ import annotations

import argparse
import json
import re
import string
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extract.graph import Graph
    from kg.extract.openie import Clause
    from kg.model import Span

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "bench" / "carb"
PARTS = ("tune", "held", "all")
# F1 and area under the curve on the test split, with who measured it.
PUBLISHED = (
    ("ClausIE", 0.450, None, "rerun"),
    ("OpenIE 4", 0.488, None, "rerun"),
)
# F1 that kg has to reach on any part.
BAR = 0.57
_BE = frozenset("be is am are was were been being".split())
_SAID = ("said", "told", "added", "adds", "says")


@dataclass(frozen=True, slots=True)
class Tuple:
    """What a sentence says: a relation and its arguments, the first being the subject; words of the sentence.

    confidence: by which predictions are ranked; gold has 1.
    """

    relation: tuple[str, ...]
    arguments: tuple[tuple[str, ...], ...]
    confidence: float = 1.0


Tuples = Mapping[str, Sequence[Tuple]]


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision, recall and F1 at the threshold where F1 is best, and the area under the whole curve.

    curve: (threshold, precision, recall), from the lowest threshold on. predicted, gold: numbers of tuples.
    """

    precision: float
    recall: float
    f1: float
    area: float
    predicted: int
    gold: int
    curve: tuple[tuple[float, float, float], ...] = ()


def match(gold: Tuple, predicted: Tuple) -> tuple[float, float]:
    """Precision and recall of a prediction by its words, slot by slot: relation, first argument, all others.

    Nothing matches where the relations share no word; "be" in a prediction stands for each of its forms. Of what
    someone said, subject and object may change places.
    """
    said = any(word in " ".join(gold.relation) for word in _SAID)
    ways = [_two(predicted)]
    if said and len(predicted.arguments) > 1:
        ways.append((ways[0][1], ways[0][0]))
    return max(_lenient(gold.relation, _two(gold), predicted.relation, way) for way in ways)


def _two(found: Tuple) -> tuple[tuple[str, ...], ...]:
    """The first argument, and the others as one."""
    first, *others = found.arguments
    return (first, tuple(word for other in others for word in other)) if others else (first,)


def _lenient(
    gold_relation: Sequence[str],
    gold: Sequence[Sequence[str]],
    relation: Sequence[str],
    predicted: Sequence[Sequence[str]],
) -> tuple[float, float]:
    shared, left = _shared(gold_relation, relation)
    if "be" in left and _BE & set(gold_relation):
        shared += 1
    if not shared or len(predicted) < len(gold):
        return 0.0, 0.0
    shared += sum(_shared(a, b)[0] for a, b in zip(gold, predicted, strict=False))
    # An argument that gold has not is not counted.
    of_predicted = len(relation) + sum(len(b) for _, b in zip(gold, predicted, strict=False))
    of_gold = len(gold_relation) + sum(map(len, gold))
    return shared / of_predicted, shared / of_gold


def _shared(gold: Sequence[str], predicted: Sequence[str]) -> tuple[int, list[str]]:
    """How many words of gold are predicted, each counted once, and the predicted words that are left over."""
    left = list(predicted)
    shared = 0
    for word in gold:
        if word in left:
            left.remove(word)
            shared += 1
    return shared, left


def precise(table: Sequence[Sequence[tuple[float, float]]], columns: Sequence[int]) -> float:
    """The precisions of a one-to-one assignment of predictions (columns) to gold (rows), the best pairs first."""
    pairs = sorted((-row[j][0], i, j) for i, row in enumerate(table) for j in columns)
    rows: set[int] = set()
    taken: set[int] = set()
    total = 0.0
    for value, i, j in pairs:
        if i not in rows and j not in taken:
            rows.add(i)
            taken.add(j)
            total -= value
    return total


def score(gold: Tuples, predicted: Tuples) -> Scores:
    """Scores over all sentences of gold: each prediction counts once in precision, each gold tuple once in recall.

    For precision, each prediction is given to one gold tuple at most; for recall, a gold tuple takes the prediction
    that covers most of it, even if others take the same.
    """
    thresholds = sorted({t.confidence for sentence in gold for t in predicted.get(sentence, ())})
    tables = [
        ([[match(g, t) for t in predicted.get(s, ())] for g in tuples], [t.confidence for t in predicted.get(s, ())])
        for s, tuples in gold.items()
    ]
    total = sum(map(len, gold.values()))
    curve = [(threshold, *_at(tables, threshold, total)) for threshold in thresholds]
    best = max(((_f1(p, r), p, r) for _, p, r in curve), default=(0.0, 0.0, 0.0))
    number = sum(len(confidences) for _, confidences in tables)
    return Scores(best[1], best[2], best[0], area(curve), number, total, tuple(curve))


def _at(
    tables: Sequence[tuple[list[list[tuple[float, float]]], list[float]]], threshold: float, total: int
) -> tuple[float, float]:
    """Precision and recall of the predictions that are at least as sure as the threshold."""
    right = covered = 0.0
    number = 0
    for table, confidences in tables:
        columns = [j for j, confidence in enumerate(confidences) if confidence >= threshold]
        number += len(columns)
        right += precise(table, columns)
        covered += sum(max((row[j][1] for j in columns), default=0.0) for row in table)
    return right / number if number else 1.0, covered / total if total else 0.0


def area(curve: Sequence[tuple[float, float, float]]) -> float:
    """The area under precision over recall by trapezoids, from the point of precision 1 and recall 0 on."""
    points = [(recall, precision) for _, precision, recall in curve] + [(0.0, 1.0)] if curve else []
    return sum((a[0] - b[0]) * (a[1] + b[1]) / 2 for a, b in pairwise(points))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
_QUOTES = {"``": '"', "''": '"', "`": "'"}
_NO_SPACE_BEFORE = re.compile(r"[,.;:!?%)\]}]|\.\.\.|'(?:s|S|d|m|re|ve|ll|)|[nN]'t")
_NO_SPACE_AFTER = frozenset("([{$#")
_OPENING = frozenset(("``", "`"))


def plain(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    """A sentence in the tokens of the Penn Treebank as it would be written, and the offsets of each token in it."""
    tokens = sentence.split()
    text = ""
    offsets: list[tuple[int, int]] = []
    inside = False
    glued = True
    for n, token in enumerate(tokens):
        written = _BRACKETS.get(token, _QUOTES.get(token, token))
        closing = token == "''" or (token == '"' and inside)
        if token in ("``", "''", '"'):
            inside = not closing
        hyphen = token == "-" and 0 < n < len(tokens) - 1
        joined = glued or closing or hyphen or bool(_NO_SPACE_BEFORE.fullmatch(written))
        text += "" if joined or not text else " "
        offsets.append((len(text), len(text) + len(written)))
        text += written
        glued = written in _NO_SPACE_AFTER or token in _OPENING or hyphen or (token == '"' and not closing)
    return text, offsets


def words_at(tokens: Sequence[str], offsets: Sequence[tuple[int, int]], spans: Sequence[Span]) -> tuple[str, ...]:
    """The sentence's own tokens that lie under some spans of the plain text, in order."""
    return tuple(
        token
        for token, (begin, end) in zip(tokens, offsets, strict=True)
        if any(span.begin < end and begin < span.end for span in spans)
    )


def tuple_of(clause: Clause, tokens: Sequence[str], offsets: Sequence[tuple[int, int]]) -> Tuple:
    """A clause in the tokens of the benchmark; a copula that is not in the text is "be", which stands for each form."""
    parts = [clause.predicate, clause.subject, *clause.arguments]
    relation, *arguments = (
        (("be",) if part.implied in _BE else tuple(part.implied.split())) + words_at(tokens, offsets, part.spans)
        for part in parts
    )
    return Tuple(relation, tuple(arguments), clause.confidence)


def baseline(graph: Graph) -> Iterator[tuple[list[int], list[int], list[int]]]:
    """Subject, verb and object of each verb that has both, straight from the parse: what any parser gives at once."""
    p = graph.parse
    for verb in range(len(p.words)):
        subjects = list(graph.children(verb, "nsubj", "nsubjpass"))
        objects = list(graph.children(verb, "dobj", "attr"))
        objects += [o for c in graph.children(verb, "prep", "agent") for o in graph.children(c, "pobj")]
        if subjects and objects:
            yield sorted(graph.subtree(subjects[0])), [verb], sorted(graph.subtree(objects[0]))


def read_gold(path: Path) -> dict[str, list[Tuple]]:
    """The gold tuples of each sentence, by its key; a line is sentence, relation, arguments, separated by tabs."""
    found: dict[str, list[Tuple]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence, relation, *arguments = line.strip().split("\t")
        words = tuple(tuple(argument.split()) for argument in arguments)
        found.setdefault(sentence.strip(), []).append(Tuple(tuple(relation.split()), words))
    # Of sentences that differ in punctuation only, the last one counts, as in the authors' scorer.
    return {key(sentence): tuples for sentence, tuples in found.items()}


def key(sentence: str) -> str:
    """A sentence without spaces and punctuation: gold and sentences are not always spelled alike."""
    for escaped, bracket in _BRACKETS.items():
        sentence = sentence.replace(escaped, bracket)
    return re.sub(rf"[\s{re.escape(string.punctuation)}]", "", sentence)


def part_of(sentences: Sequence[str], part: str) -> Sequence[str]:
    """The first two thirds, which rules may be tuned on, the rest, or all."""
    cut = len(sentences) * 2 // 3
    return {"tune": sentences[:cut], "held": sentences[cut:], "all": sentences}[part]


def read(folder: Path, part: str) -> dict[str, list[Tuple]]:
    """The gold of a part of the dev split; ends the program with a message where the files are not there."""
    for name in ("dev.txt", "dev_gold.tsv"):
        if not (folder / name).is_file():
            sys.exit(f"error: {folder / name} is not there; give the folder of CaRB's dev split as the first argument")
    gold = read_gold(folder / "dev_gold.tsv")
    sentences = list(dict.fromkeys(line.strip() for line in (folder / "dev.txt").read_text("utf-8").splitlines()))
    return {sentence: gold[key(sentence)] for sentence in part_of(sentences, part) if key(sentence) in gold}


def predict(sentences: Sequence[str]) -> tuple[dict[str, list[Tuple]], dict[str, list[Tuple]]]:
    """The tuples of kg's clauses and of the baseline for each sentence."""
    from kg.annotate import ANNOTATORS
    from kg.config import Settings
    from kg.extract.openie import clauses
    from kg.extract.propositions import propositions
    from kg.pipeline import load_ontology

    settings = Settings()
    annotator = ANNOTATORS["spacy"](settings.model, load_ontology(settings))
    texts = [plain(sentence) for sentence in sentences]
    parses = annotator.phrases([text for text, _ in texts])
    ours: dict[str, list[Tuple]] = {}
    simple: dict[str, list[Tuple]] = {}
    for sentence, (text, offsets), parse in zip(sentences, texts, parses, strict=True):
        tokens = sentence.split()
        graph = propositions(parse)
        ours[sentence] = [tuple_of(c, tokens, offsets) for c in clauses(text, graph) if c.arguments]
        simple[sentence] = []
        for parts in baseline(graph):
            subject, verb, obj = (words_at(tokens, offsets, [parse.spans[i] for i in part]) for part in parts)
            simple[sentence].append(Tuple(verb, (subject, obj)))
    return ours, simple


def table(rows: Mapping[str, Scores]) -> Iterator[str]:
    """Lines to print: what was measured, then what is published."""
    yield f"{'':28} {'prec.':>7} {'recall':>7} {'F1':>7} {'AUC':>7} {'pred.':>6} {'gold':>6}"
    for name, s in rows.items():
        yield f"{name:28} {s.precision:7.3f} {s.recall:7.3f} {s.f1:7.3f} {s.area:7.3f} {s.predicted:6} {s.gold:6}"
    yield "\npublished, on the test split"
    for name, f1, auc, source in PUBLISHED:
        yield f"  {name:42} {f1:7.3f} {'' if auc is None else f'{auc:.3f}':>7}  {source}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "path", nargs="?", type=Path, default=DATA, help="folder of the dev split (dev.txt, dev_gold.tsv)"
    )
    parser.add_argument("--part", choices=PARTS, default="all", help="first two thirds, the rest, or all (default)")
    parser.add_argument("--json", action="store_true", help="print the scores as JSON, with the curves")
    return parser.parse_args()


def main() -> int:
    """Score and print; return 1 where kg misses the bar."""
    options = _options()
    gold = read(options.path, options.part)
    ours, simple = predict(list(gold))
    rows = {"kg": score(gold, ours), "subject, verb, object": score(gold, simple)}
    if options.json:
        from dataclasses import asdict

        print(json.dumps({name: asdict(scores) for name, scores in rows.items()}, indent=1))
    else:
        print("\n".join(table(rows)))
    return int(rows["kg"].f1 < BAR)


if __name__ == "__main__":
    sys.exit(main())
