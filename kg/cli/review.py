"""`kg review`: doubtful statements, one after another."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import json_option, open_store, output_option, say, settings
from kg.cli.decide import signature
from kg.cli.explain import explanation_lines
from kg.cli.standard import command
from kg.cli.tables import print_json

if TYPE_CHECKING:
    from kg.reviewing import Question, Review

BELOW = 0.7  # as kg.reviewing has it, which the help must not load; a test compares them
OTHERS = ("skip", "undo", "quit")


@command("review")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=BELOW,
    show_default=True,
    metavar="CONFIDENCE",
    help="Ask about statements that are less sure than this.",
)
@click.option("--document", metavar="ID", help="Only what this document says.")
@click.option("--predicate", metavar="NAME", help="Only statements with this property.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many questions.")
@click.option("--who", metavar="NAME", help="Who decides.  [default: the name you are logged in by]")
@output_option
@json_option
def review(
    below: float,
    document: str | None,
    predicate: str | None,
    limit: int | None,
    who: str | None,
    output: str | None,
    as_json: bool,
) -> None:
    """Go through doubtful statements, and accept or reject them.

    The least sure come first; those already decided are left out. One key answers: a accept, r reject (and say why, if
    you like), s skip, u take the last answer back, q quit. Each answer is written to decisions.jsonl at once, so stop
    where you like. Run kg build to see the effect. With --json, print the questions and ask none.
    """
    from kg import decisions
    from kg.reviewing import Review, doubtful

    path = Path(settings(output=output).decisions)
    known = decisions.read(path)
    for problem in known.problems:
        say(f"{problem.where}: {problem.what} ({problem.hint})")
    with open_store(output) as store:
        found = doubtful(store, known.in_force, below=below, document=document, predicate=predicate)
    questions = found[:limit]
    if as_json:
        print_json([question.as_row() for question in questions])
        return
    if not questions:
        say(f"no statement that is undecided has a confidence below {below}")
        return
    walk = Review(questions, path)
    try:
        _ask_all(walk, who)
    except (KeyboardInterrupt, EOFError):
        click.echo()
    _tell(walk, path)


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
    from kg.reviewing import Doubtful

    assert isinstance(question, Doubtful)
    place = click.style(f"{walk.place + 1} of {len(walk.questions)}", dim=True)
    return [place, *explanation_lines(question.item)]


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
    """Why something is rejected, on one line; empty for no reason, and at the end of the input."""
    try:
        return input("why? (Enter for no reason) ").strip()
    except EOFError:
        return ""


def _tell(walk: Review, path: Path) -> None:
    counts = Counter(decision.do for decision in walk.given)
    done = ", ".join(f"{word} {number}" for word, number in sorted(counts.items())) or "nothing decided"
    say(f"{done}; {len(walk.questions) - len(walk.given)} left open")
    if counts:
        say(f"written to {path}; kg build replays it")
