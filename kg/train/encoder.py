"""The encoder: a small BERT with weights from a safetensors file.

Devlin et al. 2019, https://arxiv.org/abs/1810.04805.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.learned.pieces import SHAPE, SHAPES

CONFIG = """vocab_size hidden_size num_hidden_layers num_attention_heads intermediate_size max_position_embeddings
layer_norm_eps""".split()


class Layer(nn.Module):
    """One layer of self-attention and one of feeding forward."""

    def __init__(self, width: int, heads: int, inner: int, eps: float, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.joint = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.first, self.second = nn.LayerNorm(width, eps), nn.LayerNorm(width, eps)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x: batch, pieces, width. bias: batch, 1, 1, pieces, added to what attention is paid."""
        batch, length, width = x.shape
        joint = self.joint(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        q, k, v = joint[0], joint[1], joint[2]
        # Written out: torch's own kernel takes five times as long backwards for texts as short as these.
        weights = torch.softmax(q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5 + bias, -1)
        seen = weights.to(v.dtype) @ v
        x = self.first(x + self.out(seen.transpose(1, 2).reshape(batch, length, width)))
        inner = self.down(functional.gelu(self.up(x)))
        out: Tensor = self.second(x + functional.dropout(inner, self.dropout, self.training))
        return out


class Encoder(nn.Module):
    """Word pieces to vectors of `width`."""

    def __init__(self, config: dict[str, Any], dropout: float = 0.1) -> None:
        super().__init__()
        self.config = {key: config[key] for key in CONFIG}
        self.width = width = int(config["hidden_size"])
        eps = float(config["layer_norm_eps"])
        self.words = nn.Embedding(int(config["vocab_size"]), width, padding_idx=0)
        self.words.weight.requires_grad_(False)  # half of all weights; few of them would ever be seen in training
        self.shapes = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.shapes.weight)
        self.positions = nn.Embedding(int(config["max_position_embeddings"]), width)
        self.norm, self.dropout = nn.LayerNorm(width, eps), dropout
        heads, inner = int(config["num_attention_heads"]), int(config["intermediate_size"])
        self.layers = nn.ModuleList(
            Layer(width, heads, inner, eps, dropout) for _ in range(int(config["num_hidden_layers"]))
        )

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """ids, mask (1 for a piece, 0 for filling): batch, pieces. Gives batch, pieces, width.

        ids: as `kg.extract.learned.pieces` makes them, of words and how they are written.
        """
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids % SHAPE) + self.shapes(ids // SHAPE) + self.positions(places)[None])
        x = functional.dropout(x, self.dropout, self.training)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        found: Tensor = x
        for layer in self.layers:
            found = layer(found, bias)
        return found


def pretrained(folder: Path) -> Encoder:
    """The encoder of a folder with config.json and model.safetensors, in the names of BERT's weights."""
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    found = {
        name.removeprefix("bert."): value.float() for name, value in load_file(folder / "model.safetensors").items()
    }
    encoder = Encoder(config)
    encoder.load_state_dict(encoder.state_dict() | _renamed(found, len(encoder.layers)))
    return encoder


def _renamed(found: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    state = {
        "words.weight": found["embeddings.word_embeddings.weight"],
        # There is but one kind of segment, so its vector goes into those of the places.
        "positions.weight": found["embeddings.position_embeddings.weight"]
        + found["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": found["embeddings.LayerNorm.weight"],
        "norm.bias": found["embeddings.LayerNorm.bias"],
    }
    parts = {"out": "attention.output.dense", "first": "attention.output.LayerNorm", "up": "intermediate.dense"}
    parts |= {"down": "output.dense", "second": "output.LayerNorm"}
    for n in range(layers):
        theirs = f"encoder.layer.{n}."
        for kind in ("weight", "bias"):
            for name, part in parts.items():
                state[f"layers.{n}.{name}.{kind}"] = found[f"{theirs}{part}.{kind}"]
            joint = [found[f"{theirs}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            state[f"layers.{n}.joint.{kind}"] = torch.cat(joint)
    return state
