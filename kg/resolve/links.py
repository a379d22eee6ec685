"""The relations of a document by the things that their ends mean, which grows while references are resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.model import Relation, Span


class Links:
    """What each thing is linked to. of: the thing that a mention's span means, for the names; `note` adds to it."""

    def __init__(self, relations: Sequence[Relation], of: Mapping[Span, int]) -> None:
        self.of = dict(of)
        self._by_span: dict[Span, list[int]] = defaultdict(list)
        self._relations = relations
        for i, relation in enumerate(relations):
            for span in {relation.subject.span, relation.object.span}:
                self._by_span[span].append(i)
        self._spans: dict[int, list[Span]] = defaultdict(list)
        for span, thing in of.items():
            self._spans[thing].append(span)

    def note(self, span: Span, thing: int) -> None:
        """Say what a further mention means."""
        self.of[span] = thing
        self._spans[thing].append(span)

    def ends(self, relation: Relation) -> tuple[int | None, int | None]:
        """What subject and object mean, as far as known."""
        return self.of.get(relation.subject.span), self.of.get(relation.object.span)

    def around(self, thing: int) -> Iterator[tuple[Relation, int | None]]:
        """The relations that a thing is an end of, in their order, with what the other end means."""
        for i in sorted({i for span in self._spans[thing] for i in self._by_span.get(span, ())}):
            relation = self._relations[i]
            subject, obj = self.ends(relation)
            yield relation, obj if subject == thing else subject
