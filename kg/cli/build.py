"""`kg build`: documents in, a graph out."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.check import FINDINGS, print_findings, report_json, shape_files, tell_report
from kg.cli.common import json_option, open_store, output_option, say, settings
from kg.cli.progress import progress_bar
from kg.cli.standard import command, current
from kg.cli.tables import print_json, print_table
from kg.config import REASONING, Settings
from kg.errors import ReadError, UsageError

if TYPE_CHECKING:
    from kg.missing import Silent
    from kg.model import BuildReport, Problem, Report

PARTIAL = ReadError.exit_code
SHOWN_REASONS = 3
SHOWN_SENTENCES = 20
NO_SOURCE = "kg build FILE... names some; kg init makes a project with a data folder"


@command("build")
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@output_option
@click.option(
    "--ontology", metavar="FILE", help="OWL or RDFS file that steers what is found.  [default: the shipped one]"
)
@click.option("--model", metavar="NAME", help="Name or path of a spaCy pipeline.")
@click.option("--learned", metavar="MODEL", help='"general" or a file of kg train: a model beside the rules.')
@click.option("--llm", metavar="URL", help="Ask a language model, too: the base address of its endpoint.")
@click.option("--llm-model", metavar="NAME", help="What the endpoint calls the language model.")
@click.option("--llm-requests", metavar="N", type=click.IntRange(0), help="Ask it no more than so often.")
@click.option("--estimate", is_flag=True, help="Tell what asking it would cost, and build nothing.")
@click.option(
    "--merge",
    metavar="SCORE",
    type=click.FloatRange(0, 1),
    help="Take things of different names for one that score at least so; see kg duplicates.",
)
@click.option("--reason", type=click.Choice(REASONING[1:]), help="Infer what follows from the facts by the ontology.")
@click.option("--base", metavar="IRI", help="The IRI that entities and documents hang under.")
@click.option("--clean", is_flag=True, help="Forget what was built before and read everything anew.")
@click.option("--silent", is_flag=True, help="List the sentences that gave nothing, with document and offset.")
@click.option("--strict", is_flag=True, help="Run kg verify and kg validate on the graph; exit code 1 on findings.")
@json_option
def build(
    sources: tuple[str, ...], clean: bool, silent: bool, estimate: bool, strict: bool, as_json: bool, **flags: Any
) -> None:
    """Build the graph, or update it.

    SOURCE is a file, a folder, a glob, or - for standard input; default: the project's sources, else data/. Reads
    .txt, .md, .html, .docx, .pdf (text layer), .json and .jsonl, and files of RDF that are named, as kg import does.
    Run again, it does only what changed.

    Writes store/, graph.ttl, graph.trig, graph.html and report.json into the output folder. Exit code 3 when some
    input could not be read; the rest is built all the same. With --strict, findings go first: exit code 1, whether or
    not all was read.
    """
    from kg import pipeline

    chosen = settings(**flags)
    if not sources and chosen.sources == Settings().sources and not Path(chosen.sources[0]).exists():
        raise UsageError("nothing to read: no source is named, and there is no data folder", hint=NO_SOURCE)
    if estimate:
        _tell_cost(dataclasses.asdict(pipeline.estimate(sources or chosen.sources, chosen)), as_json=as_json)
        return
    with progress_bar(wanted=current().verbosity >= 0) as progress:
        report = pipeline.build(
            sources or chosen.sources, chosen, clean=clean, stdin=sys.stdin.buffer, progress=progress
        )
    quiet = _silent(chosen.output) if silent else []
    checks = _checks(chosen) if strict else []
    if as_json:
        listed: dict[str, Any] = {"silent_sentences": [dataclasses.asdict(one) for one in quiet]} if silent else {}
        if strict:
            listed["checks"] = [report_json(check) for check in checks]
        print_json({**dataclasses.asdict(report), **listed})
    elif current().verbosity >= 0:
        print_table(("what", "count"), summary(report), title=f"graph in {chosen.output}")
    if silent and not as_json:
        print_silent(quiet)
    tell_problems(report, lacks=report.notices if chosen.ontology else ())
    for check in checks:
        if not as_json:
            print_findings(check, title=f"kg {check.name}")
        tell_report(check)
    if not all(check.conforms for check in checks):
        click.get_current_context().exit(FINDINGS)
    if report.problems:
        click.get_current_context().exit(PARTIAL)


def _checks(chosen: Settings) -> list[Report]:
    """What kg verify and kg validate say of the graph; the build itself has just told what it could not read."""
    from kg.cli.verify import verified
    from kg.validate import validate

    with open_store(chosen.output) as store:
        return [verified(chosen), validate(store, *shape_files(chosen))]


def _tell_cost(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    rows = [
        ("requests", f"{found['requests']:,}"),
        ("answers known already", f"{found['cached']:,}"),
        ("tokens of questions, about", f"{found['tokens_in']:,}"),
        ("tokens of answers, at most", f"{found['tokens_out_at_most']:,}"),
    ]
    print_table(("what", "count"), rows, title="what a build would ask")


def _silent(output: str) -> list[Silent]:
    """The sentences of the graph that gave nothing."""
    from kg import missing

    with open_store(output) as store:
        return missing.silent(store)


def print_silent(found: Sequence[Silent]) -> None:
    """A table of the sentences that gave nothing, without questions and headings, which state nothing by nature."""
    told = [one for one in found if one.sentence.kind == "statement"]
    click.echo()
    rows = [(f"{one.sentence.document}:{one.sentence.begin}", one.dropped or "", one.sentence.text) for one in told]
    print_table(("document", "dropped", "sentence that gave nothing"), rows[:SHOWN_SENTENCES])
    if len(told) > SHOWN_SENTENCES:
        say(f"and {len(told) - SHOWN_SENTENCES} more: kg query silent shows all, kg why-not what was dropped")
    if len(found) > len(told):
        say(f"not shown: {len(found) - len(told)} questions and headings, which state nothing")


def summary(report: BuildReport) -> list[tuple[str, str]]:
    """The rows of the summary: what, how many."""
    from kg.model import STANCES

    changes = [
        f"{len(ids)} {name}"
        for name, ids in (("new", report.added), ("changed", report.changed), ("removed", report.removed))
        if ids
    ]
    documents = f"{report.documents} ({', '.join(changes) or 'nothing changed'})"
    rows = [
        ("documents", documents),
        ("sentences", str(report.sentences)),
        ("sentences that gave nothing", str(report.silent)),
        ("entities", str(report.entities)),
        ("facts", str(report.facts)),
    ]
    if report.inferred:
        rows.append(("inferred", str(report.inferred)))
    rows += [
        (f"statements, {stance}", str(report.statements[stance])) for stance in STANCES if stance in report.statements
    ]
    if report.merged:
        rows.append(("pairs taken for one", str(report.merged)))
    if report.decisions:
        rows.append(("decisions replayed", f"{report.decisions - len(report.unmet)} of {report.decisions}"))
    if report.dropped:
        rows.append(("candidates dropped", str(sum(report.dropped.values()))))
    return rows


def tell_problems(report: BuildReport, lacks: Sequence[str] = ()) -> None:
    """Say on standard error what was not read, what an ontology of one's own lacks, and loudly if nothing was found."""
    for problem in report.problems:
        click.echo(f"not read: {one_problem(problem)}", err=True)
    for problem in report.unmet:
        click.echo(f"without effect: {one_problem(problem)}", err=True)
    if current().verbosity >= 0:
        for notice in (*lacks, *report.cautions):
            click.echo(f"note: {notice}", err=True)
    if report.documents and not sum(report.statements.values()):
        click.secho(f"WARNING: not one relation was found. {why_nothing(report)}", fg="red", bold=True, err=True)


def one_problem(problem: Problem) -> str:
    """Where, what, and what to do, on one line."""
    text = f"{problem.where}: {problem.what}" if problem.where else problem.what
    return f"{text} ({problem.hint})" if problem.hint else text


def why_nothing(report: BuildReport) -> str:
    """The likely reason for an empty graph, from the counts of the build."""
    if not report.sentences:
        return "No sentence was recognised: is the text in the model's language?"
    dropped = sorted(report.dropped.items(), key=lambda item: (-item[1], item[0]))[:SHOWN_REASONS]
    if dropped:
        reasons = ", ".join(f"{reason} ({count})" for reason, count in dropped)
        return f"Candidates were found and dropped: {reasons}."
    return (
        f"{report.sentences} sentences were read and none holds a phrase of the ontology: does the ontology fit the "
        "text, and do its properties have phrases? kg doctor says what an ontology lacks."
    )
