"""A small encoder with random weights and a tokenizer of whole words and letters, and a trade of invented names."""

from __future__ import annotations

import importlib.util
import json
import os
import random
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from torch import Tensor

# torch is large: where it is not installed, these tests are left out, and `make test` says so; in CI it must be there.
if importlib.util.find_spec("torch") is None and os.environ.get("CI") != "true":
    collect_ignore_glob = ["test_*.py"]

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
WORDS = "the firm of is was by in and a to bought founded based makes makers toys from who that owns not".split()
ONTOLOGY = """
@prefix : <https://example.org/toys#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Firm a owl:Class ; rdfs:label "firm"@en .
:Place a owl:Class ; rdfs:label "place"@en .
:bought a owl:ObjectProperty ; rdfs:label "took over"@en ; rdfs:domain :Firm ; rdfs:range :Firm .
:basedIn a owl:ObjectProperty ; rdfs:label "based in"@en ; rdfs:domain :Firm ; rdfs:range :Place .
"""
FIRMS = "Arrol Besk Corvil Dunmar Elstow Fennick Garrod Hask Ilvane Jessup Kerrow Lomax".split()
PLACES = "Abton Borle Crail Dovik Esker Frome Gosk Hythe Ister Jarrow".split()


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an encoder of two layers that has learned nothing."""
    import torch
    from safetensors.torch import save_file

    folder = tmp_path_factory.mktemp("encoder")
    vocab = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", ".", ",", "(", ")", ":", *WORDS]
    vocab += [*LETTERS, *(f"##{letter}" for letter in LETTERS)]
    vocab = list(dict.fromkeys(vocab))
    config: dict[str, float] = {
        "hidden_size": 32,
        "num_attention_heads": 4,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
    }
    config |= {"vocab_size": len(vocab), "max_position_embeddings": 192, "layer_norm_eps": 1e-12}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "tokenizer.json").write_text(_tokenizer(vocab))
    torch.manual_seed(1)
    save_file(_weights(config), folder / "model.safetensors")
    return folder


def _tokenizer(vocab: list[str]) -> str:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    made = Tokenizer(models.WordPiece({word: n for n, word in enumerate(vocab)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return str(made.to_str())


def _weights(config: Mapping[str, float]) -> dict[str, Tensor]:
    import torch

    width, inner = int(config["hidden_size"]), int(config["intermediate_size"])
    weights = {
        "embeddings.word_embeddings.weight": torch.randn(int(config["vocab_size"]), width) * 0.5,
        "embeddings.position_embeddings.weight": torch.randn(192, width) * 0.1,
        "embeddings.token_type_embeddings.weight": torch.randn(2, width) * 0.1,
        "embeddings.LayerNorm.weight": torch.ones(width),
        "embeddings.LayerNorm.bias": torch.zeros(width),
    }
    for n in range(int(config["num_hidden_layers"])):
        layer = f"encoder.layer.{n}."
        for name, (out, into) in {
            "attention.self.query": (width, width),
            "attention.self.key": (width, width),
            "attention.self.value": (width, width),
            "attention.output.dense": (width, width),
            "intermediate.dense": (inner, width),
            "output.dense": (width, inner),
        }.items():
            weights[f"{layer}{name}.weight"] = torch.randn(out, into) * 0.1
            weights[f"{layer}{name}.bias"] = torch.zeros(out)
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            weights[f"{layer}{name}.weight"] = torch.ones(width)
            weights[f"{layer}{name}.bias"] = torch.zeros(width)
    return weights


@pytest.fixture(scope="session")
def toys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An ontology of two properties, and passages that state them."""
    folder = tmp_path_factory.mktemp("toys")
    (folder / "ontology.ttl").write_text(ONTOLOGY)
    draw = random.Random(5)
    lines = []
    for n in range(240):
        (one, other), place = draw.sample(FIRMS, 2), draw.choice(PLACES)
        told = [
            (f"{one} bought {other}.", [[one, "bought", other]]),
            (f"{other} was bought by {one}.", [[one, "bought", other]]),
            (f"The firm {one} is based in {place}.", [[one, "basedIn", place]]),
            (f"{one} and {other} makes toys.", []),
        ][n % 4]
        mentions = [[name, "Firm"] for name in (one, other) if name in told[0]]
        mentions += [[place, "Place"]] if place in told[0] else []
        lines.append(json.dumps({"text": f"{told[0]}", "mentions": mentions, "facts": told[1]}))
    (folder / "passages.jsonl").write_text("\n".join(dict.fromkeys(lines)))
    return folder / "ontology.ttl", folder / "passages.jsonl"


@pytest.fixture(scope="session")
def toy_model(toys: tuple[Path, Path], encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that has learned the two properties."""
    from kg.train.loop import Plan
    from kg.train.run import Source, train_model

    path = tmp_path_factory.mktemp("model") / "toys.kgm"
    plan = Plan(epochs=24, rate=3e-3, heads_rate=3e-3, patience=24)
    source = Source("toys", toys[0], (toys[1],))
    train_model([source], path, plan, lambda line: None, encoder=str(encoder), licence="our own")
    return path
