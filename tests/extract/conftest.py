"""Parses written by hand, one token a line, and the language model for the tests that need it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.annotate import ANNOTATORS, Annotator
from kg.config import Settings
from kg.extract import RuleExtractor
from kg.extract.graph import Graph
from kg.extract.propositions import propositions
from kg.model import Annotation, Document, Parse, Span
from kg.ontology import Ontology, load, shipped


def parse_of(lines: str) -> Parse:
    """A Parse from lines "word lemma tag dep head"; heads count from 0, and an empty line ends a sentence.

    The text is its words with a space between them.
    """
    rows: list[list[str]] = []
    starts = [0]
    for line in lines.strip().splitlines():
        if line.strip():
            rows.append(line.split())
        else:
            starts.append(len(rows))
    words, lemmas, tags, deps, heads = zip(*rows, strict=True)
    spans, at = [], 0
    for word in words:
        spans.append(Span(at, at + len(word)))
        at += len(word) + 1
    sentences = tuple(zip(starts, [*starts[1:], len(rows)], strict=True))
    return Parse(words, lemmas, tags, deps, tuple(int(head) for head in heads), tuple(spans), sentences)


@pytest.fixture(scope="session")
def tree() -> Callable[[str], Parse]:
    """A parse written by hand."""
    return parse_of


@pytest.fixture(scope="session")
def graph() -> Callable[..., Graph]:
    """The propositions of a parse written by hand; the words after it are those that date something."""

    def make(lines: str, *dates: str) -> Graph:
        parse = parse_of(lines)
        return propositions(parse, frozenset(i for i, word in enumerate(parse.words) if word in dates))

    return make


@pytest.fixture(scope="session")
def edges(graph: Callable[..., Graph]) -> Callable[..., set[str]]:
    """The edges of these propositions as "word role word", none twice and none against its direction."""

    def make(lines: str, *dates: str) -> set[str]:
        made = graph(lines, *dates)
        words = made.parse.words
        return {
            f"{words[i]} {role} {words[end]}"
            for i, roles in enumerate(made.out)
            for role, ends in roles.items()
            for end in ends
            if role[0] != "^"
        }

    return make


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The shipped ontology of companies."""
    return load([shipped("company.ttl")])


@pytest.fixture(scope="session")
def annotator(ontology: Ontology) -> Annotator:
    """The annotator that a build uses."""
    return ANNOTATORS["spacy"](Settings().model, ontology)


@pytest.fixture(scope="session")
def extractor(ontology: Ontology, annotator: Annotator) -> RuleExtractor:
    """The rule extractor with the phrases of the shipped ontology."""
    return RuleExtractor(ontology, annotator.phrases)


@pytest.fixture(scope="session")
def annotate(annotator: Annotator) -> Callable[[str], Annotation]:
    """Annotates a text that is dated 10 May 2021."""

    def run(text: str) -> Annotation:
        return annotator.annotate(Document(id="note", text=text, source="note.txt", date="2021-05-10"))

    return run
