"""`kg review`: doubtful statements and pairs that may be one, one after another."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import json_option, open_store, output_option, say, settings
from kg.cli.decide import signature
from kg.cli.duplicates import reasons, told
from kg.cli.explain import explanation_lines, quoted
from kg.cli.standard import command
from kg.cli.tables import print_json, visible
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.decisions import Decision
    from kg.doubles import Doubled
    from kg.reviewing import Question, Review
    from kg.store import Store

# As kg.reviewing and kg.resolve.compare have them, which the help must not load; a test compares them.
BELOW, LEAST = 0.7, 0.3
KINDS = ("statements", "pairs")
OTHERS = ("skip", "undo", "quit")


@command("review")
@click.option("--statements", is_flag=True, help="Only doubtful statements.")
@click.option("--pairs", is_flag=True, help="Only pairs of things that may be one.")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=BELOW,
    show_default=True,
    metavar="CONFIDENCE",
    help="Ask about statements that are less sure than this.",
)
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=LEAST,
    show_default=True,
    metavar="SCORE",
    help="Ask about pairs that score at least so.",
)
@click.option("--document", metavar="ID", help="Only what this document says, and pairs of which it names one.")
@click.option("--predicate", metavar="NAME", help="Only statements with this property.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many questions.")
@click.option("--who", metavar="NAME", help="Who decides.  [default: the name you are logged in by]")
@output_option
@json_option
def review(who: str | None, output: str | None, as_json: bool, **asked: Any) -> None:
    """Go through doubtful statements, then through pairs of things that may be one, and decide.

    The least sure statements and the likeliest pairs come first; what is decided already is left out, and so is what
    follows from your answers. One key answers: a accept, r reject a statement, m merge, k keep apart a pair (and say
    why, if you like), s skip, u take the last answer back, q quit. Each answer is written to decisions.jsonl at once,
    so stop where you like. Run kg build to see the effect. With --json, print the questions and ask none.
    """
    from kg import decisions
    from kg.reviewing import Review

    if asked["pairs"] and asked["predicate"]:
        raise UsageError("a pair has no property", hint="leave out --pairs or --predicate")
    path = Path(settings(output=output).decisions)
    known = decisions.read(path)
    for problem in known.problems:
        say(f"{problem.where}: {problem.what} ({problem.hint})")
    kinds = [name for name in KINDS if asked.pop(name)] or KINDS[: 1 if asked["predicate"] else 2]
    with open_store(output) as store:
        questions = _questions(store, known.in_force, kinds, asked)
    if as_json:
        print_json([question.as_row() for question in questions])
        return
    if not questions:
        nothing = {
            "statements": f"no statement that is undecided has a confidence below {asked['below']}",
            "pairs": "no two things that are undecided look like one",
        }
        say("; ".join(nothing[kind] for kind in kinds))
        return
    walk = Review(questions, path)
    try:
        _ask_all(walk, who)
    except (KeyboardInterrupt, EOFError):
        click.echo()
    _tell(walk, path)


def _questions(
    store: Store, decided: Sequence[Decision], kinds: Sequence[str], asked: Mapping[str, Any]
) -> list[Question]:
    """What is asked: statements first, for the two kinds have keys of their own, and statements say what things are."""
    from kg.doubles import doubles
    from kg.reviewing import doubtful

    found: list[Question] = []
    limit, document = asked["limit"], asked["document"]
    if "statements" in kinds:
        found += doubtful(store, decided, below=asked["below"], document=document, predicate=asked["predicate"])[:limit]
    left = None if limit is None else limit - len(found)
    if "pairs" in kinds and left != 0:
        found += doubles(store, decided, least=asked["least"], document=document, limit=left)
    return found


def _ask_all(walk: Review, who: str | None) -> None:
    """Ask until the end, or until someone has enough."""
    while (question := walk.question) is not None:
        click.echo("\n".join(_lines(question, walk)))
        key = _key(question)
        yes, no = question.answers
        if key == "quit":
            return
        if key == "skip":
            walk.skip()
        elif key == "undo":
            undone = walk.undo(signature(who, ""))
            say(f"taken back: {undone.do}" if undone else "nothing was answered yet")
        else:
            walk.answer(signature(who, _reason() if key == no else ""), yes=key == yes)
        click.echo()


def _lines(question: Question, walk: Review) -> list[str]:
    """A question, as lines of text."""
    from kg.doubles import Doubled
    from kg.reviewing import Doubtful

    place = click.style(f"{walk.place + 1} of {len(walk.questions)}", dim=True)
    if isinstance(question, Doubled):
        return [place, *_pair_lines(question)]
    assert isinstance(question, Doubtful)
    return [place, *explanation_lines(question.item)]


def _pair_lines(question: Doubled) -> Iterator[str]:
    pair = question.pair
    sides = pair.one, pair.other
    yield click.style("   ".join(visible(side.names[0]) for side in sides), bold=True)
    for side, passage in zip(sides, question.passages, strict=True):
        yield f"    {told(side)}"
        if passage is not None:
            begin = passage.sentence_begin
            yield f"      {quoted(passage.sentence, passage.begin - begin, passage.end - begin)}"
    yield f"    score       {pair.score:.2f}"
    yield f"    reasons     {reasons(pair)}"


def _key(question: Question) -> str:
    """The word whose first letter is pressed, or, where no terminal is, stands in the next line."""
    words = {word[0]: word for word in (*question.answers, *OTHERS)}
    menu = "  ".join(f"[{word[0]}]{word[1:]}" for word in words.values())
    pressed: Callable[[], str] = click.getchar if sys.stdin.isatty() else input
    while True:
        click.echo(f"{menu} ", nl=False)
        word = words.get(pressed().strip()[:1].lower())
        click.echo(word or "")
        if word:
            return word


def _reason() -> str:
    """Why the answer is no, on one line; empty for no reason, and at the end of the input."""
    try:
        return input("why? (Enter for no reason) ").strip()
    except EOFError:
        return ""


def _tell(walk: Review, path: Path) -> None:
    counts = Counter(decision.do for decision in walk.given)
    done = ", ".join(f"{word} {number}" for word, number in sorted(counts.items())) or "nothing decided"
    say(f"{done}; {walk.left} left open")
    if counts:
        say(f"written to {path}; kg build replays it")
