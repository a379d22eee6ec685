"""Targets that take a whole graph: builds with decisions, comparisons of exports, backups restored; and their seeds.

An input holds several parts with SEPARATOR between them, so that a change meets one of them, or moves their border.
"""

from __future__ import annotations

import functools
import gzip
import io
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

SEPARATOR = b"\x1e"
BASE, X = "https://kg.example/", "https://x.example/#"
FORMAT = 1
ONTOLOGY = """
@prefix : <https://x.example/#> . @prefix kgv: <https://w3id.org/evident-kg/vocab#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Agent a owl:Class ; rdfs:label "agent"@en .
:Firm a owl:Class ; rdfs:subClassOf :Agent ; rdfs:label "firm"@en ; kgv:nerLabel "ORG" ; kgv:nameWord "Works" .
:Person a owl:Class ; rdfs:subClassOf :Agent ; rdfs:label "person"@en ; kgv:nerLabel "PERSON" .
:makes a owl:ObjectProperty ; rdfs:label "makes"@en ; rdfs:domain :Firm ; kgv:phrase "?s makes ?o"@en .
:knows a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:label "knows"@en ; kgv:phrase "?s knows ?o"@en .
:owns a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:label "owns"@en ; rdfs:domain :Agent ; rdfs:range :Firm ;
  kgv:phrase "?s owns ?o"@en .
:founded a owl:DatatypeProperty ; rdfs:label "founded"@en ; rdfs:range xsd:gYear ;
  kgv:phrase "?s was founded in ?o"@en .
"""
SENTENCES = (
    "Halm Works owns Quist Works.",
    "Ines Falk knows Mads Brand.",
    "Quist Works owns Loaf Works.",
    "It was founded in 1912.",
    "Halm Works was founded in May 2017.",
    "Ines Falk does not own Halm Works.",
    "Mads Brand owns Halm.",
    "Does Halm own it?",
    "Halm Works GmbH makes bread.",
    "HALM WORKS owns ꟻalk.",
    "Ines Falk \u202eowns\u202c Halm Works.",
    "\U0001f4a9 owns Halm Works.",
    "Ines \n Falk knows\tQuist Works.",
    "Mr. Falk knows Falk.",
    "Halm Works owns Halm Works.",
)
_NAMES = (
    "halm-works",
    "quist-works",
    "loaf-works",
    "halm-works-gmbh",
    "ines-falk",
    "mads-brand",
    "halm",
    "nobody",
    "a b",
    "",
)
_IRIS = tuple(f"{BASE}{kind}/{name}" for kind in ("entity", "person", "added") for name in _NAMES)


# Builds

_UNREAD = ("it is not in the graph", "it cannot be read again")  # what verify rightly says of a broken document


def build_replay(data: bytes) -> None:
    """Two documents and a decisions.jsonl, built twice: the same bytes, and nothing that verify would find."""
    from kg import decisions
    from kg.config import Settings
    from kg.pipeline import build, load_ontology
    from kg.store import Store
    from kg.verify import reread, verify

    first, second, decided = [*data.split(SEPARATOR, 2), b"", b""][:3]
    for name, part in (("docs/a.txt", first), ("docs/b.txt", second), ("decisions.jsonl", decided)):
        Path(name).write_bytes(part)
    settings = Settings(output="out", ontology="small.ttl", decisions="decisions.jsonl", reason="owl", merge=0.8)
    build(["docs"], settings)
    before = Path("out/graph.trig").read_bytes()
    build(["docs"], settings)
    assert Path("out/graph.trig").read_bytes() == before, "another graph the second time"
    in_force = decisions.read(Path("decisions.jsonl")).in_force
    with Store.view(Path("out")) as store:
        found = verify(store, reread(store, max_bytes=10**6), ontology=load_ontology(settings), decisions=in_force)
    told = [problem for problem in found.findings if not problem.what.startswith(_UNREAD)]
    assert not told, f"verify: {told[0].what}"


def _prepare_build() -> None:
    """A project with the ontology; the language model is loaded once."""
    from kg import annotate

    Path("docs").mkdir(exist_ok=True)
    Path("small.ttl").write_text(ONTOLOGY, encoding="utf-8")
    make = annotate.ANNOTATORS["spacy"]
    known: dict[tuple[str, str], Any] = {}

    def kept(model: str, ontology: Any) -> Any:
        if (model, ontology.digest) not in known:
            known[model, ontology.digest] = make(model, ontology)
        return known[model, ontology.digest]

    annotate.ANNOTATORS["spacy"] = kept
    build_replay(SEPARATOR.join((SENTENCES[0].encode(), SENTENCES[1].encode(), b"")))


build_replay.prepare = _prepare_build  # type: ignore[attr-defined]


# Comparisons


def diff_exports(data: bytes) -> None:
    """Two exports compared, both ways, and each with itself; told as tables and as JSON."""
    from kg.__main__ import main
    from kg.diff import diff
    from kg.diff.read import read_file

    graphs = []
    for name, part in zip("ab", [*data.split(SEPARATOR, 1), b""][:2], strict=True):
        path = Path(f"{name}.nq" if part.startswith(b"<") else f"{name}.trig")
        path.write_bytes(part)
        graphs.append(read_file(path, str(path)))
    for one, other in (graphs, graphs[::-1]):
        found = diff(one, other)
        for options in ((), ("--json",), ("--only", "inferred")):
            assert main(["-q", "diff", one.name, other.name, *options]) in (0, 1), "no exit code of kg diff"
        assert len(diff(one, one)) == 0, "it differs from itself"
        sizes = [len(part) for part in (found.facts.added, found.facts.removed)]
        assert one.facts != other.facts or sizes == [0, 0], "a fact of both came or went"


# Backups


def restore_file(data: bytes) -> None:
    """The bytes as a backup, restored; what comes out is read."""
    Path("backup.kgz").write_bytes(data)
    _restored()


def restore_tar(data: bytes) -> None:
    """The bytes as what is compressed in a backup."""
    restore_file(gzip.compress(data, 1, mtime=0))


def restore_members(data: bytes) -> None:
    """A backup of these members, each a name, a line's end and what it holds; the index agrees with them."""
    from kg.packed import pack

    pairs = (part.partition(b"\n")[::2] for part in data.split(SEPARATOR))
    members = {name.decode("latin-1"): content for name, content in pairs if name}
    with Path("backup.kgz").open("wb") as stream:
        pack(stream, members, FORMAT)
    _restored()


def _restored() -> None:
    """The backup, restored beside the project's own files, and read in the ways that people do."""
    from kg import derivations, duplicates, facts, missing, statistics
    from kg.archive import Archive
    from kg.backup import restore
    from kg.diff import diff, read
    from kg.store import Store

    folder = Path("restored")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        restore(Path("backup.kgz"), folder)
    finally:
        left = [path.name for path in Path().iterdir() if path.name.startswith(".restored")]
        assert not left, f"left behind: {left[0]}"
    with Store.view(folder) as store, store.reading():
        Archive.of(store).texts()
        statistics.statistics(store), facts.facts(store), facts.entities(store), derivations.inferred(store)
        missing.why_not(store), duplicates.duplicates(store, least=0, limit=3)
    assert len(diff(read(folder), read(folder))) == 0, "it differs from itself"


# Seeds


def seeds_of(name: str) -> list[bytes]:
    """The seeds of one of these targets; [] for another name."""
    if name == "build.replay":
        texts = [" ".join(SENTENCES[n : n + 3]).encode() for n in range(0, len(SENTENCES), 3)]
        return [SEPARATOR.join((one, other, _DECIDED)) for one, other in zip(texts, texts[::-1], strict=True)]
    if name == "diff.exports":
        whole, fewer = _graphs()
        return [SEPARATOR.join(pair) for pair in ((whole, fewer), (fewer, whole), (whole, whole), (whole, b""))]
    if name.startswith("restore."):
        members = _members()
        stream = io.BytesIO()
        from kg.packed import pack

        pack(stream, members, FORMAT)
        by_name = {
            "restore.kgz": [stream.getvalue(), b"", gzip.compress(b"")],
            "restore.tar": [gzip.decompress(stream.getvalue())],
            "restore.members": list(_membered(members)),
        }
        return by_name[name]
    return []


_DECIDED = b"\n".join(
    json.dumps(line).encode()
    for line in (
        {"do": "merge", "entities": [_IRIS[0], _IRIS[1]]},
        {"do": "apart", "entities": [_IRIS[1], _IRIS[2]]},
        {"do": "retype", "entity": _IRIS[0], "type": X + "Person"},
        {"do": "split", "entity": _IRIS[0], "documents": ["a"]},
        {"do": "relate", "subject": _IRIS[0], "predicate": X + "owns", "object": _IRIS[2], "source": "x"},
        {"do": "reject", "subject": _IRIS[0], "predicate": X + "owns", "object": _IRIS[1]},
    )
)


@functools.cache
def _graphs() -> tuple[bytes, bytes]:
    """A small graph in TriG, with all that a build stores, and one of which some is missing and some is otherwise."""
    text = (Path(__file__).parents[2] / "tests" / "graphs" / "boatyard.trig").read_text(encoding="utf-8")
    lines = text.splitlines()
    head = [line for line in lines if line.startswith("@prefix")]
    kept = [
        line for n, line in enumerate(lines) if line not in head and (n % 3 == 0 or line in "{}" or "graph/" in line)
    ]
    decided = f"""
<{BASE}graph/decisions> {{ <{BASE}decision/1> a kgv:Decision ; kgv:decides "merge" ;
  kgv:about e:larkspur-marine , e:heron-9 . }}
<{BASE}graph/inferred> {{ person:ines-falk a company:Agent . e:ostrava-sails company:partnerOf e:larkspur-marine . }}
{{ e:lm <http://purl.org/dc/terms/isReplacedBy> e:larkspur-marine . }}
"""
    fewer = "\n".join([*head, *kept]).replace("asserted", "denied", 2).replace("Heron 9", "Heron IX", 1)
    return (text + decided).encode(), fewer.encode()


@functools.cache
def _members() -> Mapping[str, bytes]:
    """What stands in a backup of a graph that was written by hand."""
    import pyoxigraph as ox

    from kg.archive import Archive, keep_dropped
    from kg.backup import backup
    from kg.config import Settings
    from kg.model import Document, Dropped, Evidence, Extraction, Span
    from kg.packed import unpack
    from kg.store import Store

    graphs: dict[str | None, list[ox.Quad]] = {}
    for quad in ox.parse(_graphs()[0], format=ox.RdfFormat.TRIG):
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None
        graphs.setdefault(name, []).append(quad)
    text = "Larkspur Marine was founded in April 2007 by Ines Falk."
    evidence = Evidence(Span(0, 15), text[:15], Span(0, len(text)))
    dropped = Dropped("Larkspur Marine", X + "owns", "April", evidence, "?s owns ?o", "the object is no name")
    folder = Path("seed")
    with Store.open(folder, create=True, clean=True) as store:
        store.manifest = {"base": BASE, "prefixes": {"x": X}, "model": "m", "reason": "owl"}
        for name, quads in graphs.items():
            store.put(name, quads)
        document = Document("larkspur-profile", text, "larkspur.txt", path="larkspur.txt")
        Archive.of(store).keep("key", Extraction(document, (Span(0, len(text)),), (), (), (dropped,)))
        keep_dropped(store, {"larkspur-profile": [dropped]})
        store.keep("report.json", b'{"documents": {}}')
    backup(Settings(output=str(folder)), Path("seed.kgz"), force=True)
    names = unpack(Path("seed.kgz"), folder / "unpacked", FORMAT)
    found = {name: (folder / "unpacked" / name).read_bytes() for name in names}
    shutil.rmtree(folder)
    return {**found, "project/kg.toml": b'output = "output"\n', "project/decisions.jsonl": _DECIDED + b"\n"}


def _membered(members: Mapping[str, bytes]) -> Iterator[bytes]:
    """Members as `restore_members` takes them: as they are, and with some that do not belong there."""

    def joined(found: Mapping[str, bytes]) -> bytes:
        return SEPARATOR.join(name.encode() + b"\n" + content for name, content in found.items())

    yield joined(members)
    for name in (
        "../outside",
        "/etc/x",
        "project/../../x",
        "project/a\\b",
        "documents/../state/manifest.json",
        "index.json",
    ):
        yield joined({name: b"{}", **members})
    for name, content in (
        ("state/manifest.json", b'{"version": 1, "base": "no <base>\\" }", "prefixes": [], "reason": "magic"}'),
        ("state/manifest.json", b'{"version": 99999999999999999999}'),
        ("state/dropped.json", b'{"nobody": [{}]}'),
        ("quads.nq", b"<a:a> <a:b> <a:c> <a:d>"),
        ("quads.nq", b"_:a <a:b> _:a _:g ."),
        ("project", b"a file"),
    ):
        yield joined({**members, name: content})


# Inputs of the right shape

_IRI = st.sampled_from(_IRIS) | st.text(max_size=8)
_TEXT = st.lists(st.sampled_from(SENTENCES), max_size=3).map(" ".join)
_PREDICATE = st.sampled_from([X + name for name in ("makes", "knows", "owns", "founded", "nothing")])
_SAID = st.sampled_from(SENTENCES) | st.just("")
_WORDS = st.sampled_from(["Halm", "Halm Works", "Falk", "it", " ", "x" * 300, "\u202e", "e\u0301"]) | st.text(
    max_size=5
)


def _line(do: str, **fields: SearchStrategy[Any]) -> SearchStrategy[bytes]:
    return st.fixed_dictionaries(fields).map(lambda found: json.dumps({"do": do, **found}).encode())


_FACT = {"subject": _IRI, "predicate": _PREDICATE, "object": _IRI | st.sampled_from(["1912", "2017-05", "May"])}
_WHERE = {"document": st.sampled_from(["", "a", "b", "c"]), "sentence": _SAID}
_DECISIONS = st.lists(
    st.one_of(
        *(_line(do, **_FACT, **_WHERE) for do in ("accept", "reject")),
        *(_line(do, entities=st.lists(_IRI, min_size=2, max_size=3)) for do in ("merge", "apart")),
        _line(
            "split",
            entity=_IRI,
            documents=st.lists(st.sampled_from("abc"), max_size=2),
            names=st.lists(_WORDS, max_size=2),
        ),
        _line("rename", entity=_IRI, label=_WORDS),
        _line("retype", entity=_IRI, type=st.sampled_from([X + "Firm", X + "Person", X + "Agent", "x"])),
        _line("relate", **_FACT, **_WHERE, source=_WORDS, quote=_WORDS),
        _line(
            "relate",
            **{**_FACT, "object": st.sampled_from(["1912", "2017-05", "x", ""])},
            source=_WORDS,
            datatype=st.sampled_from("date gYear integer decimal amount string".split()),
            new=st.lists(
                st.fixed_dictionaries({"iri": _IRI, "label": _WORDS, "type": st.just(X + "Firm")}), max_size=2
            ),
        ),
        _line("undo", decision=st.text("0123456789abcdef", min_size=8, max_size=8)),
    ),
    max_size=8,
).map(b"\n".join)


@functools.cache
def _quads() -> list[list[str]]:
    """The terms of each quad of the small graph, and a few more."""
    import pyoxigraph as ox

    strange = ('"x"@en', f'"{"9" * 40}"^^<http://www.w3.org/2001/XMLSchema#integer>', "<a:a>", '"\\uFFFD\\u202E"', '""')
    quads = [
        [*map(str, quad.triple), str(quad.graph_name) if isinstance(quad.graph_name, ox.NamedNode) else ""]
        for quad in ox.parse(_graphs()[0], format=ox.RdfFormat.TRIG)
    ]
    return quads + [[quads[n][0], quads[n][1], term, quads[n][3]] for n, term in enumerate(strange)]


_NUMBER = st.integers(0, 10**6)


def _exports(drawn: list[tuple[int, list[tuple[int, int, int]]]]) -> bytes:
    """Two graphs in N-Quads: of the quads every n-th left out, and terms put in the places of others."""
    parts = []
    for without, swaps in drawn:
        quads = [list(quad) for quad in _quads()]
        for one, other, place in swaps:
            quads[one % len(quads)][place % 4] = quads[other % len(quads)][place % 4 if place < 6 else 0]
        kept = (quad for n, quad in enumerate(quads) if n % (without % 40 + 2))
        parts.append("".join(" ".join(filter(None, quad)) + " .\n" for quad in kept).encode())
    return SEPARATOR.join(parts)


_EXPORT = st.tuples(_NUMBER, st.lists(st.tuples(_NUMBER, _NUMBER, st.integers(0, 7)), max_size=8))

SHAPED: dict[str, SearchStrategy[bytes]] = {
    "build.replay": st.tuples(_TEXT, _TEXT, _DECISIONS).map(
        lambda drawn: SEPARATOR.join((drawn[0].encode(), drawn[1].encode(), drawn[2]))
    ),
    "diff.exports": st.lists(_EXPORT, min_size=2, max_size=2).map(_exports),
}
"""By the names of targets."""
