"""How far people agree on each item, of everyone and by group, as files to work on.

Every format shows the same rows, and none of them more than a page does.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from audit.core.agreement import Spread
from audit.core.answer_writing import as_text
from audit.core.bank import Bank
from audit.core.moderation import Agreement, ItemSpread
from audit.reports.agreement_words import agreement_passage, agreement_sentences, measure
from audit.reports.wording import capital, level_words

EVERYONE = "Everyone"
FORMAT = "plumbline-agreement/1"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"csv": "text/csv", "json": "application/json", "xlsx": _XLSX}


@dataclass(frozen=True)
class TeamRow:
    """What is shown of one group on one item, all in words and numbers as they are printed.

    ``shown`` is ``yes`` or ``no``; where it is no, all after it is empty. ``levels`` counts people by level number.
    """

    item: str
    title: str
    group: str
    shown: str
    answered: int | None = None
    levels: tuple[int | None, ...] = ()
    not_applicable: int | None = None
    dont_know: int | None = None
    lower_median: int | None = None
    consensus: str = ""
    agreement: str = ""


@dataclass(frozen=True)
class TeamTable:
    """The rows of an audit, everyone's and those of groups, with what to know about them.

    ``stands`` says by item id what counts for the team now. ``levels`` names the levels by number.
    """

    levels: Mapping[int, str]
    everyone: tuple[TeamRow, ...]
    groups: tuple[TeamRow, ...]
    stands: Mapping[str, str]
    notes: tuple[str, ...]


def team_table(
    bank: Bank, spreads: Sequence[ItemSpread], stands: Mapping[str, str], smallest: int, agreement: Agreement | None
) -> TeamTable:
    """The table of what may be shown. ``stands`` says by item id what counts for the team now."""
    numbers = bank.scale.numbers
    total = len(bank.items)
    return TeamTable(
        levels={level.number: level_words(level) for level in bank.scale.levels},
        everyone=tuple(_row(bank, each, EVERYONE, each.spread, numbers) for each in spreads),
        groups=tuple(_row(bank, each, group.name, group.spread, numbers) for each in spreads for group in each.groups),
        stands=stands,
        notes=(
            *agreement_sentences(agreement, total, bank.item_noun),
            f"Nothing is shown of fewer than {smallest} people who answered, nor of a group that would give away so "
            "few.",
            *[line for passage in agreement_passage(agreement, bank.item_noun) for line in passage.paragraphs],
        ),
    )


def _row(bank: Bank, each: ItemSpread, group: str, spread: Spread | None, numbers: Sequence[int]) -> TeamRow:
    title = bank.items[each.item_id].title
    if spread is None:
        # How many answered at all is told of everyone only: for groups, it could be taken off the total.
        answered = each.answered if group == EVERYONE else None
        return TeamRow(each.item_id, title, group, "no", answered, (None,) * len(numbers))
    return TeamRow(
        item=each.item_id,
        title=title,
        group=group,
        shown="yes",
        answered=spread.answered,
        levels=tuple(spread.levels[number] for number in numbers),
        not_applicable=spread.not_applicable,
        dont_know=spread.dont_know,
        lower_median=spread.lower_median,
        consensus=measure(spread.consensus),
        agreement=capital(spread.accord.value),
    )


def render_team_file(table: TeamTable, form: str, title: str) -> bytes:
    """The table as the bytes of a file: ``csv``, ``json`` or ``xlsx``. ``title`` says whose it is."""
    if form == "xlsx":
        # Imported here, because that module is made of this one.
        from audit.reports.xlsx.team_book import render_team_book

        return render_team_book(table, title)
    return (_csv(table) if form == "csv" else _json(table, title)).encode()


def columns(table: TeamTable) -> list[str]:
    """The headings of the columns."""
    named = [each.name for each in fields(TeamRow)]
    at = named.index("levels")
    return [*named[:at], *(f"level {number}" for number in table.levels), *named[at + 1 :], "team_stands_at"]


def cells(table: TeamTable, row: TeamRow) -> list[str | int | None]:
    """A row in the order of the columns."""
    before = [row.item, row.title, row.group, row.shown, row.answered]
    after = [row.not_applicable, row.dont_know, row.lower_median, row.consensus, row.agreement]
    stands = table.stands.get(row.item, "") if row.group == EVERYONE else ""
    return [*before, *row.levels, *after, stands]


def _csv(table: TeamTable) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns(table))
    for row in (*table.everyone, *table.groups):
        values = ["" if value is None else str(value) for value in cells(table, row)]
        writer.writerow([as_text(value) for value in values])
    return file.getvalue()


def _json(table: TeamTable, title: str) -> str:
    document = {
        "format": FORMAT,
        "title": title,
        "notes": table.notes,
        "levels": table.levels,
        "everyone": [
            {**_entry(table, row), "team_stands_at": table.stands.get(row.item, "")} for row in table.everyone
        ],
        "by_group": [_entry(table, row) for row in table.groups],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _entry(table: TeamTable, row: TeamRow) -> dict[str, object]:
    entry = {**asdict(row), "shown": row.shown == "yes"}
    entry["levels"] = dict(zip(table.levels, row.levels, strict=True)) if row.shown == "yes" else None
    return entry
