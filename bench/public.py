"""What the benchmarks on public data sets share: our pipeline over short texts, a plain baseline, scores and tables.

A data set gives texts, each with the triples that it states, and an ontology whose properties have labels and no
phrases. Triples are (subject, label of the property, object), all as plain text.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kg.evaluate import Score
from kg.model import Annotation, Document, Entity, Mention, Parse, Value
from kg.ontology import Ontology, Property

if TYPE_CHECKING:
    from kg.extract.learned import LearnedExtractor

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "bench"

T = TypeVar("T")
Triple = tuple[str, str, str]
Triples = frozenset[Triple]
Phrases = Callable[[Sequence[str]], list[Parse]]
Wrapper = Callable[[Phrases], Phrases]


def compare(predicted: Triples, gold: Triples) -> Score:
    """The score of one text: its triples are right where all three parts are equal."""
    return Score(len(predicted & gold), len(predicted), len(gold))


def plain(text: str) -> str:
    """A part of a triple as it is compared: underscores are spaces, and runs of white space one space."""
    return " ".join(text.replace("_", " ").split())


def folded(triples: Iterable[Triple]) -> Triples:
    """The triples without regard to case, for a second figure beside the exact one."""
    return frozenset((s.casefold(), r.casefold(), o.casefold()) for s, r, o in triples)


def local(prop: Property) -> str:
    """The last part of the property's IRI."""
    return prop.local


class Reader:
    """Our pipeline under one ontology, text by text: annotate, extract, link, resolve.

    learned: a model whose names the rules take up.
    `parse` reads phrases, and is shared by the ontologies of one benchmark, as they have most labels in common. `name`
    is what the data set calls a property.
    """

    def __init__(
        self,
        ontology: Ontology,
        parse: Wrapper,
        name: Callable[[Property], str] = local,
        learned: LearnedExtractor | None = None,
    ) -> None:
        from kg.annotate import SpacyAnnotator
        from kg.config import Settings
        from kg.extract import RuleExtractor

        settings = Settings()
        self.ontology, self.name, self._learned = ontology, name, learned
        self._base = settings.base
        self._annotator = SpacyAnnotator(settings.model, ontology)
        self._extractor = RuleExtractor(ontology, parse(self._annotator.phrases))

    def annotate(self, text: str) -> Annotation:
        """Parses and mentions of a text."""
        annotation = self._annotator.annotate(Document("text", text, "text"))
        return self._learned.named(annotation) if self._learned else annotation

    def statements(self, annotation: Annotation) -> Iterator[tuple[Entity, str, Entity | Value]]:
        """What the pipeline asserts of a text."""
        from kg.resolve import link, resolve

        relations, dropped = self._extractor.extract(annotation)
        found = resolve([link(annotation, relations, dropped, self.ontology)], self.ontology, self._base)
        entities = {entity.iri: entity for entity in found.entities}
        for s in found.statements:
            if s.stance == "asserted":
                obj = entities[s.object] if isinstance(s.object, str) else s.object
                yield entities[s.subject], self.name(self.ontology.properties[s.predicate]), obj

    def triples(self, annotation: Annotation) -> Iterator[tuple[str, str, str | Value]]:
        """The same with things by their labels."""
        for subject, name, obj in self.statements(annotation):
            yield subject.label.text, name, obj if isinstance(obj, Value) else obj.label.text

    def baseline(self, annotation: Annotation) -> Iterator[tuple[str, str, Mention]]:
        """The plainest reading of labels: a sentence with all words of a label states it of the mentions nearest.

        The subject is the first name of the sentence, the object the name (or the value, for a range of values) that
        stands nearest to the label's last word. Classes play no part.
        """
        for parse in annotation.parses:
            for first, last in parse.sentences:
                places = {word: i for i in range(first, last) for word in (parse.lemmas[i], parse.words[i].lower())}
                begin, end = parse.spans[first].begin, parse.spans[last - 1].end
                mentions = [m for m in annotation.mentions if begin <= m.span.begin and m.span.end <= end]
                names = [m for m in mentions if m.kind == "name"]
                for _, prop in sorted(self.ontology.properties.items()) if names else ():
                    words = prop.label.lower().split()
                    kind = "value" if prop.datatype else "name"
                    others = [m for m in mentions if m.kind == kind and m is not names[0]]
                    if others and all(word in places for word in words):
                        at = parse.spans[places[words[-1]]].begin
                        nearest = min(others, key=lambda m: (abs(m.span.begin - at), m.span))
                        yield names[0].surface, self.name(prop), nearest


def remembering() -> Wrapper:
    """A wrapper for readers of phrases that parses each phrase once in the process, new ones in one batch."""
    known: dict[str, Parse] = {}

    def wrap(parse: Phrases) -> Phrases:
        def read(texts: Sequence[str]) -> list[Parse]:
            new = [text for text in dict.fromkeys(texts) if text not in known]
            known.update(zip(new, parse(new) if new else [], strict=True))
            return [known[text] for text in texts]

        return read

    return wrap


def published(rows: Sequence[tuple[str, float]]) -> Iterator[str]:
    """Lines of figures that others reported."""
    yield "\nreported by others (F1)"
    for name, f1 in rows:
        yield f"  {name:50} {f1:7.3f}"


def table(title: str, scores: Mapping[str, Score]) -> Iterator[str]:
    """Lines with a score each."""
    yield f"\n{title:42} {'prec.':>7} {'recall':>7} {'F1':>7} {'right':>6} {'pred.':>6} {'gold':>6}"
    for name, s in scores.items():
        yield f"  {name:40} {s.precision:7.3f} {s.recall:7.3f} {s.f1:7.3f} {s.right:6} {s.predicted:6} {s.gold:6}"


def total(scores: Iterable[Score]) -> Score:
    """All counts together."""
    return sum(scores, Score())


def by_group(pairs: Iterable[tuple[str, Score]]) -> dict[str, Score]:
    """Scores summed by group, in the order of the names."""
    found: dict[str, Score] = defaultdict(Score)
    for name, score in pairs:
        found[name] += score
    return dict(sorted(found.items()))


def draw(texts: list[T], limit: int | None, seed: int = 1) -> list[T]:
    """All texts, or `limit` of them drawn with the seed; in their order."""
    if limit is None or limit >= len(texts):
        return texts
    kept = set(random.Random(seed).sample(range(len(texts)), limit))
    return [text for n, text in enumerate(texts) if n in kept]


def options(description: str | None, folder: str) -> argparse.ArgumentParser:
    """The options that all of these benchmarks take."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = SHARED / folder
    parser.add_argument("data", nargs="?", type=Path, default=default, help=f"folder of the data (default: {default})")
    parser.add_argument("--limit", type=int, metavar="N", help="only N texts, drawn with a fixed seed")
    parser.add_argument("--json", action="store_true", help="the scores as JSON, and nothing else")
    return parser


def need(path: Path) -> Path:
    """The path itself, if there is something; else the end, with what is missing.

    That is no error where no data sets are kept beside the project and none was named.
    """
    if path.exists():
        return path
    if SHARED in path.parents and not SHARED.exists():
        print(f"left out: there is no data in {SHARED}; give its folder as the first argument", file=sys.stderr)
        sys.exit(0)
    sys.exit(f"error: {path} is not there; give the folder of the data as the first argument")


def show(as_json: bool, record: Mapping[str, Any], lines: Iterable[str]) -> None:
    """Print one or the other; a Score in the record is written with its measures."""
    if as_json:
        print(json.dumps(record, default=lambda score: score.as_dict(), ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines))
