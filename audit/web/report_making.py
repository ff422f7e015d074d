"""Making the gap report of an audit: the sheet, its cover and what is known beside it."""

from __future__ import annotations

from dataclasses import replace

from audit.core.demonstrations import NOTICE
from audit.core.library_loader import load_library
from audit.operations.rounds import rounds_around
from audit.operations.sheets import Sheet, sheet_to_read
from audit.reports.build import Cover, build_report
from audit.reports.gap_report import GapReport, Length, SignedOff
from audit.reports.grounds import Around
from audit.reports.proof.pdf import render_checkable_pdf
from audit.reports.wording import listed
from audit.web.access import current_person, workplace
from audit.web.filters import day
from audit.web.scopes import round_words
from audit.web.team import one_of_several

TITLE = "Gap report"


def sheet_here(slug: str, audit_id: int) -> Sheet:
    """The audit with the answers that who is signed in reads as its result."""
    return sheet_to_read(workplace(), current_person(), slug, audit_id)


def around(sheet: Sheet, *, signed: bool = False) -> Around:
    """What is known beside the answers of a sheet; for a report that is ``signed``, from audits that are as well."""
    rounds = rounds_around(workplace(), current_person(), sheet, signed=signed)
    beside = [entry for each in rounds.beside for entry in each.scorecard().items]
    return Around(
        evidence=sheet.links,
        first=rounds.first,
        beside={entry.item.id: entry.level for entry in beside if entry.level},
        beside_named=listed([f"{each.bank.title}, {each.audit.details.period}" for each in rounds.beside]),
        agreement=sheet.agreement,
        workshops=sheet.workshops,
    )


def whose(sheet: Sheet) -> str:
    """What the name of a file says of whose answers it holds: nothing for a team's, or for the only ones there are."""
    return "own answers" if one_of_several(sheet) else ""


def cover_of(sheet: Sheet, title: str, *, blank: bool = False) -> Cover:
    """What stands on the cover of a file made from a sheet; ``blank`` for one without its answers."""
    opened = sheet.audit.details
    one = "" if blank or not one_of_several(sheet) else ", one person's own answers"
    return Cover(
        authority=sheet.authority.name,
        title=title,
        made_on=day(workplace().now()),
        notice=NOTICE if opened.illustrative else "",
        about=opened.illustrative,
        subtitle=round_words(opened) + one,
        accent=sheet.authority.accent,
    )


def made_report(sheet: Sheet, length: Length) -> GapReport:
    """The gap report of a sheet."""
    return report_with(sheet, length, around(sheet))


def made_pdf(sheet: Sheet, length: Length) -> bytes:
    """The gap report of a sheet as a PDF that carries its answers."""
    known = around(sheet)
    weighting = sheet.scorecard().weighting
    return render_checkable_pdf(report_with(sheet, length, known), sheet.bank, sheet.answers, known, weighting)


def report_with(sheet: Sheet, length: Length, known: Around, signed_off: SignedOff | None = None) -> GapReport:
    """The gap report of a sheet with what is known beside it, and with what a signed version says of itself."""
    cover = replace(cover_of(sheet, TITLE), signed_off=signed_off)
    return build_report(sheet.scorecard(), sheet.answers, load_library(), cover, known, length)
