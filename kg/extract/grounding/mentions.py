"""From words that a model names to the mention that stands for them: one that is there, or a new one."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.grounding.passage import Passage
from kg.model import Mention, MentionKind, Span
from kg.ontology import Property

ANNOTATOR = "proposer"
_DATES = frozenset(("date", "gYearMonth", "gYear"))
_ACCEPTED = {"date": _DATES, "decimal": frozenset(("decimal", "integer"))}
_KINDS = {
    "date": "a date",
    "amount": "an amount of money",
    "integer": "a number",
    "decimal": "a number",
    "string": "one of the property's values",
}
_SKIPPED = frozenset(("DT", "PRP$", "POS", ",", ".", ":", "``", "''", "-LRB-", "-RRB-", "IN", "CC", "TO"))
_POST = "post"


def value_at(passage: Passage, span: Span, prop: Property) -> Mention | str:
    """The value that an annotator read at these words, or why there is none; none is made of the words themselves."""
    kind = prop.datatype or "string"
    near = [m for m in passage.mentions if m.value is not None and m.span.overlaps(span)]
    fit = [m for m in near if _fits(m, prop)]
    exact = [m for m in fit if m.span == span]
    if len(fit) > 1 and not exact:
        return "the object holds several values"
    return (exact or fit)[0] if fit else f"the object is not read as {_KINDS.get(kind, 'a value')}"


def _fits(mention: Mention, prop: Property) -> bool:
    if mention.value is None or prop.datatype is None:
        return False
    if prop.datatype == "string":
        return mention.annotator == _POST and bool(prop.value_nouns)
    return mention.value.datatype in _ACCEPTED.get(prop.datatype, frozenset((prop.datatype,)))


def thing_at(passage: Passage, span: Span, side: str, allowed: frozenset[str]) -> Mention | str:
    """The mention of a thing at these words, or why there is none.

    An empty span stands for what the sentence leaves unsaid. side: "subject" or "object". allowed: classes that the
    property asks for, which speak for that of a new name.
    """
    if span.is_empty:
        return Mention(span, "", "unsaid", annotator=ANNOTATOR)
    head = passage.head(span)
    if head is None:
        return f"the {side} is no word"
    known = next((m for m in passage.mentions if m.span == span), None) or passage.arguments.at(head)
    if known is not None:
        return known if known.kind != "value" else f"the {side} is a value, not a thing"
    proper = _is_proper(passage, head)
    named = None if proper else passage.arguments.named(head)
    if named is not None:
        return named
    own = _trimmed(passage, span)
    if proper and not any(m.span.overlaps(own) for m in passage.mentions):
        return _new(passage, own, head, "name", allowed)
    reference = passage.arguments.reference(head)
    if reference is not None:
        return reference
    unnamed = passage.arguments.unnamed(head)
    if unnamed is not None and not proper:
        return f"the {side} {unnamed[1]}"
    return _new(passage, own, head, "phrase", frozenset())


def name_at(passage: Passage, span: Span) -> Mention | None:
    """A new name at these words, whatever stands there already; None where no word begins and ends so."""
    head = passage.head(span)
    if head is None or _trimmed(passage, span) != span:
        return None
    return _new(passage, span, head, "name", frozenset())


def _is_proper(passage: Passage, head: int) -> bool:
    """Whether the word is written as a name: tagged so, or with a capital where no sentence begins."""
    parse = passage.parse
    begins = any(first == head for first, _ in parse.sentences)
    word = parse.words[head]
    tag = parse.tags[head]
    return word[:1].isupper() and (tag in ("NNP", "NNPS") or (tag[:1] in "NJF" and not begins))


def _trimmed(passage: Passage, span: Span) -> Span:
    """Whole words, without articles, owners and marks at either end."""
    tokens = passage.tokens(span)
    parse = passage.parse
    while len(tokens) > 1 and parse.tags[tokens[0]] in _SKIPPED:
        tokens = tokens[1:]
    while len(tokens) > 1 and parse.tags[tokens[-1]] in _SKIPPED:
        tokens = tokens[:-1]
    return Span(parse.spans[tokens[0]].begin, parse.spans[tokens[-1]].end)


def _new(passage: Passage, span: Span, head: int, kind: MentionKind, allowed: Iterable[str]) -> Mention:
    """A mention that no annotator made. Its votes weigh as much together as one label of a recogniser."""
    classes = sorted(allowed)
    return Mention(
        span,
        span.of(passage.text),
        kind,
        head=passage.parse.lemmas[head].lower(),
        plural=passage.parse.tags[head] in ("NNS", "NNPS"),
        annotator=ANNOTATOR,
        votes=tuple((iri, round(1 / len(classes), 3)) for iri in classes),
    )
