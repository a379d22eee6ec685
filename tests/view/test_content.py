from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.view import network
from kg.view.content import content, radius, short
from kg.view.shown import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.view.conftest import Maker

SCHEMA = "https://schema.org/"


def columns(maker: Maker) -> dict[str, Any]:
    graph = shown(network(maker))
    return content(graph)


def test_entities_stand_in_columns_in_the_order_of_their_iris(optics: Maker) -> None:
    found = columns(optics)
    entities = found["entities"]
    iris = [found["bases"][base] + name for base, name in zip(entities["base"], entities["name"], strict=True)]
    assert iris == sorted(optics.iris.values())
    assert {len(entities[name]) for name in ("label", "type", "x", "y", "r", "community")} == {39}
    assert len(set(zip(entities["x"], entities["y"], strict=True))) == 39
    here = iris.index(optics.iris["Tarnhelm Optics GmbH"])
    assert entities["label"][here] == "Tarnhelm Optics GmbH"
    assert entities["aliases"][str(here)] == ["Tarnhelm", "Tarnhelm Optics"]


def test_statements_name_their_ends_by_number(optics: Maker) -> None:
    found = columns(optics)
    label, columns_of = found["entities"]["label"], found["statements"]
    said = {
        (label[s], found["predicates"][p]["label"], label[o] if o >= 0 else found["values"]["text"][-1 - o])
        for s, p, o in zip(columns_of["s"], columns_of["p"], columns_of["o"], strict=True)
    }
    assert ("Tarnhelm Optics GmbH", "acquired", "Brackwater Lenses Ltd") in said
    assert ("Tarnhelm Optics GmbH", "partner of", "Brackwater Lenses Ltd") in said
    assert ("Tarnhelm Optics GmbH", "founded on", "1998") in said
    assert len(said) == len(columns_of["s"]) == 48 + 4
    stances = [found["stances"][number] for number in columns_of["stance"]]
    assert [stances.count(name) for name in ("asserted", "denied", "planned")] == [48, 1, 1]


def test_predicates_and_types_are_counted(optics: Maker) -> None:
    found = columns(optics)
    counts = [entry["count"] for entry in found["predicates"]]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == 52
    assert [entry["label"] for entry in found["types"]][:3] == ["company", "person", "place"]
    assert sum(entry["count"] for entry in found["types"]) == 39


def test_values_keep_their_kind(optics: Maker) -> None:
    values = columns(optics)["values"]
    price = values["text"].index("31000000 EUR")
    amount = values["amount"][str(price)]
    assert (amount["value"], amount["currency"]) == ("31000000", "EUR")
    assert amount["datatype"].endswith("integer")
    assert amount["iri"].endswith("amount/31000000-EUR")


def test_types_look_different(maker: Maker) -> None:
    for number in range(20):
        for copy in range(20 - number):
            maker.entity(f"{number} {copy}", f"T{number:02}")
    types = columns(maker)["types"]
    assert [found["iri"].rpartition("#")[2] for found in types] == [f"T{number:02}" for number in range(20)]
    assert len({(found["colour"], found["shape"]) for found in types}) == 20
    assert {found["shape"] for found in types[:7]} == {"dot"}
    assert len({found["shape"] for found in types[7:13]}) == 6
    assert "dot" not in {found["shape"] for found in types[7:]}


def test_entities_without_statements_do_not_move_the_others(optics: Maker, empty: Callable[[], Maker]) -> None:
    def places(*lone: str) -> dict[str, tuple[int, int]]:
        made = empty()
        made.quads.extend(optics.quads)
        made.iris.update(optics.iris)
        for label in lone:
            made.entity(label, "Place")
        entities = columns(made)["entities"]
        return {label: (x, y) for label, x, y in zip(*(entities[name] for name in ("label", "x", "y")), strict=True)}

    more = places("Somewhere", "Elsewhere")
    assert {label: place for label, place in more.items() if label not in ("Somewhere", "Elsewhere")} == places()


def test_dots_grow_with_what_is_said() -> None:
    sizes = [radius(degree) for degree in (0, 1, 4, 25, 100, 10_000)]
    assert sizes == sorted(sizes)
    assert sizes[-1] == sizes[-2] < 25


def test_long_names_are_cut() -> None:
    assert short("a  b\nc") == "a b c"
    assert len(short("word " * 30)) <= 48
    assert short("word " * 30).endswith("…")
