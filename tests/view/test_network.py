from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.errors import UsageError
from kg.store import Store
from kg.view import Selection, network
from kg.view.records import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.view.conftest import Maker

C = "https://w3id.org/evident-kg/company#"


def iris(maker: Maker, *labels: str) -> set[str]:
    return {maker.iris[label] for label in labels}


def test_entities_are_nodes_with_their_names_and_type(optics: Maker) -> None:
    graph = network(optics)
    about = graph.nodes[optics.iris["Tarnhelm Optics GmbH"]]
    assert about["iri"] == optics.iris["Tarnhelm Optics GmbH"]
    assert about["label"] == "Tarnhelm Optics GmbH"
    assert about["type"] == "Company"
    assert about["aliases"] == ["Tarnhelm", "Tarnhelm Optics"]
    assert set(graph) == set(optics.iris.values())


def test_values_and_amounts_are_literals_and_no_nodes(optics: Maker) -> None:
    graph = network(optics)
    tarnhelm = graph.nodes[optics.iris["Tarnhelm Optics GmbH"]]["literals"]
    assert [(found.label, found.value) for found in tarnhelm] == [("founded on", "1998"), ("employees", "420")]
    [price] = graph.nodes[optics.iris["Brackwater Lenses Ltd"]]["literals"]
    assert (price.predicate, price.value, price.evidence[0].quote) == (
        C + "soldFor",
        "31000000 EUR",
        "31 million euros for it",
    )
    assert not any("amount" in node for node in graph)


def test_parallel_predicates_are_kept_and_evidence_is_gathered(optics: Maker) -> None:
    graph = network(optics)
    both = graph.get_edge_data(optics.iris["Tarnhelm Optics GmbH"], optics.iris["Brackwater Lenses Ltd"])
    assert {about["label"] for about in both.values()} == {"acquired", "partner of"}
    [acquired] = [about for about in both.values() if about["label"] == "acquired"]
    assert {found.document for found in acquired["evidence"]} == {"press/tarnhelm-2019", "interview-solheim"}


def test_evidence_is_the_quote_in_its_sentence(optics: Maker) -> None:
    graph = network(optics)
    edges = graph.get_edge_data(optics.iris["Tarnhelm Optics GmbH"], optics.iris["Brackwater Lenses Ltd"])
    found = {e.document: e for about in edges.values() if about["label"] == "acquired" for e in about["evidence"]}
    said = found["interview-solheim"]
    assert (
        said.before + said.quote + said.after
        == "“We took over Brackwater because nobody coats lenses as they do”, she says."
    )
    assert said.quote == "We took over Brackwater"
    assert (said.speaker, said.date, said.source) == (
        "Ingrid Solheim-Baptiste",
        "2021-03-02",
        "data/interview-solheim.txt",
    )
    assert said.confidence == 0.9


def test_stances_stand_apart(optics: Maker) -> None:
    graph = network(optics)
    stances = Counter(str(about["stance"]) for _, _, about in graph.edges(data=True))
    assert stances == {"asserted": 44, "denied": 1, "planned": 1, "possible": 1, "reported": 1}
    assert graph.graph["facts"] == 44 + 4


def test_labels_of_predicates_come_from_the_ontology(optics: Maker) -> None:
    labels = {about["predicate"]: about["label"] for _, _, about in network(optics).edges(data=True)}
    assert labels[C + "partnerOf"] == "partner of"
    assert labels[C + "headquarteredIn"] == "headquartered in"


def test_counts_of_the_whole(optics: Maker) -> None:
    about = network(optics).graph
    assert (about["entities"], about["documents"], about["left_out"]) == (39, 4, 0)


@pytest.mark.parametrize("name", ["Gullwing Robotics", "gullwing robotics"])
def test_focus_by_label(optics: Maker, name: str) -> None:
    near = iris(
        optics,
        "Gullwing Robotics",
        "Gullwing G2 arm",
        "Delft",
        "Qvistren Sensors AS",
        "Veldstrom Precision BV",
        "Sablecourt Capital",
        "Adaeze Okwudara",
    )
    assert set(network(optics, Selection(focus=name))) == near


def test_focus_by_iri_and_alias(optics: Maker) -> None:
    by_iri = network(optics, Selection(focus=optics.iris["Institute of Applied Light"]))
    assert set(by_iri) == set(network(optics, Selection(focus="IAL")))


def test_focus_with_no_hops_is_the_entity_alone(optics: Maker) -> None:
    assert set(network(optics, Selection(focus="Tarnhelm", hops=0))) == iris(optics, "Tarnhelm Optics GmbH")


def test_hops_widen_the_circle(optics: Maker) -> None:
    sizes = [len(network(optics, Selection(focus="Tartu", hops=hops))) for hops in range(4)]
    assert sizes[:3] == [1, 2, 3]
    assert sizes == sorted(set(sizes))


def test_a_store_on_disk_gives_the_same(optics: Maker, tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        for name in (DefaultGraph(), *optics.quads.named_graphs()):
            quads = list(optics.quads.quads_for_pattern(None, None, None, name))
            store.put(name.value if isinstance(name, NamedNode) else None, quads)
    with Store.view(tmp_path) as store:
        graph = network(store)
    assert list(graph.nodes(data=True)) == list(network(optics).nodes(data=True))
    assert list(graph.edges(data=True)) == list(network(optics).edges(data=True))


def test_one_document(optics: Maker) -> None:
    graph = network(optics, Selection(documents=("notes",)))
    assert set(graph) == iris(
        optics,
        "Fennwick & Pike",
        "Lanternrock Ferries",
        "Maritime Innovation Prize",
        "Whitby",
        "Rafe Dunmorrow",
        "Whitby Harbour Trust",
    )
    assert graph.graph["facts"] == 4
    assert graph.graph["documents"] == 1


def test_a_document_shows_what_it_only_mentions(maker: Maker) -> None:
    maker.entity("Anvil Row", "Place")
    maker.entity("Elsewhere", "Place")
    maker.document("a b/c")
    maker.mention("a b/c", "Anvil Row")
    assert set(network(maker, Selection(documents=("a b/c",)))) == iris(maker, "Anvil Row")


def test_unknown_focus_and_document(optics: Maker) -> None:
    with pytest.raises(UsageError, match="Nobody"):
        network(optics, Selection(focus="Nobody"))
    with pytest.raises(UsageError, match="nowhere"):
        network(optics, Selection(documents=("nowhere",)))


def test_limit_keeps_the_highest_degree(optics: Maker) -> None:
    graph = network(optics, limit=3)
    assert set(graph) == iris(optics, "Tarnhelm Optics GmbH", "Qvistren Sensors AS", "Gullwing Robotics")
    assert graph.graph["left_out"] == 36
    assert graph.graph["entities"] == 39
    assert graph.graph["facts"] == network(optics).graph["facts"]
    assert graph.number_of_edges() == 1 + 1  # one asserted between two of them, one denied


def test_limit_keeps_the_focus(optics: Maker) -> None:
    assert optics.iris["Tartu"] in network(optics, Selection(focus="Tartu", hops=3), limit=2)


def test_a_quote_that_is_not_in_its_sentence_stands_alone(maker: Maker) -> None:
    maker.entity("A", "Person")
    maker.document("d")
    maker.say("A", "note", Literal("x"), "One [[two]] three.", "d")
    text = "https://w3id.org/evident-kg/vocab#text"
    for quad in list(maker.quads):
        if quad.predicate.value == text:
            maker.quads.remove(quad)
    [literal] = network(maker).nodes[maker.iris["A"]]["literals"]
    assert (literal.evidence[0].before, literal.evidence[0].quote, literal.evidence[0].after) == ("", "two", "")


def test_nothing_in_nothing_out(maker: Maker) -> None:
    graph = network(maker)
    assert len(graph) == 0
    assert graph.graph["documents"] == 0


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=12), st.text(min_size=1, max_size=12), st.text(max_size=12))
def test_any_text_comes_back_in_three_pieces(empty: Callable[[], Maker], before: str, quote: str, after: str) -> None:
    pieces = [piece.replace("[", "(").replace("]", ")") for piece in (before, quote, after)]
    maker = empty()
    maker.entity("A", "Person")
    maker.document("d")
    maker.say("A", "note", Literal("0"), "Something else first.", "d")
    maker.say("A", "note", Literal("1"), f"{pieces[0]}[[{pieces[1]}]]{pieces[2]}", "d")
    [first, second] = network(maker).nodes[maker.iris["A"]]["literals"]
    assert first.evidence[0].quote == "Something else first."
    found = second.evidence[0]
    assert [found.before, found.quote, found.after] == pieces


@pytest.mark.parametrize(("name", "said"), [("foundedBy", "founded by"), ("owns", "owns"), ("part_of", "part of")])
def test_local_names_in_words(name: str, said: str) -> None:
    assert words(name) == said


def test_order_of_insertion_does_not_matter(big: Callable[[int, int, int], Maker]) -> None:
    first, second = network(big(30, 60, 1)), network(big(30, 60, -1))
    assert list(first.nodes(data=True)) == list(second.nodes(data=True))
    assert list(first.edges(data=True, keys=True)) == list(second.edges(data=True, keys=True))


def test_the_unspoken_of_have_their_mentions(maker: Maker) -> None:
    for label in ("Anvil", "Bellows", "Clamp"):
        maker.entity(label, "Company")
    maker.document("d", title="Letters")
    maker.document("e")
    maker.say("Anvil", "owns", "Bellows", "Anvil owns Bellows.", "d")
    maker.say("Anvil", "owns", "Bellows", "Like Clamp, Anvil owns Bellows; Clamp, or it, does not.", "d")
    start = len("Anvil owns Bellows.") + 1
    for begin, quote, named in ((5, "Clamp", True), (32, "Clamp", True), (42, "it", False)):
        maker.mention("d", "Clamp", start + begin, quote, named=named)
    maker.mention("e", "Clamp", 3, "Clamp")
    graph = network(maker)
    assert [graph.nodes[maker.iris[label]]["mentions"] for label in ("Anvil", "Bellows")] == [[], []]
    one, other = graph.nodes[maker.iris["Clamp"]]["mentions"]
    assert (one.before, one.quote, one.after) == ("Like ", "Clamp", ", Anvil owns Bellows; Clamp, or it, does not.")
    assert (one.document, one.title, other.document) == ("d", "Letters", "e")
    assert (other.before, other.quote, other.after) == ("", "Clamp", "")
    [within] = network(maker, Selection(documents=("e",))).nodes[maker.iris["Clamp"]]["mentions"]
    assert within == other


def test_types_by_name_label_or_iri(optics: Maker) -> None:
    for name in ("Person", "person", C + "Person"):
        assert len(network(optics, Selection(types=(name,)))) == 8
    both = network(optics, Selection(types=("Person", "Company")))
    assert {str(kind) for _, kind in both.nodes(data="type")} == {"Person", "Company"}
    assert "founded by" in {about["label"] for _, _, about in both.edges(data=True)}
    with pytest.raises(UsageError, match="'Ship'"):
        network(optics, Selection(types=("Ship",)))


def test_stances_keep_what_they_speak_of(optics: Maker) -> None:
    graph = network(optics, Selection(stances=("denied", "planned")))
    assert set(graph) == iris(optics, "Tarnhelm Optics GmbH", "Qvistren Sensors AS", "Porto")
    assert {about["stance"] for _, _, about in graph.edges(data=True)} == {"denied", "planned"}
    with pytest.raises(UsageError, match="'wrong'"):
        network(optics, Selection(stances=("wrong",)))


def test_a_way_leads_only_over_what_is_shown(optics: Maker) -> None:
    graph = network(optics, Selection(focus="Jena", hops=3, types=("Place", "Company")))
    assert {str(kind) for _, kind in graph.nodes(data="type")} == {"Place", "Company"}
    assert optics.iris["Ingrid Solheim-Baptiste"] not in graph


def test_two_documents(optics: Maker) -> None:
    parts = [set(network(optics, Selection(documents=names))) for names in (("notes",), ("quillon-profile",))]
    assert set(network(optics, Selection(documents=("notes", "quillon-profile")))) == set.union(*parts)
