"""The rule extractor: frames of the ontology matched in the text, each match turned into a relation or a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kg.extract.arguments import Arguments
from kg.extract.doubts import doubtful
from kg.extract.frames import Compiled
from kg.extract.graph import Graph
from kg.extract.match import Index, Match
from kg.extract.propositions import propositions
from kg.extract.shipped import compiled
from kg.extract.speech import quotations
from kg.extract.stance import stance_of
from kg.model import Annotation, Dropped, Evidence, Mention, Parse, Relation, Span, Stance, Value
from kg.ontology import Ontology, Property

VERSION = "rules-1"
_LEXICAL, _BARE, _LOOSE = 0.9, 0.6, 0.15
_OF_LABEL = (0.0, 0.1, 0.15, 0.2)  # less for a wording made of a label, by its rank
_ACCEPTED = {"decimal": ("decimal", "integer"), "integer": ("integer",)}
_DATES = frozenset(("date", "gYearMonth", "gYear"))


class RuleExtractor:
    """Relations by the phrases of an ontology.

    parse: reads single sentences (an annotator's `phrases`), once, to compile the ontology's phrases; model: what it
    is, with its version.
    """

    version = VERSION

    def __init__(self, ontology: Ontology, parse: Callable[[Sequence[str]], list[Parse]], model: str = "") -> None:
        self._ontology = ontology
        self._nouns = frozenset(noun for c in ontology.classes.values() for noun in c.nouns)
        self.compiled: Compiled = compiled(ontology, parse, model)
        self.notices = tuple(
            f"the phrase {phrase!r} of {ontology.properties[iri].local} cannot be used: {reason}"
            for iri, phrase, reason in self.compiled.failed
        )
        self._index = Index(self.compiled.frames)

    def extract(self, annotation: Annotation) -> tuple[list[Relation], list[Dropped]]:
        """Candidates of one document, sorted by evidence, and those that were dropped at once."""
        best: dict[tuple[Span, str, Span], Relation] = {}
        dropped: dict[tuple[str, str, str, Span], Dropped] = {}
        for parse, mentions in zip(annotation.parses, _by_parse(annotation), strict=True):
            for found in self._paragraph(annotation.document.text, parse, mentions):
                if isinstance(found, Dropped):
                    dropped.setdefault((found.subject, found.predicate, found.object, found.evidence.span), found)
                    continue
                key = (found.subject.span, found.predicate, found.object.span)
                if key not in best or best[key].confidence < found.confidence:
                    best[key] = found
        relations = sorted(
            _most_special(list(best.values())),
            key=lambda r: (r.evidence.span, r.predicate, r.subject.span, r.object.span),
        )
        return relations, list(dropped.values())

    def _paragraph(self, text: str, parse: Parse, mentions: Sequence[Mention]) -> Iterator[Relation | Dropped]:
        values = {m.span for m in mentions if m.value and m.value.datatype in _DATES}
        dates = (
            frozenset(i for i, span in enumerate(parse.spans) if any(span in value for value in values))
            if values
            else frozenset()
        )
        graph = propositions(parse, dates)
        arguments = Arguments(text, graph, mentions, self._nouns)
        quoted = quotations(graph, arguments)
        for match in self._index.matches(graph):
            made = self._relation(text, graph, arguments, match)
            if isinstance(made, Relation):
                yield _with_speaker(made, parse, quoted)
            elif made is not None:
                yield made

    def _relation(self, text: str, graph: Graph, arguments: Arguments, match: Match) -> Relation | Dropped | None:
        prop = self._ontology.properties[match.frame.predicate]
        subject_token, object_token = match.subject, match.object
        if not match.frame.lexical and match.frame.forward != (subject_token < object_token):
            return None
        if match.frame.others and not all(_is_post(arguments.at(token)) for _, token in match.others()):
            return None
        subject = arguments.named(subject_token) or arguments.reference(subject_token)
        obj = self._object(prop, arguments, object_token, rank=match.frame.rank)
        if subject is None or obj is None or subject.span.overlaps(obj.span):
            return None
        if match.frame.rank and doubtful(text, graph, match, (subject, obj), prop, self._ontology):
            return None
        plain = match.frame.lexical or match.frame.rank or _stands_alone(subject, obj)
        if subject.kind == "value" or not plain:
            return None
        evidence = _evidence(text, graph, match, (subject, obj))
        reason = self._unfit(subject, match.frame.domain) or (
            None if prop.datatype else self._unfit(obj, match.frame.range)
        )
        if reason:
            return Dropped(subject.surface, prop.iri, obj.surface, evidence, match.frame.phrase, reason)
        stance, word = _stance(graph, match, post=_is_post(obj))
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
            time=None if prop.datatype == "date" else _time(graph, arguments, match.tokens[0]),
        )

    def _object(self, prop: Property, arguments: Arguments, token: int, *, rank: int) -> Mention | None:
        if prop.datatype is None:
            code = arguments.code(token) if rank else None
            return arguments.named(token) or arguments.reference(token) or code
        mention = arguments.at(token)
        if mention is None or mention.value is None:
            return None
        kind = mention.value.datatype
        fits = kind in _DATES if prop.datatype == "date" else kind in _ACCEPTED.get(prop.datatype, (prop.datatype,))
        if rank and kind == "gYear" and prop.datatype in _ACCEPTED:  # "a density of 1604"
            return replace(mention, value=Value(mention.value.lexical, "integer"))
        if prop.datatype == "string":
            fits = mention.annotator == "post" and bool(prop.value_nouns)
        return mention if fits else None

    def _unfit(self, mention: Mention, allowed: frozenset[str]) -> str | None:
        """Why the kind of mention cannot fill the slot; types are decided later, over the whole document."""
        classes = [c for c in map(self._ontology.classes.get, allowed) if c]
        if mention.kind == "phrase" and classes and not any(c.by_phrase or c.by_noun for c in classes):
            return "a descriptive phrase where a name is asked for"
        if mention.kind == "name" and classes and not any(c.by_name for c in classes):
            return "a name where a description is asked for"
        return None


def _stance(graph: Graph, match: Match, *, post: bool) -> tuple[Stance, str]:
    """The stance of the anchor, and of every verb that says that two of the words mean one thing."""
    found = stance_of(graph, match.tokens[0])
    # "a former planner", "former Acme director NAME"
    posts = [token for _, token in match.others()] + ([match.object] if post else [])
    for token in [*posts, match.subject] if posts else []:
        if found[0] == "asserted":
            found = stance_of(graph, token)
    for step in match.frame.steps:
        verb = (
            graph.said_by.get(frozenset((match.tokens[step.start], match.tokens[step.end])))
            if step.role == "is"
            else None
        )
        if found[0] == "asserted" and verb is not None:
            found = stance_of(graph, verb)
    return found


def _stands_alone(subject: Mention, obj: Mention) -> bool:
    """Whether the two are plain enough for a wording that has no word of its own, such as "?s of ?o"."""
    plain = ("name", "value", "pronoun")
    return subject.kind in plain and obj.kind in plain and "name" in (subject.kind, obj.kind)


def _time(graph: Graph, arguments: Arguments, anchor: int) -> Value | None:
    """When the clause says that it was so."""
    for token in graph.get(anchor, "when"):
        mention = arguments.at(token)
        if mention is not None and mention.value is not None and mention.value.datatype in _DATES:
            return mention.value
    return None


def _most_special(relations: Sequence[Relation]) -> Iterator[Relation]:
    """Of relations that take more or less of one phrase ("a seat of X", "X"), the one with the longer wording."""
    groups: dict[tuple[str, Span], list[Relation]] = defaultdict(list)
    for relation in relations:
        groups[relation.predicate, relation.subject.span].append(relation)
    for group in groups.values():
        for one in group:
            rivals = [r for r in group if r is not one and r.object.span.overlaps(one.object.span)]
            if all(_wording(one) > _wording(r) for r in rivals):
                yield one


def _wording(relation: Relation) -> tuple[int, Span]:
    return len(relation.rule.partition(" [")[0]), relation.object.span


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
