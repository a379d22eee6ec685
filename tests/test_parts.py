"""Pages that are put together of parts are those that are made of the store, whatever is kept of former pages."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.archive import Archive
from kg.export.beside import TRIG, GraphFiles
from kg.model import Document, Extraction
from kg.pages import write_page
from kg.parts import read_parts
from kg.rdf import prefixes
from kg.store import Store
from kg.view import Mention, Selection, network
from kg.view.facts import Subject, subjects_of
from kg.view.parts import Part, part_of
from kg.view.shown import Entity, shown
from kg.view.whole import whole
from tests.drafts import draft
from tests.view.conftest import DCTERMS, RDF, RDFS, SKOS, B, Maker

FIRMS = [f"Firm {number:03}" for number in range(330)]  # enough for communities
DOCUMENTS = [f"d{number}" for number in range(6)]
WORDS = ("makes", "sells", "owns")


def invented(chance: random.Random, statements: int = 400) -> Maker:
    """A graph of firms, most of which have to do with their neighbours."""
    made = Maker()
    for name in FIRMS:
        made.entity(name, chance.choice(("Company", "Person")), *chance.choice(((), ("Alias of " + name,), (name,))))
    price = made.amount("31 EUR")
    for name in DOCUMENTS:
        made.document(name, chance.choice((None, "On “firms”\n\n&c.")), "2020-01-01")
    for _ in range(statements):
        add(made, chance)
    made.say(FIRMS[0], "soldFor", price, "It went for [[31 euros]].", "d0")
    for number, name in enumerate(FIRMS[::3]):
        made.mention(chance.choice(DOCUMENTS), name, 10 * number, named=chance.random() < 0.5)
    made.put(FIRM + "old", DCTERMS + "isReplacedBy", made.iris[FIRMS[0]])
    return made


FIRM = B + "entity/"


def add(made: Maker, chance: random.Random) -> None:
    """One more statement."""
    one = chance.randrange(len(FIRMS))
    other = FIRMS[min(len(FIRMS) - 1, one - one % 20 + chance.randrange(25))]
    value = chance.choice((other, other, Literal('𝒜 \\ "word"\n'), Literal("mot", language="fr"), B + "elsewhere"))
    stance, speaker = chance.choice(("asserted", "denied", "odd")), chance.choice((None, FIRMS[3]))
    quote = f"Some 🦊 words: [[{one} has to do with {other}]]."
    made.say(
        FIRMS[one], chance.choice(WORDS), value, quote, chance.choice(DOCUMENTS), stance=stance, speaker=speaker,
        confidence=chance.choice(("0.9", "0.75", "1")), time=chance.choice((None, "1999")),
    )  # fmt: skip


def change(made: Maker, chance: random.Random) -> None:
    """Something else is said in one document, and of some firms."""
    for _ in range(chance.randrange(4)):
        add(made, chance)
    quads = sorted(made.quads, key=str)
    for quad in chance.sample(quads, chance.randrange(6)):
        if quad.predicate.value in (SKOS + "prefLabel", SKOS + "altLabel", RDFS + "label", B + "makes"):
            made.quads.remove(quad)
    records = [quad.subject for quad in quads if quad.predicate.value == RDF + "object"]
    for record in chance.sample(records, chance.randrange(4)):
        for quad in list(made.quads.quads_for_pattern(record, None, None, None)):
            made.quads.remove(quad)


def build(folder: Path, made: Maker) -> None:
    """Put the graphs into a store, and into the files beside it, as a build does."""
    graphs: defaultdict[str, list[Quad]] = defaultdict(list)
    for quad in made.quads:
        graphs["" if not isinstance(quad.graph_name, NamedNode) else quad.graph_name.value].append(quad)
    with Store.open(folder, create=True) as store:
        store.manifest = {"base": B, "prefixes": prefixes(B), "ontology": "none", "model": "none"}
        drafts = [
            draft(iri or None, "|".join(sorted(map(str, quads))), partial(list, quads))
            for iri, quads in sorted(graphs.items())
        ]
        with GraphFiles(store, folder) as files:
            store.fill(files.passing(drafts))
        write_page(store, folder / "graph.html", keep=True)


def page(folder: Path, *, parts: bool = True) -> bytes:
    """The page that a reader makes."""
    with Store.view(folder) as store, pytest.MonkeyPatch.context() as patch:
        if not parts:
            patch.setattr("kg.pages.read_parts", lambda _: None)
        write_page(store, folder / "other.html")
    return (folder / "other.html").read_bytes()


def kept(folder: Path) -> Path:
    return folder / "store" / "derived" / "page"


@settings(max_examples=5, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.integers(0, 10**6))
def test_a_page_does_not_depend_on_what_is_kept(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    chance = random.Random(seed)
    folder = tmp_path_factory.mktemp("parts")
    made = invented(chance)
    for _ in range(3):
        build(folder, made)
        found = (folder / "graph.html").read_bytes()
        assert page(folder) == found
        kept(folder).rename(folder / "aside")
        assert page(folder) == found
        assert page(folder, parts=False) == found
        (folder / "aside").rename(kept(folder))
        change(made, chance)


@pytest.fixture
def built(tmp_path: Path) -> Iterator[tuple[Path, Maker]]:
    made = invented(random.Random(1), 60)
    build(tmp_path, made)
    yield tmp_path, made


def test_only_what_changed_is_read(built: tuple[Path, Maker], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, made = built
    read: list[str] = []
    subjects: list[str] = []

    def part(quads: Iterable[Quad], text_of: Callable[[str], str]) -> Part | None:
        found = part_of(quads, text_of)
        read.append(found.described.id if found else "")
        return found

    def facts(quads: Iterable[Quad]) -> list[Subject]:
        found = list(subjects_of(quads))
        subjects.extend(one.iri for one in found)
        return found

    monkeypatch.setattr("kg.parts.part_of", part)
    monkeypatch.setattr("kg.parts.subjects_of", facts)
    page(folder)
    assert (read, subjects) == ([], [])
    made.say(FIRMS[0], "owns", FIRMS[1], "One more: [[0 owns 1]].", "d3")
    build(folder, made)
    assert (read, subjects) == (["d3"], [made.iris[FIRMS[0]]])
    del read[:], subjects[:]
    kept(folder).unlink()
    page(folder)
    assert read == [*DOCUMENTS]
    assert len(subjects) == len(FIRMS) + 2


def test_damage_changes_nothing(built: tuple[Path, Maker]) -> None:
    folder, _ = built
    whole_file, found = kept(folder).read_bytes(), (folder / "graph.html").read_bytes()
    for damaged in (b"", whole_file[:-1], whole_file[:40] + b"\0" + whole_file[41:]):
        kept(folder).write_bytes(damaged)
        assert page(folder) == found
    kept(folder).unlink()
    kept(folder).mkdir()
    assert page(folder) == found


def test_what_is_sealed_and_makes_no_sense_counts_as_absent(
    built: tuple[Path, Maker], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = built
    found = (folder / "graph.html").read_bytes()
    monkeypatch.setattr("kg.parts.recall", lambda *_: b"\x93\x01\x02\x03")
    assert page(folder) == found


def test_what_no_page_needs_is_not_kept_on(built: tuple[Path, Maker]) -> None:
    folder, made = built
    before = kept(folder).read_bytes()
    made.document("more")
    for _ in range(50):
        add(made, random.Random(2))
    build(folder, made)
    assert len(kept(folder).read_bytes()) > len(before)
    build(folder, invented(random.Random(1), 60))
    assert kept(folder).read_bytes() == before


def test_a_file_that_is_not_that_of_the_store_is_not_read(built: tuple[Path, Maker]) -> None:
    folder, _ = built
    found = (folder / "graph.html").read_bytes()
    text = (folder / TRIG).read_bytes()
    kept(folder).unlink()
    for other in (text[:-200], text.replace(b"Firm 001", b"Firm 0x1"), b""):
        (folder / TRIG).write_bytes(other)
        assert page(folder) == found
        with Store.view(folder) as store:
            assert read_parts(store) is None
    (folder / TRIG).unlink()
    assert page(folder) == found


def test_graphs_that_no_build_makes_are_read_from_the_store(tmp_path: Path) -> None:
    made = invented(random.Random(3), 20)
    made.put(f"{B}document/two", RDF + "type", "http://xmlns.com/foaf/0.1/Document", "evidence/d0")
    build(tmp_path, made)
    with Store.view(tmp_path) as store:
        assert read_parts(store) is None
    assert page(tmp_path) == (tmp_path / "graph.html").read_bytes()


def plain(item: tuple[str, Entity]) -> tuple[str, str, str, list[str], list[Mention]]:
    """An entity, whose names and mentions may come in lists or tuples."""
    iri, entity = item
    return iri, entity.label, entity.class_iri, list(entity.aliases), list(entity.mentions)


def test_of_too_many_entities_the_same_are_shown(built: tuple[Path, Maker], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, _ = built
    for name in ("kg.view.bulk.MENTIONS", "kg.view.whole.MENTIONS"):
        monkeypatch.setattr(name, 3)
    with Store.view(folder) as store:
        parts = read_parts(store)
        assert parts is not None
        assert parts.quads() == len(store.quads)
        assert len(store.quads) - parts.quads("/d0") == parts.named[f"{B}graph/evidence/d0"].quads
        for limit in (1000, 100, 3):
            found = whole(tuple(parts.facts.values()), tuple(parts.named.values()), limit=limit)
            other = shown(network(store, Selection(), limit=limit))
            assert list(map(plain, found.entities.items())) == list(map(plain, other.entities.items()))
            assert found.rows == other.rows
            assert (found.counts, found.classes) == (other.counts, other.classes)


def test_texts_of_documents_are_kept_with_their_graphs(tmp_path: Path) -> None:
    made = Maker()
    for name in ("Anvil", "Bellows"):
        made.entity(name, "Company")
    made.document("d")
    made.say("Anvil", "makes", "Bellows", "Anvil [[makes]] Bellows.", "d")
    made.mention("d", "Anvil", 0, "Anvil")
    for end in ("Anvil makes Bellows. What lies 🦊 between.", "Anvil makes Bellows."):
        with Store.open(tmp_path, create=True) as store:
            document = Document("d", end, "d.txt", "d.txt", "d.txt")
            Archive.of(store).keep("key", Extraction(document, (), (), (), ()))
        build(tmp_path, made)
        with Store.view(tmp_path) as store:
            parts = read_parts(store)
            assert parts is not None
            assert parts.texts == {"d": end}
        assert page(tmp_path) == page(tmp_path, parts=False) == (tmp_path / "graph.html").read_bytes()
        kept(tmp_path).unlink()
