"""`kg evaluate`: how much of what people marked was found, and how much of what was found is so."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import json_option, open_store, say, settings
from kg.cli.progress import progress_bar
from kg.cli.standard import command, current
from kg.cli.tables import print_json, print_table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.evaluate import Evaluation, Score
    from kg.store import Store

FINDINGS = 1
COLUMNS = ("", "precision", "recall", "F1", "right", "predicted", "gold")


@command("evaluate")
@click.argument("gold", metavar="GOLD", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="DIR", help="A graph that holds these documents.  [default: build them]")
@click.option("--ontology", metavar="FILE", help="The ontology to build with.  [default: the project's, else shipped]")
@click.option("--model", metavar="NAME", help="The spaCy pipeline to build with.")
@click.option("--learned", metavar="MODEL", help='"general", or a model file of kg train, to build with.')
@click.option("--per-property", is_flag=True, help="Show the scores of each property, too.")
@click.option("--errors", is_flag=True, help="Show each fact that was missed, wrong, or a trap.")
@click.option("--confusion", is_flag=True, help="Show what the gold says in place of each wrong fact and type.")
@click.option(
    "--baseline",
    metavar="FILE",
    help="Scores of an earlier --json: exit code 1 when F1 or precision is lower, or more traps are sprung.",
)
@json_option
def evaluate(gold: Path, output: str | None, baseline: str | None, as_json: bool, **flags: Any) -> None:
    """Score facts and entities against documents that people have annotated.

    GOLD is a folder of JSON files with id, text, date, genre, entities, facts and not_facts. The documents are built
    into a temporary folder first, unless -o names a graph that holds them; its other documents are not scored. A trap
    is a fact that the text does not assert.
    """
    from kg.evaluate import evaluate_graph

    earlier = _read_baseline(baseline) if baseline else {}
    with _graph(gold, output, **{name: flags[name] for name in ("ontology", "model", "learned")}) as store:
        found = evaluate_graph(store, gold)
    if as_json:
        parts = (("errors", "errors"), ("confusions", "confusion"), ("mistyped", "confusion"))
        print_json(
            {
                **found.as_dict(),
                **{name: [asdict(x) for x in getattr(found, name)] for name, flag in parts if flags[flag]},
            }
        )
    else:
        _print_scores(found, per_property=flags["per_property"], errors=flags["errors"])
        if flags["confusion"]:
            _print_confusion(found)
    for said, names in (("no gold for", found.unscored), ("not in the graph, counts as missed", found.absent)):
        if names:
            say(f"{said}: {', '.join(names)}")
    worse = fallen(found.as_dict(), earlier)
    for line in worse:
        click.echo(f"below the baseline: {line}", err=True)
    if worse:
        click.get_current_context().exit(FINDINGS)


@contextmanager
def _graph(gold: Path, output: str | None, **flags: str | None) -> Iterator[Store]:
    """The graph to score: the one that is there, or the gold documents built for the purpose."""
    if output is not None:
        with open_store(output) as store:
            yield store
        return
    documents = sorted(path.as_posix() for path in gold.glob("*.json"))
    if not documents:
        raise UsageError("no gold documents", where=str(gold), hint="name a folder with one JSON file a document")
    from kg import pipeline

    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        with progress_bar(wanted=current().verbosity >= 0) as progress:
            report = pipeline.build(documents, settings(output=folder, **flags), progress=progress)
        for problem in report.problems:
            say(f"not read: {problem.where}: {problem.what}")
        with open_store(folder) as store:
            yield store


def fallen(scores: Mapping[str, Any], earlier: Mapping[str, Any]) -> list[str]:
    """What is worse than it was: F1 and precision of facts and entities, to three places, and traps."""
    found = [
        f"{shown} of {name} is {scores[name][measure]:.3f}, was {earlier[name][measure]:.3f}"
        for name in ("facts", "entities")
        for measure, shown in (("f1", "F1"), ("precision", "precision"))
        if name in earlier and scores[name][measure] < earlier[name][measure]
    ]
    if "traps_sprung" in earlier and scores["traps_sprung"] > earlier["traps_sprung"]:
        found.append(f"{scores['traps_sprung']} traps are sprung, were {earlier['traps_sprung']}")
    return found


def _read_baseline(name: str) -> Mapping[str, Any]:
    try:
        found = json.loads(Path(name).read_text(encoding="utf-8"))
        measures = [found[part][measure] for part in ("facts", "entities") for measure in ("f1", "precision")]
        if not all(isinstance(value, int | float) for value in (*measures, found["traps_sprung"])):
            raise TypeError("a score is no number")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"no baseline: {error}", where=name, hint="give what `kg evaluate --json` printed before"
        ) from None
    baseline: Mapping[str, Any] = found
    return baseline


def _print_scores(found: Evaluation, *, per_property: bool, errors: bool) -> None:
    rows = [_row(name, document.facts) for name, document in found.documents.items()]
    rows += [_row("facts", found.facts), _row("entities", found.entities)]
    print_table(COLUMNS, rows)
    if len(found.genres) > 1:
        click.echo()
        print_table(("genre", *COLUMNS[1:]), [_row(name or "none", score) for name, score in found.genres.items()])
    click.echo(f"\ntraps sprung: {found.traps_sprung} of {found.traps_set}")
    traps = [(m.document, m.subject, m.predicate, m.object, m.why) for m in found.errors if m.kind == "trap"]
    if traps:
        print_table(("document", "subject", "property", "object", "why it is a trap"), traps)
    if per_property:
        click.echo()
        print_table(COLUMNS, [_row(name, score) for name, score in found.properties.items()])
    if errors:
        click.echo()
        columns = ("kind", "document", "subject", "property", "object", "words")
        print_table(columns, [(m.kind, m.document, m.subject, m.predicate, m.object, m.words) for m in found.errors])


def _print_confusion(found: Evaluation) -> None:
    """How many rows are wrong in which way, each with what the gold says; then types taken for another."""
    click.echo()
    kinds = Counter(one.kind for one in found.confusions)
    ranked = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    print_table(("wrong facts", "count"), [(kind, kinds[kind]) for kind in ranked])
    click.echo()
    columns = ("kind", "document", "subject", "property", "object", "the gold says")
    rows = [
        (c.kind, c.row.document, c.row.subject, c.row.predicate, c.row.object, " | ".join(c.gold or ()))
        for c in sorted(found.confusions, key=lambda c: ranked.index(c.kind))
    ]
    print_table(columns, rows)
    click.echo()
    print_table(("entity of type", "found as", "count"), [(m.gold, m.found, m.count) for m in found.mistyped])


def _row(name: str, score: Score) -> tuple[str, ...]:
    measures = (f"{value:.3f}" for value in (score.precision, score.recall, score.f1))
    return (name, *measures, *map(str, (score.right, score.predicted, score.gold)))
