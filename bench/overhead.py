"""What a whole build costs beside its language model, and how the cost grows with the text.

The pipeline bare is what `spacy.load` gives, as it comes. Everything is measured in one process by its CPU time, which
other programs on the machine hardly change, and the best of several runs counts: text and tenth of the text, build and
bare pipeline in turns, so that a slow minute hits all of them. Model loading is left out on both sides.
"""

from __future__ import annotations

import argparse
import calendar
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DATA = Path(__file__).parents[1] / "data"
WORDS = 60_000
RUNS = 5
TIMES = 10
BARS = {"overhead": 1.35, "growth": 11.0}

# Line ends stand as two characters inside JSON strings: the word begins after them.
_CAPITALISED = re.compile(r"(?:(?<=\\n)|\b)[^\W\d_a-z][^\W\d_A-Z]{3,}\b|\b[A-ZÀ-Þ]{4,}\b")
_INSIDE_SENTENCE = re.compile(r"(?<=[a-z,] )[^\W\d_a-z][^\W\d_A-Z]{3,}\b")
_LOWER_CASE = re.compile(r"\b[^\W\d_A-Z]+\b")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_JSON_ID = re.compile(r'("id": ")([^"]+)"')
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
_HAN_FIRST, _HAN_COUNT = 0x4E00, 0x5000

# What comes after a build has told of a stage, by the stage; and after each file of the last one.
FIRST_STAGE = "ontology"
STAGES = {
    "loading the language model": "phrases",
    "extracting": "annotate, extract, link",
    "resolving": "resolve",
    "storing": "assemble and store",
}
WRITING = ("page", "report", "publish")


@dataclass(frozen=True, slots=True)
class Times:
    """CPU seconds: the pipeline bare, the same as kg runs it, a build, and the best run's parts by stage.

    memory: MB that the process had used at most when it had built once, language model included.
    """

    bare: float
    ours: float
    build: float
    stages: dict[str, float]
    summary: str
    memory: float

    @property
    def ratio(self) -> float:
        """How many times the bare pipeline a build costs."""
        return self.build / self.bare

    @property
    def running(self) -> float:
        """What the text costs: a build without what it needs once, the ontology and its phrases."""
        return self.build - self.stages["ontology"] - self.stages["phrases"]


class Clock:
    """Shares a build's CPU time out among its stages, as the build tells of them."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self._stage = FIRST_STAGE
        self._since = time.process_time()

    def tell(self, stage: str, done: int, total: int) -> None:
        """To be called as a build's `progress`."""
        del total
        now = time.process_time()
        self.stages[self._stage] = self.stages.get(self._stage, 0.0) + now - self._since
        self._since = now
        self._stage = WRITING[done] if stage == "writing" else STAGES.get(stage, stage)

    def stop(self) -> dict[str, float]:
        """CPU seconds by stage, in the order in which they came."""
        self.tell("", 0, 0)
        return self.stages


def names(texts: Sequence[str], kept: frozenset[str]) -> frozenset[str]:
    """Words that stand capitalised inside a sentence and nowhere in lower case; all in lower case, none of `kept`."""
    common = {word for text in texts for word in _LOWER_CASE.findall(text)}
    capitalised = {word.lower() for text in texts for word in _INSIDE_SENTENCE.findall(text)}
    return frozenset(capitalised - common - kept)


def vary(text: str, copy: int, varied: frozenset[str]) -> str:
    """The text with other names, the same for each occurrence in all texts of one copy; copy 0 is the text itself.

    Vowels stay vowels, and the first letter stays. A hundred copies are different.
    """
    if copy == 0:
        return text
    table = str.maketrans(_turned(_VOWELS, copy) | _turned(_CONSONANTS, copy // len(_VOWELS)))

    def other(match: re.Match[str]) -> str:
        word = match[0]
        if word.lower() not in varied:
            return word
        rest = word[1:].lower().translate(table)
        return word[0] + (rest.upper() if word.isupper() else rest)

    turned = _CAPITALISED.sub(other, text)
    return _HAN.sub(lambda match: chr(_HAN_FIRST + (ord(match[0]) - _HAN_FIRST + copy) % _HAN_COUNT), turned)


def _turned(letters: str, steps: int) -> dict[str, str]:
    return {letter: letters[(n + steps) % len(letters)] for n, letter in enumerate(letters)}


def write_corpus(source: Path, folder: Path, words: int) -> int:
    """The files of `source` over and over, with other names and ids, up to so many words; tells how many there are."""
    from kg.model import Problem
    from kg.read import read

    files = sorted(path for path in source.iterdir() if path.is_file())
    if not files:
        sys.exit(f"error: {source} holds no files")
    documents = {
        path: [d.text for d in read([str(path)], max_bytes=1 << 24) if not isinstance(d, Problem)] for path in files
    }
    sizes = {path: sum(len(text.split()) for text in texts) for path, texts in documents.items()}
    varied = names([text for texts in documents.values() for text in texts], _kept_words())
    folder.mkdir(parents=True)
    for n, path in _until(files, sizes, words):
        text = _JSON_ID.sub(rf'\1\2-{n:03}"', vary(path.read_text(encoding="utf-8"), n, varied))
        (folder / f"{path.stem}-{n:03}{path.suffix}").write_text(text, encoding="utf-8")
    return sum(sizes[path] for _, path in _until(files, sizes, words))


def _until(files: Sequence[Path], sizes: dict[Path, int], words: int) -> Iterator[tuple[int, Path]]:
    """Copies of the files, in order, as long as there are fewer words."""
    total = copy = 0
    while total < words:
        for path in files:
            if total < words:
                yield copy, path
            total += sizes[path]
        copy += 1


def _kept_words() -> frozenset[str]:
    """Capitalised words that mean the same in every copy: calendar, countries, and words for classes of things."""
    from babel import Locale

    from kg.ontology import load, shipped

    classes = load([shipped("company.ttl")]).classes.values()
    phrases = [
        *calendar.month_name,
        *calendar.day_name,
        *Locale("en").territories.values(),
        *(word for cls in classes for word in (*cls.name_words, *cls.nouns)),
    ]
    return frozenset(word.lower() for phrase in phrases for word in phrase.split())


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds that some work takes, in all threads of this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(corpora: Sequence[Path], runs: int) -> list[Times]:
    """For each corpus the bare pipeline, the same as kg runs it, and a whole build, in turns; the best of each."""
    import spacy

    from kg.annotate.inference import run
    from kg.annotate.language import load_model
    from kg.config import Settings

    model = Settings().model
    bare, ours = spacy.load(model), load_model(model)
    texts = [_texts(corpus) for corpus in corpora]
    found: list[Times | None] = [None] * len(corpora)
    for _ in range(runs):
        for n, corpus in enumerate(corpora):
            now = _build(corpus)
            before = found[n] or now
            best = min(before, now, key=lambda times: times.build)
            found[n] = replace(
                best,
                # What the pipelines hold in memory at once would be counted from the first turn on.
                memory=before.memory,
                bare=min(before.bare, *(cpu(partial(_parsed, bare, texts[n])) for _ in range(2))),
                ours=min(before.ours, cpu(partial(run, ours, texts[n]))),
            )
    return [times for times in found if times]


def _parsed(nlp: Language, texts: Sequence[str]) -> list[Doc]:
    return list(nlp.pipe(texts))


def _texts(corpus: Path) -> list[str]:
    from kg.config import Settings
    from kg.model import Problem
    from kg.read import read

    found = list(read([str(corpus)], max_bytes=Settings().max_bytes))
    texts = [d.text for d in found if not isinstance(d, Problem)]
    if len(texts) < len(found):
        sys.exit(f"error: {len(found) - len(texts)} documents of the corpus cannot be read")
    return texts


def _build(corpus: Path) -> Times:
    """One build from nothing; what it is compared with stands open."""
    from kg.config import Settings
    from kg.pipeline import build

    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        clock = Clock()
        start = time.process_time()
        report = build([str(corpus)], Settings(output=folder), progress=clock.tell)
        spent = time.process_time() - start
        stages = clock.stop()
    return Times(
        bare=float("inf"),
        ours=float("inf"),
        build=spent,
        stages=stages,
        summary=f"{report.documents} documents, {report.sentences} sentences, {report.entities} entities, "
        f"{sum(report.statements.values())} statements",
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def extraction_parts(corpus: Path, runs: int) -> dict[str, float]:
    """CPU seconds of the parts of extraction, each run by itself over all documents; the best of several runs."""
    from kg.annotate import ANNOTATORS
    from kg.annotate.inference import run
    from kg.annotate.language import load_model
    from kg.annotate.lemmas import Lemmas
    from kg.annotate.parse import blocks, parse
    from kg.annotate.speakers import find_turns
    from kg.config import Settings
    from kg.extract import EXTRACTORS
    from kg.model import Problem
    from kg.pipeline import load_ontology
    from kg.proposers import RULES
    from kg.read import read
    from kg.resolve import link

    settings = Settings()
    ontology = load_ontology(settings)
    annotator = ANNOTATORS["spacy"](settings.model, ontology)
    extractor = EXTRACTORS[RULES](ontology, annotator.phrases, annotator.version)
    nlp = load_model(settings.model)
    lemmas = Lemmas(nlp)
    documents = [d for d in read([str(corpus)], max_bytes=settings.max_bytes) if not isinstance(d, Problem)]
    turns = [find_turns(d.text, d.speakers) for d in documents]
    paragraphs = [[span.of(d.text) for span, _, _ in blocks(d.text, t)] for d, t in zip(documents, turns, strict=True)]
    annotations = [annotator.annotate(d) for d in documents]
    relations = [extractor.extract(a) for a in annotations]
    work: dict[str, Callable[[], object]] = {
        "spacy": lambda: [run(nlp, texts, lemmas.disabled) for texts in paragraphs],
        "parse": lambda: [parse(nlp, lemmas, d.text, t) for d, t in zip(documents, turns, strict=True)],
        "annotate": lambda: [annotator.annotate(d) for d in documents],
        "extract": lambda: [extractor.extract(a) for a in annotations],
        "link": lambda: [link(a, *r, ontology) for a, r in zip(annotations, relations, strict=True)],
    }
    best = dict.fromkeys(work, float("inf"))
    for _ in range(runs):
        for name, part in work.items():
            best[name] = min(best[name], cpu(part))
    return {
        "spaCy, a document's paragraphs at a time": best["spacy"],
        "reading its parses": best["parse"] - best["spacy"],
        "names, values, turns": best["annotate"] - best["parse"],
        "extract": best["extract"],
        "link": best["link"],
    }


def fixed_costs() -> dict[str, float]:
    """CPU seconds of what a build needs once, however long the text is. To be called before anything is imported."""
    from kg.config import Settings

    settings = Settings()

    def imports() -> None:
        import spacy  # noqa: F401

        import kg.pipeline
        import kg.view
        import kg.view.page  # noqa: F401

    found = {"imports": cpu(imports)}

    from kg.annotate import ANNOTATORS
    from kg.annotate.language import load_model
    from kg.extract import EXTRACTORS
    from kg.pipeline import load_ontology
    from kg.proposers import RULES

    found["language model"] = cpu(lambda: load_model(settings.model))
    found["ontology, the first time"] = cpu(lambda: load_ontology(settings))
    ontology = load_ontology(settings)
    annotator = ANNOTATORS["spacy"](settings.model, ontology)
    found["phrases of the ontology"] = cpu(lambda: EXTRACTORS[RULES](ontology, annotator.phrases, annotator.version))
    return found


def growth(small: Times, small_words: int, large: Times, large_words: int) -> float:
    """How many times as much TIMES the text costs, by what each word costs in the two.

    Without the costs that do not grow, which would flatter it.
    """
    return (large.running / large_words) / (small.running / small_words) * TIMES


def print_times(title: str, parts: dict[str, float], whole: float) -> None:
    """One line a part: CPU seconds, and the share of the whole."""
    print(f"\n{title}")
    for name, seconds in parts.items():
        print(f"  {name:42} {seconds:8.3f} s {seconds / whole:7.1%}")


def main() -> int:
    """Measure, print, and return 1 where a bar is not met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=WORDS, help="length of the text (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each, of which the best counts")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of documents to repeat (default: data/)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="only write the corpus into this new folder")
    options = parser.parse_args()
    if options.words < TIMES or options.runs < 1:
        parser.error(f"--words is at least {TIMES}, and --runs at least 1")
    if options.keep:
        print(f"{write_corpus(options.data, options.keep, options.words)} words")
        return 0
    once = fixed_costs()
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        few = write_corpus(options.data, small, options.words // TIMES)
        many = write_corpus(options.data, large, options.words)
        of_small, of_large = measure([small, large], options.runs)
        parts = extraction_parts(large, options.runs)
    return _report(once, (few, of_small), (many, of_large), parts)


def _report(once: dict[str, float], small: tuple[int, Times], large: tuple[int, Times], parts: dict[str, float]) -> int:
    (few, of_small), (many, of_large) = small, large
    for words, times in (small, large):
        print(
            f"{words} words ({times.summary}): the pipeline {times.bare:.2f} s, as kg runs it {times.ours:.2f} s, "
            f"build {times.build:.2f} s, {times.ratio:.2f} times the pipeline"
        )
    print(f"{many / few:.1f} times the text, {of_large.build / of_small.build:.1f} times the cost of a whole build")
    print_times("Stages of the build:", of_large.stages, of_large.build)
    print_times("Parts of extraction:", parts, of_large.build)
    print_times("Once in a process, with shares of the build:", once, of_large.build)
    print(
        f"\nmemory: {of_large.memory:.0f} MB at most, "
        f"{of_large.memory - of_small.memory:.0f} MB more than after the small build"
    )
    found = [
        (f"overhead at {few} words", of_small.ratio, BARS["overhead"]),
        (f"overhead at {many} words", of_large.ratio, BARS["overhead"]),
        ("growth", growth(of_small, few, of_large, many), BARS["growth"]),
    ]
    for name, figure, bar in found:
        print(f"{name}: {figure:.2f}, bar {bar:.2f}: {'met' if figure <= bar else 'MISSED'}")
    return 0 if all(figure <= bar for _, figure, bar in found) else 1


if __name__ == "__main__":
    sys.exit(main())
