from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from msgspec import structs

from kg.model import Entity, Extraction, Statement, Value
from kg.ontology import Ontology
from kg.resolve import resolve, slug
from kg.resolve.names import name_key

BASE = "https://kg.example/"
C = "https://w3id.org/evident-kg/company#"
Made = Callable[..., Extraction]
FIRM, PERSON, PLACE, PRODUCT, STRATEGY = "Organization", "Person", "Place", "Product", "Strategy"


def labels(entities: Sequence[Entity]) -> dict[str, list[str]]:
    return {e.iri.removeprefix(BASE): [e.label.text, *(a.text for a in e.aliases)] for e in entities}


def triples(statements: Sequence[Statement]) -> list[tuple[str, str, str]]:
    return [
        (
            s.subject.removeprefix(BASE),
            s.predicate.removeprefix(C),
            s.object.lexical if isinstance(s.object, Value) else s.object.removeprefix(BASE),
        )
        for s in statements
    ]


def test_one_name_in_two_documents_is_one_thing(trade: Ontology, extracted: Made) -> None:
    one = extracted("a", [(FIRM, ("Tarnwald GmbH", "Tarnwald")), (PRODUCT, ("Moth",))], [(0, "produces", 1)])
    two = extracted("b", [(PLACE, ("Norr",)), (FIRM, ("Tarnwald",))], [(1, "headquarters", 0)])
    found = resolve([one, two], trade, BASE)
    assert labels(found.entities) == {
        "entity/moth": ["Moth"],
        "place/norr": ["Norr"],
        "entity/tarnwald-gmbh": ["Tarnwald GmbH", "Tarnwald"],
    }
    assert triples(found.statements) == [
        ("entity/tarnwald-gmbh", "produces", "entity/moth"),
        ("entity/tarnwald-gmbh", "headquarters", "place/norr"),
    ]
    (firm,) = [e for e in found.entities if e.iri == BASE + "entity/tarnwald-gmbh"]
    texts = {e.id: e.document.text for e in (one, two)}
    assert [(m.document, m.span.of(texts[m.document])) for m in firm.mentions] == [
        ("a", "Tarnwald GmbH"),
        ("a", "Tarnwald"),
        ("b", "Tarnwald"),
    ]


def guessed(made: Extraction) -> Extraction:
    """The same, with classes that are but guesses."""
    return replace(made, entities=tuple(structs.replace(e, firm=False) for e in made.entities))


def test_what_is_only_guessed_follows_what_is_sure_elsewhere(trade: Ontology, extracted: Made) -> None:
    sure = extracted("a", [(PRODUCT, ("Moth",))])
    others = [guessed(extracted(name, [(cls, ("Moth",))])) for name, cls in (("b", PLACE), ("c", FIRM), ("d", FIRM))]
    (entity,) = resolve([sure, *others], trade, BASE).entities
    assert (entity.type, len(entity.mentions)) == (C + PRODUCT, 4)


def test_a_guess_does_not_follow_where_two_kinds_are_sure(trade: Ontology, extracted: Made) -> None:
    sure = [extracted("a", [(PRODUCT, ("Norr",))]), extracted("b", [(PLACE, ("Norr",))])]
    guess = guessed(extracted("c", [(FIRM, ("Norr",))]))
    assert len(resolve([*sure, guess], trade, BASE).entities) == 2


def test_an_alias_in_one_document_leads_to_the_label_in_another(trade: Ontology, extracted: Made) -> None:
    one = extracted("a", [(FIRM, ("Brannock Ferry Line", "BFL"))])
    two = extracted("b", [(FIRM, ("BFL",))])
    entities = resolve([one, two], trade, BASE).entities
    assert labels(entities) == {"entity/brannock-ferry-line": ["Brannock Ferry Line", "BFL"]}


def test_a_person_a_place_and_a_firm_of_one_name_are_three(trade: Ontology, extracted: Made) -> None:
    things = [(PERSON, ("Jona Marsh",)), (PLACE, ("Jona Marsh",)), (FIRM, ("Jona Marsh",))]
    entities = resolve([extracted(str(n), [thing]) for n, thing in enumerate(things)], trade, BASE).entities
    assert {e.iri.removeprefix(BASE): e.type.removeprefix(C) for e in entities} == {
        "entity/jona-marsh": FIRM,
        "person/jona-marsh": PERSON,
        "place/jona-marsh": PLACE,
    }


def test_a_product_and_its_subclass_are_one_and_the_deeper_class_wins_a_tie(trade: Ontology, extracted: Made) -> None:
    one, two = extracted("a", [(PRODUCT, ("Moth 4",))]), extracted("b", [("Vehicle", ("Moth 4",))])
    (moth,) = resolve([one, two], trade, BASE).entities
    assert moth.type == C + "Vehicle"


def test_phrases_of_two_classes_are_two_things(trade: Ontology, extracted: Made) -> None:
    one = extracted("a", [("Technology", ("quiet growth",))])
    two = extracted("b", [("Technology", ("quiet growth",)), (PRODUCT, ("quiet growth",))])
    entities = resolve([one, two], trade, BASE).entities
    assert {e.iri.removeprefix(BASE): e.type.removeprefix(C) for e in entities} == {
        "entity/quiet-growth": PRODUCT,
        "phrase/technology-quiet-growth": "Technology",
    }


def test_a_statement_that_no_longer_fits_is_dropped_with_its_reason(trade: Ontology, extracted: Made) -> None:
    one = extracted("a", [(FIRM, ("Moth",)), (PRODUCT, ("Drift 5",))], [(0, "produces", 1)])
    two = extracted("b", [(PRODUCT, ("Moth", "Moth 1", "Moth lamp"))])
    found = resolve([one, two], trade, BASE)
    assert not found.statements
    (dropped,) = found.dropped["a"]
    assert (dropped.subject, dropped.predicate, dropped.object) == ("Moth", C + "produces", "Drift 5")
    assert dropped.evidence == one.statements[0].evidence
    assert dropped.reason == "over all documents the subject is read as product, the property asks for organization"


def test_a_statement_between_names_of_one_thing_is_dropped(trade: Ontology, extracted: Made) -> None:
    one = extracted("a", [(FIRM, ("Tarnwald",)), (FIRM, ("TWL",))], [(0, "partnerOf", 1)])
    two = extracted("b", [(FIRM, ("Tarnwald", "TWL"))])
    found = resolve([one, two], trade, BASE)
    assert not found.statements
    assert [d.reason for d in found.dropped["a"]] == ["subject and object are one thing over all documents"]


def test_surnames_hold_only_inside_a_document(trade: Ontology, extracted: Made) -> None:
    one = extracted("a", [(PERSON, ("Orla Quist", "Quist", "Ms Quist"))])
    two = extracted("b", [(PERSON, ("Jens Quist", "Quist", "Mr Quist"))])
    entities = resolve([one, two], trade, BASE).entities
    assert labels(entities) == {
        "person/jens-quist": ["Jens Quist", "Mr Quist", "Quist"],
        "person/orla-quist": ["Orla Quist", "Ms Quist", "Quist"],
    }


def test_persons_known_by_a_short_name_alone_are_not_one(trade: Ontology, extracted: Made) -> None:
    one, two = (extracted(d, [(PERSON, ("Quist",))]) for d in "ab")
    iris = {e.iri for e in resolve([one, two], trade, BASE).entities}
    assert len(iris) == 2
    assert all(re.fullmatch(BASE + "person/quist-[0-9a-f]{6}", iri) for iri in iris)
    # The document tells them apart, whatever else is read.
    assert iris == {e.iri for alone in (one, two) for e in resolve([alone], trade, BASE).entities}


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
    assert {e.iri for e in entities} == {BASE + "entity/müller", BASE + "entity/muller", BASE + "place/muller"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Tarnwald GmbH", "tarnwald-gmbh"),
        ("  Mørk & Verft, Inc. ", "mørk-verft-inc"),
        ("The Café Niño", "café-niño"),
        ("Cafe\u0301 Nin\u0303o", "café-niño"),
        ("Norvia's Moth", "norvia-moth"),
        ("Tarnwald S.p.A.", "tarnwald-spa"),
        ("川辺製作所", "川辺製作所"),
        ("№ 5 / 7", "5-7"),
        ("snake_case", "snake-case"),
        ("x" * 80, "x" * 80),
    ],
)
def test_slugs_can_be_read(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize(("name", "other", "readable"), [("…", "?!", "thing"), ("x" * 200, "x" * 201, "x" * 80)])
def test_a_name_without_letters_and_a_very_long_one_are_told_from_others_by_a_hash(
    name: str, other: str, readable: str
) -> None:
    assert re.fullmatch(readable + "-[0-9a-f]{6}", slug(name))
    assert slug(name) != slug(other)


@given(st.text(max_size=90))
def test_a_slug_is_never_empty_and_holds_no_separator(name: str) -> None:
    made = slug(name)
    assert made
    assert not set(made) & set("/#?%: <>\"'\n\t")
    assert made == made.strip("-")
    assert len(made) <= 87


@given(*[st.text("Aath és'.!_-&4", max_size=8) | st.text(max_size=30)] * 2)
@example("A", "A+")
@example("4", "4 ")
def test_two_names_share_a_slug_if_they_are_compared_as_one(one: str, other: str) -> None:
    one, other = (unicodedata.normalize("NFC", name) for name in (one, other))
    assume(all(any(map(str.isalnum, name)) for name in (one, other)))
    assert (slug(one) == slug(other)) == (name_key(one) == name_key(other))


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
    assert len(made.statements) + sum(map(len, made.dropped.values())) == sum(len(f.statements) for f in found)
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


# Names that things of every kind may have, so that a document brings namesakes of other kinds.
NAMES = ("Jona Marsh", "Quist", "Müller", "Muller", "Norr", "quiet growth", "Orla Quist", "Moth 4", "BFL")
KINDS = {FIRM: "name", PRODUCT: "name", STRATEGY: "name", PERSON: PERSON, PLACE: PLACE, "Technology": "Technology"}
Thing = tuple[str, tuple[str, ...]]
named_things = st.tuples(
    st.sampled_from(sorted(KINDS)), st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True).map(tuple)
)


def related(one: Thing, other: Thing) -> bool:
    """Whether the two, of two documents, may be one thing: the kind is the same and a name, of persons the full one."""

    def relating(thing: Thing) -> set[str]:
        cls, names = thing
        return {name for name in names[:1] if " " in name} if cls == PERSON else set(names)

    return KINDS[one[0]] == KINDS[other[0]] and bool(relating(one) & relating(other))


@given(
    st.lists(st.lists(named_things, max_size=4), min_size=1, max_size=4),
    st.lists(st.lists(named_things, min_size=1, max_size=4), min_size=1, max_size=3),
    st.randoms(use_true_random=False),
)
def test_unrelated_documents_change_no_iri(
    trade: Ontology, extracted: Made, corpus: list[list[Thing]], others: list[list[Thing]], dice: random.Random
) -> None:
    known = [thing for things in corpus for thing in things]
    found = [extracted(f"m{n}", things) for n, things in enumerate(corpus)]
    before = resolve(found, trade, BASE).entities
    strangers = [
        extracted(f"{dice.choice('az')}{n}", [t for t in things if not any(related(t, k) for k in known)])
        for n, things in enumerate(others)
    ]
    after = resolve([*found, *strangers], trade, BASE).entities
    assert len({e.iri for e in after}) == len(after)
    assert set(before) == {
        structs.replace(e, replaces=was.replaces) for e in after for was in before if e.mentions == was.mentions
    }


@given(st.lists(named_things, min_size=1, max_size=4), st.lists(named_things, max_size=4))
def test_an_iri_that_a_merge_replaced_is_kept_unless_it_names_another_thing(
    trade: Ontology, extracted: Made, things: list[Thing], others: list[Thing]
) -> None:
    one, two = extracted("a", things), extracted("b", others)
    entities = resolve([one, two], trade, BASE).entities
    kept = {e.iri for e in entities} | {iri for e in entities for iri in e.replaces}
    for alone in (one, two):
        assert {e.iri for e in resolve([alone], trade, BASE).entities} <= kept
