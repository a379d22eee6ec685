"""The rule extractor: frames of the ontology matched in the text, each match turned into a relation or a reason."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace

from kg.extract.arguments import KIND, Arguments
from kg.extract.doubts import doubtful
from kg.extract.frames import OBJECT, SUBJECT, Compiled, Frame, compile_frames, only
from kg.extract.graph import Graph
from kg.extract.match import Index, Match
from kg.extract.propositions import propositions
from kg.extract.shipped import compiled
from kg.extract.speech import quotations
from kg.extract.stance import negated_slot, stance_of, stance_of_possession
from kg.lexicon import is_place, supersenses
from kg.model import Annotation, Document, Dropped, Evidence, Mention, Parse, Relation, Span, Stance, Value
from kg.ontology import Ontology, Property

VERSION = "rules-1"
_LEXICAL, _BARE, _LOOSE = 0.9, 0.6, 0.15
_FEW = 0.08
_YEAR = re.compile(r"[0-9]{4}")
# In the present tense these tell what is to come.
_MOVING = frozenset("go come arrive launch open start begin appear hit reach debut follow".split())
_OF_LABEL = (0.0, 0.1, 0.15, 0.2)  # less for a wording made of a label, by its rank
_ACCEPTED = {"decimal": ("decimal", "integer"), "integer": ("integer",)}
_DATES = frozenset(("date", "gYearMonth", "gYear"))
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
        self._nouns_of = {iri: frozenset(c.nouns) for iri, c in ontology.classes.items()}
        self._senses = {iri: _senses(c.nouns) for iri, c in ontology.classes.items()}
        self._told = set().union(*self._senses.values())
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
            _most_special(self._longest(best.values())),
            key=lambda r: (r.evidence.span, r.predicate, r.subject.span, r.object.span),
        )
        return relations, [d for d in dropped.values() if not _read_better(d, relations)]

    def _longest(self, relations: Iterable[Relation]) -> list[Relation]:
        """Without those whose words are but a part of another's: "has an office in" beside "has its head office in"."""
        groups: dict[tuple[Span, Span], list[tuple[frozenset[str], Relation]]] = defaultdict(list)
        for r in relations:
            words = self._words[r.predicate, r.rule.partition(" [")[0]]
            groups[r.subject.span, r.object.span].append((words, r))
        return [
            relation
            for group in groups.values()
            for words, relation in group
            if relation.rank
            or not any(words and words < others and relation.predicate != other.predicate for others, other in group)
        ]

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
        obj = self._object(prop, arguments, object_token, rank=match.frame.rank)
        if subject is None or obj is None:
            lexical = match.frame.lexical
            return _unnamed(document.text, graph, arguments, match, prop, subject, obj) if lexical else None
        if _is_same(subject, obj):
            return None
        if doubtful(document.text, graph, match, (subject, obj), prop, self._ontology):
            return None
        plain = match.frame.lexical or match.frame.rank or self._stands_alone(prop, match.frame, subject, obj)
        if subject.kind == "value" or not plain:
            return None
        evidence = _evidence(document.text, graph, match, (subject, obj))
        phrase = match.frame.phrase if not match.frame.rank else ""
        reason = self._unfit("subject", subject, match.frame.domain, f"{SUBJECT}:" in phrase) or (
            None if prop.datatype else self._unfit("object", obj, match.frame.range, f"{OBJECT}:" in phrase)
        )
        if reason:
            return Dropped(subject.surface, prop.iri, obj.surface, evidence, match.frame.phrase, reason, obj.value)
        stance, word = _stance(graph, match, post=_is_post(obj))
        if stance == "asserted" and _lies_ahead(graph, match, obj, document.date or ""):
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

    def _stands_alone(self, prop: Property, frame: Frame, subject: Mention, obj: Mention) -> bool:
        """Whether the two are plain enough for a wording that has no word of its own, such as "?s of ?o".

        A reference is, too, if its noun says of which class the thing is: "the Lisbon brewery". A preposition between
        a class that the wording asks for and a phrase is enough: "?s:Product with ?o".
        """
        plain = ("name", "value", "pronoun")
        if frame.domain < prop.domain and frame.steps[0].role.startswith("prep:"):
            wanted = set().union(*(self._senses.get(iri, set()) for iri in frame.range))
            means = obj.kind == "phrase" and bool(wanted & set(supersenses(obj.head)))
            return subject.kind in ("name", "nominal") and (means or obj.kind == "name")
        if obj.kind not in plain or "name" not in (subject.kind, obj.kind):
            return False
        told = subject.kind == "nominal" and any(subject.head in self._nouns_of.get(iri, ()) for iri in frame.domain)
        return subject.kind in plain or told

    def _unfit(self, side: str, mention: Mention, allowed: frozenset[str], asked: bool) -> str | None:
        """Why the kind of mention cannot fill the slot; types are decided later, over the whole document.

        asked: whether the phrase names the class that it wants there.
        """
        classes = [c for c in map(self._ontology.classes.get, allowed) if c]
        if (
            asked
            and mention.annotator == KIND
            and any(c.by_kind and set(supersenses(mention.head)) & self._senses[c.iri] for c in classes)
        ):
            return None
        kin = {iri for c in classes for iri in c.ancestors}
        places = any("GPE" in c.ner_labels for c in map(self._ontology.classes.get, kin) if c)
        elsewhere = asked and mention.kind == "name" and not places
        if elsewhere and is_place(mention.surface):
            return f"the {side} is a place, the wording asks for a thing of another class"
        if mention.kind == "phrase" and classes and not any(c.by_phrase or c.by_noun for c in classes):
            return f"the {side} is a description, the wording asks for a name"
        if mention.kind == "name" and classes and not any(c.by_name for c in classes):
            return f"the {side} is a name, the wording asks for a description"
        if asked and mention.kind == "phrase" and classes:
            wanted = set().union(*(self._senses[c.iri] for c in classes))
            called = any(mention.head in self._nouns_of.get(c.iri, ()) for c in classes)
            if wanted and not called and not wanted & set(supersenses(mention.head)):
                return "a phrase whose noun is not known to mean such a thing"
        if mention.kind == "phrase" and classes and mention.score == 1.0:
            senses = set(supersenses(mention.head)) & self._told
            if senses and not any(senses & self._senses[c.iri] for c in classes):
                return f"the {side} means a thing of another kind ({', '.join(sorted(senses))})"
        return None


def dates_of(parse: Parse, mentions: Sequence[Mention]) -> frozenset[int]:
    """The tokens of a paragraph that belong to dates."""
    values = {m.span for m in mentions if m.value and m.value.datatype in _DATES}
    if not values:
        return frozenset()
    return frozenset(i for i, span in enumerate(parse.spans) if any(span in value for value in values))


def _read_better(dropped: Dropped, relations: Sequence[Relation]) -> bool:
    """Whether a relation takes less of the same words: "48,000 pounds" of "damages of 48,000 pounds"."""
    return any(
        r.predicate == dropped.predicate
        and r.evidence.sentence == dropped.evidence.sentence
        and r.subject.surface == dropped.subject
        and r.object.surface != dropped.object
        and r.object.surface in dropped.object
        for r in relations
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


def _lies_ahead(graph: Graph, match: Match, mention: Mention, today: str) -> bool:
    """ "It goes on sale in November": in the present tense, with a date later than the document's, or one that lacks
    the year, so that it was taken for the last such month.
    """
    value = mention.value
    if value is None or value.datatype not in _DATES or not today:
        return False
    anchor = match.tokens[0]
    if graph.parse.tags[anchor] not in ("VBZ", "VBP"):
        return False
    known = min(len(value.lexical), len(today))
    moves = graph.keys[anchor].partition("_")[0] in _MOVING
    return value.lexical[:known] > today[:known] or (moves and not _YEAR.search(mention.surface))


def _is_same(subject: Mention, obj: Mention) -> bool:
    """Whether the two share words; but "the Lisbon brewery" is something else than Lisbon."""
    inside = subject.kind == "nominal" and obj.kind == "name" and obj.span in subject.span
    return subject.span.overlaps(obj.span) and not inside


def _senses(nouns: Sequence[str]) -> set[str]:
    """The supersenses that more than a few of a class's nouns have."""
    counts = Counter(kind for noun in nouns for kind in supersenses(noun)[:1])
    return {kind for kind, count in counts.items() if count >= max(1, len(nouns) * _FEW)}


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
