from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Entity, Extraction, Statement, Value
from kg.ontology import Ontology
from kg.resolve import resolve, slug

BASE = "https://kg.example/"
E = BASE + "entity/"
C = "https://w3id.org/evident-kg/company#"
Made = Callable[..., Extraction]
FIRM, PERSON, PLACE, PRODUCT, STRATEGY = "Organization", "Person", "Place", "Product", "Strategy"


def labels(entities: Sequence[Entity]) -> dict[str, list[str]]:
    return {e.iri.removeprefix(E): [e.label.text, *(a.text for a in e.aliases)] for e in entities}


def triples(statements: Sequence[Statement]) -> list[tuple[str, str, str]]:
    return [
        (
            s.subject.removeprefix(E),
            s.predicate.removeprefix(C),
            s.object.lexical if isinstance(s.object, Value) else s.object.removeprefix(E),
        )
        for s in statements
    ]


def test_one_name_in_two_documents_is_one_thing(trade: Ontology, extracted: Made) -> None:
    one = extracted("a", [(FIRM, ("Tarnwald GmbH", "Tarnwald")), (PRODUCT, ("Moth",))], [(0, "produces", 1)])
    two = extracted("b", [(PLACE, ("Norr",)), (FIRM, ("Tarnwald",))], [(1, "headquarters", 0)])
    found = resolve([one, two], trade, BASE)
    assert labels(found.entities) == {
        "moth": ["Moth"],
        "norr": ["Norr"],
        "tarnwald-gmbh": ["Tarnwald GmbH", "Tarnwald"],
    }
    assert triples(found.statements) == [
        ("tarnwald-gmbh", "produces", "moth"),
        ("tarnwald-gmbh", "headquarters", "norr"),
    ]
    (firm,) = [e for e in found.entities if e.iri == E + "tarnwald-gmbh"]
    assert [(m.document, m.surface) for m in firm.mentions] == [
        ("a", "Tarnwald GmbH"),
        ("a", "Tarnwald"),
        ("b", "Tarnwald"),
    ]


def test_an_alias_in_one_document_leads_to_the_label_in_another(trade: Ontology, extracted: Made) -> None:
    one = extracted("a", [(FIRM, ("Brannock Ferry Line", "BFL"))])
    two = extracted("b", [(FIRM, ("BFL",))])
    entities = resolve([one, two], trade, BASE).entities
    assert labels(entities) == {"brannock-ferry-line": ["Brannock Ferry Line", "BFL"]}


def test_a_person_a_place_and_a_firm_of_one_name_are_three(trade: Ontology, extracted: Made) -> None:
    things = [(PERSON, ("Jona Marsh",)), (PLACE, ("Jona Marsh",)), (FIRM, ("Jona Marsh",))]
    entities = resolve([extracted(str(n), [thing]) for n, thing in enumerate(things)], trade, BASE).entities
    assert len(entities) == 3
    assert len({e.iri for e in entities}) == 3


def test_a_product_and_its_subclass_are_one_and_the_deeper_class_wins_a_tie(trade: Ontology, extracted: Made) -> None:
    one, two = extracted("a", [(PRODUCT, ("Moth 4",))]), extracted("b", [("Vehicle", ("Moth 4",))])
    (moth,) = resolve([one, two], trade, BASE).entities
    assert moth.type == C + "Vehicle"


def test_phrases_of_two_classes_are_two_things(trade: Ontology, extracted: Made) -> None:
    one = extracted("a", [("Technology", ("quiet growth",))])
    two = extracted("b", [("Technology", ("quiet growth",)), (PRODUCT, ("quiet growth",))])
    entities = resolve([one, two], trade, BASE).entities
    assert sorted(e.type.removeprefix(C) for e in entities) == [PRODUCT, "Technology"]


def test_a_statement_that_no_longer_fits_is_dropped_with_its_reason(trade: Ontology, extracted: Made) -> None:
    one = extracted("a", [(FIRM, ("Moth",)), (PRODUCT, ("Drift 5",))], [(0, "produces", 1)])
    two = extracted("b", [(PRODUCT, ("Moth", "Moth 1", "Moth lamp"))])
    found = resolve([one, two], trade, BASE)
    assert not found.statements
    (dropped,) = found.dropped
    assert (dropped.subject, dropped.predicate, dropped.object) == ("Moth", C + "produces", "Drift 5")
    assert dropped.evidence == one.statements[0].evidence
    assert dropped.reason == "the subject has another class over all documents"


def test_a_statement_between_names_of_one_thing_is_dropped(trade: Ontology, extracted: Made) -> None:
    one = extracted("a", [(FIRM, ("Tarnwald",)), (FIRM, ("TWL",))], [(0, "partnerOf", 1)])
    two = extracted("b", [(FIRM, ("Tarnwald", "TWL"))])
    found = resolve([one, two], trade, BASE)
    assert not found.statements
    assert [d.reason for d in found.dropped] == ["subject and object are one thing over all documents"]


def test_surnames_hold_only_inside_a_document(trade: Ontology, extracted: Made) -> None:
    one = extracted("a", [(PERSON, ("Orla Quist", "Quist", "Ms Quist"))])
    two = extracted("b", [(PERSON, ("Jens Quist", "Quist", "Mr Quist"))])
    entities = resolve([one, two], trade, BASE).entities
    assert labels(entities) == {
        "jens-quist": ["Jens Quist", "Mr Quist", "Quist"],
        "orla-quist": ["Orla Quist", "Ms Quist", "Quist"],
    }


def test_persons_known_by_a_short_name_alone_are_not_one(trade: Ontology, extracted: Made) -> None:
    entities = resolve([extracted(d, [(PERSON, ("Quist",))]) for d in "ab"], trade, BASE).entities
    assert len(entities) == 2


def test_a_merge_remembers_the_iris_that_it_replaces(trade: Ontology, extracted: Made) -> None:
    one = extracted("a", [(FIRM, ("Brannock Ferry Line", "BFL"))])
    two = extracted("b", [(FIRM, ("BFL",))])
    (alone,) = resolve([two], trade, BASE).entities
    (merged,) = resolve([one, two], trade, BASE).entities
    assert alone.replaces == ()
    assert merged.replaces == (alone.iri,)


def test_two_letters_do_not_join_two_things(trade: Ontology, extracted: Made) -> None:
    one = extracted("a", [(FIRM, ("Mørk Verft", "MV"))])
    two = extracted("b", [(FIRM, ("Moss Veneer", "MV"))])
    entities = resolve([one, two], trade, BASE).entities
    assert len(entities) == 2


def test_namesakes_have_iris_of_their_own(trade: Ontology, extracted: Made) -> None:
    things = [(FIRM, ("Müller",)), (FIRM, ("Muller",)), (PLACE, ("Muller",))]
    entities = resolve([extracted("a", things)], trade, BASE).entities
    assert {e.iri for e in entities} == {E + "müller", E + "muller", BASE + "place/muller"}


def test_an_iri_does_not_change_when_another_thing_of_its_name_appears(trade: Ontology, extracted: Made) -> None:
    first = extracted("m", [(PLACE, ("Jona Marsh",))])
    (before,) = resolve([first], trade, BASE).entities
    for other in ("a", "z"):
        entities = resolve([first, extracted(other, [(PERSON, ("Jona Marsh",))])], trade, BASE).entities
        (after,) = [e.iri for e in entities if e.type == C + PLACE]
        assert after == before.iri


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Tarnwald GmbH", "tarnwald-gmbh"),
        ("  Mørk & Verft, Inc. ", "mørk-verft-inc"),
        ("Café Niño", "cafe-nino"),
        ("川辺製作所", "川辺製作所"),
        ("№ 5 / 7", "no-5-7"),
        ("…", "thing"),
        ("snake_case", "snake-case"),
        ("x" * 200, "x" * 80),
    ],
)
def test_slugs_can_be_read(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text(max_size=90))
def test_a_slug_is_never_empty_and_holds_no_separator(name: str) -> None:
    made = slug(name)
    assert made
    assert not set(made) & set("/#?%: <>\"'\n\t")
    assert not made.startswith("-")


THINGS = [
    (FIRM, ("Tarnwald GmbH", "Tarnwald")),
    (FIRM, ("Tarnwald", "TW")),
    (FIRM, ("Brannock Ferry Line", "BFL")),
    (FIRM, ("BFL",)),
    (PERSON, ("Orla Quist", "Quist")),
    (PERSON, ("Jens Quist", "Quist")),
    (PLACE, ("Norr",)),
    (PLACE, ("Jona Marsh",)),
    (PERSON, ("Jona Marsh", "Marsh")),
    (PRODUCT, ("Moth 4", "Moth")),
    ("Vehicle", ("Moth 4",)),
    (STRATEGY, ("quiet growth",)),
    (FIRM, ("Müller",)),
    (FIRM, ("Muller",)),
]


@st.composite
def documents(draw: st.DrawFn) -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    """Some documents by id, each with some of the things, none twice in one."""
    ids = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1, max_size=5))
    picks = st.lists(st.sampled_from(range(len(THINGS))), unique=True, max_size=5)
    return [(d, [THINGS[n] for n in draw(picks)]) for d in ids]


Corpus = list[tuple[str, list[tuple[str, tuple[str, ...]]]]]


@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(
    trade: Ontology, extracted: Made, corpus: Corpus, dice: random.Random
) -> None:
    found = [extracted(d, things, [(0, "partnerOf", len(things) - 1)] if things else []) for d, things in corpus]
    shuffled = list(found)
    dice.shuffle(shuffled)
    assert resolve(shuffled, trade, BASE) == resolve(found, trade, BASE)


@given(documents())
def test_resolving_again_gives_the_same_and_loses_nothing(trade: Ontology, extracted: Made, corpus: Corpus) -> None:
    found = [extracted(d, things, [(0, "partnerOf", len(things) - 1)] if things else []) for d, things in corpus]
    made = resolve(found, trade, BASE)
    iris = [e.iri for e in made.entities]
    assert resolve(found, trade, BASE) == made
    assert iris == sorted(set(iris))
    assert sum(len(e.mentions) for e in made.entities) == sum(len(t.mentions) for f in found for t in f.entities)
    assert len(made.statements) + len(made.dropped) == sum(len(f.statements) for f in found)
    assert {s.subject for s in made.statements} | {str(s.object) for s in made.statements} <= set(iris)
    old = [iri for e in made.entities for iri in e.replaces]
    assert len(old) == len(set(old))
    assert not set(old) & set(iris)
    for entity in made.entities:
        assert entity.label not in entity.aliases
        assert list(entity.aliases) == sorted(set(entity.aliases))


@given(documents())
def test_every_statement_fits_the_classes_that_things_have_over_all(
    trade: Ontology, extracted: Made, corpus: Corpus
) -> None:
    found = [extracted(d, things, [(0, "partnerOf", len(things) - 1)] if things else []) for d, things in corpus]
    made = resolve(found, trade, BASE)
    types = {e.iri: e.type for e in made.entities}
    for statement in made.statements:
        prop = trade.properties[statement.predicate]
        assert trade.fits(types[statement.subject], prop.domain)
        assert trade.fits(types[str(statement.object)], prop.range)
        assert statement.subject != statement.object


@given(documents(), st.sampled_from("ijk") | st.just("0"))
def test_an_unrelated_document_changes_no_iri(trade: Ontology, extracted: Made, corpus: Corpus, other: str) -> None:
    found = [extracted(d, things) for d, things in corpus]
    before = resolve(found, trade, BASE).entities
    strangers = extracted(
        other,
        [
            (FIRM, ("Pelikan Oy",)),
            (PERSON, ("Ada Boone", "Quist")),
            (PLACE, ("Fennmoor",)),
            (STRATEGY, ("loud growth",)),
        ],
    )
    after = resolve([*found, strangers], trade, BASE).entities
    places = {(m.document, m.span): e.iri for e in after for m in e.mentions}
    for entity in before:
        assert {places[m.document, m.span] for m in entity.mentions} == {entity.iri}
