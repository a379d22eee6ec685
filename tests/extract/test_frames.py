from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kg.annotate import Annotator
from kg.extract import RuleExtractor
from kg.extract.frames import Compiled, compile_frames
from kg.extract.match import Index
from kg.extract.propositions import propositions
from kg.model import Annotation, Parse
from kg.ontology import Ontology, load

Trees = Callable[[str], Parse]
HEAD = """
@prefix : <https://kg.example/orchard#> .
@prefix kgv: <https://w3id.org/evident-kg/vocab#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Orchard a owl:Class ; rdfs:label "orchard" .
:Cider a owl:Class ; rdfs:label "cider" ; kgv:mentionedAs kgv:Name .
:DryCider a owl:Class ; rdfs:subClassOf :Cider ; rdfs:label "dry cider" .
"""
PRESSES = ':presses a owl:ObjectProperty ; rdfs:label "juice" ; rdfs:domain :Orchard ; rdfs:range :Cider'
IT_PRESSES = """
It it PRP nsubj 1
presses press VBZ ROOT 1
Quorex quorex NNP dobj 1
. . . punct 1
"""


@pytest.fixture
def orchard(tmp_path: Path) -> Callable[[str], Ontology]:
    """A small ontology with the classes Orchard, Cider and DryCider."""

    def make(properties: str) -> Ontology:
        path = tmp_path / "orchard.ttl"
        path.write_text(HEAD + properties, encoding="utf-8")
        return load([path])

    return make


def named(ontology: Ontology, local: str) -> str:
    return next(iri for iri in ontology.properties if iri.endswith("#" + local))


def read_as(compiled: Compiled, parse: Parse) -> set[tuple[str, str, str]]:
    graph = propositions(parse)
    words = parse.words
    return {
        (m.frame.predicate.rpartition("#")[2], words[m.subject], words[m.object])
        for m in Index(compiled.frames).matches(graph)
    }


def test_a_phrase_is_read_as_a_sentence_with_example_words(orchard: Callable[[str], Ontology], tree: Trees) -> None:
    asked: list[str] = []

    def parse(texts: Sequence[str]) -> list[Parse]:
        asked.extend(texts)
        return [tree(IT_PRESSES) for _ in texts]

    compiled = compile_frames(orchard(PRESSES + ' ; kgv:phrase "?s presses ?o" .'), parse)
    assert asked[0] == "It presses Quorex."
    first = compiled.frames[0]
    assert (first.fill, {(s.role, s.fill) for s in first.steps}) == ("press", {("obj", "?o"), ("subj", "?s")})
    assert first.forward
    assert compiled.failed == ()


def test_a_phrase_whose_slots_are_not_joined_fails_with_a_reason(
    orchard: Callable[[str], Ontology], tree: Trees
) -> None:
    broken = IT_PRESSES.replace("dobj 1", "dep 1")
    compiled = compile_frames(
        orchard(PRESSES + ' ; kgv:phrase "?s presses ?o" .'), lambda texts: [tree(broken) for _ in texts]
    )
    assert [(phrase, "not connected" in reason) for _, phrase, reason in compiled.failed] == [("?s presses ?o", True)]


def test_a_phrase_with_a_word_that_is_not_joined_fails_with_the_word(
    orchard: Callable[[str], Ontology], tree: Trees
) -> None:
    loose = """
    It it PRP nsubj 1
    presses press VBZ ROOT 1
    Quorex quorex NNP dobj 1
    overnight overnight RB dep 1
    . . . punct 1
    """
    compiled = compile_frames(
        orchard(PRESSES + ' ; kgv:phrase "?s presses ?o overnight" .'), lambda texts: [tree(loose) for _ in texts]
    )
    assert [(phrase, "'overnight'" in reason) for _, phrase, reason in compiled.failed] == [
        ("?s presses ?o overnight", True)
    ]


@pytest.mark.model
class TestWithTheModel:
    def test_all_shipped_phrases_compile(self, extractor: RuleExtractor) -> None:
        assert extractor.compiled.failed == ()

    def test_every_shipped_property_has_a_frame(self, extractor: RuleExtractor, ontology: Ontology) -> None:
        assert {f.predicate for f in extractor.compiled.frames} == set(ontology.properties)

    def test_every_frame_asks_for_classes_of_its_property(self, extractor: RuleExtractor, ontology: Ontology) -> None:
        for frame in extractor.compiled.frames:
            prop = ontology.properties[frame.predicate]
            assert all(ontology.fits(cls, prop.domain) for cls in frame.domain), frame.phrase
            assert all(ontology.fits(cls, prop.range) for cls in frame.range), frame.phrase

    def test_compiling_twice_gives_the_same(
        self, extractor: RuleExtractor, ontology: Ontology, annotator: Annotator
    ) -> None:
        assert compile_frames(ontology, annotator.phrases) == extractor.compiled

    def test_one_phrase_covers_its_grammatical_forms(
        self, orchard: Callable[[str], Ontology], annotator: Annotator
    ) -> None:
        compiled = compile_frames(orchard(PRESSES + ' ; kgv:phrase "?s presses ?o" .'), annotator.phrases)
        for text in (
            "Hollinor pressed Amberley.",
            "Amberley was pressed by Hollinor.",
            "Hollinor has pressed Amberley since 2012.",
            "Amberley, pressed by Hollinor, is dry.",
            "Amberley, which Hollinor pressed, is dry.",
            "Hollinor, which presses Amberley, grew.",
            "Hollinor began to press Amberley.",
            "Hollinor grew apples and pressed Amberley.",
        ):
            assert ("presses", "Hollinor", "Amberley") in read_as(compiled, annotator.phrases([text])[0]), text

    @pytest.mark.parametrize(
        "phrase", ["?s presses cider", "?o is pressed", "?s and ?s press ?o", "?s and ?o press ?o"]
    )
    def test_a_phrase_needs_both_slots_once(
        self, orchard: Callable[[str], Ontology], annotator: Annotator, phrase: str
    ) -> None:
        compiled = compile_frames(orchard(f'{PRESSES} ; kgv:phrase "{phrase}" .'), annotator.phrases)
        assert [(failed, reason) for _, failed, reason in compiled.failed] == [(phrase, "it needs ?s and ?o once each")]

    def test_a_class_behind_a_slot_narrows_the_frame(
        self, orchard: Callable[[str], Ontology], annotator: Annotator
    ) -> None:
        ontology = orchard(PRESSES + ' ; kgv:phrase "?s ferments ?o:DryCider" .')
        frame = next(f for f in compile_frames(ontology, annotator.phrases).frames if f.fill == "ferment")
        assert {ontology.classes[iri].local for iri in frame.domain} == {"Orchard"}
        assert {ontology.classes[iri].local for iri in frame.range} == {"DryCider"}

    def test_a_label_is_a_wording_of_its_own(self, orchard: Callable[[str], Ontology], annotator: Annotator) -> None:
        nouns = orchard(':steward a owl:ObjectProperty ; rdfs:label "steward" ; rdfs:domain :Orchard .')
        compiled = compile_frames(nouns, annotator.phrases)
        for text in ("Hollinor's steward is Amberley.", "Amberley is the steward of Hollinor."):
            assert ("steward", "Hollinor", "Amberley") in read_as(compiled, annotator.phrases([text])[0]), text
        verbs = orchard(':plantedBy a owl:ObjectProperty ; rdfs:label "planted by" .')
        compiled = compile_frames(verbs, annotator.phrases)
        assert ("plantedBy", "Hollinor", "Amberley") in read_as(
            compiled, annotator.phrases(["Hollinor was planted by Amberley."])[0]
        )

    def test_a_label_that_makes_no_frame_is_no_failure(
        self, orchard: Callable[[str], Ontology], annotator: Annotator
    ) -> None:
        assert compile_frames(orchard(PRESSES + " ."), annotator.phrases).failed == ()

    def test_the_phrases_of_an_inverse_property_are_turned_round(
        self, orchard: Callable[[str], Ontology], annotator: Annotator
    ) -> None:
        ontology = orchard(
            PRESSES + ' ; kgv:phrase "?s presses ?o" .\n:madeAt a owl:ObjectProperty ; owl:inverseOf :presses .'
        )
        found = read_as(
            compile_frames(ontology, annotator.phrases), annotator.phrases(["Hollinor pressed Amberley in May."])[0]
        )
        assert {("presses", "Hollinor", "Amberley"), ("madeAt", "Amberley", "Hollinor")} <= found

    def test_anything_may_stand_at_a_star(self, orchard: Callable[[str], Ontology], annotator: Annotator) -> None:
        ontology = orchard(PRESSES + ' ; kgv:phrase "?s presses * for ?o" .')
        compiled = compile_frames(ontology, annotator.phrases)
        assert ("presses", "Hollinor", "Amberley") in read_as(
            compiled, annotator.phrases(["Hollinor pressed apples for Amberley."])[0]
        )
        assert read_as(compiled, annotator.phrases(["Hollinor worked for Amberley."])[0]) == set()

    def test_any_verb_may_stand_at_two_stars(self, orchard: Callable[[str], Ontology], annotator: Annotator) -> None:
        ontology = orchard(PRESSES + ' ; kgv:phrase "?s ** with the aim of ?o" .')
        compiled = compile_frames(ontology, annotator.phrases)
        for text in ("Hollinor grew with the aim of renewal.", "Hollinor planted trees with the aim of renewal."):
            assert ("presses", "Hollinor", "renewal") in read_as(compiled, annotator.phrases([text])[0]), text

    def test_a_verb_phrase_stands_for_do(self, orchard: Callable[[str], Ontology], annotator: Annotator) -> None:
        ontology = orchard(PRESSES + ' ; kgv:phrase "?s aims to do ?o" .')
        compiled = compile_frames(ontology, annotator.phrases)
        found = read_as(compiled, annotator.phrases(["Hollinor aims to cut waste."])[0])
        assert found == {("presses", "Hollinor", "cut")}
        assert read_as(compiled, annotator.phrases(["Hollinor hopes to cut waste."])[0]) == set()

    def test_a_relation_asks_for_the_classes_of_its_wording(
        self, extractor: RuleExtractor, annotate: Callable[[str], Annotation]
    ) -> None:
        frames = {(f.predicate, f.phrase): f for f in extractor.compiled.frames}
        relations, _ = extractor.extract(annotate("Norvia makes the Tarnel 300, which has a seat of recycled oak."))
        assert relations
        for relation in relations:
            frame = frames[relation.predicate, relation.rule.partition(" [")[0]]
            assert (relation.domain, relation.range) == (frame.domain, frame.range)

    def test_a_decimal_property_takes_fractions_and_whole_numbers(
        self, orchard: Callable[[str], Ontology], annotate: Callable[[str], Annotation], annotator: Annotator
    ) -> None:
        ontology = orchard(
            ':size a owl:DatatypeProperty ; rdfs:range xsd:decimal ; kgv:phrase "?s covers ?o hectares" .\n'
            ':trees a owl:DatatypeProperty ; rdfs:range xsd:integer ; kgv:phrase "?s has ?o trees" .'
        )
        extractor = RuleExtractor(ontology, annotator.phrases)
        relations, _ = extractor.extract(
            annotate("Hollinor covers 12.5 hectares. Amberley covers 12 hectares. Hollinor has 420 trees.")
        )
        assert {
            (r.subject.surface, r.predicate.rpartition("#")[2], r.object.value.lexical, r.object.value.datatype)
            for r in relations
            if r.object.value
        } == {
            ("Hollinor", "size", "12.5", "decimal"),
            ("Amberley", "size", "12", "integer"),
            ("Hollinor", "trees", "420", "integer"),
        }

    def test_a_value_of_another_property_may_stand_in_a_phrase(self, extractor: RuleExtractor) -> None:
        fills = {s.fill for f in extractor.compiled.frames for s in f.steps} | {
            f.fill for f in extractor.compiled.frames
        }
        assert "?jobTitle" in fills
        assert not any(fill.startswith("?") and fill not in ("?s", "?o", "?jobTitle") for fill in fills)

    def test_predicates_are_properties(self, orchard: Callable[[str], Ontology], annotator: Annotator) -> None:
        ontology = orchard(PRESSES + ' ; kgv:phrase "?s presses ?o" .')
        assert {f.predicate for f in compile_frames(ontology, annotator.phrases).frames} == {named(ontology, "presses")}
