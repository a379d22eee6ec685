"""Pronouns resolved on GAP (Webster et al. 2018): F1 overall, of "he" and of "she", and the bias between them.

Each row asks whether a pronoun means a name A, a name B, or neither. The texts pass the pipeline as in a build; then
the resolver is asked which thing the pronoun means. Two settings: the names are found by kg ("not given"), or A and B
are all there is to choose from ("given", the paper's gold-two-mention). Plain heuristics run beside it on the same
names. Nothing is looked up: the address of the page is not used.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from kg.evaluate import Score
from kg.model import Annotation, Document, Mention, Relation, Span
from kg.ontology import Ontology
from kg.resolve.agreement import gender, gender_of_pronoun
from kg.resolve.local import open_references
from kg.resolve.reference import References
from kg.resolve.syntax import Position, Syntax

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "bench" / "gap" / "gap-development.tsv"
# The best of the paper's own baselines, by its abstract.
PUBLISHED = 0.669
BAR = PUBLISHED
COLUMNS = ("ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "A-coref", "B", "B-offset", "B-coref")
LABELS = {"TRUE": True, "FALSE": False}

Part = Literal["tune", "held", "all"]
Answer = tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Row:
    """One question. names: spans of A and B. means: whether the pronoun means A, and B."""

    id: str
    text: str
    pronoun: Span
    names: tuple[Span, Span]
    means: Answer

    @property
    def feminine(self) -> bool:
        """Whether the pronoun is a form of "she"."""
        return gender_of_pronoun(self.pronoun.of(self.text).lower()) == "feminine"


@dataclass(frozen=True, slots=True)
class Scores:
    """The official measures."""

    overall: Score
    masculine: Score
    feminine: Score

    @property
    def bias(self) -> float:
        """F1 of the feminine pronouns, divided by that of the masculine ones."""
        return self.feminine.f1 / self.masculine.f1 if self.masculine.f1 else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Numbers by name, rounded to three places."""
        parts = {name: getattr(self, name).as_dict() for name in ("overall", "masculine", "feminine")}
        return {"bias": round(self.bias, 3), **parts}


def score(rows: Sequence[Row], answers: Mapping[str, Answer]) -> Scores:
    """The official measure: each row has two labels, and TRUE is what is looked for; no answer is FALSE twice."""
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for row in rows:
        for means, told in zip(row.means, answers.get(row.id, (False, False)), strict=True):
            counts[row.feminine].update({"right": means and told, "predicted": told, "gold": means})
    return Scores(_score(counts[True] + counts[False]), _score(counts[False]), _score(counts[True]))


def _score(counts: Counter[str]) -> Score:
    return Score(counts["right"], counts["predicted"], counts["gold"])


def read_rows(path: Path) -> list[Row]:
    """The rows of a GAP file, in the order of their numbers. Raises ValueError where the file is no such file."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(
                f"{path} has no column {', '.join(missing)}; a file such as gap-development.tsv is asked for"
            )
        rows = [_row(line, path) for line in reader]
    return sorted(rows, key=lambda row: (len(row.id), row.id))


def _row(line: Mapping[str, str], path: Path) -> Row:
    try:
        spans = [Span(at := int(line[f"{name}-offset"]), at + len(line[name])) for name in ("Pronoun", "A", "B")]
        means = (LABELS[line["A-coref"]], LABELS[line["B-coref"]])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path}, row {line['ID']}: {error!r} is no offset or label") from None
    if any(span.of(line["Text"]) != line[name] for name, span in zip(("Pronoun", "A", "B"), spans, strict=True)):
        raise ValueError(f"{path}, row {line['ID']}: the words do not stand at their offsets")
    return Row(line["ID"], line["Text"], spans[0], (spans[1], spans[2]), means)


def part_of(rows: Sequence[Row], part: Part) -> Sequence[Row]:
    """The first half, on which weights may be tuned; the second, on which none was; or all."""
    middle = len(rows) // 2
    return {"tune": rows[:middle], "held": rows[middle:], "all": rows}[part]


@dataclass(frozen=True, slots=True)
class Scene:
    """A row as the pipeline reads it. choice: the numbers of the things that may be meant; None for any."""

    row: Row
    references: References
    syntax: Syntax
    tokens: Sequence[int]
    choice: frozenset[int] | None

    @property
    def pronoun(self) -> Mention:
        """The mention to be resolved."""
        surface = self.row.pronoun.of(self.row.text)
        return Mention(self.row.pronoun, surface, "pronoun", head=surface.lower())

    def answer(self, thing: int | None) -> Answer:
        """Whether the thing is A, and B."""
        a, b = (thing is not None and thing in self.things_at(span) for span in self.row.names)
        return a, b

    def things_at(self, span: Span) -> set[int]:
        """The things of which a name stands at the span."""
        return {n for n, names in enumerate(self.references.clusters) if any(m.span.overlaps(span) for m in names)}


def scene(row: Row, annotation: Annotation, relations: Sequence[Relation], ontology: Ontology, given: bool) -> Scene:
    """Names clustered and typed, with A and B among them where they are given."""
    if given:
        free = [s for s in row.names if not any(m.span.overlaps(s) for m in annotation.mentions if m.kind == "name")]
        added = [Mention(s, s.of(row.text), "name", head=s.of(row.text).split()[-1].lower()) for s in free]
        kept = [m for m in annotation.mentions if not any(m.span.overlaps(s) for s in free)]
        annotation = replace(annotation, mentions=tuple(sorted((*kept, *added), key=lambda m: m.span)))
    references = open_references(annotation, relations, ontology)
    tokens = [span.begin for parse in annotation.parses for span in parse.spans]
    found = Scene(row, references, Syntax(annotation.parses), tokens, None)
    if not given:
        return found
    return replace(found, choice=frozenset(found.things_at(row.names[0]) | found.things_at(row.names[1])))


def resolved(found: Scene) -> Answer:
    """What kg says."""
    everything = frozenset(range(len(found.references.clusters)))
    excluded = frozenset() if found.choice is None else everything - found.choice
    return found.answer(found.references.find(found.pronoun, [], excluded=excluded))


def by_token_distance(found: Scene) -> Answer:
    """The candidate that fewest tokens lie between."""
    at = _token(found, found.row.pronoun)
    return _nearest(found, _candidates(found), lambda span: (abs(_token(found, span) - at),))


def by_syntactic_distance(found: Scene) -> Answer:
    """The candidate that fewest steps lie between in the trees of the sentences, one more for each sentence."""
    return _nearest(found, _candidates(found), lambda span: _path(found, span))


def by_parallelism(found: Scene) -> Answer:
    """The nearest candidate in the role of the pronoun if that is subject or object, else by syntactic distance."""
    place = found.syntax.position(found.row.pronoun)
    if place is not None and place.role in ("subject", "object"):
        at = _token(found, found.row.pronoun)
        alike = [(span, n) for span, n in _candidates(found) if _role(found, span) == place.role]
        if alike:
            return _nearest(found, alike, lambda span: (abs(_token(found, span) - at),))
    return by_syntactic_distance(found)


def _candidates(found: Scene) -> list[tuple[Span, int]]:
    """Names that a heuristic chooses from: A and B, or those of persons whose name does not tell the other gender."""
    if found.choice is not None:
        return [(span, n) for span in found.row.names for n in sorted(found.things_at(span))]
    asked = gender_of_pronoun(found.pronoun.head)
    clusters = found.references.clusters
    fitting = [n for n in range(len(clusters)) if found.references.classes.is_person(n)]
    return [(m.span, n) for n in fitting if gender(clusters[n]) in ("", asked) for m in clusters[n]]


def _nearest(
    found: Scene, candidates: Iterable[tuple[Span, int]], distance: Callable[[Span], tuple[int, ...]]
) -> Answer:
    best = min(candidates, key=lambda item: (distance(item[0]), item[0]), default=None)
    return found.answer(None if best is None else best[1])


def _token(found: Scene, span: Span) -> int:
    return sum(1 for begin in found.tokens if begin < span.begin)


def _role(found: Scene, span: Span) -> str:
    place = found.syntax.position(span)
    return "" if place is None else place.role


def _path(found: Scene, span: Span) -> tuple[int, ...]:
    here, there = found.syntax.position(found.row.pronoun), found.syntax.position(span)
    between = abs(_token(found, span) - _token(found, found.row.pronoun))
    if here is None or there is None:
        return (len(found.tokens), between)
    return (_steps(here, there), between)


def _steps(here: Position, there: Position) -> int:
    """Steps between two places: over the clause that is above both, or over the roots of their sentences."""
    gap = abs(here.sentence - there.sentence)
    if gap:
        return here.depth + there.depth + gap
    common = next((clause for clause in here.above if clause in there.above), None)
    if common is None:
        return here.depth + there.depth
    return here.above.index(common) + there.above.index(common) + here.embedded + there.embedded


SYSTEMS: dict[str, Callable[[Scene], Answer]] = {
    "kg": resolved,
    "token distance": by_token_distance,
    "syntactic distance": by_syntactic_distance,
    "parallelism": by_parallelism,
}


def measure(rows: Sequence[Row]) -> dict[str, dict[str, Scores]]:
    """Scores by setting and system."""
    from kg.annotate import ANNOTATORS
    from kg.config import Settings
    from kg.extract import EXTRACTORS
    from kg.pipeline import load_ontology

    settings = Settings()
    ontology = load_ontology(settings)
    annotator = ANNOTATORS["spacy"](settings.model, ontology)
    extractor = EXTRACTORS["rules"](ontology, annotator.phrases, annotator.version)
    answers: dict[str, dict[str, dict[str, Answer]]] = {
        s: {name: {} for name in SYSTEMS} for s in ("not given", "given")
    }
    for row in rows:
        annotation = annotator.annotate(Document(row.id, row.text, row.id))
        relations, _ = extractor.extract(annotation)
        for setting, told in answers.items():
            found = scene(row, annotation, relations, ontology, setting == "given")
            for name, system in SYSTEMS.items():
                told[name][row.id] = system(found)
    return {setting: {name: score(rows, answer) for name, answer in told.items()} for setting, told in answers.items()}


def table(found: Mapping[str, Mapping[str, Scores]], rows: int, part: Part) -> str:
    """The scores for people to read."""
    lines = [
        f"GAP, {rows} rows ({part})",
        f"{'':34} {'prec.':>6} {'recall':>6} {'F1':>6}   {'he':>5} {'she':>6} {'bias':>6}",
    ]
    for setting, systems in found.items():
        lines.append(f"candidates {setting}")
        for name, scores in systems.items():
            one = scores.overall
            figures = (one.precision, one.recall, one.f1, scores.masculine.f1, scores.feminine.f1, scores.bias)
            lines.append(f"  {name:32} " + " ".join(f"{figure:6.3f}" for figure in figures))
    lines.append(f"published, the best baseline of the paper: F1 {PUBLISHED:.3f}")
    return "\n".join(lines)


def main() -> int:
    """Measure, print, and return 1 where kg is below the best published baseline in some setting."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", type=Path, default=DATA, help="a file of GAP (default: gap-development.tsv)")
    parser.add_argument(
        "--part", choices=("tune", "held", "all"), default="all", help="half of the rows (default: all)"
    )
    parser.add_argument("--json", action="store_true", help="print the scores as JSON")
    options = parser.parse_args()
    if not options.path.is_file():
        sys.exit(f"error: {options.path} is not there; name a file of GAP, such as gap-development.tsv")
    try:
        rows = part_of(read_rows(options.path), options.part)
    except (ValueError, csv.Error) as error:
        sys.exit(f"error: {error}")
    found = measure(rows)
    if options.json:
        scores = {setting: {name: s.as_dict() for name, s in systems.items()} for setting, systems in found.items()}
        print(json.dumps({"part": options.part, "rows": len(rows), **scores}, indent=1))
    else:
        print(table(found, len(rows), options.part))
    return 0 if all(systems["kg"].overall.f1 >= BAR for systems in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
