"""What was dropped and then accepted, through whole builds: replayed, explained, verified, compared, taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg import decisions
from kg.config import Settings
from kg.deciding import Deciding, Signature
from kg.diff import diff, read
from kg.dropped import Wish, accepted, candidate
from kg.errors import UsageError
from kg.facts import explain, facts
from kg.lookup import Explanation, Lookup
from kg.missing import Reason, why_not
from kg.model import Dropped, Evidence, Span
from kg.pipeline import build, load_ontology
from kg.store import Store
from kg.verify import reread, verify

pytestmark = pytest.mark.model

TEXT = (
    "Pelikan Mills is based in Oslo. The Brenna River was founded in April 1911 by Ada Holm. It acquired Tarn Boats.\n"
)
ANN = Signature("ann", "2026-01-02T03:04:05Z", "the yard, not the river")


class Project:
    """A folder with a document, its graph and its decisions."""

    def __init__(self, root: Path) -> None:
        self.document, self.output = root / "a.txt", root / "out"
        self.settings = Settings(output=str(self.output), decisions=str(root / "decisions.jsonl"))

    def built(self, text: str | None = None) -> tuple[str, ...]:
        """Builds, and tells which decisions had no effect."""
        if text is not None:
            self.document.write_text(text)
        report = build([str(self.document)], self.settings)
        return tuple(problem.what for problem in report.unmet)

    def dropped(self, predicate: str) -> Reason:
        with Store.view(self.output) as store:
            (found,) = [r for r in why_not(store, None, predicate) if r.kind == "dropped"]
        return found

    def accept(self, predicate: str, wish: Wish = Wish()) -> None:  # noqa: B008 - it is frozen
        path = Path(self.settings.decisions)
        name = self.dropped(predicate).id or ""
        with Store.view(self.output) as store:
            made = accepted(
                store,
                candidate(store, name),
                Deciding(store, ANN),
                load_ontology(self.settings),
                wish,
                decisions.read(path).in_force,
            )
        decisions.add(path, *made)

    def explained(self, predicate: str) -> list[Explanation]:
        with Store.view(self.output) as store:
            return explain(store, "Brenna River", predicate)

    def findings(self) -> tuple[str, ...]:
        decided = decisions.read(Path(self.settings.decisions)).in_force
        with Store.view(self.output) as store:
            documents = reread(store, max_bytes=self.settings.max_bytes)
            found = verify(store, documents, ontology=load_ontology(self.settings), decisions=decided)
        return tuple(problem.what for problem in found.findings)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.built(TEXT)
    with Store.view(made.output) as store:
        retype = Deciding(store, ANN).retype("Brenna River", "Organization")
    decisions.add(Path(made.settings.decisions), retype)
    return made


def test_it_becomes_a_fact_with_its_words_and_who_said_so(project: Project) -> None:
    project.accept("founder")
    project.accept("foundingDate")
    assert project.built() == ()
    (found,) = project.explained("founder")
    assert (found.fact["o"], found.fact["stance"], found.fact["confidence"]) == (["Ada Holm"], "asserted", 1.0)
    assert found.fact["quote"] == "Brenna River was founded in April 1911 by Ada Holm"
    assert TEXT[found.fact["begin"] : found.fact["end"]] == found.fact["quote"]
    assert found.sentence == "The Brenna River was founded in April 1911 by Ada Holm."
    assert found.decision in {one.id for one in decisions.read(Path(project.settings.decisions)).lines}
    (dated,) = project.explained("foundingDate")
    assert dated.fact["o"] == ["1911-04"]
    with Store.view(project.output) as store:
        told = {row["who"].value for row in Lookup(store).ask("SELECT ?who { GRAPH ?g { ?d dcterms:creator ?who } }")}
    assert told == {"ann"}
    assert project.findings() == ()


def test_it_is_not_listed_as_dropped_any_more(project: Project) -> None:
    project.accept("founder")
    project.built()
    with Store.view(project.output) as store:
        assert [r.kind for r in why_not(store, "Brenna River", "founder")] == ["asserted"]


def test_it_outlives_what_stands_around_the_sentence_and_is_told_when_the_sentence_goes(project: Project) -> None:
    before = project.dropped("founder").id
    project.accept("founder")
    grown = "First of all.\n\n" + TEXT.replace("was founded in", "was\nfounded  in")
    assert project.built(grown) == ()
    (found,) = project.explained("founder")
    assert grown[found.fact["begin"] : found.fact["end"]] == "Brenna River was\nfounded  in April 1911 by Ada Holm"
    assert project.findings() == ()
    (unmet,) = project.built(TEXT.replace("1911", "1912"))
    assert unmet == "relate: no such sentence stands in a any more"
    assert project.dropped("founder").id != before


def test_it_is_taken_back_and_a_comparison_tells_why(project: Project, tmp_path: Path) -> None:
    project.built()
    plain = read(project.output)
    project.accept("founder")
    project.built()
    taken = read(project.output)
    (change,) = diff(plain, taken).facts.added
    assert [cause.kind for cause in change.causes] == ["decision"]
    assert "relate" in change.causes[0].detail
    path = Path(project.settings.decisions)
    decisions.add(path, decisions.Undo(decisions.read(path).in_force[-1].id))
    project.built()
    (change,) = diff(taken, read(project.output)).facts.removed
    assert "withdrawn: the yard, not the river" in change.causes[0].detail
    assert project.dropped("founder").reason.startswith("the subject is read as person")


def test_a_thing_is_the_one_that_its_sentence_means(project: Project) -> None:
    """Two things of one name: by the name alone it would not be clear which."""
    other = project.document.with_name("b.txt")
    other.write_text("Ada Holm is a town in Norway. The office is located in Ada Holm.\n")
    build([str(project.document), str(other)], project.settings)
    project.accept("founder")
    relate = decisions.read(Path(project.settings.decisions)).in_force[-1]
    assert relate.about[1].endswith("person/ada-holm")


def test_what_was_rejected_is_not_taken_in(project: Project) -> None:
    path = Path(project.settings.decisions)
    with Store.view(project.output) as store:
        fact = next(row for row in facts(store) if row["p"] == "headquarters")
        decisions.add(
            path, Deciding(store, ANN).verdict(decisions.Reject, (fact["s"][0], "headquarters", fact["o"][0]))
        )
    project.built()
    with pytest.raises(UsageError, match="it was rejected by ann: the yard"):
        project.accept("headquarters")


def test_the_id_tells_the_sentence_and_not_its_place() -> None:
    from kg.dropped import identity, is_id

    one = Dropped("a", "p", "b", Evidence(Span(0, 3), "a b", Span(0, 3)), "rule", "why")
    other = replace(one, evidence=Evidence(Span(9, 12), "a b", Span(9, 12)), rule="another", reason="other")
    assert identity("d", one, "a b") == identity("d", other, "a\n b")
    names = {identity("d", one, "a b"), identity("e", one, "a b"), identity("d", one, "a c")}
    assert len(names) == 3
    assert all(map(is_id, names))
    assert not is_id("7585172637c72e1d")
