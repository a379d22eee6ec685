"""The words of a phrase: what hangs on its head, without clauses, appositions and conjuncts that say more."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from kg.extract.graph import PROPER, Graph
from kg.model import Parse, Span

_ASIDE = frozenset("relcl parataxis advcl".split())
_JOINED = frozenset("cc conj preconj".split())
_QUOTES = frozenset(('"', "“", "”", "„", "''", "``"))
_APART = frozenset(", ; : ( - -- – —".split())
_PLACING = frozenset("in at near from to outside around".split())
_EDGES = frozenset((",", ";", ":", ".", "-", "--", "–", "—", "?", "!", "(", "and", "or"))


def phrase(graph: Graph, head: int, *, joined_too: bool = False) -> tuple[int, ...]:
    """The tokens of the phrase of a head, ascending, without punctuation at its edges.

    joined_too: with all that is coordinated with the head; below it, what is coordinated always stays.
    """
    p = graph.parse
    tokens = [head]
    for child in graph.children(head):
        kept = joined_too or p.deps[child] not in _JOINED or _in_name(graph, head, child)
        if kept and not is_aside(graph, child):
            tokens += _below(graph, child)
    return trimmed(p, _unbroken(p, sorted(t for t in tokens if p.tags[t] != "WP$"), head))


def _in_name(graph: Graph, head: int, child: int) -> bool:
    """ "Linden & Sloe" is one name, not two."""
    p = graph.parse
    end = child if p.deps[child] == "conj" else child + 1
    inside = range(head + 1, min(end, len(p.words)))
    return p.tags[head] in PROPER and "&" in p.words[head:end] and all(p.tags[t] in (*PROPER, "CC") for t in inside)


def _below(graph: Graph, i: int) -> Iterator[int]:
    yield i
    for child in graph.children(i):
        if not is_aside(graph, child):
            yield from _below(graph, child)


def is_aside(graph: Graph, i: int) -> bool:
    """What says more of its head, so that it has a clause of its own; but "his son Peter" is one phrase."""
    p = graph.parse
    if p.deps[i] == "acl":
        return i > 0 and p.words[min(graph.subtree(i)) - 1] in _APART
    if p.deps[i] != "appos" or is_place_of(graph, i):
        return p.deps[i] in _ASIDE
    return i < p.heads[i] or any(p.words[t] in _APART for t in range(p.heads[i], i))


def is_place_of(graph: Graph, i: int) -> bool:
    """ "in Lisbon, Portugal": a name in apposition to a name after a preposition of place tells where that is."""
    p = graph.parse
    head = p.heads[i]
    while p.deps[head] == "appos":
        head = p.heads[head]
    names = p.tags[i] in PROPER and p.tags[head] in PROPER and not graph.has(i, "det", "poss", "prep")
    return names and p.deps[head] == "pobj" and p.words[p.heads[head]].lower() in _PLACING


def whole(graph: Graph, head: int) -> tuple[int, ...]:
    """All tokens below a head, conjuncts and clauses included."""
    return trimmed(graph.parse, sorted(graph.subtree(head)))


def without(p: Parse, tokens: Iterable[int], left_out: Container[int]) -> tuple[int, ...]:
    """Tokens but those that are left out, without their quotation marks, and without punctuation at either end."""
    kept = (t for t in tokens if t not in left_out)
    beside = (t for t in kept if p.words[t] not in _QUOTES or not (t - 1 in left_out or t + 1 in left_out))
    return trimmed(p, list(beside))


def _unbroken(p: Parse, tokens: Sequence[int], head: int) -> list[int]:
    """Drops punctuation that has lost the words that it set apart."""
    kept = set(tokens)
    for _ in range(4):
        lost = {t for t in kept if t != head and not _holds(p, t, kept)}
        if not lost:
            break
        kept -= lost
    return sorted(kept)


def _holds(p: Parse, t: int, kept: Container[int]) -> bool:
    """Whether what a mark of punctuation belongs to is still there."""
    word = p.words[t]
    before, behind = t - 1 in kept, t + 1 in kept
    if word in (",", ";"):
        return before and behind
    if word in ("(", "“", "„"):
        return behind
    if word in (")", "”"):
        return before
    return word not in _QUOTES or before or behind


def trimmed(p: Parse, tokens: Sequence[int]) -> tuple[int, ...]:
    """Tokens without punctuation and conjunctions at either end; quotation marks stay or go in pairs."""
    first, last = 0, len(tokens)
    while first < last and p.words[tokens[first]].lower() in _EDGES | {")"}:
        first += 1
    while first < last and p.words[tokens[last - 1]].lower() in _EDGES:
        last -= 1
    return _paired(p, tokens[first:last])


def _paired(p: Parse, tokens: Sequence[int]) -> tuple[int, ...]:
    marks = [t for t in tokens if p.words[t] in _QUOTES]
    if len(marks) % 2 == 0 or len(tokens) < 2:
        return tuple(tokens)
    for lost, at in ((tokens[-1] + 1, len(tokens)), (tokens[0] - 1, 0)):
        if 0 <= lost < len(p.words) and p.words[lost] in _QUOTES:
            return (*tokens[:at], lost, *tokens[at:])
    return tuple(t for t in tokens if t != marks[0]) if marks[0] in (tokens[0], tokens[-1]) else tuple(tokens)


def spans_of(p: Parse, tokens: Iterable[int]) -> tuple[Span, ...]:
    """Offsets of tokens, those that follow each other as one span."""
    found: list[Span] = []
    before = -2
    for token in tokens:
        if token == before + 1:
            found[-1] = Span(found[-1].begin, p.spans[token].end)
        else:
            found.append(p.spans[token])
        before = token
    return tuple(found)


def joined(text: str, spans: Iterable[Span]) -> str:
    """The words at some spans, white space made even."""
    return " ".join(" ".join(span.of(text).split()) for span in spans)


def conjuncts(graph: Graph, head: int) -> list[int]:
    """A head and what is coordinated with it, in the order of the text."""
    found = [head]
    for other in found:
        found += [o for o in graph.joined.get(other, []) if o not in found and not _in_name(graph, other, o)]
    return sorted(found)


def names_once(graph: Graph, heads: Sequence[int]) -> list[int]:
    """Heads without those that are parts of another one's name."""
    parts = {o for head in heads for o in graph.joined.get(head, []) if _in_name(graph, head, o)}
    return [head for head in heads if head not in parts]
