from __future__ import annotations

from collections.abc import Callable

Edges = Callable[..., set[str]]


def test_a_second_subject_behind_the_verb_is_its_object(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    bought buy VBD ROOT 1
    Quorex quorex NNP nsubj 1
    """)
    assert found == {"bought subj Norvia", "bought obj Quorex"}


def test_a_subject_behind_its_verb_stays_one_where_no_other_is(edges: Edges) -> None:
    found = edges("""
    said say VBD ROOT 0
    Okandor okandor NNP nsubj 0
    """)
    assert found == {"said subj Okandor"}


def test_a_name_read_as_adverbial_behind_a_verb_is_its_object(edges: Edges) -> None:
    found = edges("""
    Okandor okandor NNP nsubj 1
    runs run VBZ ROOT 1
    Norvia norvia NNP npadvmod 1
    """)
    assert found == {"runs subj Okandor", "runs obj Norvia"}


def test_a_name_read_as_adverbial_before_a_verb_is_its_subject(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP npadvmod 1
    makes make VBZ ROOT 1
    lamps lamp NNS dobj 1
    """)
    assert found == {"makes subj Norvia", "makes obj lamps"}


def test_a_name_read_as_adverbial_before_a_passive_verb_is_its_object(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP npadvmod 2
    was be VBD auxpass 2
    founded found VBN ROOT 2
    """)
    assert found == {"founded obj Norvia"}


def test_an_acronym_read_as_adverb_is_a_name(edges: Edges) -> None:
    found = edges("""
    QRX qrx RB advmod 1
    makes make VBZ ROOT 1
    lamps lamp NNS dobj 1
    """)
    assert "makes subj QRX" in found


def test_an_adverb_stays_one(edges: Edges) -> None:
    found = edges("""
    Today today NN npadvmod 2
    Norvia norvia NNP nsubj 2
    makes make VBZ ROOT 2
    lamps lamp NNS dobj 2
    quickly quickly RB advmod 2
    """)
    assert {"makes adv Today", "makes adv quickly"} <= found
    assert "makes subj Today" not in found


def test_a_name_read_as_adverbial_is_no_object_where_there_is_one(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 1
    opened open VBD ROOT 1
    shops shop NNS dobj 1
    Downtown downtown NN npadvmod 1
    """)
    assert "opened obj Downtown" not in found


def test_a_date_is_no_stray_name(edges: Edges) -> None:
    found = edges(
        """
        Norvia norvia NNP nsubj 1
        opened open VBD ROOT 1
        Monday monday NNP npadvmod 1
        """,
        "Monday",
    )
    assert found == {"opened subj Norvia", "opened when Monday"}


def test_a_word_in_lower_case_is_no_stray_name(edges: Edges) -> None:
    found = edges("""
    today today NN npadvmod 1
    makes make VBZ ROOT 1
    lamps lamp NNS dobj 1
    """)
    assert found == {"makes adv today", "makes obj lamps"}


def test_a_name_behind_a_preposition_that_hangs_beside_it(edges: Edges) -> None:
    found = edges("""
    Tarnel tarnel NNP nsubjpass 2
    was be VBD auxpass 2
    made make VBN ROOT 2
    by by IN prep 2
    QRX qrx NNP npadvmod 2
    """)
    assert "made subj QRX" in found


def test_a_plural_head_behind_a_singular_determiner_is_a_verb(edges: Edges) -> None:
    found = edges("""
    This this DT det 2
    brand brand NN compound 2
    targets target NNS ROOT 2
    students student NNS appos 2
    """)
    assert {"targets subj brand", "targets obj students"} <= found


def test_a_plural_head_behind_a_plural_determiner_is_a_noun(edges: Edges) -> None:
    found = edges("""
    These these DT det 2
    brand brand NN compound 2
    targets target NNS ROOT 2
    students student NNS appos 2
    """)
    assert "targets subj brand" not in found


def test_a_day_beside_a_subject_is_no_subject(edges: Edges) -> None:
    found = edges("""
    Norvia norvia NNP nsubj 2
    today today NN nsubj 2
    launches launch VBZ ROOT 2
    Tarnel tarnel NNP dobj 2
    """)
    assert found == {"launches subj Norvia", "launches adv today", "launches obj Tarnel"}
    alone = edges("""
    Today today NN nsubj 1
    was be VBD ROOT 1
    """)
    assert alone == {"was subj Today"}


def test_what_is_said_before_the_verb_is_not_who_says_it(edges: Edges) -> None:
    lines = """
    loss loss NN nsubj 2
    {mark} {mark} '' punct 2
    {verb} {lemma} VBD ROOT 2
    Okandor okandor NNP {dep} 2
    """
    for dep in ("nsubj", "dobj"):
        found = edges(lines.format(mark='"', verb="said", lemma="say", dep=dep))
        assert found == {"said subj Okandor", "said obj loss"}
    assert "hit subj loss" in edges(lines.format(mark='"', verb="hit", lemma="hit", dep="dobj"))
    assert "said subj loss" in edges(lines.format(mark=",", verb="said", lemma="say", dep="dobj"))
