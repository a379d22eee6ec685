from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Dropped, Evidence, Extraction, Span
from kg.resolve.local import language_of, link

if TYPE_CHECKING:
    from tests.resolve.conftest import Scene

    Begin = Callable[..., Scene]

C = "https://w3id.org/evident-kg/company#"


def kinds(found: Extraction) -> dict[str, str]:
    return {e.names[0].text: e.type.removeprefix(C) for e in found.entities}


def test_the_label_is_the_fullest_name_in_latin_letters(begin: Begin) -> None:
    scene = begin("Kawabe Works (川辺製作所鉄工所) grows, KAWABE says.")
    for name in ("Kawabe Works", "川辺製作所鉄工所", "KAWABE"):
        scene.name(name, "Organization")
    assert scene.names() == [["Kawabe Works", "KAWABE", "川辺製作所鉄工所"]]


def test_the_label_may_be_in_another_script_where_there_is_no_other(begin: Begin) -> None:
    scene = begin("川辺製作所 grows.")
    scene.name("川辺製作所", "Organization")
    (entity,) = scene.link().entities
    assert (entity.names[0].text, entity.names[0].language) == ("川辺製作所", "zh")


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Kawabe", ""),
        ("かわべ", "ja"),
        ("川辺", "zh"),
        ("가와베", "ko"),
        ("كاوابي", "ar"),
        ("קוואבה", "he"),
        ("Καουάμπε", "el"),
        ("Кавабэ", "und-Cyrl"),
        ("", ""),
    ],
)
def test_the_language_of_a_name_is_told_by_its_script(name: str, language: str) -> None:
    assert language_of(name) == language


def test_a_thing_without_class_and_statement_is_left_out(begin: Begin) -> None:
    scene = begin("Moth and Tarnwald.")
    scene.name("Moth")
    scene.name("Tarnwald", "Organization")
    assert kinds(scene.link()) == {"Tarnwald": "Organization"}


def test_a_relation_onto_itself_is_dropped(begin: Begin) -> None:
    scene = begin("Tarnwald is a partner of Tarnwald.")
    scene.relate(scene.name("Tarnwald", "Organization"), "partnerOf", scene.name("Tarnwald", "Organization", nth=1))
    found = scene.link()
    assert not found.statements
    assert [d.reason for d in found.dropped] == ["subject and object are one thing"]


def test_what_the_gate_refuses_is_kept_with_its_reason(begin: Begin) -> None:
    scene = begin("Orla Quist makes the Moth.")
    relation = scene.relate(scene.name("Orla Quist", "Person"), "produces", scene.name("Moth", "Product"))
    scene.relations[:] = [replace(relation, confidence=0.5)]
    found = scene.link()
    assert not found.statements
    assert found.dropped == (
        Dropped(
            "Orla Quist",
            C + "produces",
            "Moth",
            relation.evidence,
            "by hand",
            "the subject is read as person, the wording asks for organization",
        ),
    )


def test_what_was_dropped_before_stays_in_the_list(begin: Begin) -> None:
    scene = begin("Tarnwald grew.")
    early = Dropped("Tarnwald", C + "produces", "", Evidence(Span(0, 8), "Tarnwald", Span(0, 14)), "r", "no object")
    assert link(scene.annotation, [], [early], scene.ontology).dropped == (early,)


def test_the_special_property_makes_the_general_one_idle(begin: Begin) -> None:
    scene = begin("Tarnwald sits in Norr.")
    firm, town = scene.name("Tarnwald", "Organization"), scene.name("Norr", "Place")
    scene.relate(firm, "locatedIn", town)
    scene.relate(firm, "headquarters", town)
    assert scene.facts() == {("Tarnwald", "headquarters", "Norr")}


def test_a_general_statement_of_another_stance_stays(begin: Begin) -> None:
    scene = begin("Tarnwald sits in Norr.")
    firm, town = scene.name("Tarnwald", "Organization"), scene.name("Norr", "Place")
    scene.relate(firm, "locatedIn", town)
    scene.relate(firm, "headquarters", town, stance="planned")
    assert scene.facts() == {("Tarnwald", "locatedIn", "Norr")}


def test_a_symmetric_fact_is_stated_once_in_a_sentence(begin: Begin) -> None:
    scene = begin("Tarnwald and Pelikan Oy are partners.")
    one, other = scene.name("Tarnwald", "Organization"), scene.name("Pelikan Oy", "Organization")
    scene.relate(one, "partnerOf", other)
    scene.relate(other, "partnerOf", one)
    assert len(scene.link().statements) == 1


def test_the_surest_of_equal_statements_stays(begin: Begin) -> None:
    scene = begin("Tarnwald makes the Moth.")
    relation = scene.relate(scene.name("Tarnwald", "Organization"), "produces", scene.name("Moth", "Product"))
    scene.relations[:] = [replace(relation, confidence=c, rule=str(c)) for c in (0.7, 0.95, 0.8)]
    assert [(s.rule, s.confidence) for s in scene.link().statements] == [("0.95", 0.95)]


@pytest.mark.parametrize(("kind", "belief"), [("name", 0.9), ("pronoun", 0.77), ("nominal", 0.81)])
def test_a_reference_is_believed_less_than_a_name(begin: Begin, kind: str, belief: float) -> None:
    scene = begin("Tarnwald grew. Tarnwald hired. It makes the Moth. The firm too.")
    scene.name("Tarnwald", "Organization")
    subject = {
        "name": lambda: scene.name("Tarnwald", "Organization", nth=1),
        "pronoun": lambda: scene.refer("It", "pronoun"),
        "nominal": lambda: scene.refer("The firm"),
    }[kind]()
    scene.relate(subject, "produces", scene.name("Moth", "Product"))
    (statement,) = scene.link().statements
    assert statement.confidence == pytest.approx(belief, abs=0.011)


def test_a_descriptive_phrase_becomes_a_thing_where_its_class_has_such(begin: Begin) -> None:
    scene = begin("Tarnwald pursues quiet growth. It keeps to quiet growth.")
    phrase = scene.refer("quiet growth", "phrase")
    again = scene.refer("quiet growth", "phrase", nth=1)
    firm = scene.name("Tarnwald", "Organization")
    scene.relate(firm, "pursues", phrase)
    scene.relate(scene.refer("It", "pronoun"), "pursues", again)
    found = scene.link()
    assert kinds(found) == {"Tarnwald": "Organization", "quiet growth": "Strategy"}
    (strategy,) = [e for e in found.entities if e.type == C + "Strategy"]
    assert strategy.mentions == (phrase.span, again.span)
    assert strategy.named == (False, False)


def test_a_descriptive_phrase_is_no_product(begin: Begin) -> None:
    scene = begin("Tarnwald makes warm light.")
    scene.relate(scene.name("Tarnwald", "Organization"), "produces", scene.refer("warm light", "phrase"))
    found = scene.link()
    assert not found.statements
    assert kinds(found) == {"Tarnwald": "Organization"}


@pytest.mark.parametrize(("words", "passes"), [("regional cider prize", True), ("warm welcome", False)])
def test_a_phrase_headed_by_a_noun_of_the_class_is_one_of_its_things(begin: Begin, words: str, passes: bool) -> None:
    scene = begin(f"The Moth won a {words}.")
    scene.relate(scene.name("Moth", "Product"), "receivedAward", scene.refer(words, "phrase"))
    assert bool(scene.link().statements) == passes


def test_a_value_stands_for_itself(begin: Begin) -> None:
    scene = begin("Tarnwald was founded in May 2011.")
    scene.relate(
        scene.name("Tarnwald", "Organization"), "foundingDate", scene.value("May 2011", "2011-05", "gYearMonth")
    )
    assert scene.facts() == {("Tarnwald", "foundingDate", "2011-05")}


def test_the_time_of_a_statement_is_kept(begin: Begin) -> None:
    scene = begin("Tarnwald makes the Moth since 2011.")
    relation = scene.relate(scene.name("Tarnwald", "Organization"), "produces", scene.name("Moth", "Product"))
    when = scene.value("2011", "2011", "gYear").value
    scene.relations[:] = [replace(relation, time=when)]
    assert [s.time for s in scene.link().statements] == [when]


FACTS = [("Tarnwald", "produces", "Moth"), ("Tarnwald", "headquarters", "Norr"), ("Tarnwald", "partnerOf", "Pelikan")]


@given(st.permutations(range(6)))
def test_the_order_of_relations_does_not_matter(begin: Begin, order: list[int]) -> None:
    def told(order: list[int]) -> Extraction:
        scene = begin("Tarnwald of Norr makes the Moth with Pelikan. It does. It is there with Pelikan.")
        names = {
            "Tarnwald": scene.name("Tarnwald", "Organization"),
            "Moth": scene.name("Moth", "Product"),
            "Norr": scene.name("Norr", "Place"),
            "Pelikan": scene.name("Pelikan", "Organization"),
        }
        it = scene.refer("It", "pronoun", nth=1)
        for s, p, o in FACTS:
            scene.relate(names[s], p, names[o])
            scene.relate(it, p, names[o])
        scene.relations[:] = [scene.relations[i] for i in order]
        return scene.link()

    assert told(order) == told(list(range(6)))


def test_a_property_yields_to_another_that_the_sentence_states(begin: Begin) -> None:
    text = "The Moth was shown at Velora in Norr. Later the Moth was shown in Lund."
    scene = begin(text)
    moth, velora, norr = scene.name("Moth", "Product"), scene.name("Velora", "Event"), scene.name("Norr", "Place")
    again, lund = scene.name("Moth", "Product", nth=1), scene.name("Lund", "Place")
    scene.relate(moth, "presentedAt", velora)
    scene.relate(moth, "presentedIn", norr)
    second = Span(text.index("Later"), len(text))
    scene.relate(again, "presentedIn", lund, evidence=Evidence(lund.span, "Lund", second))
    assert scene.facts() == {("Moth", "presentedAt", "Velora"), ("Moth", "presentedIn", "Lund")}
