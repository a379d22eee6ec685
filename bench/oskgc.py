"""Triples by ontologies that have labels only: OSKGC (texts about things of DBpedia in 19 categories).

Each text is read under the ontology of its category, as the data set gives it in Turtle: classes, properties, their
labels, domains and ranges; no phrase and no example. A triple is right if subject, relation and object are equal to
those of a gold triple of the same text; underscores count as spaces. Counts are summed over all texts (micro F1).
With --learned, a model reads the texts too, by itself, and what rules or model find is scored besides. The figures of
others are for the test split, ours for the split that is named.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from public import (
    Reader,
    Triple,
    Triples,
    by_group,
    compare,
    draw,
    folded,
    local,
    need,
    options,
    plain,
    published,
    remembering,
    show,
    table,
    total,
)

from kg.evaluate import Score
from kg.model import Value
from kg.train.oskgc import Entry as Source
from kg.train.oskgc import entry_of

UNLINKED = -1.0  # what must speak for a triple that alone has a name of the text
LEAST = -4.0  # what speaks for a triple, at which it is still looked at
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
PUBLISHED = (
    ("Qwen2.5-7B, zero-shot (test split)", 0.572),
    ("GPT-4o, zero-shot (test split)", 0.675),
    ("Claude 3.5, zero-shot (test split)", 0.710),
    ("GPT-4o with retrieved examples (test split)", 0.770),
    ("training triples memorised (test split)", 0.451),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One text with its gold triples, and as it came.

    category: which ontology it is read under, such as "2_City".
    """

    id: str
    category: str
    text: str
    gold: Triples
    source: Source

    @property
    def family(self) -> str:
        """The category without the number of triples a text."""
        return self.category.partition("_")[2]


def entries(folder: Path) -> list[Entry]:
    """The texts of a split, in order."""
    return [entry for file in sorted(folder.glob("*.xml")) for entry in read(file.read_text(encoding="utf-8"))]


def read(xml: str) -> Iterator[Entry]:
    """The entries of one file."""
    for node in ElementTree.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", xml)).iter("entry"):
        source = entry_of(node)
        triples = frozenset((plain(s), r, plain(o)) for s, r, o in source.triples)
        yield Entry(node.get("id", ""), source.category, source.text, triples, source)


def lexical(value: str | Value) -> str:
    """A value as the gold writes it: a number without its unit, a date as precise as it is."""
    return titled(value) if isinstance(value, str) else plain(value.lexical.split()[0])


def spellings(found: Iterable[Entry]) -> dict[str, str]:
    """How the names of triples are written, by their letters without case: as most triples do."""
    counts: dict[str, Counter[str]] = {}
    for entry in found:
        for subject, _, object_ in entry.gold:
            for name in (subject, object_):
                counts.setdefault(name.casefold(), Counter())[name] += 1
    return {key: min(names, key=lambda name: (-names[name], name)) for key, names in counts.items()}


def learned(
    data: Path, path: Path, names: Mapping[str, str], least: float = LEAST
) -> Callable[[Entry], dict[Triple, float]]:
    """What a model reads by itself, with what speaks for each triple, each text under the ontology of its category.

    names: the spellings of the texts that it learned from, in which names known from there are given.
    """
    from kg.extract.learned import open_model
    from kg.extract.learned.labels import vocabulary
    from kg.ontology import load
    from kg.train.trial import facts_in

    model = open_model(path)
    ontologies = cache(lambda category: load([data / "ontology" / "rdf" / f"{category}.ttl"]))
    known = cache(lambda category: model.told(vocabulary(ontologies(category))))

    def spelled(name: str) -> str:
        return names.get(name.casefold(), name)

    def triples(entry: Entry) -> dict[Triple, float]:
        properties = ontologies(entry.category).properties
        found: dict[Triple, float] = {}
        for (s, p, o), score in facts_in(model, entry.text, known(entry.category), least).items():
            triple = (spelled(written(s)), local(properties[p]), spelled(written(o)))
            found[triple] = max(score, found.get(triple, score))
        return found

    return triples


def written(words: str) -> str:
    """Words of a text as the gold writes them: a whole date in digits, a number without commas."""
    from kg.annotate.dates import find_dates

    for found in find_dates(words, None):
        whole = found.span.end - found.span.begin == len(words)
        if whole and found.value and _DAY.fullmatch(found.value.lexical):
            return found.value.lexical
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", words):
        return words.replace(",", "")
    return titled(words)


def titled(words: str) -> str:
    """A name as titles of articles are written, which the gold takes names from."""
    return plain(words[:1].upper() + words[1:])


def told(found: Mapping[Triple, float], least: float = 0.0) -> Triples:
    """The triples above a score; where there are none the likeliest, for each text of OSKGC states one.

    It names only what its triples are about: a name that has none gets its likeliest, at a lower score.
    """
    ranked = sorted(found, key=lambda triple: (-found[triple], triple))
    likely = {triple for triple in ranked if found[triple] > least} or set(ranked[:1])
    linked = {name for subject, _, object_ in likely for name in (subject, object_)}
    for triple in ranked:
        ends = triple[::2]
        if found[triple] > UNLINKED and not all(any(end in n or n in end for n in linked) for end in ends):
            likely.add(triple)
            linked.update(ends)
    return frozenset(likely)


def predictions(data: Path, texts: list[Entry], path: Path | None = None) -> Iterator[tuple[Entry, Triples, Triples]]:
    """Each entry with our triples and those of the baseline. path: of a model whose names the rules take up."""
    from kg.extract.learned import LearnedExtractor, open_model
    from kg.ontology import load

    parse = remembering()
    model = open_model(path) if path else None

    @cache
    def reader_of(category: str) -> Reader:
        ontology = load([data / "ontology" / "rdf" / f"{category}.ttl"])
        return Reader(ontology, parse, learned=LearnedExtractor(ontology, model) if model else None)

    for entry in texts:
        reader = reader_of(entry.category)
        annotation = reader.annotate(entry.text)
        ours = frozenset((titled(s), r, lexical(o)) for s, r, o in reader.triples(annotation))
        theirs = frozenset((plain(s), r, lexical(m.value or m.surface)) for s, r, m in reader.baseline(annotation))
        yield entry, ours, theirs


def main() -> int:
    """Read, score, print."""
    parser = options(__doc__, "oskgc")
    parser.add_argument("--split", default="dev", help="train or dev (default: dev)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the draw (default: 1)")
    parser.add_argument("--learned", type=Path, metavar="MODEL", help="a model file to try as well")
    chosen = parser.parse_args()
    texts = draw(entries(need(chosen.data / chosen.split)), chosen.limit, chosen.seed)
    rows = list(predictions(chosen.data, texts))
    families = by_group((entry.family, compare(ours, entry.gold)) for entry, ours, _ in rows)
    sizes = by_group((f"{entry.category[0]} triples a text", compare(ours, entry.gold)) for entry, ours, _ in rows)
    overall: dict[str, Score] = {
        "ours": total(families.values()),
        "ours, case ignored": total(compare(folded(ours), folded(entry.gold)) for entry, ours, _ in rows),
        "baseline": total(compare(theirs, entry.gold) for entry, _, theirs in rows),
    }
    if chosen.learned:
        from kg.extract.learned import read_card
        from kg.extract.learned.extractor import BOUND

        names = spellings(entries(need(chosen.data / "train")))
        reader = learned(chosen.data, need(chosen.learned), names, read_card(chosen.learned).score(BOUND))
        found = [(entry, ours, frozenset(reader(entry))) for entry, ours, _ in rows]
        overall["model"] = total(compare(model, entry.gold) for entry, _, model in found)
        overall["ours and model"] = total(compare(ours | model, entry.gold) for entry, ours, model in found)
    record = {"split": chosen.split, "texts": len(rows), **overall, "families": families, "sizes": sizes}
    record["published"] = dict(PUBLISHED)
    lines = [*table(f"{len(rows)} texts of {chosen.split}", overall), *table("by number of triples", sizes)]
    show(chosen.json, record, [*lines, *table("by category", families), *published(PUBLISHED)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
