from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.filling import Filling
from kg.store import VERSION, Store, replace_file

G = "https://kg.example/graph/evidence/one"
SAYS = ox.NamedNode("https://kg.example/says")


def quad(subject: str, words: str, graph: str | None = None) -> ox.Quad:
    name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    return ox.Quad(ox.NamedNode(f"https://kg.example/{subject}"), SAYS, ox.Literal(words), name)


def contents(store: Store) -> set[ox.Quad]:
    return set(store.quads)


@contextmanager
def writer(folder: Path, code: str) -> Iterator[subprocess.Popen[str]]:
    """Another process with the store open as `store`; it has said one line when the body runs."""
    script = (
        "import sys, time; from pathlib import Path; import pyoxigraph as ox; from kg.store import Store\n"
        "store = Store.open(Path(sys.argv[1]), create=True)\n"
        "def quad(subject, words, graph=None):\n"
        "    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()\n"
        "    says = ox.NamedNode('https://kg.example/says')\n"
        "    return ox.Quad(ox.NamedNode('https://kg.example/' + subject), says, ox.Literal(words), name)\n"
    )
    arguments = [sys.executable, "-c", script + code, str(folder)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()


def test_what_is_put_can_be_read_after_closing(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        assert store.put(None, [quad("a", "one")])
        assert store.put(G, [quad("b", "two", G)])
        store.flush()
        store.manifest = {"base": "https://kg.example/", "model": "none"}
    with Store.view(tmp_path) as view:
        assert contents(view) == {quad("a", "one"), quad("b", "two", G)}
        assert view.graphs() == [G]
        assert view.manifest == {"base": "https://kg.example/", "model": "none", "version": VERSION}


def test_a_second_put_of_the_same_changes_nothing(tmp_path: Path) -> None:
    quads = [quad("b", str(n), G) for n in range(300)]
    with Store.open(tmp_path, create=True) as store:
        assert store.put(G, quads)
        assert not store.put(G, quads[::-1])
        store.manifest = {"model": "none"}
    before = published(tmp_path)
    with Store.open(tmp_path) as store:
        assert not store.put(G, quads)
        store.manifest = store.manifest
    assert published(tmp_path) == before


def published(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "store" / "published").iterdir())


def test_long_builds_flush_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.FLUSH_AFTER", 100)
    with Store.open(tmp_path, create=True) as store:
        new = len(list(tmp_path.glob("store/quads/*.sst")))
        store.put(G, [quad("b", str(n), G) for n in range(60)])
        assert len(list(tmp_path.glob("store/quads/*.sst"))) == new
        store.put(None, [quad("b", str(n)) for n in range(60)])
        assert len(list(tmp_path.glob("store/quads/*.sst"))) > new


def test_put_replaces_one_graph_and_no_other(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.put(None, [quad("a", "one")])
        store.put(G, [quad("b", "old", G), quad("b", "kept", G)])
        assert store.put(G, [quad("b", "new", G), quad("b", "kept", G)])
        assert contents(store) == {quad("a", "one"), quad("b", "new", G), quad("b", "kept", G)}
        assert store.put(None, [quad("a", "other")])
        assert contents(store) == {quad("a", "other"), quad("b", "new", G), quad("b", "kept", G)}


def test_nothing_in_a_graph_means_no_graph(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.put(G, [quad("b", "two", G)])
        store.put(None, [quad("a", "one")])
        assert store.put(G, [])
        assert store.graphs() == []
        assert not store.drop(G)
        assert store.drop(None)
        assert not store.put(None, [])
        assert contents(store) == set()


@pytest.mark.parametrize(
    "own",
    [
        [],
        [quad("b", "two", G)],
    ],
)
def test_a_quad_of_another_graph_is_refused(own: list[ox.Quad], tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store, pytest.raises(ValueError, match="was put into"):
        store.put(G, [*own, quad("a", "one")])


literal = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=10).map(ox.Literal),
    st.text(alphabet="\\u\"041'\n\r\t\b\f", max_size=10).map(ox.Literal),
    st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: ox.Literal(text, language="en-gb")),
    st.integers().map(ox.Literal),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.sets(literal, max_size=5), after=st.sets(literal, max_size=5))
def test_the_difference_is_right_whatever_the_words(
    before: set[ox.Literal], after: set[ox.Literal], tmp_path_factory: pytest.TempPathFactory
) -> None:
    subject = ox.NamedNode("https://kg.example/a")
    old, new = ({ox.Quad(subject, SAYS, words) for words in some} for some in (before, after))
    with Store.open(tmp_path_factory.mktemp("words"), create=True) as store:
        assert store.put(None, old) == bool(old)
        assert store.put(None, new) == (old != new)
        assert contents(store) == new


GRAPHS = (None, G, "https://kg.example/graph/evidence/two", "https://kg.example/graph/ontology")
state = st.dictionaries(st.sampled_from(GRAPHS), st.sets(st.integers(0, 4), max_size=4))


@settings(max_examples=25, deadline=None)
@given(states=st.lists(state, min_size=1, max_size=3))
def test_filling_leaves_these_graphs_and_no_others(
    states: list[dict[str | None, set[int]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("filled")
    for wanted in states:
        with_default: dict[str | None, set[int]] = {None: set(), **wanted}  # as a build does
        graphs = [(name, [quad("a", str(n), name) for n in sorted(ns)]) for name, ns in with_default.items()]
        with Store.open(folder, create=True) as store:
            store.fill(Filling(*graph) for graph in graphs)
            assert store.graphs() == sorted(name for name, quads in graphs if name is not None and quads)
        with Store.view(folder) as view:
            assert contents(view) == {quad for _, quads in graphs for quad in quads}


@pytest.mark.parametrize("before", [[], [quad("a", "before")]])
def test_filling_that_breaks_off_shows_nothing_and_is_made_good(before: list[ox.Quad], tmp_path: Path) -> None:
    def graphs() -> Iterator[Filling]:
        yield Filling(None, [quad("a", "half")])
        raise KeyboardInterrupt

    with Store.open(tmp_path, create=True) as store:
        store.put(None, before)
    with pytest.raises(KeyboardInterrupt), Store.open(tmp_path) as store:
        store.fill(graphs())
    with Store.view(tmp_path) as view:
        assert contents(view) == set(before)
    with Store.open(tmp_path) as store:
        store.fill([Filling(None, []), Filling(G, [quad("b", "whole", G)])])
    with Store.view(tmp_path) as view:
        assert contents(view) == {quad("b", "whole", G)}


def test_what_was_loaded_in_parts_is_merged_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def tables() -> set[str]:  # those that hold more than a few terms
        return {path.name for path in (tmp_path / "store" / "quads").glob("*.sst") if path.stat().st_size > 4000}

    monkeypatch.setattr("kg.store._AT_ONCE", 100)
    with Store.open(tmp_path, create=True) as store:
        store.fill([Filling(None, [quad("a", str(n)) for n in range(300)])])
        loaded = tables()
    assert len(loaded) == 3  # the default graph in the order of subjects, of predicates and of objects
    for word in ("one", "two"):
        with Store.open(tmp_path) as store:
            store.put(G, [quad("b", word, G)])
    assert loaded <= tables()


def test_filling_drops_the_default_graph_too(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.put(None, [quad("a", "one")])
        store.fill([Filling(G, [quad("b", "two", G)])])
        assert contents(store) == {quad("b", "two", G)}


def test_a_reader_sees_the_last_finished_state_beside_a_writer(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.put(None, [quad("a", "old")])
        store.manifest = {"model": "first"}
    code = (
        "store.put(None, [quad('a', 'new')]); store.flush(); store.manifest = {'model': 'second'}\n"
        "print('written', flush=True); sys.stdin.readline(); store.close(); print('closed', flush=True)"
    )
    with writer(tmp_path, code) as process:
        started = time.perf_counter()
        with Store.view(tmp_path) as during:
            took = time.perf_counter() - started
            assert contents(during) == {quad("a", "old")}
            assert took < 0.5  # 10 ms when nothing else runs
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write("end\n")
            process.stdin.flush()
            assert process.stdout.readline() == "closed\n"
            assert contents(during) == {quad("a", "old")}
            assert during.manifest["model"] == "first"
            with Store.view(tmp_path) as after:
                assert contents(after) == {quad("a", "new")}
                assert after.manifest["model"] == "second"


def test_states_that_nobody_reads_are_removed(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.put(None, [quad("a", "0")])
    view = Store.view(tmp_path)
    for n in range(1, 4):
        with Store.open(tmp_path) as store:
            store.put(None, [quad("a", str(n))])
    assert published(tmp_path) == ["1", "4"]
    assert contents(view) == {quad("a", "0")}
    view.close()
    with Store.open(tmp_path) as store:
        store.put(None, [quad("a", "last")])
    assert published(tmp_path) == ["5"]


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    with writer(tmp_path, "print('open', flush=True); time.sleep(60)") as process:
        with pytest.raises(StoreError) as caught:
            Store.open(tmp_path, create=True)
        assert f"process {process.pid}" in str(caught.value)
        assert "wait until it has ended" in caught.value.hint
    with Store.open(tmp_path, create=True) as store:
        assert contents(store) == set()


def test_a_second_writer_in_the_same_process_is_refused(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True), pytest.raises(StoreError, match=f"process {os.getpid()}"):
        Store.open(tmp_path)
    Store.open(tmp_path).close()


def test_a_killed_writer_loses_nothing_and_misleads_no_reader(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.put(None, [quad("a", "finished")])
    code = (
        "n = 0\n"
        "while True:\n"
        "    graph = f'https://kg.example/g{n}'\n"
        "    store.put(graph, [quad(str(i), 'x', graph) for i in range(200)])\n"
        "    n += 1\n"
        "    if n == 5: print('working', flush=True)\n"
    )
    with writer(tmp_path, code) as process:
        time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
    with Store.view(tmp_path) as view:
        assert contents(view) == {quad("a", "finished")}
    with Store.open(tmp_path) as store:
        graphs = store.graphs()
        assert len(graphs) >= 5
        for graph in graphs:
            name = ox.NamedNode(graph)
            assert len(list(store.quads.quads_for_pattern(None, None, None, name))) == 200
    with Store.view(tmp_path) as view:  # the next writer that ends well publishes what was left
        assert view.graphs() == graphs


def test_a_build_that_fails_publishes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.put(None, [quad("a", "good")])
    with pytest.raises(KeyboardInterrupt), Store.open(tmp_path) as store:
        store.put(None, [quad("a", "half")])
        raise KeyboardInterrupt
    with Store.view(tmp_path) as view:
        assert contents(view) == {quad("a", "good")}
    with Store.open(tmp_path) as store:
        assert contents(store) == {quad("a", "half")}
    with Store.view(tmp_path) as view:
        assert contents(view) == {quad("a", "half")}


@pytest.mark.parametrize("opener", [Store.open, Store.view])
def test_where_no_graph_is_the_command_is_named(opener: Callable[[Path], Store], tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        opener(tmp_path / "none")
    assert caught.value.what == f"no graph in {tmp_path / 'none'}"
    assert caught.value.hint == f"kg build ... -o {tmp_path / 'none'}"
    assert not (tmp_path / "none").exists()


def test_a_view_writes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.put(None, [quad("a", "one")])
    before = sorted(tmp_path.rglob("*"))
    with Store.view(tmp_path) as view:
        contents(view)
        for attempt in (
            lambda: view.put(None, []),
            lambda: view.fill([]),
            lambda: view.drop(None),
            view.flush,
            view.publish,
        ):
            with pytest.raises(StoreError, match="reading only"):
                attempt()
        with pytest.raises(StoreError, match="reading only"):
            view.manifest = {}
    assert sorted(tmp_path.rglob("*")) == before


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = Store.open(tmp_path, create=True)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.graphs()


def damage(folder: Path, part: str) -> None:
    for state in (folder / "store" / "quads", *folder.glob("store/published/*/quads")):
        match part:
            case "current":
                (state / "CURRENT").unlink()
            case "manifest":
                next(state.glob("MANIFEST*")).write_bytes(b"rubbish" * 20)
            case "tables":
                for table in state.glob("*.sst"):
                    os.truncate(table, table.stat().st_size // 2)


@pytest.mark.parametrize("part", ["current", "manifest", "tables"])
def test_a_damaged_store_is_kept_and_named(part: str, tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.put(None, [quad(str(n), "x" * 50) for n in range(2000)])
    damage(tmp_path, part)
    files = {path: path.stat().st_size for path in tmp_path.rglob("*.sst")}
    for opener in (Store.open, Store.view):
        with pytest.raises(StoreError) as caught:
            opener(tmp_path)
        assert "damaged" in str(caught.value)
        assert "kg build --clean" in caught.value.hint
    assert {path: path.stat().st_size for path in tmp_path.rglob("*.sst")} == files
    with Store.open(tmp_path, create=True, clean=True) as store:
        store.put(None, [quad("a", "anew")])
    with Store.view(tmp_path) as view:
        assert contents(view) == {quad("a", "anew")}


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.put(None, [quad("a", "one")])
        store.manifest = {"base": "https://kg.example/"}
    paths = list(tmp_path.rglob("manifest.json"))
    assert len(paths) == 2
    for path in paths:
        path.write_text(json.dumps({"version": VERSION + 1}))
    for opener in (Store.open, Store.view):
        with pytest.raises(StoreError, match="newer kg"):
            opener(tmp_path)
    assert [json.loads(path.read_text())["version"] for path in paths] == [VERSION + 1] * 2


@pytest.mark.parametrize(
    "text",
    [
        *("{", "[]", '{"version": "one"}', "\ud800"),
        *('{"version": 1, "base": "no base>"}', '{"version": 1, "base": 7}'),
        *('{"version": 1, "prefixes": []}', '{"version": 1, "prefixes": {"a": "b c"}}'),
    ],
)
def test_a_manifest_that_is_none_is_damage(text: str, tmp_path: Path) -> None:
    Store.open(tmp_path, create=True).close()
    (tmp_path / "store" / "manifest.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(StoreError, match="damaged"):
        Store.open(tmp_path)


def test_the_manifest_has_sorted_keys(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.manifest = {"model": "ü", "base": "b"}
    assert (tmp_path / "store" / "manifest.json").read_text(encoding="utf-8") == (
        '{\n  "base": "b",\n  "model": "ü",\n  "version": 1\n}\n'
    )


def test_what_is_kept_beside_the_quads_is_published_with_them(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        assert store.kept("more.json") is None
        store.keep("more.json", b"1")
        assert store.kept("more.json") == b"1"
    with Store.view(tmp_path) as view, pytest.raises(StoreError):
        view.keep("more.json", b"2")
    with pytest.raises(ZeroDivisionError), Store.open(tmp_path) as store:
        store.keep("more.json", b"2")
        raise ZeroDivisionError
    with Store.view(tmp_path) as view:
        assert view.kept("more.json") == b"1"
    with Store.open(tmp_path, create=True, clean=True) as store:
        assert store.kept("more.json") is None


def test_keeping_the_same_publishes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        with Store.open(tmp_path, create=True) as store:
            store.keep("more.json", b"1")
    assert [path.name for path in (tmp_path / "store" / "published").iterdir()] == ["1"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious")
    with pytest.raises(StoreError) as caught:
        Store.open(tmp_path / "file", create=True)
    assert "cannot be written" in str(caught.value)
    assert "-o DIR" in caught.value.hint
    assert (tmp_path / "file").read_text() == "precious"


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    replace_file(path, b"new")
    assert path.read_text() == "new"
    path.unlink()
    path.mkdir()
    with pytest.raises(OSError):
        replace_file(path, b"newer")
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
