from __future__ import annotations

from collections.abc import Callable

from kg.extract.graph import Graph
from kg.extract.propositions import propositions
from kg.model import Parse

Edges = Callable[..., set[str]]


def test_subject_and_object(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    makes make VBZ ROOT 1
    lamps lamp NNS dobj 1
    """)
    assert found == {"makes subj Norvia", "makes obj lamps"}


def test_a_particle_is_part_of_the_key_of_its_verb(graph: Callable[..., Graph]) -> None:
    made = graph("""
    Norvia norvia NNP nsubj 1
    took take VBD ROOT 1
    Over over RP prt 1
    Quorex quorex NNP dobj 1
    """)
    assert made.keys[1] == "take_over"
    assert made.get(1, "obj") == [3]


def test_a_dative_with_and_without_preposition(edges: Edges) -> None:
    plain = edges("""
    Norvia norvia NNP nsubj 1
    gave give VBD ROOT 1
    Okandor okandor NNP dative 1
    shares share NNS dobj 1
    """)
    assert {"gave dat Okandor", "gave obj shares"} <= plain
    joined = edges("""
    Norvia norvia NNP nsubj 1
    gave give VBD ROOT 1
    shares share NNS dobj 1
    to to IN dative 1
    Okandor okandor NNP pobj 3
    """)
    assert {"gave prep:to Okandor", "gave obj shares"} <= joined


def test_a_preposition_is_named_by_its_word(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    sits sit VBZ ROOT 1
    In in IN prep 1
    Graz graz NNP pobj 2
    """)
    assert "sits prep:in Graz" in found


def test_prepositions_in_a_row_make_one_role(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    grew grow VBD ROOT 1
    out out IN prep 1
    of of IN prep 2
    Graz graz NNP pobj 3
    """)
    assert "grew prep:out_of Graz" in found


def test_owners_before_and_behind_a_noun_have_one_role(edges: Edges) -> None:
    before = edges("""
    Norvia norvia NNP poss 2
    's 's POS case 0
    founder founder NN ROOT 2
    """)
    behind = edges("""
    founder founder NN ROOT 0
    of of IN prep 0
    Norvia norvia NNP pobj 1
    """)
    assert before == behind == {"founder of Norvia"}


def test_of_behind_a_verb_is_a_preposition(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    consists consist VBZ ROOT 1
    of of IN prep 1
    mills mill NNS pobj 2
    """)
    assert "consists prep:of mills" in found


def test_numbers_and_modifiers(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    employs employ VBZ ROOT 1
    420 420 CD nummod 4
    skilled skilled JJ amod 4
    people people NNS dobj 1
    """)
    assert {"people num 420", "people mod skilled"} <= found


def test_a_place_hung_on_the_verb_belongs_to_the_name_before_it_too(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    visited visit VBD ROOT 1
    Design design NNP compound 3
    Fair fair NNP dobj 1
    in in IN prep 1
    Graz graz NNP pobj 4
    """)
    assert {"visited prep:in Graz", "Fair prep:in Graz"} <= found


def test_a_place_hung_on_the_verb_belongs_to_the_head_of_a_name_with_a_number(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    visited visit VBD ROOT 1
    Fair fair NNP dobj 1
    2018 2018 CD nummod 2
    in in IN prep 1
    Graz graz NNP pobj 4
    """)
    assert "Fair prep:in Graz" in found


def test_a_place_hung_on_the_verb_does_not_belong_to_a_common_noun(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    makes make VBZ ROOT 1
    lamps lamp NNS dobj 1
    in in IN prep 1
    Graz graz NNP pobj 3
    """)
    assert "makes prep:in Graz" in found
    assert "lamps prep:in Graz" not in found


def test_there_is_a_place(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    won win VBD ROOT 1
    There there RB advmod 1
    """)
    assert {"won prep:in There", "won prep:at There"} <= found


def test_dates_behind_prepositions_say_when(edges: Edges) -> None:
    lines = """
    Norvia norvia NNP nsubj 1
    opened open VBD ROOT 1
    {word} {word} IN prep 1
    May may NNP pobj 2
    2014 2014 CD nummod 3
    """
    for word in ("in", "on", "since", "from"):
        assert "opened when May" in edges(lines.format(word=word), "May", "2014")
    assert "opened when May" not in edges(lines.format(word="until"), "May", "2014")
    assert "opened prep:in May" in edges(lines.format(word="in"))


def test_dates_without_preposition_say_when(edges: Edges) -> None:
    found = edges(
        """
        Norvia norvia NNP nsubj 1
        opened open VBD ROOT 1
        Monday monday NNP npadvmod 1
        """,
        "Monday",
    )
    assert "opened when Monday" in found


def test_a_date_behind_by_is_no_agent(edges: Edges) -> None:
    found = edges(
        """
        Norvia norvia NNP nsubjpass 2
        was be VBD auxpass 2
        closed close VBN ROOT 2
        by by IN prep 2
        2019 2019 CD pobj 3
        """,
        "2019",
    )
    assert "closed subj 2019" not in found


def test_what_is_given_has_one_role_in_active_and_passive_clauses(edges: Edges) -> None:
    active = edges("""
    Quorex quorex NNP nsubj 1
    awarded award VBD ROOT 1
    Norvia norvia NNP dative 1
    medals medal NNS dobj 1
    """)
    passive = edges("""
    Norvia norvia NNP nsubjpass 2
    was be VBD auxpass 2
    awarded award VBN ROOT 2
    medals medal NNS dobj 2
    by by IN agent 2
    Quorex quorex NNP pobj 4
    """)
    assert active == passive


def test_all_parts_of_a_long_sentence_are_joined(edges: Edges) -> None:
    found = edges(
        """
        Norvia norvia NNP nsubj 10
        , , , punct 0
        which which WDT nsubjpass 4
        was be VBD auxpass 4
        founded found VBN relcl 0
        by by IN agent 4
        Okandor okandor NNP pobj 5
        in in IN prep 4
        2009 2009 CD pobj 7
        , , , punct 0
        designs design VBZ ROOT 10
        and and CC cc 10
        makes make VBZ conj 10
        lamps lamp NNS dobj 12
        and and CC cc 13
        stoves stove NNS conj 13
        """,
        "2009",
    )
    assert found == {
        "founded obj Norvia",
        "founded subj Okandor",
        "founded when 2009",
        "designs subj Norvia",
        "designs obj lamps",
        "designs obj stoves",
        "makes subj Norvia",
        "makes obj lamps",
        "makes obj stoves",
    }


def test_a_parse_without_words_has_no_propositions() -> None:
    assert propositions(Parse((), (), (), (), (), (), ())).out == []


def test_a_number_read_as_a_part_of_its_unit_still_counts_it(edges: Callable[..., set[str]]) -> None:
    found = edges("""
    weighs weigh VBZ ROOT 0
    52.5 52.5 CD compound 2
    grams gram NNS dobj 0
    """)
    assert "grams num 52.5" in found


def test_a_measure_before_a_preposition_belongs_to_the_verb(edges: Callable[..., set[str]]) -> None:
    found = edges("""
    Graz graz NNP nsubj 1
    lies lie VBZ ROOT 1
    88 88 CD nummod 3
    metres metre NNS npadvmod 4
    above above IN prep 1
    sea sea NN pobj 4
    """)
    assert {"lies adv metres", "lies prep:above sea"} <= found
