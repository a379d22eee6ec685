from __future__ import annotations

import json
from pathlib import Path
from random import Random

import numpy as np
import pytest

from kg.errors import ModelError, UsageError
from kg.extract.learned import open_model, read_card
from kg.extract.learned.labels import vocabulary
from kg.extract.learned.model import Read
from kg.extract.learned.pieces import plain_tokenizer
from kg.ontology import load
from kg.train.batches import Item, batch
from kg.train.examples import Example
from kg.train.loop import Plan
from kg.train.run import Source, encoder_folder, train_model
from kg.train.trial import tried

ONE = Plan(epochs=1)


def trained(source: Source, output: Path, encoder: Path, plan: Plan = ONE) -> tuple[dict[str, object], list[str]]:
    told: list[str] = []
    card = train_model([source], output, plan, told.append, encoder=str(encoder), licence="our own")
    return card, told


@pytest.fixture(scope="module")
def source(toys: tuple[Path, Path]) -> Source:
    return Source("toys", toys[0], (toys[1],))


def test_it_learns_what_the_examples_say(toy_model: Path, source: Source) -> None:
    assert read_card(toy_model).facts["best_f1"] > 0.9
    assert tried(toy_model, source).f1 > 0.9


def test_the_file_tells_what_it_was_made_of(toy_model: Path) -> None:
    facts = read_card(toy_model).facts
    assert facts["licence"] == "our own"
    assert facts["ontologies"]["toys"]["properties"] == ["based in", "took over"]
    assert facts["scores"]
    assert facts["calibration"] == list(read_card(toy_model).calibration)
    assert facts["encoder"]["name"].startswith("encoder")
    assert facts["versions"]["torch"]
    assert str(toy_model.parent) not in json.dumps(facts)


def test_nothing_of_the_training_is_left_beside_it(toy_model: Path) -> None:
    assert [path.name for path in toy_model.parent.iterdir()] == ["toys.kgm"]


def test_the_same_training_gives_the_same_bytes(source: Source, encoder: Path, tmp_path: Path) -> None:
    plan = Plan(epochs=1, rate=3e-3, heads_rate=3e-3)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        trained(source, tmp_path / name / "m.kgm", encoder, plan)
    assert (tmp_path / "a" / "m.kgm").read_bytes() == (tmp_path / "b" / "m.kgm").read_bytes()


def test_an_interrupted_training_goes_on_to_the_same_bytes(source: Source, encoder: Path, tmp_path: Path) -> None:
    plan = Plan(epochs=3, rate=3e-3, heads_rate=3e-3)
    (tmp_path / "whole").mkdir()
    trained(source, tmp_path / "whole" / "m.kgm", encoder, plan)
    told: list[str] = []

    def stop_after_two(line: str) -> None:
        told.append(line)
        if line.startswith("epoch 2"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_model([source], tmp_path / "m.kgm", plan, stop_after_two, encoder=str(encoder), licence="our own")
    _, later = trained(source, tmp_path / "m.kgm", encoder, plan)
    assert any("goes on after epoch 1" in line for line in later)
    assert (tmp_path / "m.kgm").read_bytes() == (tmp_path / "whole" / "m.kgm").read_bytes()


def test_a_checkpoint_of_another_training_is_refused(source: Source, encoder: Path, tmp_path: Path) -> None:
    def stop(line: str) -> None:
        if line.startswith("epoch 2"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_model([source], tmp_path / "m.kgm", Plan(epochs=3), stop, encoder=str(encoder))
    with pytest.raises(UsageError, match="another training"):
        train_model([source], tmp_path / "m.kgm", Plan(epochs=4), print, encoder=str(encoder))


def test_what_cannot_be_read_is_told(toys: tuple[Path, Path], encoder: Path, tmp_path: Path) -> None:
    for name, text in (("x.jsonl", '{"text": 1'), ("y.jsonl", '{"text": "a"}'), ("z.csv", "a,b"), ("empty.jsonl", "")):
        path = tmp_path / name
        path.write_text(text)
        with pytest.raises(UsageError, match=r"example"):
            trained(Source("toys", toys[0], (path,)), tmp_path / "m.kgm", encoder)
    with pytest.raises(ModelError, match="no encoder"):
        encoder_folder(str(tmp_path))


def test_the_file_reads_as_the_network_does(source: Source, encoder: Path, tmp_path: Path) -> None:
    import torch

    from kg.train.encoder import pretrained
    from kg.train.export import write_model
    from kg.train.network import Network, Shape, Texts

    torch.manual_seed(3)
    known = vocabulary(load([source.ontology]))
    network = Network(pretrained(encoder), Shape(), [kind.key for kind in known.properties[:1]]).eval()
    torch.nn.init.normal_(network.own.weight)
    write_model(network, (encoder / "tokenizer.json").read_bytes(), {"name": "m"}, tmp_path / "m.kgm", small=False)
    model = open_model(tmp_path / "m.kgm")
    told, text = model.told(known), "Arrol of Abton took over Besk, who makes toys."
    made = model.pieces(text)
    [states] = model.hidden([made.ids])
    item = Item(Example(text, (), (), "toys"), made, (), ())
    one = batch([item], known, model.tokenizer, None)
    spans, pairs = torch.tensor([[[1, 5], [7, 9], [11, 14]]]), torch.tensor([[[0, 1], [1, 0], [0, 2], [2, 1]]])
    with torch.no_grad():
        x = network.encoder(one.ids, one.mask)
        theirs = network.told(known, one.label_ids, one.label_mask)
        found = network.heads.mentions(x, spans, theirs)
        scores = network.heads.relations(Texts(x, one.mask, one.words), found, pairs, theirs)
        assert np.allclose(model.spans(states), network.heads.spans(x)[0].numpy(), atol=1e-4)
    read = Read(made, states, spans[0].tolist())
    ours = model.scores(text, read, told, pairs[0].tolist())
    assert np.allclose(model.kinds(text, read, told), found.kinds[0].detach().numpy(), atol=1e-3)
    assert one.words.any()
    assert np.allclose(states, x[0].numpy(), atol=1e-4)
    assert np.allclose(told.properties, theirs.properties.detach().numpy(), atol=1e-3)
    assert np.allclose(ours, scores[0].numpy(), atol=1e-3)


def test_texts_are_read_alike_alone_and_among_longer_ones(source: Source, encoder: Path) -> None:
    import torch

    from kg.train.batches import itemised
    from kg.train.encoder import pretrained
    from kg.train.loss import loss
    from kg.train.network import Network, Shape
    from kg.train.run import examples

    torch.manual_seed(3)
    network = Network(pretrained(encoder), Shape()).eval()
    ontology = load([source.ontology])
    known, tokenizer = vocabulary(ontology), plain_tokenizer((encoder / "tokenizer.json").read_bytes())
    items = [itemised(tokenizer, example) for example in examples(source, ontology)[:8]]

    def lost(some: list[Item]) -> float:
        with torch.no_grad():
            return float(loss(network, batch(some, known, tokenizer, None), Random(1)))

    assert lost(items) == pytest.approx(sum(lost([item]) for item in items) / len(items), rel=1e-4)


def test_files_that_are_held_are_never_learned_from(source: Source, encoder: Path, tmp_path: Path) -> None:
    from kg.train.run import gathered

    lines = source.files[0].read_text().splitlines()
    for name, some in (("held.jsonl", lines[:5]), ("rest.jsonl", lines[5:])):
        (tmp_path / name).write_text("\n".join(some))
    held = Source("toys", source.ontology, (tmp_path / "rest.jsonl",), (tmp_path / "held.jsonl",))
    tokenizer = plain_tokenizer((encoder / "tokenizer.json").read_bytes())
    data = gathered([held], {"toys": load([source.ontology])}, tokenizer, 1)
    assert [item.example.text for item in data.dev] == [json.loads(line)["text"] for line in lines[:5]]
    assert [item.example.text for item in data.items] == [json.loads(line)["text"] for line in lines[5:]]


def test_what_only_warms_up_is_left_out_later(source: Source, encoder: Path, tmp_path: Path) -> None:
    from kg.train.batches import count as batches_of
    from kg.train.run import gathered

    warming = Source("warm", source.ontology, source.files, warming=True)
    known = load([source.ontology])
    tokenizer = plain_tokenizer((encoder / "tokenizer.json").read_bytes())
    data = gathered([source, warming], {"toys": known, "warm": known}, tokenizer, 1)
    assert len(data.warming) == len(data.items) + len(data.dev)
    count = {warm: sum(len(one.items) for one in data.batches(8, Random(1), warm=warm)) for warm in (False, True)}
    assert {warm: len(list(data.batches(8, Random(1), warm=warm))) for warm in (False, True)} == {
        warm: batches_of(data.learned(warm=warm), 8) for warm in (False, True)
    }
    assert count == {False: len(data.items), True: len(data.items) + len(data.warming)}
    plan = Plan(epochs=2, warm=1, rate=3e-3, heads_rate=3e-3)
    card = train_model([source, warming], tmp_path / "m.kgm", plan, lambda line: None, encoder=str(encoder))
    assert card["examples"] == len(data.items)


@pytest.mark.parametrize("small", [False, True])
def test_a_model_can_be_trained_on(source: Source, encoder: Path, tmp_path: Path, small: bool) -> None:
    import torch

    from kg.train.encoder import pretrained
    from kg.train.export import write_model
    from kg.train.network import Network, Shape
    from kg.train.start import started

    torch.manual_seed(3)
    network = Network(pretrained(encoder), Shape(), ["a", "b"]).eval()
    for weight in network.parameters():
        torch.nn.init.normal_(weight)
    words = (encoder / "tokenizer.json").read_bytes()
    write_model(network, words, {"name": "m"}, tmp_path / "m.kgm", small=small)
    again, tokenizer = started(tmp_path / "m.kgm", ["c", "b"])
    assert tokenizer == words
    assert list(again.keys) == ["a", "b", "c"]
    ours, theirs = again.state_dict(), network.state_dict()
    assert ours.keys() == theirs.keys()
    assert torch.allclose(ours.pop("own.weight")[:2], theirs.pop("own.weight"), atol=1e-2)
    for name, weight in theirs.items():
        assert torch.allclose(ours[name], weight, atol=0.05 if small else 0.0), name


def test_what_a_model_knows_is_kept(source: Source, toy_model: Path, tmp_path: Path) -> None:
    told: list[str] = []
    plan = Plan(epochs=1, rate=1e-5, heads_rate=1e-5)
    card = train_model([source], tmp_path / "m.kgm", plan, told.append, start=toy_model)
    assert card["best_f1"] > 0.9
    assert card["start"]["sha256"] == read_card(toy_model).facts["sha256"]
    assert tried(tmp_path / "m.kgm", source).f1 > 0.9
