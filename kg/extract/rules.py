"""The rule extractor: frames of the ontology matched in the text, each match turned into a relation or a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace

from kg.extract.arguments import Arguments
from kg.extract.doubts import doubtful
from kg.extract.frames import OBJECT, SUBJECT, Compiled, compile_frames, only
from kg.extract.graph import Graph
from kg.extract.match import Index, Match
from kg.extract.overlaps import is_read_better, longest, most_special
from kg.extract.propositions import propositions
from kg.extract.restrictions import Restrictions, object_of
from kg.extract.shipped import compiled
from kg.extract.speech import quotations
from kg.extract.stance import negated_slot, stance_of, stance_of_possession
from kg.extract.times import dates_of, lies_ahead, time_of
from kg.model import Annotation, Document, Dropped, Evidence, Mention, Parse, Relation, Span, Stance
from kg.ontology import Ontology, Property

VERSION = "rules-1"
_LEXICAL, _BARE, _LOOSE = 0.9, 0.6, 0.15
_OF_LABEL = (0.0, 0.1, 0.15, 0.2)  # less for a wording made of a label, by its rank
_KINDS = {
    "date": "a date",
    "gYearMonth": "a date",
    "gYear": "a date",
    "amount": "an amount of money",
    "integer": "a number",
    "decimal": "a number",
    "string": "one of the property's values",
}


class RuleExtractor:
    """Relations by the phrases of an ontology.

    parse: reads single sentences (an annotator's `phrases`), once, to compile the ontology's phrases; model: what it
    is, with its version.
    """

    version = VERSION

    def __init__(self, ontology: Ontology, parse: Callable[[Sequence[str]], list[Parse]], model: str = "") -> None:
        self._ontology = ontology
        self._nouns = frozenset(noun for c in ontology.classes.values() for noun in c.nouns)
        self._slots = Restrictions(ontology)
        self._use(compiled(ontology, parse, model))
        self.notices = _unusable(self.compiled, ontology)

    def _use(self, made: Compiled) -> None:
        self.compiled = made
        self._index = Index(made.frames)
        self._words = {(f.predicate, f.phrase): f.words for f in made.frames}

    def extended(
        self, phrases: Mapping[str, Sequence[str]], parse: Callable[[Sequence[str]], list[Parse]]
    ) -> RuleExtractor:
        """One that knows further phrases, by property IRI. Its notices are about these alone."""
        made = compile_frames(only(self._ontology, phrases), parse)
        known = {frame.meaning: frame.phrase for frame in self.compiled.frames}
        idle = []
        for frame in made.frames:
            if frame.meaning in known and frame.phrase in phrases.get(frame.predicate, ()):
                there = known[frame.meaning]
                read = "" if there == frame.phrase else f"it is read as {there!r}, which is there already"
                prop = self._ontology.properties[frame.predicate].local
                idle.append(f"the phrase {frame.phrase!r} of {prop} adds nothing: {read or 'it is there already'}")
        other = copy(self)
        fresh = [frame for frame in made.frames if frame.meaning not in known]
        other._use(Compiled((*self.compiled.frames, *fresh), made.failed))
        other.notices = (*_unusable(made, self._ontology), *idle)
        return other

    def extract(self, annotation: Annotation) -> tuple[list[Relation], list[Dropped]]:
        """Candidates of one document, sorted by evidence, and those that were dropped at once."""
        best: dict[tuple[Span, str, Span], Relation] = {}
        dropped: dict[tuple[str, str, str, Span], Dropped] = {}
        for parse, mentions in zip(annotation.parses, _by_parse(annotation), strict=True):
            for found in self._paragraph(annotation.document, parse, mentions):
                if isinstance(found, Dropped):
                    dropped.setdefault((found.subject, found.predicate, found.object, found.evidence.span), found)
                    continue
                key = (found.subject.span, found.predicate, found.object.span)
                if key not in best or best[key].confidence < found.confidence:
                    best[key] = found
        relations = sorted(
            most_special(longest(best.values(), self._words)),
            key=lambda r: (r.evidence.span, r.predicate, r.subject.span, r.object.span),
        )
        return relations, [d for d in dropped.values() if not is_read_better(d, relations)]

    def _paragraph(self, document: Document, parse: Parse, mentions: Sequence[Mention]) -> Iterator[Relation | Dropped]:
        graph = propositions(parse, dates_of(parse, mentions))
        arguments = Arguments(document.text, graph, mentions, self._nouns)
        quoted = quotations(graph, arguments)
        for match in self._index.matches(graph):
            made = self._relation(document, graph, arguments, match)
            if isinstance(made, Relation):
                yield _with_speaker(made, parse, quoted)
            elif made is not None:
                yield made

    def _relation(
        self, document: Document, graph: Graph, arguments: Arguments, match: Match
    ) -> Relation | Dropped | None:
        prop = self._ontology.properties[match.frame.predicate]
        subject_token, object_token = match.subject, match.object
        if not match.frame.lexical and match.frame.forward != (subject_token < object_token):
            return None
        if match.frame.others and not all(_is_post(arguments.at(token)) for _, token in match.others()):
            return None
        subject = arguments.named(subject_token) or arguments.reference(subject_token)
        obj = object_of(prop, arguments, object_token, rank=match.frame.rank)
        if subject is None or obj is None:
            lexical = match.frame.lexical
            return _unnamed(document.text, graph, arguments, match, prop, subject, obj) if lexical else None
        if _is_same(subject, obj):
            return None
        if doubtful(document.text, graph, match, (subject, obj), prop, self._ontology):
            return None
        plain = match.frame.lexical or match.frame.rank or self._slots.stand_alone(prop, match.frame, subject, obj)
        if subject.kind == "value" or not plain:
            return None
        evidence = _evidence(document.text, graph, match, (subject, obj))
        phrase = match.frame.phrase if not match.frame.rank else ""
        reason = self._slots.unfit("subject", subject, match.frame.domain, f"{SUBJECT}:" in phrase) or (
            None if prop.datatype else self._slots.unfit("object", obj, match.frame.range, f"{OBJECT}:" in phrase)
        )
        if reason:
            return Dropped(subject.surface, prop.iri, obj.surface, evidence, match.frame.phrase, reason, obj.value)
        stance, word = _stance(graph, match, post=_is_post(obj))
        if stance == "asserted" and lies_ahead(graph, match, obj, document.date or ""):
            stance, word = "planned", "date"
        base = (_LEXICAL if match.frame.lexical else _BARE) - (_LOOSE if match.loose else 0)
        base -= _OF_LABEL[match.frame.rank]
        return Relation(
            subject=subject,
            predicate=prop.iri,
            object=obj,
            evidence=evidence,
            domain=match.frame.domain,
            range=match.frame.range,
            rank=match.frame.rank,
            stance=stance,
            rule=match.frame.phrase + (f" [{word}]" if word else ""),
            confidence=round(base * min(subject.score, obj.score), 2),
            time=None if prop.datatype == "date" else time_of(graph, arguments, match.tokens[0]),
        )


def _unusable(compiled: Compiled, ontology: Ontology) -> tuple[str, ...]:
    """The phrases that no frame could be made of, for people."""
    return tuple(
        f"the phrase {phrase!r} of {ontology.properties[iri].local} cannot be used: {reason}"
        for iri, phrase, reason in compiled.failed
    )


def _unnamed(
    text: str,
    graph: Graph,
    arguments: Arguments,
    match: Match,
    prop: Property,
    subject: Mention | None,
    obj: Mention | None,
) -> Dropped | None:
    """A phrase that took hold of nouns which are no mentions: what they are, and why that is not enough."""
    noun = arguments.unnamed(match.subject) if subject is None else (subject.surface, "")
    other = arguments.unnamed(match.object) if obj is None else (obj.surface, "")
    if noun is None or other is None:
        return None
    if subject is None:
        reason = f"the subject {noun[1]}"
    elif prop.datatype is None:
        reason = f"the object {other[1]}"
    else:
        reason = f"the object is not read as {_KINDS[prop.datatype]}"
    evidence = _evidence(text, graph, match, [m for m in (subject, obj) if m])
    return Dropped(noun[0], prop.iri, other[0], evidence, match.frame.phrase, reason)


def _is_same(subject: Mention, obj: Mention) -> bool:
    """Whether the two share words; but "the Lisbon brewery" is something else than Lisbon."""
    inside = subject.kind == "nominal" and obj.kind == "name" and obj.span in subject.span
    return subject.span.overlaps(obj.span) and not inside


def _stance(graph: Graph, match: Match, *, post: bool) -> tuple[Stance, str]:
    """The stance of the anchor, and of every verb that says that two of the words mean one thing."""
    found = stance_of(graph, match.tokens[0])
    # "a former planner", "former Acme director NAME"
    posts = [token for _, token in match.others()] + ([match.object] if post else [])
    for token in [*posts, match.subject] if posts else []:
        if found[0] == "asserted":
            found = stance_of(graph, token)
    if found[0] == "asserted" and not match.frame.lexical:
        found = stance_of_possession(graph, match.subject if match.frame.forward else match.object)
        if found[0] == "asserted":
            found = stance_of_possession(graph, match.object if match.frame.forward else match.subject)
    for token in (match.subject, match.object):
        if found[0] == "asserted" and (word := negated_slot(graph, token)):
            found = "denied", word
    for step in match.frame.steps:
        verb = (
            graph.said_by.get(frozenset((match.tokens[step.start], match.tokens[step.end])))
            if step.role == "is"
            else None
        )
        if found[0] == "asserted" and verb is not None:
            found = stance_of(graph, verb)
    return found


def _is_post(mention: Mention | None) -> bool:
    return mention is not None and mention.annotator == "post"


def _by_parse(annotation: Annotation) -> list[list[Mention]]:
    """The mentions inside each paragraph; both are sorted, so one pass is enough."""
    found: list[list[Mention]] = []
    n = 0
    mentions = annotation.mentions
    for parse in annotation.parses:
        begin, end = parse.spans[0].begin, parse.spans[-1].end
        while n < len(mentions) and mentions[n].span.begin < begin:
            n += 1
        first = n
        while n < len(mentions) and mentions[n].span.end <= end:
            n += 1
        found.append(list(mentions[first:n]))
    return found


def _evidence(text: str, graph: Graph, match: Match, mentions: Sequence[Mention]) -> Evidence:
    """The contiguous words from the first to the last that the match rests on."""
    p = graph.parse
    first, last = next((a, b) for a, b in p.sentences if a <= match.tokens[0] < b)
    sentence = Span(p.spans[first].begin, p.spans[last - 1].end)
    spans = [p.spans[i] for i in match.tokens] + [m.span for m in mentions]
    begin, end = min(s.begin for s in spans), max(s.end for s in spans)
    span = Span(max(begin, sentence.begin), min(end, sentence.end))
    return Evidence(span, span.of(text), sentence)


def _with_speaker(relation: Relation, parse: Parse, quoted: Sequence[tuple[Span, str]]) -> Relation:
    if parse.role in ("question", "answer"):
        return replace(relation, voice=parse.role, speaker=parse.speaker or None)  # type: ignore[arg-type]
    for span, speaker in quoted:
        if relation.evidence.span.overlaps(span) and relation.subject.span in span:
            return replace(relation, voice="quotation", speaker=speaker or None)
    return relation
