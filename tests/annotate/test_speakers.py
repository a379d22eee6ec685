from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.speakers import find_turns

Q, A, N = "question", "answer", "narration"
PIECES = [
    *[
        "Q: ",
        "A: ",
        "Q. ",
        "Q1: ",
        "Lena Ortwin: ",
        "JEAN ",
        ":",
        "**",
        "**Lena**",
        "?",
        ".",
        "\n",
        "\n\n",
        " ",
        '"',
        "“",
    ],
    *[
        "Why",
        "Because we do",
        "Get in touch",
        "About us",
        "Note: ",
        "[00:01] ",
        "#",
        "(",
        ")",
        "\u3000",
        "记者：",
        "\r\n",
    ],
]
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


def turns(text: str, *speakers: str) -> list[tuple[str, str, str]]:
    return [(turn.role, turn.label, turn.span.of(text)) for turn in find_turns(text, speakers)]


@pytest.mark.parametrize(
    ("form", "asker", "replier"),
    [
        ("{}: {}", "Q", "A"),
        ("{}. {}", "Q", "A"),
        ("{} - {}", "Q", "A"),
        ("{}: {}", "LENA ORTWIN", "JEAN"),
        ("{}: {}", "Lena Ortwin", "Jean de Marche"),
        ("{}: {}", "LO", "JM"),
        ("{}: {}", "Q1", "A1"),
        ("**{}** {}", "Lena Ortwin", "Jean Marche"),
        ("**{}:** {}", "Lena", "Jean"),
        ("**{}**: {}", "Q", "A"),
        ("**{}**\n{}", "Lena Ortwin", "Jean Marche"),
        ("{}\n{}", "LENA ORTWIN", "JEAN MARCHE"),
        ("[00:12] {}: {}", "Lena", "Jean"),
        ("{} (chief executive): {}", "Lena", "Jean"),
        ("{}：{}", "记者", "李明"),
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n \n"])
def test_labelled(form: str, asker: str, replier: str, gap: str) -> None:
    said = [
        (asker, "Where are you?"),
        (replier, "Here."),
        (asker, "You like it."),
        (replier, "We do."),
        (asker, "Why?"),
    ]
    said.append((replier, "Because we said so."))
    text = gap.join(["Two people meet.", *(form.format(label, words) for label, words in said)])
    expected = [(Q if label == asker else A, label, words) for label, words in said]
    assert turns(text) == [(N, "", "Two people meet."), *expected]


def test_lines_without_blank_lines() -> None:
    text = "Q: Where?\nA: Here.\nIt is warm.\nQ: Why?\nA: Because."
    assert [(role, words) for role, _, words in turns(text)] == [
        (Q, "Where?"),
        (A, "Here.\nIt is warm."),
        (Q, "Why?"),
        (A, "Because."),
    ]


def test_paragraphs_without_label_continue_the_turn_and_the_tail_does_not() -> None:
    text = "Q: Where?\n\nA: Here.\n\nAbout forty of us.\n\nQ: Why?\n\nA: Because.\n\nIndeed.\n\nGet in touch"
    assert turns(text) == [
        (Q, "Q", "Where?"),
        (A, "A", "Here.\n\nAbout forty of us."),
        (Q, "Q", "Why?"),
        (A, "A", "Because.\n\nIndeed."),
        (N, "", "Get in touch"),
    ]


def test_only_one_side_labelled() -> None:
    asked = "Gazette: Where are you?\n\nHere.\n\nStill here.\n\nGazette: Why?\n\nBecause."
    assert turns(asked) == [
        (Q, "Gazette", "Where are you?"),
        (A, "", "Here.\n\nStill here."),
        (Q, "Gazette", "Why?"),
        (A, "", "Because."),
    ]
    answered = "A meeting.\n\nWhere are you?\n\nOrtwin: Here.\n\nStill here.\n\nWhy?\n\nOrtwin: Because."
    assert turns(answered) == [
        (N, "", "A meeting."),
        (Q, "", "Where are you?"),
        (A, "Ortwin", "Here.\n\nStill here."),
        (Q, "", "Why?"),
        (A, "Ortwin", "Because."),
    ]


def test_several_may_answer() -> None:
    text = "Host: Where?\n\nAnn: Here.\n\nBob: There.\n\nHost: Why?\n\nAnn: Why not?\n\nBob: Because."
    assert [role for role, _, _ in turns(text)] == [Q, A, A, Q, A, A]


@pytest.mark.parametrize("label", ["Lena Ortwin", "Lena", "ORTWIN", "LO"])
def test_a_known_speaker_needs_no_second_turn(label: str) -> None:
    text = f"We met her.\n\n{label}: We make doors."
    assert turns(text, "Lena Ortwin") == [(N, "", "We met her."), (A, label, "We make doors.")]
    assert turns(text) == [(N, "", text)]


def test_unlabelled() -> None:
    text = (
        "A lead.\n\nThe firm began in 2007: why then?\n\nWe had time.\n\nAnd money.\n\nWhat next?\n\nDoors.\n\n"
        "More doors.\n\nGet in touch"
    )
    assert turns(text) == [
        (N, "", "A lead."),
        (Q, "", "The firm began in 2007: why then?"),
        (A, "", "We had time.\n\nAnd money."),
        (Q, "", "What next?"),
        (A, "", "Doors.\n\nMore doors."),
        (N, "", "Get in touch"),
    ]


def test_quoted_answers_show_questions_without_a_question_mark() -> None:
    text = 'A lead.\n\nWho began?\n\n"My aunt."\n\nSome doubt it.\n\n"They may."\n\nWhat next?\n\n"Doors."\n\nShe left.'
    assert [role for role, _, _ in turns(text)] == [N, Q, A, Q, A, Q, A, N]


def test_bold_questions() -> None:
    text = "**Where?**\n\nHere.\n\n**Tell us more.**\n\nIt is warm.\n\n**Why?**\n\nBecause."
    assert [role for role, _, _ in turns(text)] == [Q, A, Q, A, Q, A]


def test_a_note_about_the_firm_is_no_answer() -> None:
    text = "Where?\n\nHere.\n\nWhy?\n\nBecause.\n\nAbout Ortwin\n\nOrtwin makes doors."
    assert turns(text)[-1] == (N, "", "About Ortwin\n\nOrtwin makes doors.")


@pytest.mark.parametrize(
    "text",
    [
        "Ortwin opens a mill\n\nWho would not like that?\n\nThe mill opened on Monday.",
        "Bonn: The mill opened.\n\nNote: it is closed on Mondays.\n\nPress contact: Lena Ortwin, Bonn",
        "Text.\n\nNote: one thing.\n\nMore.\n\nNote: another thing.",
        "Text.\n\nPhone: 12\nEmail: a@door.example\n\nPhone: 13\nEmail: b@door.example",
        "A. Marche makes doors.\n\nA. Marche sells them.",
        '"Who would buy it?" she asked.\n\nThey did.\n\n"Would you?" he said.\n\nShe would.',
    ],
)
def test_no_interview(text: str) -> None:
    assert turns(text) == [(N, "", text)]


@pytest.mark.parametrize("text", ["", " ", "\n\n \n"])
def test_empty(text: str) -> None:
    assert turns(text) == []


@given(TEXTS, st.lists(st.sampled_from(["Lena Ortwin", "Jean", "", " . "]), max_size=2))
def test_turns_are_in_order_and_apart(text: str, speakers: list[str]) -> None:
    end = 0
    for turn in find_turns(text, speakers):
        assert end <= turn.span.begin < turn.span.end <= len(text)
        assert turn.span.of(text) == turn.span.of(text).strip()
        end = turn.span.end
