"""Decisions made on the page are those that Python reads from the file that it gives."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg import decisions
from kg.decisions import Accept, Apart, Merge, Reject
from kg.view import write_page
from tests.view.browser.pages import HOSTILE, Opened, sentences, texts_of
from tests.view.conftest import C

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from kg.decisions import Decision, Line
    from tests.view.conftest import Maker

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "script" / "node_modules" / "axe-core" / "axe.min.js"
TARNHELM, QVISTREN = "Tarnhelm Optics GmbH", "Qvistren Sensors AS"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def review_page(optics: Maker, folder: Path) -> Path:
    path = folder / "review.html"
    write_page(optics, path, title="Optics", whole=texts_of(optics.quads), review=True)
    return path


@pytest.fixture(scope="module")
def letters_review(letters: Maker, folder: Path) -> Path:
    path = folder / "letters-review.html"
    write_page(letters, path, title="Letters", review=True)
    return path


@dataclass
class Bar:
    """A page under review."""

    opened: Opened

    def __post_init__(self) -> None:
        self.page = self.opened.page
        self.node = self.page.locator("#review")

    def button(self, words: str) -> Locator:
        return self.node.get_by_role("button", name=words)

    def choose(self, label: str) -> None:
        self.opened.kg("state.set({ entity: argument, statement: -1 })", self.opened.number(label))

    def verdict(self, words: str, does: str) -> Locator:
        """A button at the first sentence of a statement."""
        group = self.page.locator("#details").get_by_role("group", name=words, exact=True).first
        return group.get_by_role("button", name=does)

    def pair(self, does: str, words: str) -> None:
        self.page.locator("#details").get_by_role("button", name=does).click()
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")

    def written(self, folder: Path) -> tuple[Line, ...]:
        """What the file says that the page gives."""
        with self.page.expect_download() as download:
            self.button("Download").click()
        assert download.value.suggested_filename == "decisions.jsonl"
        download.value.save_as(folder / "downloaded.jsonl")
        found = decisions.read(folder / "downloaded.jsonl")
        assert found.problems == ()
        return found.lines


def _plain(found: Decision | Line) -> Decision | Line:
    """Without who and when."""
    values = {name: getattr(found, name) for name in found.__struct_fields__ if name not in ("who", "when")}
    return type(found)(**values)


def test_what_is_clicked_is_in_force(
    show: Callable[..., Opened], optics: Maker, review_page: Path, tmp_path: Path
) -> None:
    bar = Bar(show(review_page))
    tarnhelm, qvistren = optics.iris[TARNHELM], optics.iris[QVISTREN]
    assert bar.button("0 decisions").is_disabled()
    assert bar.button("Download").is_disabled()
    bar.page.get_by_label("Your name").fill(" Ann ")
    bar.choose(TARNHELM)
    accept = bar.verdict(f"{TARNHELM} headquartered in Jena", "accept")
    accept.click()
    assert accept.get_attribute("aria-pressed") == "true"
    reject = bar.verdict(f"{TARNHELM} makes ClearBand filter", "reject")
    reject.click()
    group = bar.page.get_by_role("group", name=f"{TARNHELM} makes ClearBand filter").first
    group.get_by_role("textbox").fill("another one's")
    group.get_by_role("textbox").press("Tab")
    bar.verdict(f"{TARNHELM} makes Tarnhelm T4 microscope", "reject").click()
    bar.verdict(f"{TARNHELM} makes Tarnhelm T4 microscope", "reject").click()
    bar.pair("Merge with", "brackwater")
    bar.pair("Keep apart", "qvistren")
    assert bar.button("4 decisions").is_visible()
    assert "Not downloaded yet" in bar.node.inner_text()
    lines = bar.written(tmp_path)
    assert [_plain(one) for one in decisions.in_force(lines)] == [
        Accept(
            tarnhelm,
            C + "headquarteredIn",
            optics.iris["Jena"],
            "press/tarnhelm-2019",
            "Tarnhelm Optics GmbH, based in Jena, employs 420 people.",
        ),
        Reject(
            tarnhelm,
            C + "makes",
            optics.iris["ClearBand filter"],
            "press/tarnhelm-2019",
            "The ClearBand filter, also by Tarnhelm, is older.",
            why="another one's",
        ),
        Merge((tarnhelm, optics.iris["Brackwater Lenses Ltd"])),
        Apart((tarnhelm, qvistren)),
    ]
    assert all(one.who == "Ann" and len(one.when) == len("2026-01-02T03:04:05Z") for one in lines)
    assert "Downloaded" in bar.node.inner_text()
    assert bar.opened.complaints == []
    assert [url for url in bar.opened.requests if not url.startswith(("file:", "blob:"))] == []


def test_a_value_is_named_as_it_is_stored(
    show: Callable[..., Opened], optics: Maker, review_page: Path, tmp_path: Path
) -> None:
    bar = Bar(show(review_page))
    bar.choose("Brackwater Lenses Ltd")
    bar.page.locator("#details .values summary").first.click()
    bar.page.locator("#details .values").get_by_role("button", name="accept").click()
    [found] = bar.written(tmp_path)
    sold = Accept(
        optics.iris["Brackwater Lenses Ltd"],
        C + "soldFor",
        "31000000 EUR",
        "press/tarnhelm-2019",
        "Tarnhelm paid 31 million euros for it.",
    )
    assert _plain(found) == sold


def test_sentences_are_whole_whatever_their_letters(
    show: Callable[..., Opened], letters_review: Path, tmp_path: Path
) -> None:
    bar = Bar(show(letters_review, "#stance=asserted,reported"))
    for label in ("Zoë Ångström", "観致汽車", "𝔘nicode 🎡 Works"):
        bar.choose(label)
        open_ = bar.page.locator("#details .verdict button[data-do=accept][aria-pressed=false]")
        while open_.count():
            open_.first.click()
    found = {one.sentence for one in bar.written(tmp_path) if isinstance(one, Accept)}
    assert found == {
        "🎢🎠 Then 𝔘nicode 🎡 Works bought 観致汽車 🎉🎉.",
        "👩‍🚀 Zoë Ångström 🧵 sews for 𝔘nicode 🎡 Works.",
        "創業者はZoë Ångström、𠮷野さん。",
    }


def test_hostile_words_stay_words(show: Callable[..., Opened], hostile: Maker, folder: Path, tmp_path: Path) -> None:
    write_page(hostile, folder / "hostile-review.html", title=HOSTILE[1], review=True)
    bar = Bar(show(folder / "hostile-review.html"))
    bar.page.get_by_label("Your name").fill(HOSTILE[0])
    for label in HOSTILE:
        bar.choose(label)
        bar.page.locator("#details .verdict button[data-do=reject]").first.click()
        bar.page.locator("#details .verdict input").first.fill(label)
        bar.page.keyboard.press("Tab")
    bar.pair("Merge with", "bold")
    bar.node.locator("button").first.click()
    assert bar.page.title() == HOSTILE[1]
    assert bar.page.locator("#decisions img, #decisions b").count() == 0
    bar.page.keyboard.press("Escape")
    found = bar.written(tmp_path)
    assert {one.who for one in found} == {HOSTILE[0]}
    assert {one.why for one in found if isinstance(one, Reject)} <= set(HOSTILE)
    assert {one.sentence for one in found if isinstance(one, Reject)} <= {
        text for places in sentences(hostile.quads).values() for text in places.values()
    }
    assert bar.opened.complaints == []


def test_decisions_are_seen_wherever_the_sentence_is(show: Callable[..., Opened], review_page: Path) -> None:
    bar = Bar(show(review_page))
    words = "Brackwater Lenses Ltd headquartered in Whitby"
    bar.choose("Brackwater Lenses Ltd")
    bar.verdict(words, "reject").click()
    bar.choose("Whitby")
    assert bar.verdict(words, "reject").get_attribute("aria-pressed") == "true"
    assert bar.verdict(words, "accept").get_attribute("aria-pressed") == "false"
    bar.button("1 decision").click()
    dialog = bar.page.locator("#decisions")
    assert "Brackwater of Whitby keeps its name." in dialog.inner_text()
    dialog.get_by_role("button", name="take back").click()
    bar.page.keyboard.press("Escape")
    assert bar.verdict(words, "reject").get_attribute("aria-pressed") == "false"
    assert bar.button("0 decisions").is_visible()


def test_merging_after_keeping_apart_is_one_decision(
    show: Callable[..., Opened], optics: Maker, review_page: Path, tmp_path: Path
) -> None:
    bar = Bar(show(review_page))
    bar.choose(TARNHELM)
    bar.pair("Keep apart", "qvistren")
    bar.choose(QVISTREN)
    assert "not the same" in bar.opened.details()
    bar.pair("Merge with", QVISTREN)  # itself
    assert bar.button("1 decision").is_visible()
    bar.choose(TARNHELM)
    bar.pair("Merge with", "qvistren")
    [found] = bar.written(tmp_path)
    assert _plain(found) == Merge((optics.iris[TARNHELM], optics.iris[QVISTREN]))
    bar.page.locator("#details .pairs").get_by_role("button", name="take back").click()
    assert bar.button("0 decisions").is_visible()


def test_by_keys_alone(show: Callable[..., Opened], empty: Callable[[], Maker], folder: Path, tmp_path: Path) -> None:
    made = empty()
    made.document("d")
    for label in "ABC":
        made.entity(label, "Person")
    for number, (one, other, sure) in enumerate([("A", "B", "0.6"), ("B", "C", "0.5"), ("C", "A", "0.9")]):
        made.say(one, "knows", other, f"Sentence {number}.", "d", confidence=sure)
    write_page(made, folder / "doubtful.html", review=True)
    bar = Bar(show(folder / "doubtful.html"))
    assert bar.button("Next doubtful (2)").is_visible()
    for key in ("n", "Enter", "n", "Tab", "Enter", "n"):
        bar.page.keyboard.press(key)
    assert bar.button("Nothing doubtful is left").is_disabled()
    found = [(one.do, one.sentence) for one in bar.written(tmp_path) if isinstance(one, Accept | Reject)]
    assert found == [("accept", "Sentence 1."), ("reject", "Sentence 0.")]
    bar.page.keyboard.press("?")
    assert "the next doubtful statement" in bar.page.locator("#help").inner_text()


def test_leaving_asks_while_something_is_not_downloaded(
    show: Callable[..., Opened], review_page: Path, tmp_path: Path
) -> None:
    bar = Bar(show(review_page))
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]

    bar.page.on("dialog", stay)
    bar.choose(TARNHELM)
    bar.verdict(f"{TARNHELM} headquartered in Jena", "accept").click()
    bar.page.reload()
    assert asked == ["beforeunload"]
    bar.page.wait_for_selector("#review")
    assert bar.button("1 decision").is_visible(), "what was not downloaded is kept"
    bar.button("Clear").click()
    assert bar.button("0 decisions").is_visible()
    bar.button("Bring back").click()
    assert len(bar.written(tmp_path)) == 1
    bar.page.reload()
    assert asked == ["beforeunload"]
    bar.page.wait_for_selector("#review")
    assert bar.button("0 decisions").is_visible(), "what was downloaded is not"


@pytest.mark.parametrize(
    ("scheme", "viewport"), [("light", None), ("dark", None), ("light", PHONE)], ids=["light", "dark", "phone"]
)
def test_axe_finds_nothing_under_review(
    show: Callable[..., Opened], review_page: Path, scheme: str, viewport: dict[str, int] | None
) -> None:
    if not AXE.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("axe-core is not installed: npm ci in tests/script")
        pytest.skip("axe-core is not installed: npm ci in tests/script")
    bar = Bar(show(review_page, color_scheme=scheme, **({"viewport": viewport} if viewport else {})))
    bar.page.evaluate(AXE.read_text(encoding="utf-8"))

    def faults() -> list[str]:
        found = bar.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
        return [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found]

    assert faults() == []
    bar.choose(TARNHELM)
    bar.verdict(f"{TARNHELM} headquartered in Jena", "accept").click()
    bar.verdict(f"{TARNHELM} makes ClearBand filter", "reject").click()
    bar.pair("Keep apart", "qvistren")
    bar.page.locator("#details").get_by_role("button", name="Merge with").click()
    bar.page.keyboard.type("o")
    assert faults() == []
    bar.page.keyboard.press("Escape")
    bar.button("3 decisions").click()
    assert faults() == []
    bar.page.keyboard.press("Escape")
    for control in bar.page.locator("#review button:enabled, #details .verdict button").all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    box = bar.node.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= (viewport or {"height": 800})["height"]


def test_a_page_that_is_not_for_review_has_none_of_it(show: Callable[..., Opened], optics_page: Path) -> None:
    opened = show(optics_page, "#n=00001")
    assert opened.page.locator("#review, .verdict, .pairs").count() == 0
