"""A build that is killed, at whatever step: readers see whole states only, and the next build makes all good."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest

from tests.crash.workshop import ONE, OTHER, Shop

KILLED = -signal.SIGKILL


def spread(steps: int, points: int) -> list[int]:
    """So many numbers of steps, evenly spread from the first step to the last."""
    assert steps >= points
    return [round(n * (steps - 1) / (points - 1)) for n in range(points)]


def test_a_first_build_killed_anywhere(shop: Shop) -> None:
    clean = shop.clean(ONE)
    steps = shop.built()
    for step in spread(steps, 10):
        shutil.rmtree(shop.output, ignore_errors=True)
        assert shop.build(kill=step)["code"] == KILLED
        assert shop.seen() in (None, clean["quads"]), step
        shop.built()
        assert shop.digests() == clean, step


@pytest.mark.parametrize(("anew", "points"), [(False, 10), (True, 10)])
def test_an_update_killed_anywhere(shop: Shop, *, anew: bool, points: int) -> None:
    clean = {name: shop.clean(texts) for name, texts in (("one", ONE), ("other", OTHER))}
    texts = {"one": ONE, "other": OTHER}
    shop.write(ONE)
    shop.built()
    steps = {}
    for name in ("other", "one"):
        shop.write(texts[name])
        steps[name] = shop.built(clean=anew)
    chance = random.Random(7)
    former = "one"
    for name, step in zip(cycle(("other", "one")), spread(min(steps.values()), points), strict=False):
        shop.write(texts[name])
        assert shop.build(kill=step, clean=anew)["code"] == KILLED
        assert shop.seen() in (clean[former]["quads"], clean[name]["quads"]), step
        again = chance.randrange(40)
        if step % 2:  # the build that makes good is killed as well
            assert shop.build(kill=again)["code"] == KILLED
            assert shop.seen() in (clean[former]["quads"], clean[name]["quads"]), (step, again)
        shop.built()
        assert shop.digests() == clean[name], (step, again)
        former = name


def test_a_build_that_changes_nothing_killed_anywhere(shop: Shop) -> None:
    clean = shop.clean(ONE)
    shop.built()
    for step in spread(shop.built(), 5):
        assert shop.build(kill=step)["code"] == KILLED
        assert shop.seen() == clean["quads"]
        shop.built()
        assert shop.digests() == clean, step


@pytest.mark.parametrize(
    "name", ["graph.ttl", "graph.trig", "graph.html", "store/report.json", "report.json", "XXH128SUMS", "published/2"]
)
def test_a_build_killed_before_a_file_is_in_its_place(shop: Shop, name: str) -> None:
    """The next build finds nothing to read, and yet makes all files agree."""
    clean = shop.clean(ONE)
    shop.write(OTHER)
    shop.built()
    shop.write(ONE)
    assert shop.build(before=name)["code"] == KILLED
    assert shop.seen() != clean["quads"]
    shop.built()
    assert shop.digests() == clean


def test_a_build_killed_at_any_moment(shop: Shop) -> None:
    """Inside the database's own code, too, where no step is counted."""
    texts = {"one": ONE, "other": OTHER}
    clean = {name: shop.clean(texts[name]) for name in texts}
    shop.write(ONE)
    started = time.perf_counter()
    shop.built()
    took = time.perf_counter() - started
    former = "one"
    for name, after in zip(cycle(("other", "one")), [took * part / 8 for part in range(8)], strict=False):
        shop.write(texts[name])
        assert shop.build(after=after)["code"] in (KILLED, 0)
        assert shop.seen() in (clean[former]["quads"], clean[name]["quads"])
        shop.built()
        assert shop.digests() == clean[name], after
        former = name


def test_a_writer_killed_as_it_begins_does_not_hide_what_another_left(shop: Shop) -> None:
    """Else the work of the first would never be published: the next build finds nothing to change."""
    shop.built()
    shop.write(OTHER)
    steps = shop.built()
    shop.write(ONE)
    assert shop.build(kill=steps - 15)["code"] == KILLED
    for step in range(8):
        assert shop.build(kill=step)["code"] == KILLED
        assert (shop.output / "store" / "lock").read_bytes() != b""
    shop.built()
    assert shop.digests() == shop.clean(ONE)


@pytest.mark.model
def test_the_command_killed_at_several_points(tmp_path: Path) -> None:
    for name, text in (("a", "Pelikan Mills makes boats."), ("b", "Tarnwald Ltd acquired Pelikan Mills."), ("c", "X.")):
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "docs" / f"{name}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    points: list[Callable[[], bool]] = [
        lambda: len(list(out.glob("store/documents/*.jsonl"))) >= 1,
        lambda: len(list(out.glob("store/documents/*.jsonl"))) >= 3,
        (out / "graph.trig").exists,
    ]
    for reached in points:
        process = _command(tmp_path, "out")
        while not reached() and process.poll() is None:
            time.sleep(0.001)
        process.kill()
        assert process.wait() == KILLED
    assert _command(tmp_path, "out").wait() == 0
    assert _command(tmp_path, "clean").wait() == 0
    for name in ("graph.ttl", "graph.trig", "graph.html", "report.json"):
        assert (out / name).read_bytes() == (tmp_path / "clean" / name).read_bytes(), name


def _command(folder: Path, output: str) -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-m", "kg", "build", "-q", "docs", "-o", output]
    return subprocess.Popen(arguments, cwd=folder, env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""})
