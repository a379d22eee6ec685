from __future__ import annotations

import contextlib
import csv
import io
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import query, query_process, query_worker
from kg.errors import QueryError, StoreError, UsageError
from kg.store import Store
from tests.boatyard import BASE, COMPANY, stored

MADE = "SELECT ?maker ?boat { ?maker company:produces ?boat }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p . ?q ?r ?s }"

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
TERMS: st.SearchStrategy[query.Term] = st.one_of(
    TEXTS.map(ox.Literal),
    TEXTS.map(lambda text: ox.Literal(text, language="en")),
    TEXTS.map(lambda text: ox.Literal(text, datatype=ox.NamedNode(COMPANY + "kind"))),
    st.sampled_from((ox.NamedNode(BASE + "entity/é"), ox.BlankNode("b1"))),
    TEXTS.map(lambda text: ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(text))),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with stored(tmp_path_factory.mktemp("graph")) as reader:
        yield reader


def ask(store: Store, text: str, seconds: float = 20) -> query.Result:
    return query.run(store, text, seconds=seconds)


def failure(store: Store, text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        ask(store, text)
    return caught.value


def test_select_iterates_over_dicts_of_plain_values(store: Store) -> None:
    result = ask(store, MADE)
    assert (result.kind, result.variables, len(result)) == ("select", ("maker", "boat"), 1)
    assert list(result) == [{"maker": BASE + "entity/larkspur-marine", "boat": BASE + "entity/heron-9"}]
    assert isinstance(result.rows[0][0], ox.NamedNode)
    assert bool(result)


def test_numbers_and_booleans_become_python_values_and_the_rest_text(store: Store) -> None:
    values = '(1 AS ?i) (1.5 AS ?d) (true AS ?b) ("2007-04"^^xsd:gYearMonth AS ?m) ("x"@zh AS ?t) (?none AS ?u)'
    [row] = ask(store, f"SELECT {values} {{}}")
    assert row == {"i": 1, "d": 1.5, "b": True, "m": "2007-04", "t": "x", "u": None}
    assert isinstance(row["i"], int) and isinstance(row["d"], float)


def test_an_ill_typed_number_stays_text() -> None:
    assert query.plain(ox.Literal("many", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))) == "many"


def test_ask_answers_true_and_false(store: Store) -> None:
    yes, no = ask(store, "ASK { e:heron-9 ?p ?o }"), ask(store, "ASK { e:heron-99 ?p ?o }")
    assert (yes.answer, no.answer) == (True, False)
    assert (list(yes), list(no)) == ([{"answer": True}], [{"answer": False}])
    assert bool(yes) and not bool(no)


def test_construct_gives_each_triple_once_and_sorted(store: Store) -> None:
    result = ask(store, "CONSTRUCT { ?s a company:Thing } { ?s company:worksFor|company:jobTitle|company:founder ?o }")
    assert result.kind == "graph"
    assert [row["subject"] for row in result] == [BASE + "entity/larkspur-marine", BASE + "person/ines-falk"]


def test_rows_are_sorted_where_the_query_does_not_order_them(store: Store) -> None:
    names = [str(row["name"]) for row in ask(store, "SELECT ?name { ?e rdfs:label ?name }")]
    assert len(names) > 5
    assert names == sorted(names)
    backwards = [row["name"] for row in ask(store, "SELECT ?name { ?e rdfs:label ?name } ORDER BY DESC(?name)")]
    assert backwards == names[::-1]


def test_a_comment_or_string_about_order_orders_nothing(store: Store) -> None:
    text = 'SELECT ?name { ?e rdfs:label ?name FILTER(?name != "order by") } # ORDER BY ?name'
    names = [str(row["name"]) for row in ask(store, text)]
    assert names == sorted(names)


def test_prefixes_of_the_project_are_known_and_own_ones_win(store: Store) -> None:
    assert {"rdf", "rdfs", "xsd", "owl", "skos", "schema", "prov", "dcterms", "foaf", "kgv"} <= set(
        query.known_prefixes(store)
    )
    own = "PREFIX company: <https://other.example/> SELECT ?o { ?s company:produces ?o }"
    assert not ask(store, own)


def test_relative_iris_hang_under_the_base(store: Store) -> None:
    assert ask(store, "ASK { <entity/heron-9> ?p ?o }").answer


def test_bindings_stand_for_variables(store: Store) -> None:
    maker = ox.NamedNode(BASE + "entity/ostrava-sails")
    assert len(query.run(store, MADE, seconds=20, bindings={"maker": maker})) == 0


@pytest.mark.parametrize(
    ("text", "what", "where", "hint"),
    [
        ("SELECT ?s {\n  ?s nope:p ?o }", "the prefix nope: is not declared", "line 2, column 6", "company:"),
        ("SELECT ?s { ?s rdfs:label ?o", "does not parse", "line 1, column 29", "do not match"),
        ("SELECT ?s ?x { ?s ?p ?o } GROUP BY ?s", "unbound", "line 1", ""),
        ("", "the query is empty", "line 1", ""),
        ("PREFIX a: <http://a.example/> INSERT DATA { a:a a:b a:c }", "INSERT changes data", "", "SELECT"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE changes data", "", "SELECT"),
        ("SELECT (company:nope(1) AS ?x) {}", "company#nope> is not supported", "", ""),
    ],
)
def test_what_does_not_parse_is_told_with_its_place(store: Store, text: str, what: str, where: str, hint: str) -> None:
    error = failure(store, text)
    assert what in error.what
    assert error.where.startswith(where)
    assert hint in error.hint


def test_the_offending_line_is_shown(store: Store) -> None:
    assert "“?s nope:p ?o }”" in failure(store, "SELECT ?s {\n  ?s nope:p ?o }").where


def test_a_colon_in_a_string_or_an_iri_is_no_prefix(store: Store) -> None:
    error = failure(store, 'SELECT ?s { ?s rdfs:label "no:prefix" ; <urn:a:b> ?o # also:none')
    assert "not declared" not in error.what


def test_a_query_that_runs_too_long_is_stopped(store: Store) -> None:
    begin = time.monotonic()
    with pytest.raises(QueryError, match=r"longer than 0\.3 s") as caught:
        ask(store, ENDLESS, seconds=0.3)
    assert time.monotonic() - begin < 5
    assert "query_seconds" in caught.value.hint
    assert ask(store, MADE)


def test_a_query_ends_in_time_even_where_nobody_waits_for_it(store: Store) -> None:
    request: dict[str, object]
    request = {"quads": str(store.published), "text": ENDLESS, "base": None, "prefixes": {}, "names": [], "terms": ""}
    request |= {"graphs": [], "seconds": 0.3, "bytes": 1000}
    worker = [sys.executable, *query_process.WORKER]
    given = json.dumps(request).encode()
    done = subprocess.run(worker, input=given, capture_output=True, timeout=30, check=False)
    assert done.returncode == -signal.SIGALRM


def test_an_interrupt_kills_the_worker(store: Store) -> None:
    main, before = threading.main_thread().ident, children()
    assert main is not None
    # A run that was started in the background ignores interrupts.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)

    def interrupt() -> None:
        while not any(reads(child, store) for child in children() - before):
            time.sleep(0.01)
        signal.pthread_kill(main, signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    try:
        with pytest.raises(KeyboardInterrupt):
            thread.start()
            ask(store, ENDLESS)
    finally:
        signal.signal(signal.SIGINT, handler)
    thread.join()
    assert children() == before


@given(st.dictionaries(st.sampled_from("abcdefgh"), TERMS))
def test_bindings_reach_the_worker_as_they_are(bindings: dict[str, query.Term]) -> None:
    request = {"names": list(bindings), "terms": query._terms(bindings.values())}
    read = query_worker.bound(json.loads(json.dumps(request)))
    assert {variable.value: term for variable, term in read.items()} == bindings


def test_many_threads_may_ask_at_once(store: Store) -> None:
    expected = ask(store, MADE)
    with ThreadPoolExecutor(8) as pool:
        assert all(result == expected for result in pool.map(lambda _: ask(store, MADE), range(40)))


def test_a_process_with_many_threads_in_the_database_may_ask(store: Store) -> None:
    def read(_: int) -> int:
        return sum(1 for _ in store.quads) + len(ask(store, MADE))

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(read, range(40)))) == 1


def test_modules_that_lie_about_do_not_get_into_the_worker(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "signal", "io", "pyoxigraph", "sitecustomize", "usercustomize", "kg", "encodings"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w').close()\nraise SystemExit(9)\n", encoding="ascii")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "kg.py"))
    assert ask(store, MADE)
    assert not (tmp_path / "ran").exists()


def test_a_store_opened_by_a_relative_path_stays_where_it_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(store.folder.parent)
    with Store.view(Path(store.folder.name)) as seen:
        monkeypatch.chdir("/")
        assert ask(seen, MADE) == ask(store, MADE)


def test_a_store_that_is_being_written_is_asked_as_readers_see_it(tmp_path: Path) -> None:
    thing = ox.NamedNode(BASE + "entity/heron-9")
    with Store.open(tmp_path, create=True) as writer:
        writer.put(None, [ox.Quad(thing, thing, thing)])
        with pytest.raises(StoreError, match="no graph"):
            ask(writer, "ASK { ?s ?p ?o }")
        writer.publish()
        assert ask(writer, "ASK { ?s ?p ?o }").answer
        writer.drop(None)
        assert ask(writer, "ASK { ?s ?p ?o }").answer
        writer.publish()
        assert not ask(writer, "ASK { ?s ?p ?o }").answer


def test_a_closed_store_is_not_asked(store: Store) -> None:
    with Store.view(store.folder) as seen:
        pass
    with pytest.raises(StoreError, match="closed"):
        ask(seen, MADE)


def test_a_worker_that_does_not_start_or_breaks_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query_process, "WORKER", ("-I", "-c", "raise ValueError('out of order')"))
    assert failure(store, MADE).what == "the process for the query broke: ValueError: out of order"
    monkeypatch.setattr(
        query_process, "WORKER", ("-I", "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    )
    assert "stopped from outside" in failure(store, MADE).what
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert "no process for the query can be started" in failure(store, MADE).what


def test_an_answer_that_is_too_large_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "MAX_ANSWER_BYTES", 100_000)
    assert "larger than" in failure(store, "SELECT * { ?a ?b ?c . ?d ?e ?f }").what
    assert len(ask(store, "SELECT * { ?a ?b ?c } LIMIT 5")) == 5


def test_no_child_is_left_behind(store: Store) -> None:
    before = children()
    ask(store, MADE)
    with pytest.raises(QueryError):
        ask(store, ENDLESS, seconds=0.1)
    failure(store, "SELECT")
    assert children() == before


def children() -> set[str]:
    """The processes that this one started and that run, or that nobody has waited for."""
    tasks = list(Path("/proc/self/task").glob("*/children"))
    if not tasks:
        pytest.skip("the system does not list a process's children")
    found: set[str] = set()
    for task in tasks:
        with contextlib.suppress(OSError):  # a thread may end meanwhile
            found.update(task.read_text(encoding="ascii").split())
    return found


def reads(child: str, store: Store) -> bool:
    """Whether a child is a worker by now, no longer an image of this process, and has the store open."""
    process = Path("/proc", child)
    with contextlib.suppress(OSError):  # it may end meanwhile
        if b"query_worker" in (process / "cmdline").read_bytes():
            return any(str(file.readlink()).startswith(str(store.published)) for file in (process / "fd").iterdir())
    return False


def test_formats_of_a_table(store: Store) -> None:
    result = ask(store, "SELECT ?e ?name { ?e skos:altLabel ?name }")
    rows = list(csv.reader(io.StringIO(query.render(result, "csv"))))
    assert rows[0] == ["e", "name"]
    assert [row[1] for row in rows[1:]] == [row["name"] for row in result]
    assert query.render(result, "tsv").startswith("?e\t?name\n")
    data = json.loads(query.render(result, "json"))
    assert data["head"]["vars"] == ["e", "name"]
    assert len(data["results"]["bindings"]) == len(result)
    assert len(ElementTree.fromstring(query.render(result, "xml"))[1]) == len(result)


def test_formats_of_an_answer(store: Store) -> None:
    result = ask(store, "ASK { ?s ?p ?o }")
    assert json.loads(query.render(result, "json"))["boolean"] is True
    assert query.render(result, "csv") == "true"


def test_turtle_of_a_graph_holds_only_the_prefixes_it_uses(store: Store) -> None:
    result = ask(store, "CONSTRUCT WHERE { ?s company:produces ?o }")
    text = query.render(result, "ttl")
    assert "e:larkspur-marine company:produces e:heron-9" in text
    assert "@prefix skos:" not in text
    assert len(list(ox.parse(text, format=ox.RdfFormat.TURTLE))) == 1


@pytest.mark.parametrize(
    ("text", "format_", "fits"), [(MADE, "ttl", "csv"), ("DESCRIBE e:heron-9", "csv", "ttl"), ("ASK {}", "ttl", "json")]
)
def test_a_format_that_does_not_fit_names_those_that_do(store: Store, text: str, format_: str, fits: str) -> None:
    with pytest.raises(QueryError) as caught:
        query.render(ask(store, text), format_)
    assert fits in caught.value.hint
    assert format_ not in caught.value.hint


def test_an_unknown_format_names_the_known_ones(store: Store) -> None:
    with pytest.raises(QueryError, match="fitting formats: table, csv"):
        query.render(ask(store, MADE), "docx")


def test_table_rows_are_compact(store: Store) -> None:
    result = ask(store, 'SELECT (e:heron-9 AS ?e) ("a\tb"@en AS ?name) (<urn:x:y> AS ?other) (?u AS ?none) {}')
    assert query.table_rows(result, query.known_prefixes(store)) == [("e:heron-9", "a\tb", "<urn:x:y>", "")]


def test_the_longest_prefix_wins_and_only_whole_names_are_shortened() -> None:
    prefixes = {"a": "http://a.example/", "b": "http://a.example/b/"}
    assert query.compact(ox.NamedNode("http://a.example/b/c"), prefixes) == "b:c"
    assert query.compact(ox.NamedNode("http://a.example/b#char=0,5"), prefixes) == "<http://a.example/b#char=0,5>"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_html_escapes_what_stands_in_cells(text: str) -> None:
    result = query.Result("select", ("<name>",), ((ox.Literal(text + "<script>"),),))
    shown = result._repr_html_()
    assert "<script>" not in shown
    assert "&lt;name&gt;" in shown


def test_a_data_frame_has_the_columns_even_without_rows(store: Store) -> None:
    pytest.importorskip("pandas")
    frame = ask(store, MADE).to_df()
    assert list(frame["boat"]) == [BASE + "entity/heron-9"]
    assert list(ask(store, "SELECT ?x { ?x company:nothing ?y }").to_df().columns) == ["x"]


def test_without_pandas_the_error_says_how_to_get_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"evident-kg\[pandas\]"):
        ask(store, MADE).to_df()


def test_every_named_query_has_a_title_and_runs(store: Store) -> None:
    queries = query.named_queries()
    assert len(queries) >= 10
    empty = set()
    for name, named in queries.items():
        assert named.title and not named.title.startswith("#")
        result = ask(store, named.text)
        if not result:
            empty.add(name)
        if "quote" in result.variables:
            assert "document" in result.variables
    assert empty == {"brands", "silent"}


def test_queries_about_what_is_not_asserted_name_the_stance_and_the_speaker(store: Store) -> None:
    rows = list(ask(store, query.named_queries()["not-asserted"].text))
    assert [(row["stance"], row["object"], row["speaker"]) for row in rows] == [
        ("denied", "Ostrava Sails", None),
        ("planned", "Heron 12", "Ines Falk"),
    ]


def test_awards_come_with_their_giver_and_quote(store: Store) -> None:
    [row] = ask(store, query.named_queries()["awards"].text)
    assert (row["winner"], row["award"], row["giver"]) == ("Heron 9", "Golden Anchor", "Harbour Guild")
    assert row["quote"] == "won the Golden Anchor"


def test_a_query_is_text_a_file_a_name_or_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "my own.rq"
    file.write_text("\ufeffASK {}", encoding="utf-8")
    assert query.resolve(str(file)) == "ASK {}"
    assert query.resolve("products") == query.named_queries()["products"].text
    assert query.resolve(MADE) == MADE
    assert query.resolve("DESCRIBE e:heron-9") == "DESCRIBE e:heron-9"
    assert query.resolve("-", "ASK {}") == "ASK {}"


def test_what_is_no_query_gets_the_nearest_names(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="products"):
        query.resolve("product")
    with pytest.raises(QueryError, match="no query, no file"):
        query.resolve(str(tmp_path / "none of it.rq"))


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "query.rq"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryError, match=r"query\.rq: the query cannot be read"):
        query.resolve(str(file))


def test_importing_the_module_loads_nothing_heavy() -> None:
    heavy = "{'rdflib', 'spacy', 'pandas', 'networkx', 'pyvis', 'pyshacl', 'rich'}"
    code = f"import sys, kg.query; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        found.setblocking(False)
        yield found


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <URL> { ?a ?b ?c } }",
        "SELECT * { service silent <URL> { ?a ?b ?c } }",
        "SELECT * { ?a ?b 1SERVICE<URL>{?a ?b ?c} }",
        "SELECT * { ?a ?b trueSERVICE<URL>{?a ?b ?c} }",
        "SELECT * { ?a ?b ?c.SERVICE?a{} VALUES ?a { <URL> } }",
        "SELECT * { \\u0053ERVICE <URL> { ?a ?b ?c } }",
        "SELECT * { ?a ?b company:a\\# . SERVICE <URL> { ?a ?b ?c }\n }",
        "SELECT * { ?a ?b company:a\\' . SERVICE <URL> { ?a ?b 'x' } }",
        "PREFIX service: <URL> SELECT * { SERVICE service:a { ?a ?b ?c } }",
    ],
)
def test_no_query_reaches_another_machine(store: Store, listener: socket.socket, text: str) -> None:
    asked = text.replace("URL", f"http://127.0.0.1:{listener.getsockname()[1]}/")
    assert "SERVICE asks another machine" in failure(store, asked).what
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_what_is_too_long_for_a_file_name_is_no_query(store: Store) -> None:
    for text in ("9" * 3000, "{ " * 400):
        with pytest.raises(QueryError):
            query.run(store, query.resolve(text), seconds=20)


@pytest.mark.parametrize("text", ["SELECT * { " + "{ " * 50_000, "SELECT (" + "(" * 50_000])
def test_nesting_that_breaks_the_parser_is_told(store: Store, text: str) -> None:
    assert "nested too deep" in failure(store, text).what
