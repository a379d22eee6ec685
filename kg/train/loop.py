"""Training: seeded, resumed where it was interrupted, ended where nothing is gained any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn

from kg.errors import UsageError
from kg.extract.learned.labels import Vocabulary
from kg.train.batches import Batch, Item, batches, count, itemised
from kg.train.loss import loss
from kg.train.network import Network
from kg.train.score import scored
from kg.train.swap import Names, names_of, swapped

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    warm: epochs, of all, in which items are learned from besides that only warm the network up. swap: the part of the
    items that are read with other names each time. forget: the part of the labels whose own vectors are left out each
    time, as if they had never been seen. patience: epochs without a better score on the dev texts after
    which training ends.
    """

    epochs: int = 8
    warm: int = 0
    swap: float = 0.5
    forget: float = 0.5
    size: int = 12
    rate: float = 1.2e-4
    heads_rate: float = 5e-4
    warm_up: float = 0.06
    patience: int = 4
    seed: int = 1
    threads: int = 1


@dataclass(frozen=True)
class Data:
    """What is learned from, and what is held back to see how well. warming: what is learned from at first only."""

    items: Sequence[Item]
    dev: Sequence[Item]
    vocabularies: Mapping[str, Vocabulary]
    tokenizer: Tokenizer
    warming: Sequence[Item] = ()

    @cached_property
    def names(self) -> Names:
        """The names in what is learned from."""
        return names_of(item.example for item in (*self.items, *self.warming))

    def learned(self, *, warm: bool) -> list[Item]:
        """What an epoch learns from."""
        return [*self.items, *self.warming] if warm else list(self.items)

    def batches(self, size: int, random: Random, *, warm: bool = False, swap: float = 0.0) -> Iterator[Batch]:
        """All items once, in a random order, some of them with other names."""
        items = self.learned(warm=warm)
        for n, item in enumerate(items):
            if random.random() < swap:
                items[n] = itemised(self.tokenizer, swapped(item.example, self.names, random))
        return batches(items, self.vocabularies, self.tokenizer, size, random)


@dataclass
class Progress:
    """Where a training stands."""

    epoch: int = 0
    best: float = -1.0
    since: int = 0
    history: tuple[dict[str, float], ...] = ()


def train(network: Network, data: Data, plan: Plan, checkpoint: Path, tell: Tell, origin: str = "") -> Progress:
    """Train a network; it is left with the weights that scored best on the dev texts.

    checkpoint: where each finished epoch is kept; one that is there is taken up. origin: what the network was before.
    Raises UsageError for a checkpoint of another training.
    """
    torch.manual_seed(plan.seed)
    torch.set_num_threads(plan.threads)
    steps = sum(count(data.learned(warm=epoch < plan.warm), plan.size) for epoch in range(plan.epochs))
    optimiser = torch.optim.AdamW(_groups(network, plan))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps, plan))
    identity = {"origin": origin, **asdict(plan)}
    progress = _resumed(checkpoint, network, optimiser, schedule, identity)
    if progress.epoch:
        tell(f"goes on after epoch {progress.epoch}")
    best = checkpoint.with_suffix(".best")
    for epoch in range(progress.epoch + 1, plan.epochs + 1):
        if progress.since >= plan.patience:
            break
        torch.manual_seed(plan.seed * 1000 + epoch)
        random = Random(plan.seed * 1000 + epoch)
        made = data.batches(plan.size, random, warm=epoch <= plan.warm, swap=plan.swap)
        lost = _epoch(network, made, optimiser, schedule, random, plan.forget)
        mentions, facts = scored(network, data.dev, data.vocabularies, data.tokenizer)
        progress.epoch = epoch
        row = {"epoch": epoch, "loss": round(lost, 4), "mentions": round(mentions.f1, 4)}
        row |= {"precision": round(facts.precision, 4), "recall": round(facts.recall, 4), "f1": round(facts.f1, 4)}
        progress.history += (row,)
        progress.since = 0 if facts.f1 > progress.best else progress.since + 1
        if not progress.since:
            progress.best = facts.f1
            _save(best, network.state_dict())
        tell("  ".join(f"{name} {value:g}" for name, value in row.items()))
        state = {"plan": identity, "progress": asdict(progress), "network": network.state_dict()}
        _save(checkpoint, state | {"optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()})
    if best.exists():
        network.load_state_dict(torch.load(best))
    network.eval()
    return progress


def _groups(network: Network, plan: Plan) -> list[dict[str, Any]]:
    """What no encoder brings along learns faster; biases and norms are not drawn towards zero."""
    groups: list[dict[str, Any]] = []
    new = {id(p) for module in (network.encoder.shapes, network.heads, network.own) for p in module.parameters()}
    for is_new, rate in ((False, plan.rate), (True, plan.heads_rate)):
        learned = [p for p in network.parameters() if p.requires_grad and (id(p) in new) is is_new]
        for decayed in (True, False):
            chosen = [p for p in learned if (p.dim() > 1) is decayed]
            groups.append({"params": chosen, "lr": rate, "weight_decay": 0.01 if decayed else 0.0})
    return groups


def _rate(step: int, steps: int, plan: Plan) -> float:
    warm = max(1.0, plan.warm_up * steps)
    return min(step / warm, max(0.0, (steps - step) / max(1.0, steps - warm)))


def _epoch(
    network: Network, made: Iterable[Batch], optimiser: Any, schedule: Any, random: Random, forget: float
) -> float:
    network.train()
    total, count = 0.0, 0
    for one in made:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = loss(network, one, random, forget)
        optimiser.zero_grad()
        found.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        total, count = total + float(found.detach()), count + 1
    return total / max(1, count)


def _save(path: Path, state: Any) -> None:
    """Whole or not at all."""
    partial = path.with_suffix(path.suffix + ".partial")
    torch.save(state, partial)
    partial.replace(path)


def _resumed(checkpoint: Path, network: Network, optimiser: Any, schedule: Any, identity: dict[str, Any]) -> Progress:
    if not checkpoint.exists():
        return Progress()
    state = torch.load(checkpoint)
    if state["plan"] != identity:
        raise UsageError(f"{checkpoint} is of another training", hint="remove it, or train with the same settings")
    network.load_state_dict(state["network"])
    optimiser.load_state_dict(state["optimiser"])
    schedule.load_state_dict(state["schedule"])
    return Progress(**state["progress"])
