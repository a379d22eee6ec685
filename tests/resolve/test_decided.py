"""What decisions do to entities and statements."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from kg.decisions import Accept, Apart, Decision, Merge, New, Reject, Relate, Rename, Retype, Split
from kg.model import Evidence, Extraction, Label, LocalEntity, Span, Value
from kg.ontology import Ontology
from kg.resolve import Resolution, resolve

BASE = "https://kg.example/"
C = "https://w3id.org/evident-kg/company#"
E = BASE + "entity/"
Made = Callable[..., Extraction]
FIRM, PRODUCT, PLACE = "Organization", "Product", "Place"


@pytest.fixture(scope="module")
def corpus(extracted: Made) -> list[Extraction]:
    """Two firms of similar names that make lamps, in three documents."""
    return [
        extracted("a", [(FIRM, ("Tarnwald GmbH", "Tarnwald")), (PRODUCT, ("Moth",))], [(0, "produces", 1)]),
        extracted("b", [(FIRM, ("Tarnwald Works",)), (PRODUCT, ("Owl",))], [(0, "produces", 1)]),
        extracted("c", [(FIRM, ("Tarnwald",)), (PLACE, ("Norr",))], [(0, "headquarters", 1)]),
    ]


def names(found: Resolution) -> dict[str, list[str]]:
    return {e.iri.removeprefix(BASE): [e.label.text, *(a.text for a in e.aliases)] for e in found.entities}


def triples(found: Resolution) -> set[tuple[str, str, str]]:
    return {
        (
            s.subject.removeprefix(BASE),
            s.predicate.removeprefix(C),
            s.object.lexical if isinstance(s.object, Value) else s.object.removeprefix(BASE),
        )
        for s in found.statements
    }


def reasons(found: Resolution) -> list[str]:
    return [outcome.reason for outcome in found.outcomes]


def test_merged_entities_are_one_and_the_old_iri_is_told(corpus: list[Extraction], trade: Ontology) -> None:
    found = resolve(corpus, trade, BASE, [Merge((E + "tarnwald-gmbh", E + "tarnwald-works"))])
    assert names(found)["entity/tarnwald-works"] == ["Tarnwald Works", "Tarnwald", "Tarnwald GmbH"]
    assert "entity/tarnwald-gmbh" not in names(found)
    (firm,) = [e for e in found.entities if e.iri == E + "tarnwald-works"]
    assert set(firm.replaces) == {E + "tarnwald-gmbh", E + "tarnwald"}
    assert triples(found) == {
        ("entity/tarnwald-works", "produces", "entity/moth"),
        ("entity/tarnwald-works", "produces", "entity/owl"),
        ("entity/tarnwald-works", "headquarters", "place/norr"),
    }
    assert reasons(found) == [""]


def test_kept_apart_they_are_never_one_whatever_they_share(corpus: list[Extraction], trade: Ontology) -> None:
    assert "entity/tarnwald" not in names(resolve(corpus, trade, BASE))
    found = resolve(corpus, trade, BASE, [Apart((E + "tarnwald-gmbh", E + "tarnwald"))])
    assert names(found)["entity/tarnwald-gmbh"] == ["Tarnwald GmbH", "Tarnwald"]
    assert names(found)["entity/tarnwald"] == ["Tarnwald"]
    assert ("entity/tarnwald", "headquarters", "place/norr") in triples(found)


def test_the_later_of_two_that_contradict_each_other_wins(corpus: list[Extraction], trade: Ontology) -> None:
    a, b, c = E + "tarnwald-gmbh", E + "tarnwald-works", E + "tarnwald"
    found = resolve(corpus, trade, BASE, [Apart((a, b)), Merge((a, c)), Merge((c, b))])
    assert reasons(found) == ["a later decision says otherwise, or it names one thing twice", "", ""]
    assert len([e for e in found.entities if "tarnwald" in e.iri]) == 1
    found = resolve(corpus, trade, BASE, [Merge((a, c)), Merge((c, b)), Apart((a, b))])
    assert reasons(found) == ["a later decision says otherwise, or it names one thing twice", "", ""]
    assert len([e for e in found.entities if "tarnwald" in e.iri]) == 2


def test_what_one_document_means_is_split_off(corpus: list[Extraction], trade: Ontology) -> None:
    found = resolve(corpus, trade, BASE, [Split(E + "tarnwald-gmbh", ("c",))])
    (part,) = found.outcomes[0].entities
    assert part.startswith(E + "tarnwald-gmbh-")
    assert names(found)[part.removeprefix(BASE)] == ["Tarnwald"]
    assert (part.removeprefix(BASE), "headquarters", "place/norr") in triples(found)
    renamed = resolve(corpus, trade, BASE, [Split(E + "tarnwald-gmbh", ("c",)), Rename(part, "Tarnwald (Norr)")])
    assert names(renamed)[part.removeprefix(BASE)] == ["Tarnwald (Norr)", "Tarnwald"]


def test_what_only_one_name_means_is_split_off(extracted: Made, trade: Ontology) -> None:
    text = "Moth Lamps makes Owl. Moth is based in Norr."
    whole = [Span(0, 21), Span(22, len(text))]
    made = extracted("d", [(FIRM, ("Moth Lamps", "Moth")), (PRODUCT, ("Owl",)), (PLACE, ("Norr",))])
    firm = LocalEntity(C + FIRM, (Label("Moth Lamps"), Label("Moth")), (Span(0, 10), Span(22, 26)), (True, True))
    statements = [
        structs.replace(s, evidence=Evidence(span, span.of(text), span))
        for s, span in zip(
            extracted(
                "d",
                [(FIRM, ("Moth",)), (PRODUCT, ("Owl",)), (PLACE, ("Norr",))],
                [(0, "produces", 1), (0, "headquarters", 2)],
            ).statements,
            whole,
            strict=True,
        )
    ]
    document = replace(made.document, text=text)
    divided = replace(
        made,
        document=document,
        sentences=tuple(whole),
        entities=(firm, *made.entities[1:]),
        statements=tuple(statements),
    )
    found = resolve([divided], trade, BASE, [Split(E + "moth-lamps", names=("Moth",))])
    (part,) = found.outcomes[0].entities
    assert triples(found) == {
        ("entity/moth-lamps", "produces", "entity/owl"),
        (part.removeprefix(BASE), "headquarters", "place/norr"),
    }
    assert names(found)["entity/moth-lamps"] == ["Moth Lamps"]


def test_what_is_split_off_is_not_joined_again_for_being_alike(corpus: list[Extraction], trade: Ontology) -> None:
    split = Split(E + "tarnwald-gmbh", ("c",))
    found = resolve(corpus, trade, BASE, [split], merge=0.3)
    (part,) = found.outcomes[0].entities
    assert (part.removeprefix(BASE), "headquarters", "place/norr") in triples(found)
    joined = resolve(corpus, trade, BASE, [split, Merge((part, E + "tarnwald-gmbh"))], merge=0.3)
    assert reasons(joined) == ["", ""]
    assert len([e for e in joined.entities if "tarnwald" in e.iri]) == len(
        [e for e in found.entities if "tarnwald" in e.iri and e.iri != part]
    )


def test_names_and_classes_are_as_decided_and_iris_stay(corpus: list[Extraction], trade: Ontology) -> None:
    decided: list[Decision] = [Rename(E + "owl", "The Owl"), Retype(E + "owl", C + "Vehicle")]
    found = resolve(corpus, trade, BASE, decided)
    (owl,) = [e for e in found.entities if e.iri == E + "owl"]
    assert (owl.label.text, owl.aliases, owl.type) == ("The Owl", (Label("Owl"),), C + "Vehicle")
    unknown = resolve(corpus, trade, BASE, [Retype(E + "owl", C + "Spaceship")])
    assert reasons(unknown) == [f"the ontology has no class <{C}Spaceship>"]


def test_a_class_that_does_not_fit_drops_what_was_said_of_it(corpus: list[Extraction], trade: Ontology) -> None:
    found = resolve(corpus, trade, BASE, [Retype(E + "owl", C + PLACE)])
    assert not [t for t in triples(found) if "entity/owl" in t]
    assert "the property asks for" in found.dropped["b"][0].reason


def test_a_rejected_statement_is_dropped_with_who_and_why(corpus: list[Extraction], trade: Ontology) -> None:
    sentence = corpus[0].sentences[0].of(corpus[0].document.text)
    verdict = Reject(E + "tarnwald-gmbh", C + "produces", E + "moth", "a", f"  {sentence}\n", who="ann", why="a typo")
    found = resolve(corpus, trade, BASE, [verdict])
    assert ("entity/tarnwald-gmbh", "produces", "entity/moth") not in triples(found)
    assert [(d.subject, d.object, d.reason) for d in found.dropped["a"]] == [
        ("Tarnwald GmbH", "Moth", "rejected by ann: a typo")
    ]
    assert len(found.outcomes[0].statements) == 1


def test_a_verdict_outlives_a_merge_and_a_longer_document(
    corpus: list[Extraction], extracted: Made, trade: Ontology
) -> None:
    verdict = Reject(E + "tarnwald-gmbh", C + "produces", E + "moth", "a")
    more = extracted("d", [(FIRM, ("Tarnwald GmbH & Co Lamp Works", "Tarnwald GmbH"))])
    found = resolve([*corpus, more], trade, BASE, [verdict])
    assert "entity/tarnwald-gmbh" not in names(found)
    assert reasons(found) == [""]
    assert not [t for t in triples(found) if t[2] == "entity/moth"]


def test_an_accepted_statement_is_sure_and_says_who_accepted_it(corpus: list[Extraction], trade: Ontology) -> None:
    verdict = Accept(E + "tarnwald-works", C + "produces", E + "owl")
    found = resolve(corpus, trade, BASE, [verdict])
    (statement,) = [s for s in found.statements if s.document == "b"]
    assert (statement.confidence, statement.decision) == (1.0, verdict.id)


def test_a_verdict_on_the_sentence_goes_before_one_on_the_fact(corpus: list[Extraction], trade: Ontology) -> None:
    sentence = corpus[1].sentences[0].of(corpus[1].document.text)
    fact = (E + "tarnwald-works", C + "produces", E + "owl")
    verdicts: list[Decision] = [Accept(*fact, "b", sentence), Reject(*fact)]
    for decided in (verdicts, verdicts[::-1]):
        found = resolve(corpus, trade, BASE, decided)
        assert [s.confidence for s in found.statements if s.document == "b"] == [1.0]
        assert sorted(reasons(found)) == ["", "no statement says so any more"]


def test_a_symmetric_fact_is_rejected_either_way_round(extracted: Made, trade: Ontology) -> None:
    made = [extracted("a", [(FIRM, ("Ark",)), (FIRM, ("Bow",))], [(1, "partnerOf", 0)])]
    for ends in ((E + "ark", E + "bow"), (E + "bow", E + "ark")):
        assert resolve(made, trade, BASE, [Reject(ends[0], C + "partnerOf", ends[1])]).statements == []


def test_numbers_are_the_same_however_they_are_written(extracted: Made, trade: Ontology) -> None:
    made = [extracted("a", [(PRODUCT, ("Ark",))], [(0, "price", Value("12.50", "decimal"))])]
    assert resolve(made, trade, BASE, [Reject(E + "ark", C + "price", "12.5")]).statements == []


def test_a_target_that_is_gone_is_told(corpus: list[Extraction], trade: Ontology) -> None:
    gone = E + "nobody"
    decided: list[Decision] = [
        Merge((gone, E + "owl")),
        Apart((E + "owl", gone)),
        Split(gone, ("a",)),
        Split(E + "owl", ("zzz",)),
        Rename(gone, "x"),
        Retype(gone, C + FIRM),
        Reject(gone, C + "produces", E + "owl", "a"),
        Relate(gone, C + "produces", E + "owl", source="x"),
        Relate(E + "owl", C + "eats", E + "moth", source="x"),
        Relate(E + "tarnwald-works", C + "produces", E + "moth", document="zzz", sentence="x"),
        Relate(E + "tarnwald-works", C + "produces", E + "moth", document="b", sentence="x"),
        Relate(E + "owl", C + "produces", E + "moth", source="x"),
    ]
    found = resolve(corpus, trade, BASE, decided)
    plain = resolve(corpus, trade, BASE)
    assert [outcome.decision for outcome in found.outcomes] == decided
    assert all(reasons(found))
    assert (found.entities, found.statements) == (plain.entities, plain.statements)


def test_a_fact_by_hand_has_its_source_for_evidence(corpus: list[Extraction], trade: Ontology) -> None:
    first = Relate(E + "tarnwald-works", C + "produces", E + "moth", source="catalogue,\n page 3")
    second = Relate(E + "tarnwald-works", C + "foundingDate", "1911", "gYear", source="register of firms")
    found = resolve(corpus, trade, BASE, [first, second])
    assert found.sources is not None
    assert found.sources.document.text == "catalogue, page 3\nregister of firms"
    made = [s for s in found.statements if s.document == found.sources.document.id]
    assert [s.evidence.quote for s in made] == ["catalogue, page 3", "register of firms"]
    assert all(s.evidence.span.of(found.sources.document.text) == s.evidence.quote for s in made)
    assert {(s.rule, s.decision) for s in made} == {("decision: relate", first.id), ("decision: relate", second.id)}


def test_a_fact_by_hand_may_stand_on_a_sentence_and_bring_a_thing(corpus: list[Extraction], trade: Ontology) -> None:
    sentence = corpus[1].sentences[0].of(corpus[1].document.text)
    new = New(BASE + "added/heron", "Heron", C + PRODUCT)
    decided = Relate(
        E + "tarnwald-works", C + "produces", new.iri, document="b", sentence=sentence.replace(" ", "\n"), new=(new,)
    )
    found = resolve(corpus, trade, BASE, [decided])
    assert found.sources is None
    (statement,) = [s for s in found.statements if s.object == new.iri]
    assert (statement.document, statement.evidence.quote) == ("b", sentence)
    assert names(found)["added/heron"] == ["Heron"]


IRIS = [E + name for name in ("tarnwald-gmbh", "tarnwald", "tarnwald-works", "moth", "owl", "nobody")]
iris = st.sampled_from(IRIS)
pairs = st.lists(iris, min_size=2, max_size=3, unique=True).map(tuple)
decided_lists = st.lists(
    st.one_of(
        st.builds(Merge, pairs),
        st.builds(Apart, pairs),
        st.builds(Split, iris, st.sampled_from([("a",), ("c",), ("b", "c")])),
        st.builds(Split, iris, st.just(()), st.sampled_from([("Tarnwald",), ("Moth",)])),
        st.builds(Rename, iris, st.sampled_from(["X", "Owl"])),
        st.builds(Retype, iris, st.sampled_from([C + FIRM, C + PLACE, C + PRODUCT])),
        st.builds(Reject, iris, st.just(C + "produces"), iris),
        st.builds(Relate, iris, st.just(C + "produces"), iris, st.none(), st.just("s")),
    ),
    max_size=6,
    unique_by=lambda decision: decision.target,
)


@settings(max_examples=300)
@given(decided_lists, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter_and_nothing_is_lost(
    corpus: list[Extraction], trade: Ontology, decided: Sequence[Decision], shuffle: random.Random
) -> None:
    found = resolve(corpus, trade, BASE, decided)
    shuffled = resolve(shuffle.sample(corpus, len(corpus)), trade, BASE, decided)
    assert (found.entities, found.statements, found.outcomes) == (
        shuffled.entities,
        shuffled.statements,
        shuffled.outcomes,
    )
    assert len({e.iri for e in found.entities}) == len(found.entities)
    assert sorted(map(id, decided)) == sorted(id(outcome.decision) for outcome in found.outcomes)
    mentions = [(m.document, m.span) for e in found.entities for m in e.mentions]
    assert sorted(mentions) == sorted((x.document.id, s) for x in corpus for e in x.entities for s in e.mentions)
    for outcome in found.outcomes:
        decision = outcome.decision
        if isinstance(decision, Apart) and not outcome.reason:
            assert len(outcome.entities) == len(decision.entities)
        if isinstance(decision, Merge) and not outcome.reason:
            assert len(outcome.entities) == 1
