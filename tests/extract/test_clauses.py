from __future__ import annotations

from collections.abc import Callable

from kg.extract.graph import Graph

Edges = Callable[..., set[str]]
Graphs = Callable[..., Graph]

PASSIVE = """
Norvia norvia NNP nsubjpass 2
was be VBD auxpass 2
founded found VBN ROOT 2
by by IN agent 2
Okandor okandor NNP pobj 3
"""
CONTROLLED = """
Norvia norvia NNP nsubj 1
plans plan VBZ ROOT 1
to to TO aux 3
buy buy VB xcomp 1
Quorex quorex NNP dobj 3
"""
PERFECT = """
rumours rumour NNS ROOT 0
that that IN mark 4
Norvia norvia NNP nsubj 4
has have VBZ aux 4
bought buy VBN relcl 0
Quorex quorex NNP dobj 4
"""


def test_a_passive_is_turned_active(edges: Edges) -> None:
    assert edges(PASSIVE) == {"founded obj Norvia", "founded subj Okandor"}


def test_a_verb_that_follows_a_passive_verb_shares_the_passive(edges: Edges, graph: Graphs) -> None:
    lines = """
    Tarnel tarnel NNP nsubjpass 2
    was be VBD auxpass 2
    designed design VBN ROOT 2
    and and CC cc 2
    built build VBN conj 2
    by by IN agent 4
    Norvia norvia NNP pobj 5
    """
    assert {"designed obj Tarnel", "built obj Tarnel", "built subj Norvia"} <= edges(lines)
    assert [i for i, passive in enumerate(graph(lines).passive) if passive] == [2, 4]


def test_a_coordinated_verb_with_have_is_no_passive(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubjpass 2
    was be VBD auxpass 2
    founded found VBN ROOT 2
    and and CC cc 2
    has have VBZ aux 5
    grown grow VBN conj 2
    """)
    assert "grown subj Norvia" in found
    assert "grown obj Norvia" not in found


def test_a_perfect_in_a_relative_clause_is_no_passive(graph: Graphs) -> None:
    assert not graph(PERFECT).passive[4]


def test_a_perfect_in_a_clause_of_a_noun_is_no_passive(graph: Graphs) -> None:
    assert not graph(PERFECT.replace("VBN relcl", "VBN acl")).passive[4]


def test_a_coordinated_participle_with_a_subject_of_its_own_is_no_passive(graph: Graphs) -> None:
    made = graph("""
    Norvia norvia NNP nsubjpass 2
    was be VBD auxpass 2
    founded found VBN ROOT 2
    and and CC cc 2
    Quorex quorex NNP nsubj 5
    grown grow VBN conj 2
    """)
    assert not made.passive[5]


def test_a_participle_takes_the_noun_it_modifies_as_object(edges: Edges) -> None:
    found = edges("""
    a a DT det 1
    lamp lamp NN ROOT 1
    designed design VBN acl 1
    by by IN agent 2
    Okandor okandor NNP pobj 3
    """)
    assert found == {"designed obj lamp", "designed subj Okandor"}


def test_a_present_participle_takes_the_noun_it_modifies_as_subject(edges: Edges) -> None:
    found = edges("""
    a a DT det 1
    firm firm NN ROOT 1
    making make VBG acl 1
    lamps lamp NNS dobj 2
    """)
    assert found == {"making subj firm", "making obj lamps"}


def test_a_relative_pronoun_stands_for_its_noun_as_subject(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 4
    which which WDT nsubj 2
    makes make VBZ relcl 0
    lamps lamp NNS dobj 2
    grew grow VBD ROOT 4
    """)
    assert {"makes subj Norvia", "makes obj lamps", "grew subj Norvia"} == found


def test_a_relative_pronoun_stands_for_its_noun_as_object(edges: Edges) -> None:
    found = edges("""
    Tarnel tarnel NNP nsubj 4
    which which WDT dobj 3
    Norvia norvia NNP nsubj 3
    makes make VBZ relcl 0
    sells sell VBZ ROOT 4
    """)
    assert {"makes obj Tarnel", "makes subj Norvia"} <= found


def test_a_relative_pronoun_behind_a_preposition(edges: Edges) -> None:
    found = edges("""
    firms firm NNS ROOT 0
    with with IN prep 4
    which which WDT pobj 1
    Norvia norvia NNP nsubj 4
    works work VBZ relcl 0
    """)
    assert found == {"works prep:with firms", "works subj Norvia"}


def test_a_relative_clause_without_pronoun(edges: Edges) -> None:
    found = edges("""
    the the DT det 1
    lamp lamp NN ROOT 1
    Norvia norvia NNP nsubj 3
    makes make VBZ relcl 1
    """)
    assert found == {"makes subj Norvia", "makes obj lamp"}


def test_a_relative_clause_with_an_object_takes_no_other(edges: Edges) -> None:
    assert "bought obj rumours" not in edges(PERFECT)


def test_whose_makes_the_noun_an_owner(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP ROOT 0
    whose whose WP$ poss 2
    founder founder NN nsubj 3
    is be VBZ relcl 0
    Okandor okandor NNP attr 3
    """)
    assert {"founder of Norvia", "founder is Okandor"} <= found


def test_where_makes_the_noun_a_place(edges: Edges) -> None:
    found = edges("""
    Graz graz NNP ROOT 0
    where where WRB advmod 3
    Norvia norvia NNP nsubj 3
    sits sit VBZ relcl 0
    """)
    assert {"sits prep:in Graz", "sits subj Norvia"} <= found


def test_an_adverbial_participle_shares_the_subject_of_the_main_clause(edges: Edges) -> None:
    found = edges(
        """
        Founded found VBN advcl 4
        in in IN prep 0
        2016 2016 CD pobj 1
        Norvia norvia NNP nsubj 4
        grew grow VBD ROOT 4
        """,
        "2016",
    )
    assert {"Founded obj Norvia", "Founded when 2016", "grew subj Norvia"} <= found
    assert "Founded subj Norvia" not in found


def test_an_adverbial_present_participle_shares_it_as_its_subject(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    grew grow VBD ROOT 1
    , , , punct 1
    buying buy VBG advcl 1
    Quorex quorex NNP dobj 3
    """)
    assert {"buying subj Norvia", "buying obj Quorex"} <= found


def test_a_finite_adverbial_clause_keeps_its_own_subject(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    grew grow VBD ROOT 1
    when when WRB advmod 4
    Quorex quorex NNP nsubj 4
    closed close VBD advcl 1
    """)
    assert "closed subj Quorex" in found
    assert "closed subj Norvia" not in found


def test_an_adverbial_participle_keeps_its_own_subject(edges: Edges) -> None:
    found = edges("""
    Quorex quorex NNP nsubj 1
    closing close VBG advcl 4
    , , , punct 4
    Norvia norvia NNP nsubj 4
    grew grow VBD ROOT 4
    """)
    assert found >= {"closing subj Quorex", "grew subj Norvia"}
    assert "closing subj Norvia" not in found


def test_an_infinitive_has_the_subject_of_its_governor(edges: Edges) -> None:
    assert {"plans subj Norvia", "buy subj Norvia", "buy obj Quorex", "plans xcomp buy"} == edges(CONTROLLED)


def test_an_infinitive_has_the_subject_of_a_passive_governor(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubjpass 2
    is be VBZ auxpass 2
    said say VBN ROOT 2
    to to TO aux 4
    own own VB xcomp 2
    Quorex quorex NNP dobj 4
    """)
    assert {"said obj Norvia", "own subj Norvia"} <= found


def test_a_gerund_behind_a_preposition_has_the_subject_of_its_governor(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    grew grow VBD ROOT 1
    after after IN prep 1
    buying buy VBG pcomp 2
    Quorex quorex NNP dobj 3
    """)
    assert {"buying subj Norvia", "buying obj Quorex", "grew prep:after buying"} <= found


def test_an_infinitive_behind_an_adjective_has_the_subject_of_the_clause(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    is be VBZ ROOT 1
    able able JJ acomp 1
    to to TO aux 4
    grow grow VB xcomp 2
    """)
    assert "grow subj Norvia" in found


def test_a_participle_behind_a_hyphen_is_joined_to_its_place_and_its_noun(edges: Edges) -> None:
    found = edges("""
    the the DT det 4
    Lisbon lisbon NNP npadvmod 3
    - - HYPH punct 3
    based base VBN amod 4
    firm firm NN ROOT 4
    """)
    assert {"based obj firm", "based hyph Lisbon"} <= found


def test_a_plain_participle_before_a_noun_is_no_clause(edges: Edges) -> None:
    found = edges("""
    a a DT det 2
    used use VBN amod 2
    lamp lamp NN ROOT 2
    """)
    assert found == {"lamp mod used"}


def test_who_is_made_to_do_something_is_the_subject_of_it(edges: Edges) -> None:
    lines = """
    Norvia norvia NNP nsubj 1
    {word} {lemma} VBD ROOT 1
    Quorex quorex NNP dobj 1
    to to TO aux 4
    build build VB xcomp 1
    boats boat NNS dobj 4
    """
    asked = edges(lines.format(word="asked", lemma="ask"))
    assert "build subj Quorex" in asked
    assert "build subj Norvia" not in asked
    used = edges(lines.format(word="used", lemma="use"))
    assert "build subj Norvia" in used
    assert "build subj Quorex" not in used


def test_the_first_to_do_something_does_it(edges: Edges) -> None:
    lines = """
    the the DT det 2
    {word} {word} {tag} amod 2
    firm firm NN ROOT 2
    to to TO aux 4
    sell sell VB relcl 2
    """
    first = edges(lines.format(word="first", tag="JJ"))
    assert "sell subj firm" in first
    assert "sell obj firm" not in first
    assert "sell obj firm" in edges(lines.format(word="small", tag="JJ"))
    assert "sell subj firm" in edges(lines.format(word="smallest", tag="JJS"))


def test_that_stands_for_its_noun_whatever_its_tag(edges: Edges) -> None:
    lines = """
    firms firm NNS ROOT 0
    that that {tag} {dep} 2
    make make VBP relcl 0
    lamps lamp NNS dobj 2
    """
    assert edges(lines.format(tag="IN", dep="nsubj")) == {"make subj firms", "make obj lamps"}
    assert "make subj firms" not in edges(lines.format(tag="IN", dep="mark"))


def test_a_passive_subject_that_begins_the_sentence_is_given_something(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubjpass 2
    was be VBD auxpass 2
    given give VBN ROOT 2
    loans loan NNS dobj 2
    """)
    assert found == {"given dat Norvia", "given obj loans"}


def test_who_is_given_something_is_the_subject_of_the_next_verb(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubjpass 2
    was be VBD auxpass 2
    given give VBN ROOT 2
    loans loan NNS dobj 2
    and and CC cc 2
    grew grow VBD conj 2
    """)
    assert "grew subj Norvia" in found
    assert "grew subj loans" not in found


def test_where_leaves_the_verb_without_the_noun_as_object(edges: Edges) -> None:
    found = edges("""
    Graz graz NNP ROOT 0
    where where WRB advmod 3
    Norvia norvia NNP nsubj 3
    waits wait VBZ relcl 0
    """)
    assert "waits obj Graz" not in found


def test_a_relative_clause_hung_on_the_verb_means_the_noun_before_it(edges: Edges) -> None:
    found = edges("""
    Okandor okandor NNP nsubj 1
    lived live VBD ROOT 1
    in in IN prep 1
    Graz graz NNP pobj 2
    which which WDT nsubjpass 6
    is be VBZ auxpass 6
    led lead VBN relcl 1
    by by IN agent 6
    Tarnel tarnel NNP pobj 7
    """)
    assert {"led obj Graz", "led subj Tarnel"} <= found
