"""From a trained network to a model file: ONNX graphs, weights of eight bits where they are large, and a card."""

from __future__ import annotations

import io
import json
import logging
import tempfile
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from kg.extract.learned.card import FORMAT, META
from kg.extract.learned.model import ENCODER, HEADS, OWN, SPANS, TOKENIZER, digest_of
from kg.files import replace_file
from kg.train.network import Heads, Network, Texts, Told

_OPSET = 17
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


class _Spans(nn.Module):
    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, x: Tensor) -> Tensor:
        return self.heads.spans(x[None])[0]


class _Scores(nn.Module):
    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, x: Tensor, words: Tensor, spans: Tensor, pairs: Tensor, *told: Tensor) -> tuple[Tensor, Tensor]:
        vocabulary = Told(*told)
        text = Texts(x[None], torch.ones_like(x[None, :, 0]), words[None])
        found = self.heads.mentions(text.x, spans[None], vocabulary)
        return found.kinds[0], self.heads.relations(text, found, pairs[None], vocabulary)[0]


def write_model(network: Network, tokenizer: bytes, card: Mapping[str, Any], path: Path, *, small: bool = True) -> None:
    """Write a network to a model file, whole or not at all; the same network gives the same bytes.

    tokenizer: the content of its tokenizer.json. card: what people should know of the model; must fit JSON. small:
    weights of the encoder as integers of eight bits.
    """
    network.eval()
    with tempfile.TemporaryDirectory() as folder:
        graphs = _graphs(network, Path(folder))
        weights = {name: _weights(graph, network) for name, graph in graphs.items()}
        data_of = {name: graph.read_bytes() for name, graph in graphs.items()}
        if small:
            data_of[ENCODER] = _quantized(graphs[ENCODER], Path(folder))
    parts = {**data_of, TOKENIZER: tokenizer, OWN: _own(network)}
    meta = {
        "format": FORMAT,
        "sha256": digest_of(parts),
        "keys": list(network.keys),
        "weights": weights,
        "config": network.encoder.config,
        "shape": asdict(network.shape),
        **card,
    }
    parts[META] = json.dumps(meta, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name in sorted(parts):
            file.writestr(zipfile.ZipInfo(name, _LONG_AGO), parts[name], zipfile.ZIP_DEFLATED)
    replace_file(path, data.getvalue())


def _own(network: Network) -> bytes:
    """The vectors of the labels learned from, halved in precision, in the order of their keys."""
    data = io.BytesIO()
    np.save(data, network.own.weight.detach().numpy()[: len(network.keys)].astype(np.float16))
    return data.getvalue()


def _weights(graph: Path, network: Network) -> dict[str, tuple[str, bool]]:
    """For each large value of a graph the weight that it is, and whether it lies turned round; for training on."""
    import onnx

    known: dict[bytes, tuple[str, bool]] = {}
    for name, weight in network.state_dict().items():
        for turned in (False, True) if weight.dim() == 2 else (False,):
            value = np.ascontiguousarray(weight.numpy().T if turned else weight.numpy())
            known.setdefault(repr(value.shape).encode() + value.tobytes(), (name, turned))
    found = {}
    for initializer in onnx.load(str(graph)).graph.initializer:
        value = np.ascontiguousarray(onnx.numpy_helper.to_array(initializer))
        weight = known.get(repr(value.shape).encode() + value.tobytes())
        if weight and value.dtype == np.float32:
            found[initializer.name] = weight
    return found


def _graphs(network: Network, folder: Path) -> dict[str, Path]:
    width = network.encoder.width
    ids, mask = torch.ones((2, 8), dtype=torch.long), torch.ones((2, 8), dtype=torch.long)
    x, spans, labels, sides = (
        torch.randn(8, width),
        torch.tensor([[0, 1], [2, 2], [4, 6]]),
        torch.randn(4, width),
        torch.ones((4, 4)),
    )
    pieces, texts, side = {0: "pieces"}, {0: "texts", 1: "pieces"}, {0: "properties", 1: "classes"}
    ins: dict[str, dict[int, str]] = {
        "x": pieces,
        "words": {0: "pieces", 1: "properties"},
        "spans": {0: "mentions"},
        "pairs": {0: "pairs"},
        "types": {0: "classes"},
    }
    ins |= {"properties": {0: "properties"}, "domain": side, "range": side}
    outs = {"kinds": {0: "mentions", 1: "classes"}, "scores": {0: "pairs", 1: "properties"}}
    encoder = _exported(
        network.encoder, (ids, mask), {"ids": texts, "mask": texts}, {"hidden": texts}, folder / ENCODER
    )
    mentions = _exported(_Spans(network.heads), (x,), {"x": pieces}, {"scores": {0: "from", 1: "to"}}, folder / SPANS)
    scores = _exported(
        _Scores(network.heads),
        (x, torch.ones((8, 4)), spans, spans % 3, labels, labels, sides, sides),
        ins,
        outs,
        folder / HEADS,
    )
    return {ENCODER: encoder, SPANS: mentions, HEADS: scores}


def _exported(
    module: nn.Module, given: tuple[Tensor, ...], ins: dict[str, Any], outs: dict[str, Any], path: Path
) -> Path:
    module.eval()  # or the export leaves it, and the network in it, training
    with warnings.catch_warnings():  # of constants that are not folded, and of a form of export that is to go
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            given,
            str(path),
            input_names=list(ins),
            output_names=list(outs),
            dynamic_axes={**ins, **outs},
            opset_version=_OPSET,
            dynamo=False,
        )
    return path


def _quantized(path: Path, folder: Path) -> bytes:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    small = folder / "small.onnx"
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)  # it recommends a step that changes nothing for this graph
    try:
        quantize_dynamic(path, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=False)
    finally:
        logging.disable(before)
    return small.read_bytes()
