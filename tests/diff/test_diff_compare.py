"""What came, went and changed, and the cause that is told for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.diff import Change, Changes, Difference, diff, only
from tests.diff.small import ONTOLOGY, E, Small, X

YARD = Small({"yard": ["Ann makes boats", "Ann knows Bo"], "mill": ["Bo makes flour"]})


def compared(a: Small, b: Small, folder: Path) -> Difference:
    return diff(a.graph(folder, "a"), b.graph(folder, "b"))


def kinds(changes: Changes[Any]) -> list[tuple[str, ...]]:
    return [tuple(cause.kind for cause in change.causes) for change in changes]


def locals_of(side: tuple[Any, ...]) -> list[str]:
    return [thing.iri.removeprefix(E) for thing in side]


def test_a_graph_does_not_differ_from_itself(tmp_path: Path) -> None:
    found = compared(YARD, YARD, tmp_path)
    assert len(found) == 0
    assert found.made_with == ()


def test_a_document_that_came_is_the_cause_of_what_it_says(tmp_path: Path) -> None:
    after = YARD.but(texts={**YARD.texts, "news": ["Cy makes sails"]})
    found = compared(YARD, after, tmp_path)
    assert [c.after for c in found.documents.added] == [("news",)]
    assert [locals_of(c.after) for c in found.entities.added] == [["cy"], ["sails"]]
    (fact,) = found.facts.added
    assert fact.after == ((E + "cy", X + "makes", E + "sails"),)
    assert [(r.document, r.begin, r.quote) for r in fact.evidence] == [("news", 0, "Cy makes sails")]
    assert {cause.detail for change in found.entities.added for cause in change.causes} == {"news added"}
    assert not found.facts.removed
    assert kinds(found.statements) == [("document",)]


def test_words_put_before_a_sentence_change_nothing_in_it(tmp_path: Path) -> None:
    after = YARD.but(texts={**YARD.texts, "mill": ["Cy knows Di", "Bo makes flour"]})
    found = compared(YARD, after, tmp_path)
    assert [c.after for c in found.documents.changed] == [("mill",)]
    assert len(found.statements) == len(found.statements.added) == 1
    assert found.statements.added[0].causes[0].detail == "mill changed"


def test_another_stance_is_a_change_and_takes_the_fact(tmp_path: Path) -> None:
    after = YARD.but(texts={**YARD.texts, "mill": ["Bo makes flour/denied"]})
    found = compared(YARD, after, tmp_path)
    assert [(c.fields, c.before[0].stance, c.after[0].stance) for c in found.statements.changed] == [
        (("stance",), "asserted", "denied")
    ]
    assert len(found.statements) == len(found.facts) == 1
    (gone,) = found.facts.removed
    assert gone.evidence[0].quote == "Bo makes flour"
    # The words are the same, so the digest is: only what read them can have changed, and nothing tells what.
    assert gone.causes == found.statements.changed[0].causes


def test_another_confidence_alone_is_a_change_of_the_statement_alone(tmp_path: Path) -> None:
    found = compared(YARD, YARD.but(confidence=0.5), tmp_path)
    assert {c.fields for c in found.statements.changed} == {("confidence",)}
    assert len(found) == len(found.statements.changed) == 3


@pytest.mark.parametrize(
    ("change", "kind", "detail"),
    [
        ({"ontology": ONTOLOGY.replace('"knows"', '"knows well"')}, "ontology", "knows told differently"),
        ({"extractor": "rules-2"}, "model", "rules-1 only before"),
        ({"learned": True}, "model", "rules-1 → learned-1, rules-1"),
        ({"model": "large"}, "model", "small → large"),
        ({"code": "2"}, "code", "kg itself reads differently"),
        ({"decisions": {"1": ("reject", ("ann", "bo"))}}, "decision", "reject 1 made"),
        ({"decisions": {"1": ("reject", ("ann", "boats"))}}, "other", "the graphs do not tell"),
        ({"decisions": {"1": ("retype", ("bo",))}}, "decision", "retype 1 made"),
        ({}, "other", "the graphs do not tell"),
    ],
)
def test_the_cause_of_a_statement_that_went(change: dict[str, Any], kind: str, detail: str, tmp_path: Path) -> None:
    before = YARD.graph(tmp_path)
    after = YARD.but(**change).graph(tmp_path)
    lost = next(iri for iri, record in after.records.items() if record.predicate == X + "knows")
    records = {iri: record for iri, record in after.records.items() if iri != lost}
    facts = frozenset(fact for fact in after.facts if fact.predicate != X + "knows")

    found = diff(before, replace(after, records=records, facts=facts))
    (gone,) = found.statements.removed
    assert [(cause.kind, cause.detail) for cause in gone.causes] == [(kind, detail)]
    assert [change.causes for change in found.facts.removed] == [gone.causes]


def test_a_property_that_the_ontology_lost(tmp_path: Path) -> None:
    shorter = "\n".join(line for line in ONTOLOGY.splitlines() if not line.startswith("x:knows"))
    after = YARD.but(texts={**YARD.texts, "yard": ["Ann makes boats"]}, ontology=shorter)
    before = YARD.but(texts={**YARD.texts, "yard": ["Ann makes boats", "Ann knows Bo"]})
    found = compared(before, after, tmp_path)
    told = {cause.kind for change in found.statements.removed for cause in change.causes}
    assert told == {"document"}  # the sentence is gone, which is nearer than the ontology
    graph = YARD.graph(tmp_path)

    kept = {iri: r for iri, r in graph.records.items() if r.predicate != X + "knows"}
    lost = replace(graph, records=kept, ontology=YARD.but(ontology=shorter).graph(tmp_path).ontology)
    (gone,) = diff(graph, lost).statements.removed
    assert gone.causes[0].detail == "knows not in it any more"
    assert diff(lost, graph).statements.added[0].causes[0].detail == "knows not in it before"


def test_a_merge_takes_facts_with_it(tmp_path: Path) -> None:
    apart = Small({"a": ["Ann makes boats", "Annie makes sails"], "b": ["Annie knows Bo"]})
    one = apart.but(called={"Annie": "ann"}, replaced={"annie": "ann"})
    found = compared(apart, one, tmp_path)
    (merged,) = found.entities.merged
    assert (locals_of(merged.before), locals_of(merged.after)) == (["ann", "annie"], ["ann"])
    assert not found.facts.added
    assert not found.facts.removed
    assert {cause.kind for c in found.facts.changed for cause in c.causes} == {"merge"}
    assert len(found.facts.changed) == 2
    assert len(found.statements) == 0
    back = compared(one, apart, tmp_path)
    (split,) = back.entities.split
    assert (locals_of(split.before), locals_of(split.after)) == (["ann"], ["ann", "annie"])


def test_a_merge_is_seen_by_mentions_where_no_triple_tells_it(tmp_path: Path) -> None:
    apart = Small({"a": ["Ann makes boats", "Annie makes sails"]})
    found = compared(apart, apart.but(called={"Ann": "x", "Annie": "x"}), tmp_path)
    (merged,) = found.entities.merged
    assert (locals_of(merged.before), locals_of(merged.after)) == (["ann", "annie"], ["x"])
    assert not found.entities.added
    assert not found.entities.removed


def test_another_iri_is_a_change_not_a_coming_and_going(tmp_path: Path) -> None:
    found = compared(YARD, YARD.but(called={"Ann": "ann-2"}), tmp_path)
    (renamed,) = found.entities.changed
    assert renamed.fields == ("IRI",)
    assert len(found.entities) == 1
    assert len(found.facts) == len(found.facts.changed) == 2


def test_a_pronoun_read_otherwise_merges_nothing(tmp_path: Path) -> None:
    """Where both IRIs stay, a mention that goes over from one to the other says nothing of their being one."""
    before = Small({"a": ["Ann makes boats", "She makes sails", "Bo makes flour"]}, called={"She": "ann"})
    found = compared(before, before.but(called={"She": "bo"}), tmp_path)
    assert not found.entities.merged
    assert not found.entities.split
    assert [c.before[0].subject for c in found.facts.removed] == [E + "ann"]
    assert [c.after[0].subject for c in found.facts.added] == [E + "bo"]


def test_labels_types_and_aliases(tmp_path: Path) -> None:
    after = YARD.but(labels={"ann": "Ann Lee"}, types={"bo": "Good"})
    decisions = {"7": ("rename", ("ann",)), "8": ("reject", ("bo", "flour"))}
    found = compared(YARD, after.but(decisions=decisions), tmp_path)
    assert [(c.fields, c.causes[0].kind) for c in found.entities.changed] == [
        (("label",), "decision"),
        (("type",), "other"),
    ]
    assert len(found.facts) == len(found.statements) == 0


def test_a_decision_that_was_taken_back_is_a_cause_too(tmp_path: Path) -> None:
    before = YARD.but(labels={"ann": "Ann Lee"}, decisions={"7": ("rename", ("ann",))})
    assert compared(before, YARD, tmp_path).entities.changed[0].causes[0].detail == "rename 7 withdrawn"


def test_a_symmetric_fact_told_the_other_way_round(tmp_path: Path) -> None:
    before = Small({"a": ["Ann knows Bo"]})
    graph = before.graph(tmp_path)
    (fact,) = graph.facts

    turned = replace(graph, facts=frozenset({fact._replace(subject=fact.object, object=fact.subject)}))
    found = diff(graph, turned)
    assert len(found) == len(found.facts.changed) == 1
    assert found.facts.changed[0].fields == ("direction",)


def test_without_evidence_facts_and_entities_are_compared(tmp_path: Path) -> None:

    after = YARD.but(texts={**YARD.texts, "news": ["Cy makes sails"]}).graph(tmp_path)
    bare = replace(after, documents={}, records={}, mentions={}, sentences={}, ontology={}, made_with={})
    found = diff(YARD.graph(tmp_path), bare)
    assert len(found.facts.added) == 1
    assert len(found.entities.added) == 2
    assert len(found.documents) == len(found.statements) == 0
    assert kinds(found.facts) == [("unknown",)]


def test_only_one_part(tmp_path: Path) -> None:
    found = compared(YARD, YARD.but(texts={"yard": ["Ann makes boats"]}), tmp_path)
    for part, kept in (("facts", found.facts), ("entities", found.entities), ("statements", found.statements)):
        one = only(found, part)  # type: ignore[arg-type]
        assert len(one) == len(kept) > 0


WORDS = ("Ann", "Annie", "Bo", "Cy")
sentences = st.builds(
    "{} {} {}{}".format,
    st.sampled_from(WORDS),
    st.sampled_from(("makes", "knows")),
    st.sampled_from(WORDS),
    st.sampled_from(("", "/denied")),
)
called = st.dictionaries(st.sampled_from(WORDS), st.sampled_from(("ann", "bo", "x", "y")))
graphs = st.builds(
    Small,
    st.dictionaries(st.sampled_from(("a", "b")), st.lists(sentences, max_size=4)),
    called,
    labels=st.dictionaries(st.sampled_from(("ann", "bo")), st.sampled_from(("One", "Two"))),
    types=st.dictionaries(st.sampled_from(("ann", "bo")), st.sampled_from(("Good",))),
    replaced=st.dictionaries(st.sampled_from(("annie", "cy")), st.sampled_from(("ann", "x"))),
    ontology=st.sampled_from((ONTOLOGY, ONTOLOGY.replace('"makes"', '"builds"'))),
    extractor=st.sampled_from(("rules-1", "rules-2")),
    confidence=st.sampled_from((0.5, 0.9)),
    decisions=st.sampled_from(({}, {"1": ("merge", ("ann", "x"))})),
)


def flipped(change: Change[Any]) -> tuple[Any, ...]:
    """A change as it looks the other way, but for the words of its causes."""
    return change.after, change.before, sorted(cause.kind for cause in change.causes), change.fields


def seen(change: Change[Any]) -> tuple[Any, ...]:
    return change.before, change.after, sorted(cause.kind for cause in change.causes), change.fields


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graphs, graphs)
def test_the_way_back_is_the_same_way(tmp_path: Path, a: Small, b: Small) -> None:
    before, after = a.graph(tmp_path, "a"), b.graph(tmp_path, "b")
    there, back = diff(before, after), diff(after, before)
    for name in ("documents", "entities", "facts", "statements"):
        one: Changes[Any] = getattr(there, name)
        other: Changes[Any] = getattr(back, name)
        for mine, theirs in (
            (one.added, other.removed),
            (one.removed, other.added),
            (one.changed, other.changed),
            (one.merged, other.split),
            (one.split, other.merged),
        ):
            assert sorted(map(repr, map(seen, mine))) == sorted(map(repr, map(flipped, theirs)))
    assert len(diff(before, before)) == 0
    assert all(change.causes for name in ("entities", "facts", "statements") for change in getattr(there, name))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graphs, graphs)
def test_every_difference_of_the_graphs_is_told(tmp_path: Path, a: Small, b: Small) -> None:
    """What came put in and what went taken out of the one gives the other."""
    before, after = a.graph(tmp_path, "a"), b.graph(tmp_path, "b")
    found = diff(before, after)
    went = {fact for change in found.facts for fact in change.before}
    came = {fact for change in found.facts for fact in change.after}
    assert (before.facts - went) | came == after.facts
    gone = {thing.iri for change in found.entities for thing in change.before}
    new = {thing.iri for change in found.entities for thing in change.after}
    assert (before.entities.keys() - gone) | new == after.entities.keys()
