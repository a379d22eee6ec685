from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.frames import Frame, Step
from kg.extract.graph import Graph
from kg.extract.match import Index, Match

Graphs = Callable[..., Graph]


def frame(predicate: str, phrase: str, fill: str, *steps: Step) -> Frame:
    anyone: frozenset[str] = frozenset()
    forward = phrase.index("?s") < phrase.index("?o")
    return Frame(predicate, phrase, fill, steps, domain=anyone, range=anyone, forward=forward)


MAKES = frame("makes", "?s makes ?o", "make", Step(0, "subj", 1, "?s"), Step(0, "obj", 2, "?o"))
MAKES_IN = frame(
    "makesIn",
    "?s makes * in ?o",
    "make",
    Step(0, "subj", 1, "?s"),
    Step(0, "obj", 2, "*"),
    Step(0, "prep:in", 3, "?o"),
)
FOUNDED = frame("founded", "* founded ?s in ?o", "found", Step(0, "obj", 1, "?s"), Step(0, "when", 2, "?o"))
WORKS = frame("works", "?s, ?jobTitle of ?o", "?s", Step(0, "is", 1, "?jobTitle"), Step(1, "of", 2, "?o"))
FOUNDER = frame("founder", "?o, founder of ?s", "founder", Step(0, "is", 1, "?o"), Step(0, "of", 2, "?s"))
BESIDE = frame("post", "?s, ?o", "?s", Step(0, "is", 1, "?o"))
OF = frame("from", "?s of ?o", "?s", Step(0, "of", 1, "?o"))
LAMPS = """
Norvia norvia NNP nsubj 1
makes make VBZ ROOT 1
lamps lamp NNS dobj 1
and and CC cc 2
stoves stove NNS conj 2
"""
POST = """
Okandor okandor NNP nsubj 7
, , , punct 0
director director NN appos 0
, , , punct 0
Norvia norvia NNP appos 0
of of IN prep 4
Graz graz NNP pobj 5
left leave VBD ROOT 7
"""


def found(graph: Graph, *frames: Frame) -> list[tuple[str, str, str, bool]]:
    words = graph.parse.words
    return [(m.frame.predicate, words[m.subject], words[m.object], m.loose) for m in Index(frames).matches(graph)]


def test_a_frame_matches_once_for_each_filler(graph: Graphs) -> None:
    assert found(graph(LAMPS), MAKES) == [("makes", "Norvia", "lamps", False), ("makes", "Norvia", "stoves", False)]


def test_a_frame_needs_its_own_word(graph: Graphs) -> None:
    assert found(graph(LAMPS.replace("make VBZ", "sell VBZ")), MAKES) == []


def test_a_frame_needs_all_its_steps(graph: Graphs) -> None:
    assert found(graph(LAMPS), MAKES_IN) == []


def test_a_particle_makes_another_verb(graph: Graphs) -> None:
    assert found(graph(LAMPS + "up up RP prt 1"), MAKES) == []


@pytest.mark.parametrize(("head", "loose"), [(1, False), (2, True)])
def test_a_place_hung_on_the_object_still_matches(graph: Graphs, head: int, loose: bool) -> None:
    made = graph(f"""
    Norvia norvia NNP nsubj 1
    makes make VBZ ROOT 1
    lamps lamp NNS dobj 1
    in in IN prep {head}
    Graz graz NNP pobj 3
    """)
    assert found(made, MAKES_IN) == [("makesIn", "Norvia", "Graz", loose)]


@pytest.mark.parametrize(("head", "loose"), [(1, False), (2, True)])
def test_a_date_hung_on_the_object_still_matches(graph: Graphs, head: int, loose: bool) -> None:
    made = graph(
        f"""
        Okandor okandor NNP nsubj 1
        founded found VBD ROOT 1
        Norvia norvia NNP dobj 1
        in in IN prep {head}
        2009 2009 CD pobj 3
        """,
        "2009",
    )
    assert found(made, FOUNDED) == [("founded", "Norvia", "2009", loose)]


def test_a_date_of_the_governing_verb_still_matches(graph: Graphs) -> None:
    made = graph(
        """
        Okandor okandor NNP nsubj 1
        helped help VBD ROOT 1
        found found VB xcomp 1
        Norvia norvia NNP dobj 2
        in in IN prep 1
        2009 2009 CD pobj 4
        """,
        "2009",
    )
    assert found(made, FOUNDED) == [("founded", "Norvia", "2009", True)]


def test_a_subject_is_not_looked_for_elsewhere(graph: Graphs) -> None:
    made = graph("""
    Norvia norvia NNP nsubj 1
    likes like VBZ ROOT 1
    making make VBG dobj 1
    lamps lamp NNS dobj 2
    """)
    assert found(made, MAKES) == []


@pytest.mark.parametrize("lines", [POST, POST.replace("of of IN prep 4", "of of IN prep 2")])
def test_apposition_is_read_in_both_directions(graph: Graphs, lines: str) -> None:
    made = graph(lines)
    assert ("post", "Okandor", "director", False) in found(made, BESIDE)
    assert ("post", "director", "Okandor", False) in found(made, BESIDE)


def test_what_is_beside_the_same_name_is_joined(graph: Graphs) -> None:
    assert ("post", "director", "Norvia", False) in found(graph(POST), BESIDE)


def test_a_word_in_apposition_is_an_anchor(graph: Graphs) -> None:
    made = graph("""
    Okandor okandor NNP nsubj 5
    , , , punct 0
    founder founder NN appos 0
    of of IN prep 2
    Norvia norvia NNP pobj 3
    left leave VBD ROOT 5
    """)
    assert found(made, FOUNDER) == [("founder", "Norvia", "Okandor", False)]


def test_a_frame_without_a_word_has_no_slack(graph: Graphs) -> None:
    assert not OF.lexical
    assert MAKES.lexical
    assert found(graph(POST), OF) == [("from", "Norvia", "Graz", False)]


def test_no_token_fills_two_slots(graph: Graphs) -> None:
    twice = frame("twice", "?s makes ?o and *", "make", *MAKES.steps, Step(0, "obj", 3, "*"))
    matches = list(Index([twice]).matches(graph(LAMPS)))
    assert [m.tokens for m in matches] == [(1, 0, 2, 4), (1, 0, 4, 2)]


def test_slots_beside_subject_and_object(graph: Graphs) -> None:
    match = Match(WORKS, (0, 2, 4), False)
    assert list(match.others()) == [("jobTitle", 2)]
    assert list(Match(MAKES, (1, 0, 2), False).others()) == []


def test_matches_come_in_the_order_of_anchors_and_of_the_ontology(graph: Graphs) -> None:
    made = graph(POST)
    first = [m.tokens for m in Index([BESIDE, OF]).matches(made)]
    assert first == [m.tokens for m in Index([BESIDE, OF]).matches(made)]
    assert [tokens[0] for tokens in first] == sorted(tokens[0] for tokens in first)
