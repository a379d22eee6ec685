"""What was inferred and came or went, and the premise, axiom or setting that is told for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.__main__ import main
from kg.diff import Cause, Changes, Difference, Fact, diff, only, read
from tests.diff.small import ONTOLOGY, E, Small, X

RULES = (
    ONTOLOGY
    + """
x:Maker rdfs:subClassOf x:Agent .
x:owns a owl:ObjectProperty ; rdfs:label "owns"@en ; rdfs:subPropertyOf x:has .
x:has a owl:ObjectProperty ; rdfs:label "has"@en .
x:above a owl:ObjectProperty, owl:TransitiveProperty ; rdfs:label "above"@en .
"""
)
YARD = Small({"yard": ["Ann owns boats", "Ann above Bo"], "mill": ["Bo above Cy"]}, ontology=RULES, reason="owl")


def compared(a: Small, b: Small, folder: Path) -> Difference:
    return diff(a.graph(folder, "a"), b.graph(folder, "b"))


def told(changes: Changes[Fact], predicate: str) -> list[tuple[str, ...]]:
    """The local names of what came or went, with the causes in words."""
    return [
        (fact.subject.removeprefix(E), fact.object.removeprefix(E), *(f"{c.kind}: {c.detail}" for c in change.causes))
        for change in changes
        for fact in (change.after or change.before)
        if fact.predicate == X + predicate
    ]


def test_a_premise_that_came_is_the_cause(tmp_path: Path) -> None:
    before = YARD.but(texts={"yard": YARD.texts["yard"]})
    found = compared(before, YARD, tmp_path)
    assert told(found.inferred, "above") == [("ann", "cy", "document: Bo above Cy came: mill added")]
    assert not found.inferred.removed
    back = compared(YARD, before, tmp_path)
    assert told(back.inferred, "above") == [("ann", "cy", "document: Bo above Cy went: mill removed")]
    assert not back.inferred.added


def test_a_class_that_came_is_the_cause_of_its_superclass(tmp_path: Path) -> None:
    found = compared(YARD.but(texts={"yard": YARD.texts["yard"]}), YARD, tmp_path)
    (change,) = [c for c in found.inferred.added if c.after[0].object == X + "Agent"]
    assert change.after[0].subject == E + "cy"
    assert change.causes == (Cause("document", "Cy type Maker came: mill added"),)


def test_a_stance_decided_otherwise_is_told_through_its_fact(tmp_path: Path) -> None:
    after = YARD.but(texts={**YARD.texts, "mill": ["Bo above Cy/denied"]})
    (change,) = [c for c in compared(YARD, after, tmp_path).inferred.removed if c.before[0].predicate == X + "above"]
    (cause,) = change.causes
    assert cause.detail.startswith("Bo above Cy went: ")


def test_an_axiom_that_went_is_the_cause(tmp_path: Path) -> None:
    after = YARD.but(ontology=RULES.replace("; rdfs:subPropertyOf x:has", ""))
    found = compared(YARD, after, tmp_path)
    assert told(found.inferred, "has") == [("ann", "boats", "ontology: owns subPropertyOf has not in it any more")]
    found = compared(after, YARD, tmp_path)
    assert told(found.inferred, "has") == [("ann", "boats", "ontology: owns subPropertyOf has not in it before")]


def test_the_setting_is_the_cause_where_nothing_was_inferred(tmp_path: Path) -> None:
    found = compared(YARD.but(reason=""), YARD, tmp_path)
    assert {c.causes for c in found.inferred} == {(Cause("setting", "nothing was inferred before"),)}
    assert ("reason", "none", "owl") in found.made_with
    found = compared(YARD, YARD.but(reason=""), tmp_path)
    assert {c.causes for c in found.inferred} == {(Cause("setting", "nothing is inferred now"),)}
    assert len(found) == len(found.inferred) > 1


def test_other_rules_are_the_cause_of_what_only_they_make(tmp_path: Path) -> None:
    found = compared(YARD.but(reason="rdfs"), YARD, tmp_path)
    assert told(found.inferred, "above") == [("ann", "cy", "setting: reasoning is owl now, rdfs before")]
    assert told(found.inferred, "has") == []


def test_what_is_stated_since_is_inferred_no_more(tmp_path: Path) -> None:
    after = YARD.but(texts={**YARD.texts, "news": ["Ann above Cy"]})
    found = compared(YARD, after, tmp_path)
    assert told(found.inferred, "above") == [("ann", "cy", "document: stated now; news added")]
    assert told(found.facts, "above") == [("ann", "cy", "document: news added")]


def test_a_merge_moves_what_was_inferred(tmp_path: Path) -> None:
    texts = {"a": ["Ann above Bo", "Bo above Cy", "Annie owns boats"]}
    before = YARD.but(texts=texts, called={"Annie": "annie"})
    after = YARD.but(texts=texts, called={"Annie": "ann"}, replaced={"annie": "ann"})
    found = compared(before, after, tmp_path)
    (change,) = [c for c in found.inferred.changed if c.before[0].predicate == X + "has"]
    assert (change.before[0].subject, change.after[0].subject) == (E + "annie", E + "ann")
    assert [cause.kind for cause in change.causes] == ["merge"]
    assert not [c for c in (*found.inferred.added, *found.inferred.removed) if c.causes[0].kind == "other"]


def test_a_part_is_asked_for(tmp_path: Path) -> None:
    found = compared(YARD.but(texts={"yard": YARD.texts["yard"]}), YARD, tmp_path)
    assert only(found, "inferred").inferred == found.inferred
    assert not only(found, "inferred").facts
    assert not only(found, "facts").inferred


SENTENCES = st.sets(st.sampled_from([f"{s} {p} {o}" for s in "AB" for p in ("owns", "above") for o in "BCD" if s != o]))
NO_CLASS = RULES.replace("x:Maker rdfs:subClassOf x:Agent .", "")
SMALL = st.builds(
    lambda one, other, reason, rules: Small(
        {name: sorted(texts) for name, texts in (("one", one), ("other", other)) if texts},
        ontology=rules,
        reason=reason,
    ),
    SENTENCES,
    SENTENCES,
    st.sampled_from(["", "rdfs", "owl"]),
    st.sampled_from([RULES, RULES.replace(", owl:TransitiveProperty", ""), NO_CLASS]),
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SMALL, SMALL)
def test_every_difference_has_a_cause_and_is_told_once(tmp_path: Path, a: Small, b: Small) -> None:
    one, other = a.graph(tmp_path, "a"), b.graph(tmp_path, "b")
    found = diff(one, other)
    if one.has_evidence and other.has_evidence:
        told = {fact for change in found.inferred for fact in (*change.before, *change.after)}
        assert one.inferred ^ other.inferred <= told | (one.inferred & other.inferred)
        assert all(change.causes for change in found.inferred)
    assert len(diff(one, one).inferred) == 0


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    YARD.but(texts={"yard": YARD.texts["yard"]}).store(Path("before"))
    YARD.store(Path("after"))
    YARD.but(reason="").store(Path("plain"))
    return tmp_path


Output = pytest.CaptureFixture[str]


def test_the_command_tells_what_was_inferred(folders: Path, capsys: Output) -> None:
    assert main(["diff", "before", "after"]) == 1
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "inferred 2" in lines
    assert "came Ann above Cy document: Bo above Cy came: mill added" in lines
    assert main(["diff", "before", "after", "--json", "--only", "inferred"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [change["after"][0]["predicate"] for change in found["inferred"]["added"]] == [X + "above", RDF_TYPE]
    assert found["labels"][E + "cy"] == "Cy"
    assert found["facts"]["added"] == []


RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def test_where_the_setting_is_the_cause_they_are_counted(folders: Path, capsys: Output) -> None:
    assert main(["diff", "plain", "after"]) == 1
    out, err = capsys.readouterr()
    assert "reason none → owl" in err
    assert "(--only inferred lists them)" in err
    assert "nothing was inferred" not in out
    assert main(["diff", "plain", "after", "--only", "inferred"]) == 1
    assert "setting: nothing was inferred before" in capsys.readouterr().out


@pytest.mark.parametrize("format_", ["trig", "nquads", "jsonld"])
def test_an_export_holds_what_was_inferred(folders: Path, format_: str) -> None:
    Path("export").mkdir()
    assert main(["export", "--format", format_, "--to", "export", "-o", "after"]) == 0
    (path,) = Path("export").iterdir()
    assert len(diff(read(Path("after")), read(path))) == 0


def test_facts_alone_tell_nothing_of_it(folders: Path) -> None:
    assert main(["export", "--format", "turtle", "--to", "facts.ttl", "-o", "after"]) == 0
    found = diff(read(Path("after")), read(Path("facts.ttl")))
    assert len(found) == 0
