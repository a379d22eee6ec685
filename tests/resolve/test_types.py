from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Mention, Span
from kg.ontology import Ontology
from kg.resolve.types import class_asked_for, expected, type_clusters, weigh_clusters

if TYPE_CHECKING:
    from tests.resolve.conftest import Scene

    Begin = Callable[..., Scene]

C = "https://w3id.org/evident-kg/company#"


def voted(*votes: tuple[str, float]) -> Mention:
    return Mention(Span(0, 4), "Juno", "name", votes=tuple((C + cls, weight) for cls, weight in votes))


def types(scene: Scene) -> dict[str, str | None]:
    """The class of each name, each taken as a thing of its own."""
    clusters = [[m] for m in scene.mentions if m.kind == "name"]
    found = type_clusters(clusters, scene.relations, scene.ontology)
    return {c[0].surface: cls and cls.removeprefix(C) for c, cls in zip(clusters, found, strict=True)}


def test_the_heaviest_vote_decides(trade: Ontology) -> None:
    assert type_clusters([[voted(("Person", 1.0), ("Place", 1.5))]], [], trade) == [C + "Place"]


def test_no_vote_gives_no_class(trade: Ontology) -> None:
    assert type_clusters([[voted()], [voted(("Comet", 2.0))]], [], trade) == [None, None]


def test_votes_for_a_subclass_count_for_its_superclass(trade: Ontology) -> None:
    mention = voted(("Product", 1.0), ("Vehicle", 1.0), ("Place", 1.5))
    assert type_clusters([[mention]], [], trade) == [C + "Product"]


def test_the_subclass_is_taken_where_it_is_voted_for_enough(trade: Ontology) -> None:
    assert type_clusters([[voted(("Product", 1.0), ("Vehicle", 2.0))]], [], trade) == [C + "Vehicle"]


def test_a_label_repeated_over_mentions_counts_less_each_time(trade: Ontology) -> None:
    often = [voted(("Place", 1.0))] * 9
    once = [voted(("Person", 20.0))]
    assert type_clusters([often + once], [], trade) == [C + "Person"]


def test_slots_speak_for_what_votes_do_not_tell(begin: Begin) -> None:
    scene = begin("Juno makes the Moth. Juno is in Norr.")
    juno, moth, norr = scene.name("Juno"), scene.name("Moth"), scene.name("Norr")
    scene.relate(juno, "produces", moth)
    scene.relate(juno, "locatedIn", norr)
    assert types(scene) == {"Juno": "Organization", "Moth": "Product", "Norr": "Place"}


def test_a_slot_that_is_not_believed_does_not_speak(begin: Begin) -> None:
    scene = begin("Juno makes the Moth.")
    relation = scene.relate(scene.name("Juno"), "produces", scene.name("Moth"))
    scene.relations[:] = [replace(relation, confidence=0.5)]
    assert types(scene) == {"Juno": None, "Moth": None}


def test_one_property_repeated_is_one_vote(begin: Begin) -> None:
    scene = begin("Juno makes the Moth.")
    juno, moth = scene.name("Juno"), scene.name("Moth")
    scene.mentions[0] = juno = replace(juno, votes=((C + "Person", 4.0),))
    for _ in range(5):
        scene.relate(juno, "produces", moth)
    assert types(scene)["Juno"] == "Person"


def test_expected_classes_are_those_of_the_slots(begin: Begin) -> None:
    scene = begin("It makes the Moth, which won.")
    it, moth = scene.refer("It", "pronoun"), scene.name("Moth")
    makes = scene.relate(it, "produces", moth)
    award = scene.relate(moth, "receivedAward", it)
    assert expected([(makes, True), (award, False)]) == [frozenset({C + "Organization"}), frozenset({C + "Award"})]
    assert expected([(award, True)]) == []


NAMES = ["Organization", "Person", "Place", "Product", "Vehicle", "Award"]
VOTES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from([0.5, 1.0, 2.0, 4.0])), max_size=4)


@given(st.data())
def test_the_order_of_mentions_and_clusters_does_not_matter(trade: Ontology, data: st.DataObject) -> None:
    cluster = [voted(*votes) for votes in data.draw(st.lists(VOTES, min_size=1, max_size=4))]
    other = [voted(*data.draw(VOTES))]
    first, second = type_clusters([cluster, other], [], trade)
    shuffled = data.draw(st.permutations(cluster))
    assert type_clusters([other, shuffled], [], trade) == [second, first]


def test_a_label_or_two_is_a_guess(trade: Ontology) -> None:
    guessed, named = [voted(("Person", 1.0))], [voted(("Person", 1.0), ("Person", 1.5))]
    nothing = [voted()]
    assert weigh_clusters([guessed, named, nothing], [], trade) == [
        (C + "Person", False),
        (C + "Person", True),
        (None, False),
    ]


def test_slots_together_ask_for_the_class_that_fits_most(trade: Ontology) -> None:
    firm, thing = frozenset({C + "Organization"}), frozenset({C + "Organization", C + "Product"})
    assert class_asked_for([firm, thing], trade) == C + "Organization"
    assert class_asked_for([], trade) is None
