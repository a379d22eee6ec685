"""Decisions as lines of a file: read, added, taken back, the last word winning."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.decisions import (
    Accept,
    Apart,
    Decision,
    Line,
    Merge,
    New,
    Reject,
    Relate,
    Rename,
    Retype,
    Split,
    Undo,
    add,
    as_row,
    in_force,
    line,
    read,
)
from kg.errors import StoreError

words = st.text(st.characters(codec="utf-8"), max_size=12)
named = words.filter(str.strip)
signed = {"who": words, "when": words, "why": words}
verdicts = st.one_of(
    *(st.builds(kind, words, words, words, words, words, **signed) for kind in (Accept, Reject)),
)
pairs = st.one_of(
    *(
        st.builds(kind, st.lists(words, min_size=2, max_size=3, unique=True).map(tuple), **signed)
        for kind in (Merge, Apart)
    ),
)
singles = st.one_of(
    st.builds(Rename, words, named, **signed),
    st.builds(Retype, words, words, **signed),
    st.builds(Split, words, st.lists(words, min_size=1, max_size=2).map(tuple), **signed),
    st.builds(Relate, words, words, words, st.sampled_from([None, "date", "string"]), named, **signed),
)
decisions: st.SearchStrategy[Decision] = st.one_of(verdicts, pairs, singles)


@given(st.lists(decisions, max_size=5))
def test_what_is_added_is_read_again(tmp_path_factory: pytest.TempPathFactory, made: list[Decision]) -> None:
    path = tmp_path_factory.mktemp("decided") / "decisions.jsonl"
    for decision in made:
        add(path, decision)
    found = read(path)
    assert found.problems == ()
    assert list(found.lines) == made
    assert path.exists() == bool(made)


@given(st.lists(decisions, max_size=6), st.data())
def test_what_is_taken_back_does_not_hold_until_that_is_taken_back(made: list[Decision], data: st.DataObject) -> None:
    if not made:
        return
    chosen = data.draw(st.sampled_from(made))
    undo = Undo(chosen.id)
    held = in_force([*made, undo])
    assert chosen.id not in {one.id for one in held}
    assert in_force([*made, undo, Undo(undo.id)]) == in_force(made)
    assert in_force([*made, undo, chosen])[-1] == chosen


@given(st.lists(decisions, max_size=6))
def test_one_decision_a_target_is_in_force_and_it_is_the_last(made: list[Decision]) -> None:
    held = in_force(made)
    assert len({one.target for one in held}) == len(held)
    for one in held:
        assert one == [other for other in made if other.target == one.target][-1]


def test_the_last_word_wins_over_its_opposite() -> None:
    merge, apart = Merge(("a", "b")), Apart(("b", "a"))
    assert in_force([merge, apart]) == (apart,)
    assert in_force([apart, merge]) == (merge,)
    accept, reject = Accept("s", "p", "o", "d", "x"), Reject("s", "p", "o", "d", "x")
    assert in_force([reject, accept]) == (accept,)
    assert in_force([reject, Accept("s", "p", "o", "d", "another sentence")]) == (
        reject,
        Accept("s", "p", "o", "d", "another sentence"),
    )


def test_a_line_reads_like_a_sentence() -> None:
    made = Merge(("https://x/a", "https://x/b"), who="ann", when="2026-01-02T03:04:05Z", why="one firm")
    assert line(made).decode() == (
        '{"do":"merge","entities":["https://x/a","https://x/b"],'
        '"who":"ann","when":"2026-01-02T03:04:05Z","why":"one firm"}'
    )
    assert as_row(made)["id"] == made.id
    assert len(made.id) == 8


def test_what_cannot_be_understood_is_told_with_its_line_and_the_rest_holds(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    good = '{"do": "merge", "entities": ["a", "b"]}'
    lines = [
        good,
        "",
        "<<<<<<< mine",
        "no json",
        '{"do": "marry", "entities": ["a", "b"]}',
        '{"do": "merge", "entities": ["a", "a"]}',
        '{"do": "merge", "entities": ["a", "b"], "whom": "x"}',
        '{"do": "split", "entity": "a"}',
        '{"do": "rename", "entity": "a", "label": " "}',
        '{"do": "relate", "subject": "a", "predicate": "p", "object": "b"}',
        '{"do": "relate", "subject": "a", "predicate": "p", "object": "b", "source": " "}',
        '{"do": "relate", "subject": "a", "predicate": "p", "object": "b", "document": "d", "sentence": "\\n"}',
        "[" * 100_000,
        "\udcff",
    ]
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n" + good.encode())
    found = read(path)
    assert found.lines == (Merge(("a", "b")), Merge(("a", "b")))
    assert [problem.where for problem in found.problems] == [f"{path.as_posix()}:{n}" for n in range(3, 15)]
    assert found.problems[0].what == "no decision: left by a merge of two versions"
    assert all(problem.hint for problem in found.problems)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("decided") / "decisions.jsonl"
    path.write_bytes(data)
    found = read(path)
    assert len(found.lines) + len(found.problems) <= len(data.splitlines())


def test_a_last_line_without_its_end_is_not_glued_to(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_text('{"do":"merge","entities":["a","b"]}')
    add(path, Rename("a", "B"))
    assert read(path).lines == (Merge(("a", "b")), Rename("a", "B"))


def test_a_file_that_cannot_be_used_is_an_error_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "decisions.jsonl").mkdir()
    with pytest.raises(StoreError, match="cannot be read"):
        read(tmp_path / "decisions.jsonl")
    with pytest.raises(StoreError, match="cannot be written"):
        add(tmp_path / "decisions.jsonl", Rename("a", "b"))


def test_a_full_disk_leaves_the_file_as_it_was() -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        add(Path("/dev/full"), Rename("a", "b"))


def _add_many(path: Path, who: str) -> None:
    for n in range(50):
        add(path, Rename(f"e{n}", "x" * 3000, who=who))


def test_several_may_decide_at_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_add_many, args=(path, who)) for who in ("ann", "ben")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    found = read(path)
    assert (len(found.lines), found.problems) == (100, ())


def test_every_kind_knows_what_it_is_about() -> None:
    new = New("i", "label", "c")
    about: dict[Line, tuple[str, ...]] = {
        Accept("s", "p", "o"): ("s", "o"),
        Merge(("a", "b")): ("a", "b"),
        Split("a", ("d",)): ("a",),
        Relate("s", "p", "o", source="x", new=(new,)): ("s", "o"),
        Relate("s", "p", "2017", "gYear", "x"): ("s",),
        Undo("1"): (),
    }
    for decision, expected in about.items():
        assert decision.about == expected
        assert json.loads(line(decision))["do"] == decision.do
