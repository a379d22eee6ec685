"""`kg train`: examples in, a model file out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.common import json_option, say
from kg.cli.standard import command
from kg.cli.tables import print_json
from kg.errors import ModelError
from kg.ontology import shipped


@command("train")
@click.option(
    "--examples", "files", metavar="FILE", multiple=True, required=True, help="Examples to learn from; repeatable."
)
@click.option("--ontology", metavar="FILE", help="The ontology of the examples.  [default: the shipped one]")
@click.option("-o", "--output", metavar="MODEL", default="model.kgm", show_default=True, help="The model file.")
@click.option("--epochs", default=8, show_default=True, help="How often all examples are seen at most.")
@click.option("--patience", default=4, show_default=True, help="Epochs without a better score that end it.")
@click.option("--seed", default=1, show_default=True, help="For all that is drawn by chance.")
@click.option("--threads", default=1, show_default=True, help="Threads to use; more than one is seldom faster.")
@click.option("--encoder", metavar="FOLDER", default="", help="What to begin with.  [default: the installed encoder]")
@click.option("--start", metavar="MODEL", help='"general" or a model file to train on, in place of an encoder.')
@click.option("--licence", metavar="TEXT", default="", help="The licence of the examples, for the model's card.")
@json_option
def train(files: tuple[str, ...], ontology: str | None, output: str, as_json: bool, **chosen: Any) -> None:
    """Train a model on examples, for kg build --learned.

    FILE holds passages or TekGen (.jsonl), a gold document (.json) or entries of OSKGC (.xml), or is the folder of a
    graph whose statements were accepted and rejected with kg decide. One in twelve is held back, and the epoch that
    reads these best is kept. Interrupted, it goes on where it was when started again. With few examples --start is
    better: what that model knows is kept. Needs the extra "train"; no GPU.
    """
    from kg.extract.learned.card import model_path

    try:
        from kg.train.loop import Plan
        from kg.train.run import Source, train_model
    except ImportError as error:
        raise ModelError(f"{error.name} is not installed", hint="pip install 'evident-kg[train]'") from None
    encoder, start, licence = (chosen.pop(name) for name in ("encoder", "start", "licence"))
    source = Source("own", Path(ontology) if ontology else shipped("company.ttl"), tuple(map(Path, files)))
    begin = model_path(start) if start else None
    card = train_model([source], Path(output), Plan(**chosen), say, encoder=encoder, start=begin, licence=licence)
    if as_json:
        print_json(card)
    else:
        say(f"{output}: facts F1 {card['best_f1']:.3f} on what was held back; kg build --learned {output} uses it")
