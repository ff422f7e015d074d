"""The published form, blank or filled: which rows stand on which page, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.core.bank import Bank, Item
from audit.core.evidence import Publication
from audit.core.library import Library
from audit.core.responses import Answers, RatingState, Response
from audit.reports.build import Cover
from audit.reports.details import said
from audit.reports.item_parts import Said
from audit.reports.wording import COLUMN_TITLES, READ_TITLES, level_words

# The published self-audit has 7 rows on its first page and 5 on its second.
ROWS = 7
FEW = 4
CARE = "Never name a child or a family, and give no details of a case."
TO_FILL_IN = "Authority: ______________________________   Date: ______________"


@dataclass(frozen=True)
class FormRow:
    """An item with its three cells. ``standing`` is the rating and target in words, or empty."""

    item_id: str
    title: str
    prompt: str
    standing: str
    said: Said


@dataclass(frozen=True)
class FormPage:
    """The rows that share a page, under the title of their section."""

    section: str
    rows: tuple[FormRow, ...]


@dataclass(frozen=True)
class Form:
    """The whole form. ``whose`` stands on top of each page, ``foot`` below, ``notice`` on each page if there is one.

    ``made_on`` is the day in words, ``accent`` a colour ``#rrggbb`` or empty, ``titles`` those of the three columns.
    """

    title: str
    whose: str
    foot: str
    notice: str
    made_on: str
    accent: str
    blank: bool
    titles: tuple[str, ...]
    pages: tuple[FormPage, ...]


def build_form(
    bank: Bank,
    cover: Cover,
    answers: Answers | None = None,
    publication: Publication | None = None,
    *,
    ours: bool = True,
) -> Form:
    """The form of a bank, filled with ``answers`` or blank without.

    ``publication`` is where the rows come from, or None where it is not known. ``ours`` says that the bank is one of
    Plumbline's own, and so its wording.
    """
    given = answers or Answers()
    whose = ", ".join(part for part in (cover.authority, cover.subtitle) if part)
    return Form(
        title=cover.title,
        whose=whose or ("" if answers else TO_FILL_IN),
        foot=f"{_origin(bank, publication, levels=answers is not None, ours=ours)} {CARE}",
        notice=cover.notice,
        made_on=cover.made_on,
        accent=cover.accent,
        blank=answers is None,
        titles=READ_TITLES if cover.notice else COLUMN_TITLES,
        pages=tuple(
            FormPage(section, tuple(_row(bank, item, given.of(item.id)) for item in items))
            for section, items in _pages(bank)
        ),
    )


def publication_of(bank: Bank, library: Library) -> Publication | None:
    """The publication that a bank's rows come from, or None where the library knows no finding of it."""
    return library.publications.get(bank.publication)


def _pages(bank: Bank) -> Iterator[tuple[str, Sequence[Item]]]:
    """The items of each page, under the title of the section that holds them itself."""
    for section in [bank.root, *bank.root.sections()]:
        items = [child for child in section.children if isinstance(child, Item)]
        for count in page_sizes(len(items)):
            yield section.title, items[:count]
            items = items[count:]


def page_sizes(count: int) -> list[int]:
    """How many of a section's rows stand on each of its pages.

    Pages are filled one after the other, 7 and 5 as published. Where that would leave few rows for the last page, the
    rows are spread evenly.
    """
    full, rest = divmod(count, ROWS)
    if full and 0 < rest < FEW:
        least, more = divmod(count, full + 1)
        return [least + 1] * more + [least] * (full + 1 - more)
    return [ROWS] * full + [rest] * (rest > 0)


def _row(bank: Bank, item: Item, response: Response) -> FormRow:
    return FormRow(item.id, item.title, item.prompt, _standing(bank, response), said(response))


def _standing(bank: Bank, response: Response) -> str:
    if response.level is not None:
        target = bank.default_target if response.target is None else bank.scale.level(response.target)
        return f"Level {level_words(bank.scale.level(response.level))}; target {level_words(target)}"
    if response.state is RatingState.NOT_APPLICABLE:
        return f"{response.state.words}: {response.reason}"
    return response.state.words if response.state is RatingState.DONT_KNOW else ""


def _origin(bank: Bank, publication: Publication | None, *, levels: bool, ours: bool) -> str:
    """Where the rows come from, and whose the wording is."""
    name = f"question bank {bank.id}, version {bank.version}"
    if publication is None:
        return f"Rows and wording: {bank.title} ({name}), after {bank.publication}, {bank.source.place}."
    named = f'"{publication.title}" ({publication.authors}, {publication.published}), {bank.source.place}'
    if not ours:
        return f"Rows and wording: {bank.title} ({name}), after {named}."
    own = "The wording and the levels are" if levels else "The wording is"
    return f"The rows come from {named}. {own} Plumbline's own ({name})."
