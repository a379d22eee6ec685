from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.model import Evidence, Mention, Span

if TYPE_CHECKING:
    from tests.resolve.conftest import Scene

    Begin = Callable[..., Scene]

TEXT = (
    "Tarnwald makes the Lumo. Tarnwald grew, and Tarnwald hired.\n\n"
    "The Lumo is its best lamp. Forty euros.\n\nBegun in 1999 by Orla Quist. Pelikan watched."
)


def told(begin: Begin, text: str = TEXT) -> Scene:
    scene = begin(text)
    for nth in range(text.count("Tarnwald")):
        scene.name("Tarnwald", "Organization", nth=nth)
    for nth in range(text.count("Lumo")):
        scene.name("Lumo", "Product", nth=nth)
    scene.name("Pelikan", "Organization")
    return scene


def unsaid(scene: Scene, sentence: str) -> tuple[Mention, Evidence]:
    """What a sentence leaves unsaid, and the sentence as evidence."""
    span = scene.span(sentence)
    return Mention(Span(span.begin, span.begin), "", "unsaid"), Evidence(span, sentence, span)


def test_it_is_the_house_or_what_was_spoken_of_last_by_what_the_property_asks_for(begin: Begin) -> None:
    scene = told(begin)
    of_lamp, forty = unsaid(scene, "Forty euros.")
    of_firm, begun = unsaid(scene, "Begun in 1999 by Orla Quist.")
    scene.relate(of_lamp, "price", scene.value("Forty euros", "40 EUR", "amount"), evidence=forty)
    scene.relate(of_firm, "founder", scene.name("Orla Quist", "Person"), evidence=begun)
    assert scene.facts() == {("Lumo", "price", "40 EUR"), ("Tarnwald", "founder", "Orla Quist")}


def test_an_object_may_be_unsaid(begin: Begin) -> None:
    scene = told(begin)
    firm, evidence = unsaid(scene, "Begun in 1999 by Orla Quist.")
    scene.relate(scene.name("Orla Quist", "Person"), "worksFor", firm, evidence=evidence)
    assert scene.facts() == {("Orla Quist", "worksFor", "Tarnwald")}


def test_it_makes_a_relation_less_sure_and_has_no_words_of_its_own(begin: Begin) -> None:
    scene = told(begin)
    firm, evidence = unsaid(scene, "Begun in 1999 by Orla Quist.")
    relation = scene.relate(firm, "founder", scene.name("Orla Quist", "Person"), evidence=evidence)
    found = scene.link()
    [statement] = found.statements
    assert statement.confidence < relation.confidence
    assert all(span.begin < span.end for entity in found.entities for span in entity.mentions)


def test_it_is_not_what_stands_at_the_other_end(begin: Begin) -> None:
    scene = told(begin, "Tarnwald makes lamps. A partner is Tarnwald. Pelikan watched, far away and long ago.")
    firm, evidence = unsaid(scene, "A partner is Tarnwald.")
    scene.relate(firm, "partnerOf", scene.mentions[1], evidence=evidence)
    assert ("Tarnwald", "partnerOf", "Tarnwald") not in scene.facts()


def test_nothing_is_taken_where_it_is_not_clear(begin: Begin) -> None:
    names = ("Norvia", "Haskell", "Pelikan", "Tarnwald", "Lumo")
    scene = begin(f"Yesterday {', '.join(names)} met. Begun in 1999 by Orla Quist.")
    for name in names:
        scene.name(name, "Organization")
    firm, evidence = unsaid(scene, "Begun in 1999 by Orla Quist.")
    scene.relate(firm, "founder", scene.name("Orla Quist", "Person"), evidence=evidence)
    [dropped] = scene.link().dropped
    assert (dropped.subject, dropped.reason) == ("(left unsaid)", "what the sentence is about is not clear")
