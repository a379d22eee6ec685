"""Why something is not in the graph: on a graph written by hand, with what was dropped beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.archive import keep_dropped
from kg.errors import StoreError, UsageError
from kg.missing import Reason, Sentence, silent, similar, why_not
from kg.model import Dropped, Evidence, Span
from kg.store import Store

BASE = "https://kg.example/"
COMPANY = "https://w3id.org/evident-kg/company#"
BOATYARD = Path(__file__).parent / "graphs" / "boatyard.trig"
PROFILE, INTERVIEW = "larkspur-profile", "falk interview"
UNFIT = "the subject is read as vehicle, the wording asks for organization"
UNKNOWN = "nothing in the text fits the reference 'It'"


def dropped(subject: str, predicate: str, obj: str, sentence: Span, quote: Span, words: str, reason: str) -> Dropped:
    return Dropped(subject, COMPANY + predicate, obj, Evidence(quote, words, sentence), "?s makes ?o", reason)


DROPPED = {
    PROFILE: [
        dropped("Heron 9", "founder", "Harbour Guild", Span(150, 215), Span(154, 208), "Heron 9 ... Guild", UNFIT),
        dropped("It", "hasBrand", "Ostrava Sails", Span(260, 290), Span(260, 289), "It does not own ...", UNKNOWN),
    ],
    INTERVIEW: [
        dropped("questions", "produces", "Mads Brand", Span(55, 86), Span(55, 85), "Mads Brand ...", "no thing"),
    ],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("graph")
    write(folder)
    with Store.view(folder) as reader:
        yield reader


def write(folder: Path) -> None:
    """The boatyard with one more sentence, which states nothing."""
    graphs: dict[str | None, set[ox.Quad]] = defaultdict(set)
    for quad in ox.parse(path=str(BOATYARD), format=ox.RdfFormat.TRIG):
        graphs[quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None].add(quad)
    with Store.open(folder, create=True) as writer:
        for name, quads in graphs.items():
            writer.put(name, quads)
        writer.manifest = {"base": BASE, "prefixes": {"company": COMPANY, "e": BASE + "entity/"}}
        keep_dropped(writer, DROPPED)


def test_a_candidate_without_its_sentence_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path)
    with Store.open(tmp_path) as writer:
        keep_dropped(writer, {**DROPPED, "gone": [DROPPED[PROFILE][0]], INTERVIEW: [DROPPED[PROFILE][0]]})
    with Store.view(tmp_path) as store:
        assert [r.document for r in why_not(store) if r.kind == "dropped"] == [PROFILE] * 2


def short(reasons: list[Reason]) -> list[tuple[str, str, str, str]]:
    return [(r.kind, r.subject, r.predicate, r.object) for r in reasons]


def test_what_was_dropped_is_told_with_its_reason_and_words(store: Store) -> None:
    [found] = why_not(store, "Heron 9", "founder")
    assert found == Reason(
        kind="dropped",
        document=PROFILE,
        subject="Heron 9",
        predicate="founder",
        object="Harbour Guild",
        reason=UNFIT,
        stance=None,
        rule="?s makes ?o",
        quote="Heron 9 ... Guild",
        begin=154,
        end=208,
        sentence="The Heron 9 won the Golden Anchor, which the Harbour Guild gives.",
        sentence_begin=150,
        sentence_end=215,
        id="d-2748ed7ed7",
    )


@pytest.mark.parametrize("name", ["heron 9", "e:heron-9", BASE + "entity/heron-9"])
def test_names_are_taken_in_any_case_and_as_iris(store: Store, name: str) -> None:
    assert short(why_not(store, name, "founder")) == [("dropped", "Heron 9", "founder", "Harbour Guild")]


@pytest.mark.parametrize("predicate", ["founder", "FOUNDER", "company:founder", COMPANY + "founder"])
def test_a_property_is_named_as_people_name_it(store: Store, predicate: str) -> None:
    assert why_not(store, None, predicate, "Harbour Guild") == why_not(store, "Heron 9", "founder", None)


def test_words_that_are_no_entity_are_looked_for_in_what_was_dropped(store: Store) -> None:
    assert short(why_not(store, "Questions")) == [("dropped", "questions", "produces", "Mads Brand")]


def test_what_is_said_but_not_asserted_tells_its_stance(store: Store) -> None:
    found = why_not(store, "LM", "produces", "Heron 12")
    assert [(r.kind, r.stance, r.document) for r in found] == [("not asserted", "planned", INTERVIEW)]
    assert found[0].reason == "it is only planned"
    assert found[0].quote in found[0].sentence


def test_an_open_reference_may_be_the_one_that_is_asked_for(store: Store) -> None:
    found = why_not(store, "Larkspur Marine", "hasBrand", "Ostrava Sails")
    assert ("dropped", "It", "hasBrand", "Ostrava Sails") in short(found)
    assert ("not asserted", "Larkspur Marine", "hasBrand", "Ostrava Sails") in short(found)
    assert short(why_not(store, "Larkspur Marine", "hasBrand")) == [
        ("not asserted", "Larkspur Marine", "hasBrand", "Ostrava Sails")
    ]


def test_a_fact_is_said_to_be_one_where_it_is_asked_for(store: Store) -> None:
    found = why_not(store, "Larkspur Marine", "founder", "Ines Falk")
    assert short(found) == [("asserted", "Larkspur Marine", "founder", "Ines Falk")]
    assert "asserted" not in {r.kind for r in why_not(store, "Larkspur Marine")}


def test_symmetric_properties_hold_both_ways(store: Store) -> None:
    for pair in (("Ostrava Sails", "Larkspur Marine"), ("Larkspur Marine", "Ostrava Sails")):
        assert "asserted" in {r.kind for r in why_not(store, pair[0], "partnerOf", pair[1])}


def test_where_no_phrase_took_hold_the_sentences_that_name_it_are_told(store: Store) -> None:
    found = why_not(store, "Ines Falk", "founder", "Larkspur Marine")
    assert [(r.kind, r.document, r.begin, r.end) for r in found] == [
        ("no phrase", INTERVIEW, 0, 54),
        ("no phrase", PROFILE, 0, 55),
    ]
    assert found[0].quote == found[0].sentence == "Ines Falk is the managing director of Larkspur Marine."
    assert found[0].reason == (
        "no phrase of founder takes hold; the sentence gave: "
        "Ines Falk jobTitle managing director; Ines Falk worksFor Larkspur Marine"
    )


def test_with_one_side_alone_all_its_sentences_are_told(store: Store) -> None:
    found = why_not(store, "Harbour Guild", "headquarters")
    assert [(r.kind, r.begin) for r in found] == [("no phrase", 150)]
    assert [(r.kind, r.begin) for r in why_not(store, "questions", "founder")] == [("no phrase", 55)]


def test_two_that_never_stand_together_lead_to_the_rarer_one(store: Store) -> None:
    found = why_not(store, "Heron 9", None, "Quiet Sailing")
    assert [(r.kind, r.begin, r.reason) for r in found] == [
        ("no phrase", 87, "no phrase takes hold; the sentence gave: Larkspur Marine pursues Quiet Sailing")
    ]
    assert why_not(store, "Heron 9", None, "Nobody At All") == []


def test_words_in_a_sentence_that_are_no_entity(store: Store) -> None:
    found = why_not(store, "Larkspur Marine", None, "april 2007")
    assert [(r.kind, r.begin, r.subject, r.predicate, r.object) for r in found] == [
        ("no phrase", 0, "Larkspur Marine", "", "april 2007")
    ]


def test_nothing_is_known_of_what_no_document_names(store: Store) -> None:
    assert why_not(store, "Larkspurr Marine") == []
    assert "Larkspur Marine" in similar(store, "Larkspurr Marine")
    assert similar(store, "larkspur") == ""


def test_without_a_question_all_that_was_dropped_or_not_asserted_is_told(store: Store) -> None:
    found = why_not(store)
    assert {r.kind for r in found} == {"dropped", "not asserted"}
    assert sum(r.kind == "dropped" for r in found) == 3
    assert [(r.document, r.begin) for r in found] == sorted((r.document, r.begin) for r in found)


def test_one_document_alone(store: Store) -> None:
    assert {r.document for r in why_not(store, document=INTERVIEW)} == {INTERVIEW}
    with pytest.raises(UsageError, match="no document"):
        why_not(store, document="larkspur-profil")


def test_an_unknown_property_is_refused_with_suggestions(store: Store) -> None:
    with pytest.raises(UsageError) as caught:
        why_not(store, "Larkspur Marine", "foundr")
    assert "founder" in caught.value.hint


def test_a_graph_that_does_not_tell_what_was_dropped(tmp_path: Path) -> None:
    write(tmp_path)
    for data, says in ((None, "does not tell"), (b"[", "damaged"), (b'{"a": [{}]}', "damaged")):
        if data is None:  # as an older kg left it
            for path in tmp_path.glob("store/**/*.json"):
                path.unlink()
            Store.open(tmp_path).close()
        else:
            with Store.open(tmp_path) as writer:
                writer.keep("dropped.json", data)
        with Store.view(tmp_path) as reader, pytest.raises(StoreError, match=says) as caught:
            why_not(reader, "Larkspur Marine")
        assert "kg build" in caught.value.hint


def test_sentences_that_gave_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    gone = ox.NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
    with Store.open(tmp_path) as writer:
        graph = f"{BASE}graph/evidence/{INTERVIEW.replace(' ', '%20')}"
        quads = [
            q for q in writer.quads.quads_for_pattern(None, None, None, ox.NamedNode(graph)) if q.predicate != gone
        ]
        writer.put(graph, quads)
    with Store.view(tmp_path) as reader:
        found = silent(reader)
    assert [(one.sentence.document, one.sentence.begin, one.dropped) for one in found] == [
        (INTERVIEW, 0, 0),
        (INTERVIEW, 55, 1),
        (INTERVIEW, 87, 0),
        (INTERVIEW, 122, 0),
        (INTERVIEW, 164, 0),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What do you sell?", "question"),
        ("“Who is it?” ", "question"),
        ("The yard makes boats.", "statement"),
        ("“We make boats.”", "statement"),
        ("It sells two things:", "statement"),
        ("About us", "heading"),
        ("", "heading"),
    ],
)
def test_what_kind_of_sentence_it_is_by_its_form(text: str, kind: str) -> None:
    assert Sentence("a", 0, len(text), text).kind == kind
