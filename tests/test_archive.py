from __future__ import annotations

import hashlib
import pkgutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.archive import Archive, code_digest, key_of, sources
from kg.model import (
    STANCES,
    Document,
    Dropped,
    Evidence,
    Extraction,
    Label,
    LocalEntity,
    LocalStatement,
    Span,
    Value,
)

C = "https://w3id.org/evident-kg/company#"


def told(id_: str, text: str = "Tarnwald costs 9 €. 😀") -> Extraction:
    """An extraction in which every field holds something."""
    whole = Span(0, len(text))
    evidence = Evidence(whole, text, whole)
    entities = (
        LocalEntity(C + "Organization", (Label("Tarnwald"), Label("川辺", "zh")), (Span(0, 8),), (True,)),
        LocalEntity("", (Label("it"),), (Span(0, 1), Span(1, 2)), (False, True)),
    )
    statements = (
        LocalStatement(0, C + "price", Value("9 EUR", "amount"), evidence, "denied", "rule", 0.87, 1),
        LocalStatement(0, C + "partnerOf", 1, evidence, "asserted", "rule", 1.0, None, Value("2017", "gYear"), 1),
    )
    dropped = (Dropped("Tarnwald", C + "price", "9 €", evidence, "rule", "no reason"),)
    document = Document(id_, text, "data/a.txt", "2017-05", "A title", ("Mara Teal",))
    return Extraction(document, (whole,), entities, statements, dropped)


def test_what_is_kept_comes_back_the_same(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    kept = archive.keep("key", told("a"))
    assert (kept.key, kept.whole()) == ("key", told("a"))
    assert Archive(tmp_path).load() == {"a": kept}
    assert type(Archive(tmp_path).load()["a"].statements[1].object) is int


def test_an_absent_folder_holds_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "none")
    assert archive.load() == {}
    archive.forget("a")
    archive.clear()
    assert not (tmp_path / "none").exists()


def test_documents_come_sorted_by_id(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for name in ("b", "c", "a"):
        archive.keep("key", told(name))
    assert list(archive.load()) == ["a", "b", "c"]


def test_keeping_again_replaces(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.keep("old", told("a"))
    archive.keep("new", told("a", "Other words."))
    assert {name: kept.key for name, kept in archive.load().items()} == {"a": "new"}
    assert archive.load()["a"].whole().document.text == "Other words."
    assert len(list((tmp_path / "store" / "documents").iterdir())) == 1


def test_forgetting_and_clearing(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for name in ("a", "b", "c"):
        archive.keep("key", told(name))
    archive.forget("b")
    assert list(archive.load()) == ["a", "c"]
    archive.clear()
    assert archive.load() == {}


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"\xff\xfe", b"[]", b'{"key": "k"}', b'{"key": "k", "extraction": {"document": 1}}'],
)
def test_a_damaged_file_counts_as_absent(tmp_path: Path, damage: bytes) -> None:
    archive = Archive(tmp_path)
    archive.keep("key", told("a"))
    archive.keep("key", told("b"))
    broken = tmp_path / "store" / "documents" / f"{hashlib.sha256(b'a').hexdigest()[:24]}.jsonl"
    assert broken.exists()
    broken.write_bytes(damage)
    assert list(archive.load()) == ["b"]
    archive.keep("key", told("a"))
    assert list(archive.load()) == ["a", "b"]


def test_a_file_cut_off_anywhere_counts_as_absent(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.keep("key", told("a"))
    (path,) = (tmp_path / "store" / "documents").iterdir()
    whole = path.read_bytes()
    for end in range(0, len(whole), 37):
        path.write_bytes(whole[:end])
        assert archive.load() == {}


def test_any_id_can_be_kept(tmp_path: Path) -> None:
    ids = ["a/b", "../../etc", "a" * 500, "記事 1", "A", "a", " ", ".", "a\nb"]
    archive = Archive(tmp_path)
    for name in ids:
        archive.keep("key", told(name))
    assert list(archive.load()) == sorted(ids)
    assert {path.parent for path in tmp_path.rglob("*.jsonl")} == {tmp_path / "store" / "documents"}


def test_every_stance_can_be_kept(tmp_path: Path) -> None:
    span = Evidence(Span(0, 1), "T", Span(0, 1))
    statements = tuple(LocalStatement(0, C + "price", 0, span, stance, "rule", 0.5) for stance in STANCES)
    made = Extraction(Document("a", "T", "a.txt"), (), (), statements, ())
    Archive(tmp_path).keep("key", made)
    assert Archive(tmp_path).load()["a"].whole() == made


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_other_parts_give_another_key(one: list[str], other: list[str]) -> None:
    free = ["\0" not in part for part in (*one, *other)]
    if one and other and all(free):
        assert (key_of(*one) == key_of(*other)) == (one == other)


def test_a_key_takes_any_text() -> None:
    assert len(key_of("\ud800")) == 64


def test_the_code_digest_tells_packages_apart() -> None:
    assert code_digest("resolve") == code_digest("resolve")
    assert len({code_digest(name) for name in ("annotate", "extract", "resolve")}) == 3


@pytest.mark.parametrize("package", ["annotate", "extract", "resolve"])
def test_the_sources_of_a_package_that_decides_are_all_its_modules(package: str) -> None:
    home = Path(kg.__file__).parent
    names = [name for _, name, _ in pkgutil.walk_packages([str(home / package)], f"kg.{package}.")]
    assert len(sources(package)) == len(names) + 1
    assert names


def test_word_lists_and_what_pages_are_made_of_count_as_sources() -> None:
    assert {"places.txt", "persons.txt", "nouns.txt"} <= {path.name for path in sources("lexicon")}
    assert {"main.js", "base.css", "page.html"} <= {path.name for path in sources("view")}
