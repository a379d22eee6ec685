"""Whatever was added, changed, removed, reordered and decided before: the graph is what a clean build makes of it."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from kg.annotate import ANNOTATORS, Annotator
from kg.config import Settings
from kg.decisions import Apart, Merge, Reject, Relate, Rename, Split, Undo, add, read
from kg.ontology import Ontology, load
from kg.pipeline import build
from kg.store import Store

pytestmark = pytest.mark.model

ONTOLOGY = Path(__file__).with_name("graphs") / "mills.ttl"
BASE = Settings().base
C = "https://w3id.org/evident-kg/company#"
FIRMS = ("Pelikan Mills", "Tarnwald Mills", "Pelikan", "Arne Mills Ltd")
SENTENCES = [f"{firm} {said}" for firm in FIRMS for said in ("is based in Oslo.", "was founded in 1911.")]
NAMES = st.sampled_from(["a", "b", "c", "d"])
TEXTS = st.lists(st.sampled_from([*SENTENCES, "It rained.", "It is based in Hamburg."]), min_size=1, max_size=3)
RDF_NAMES = st.sampled_from(["e", "f"])
PREFIXES = f"""@prefix : <{C}> . @prefix w: <https://w.example/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
THINGS = [f'w:Q{n} a :{kind} ; rdfs:label "{name}" .' for n, name in enumerate(FIRMS) for kind in ("Organization",)]
TRIPLES = st.lists(
    st.sampled_from(
        [
            *THINGS,
            'w:Q9 a :Organization ; rdfs:label "Pelikan Mills" .',
            'w:Q5 a :Place ; rdfs:label "Oslo" .',
            "w:Q0 :headquarters w:Q5 .",
            'w:Q1 :foundingDate "1911" .',
            "w:Q2 owl:sameAs w:Q3 .",
            "w:Q0 w:colour w:Q9 .",
        ]
    ),
    min_size=1,
    max_size=5,
)
IRIS = st.sampled_from([f"{BASE}entity/{name}" for name in ("pelikan-mills", "tarnwald-mills", "pelikan", "nobody")])


@pytest.fixture(scope="module", autouse=True)
def _loaded_once() -> Iterator[None]:
    """The language model and the ontology are loaded once for all builds of this module."""
    ontology = load([ONTOLOGY])
    annotator = ANNOTATORS["spacy"](Settings().model, ontology)
    make: Callable[[str, Ontology], Annotator] = lambda _model, _ontology: annotator  # noqa: E731
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(ANNOTATORS, "spacy", make)
        yield


class Folder(RuleBasedStateMachine):
    """A folder of documents and decisions that changes, with a graph that follows."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="kg-"))
        (self.root / "docs").mkdir()
        self.decisions = self.root / "decisions.jsonl"
        self.settings = Settings(output=str(self.root / "out"), ontology=str(ONTOLOGY), decisions=str(self.decisions))
        self.first: list[str] = []

    @initialize(texts=st.dictionaries(NAMES, TEXTS, min_size=1))
    def begin(self, texts: dict[str, list[str]]) -> None:
        self.write("z", ["It rained."])  # a folder without any document takes nothing away
        for name, sentences in texts.items():
            self.write(name, sentences)
        self.follow()

    @rule(name=NAMES, sentences=TEXTS)
    def write(self, name: str, sentences: list[str]) -> None:
        (self.root / "docs" / f"{name}.txt").write_text(" ".join(sentences))

    @rule(name=RDF_NAMES, triples=TRIPLES)
    def state(self, name: str, triples: list[str]) -> None:
        (self.root / f"{name}.ttl").write_text(PREFIXES + " ".join(triples))
        build([str(self.root / f"{name}.ttl")], self.settings)

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        (self.root / "docs" / f"{name}.txt").unlink(missing_ok=True)

    @rule(names=st.permutations(["a", "b", "c", "d"]))
    def reorder(self, names: list[str]) -> None:
        self.first = names

    @rule(one=IRIS, other=IRIS, together=st.booleans())
    def pair(self, one: str, other: str, together: bool) -> None:
        if one != other:
            add(self.decisions, (Merge if together else Apart)((one, other)))

    @rule(one=IRIS, name=NAMES)
    def split(self, one: str, name: str) -> None:
        add(self.decisions, Split(one, (name,)))

    @rule(one=IRIS)
    def describe(self, one: str) -> None:
        add(self.decisions, Rename(one, "Arne Mills"), Reject(one, C + "headquarters", f"{BASE}place/oslo"))

    @rule(one=IRIS)
    def relate(self, one: str) -> None:
        add(self.decisions, Relate(one, C + "foundingDate", "1999", "gYear", "by word of mouth"))

    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        lines = read(self.decisions).lines
        if lines:
            add(self.decisions, Undo(data.draw(st.sampled_from(lines)).id))

    @rule()
    def follow(self) -> None:
        build(self.sources(), self.settings)

    def sources(self) -> list[str]:
        files = [self.root / "docs" / f"{name}.txt" for name in self.first]
        return [*(str(path) for path in files if path.exists()), str(self.root / "docs")]

    def stated(self) -> list[str]:
        return [str(path) for path in sorted(self.root.glob("*.ttl"))]

    def teardown(self) -> None:
        build(self.sources(), self.settings)
        clean = replace(self.settings, output=str(self.root / "clean"))
        build([str(self.root / "docs"), *self.stated()], clean)
        assert digests(Path(self.settings.output)) == digests(Path(clean.output))
        shutil.rmtree(self.root)


def digests(folder: Path) -> dict[str, str]:
    """A digest of every output file and of all quads."""
    found = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    with Store.view(folder) as store:
        found["quads"] = "\n".join(sorted(map(str, store.quads))).encode()
        found["dropped"] = store.kept("dropped.json") or b""
    assert len(found) == 6
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(found.items())}


QUICK = (Phase.explicit, Phase.reuse, Phase.generate)  # each step is a build: making a failure smaller takes minutes
Folder.TestCase.settings = settings(max_examples=12, stateful_step_count=10, deadline=None, phases=QUICK)
TestEveryWayToAState = Folder.TestCase
