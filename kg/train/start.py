"""A network out of a model file, to train on: what the general model knows helps where examples are few."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from kg.errors import ModelError
from kg.extract.learned.model import TOKENIZER, checked, own_vectors
from kg.train.encoder import Encoder
from kg.train.network import Network, Shape

if TYPE_CHECKING:
    from numpy.typing import NDArray


def started(path: Path, keys: Iterable[str]) -> tuple[Network, bytes]:
    """The network of a model file and its tokenizer. keys: of the labels to learn, beside those that it knows.

    Weights of eight bits come back as they are used, not as they were trained. Raises ModelError.
    """
    import onnx

    card, parts = checked(path)
    about = card.facts
    if not {"weights", "config", "shape"} <= about.keys():
        raise ModelError("its card does not tell its weights", where=str(path), hint="train it again")
    known = [*about["keys"], *sorted(set(keys) - set(about["keys"]))]
    network = Network(Encoder(about["config"]), Shape(**about["shape"]), known)
    state = network.state_dict()
    for part, weights in about["weights"].items():
        values = {one.name: one for one in onnx.load_from_string(parts[part]).graph.initializer}
        for name, (weight, turned) in weights.items():
            value = _value(values, name)
            state[weight] = torch.tensor(value.T if turned else value)
    state["own.weight"][: len(about["keys"])] = torch.from_numpy(own_vectors(parts))
    network.load_state_dict(state)
    return network, parts[TOKENIZER]


def _value(values: dict[str, Any], name: str) -> NDArray[np.float32]:
    """A value of a graph, in full even where it is stored in eight bits: by columns, or as a whole."""
    from onnx.numpy_helper import to_array

    if name in values:
        return np.asarray(to_array(values[name]))
    small, scale, zero = (to_array(values[f"{name}_{kind}"]) for kind in ("quantized", "scale", "zero_point"))
    return np.asarray((small.astype(np.float32) - zero.astype(np.float32)) * scale, dtype=np.float32)
