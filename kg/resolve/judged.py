"""What users' decisions do to statements: accepted, rejected, added by hand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kg.decisions import Accept, Decision, Reject, Relate
from kg.model import Document, Entity, Evidence, Extraction, Label, Span, Statement, Value
from kg.ontology import Ontology
from kg.resolve.decided import GONE, Outcome, Resolved
from kg.verdicts import Verdicts

HAND = "decision"  # begins the rule of what is added by hand
REJECTED = "rejected"  # begins the reason of what users reject
SOURCES = "decisions.jsonl"  # id of the document that holds where such facts are known from


class Judged:
    """Verdicts on statements; notes which were met."""

    def __init__(self, decisions: Sequence[Decision], resolved: Resolved, ontology: Ontology) -> None:
        self._extractions = {e.id: e for e in resolved.extractions}
        self._texts: dict[str, str] = {}
        self._verdicts = Verdicts(decisions, resolved.known, lambda iri: _symmetric(ontology, iri))
        self._met: defaultdict[Accept | Reject, list[Statement]] = defaultdict(list)

    def on(self, statement: Statement) -> Accept | Reject | None:
        """The verdict on a statement."""
        if not self._verdicts.all:
            return None
        target = statement.object.lexical if isinstance(statement.object, Value) else statement.object
        fact = statement.subject, statement.predicate, target
        if not self._verdicts.about(fact):
            return None
        sentence = statement.evidence.sentence.of(self._text(statement.document))
        found = self._verdicts.on(fact, statement.document, sentence)
        if found is not None:
            self._met[found].append(statement)
        return found

    def _text(self, document: str) -> str:
        if document not in self._texts:
            self._texts[document] = self._extractions[document].whole().document.text
        return self._texts[document]

    def outcomes(self) -> Iterator[Outcome]:
        """What became of each verdict."""
        for verdict in self._verdicts.all:
            met = self._met.get(verdict)
            if met:
                iris = {iri for s in met for iri in (s.subject, s.object) if isinstance(iri, str)}
                yield Outcome(verdict, tuple(sorted(iris)), tuple(met))
            else:
                where = f" in {verdict.document}" if verdict.document else ""
                yield Outcome(verdict, reason=f"no statement says so any more{where}")


def _symmetric(ontology: Ontology, predicate: str) -> bool:
    known = ontology.properties.get(predicate)
    return known is not None and known.symmetric


def _words(text: str) -> list[str]:
    return text.split()


def accepted(statement: Statement, verdict: Accept) -> Statement:
    """The statement, sure."""
    return replace(statement, confidence=1.0, decision=verdict.id)


def rejection(verdict: Reject) -> str:
    """Why a rejected statement is not in the graph."""
    who = f" by {verdict.who}" if verdict.who else ""
    why = f": {verdict.why}" if verdict.why else ""
    return f"{REJECTED}{who}{why}"


def _within(text: str, sentence: Span, quote: str) -> Span:
    """Where words stand in a sentence, however they are spaced; the sentence where they do not."""
    words = r"\s+".join(map(re.escape, _words(quote)))
    found = re.compile(words).search(text, sentence.begin, sentence.end) if words else None
    return Span(*found.span()) if found else sentence


class ByHand:
    """Facts added by hand. sources: a document whose lines tell where those are known from that no sentence states."""

    def __init__(self, decisions: Sequence[Decision], resolved: Resolved, ontology: Ontology) -> None:
        self._resolved, self._ontology = resolved, ontology
        self._documents = {e.id: e for e in resolved.extractions}
        self.entities: list[Entity] = []
        self.statements: list[tuple[Relate, Statement]] = []
        self.outcomes: list[Outcome] = []
        self._lines: list[str] = []
        for found in decisions:
            if isinstance(found, Relate):
                said = self._add(found)
                if said:
                    self.outcomes.append(Outcome(found, reason=said))

    @property
    def sources(self) -> Extraction | None:
        """The document of the sources; None where there is none."""
        if not self._lines:
            return None
        text = "\n".join(self._lines)
        spans, begin = [], 0
        for words in self._lines:
            spans.append(Span(begin, begin + len(words)))
            begin += len(words) + 1
        return Extraction(Document(SOURCES, text, SOURCES, title="Added by hand"), tuple(spans), (), (), ())

    def _add(self, found: Relate) -> str:
        """Adds the fact of a decision; says why not, or nothing."""
        if found.predicate not in self._ontology.properties:
            return f"the ontology has no property <{found.predicate}>"
        ends = [self._end(iri, found) for iri in found.about]
        missing = [iri for iri, end in zip(found.about, ends, strict=True) if end is None]
        if missing:
            return GONE.format(missing[0])
        where = self._where(found)
        if isinstance(where, str):
            return where
        document, evidence = where
        subject = ends[0] or ""
        target = Value(found.object, found.datatype) if found.datatype else ends[1] or ""
        rule = f"{HAND}: relate"
        made = Statement(subject, found.predicate, target, document, evidence, "asserted", rule, 1.0, decision=found.id)
        self.statements.append((found, made))
        return ""

    def _end(self, iri: str, decision: Relate) -> str | None:
        known = self._resolved.known
        if iri in known:
            return known[iri]
        for new in decision.new:
            if new.iri == iri and new.type in self._ontology.classes:
                self.entities.append(Entity(iri, new.type, Label(new.label), ()))
                known[iri] = iri
                return iri
        return None

    def _where(self, found: Relate) -> tuple[str, Evidence] | str:
        """The document and the words that state the fact, or why there are none."""
        if not found.document:
            begin = sum(len(words) + 1 for words in self._lines)
            words = " ".join(found.source.split())
            self._lines.append(words)
            span = Span(begin, begin + len(words))
            return SOURCES, Evidence(span, words, span)
        if found.document not in self._documents:
            return f"there is no document {found.document} any more"
        extraction = self._documents[found.document].whole()
        text = extraction.document.text
        for span in extraction.sentences:
            if _words(span.of(text)) == _words(found.sentence):
                stated = _within(text, span, found.quote)
                return found.document, Evidence(stated, stated.of(text), span)
        return f"no such sentence stands in {found.document} any more"
