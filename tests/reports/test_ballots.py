"""Paper ballots: one page for each item in the order of the agenda, readable, twice where they fit, without a fault."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from audit.core.bank_loader import bank_ids, load_bank
from audit.core.workshops import GROUP_LIMIT, MOST_GROUPS, AgendaItem, Plan
from audit.reports.ballots import NO_NAME, BallotPack, build_ballots
from audit.reports.build import Cover
from audit.reports.pdf.ballots import render_ballots
from audit.reports.wording import typographic
from audit.reports.workshop_words import SURE
from tests.reports.reading import poppler
from tests.reports.tagged import failures, structure, texts_under

COVER = Cover("Testshire", "Autumn workshop", "21 November 2026", subtitle="Autumn 2026, whole service")
GROUPS = ("Council", "Health", "Police", "Schools")
WIDEST = tuple(f"{number:02} {'W' * (GROUP_LIMIT - 3)}" for number in range(MOST_GROUPS))
LEVELS = range(5)


def pack_of(
    bank_id: str = "recommendations",
    items: tuple[str, ...] = (),
    groups: tuple[str, ...] = (),
    title: str = "Autumn workshop",
    cover: Cover = COVER,
) -> BallotPack:
    bank = load_bank(bank_id)
    agenda = tuple(AgendaItem(item_id, 10) for item_id in items or bank.items)
    return build_ballots(Plan(title, agenda, groups=groups), bank, cover)


def pages_of(data: bytes) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(BytesIO(data)).pages]


def test_after_the_guide_there_is_a_page_for_each_item_in_the_order_of_the_agenda() -> None:
    guide, *pages = pages_of(render_ballots(pack_of(items=("R7", "R1", "R12"))))
    assert [page.split()[0] for page in pages] == ["R7", "R1", "R12"]
    assert guide.startswith("Paper ballots: Autumn workshop Testshire, Autumn 2026, whole service")
    assert "in the order of the agenda: three conditions" in guide


def test_a_ballot_has_the_items_words_with_all_levels_and_whose_it_is() -> None:
    bank, pack = load_bank("recommendations"), pack_of(groups=GROUPS)
    _, *pages = pages_of(render_ballots(pack))
    for page, item in zip(pages, bank.items.values(), strict=True):
        assert typographic(item.title) in page
        assert typographic(item.prompt) in page
        for level in bank.scale.levels:
            assert typographic(f"{level.number} {level.name}. {item.descriptors[level.number]}") in page
        for words in ("Don’t know", "Not applicable", *SURE.values(), *GROUPS, NO_NAME, "Testshire. Autumn workshop"):
            assert words in page


def test_every_choice_has_an_empty_box_that_says_what_it_is_for() -> None:
    boxes = texts_under(render_ballots(pack_of(items=("R1",), groups=GROUPS)), "/Alt")
    choices = [*(f"level {number}" for number in LEVELS), "Don't know", "Not applicable", *SURE.values(), *GROUPS]
    assert boxes == [f"Box for {choice}" for choice in choices]


def test_without_groups_none_are_asked_for() -> None:
    data = render_ballots(pack_of(items=("R1",)))
    assert "group" not in " ".join(pages_of(data))
    assert len(texts_under(data, "/Alt")) == len(LEVELS) + 2 + len(SURE)


@pytest.mark.parametrize("bank_id", bank_ids())
def test_a_ballot_stands_twice_on_its_page_and_is_read_once(bank_id: str, tmp_path: Path) -> None:
    pack = pack_of(bank_id, groups=GROUPS)
    data = render_ballots(pack)
    guide, *pages = pages_of(data)
    assert "Print half as many copies as people" in guide
    assert "dashed line" in guide
    assert len(pages) == len(pack.ballots)
    assert all(page.count(NO_NAME) == 2 for page in pages)
    assert structure(data, tmp_path).count(NO_NAME) == len(pack.ballots)


@pytest.mark.parametrize("bank_id", bank_ids())
def test_where_half_a_page_is_too_small_a_ballot_has_a_whole_one(bank_id: str) -> None:
    pack = pack_of(bank_id, groups=WIDEST)
    guide, *pages = pages_of(render_ballots(pack))
    assert "Print as many copies as people" in guide
    assert "dashed line" not in guide
    assert len(pages) == len(pack.ballots)
    assert all(page.count(NO_NAME) == 1 for page in pages)
    for group in WIDEST:
        assert all(group in re.sub(r"(?<=W) (?=W)", "", page) for page in pages)


@pytest.mark.parametrize("groups", [(), GROUPS, WIDEST], ids=["no groups", "four groups", "widest groups"])
def test_nothing_but_whose_it_is_is_smaller_than_11_points(groups: tuple[str, ...]) -> None:
    sizes: dict[float, str] = {}
    for page in PdfReader(BytesIO(render_ballots(pack_of(groups=groups)))).pages[1:]:

        def note(text: str, _: object, matrix: list[float], __: object, size: float) -> None:
            if text.strip():
                sizes[round(size * matrix[3], 2)] = text

        page.extract_text(visitor_text=note)
    assert {size for size in sizes if size < 11} == {8.5}
    assert max(sizes) > 20
    assert sizes[8.5].strip() == "Testshire. Autumn workshop"


def test_no_text_reaches_the_edge_of_the_paper_or_the_line_to_cut_along(tmp_path: Path) -> None:
    for name, groups in (("twice", GROUPS), ("once", WIDEST)):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(render_ballots(pack_of("key-ingredients", groups=groups)))
        words = re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"',
            poppler("pdftotext", "-f", "2", "-bbox", path, "-"),
        )
        assert len(words) > 20 * 100
        for left, top, right, bottom in (map(float, word) for word in words):
            assert left > 30
            assert right < 595 - 30
            assert top > 15
            assert bottom < 842 - 15
            if name == "twice":
                assert bottom < 421 - 10 or top > 421 + 10


def test_the_guide_says_how_ballots_are_counted_and_what_becomes_of_them() -> None:
    guide, *_ = pages_of(render_ballots(pack_of(items=("R1",), groups=GROUPS)))
    for words in (
        "a vote and a ballot of the same person would count twice",
        "Sort the ballots by group",
        "Somebody else counts again without seeing them.",
        "If fewer than 3 vote on an item, the votes are not shown.",
        "Destroy the ballots when the workshop is closed.",
    ):
        assert words in guide


def test_bookmarks_lead_to_each_ballot() -> None:
    outline = PdfReader(BytesIO(render_ballots(pack_of(items=("R7", "R2"))))).outline
    bank = load_bank("recommendations")
    names = [f"{item_id} {typographic(bank.items[item_id].title)}" for item_id in ("R7", "R2")]
    assert [getattr(each, "title", "") for each in outline] == ["How to use these ballots", *names]


@pytest.mark.parametrize("bank_id", bank_ids())
@pytest.mark.parametrize("groups", [(), GROUPS, WIDEST], ids=["no groups", "four groups", "widest groups"])
def test_no_pack_has_a_fault(bank_id: str, groups: tuple[str, ...]) -> None:
    assert failures(render_ballots(pack_of(bank_id, groups=groups))) == []


@pytest.mark.parametrize("text", ["W" * 120, "😀 \u202e<b>x</b> & HACK-151", "{bottom} %s"])
def test_any_title_and_group_makes_a_pack_without_a_fault(text: str) -> None:
    data = render_ballots(pack_of(items=("R1",), groups=(text[:60],), title=text))
    assert failures(data) == []


def test_an_illustrative_reading_is_marked_on_every_page() -> None:
    pages = pages_of(render_ballots(pack_of(cover=replace(COVER, notice="Illustrative reading"))))
    assert all("Illustrative reading" in page for page in pages)


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert render_ballots(pack_of(items=("R1",))) == render_ballots(pack_of(items=("R1",)))
