"""What a community is called: by the entities that matter most in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.view.layout.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.view.layout.draft import Group

LONGEST = 40  # characters of a name
SILENT = "Only mentioned"


def named(draft: Draft, labels: Sequence[str]) -> list[str]:
    """A name for each group, all different."""
    found: list[str] = []
    taken: set[str] = set()
    for group in draft.groups:
        options = iter((SILENT,)) if group.silent else _options(_ranked(draft, group), labels)
        first = ""
        for name in options:
            first = first or name
            if name not in taken:
                break
        else:
            number = 2
            while (name := f"{_cut(first, LONGEST - 5)} {number}") in taken:
                number += 1
        taken.add(name)
        found.append(name)
    return found


def _ranked(draft: Draft, group: Group) -> list[int]:
    """The members, first those with many edges within the group of which few lead out of it."""
    members = set(group.members)
    score: dict[int, float] = {}
    for node in group.members:
        others = draft.graph.neighbours[node]
        inside = sum(other in members for other in others)
        score[node] = inside * inside / max(len(others), 1)
    return sorted(group.members, key=lambda node: (-score[node], node))


def _options(ranked: Sequence[int], labels: Sequence[str]) -> Iterator[str]:
    """Names, the best first: the first members as far as they find room, then others beside the first."""
    words = list(dict.fromkeys(label for node in ranked if (label := " ".join(labels[node].split()))))
    if not words:
        yield "Unnamed"
        return
    first = _cut(words[0], LONGEST)
    name = first
    for word in words[1:3]:
        if len(name) + len(word) + 2 <= LONGEST:
            name += f", {word}"
    yield name
    for word in words[1:20]:
        yield f"{_cut(first, LONGEST // 2)}, {_cut(word, LONGEST // 2 - 2)}"


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    if " " in kept[longest // 2 :]:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip(" ,.;:-") + "…"
