"""A store whose files were changed: readers and writers say so, or are right all the same, and nothing breaks down."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.crash.workshop import ONE, OTHER, Shop

WELL, ERROR = 0, 4


def changed(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one bit turned, a part overwritten, or their end lacking."""
    made, at = bytearray(data), chance.randrange(len(data))
    match chance.randrange(4):
        case 0 | 1:
            made[at] ^= 1 << chance.randrange(8)
        case 2:
            made[at : at + 32] = bytes(len(made[at : at + 32]))
        case 3:
            del made[at:]
    return bytes(made)


def files(folder: Path) -> list[Path]:
    """All that may be changed."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


def test_readers_of_a_store_that_was_changed_anywhere(shop: Shop) -> None:
    shop.built()
    shop.write(OTHER)
    shop.built()
    right = shop.children.read(shop.output)
    assert right["code"] == WELL
    (state,) = (shop.output / "store" / "published").iterdir()
    chance = random.Random(11)
    kinds: dict[str, list[Path]] = {}
    for path in files(state):
        kinds.setdefault(path.name[:8] if path.suffix != ".sst" else ".sst", []).append(path)
    for n in range(200):
        path = chance.choice(kinds[sorted(kinds)[n % len(kinds)]])
        data = path.read_bytes()
        path.write_bytes(changed(data, chance))
        told = shop.children.read(shop.output)
        assert (told["code"], "damaged" in told["said"]) == (ERROR, True), (path, told)
        path.write_bytes(data)
    assert shop.children.read(shop.output) == right
    assert {"CURRENT", "MANIFEST", ".sst", "manifest", "dropped.", "XXH128SU"} <= set(kinds)


def test_builds_on_a_store_that_was_changed_anywhere(shop: Shop) -> None:
    clean = shop.clean(OTHER)
    shop.write(ONE)
    shop.built()
    before = shop.seen()
    shop.write(OTHER)
    kept = shop.folder / "kept"
    shutil.copytree(shop.output, kept)
    chance, ends = random.Random(5), Counter[int]()
    places = [path.relative_to(kept) for path in files(kept) if "LOG" not in path.name]
    for _ in range(25):
        path = shop.output / chance.choice(places)
        path.write_bytes(changed(path.read_bytes(), chance))
        told = shop.build()
        ends[told["code"]] += 1
        if told["code"] == WELL:
            assert shop.digests() == clean, path
        else:
            assert told["code"] == ERROR, (path, told)
            assert "damaged" in told["said"], (path, told)
            assert "published" in path.parts or path.suffix == ".sst" or shop.seen() == before
        shutil.rmtree(shop.output)
        shutil.copytree(kept, shop.output)
    assert min(ends[WELL], ends[ERROR]) > 3


def test_a_damaged_document_is_made_good_by_its_source(shop: Shop) -> None:
    shop.built()
    for path in shop.output.glob("store/documents/*.jsonl"):
        path.write_bytes(path.read_bytes().replace(b"makes", b"fakes"))
    shop.built()
    assert shop.digests() == shop.clean(ONE)


def test_a_damaged_document_does_not_leave_the_graph_unseen(shop: Shop) -> None:
    shop.built()
    before = shop.seen()
    for path in shop.output.glob("store/documents/*.jsonl"):
        path.write_bytes(path.read_bytes().replace(b"Tarnwald makes Sails", b"Tarnwald makes Soils"))
    told = shop.build(sources=["docs/a.txt", "docs/c.txt"])
    assert told["code"] == ERROR
    assert "the document docs/b.txt is damaged" in told["said"]
    assert "name its source as well" in told["said"]
    assert shop.seen() == before
    shop.built()
    assert shop.seen() == before


def test_a_damaged_document_goes_with_its_source(shop: Shop) -> None:
    shop.built()
    for path in shop.output.glob("store/documents/*.jsonl"):
        path.write_bytes(path.read_bytes()[:40])
    left = {"a": ONE["a"], "c": ONE["c"]}
    shop.write(left)
    shop.built()
    assert shop.digests() == shop.clean(left)


@pytest.mark.parametrize("name", ["XXH128SUMS", "manifest.json", "quads/CURRENT"])
@pytest.mark.parametrize("spoilt", [True, False])
def test_a_published_file_that_is_gone_or_spoilt_is_published_anew(shop: Shop, name: str, *, spoilt: bool) -> None:
    shop.built()
    (path,) = shop.output.glob(f"store/published/*/{name}")
    if spoilt:
        path.write_bytes(path.read_bytes().replace(b"0", b"1"))
    else:
        path.unlink()
    told = shop.children.read(shop.output)
    assert told["code"] == ERROR
    assert "kg build may mend it" in told["said"]
    shop.built()
    assert shop.digests() == shop.clean(ONE)


def test_a_state_without_quads_is_damage_and_no_endless_wait(shop: Shop) -> None:
    shop.built()
    (quads,) = shop.output.glob("store/published/*/quads")
    shutil.rmtree(quads)
    told = shop.children.read(shop.output)
    assert (told["code"], "it holds no quads" in told["said"]) == (ERROR, True)
    shop.built()
    assert shop.digests() == shop.clean(ONE)
