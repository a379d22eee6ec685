"""The extractor that asks a language model, and believes nothing that does not stand in the text."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from kg.errors import UsageError
from kg.extract.grounding.passage import passages_of
from kg.extract.llm import prompt
from kg.extract.llm.answers import Answer, read_answer
from kg.extract.llm.budget import Estimate, Limits, Prices, Spending, estimated, tokens_of
from kg.extract.llm.cache import Cache, Reply, key_of
from kg.extract.llm.client import Client
from kg.extract.llm.endpoint import Endpoint
from kg.extract.llm.failure import NoAnswerError
from kg.extract.llm.ground import Reading, grounded
from kg.extract.llm.troubles import Troubles
from kg.extract.llm.units import Unit, units_of, units_of_text
from kg.extract.llm.vocabulary import vocabulary
from kg.model import Annotation, Dropped, Problem, Relation, Span
from kg.ontology import Ontology

VERSION = "llm-1"
VOCABULARY_CHARACTERS = 16_000
UNIT_CHARACTERS = 1_500


class LlmExtractor:
    """Relations that a language model proposes and that stand in the text, for `kg.extract.Extractor`.

    cache: folder for answers, one file each; None keeps none. limits: what may be spent, over all documents.
    vocabulary_characters: of the ontology as it is sent. unit_characters: paragraphs go out together up to this many; 0
    sends each by itself. sleep: how to wait, in seconds.
    Raises UsageError for settings that cannot be used, ModelError where httpx is not installed.
    """

    def __init__(
        self,
        ontology: Ontology,
        endpoint: Endpoint,
        *,
        cache: Path | None = None,
        limits: Limits | None = None,
        vocabulary_characters: int = VOCABULARY_CHARACTERS,
        unit_characters: int = UNIT_CHARACTERS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if vocabulary_characters < 1 or unit_characters < 0:
            raise UsageError("characters of an ontology or unit must be above 0", hint="correct the settings")
        told = vocabulary(ontology, vocabulary_characters)
        self.version = version_of(endpoint.model)
        self.notices: tuple[str, ...] = (*told.notices, *endpoint.notices())
        self.spending = Spending(limits or Limits())
        self._endpoint, self._unit_characters = endpoint, unit_characters
        self._names = told.names
        self._nouns = frozenset(noun for c in ontology.classes.values() for noun in c.nouns)
        self._instructions = prompt.instructions(told.text)
        self._cache = Cache(cache)
        self._client = Client(endpoint, prompt.response_formats(list(told.names)), self.spending, sleep)
        self._troubles = Troubles()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What went wrong so far: paragraphs without an answer, answers that broke off, a limit that was reached."""
        return self._troubles.problems

    @property
    def unfinished(self) -> frozenset[str]:
        """The ids of documents with paragraphs that got no answer; extracted again, only these are asked about."""
        return self._troubles.unfinished

    def extract(self, annotation: Annotation) -> tuple[list[Relation], list[Dropped]]:
        """Candidates of one document, sorted by evidence, and those that were dropped at once. Never raises for what an
        endpoint does; see `problems`.
        """
        found: dict[tuple[Span, str, Span], Relation] = {}
        dropped: dict[Dropped, None] = {}
        with self._client:
            for unit in units_of(annotation, self._unit_characters):
                answer = self._answer(annotation, unit)
                for one in self._read(annotation, unit, answer) if answer else ():
                    if isinstance(one, Dropped):
                        dropped[one] = None
                    else:
                        found.setdefault((one.subject.span, one.predicate, one.object.span), one)
        return sorted(found.values(), key=_order), list(dropped)

    def estimate(self, documents: Iterable[Annotation | str], prices: Prices | None = None) -> Estimate:
        """What it would cost to extract from these; nothing is sent. Texts are cut up nearly as annotations are."""
        requests = cached = tokens_in = 0
        for document in documents:
            for unit in self._units(document):
                if self._kept(unit) is not None:
                    cached += 1
                    continue
                requests += 1
                tokens_in += tokens_of(self._instructions) + tokens_of(unit.text)
        return estimated(requests, cached, tokens_in, requests * self._endpoint.most_tokens, prices)

    def _units(self, document: Annotation | str) -> Sequence[Unit]:
        if isinstance(document, str):
            return units_of_text(document, self._unit_characters)
        return units_of(document, self._unit_characters)

    def _key(self, unit: Unit) -> str:
        return key_of(self._endpoint.model, prompt.VERSION, self._instructions, unit.text)

    def _kept(self, unit: Unit) -> Reply | None:
        """The answer in the cache, if it can be read."""
        reply = self._cache.get(self._key(unit), self._endpoint.most_tokens)
        return reply if reply is not None and _is_readable(reply) else None

    def _answer(self, annotation: Annotation, unit: Unit) -> Answer | None:
        """What the model proposes, from the cache or the endpoint; None where there is no answer, which is noted."""
        reply = self._kept(unit)
        if reply is None:
            try:
                self._troubles.check()
                reply = self._client.ask(prompt.messages(self._instructions, unit.text), _is_readable)
            except NoAnswerError as error:
                self._troubles.failed(annotation.document, unit.span, error)
                return None
            self._troubles.answered()
            self._keep(unit, reply)
        answer = read_answer(reply.content)
        if reply.cut or (answer is not None and not answer.whole):
            self._troubles.cut(annotation.document, unit.span, self._endpoint.most_tokens)
        return answer

    def _keep(self, unit: Unit, reply: Reply) -> None:
        answer = read_answer(reply.content)
        reply = Reply(reply.content, reply.cut or (answer is not None and not answer.whole))
        try:
            self._cache.put(self._key(unit), reply, self._endpoint.most_tokens)
        except OSError as error:
            self._troubles.unkept(error)

    def _read(self, annotation: Annotation, unit: Unit, answer: Answer) -> Iterator[Relation | Dropped]:
        passages = passages_of(annotation, unit.first, unit.last, self._nouns)
        reading = Reading(self._names, f"llm:{self._endpoint.model}", annotation.document.date or "")
        for proposal in answer.proposals:
            yield grounded(proposal, passages, reading)
        if answer.malformed:
            self._troubles.malformed(annotation.document, unit.span, answer.malformed)


def version_of(model: str) -> str:
    """The version of an extractor that asks a model of this name."""
    return f"{VERSION}-{re.sub(r'[^A-Za-z0-9._-]+', '-', model)}"


def _is_readable(reply: Reply) -> bool:
    return read_answer(reply.content) is not None


def _order(relation: Relation) -> tuple[Span, str, Span, Span]:
    return relation.evidence.span, relation.predicate, relation.subject.span, relation.object.span
