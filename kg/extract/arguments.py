"""From a token that fills a slot to the mention that stands for it: a name, value, phrase, reference or pronoun."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.graph import Graph
from kg.model import Mention, MentionKind, Span

# The annotator of phrases that name a kind of thing: "boats".
KIND = "kind"
PRONOUN_TAGS = frozenset(("PRP", "PRP$", "WP", "WDT", "WP$"))
_RELATIVE = frozenset(("WP$", "WDT", "WP"))
_STOPS = frozenset((",", ";", ":", "—", ".", "("))
_HEADS = frozenset(("NN", "NNS", "VBG", "VB", "NNP", "NNPS", "JJ"))
_PRONOUN_WORDS = frozenset("this that these those there it she he they we i you who which both one latter".split())
_LONGEST_CLAUSE = 8
_LEFT = frozenset("amod compound nmod nummod quantmod advmod npadvmod punct".split())
_DETERMINERS = frozenset("the this that these those its their our his her my your".split())
_EMPTY = frozenset(
    "way advantage lot thing one part kind sort number type bit example fact case point time year month day "
    "week side end  "
    "place role level amount range variety series set pair couple majority half share something anything "
    "everything nothing  "
    "result reason idea question answer problem issue matter course order need view word somebody everybody "
    "anyone everyone  "
    "million billion thousand hundred dozen percent step chance moment lead account effect sense top bottom rest "
    "other another none more less few several lots home".split()
)
_EMPTY_ADJECTIVES = frozenset(
    "own same other new first second third last next current existing only such many several few more most "
    "various further".split()
)


class Arguments:
    """Mentions of one parse by token, and those made on demand for tokens that no annotator marked.

    nouns: nouns of the ontology's classes, which are never fillers.
    """

    def __init__(
        self, text: str, graph: Graph, mentions: Sequence[Mention], nouns: frozenset[str] = frozenset()
    ) -> None:
        self._text, self._graph, self._empty = text, graph, _EMPTY - nouns
        self._at: dict[int, Mention] = {}
        begins = {span.begin: i for i, span in enumerate(graph.parse.spans)}
        for mention in mentions:
            first = begins.get(mention.span.begin)
            for i in range(first, len(graph.parse.words)) if first is not None else ():
                if graph.parse.spans[i].begin >= mention.span.end:
                    break
                self._at[i] = mention

    def at(self, token: int) -> Mention | None:
        """The annotated mention that covers the token."""
        return self._at.get(token)

    def named(self, token: int) -> Mention | None:
        """The name that stands at the token, or beside it in the same noun phrase ("our first product, the X")."""
        mention = self._at.get(token)
        if mention is not None and mention.kind == "name":
            return mention
        p = self._graph.parse
        if p.tags[token] in _RELATIVE:
            return self._before(token)
        for other in sorted(self._graph.get(token, "is") + self._graph.get(token, "^is"), key=lambda o: abs(o - token)):
            # In apposition, or named by a participle: "a brand called X".
            beside = token in (p.heads[other], p.heads[p.heads[other]]) or p.heads[token] == other
            beside = beside or self._is_said_to_be(other, token)
            found = self._at.get(other)
            beside = beside or self._is_said_to_be(other, token)
            if beside and found is not None and (found.kind == "name" or found.annotator == "quotation"):
                return found
        for child in self._graph.get(token, "of"):
            found = self._at.get(child)
            if found is not None and found.kind == "name" and child > token and p.lemmas[token] in found.called:
                return found  # "the city of X"
        for child in self._graph.get(token, "mod"):
            found = self._at.get(child)
            if child == token - 1 and found is not None and found.kind == "name" and p.lemmas[token] in found.called:
                return found
        return None

    def _is_bare(self, token: int, first: int) -> bool:
        """A plural, a mass noun or a modifier without article, owner or number: "boats", "bread", "the boat maker"."""
        p = self._graph.parse
        determined = self._graph.children(token, "det", "poss", "nummod")
        return p.tags[token] in ("NN", "NNS") and not any(True for _ in determined) and p.words[first].islower()

    def _is_said_to_be(self, name: int, noun: int) -> bool:
        """ "X is a lamp that ...": what the clause goes on to say of the lamp is said of X."""
        graph = self._graph
        verb = graph.said_by.get(frozenset((name, noun)))
        if verb is None or graph.keys[verb] != "be" or not name < verb < noun:
            return False
        indefinite = any(graph.parse.words[c].lower() in ("a", "an") for c in graph.children(noun, "det"))
        return indefinite and not any(graph.children(verb, "neg"))

    def _before(self, pronoun: int) -> Mention | None:
        """The name before a relative pronoun: "X, whose founder", "X, the founder of which"."""
        p = self._graph.parse
        for token in range(pronoun - 1, max(-1, pronoun - 7), -1):
            found = self._at.get(token)
            if found is not None and found.kind == "name":
                return found
            if p.tags[token][0] == "V" or p.words[token] in (".", ";"):
                break
        return None

    def code(self, token: int) -> Mention | None:
        """A code of digits and letters at the token, such as "12/30" or a number that counts nothing."""
        p = self._graph.parse
        if not any(c.isdigit() for c in p.words[token]) or p.tags[token][0] == "V":
            return None
        span, covered = p.spans[token], self._at.get(token)
        if covered is not None and covered.span != span:
            return None
        return Mention(span, span.of(self._text), "phrase", head=p.lemmas[token], annotator="code")

    def reference(self, token: int) -> Mention | None:
        """A pronoun, a nominal reference ("the firm") or a descriptive phrase at the token; None for fillers."""
        p = self._graph.parse
        if p.tags[token] in PRONOUN_TAGS or (p.words[token].lower() in _PRONOUN_WORDS and p.tags[token][0] in "DREPJ"):
            span = p.spans[token]
            word = p.words[token].lower()
            plural = word in ("we", "us", "our", "ours", "they", "them", "their", "these", "those")
            return Mention(span, span.of(self._text), "pronoun", head=word, plural=plural, annotator="grammar")
        if p.tags[token] not in _HEADS or p.lemmas[token] in self._empty:
            return None
        first, last = self._phrase(token)
        if self._says_no_thing(token, first, last):
            return None
        span = Span(p.spans[first].begin, p.spans[last].end)
        before = {p.words[c].lower() for c in self._graph.children(token, "det", "poss")} | {
            p.words[max(0, first - 1)].lower()
        }
        definite = bool(before & _DETERMINERS)
        kind: MentionKind = "nominal" if definite else "phrase"
        return Mention(
            span,
            span.of(self._text),
            kind,
            head=p.lemmas[token],
            plural=p.tags[token] in ("NNS", "NNPS"),
            score=1.0 if p.tags[token][0] in "NJ" else 0.8,
            annotator=KIND if kind == "phrase" and self._is_bare(token, first) else "grammar",
        )

    def unnamed(self, token: int) -> tuple[str, str] | None:
        """The words of a noun for which `reference` finds nothing, and why; None where no noun stands."""
        p = self._graph.parse
        if p.tags[token][0] != "N":
            return None
        first, last = self._phrase(token)
        words = Span(p.spans[first].begin, p.spans[last].end).of(self._text)
        if p.lemmas[token] in self._empty:
            return words, "says too little to be a thing"
        return words, self._says_no_thing(token, first, last) or "is nothing that has a name or a class"

    def _phrase(self, token: int) -> tuple[int, int]:
        nominal = self._graph.parse.tags[token][0] in "NJ"
        return noun_phrase(self._graph, token) if nominal else verb_phrase(self._graph, token)

    def _says_no_thing(self, token: int, first: int, last: int) -> str:
        """Why the phrase at these tokens stands for no thing of its own; "" if it may."""
        p = self._graph.parse
        covered = self._at.get(token)
        if covered is not None and covered.kind == "value" and covered.annotator != "post":
            return "is a value, not a thing"
        if any(p.tags[i] == "CD" and p.heads[i] == token for i in range(first, token)):
            return "is a count, not a thing"  # "138 people"
        if any(
            (found := self._at.get(i)) and found.value and found.value.datatype == "amount"
            for i in range(first, last + 1)
        ):
            return "is an amount, not a thing"
        if first == last and p.tags[token] == "NN":
            if any(p.words[c].lower() in ("a", "an") for c in self._graph.children(token, "det")):
                return "says too little to be a thing"  # "a seat"
        elif first == last and p.tags[token][0] == "V":
            return "does not say what"  # "intends to acquire"
        return ""


def noun_phrase(graph: Graph, head: int) -> tuple[int, int]:
    """First and last token of the shortest full noun phrase: modifiers and complements, no article, no clause."""
    p = graph.parse
    first = head
    for i in range(head - 1, -1, -1):
        if p.heads[i] == head or (first <= p.heads[i] <= head):
            if (
                p.deps[i] not in _LEFT
                or p.words[i] in (",", "“", '"', "(", "—")
                or p.words[i].lower() in _EMPTY_ADJECTIVES
            ):
                break
            first = i
        else:
            break
    last = head
    for child in sorted(graph.children(head, "prep")):
        if child != last + 1 or p.words[child].lower() in ("by", "since", "until", "during", "from", "at", "as"):
            break
        stops = [
            min(graph.subtree(i))
            for i in graph.subtree(child)
            if p.deps[i] in ("relcl", "acl", "advcl") or p.words[i] in (";", ":", "(")
        ]
        end = min([max(graph.subtree(child)) + 1, *stops]) - 1
        if end - child > 7 or end <= child:
            break
        last = end
    while last > head and p.words[last] in (",", ".", '"', "”"):
        last -= 1
    return first, last if first < last else _with_clause(graph, head)


def _with_clause(graph: Graph, head: int) -> int:
    """ "people who read in bed": a noun by itself says little without the clause that tells who is meant."""
    p = graph.parse
    for clause in graph.children(head, "relcl"):
        tokens = sorted(graph.subtree(clause))
        stops = [i for i in tokens if p.words[i] in _STOPS]
        last = (stops[0] if stops else tokens[-1] + 1) - 1
        if tokens[0] == head + 1 and p.words[head + 1].lower() == "who" and last - head <= _LONGEST_CLAUSE:
            return last
    return head


def verb_phrase(graph: Graph, head: int) -> tuple[int, int]:
    """First and last token of a verb phrase without its subject and without clauses that hang on it."""
    p = graph.parse
    below = sorted(i for i in graph.subtree(head) if i > head)
    clauses = [min(graph.subtree(i)) for i in below if p.deps[i] in ("relcl", "advcl")]
    stop = min([head + 13, *clauses, *(i for i in below if p.words[i] in _STOPS or p.tags[i] in ("WDT", "WP"))])
    last = head
    for i in below:
        if i != last + 1 or i >= stop:
            break
        last = i
    while last > head and p.tags[last] in ("IN", "CC", "DT", "TO"):
        last -= 1
    return head, last
