"""A gap report as the bytes of a file, in the format that the file's name asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from audit.core.bank import Bank, Weighting
from audit.core.errors import UsageError
from audit.core.library_loader import load_library
from audit.core.responses import Answers
from audit.core.scorecard import score_answers
from audit.reports.build import Cover, build_report
from audit.reports.gap_report import GapReport, Length

# A report with the bank and the answers that it was built from.
Renderer = Callable[[GapReport, Bank, Answers], bytes]


def make_report(
    bank: Bank, weighting: Weighting, answers: Answers, cover: Cover, length: Length = Length.FULL
) -> GapReport:
    """The gap report of answers to a bank, with the findings that Plumbline carries."""
    return build_report(score_answers(bank, answers, weighting), answers, load_library(), cover, length=length)


def summary_line(made: GapReport) -> str:
    """The score and the first priority in a line."""
    score = "not yet scored" if made.headline.percent is None else f"{made.headline.percent}%, {made.headline.band}"
    first = f"; look first at {made.priorities[0].item_id} {made.priorities[0].title}" if made.priorities else ""
    return f"{score}{first}."


def renderer_for(output: Path) -> Renderer:
    """What turns a report into the bytes of a file with this name. Raises UsageError for another suffix."""
    suffix = output.suffix.casefold()
    if suffix not in _RENDERERS:
        *others, last = _RENDERERS
        raise UsageError(f"{output} must end in {', '.join(others)} or {last}.")
    return _RENDERERS[suffix]


# The libraries behind each format take time to import, and one run needs one of them.
def _pdf(made: GapReport, bank: Bank, answers: Answers) -> bytes:
    from audit.reports.proof.pdf import render_checkable_pdf

    return render_checkable_pdf(made, bank, answers)


def _docx(made: GapReport, *_: object) -> bytes:
    from audit.reports.docx.render import render_docx

    return render_docx(made)


def _xlsx(made: GapReport, bank: Bank, answers: Answers) -> bytes:
    from audit.reports.xlsx.render import render_xlsx

    return render_xlsx(made, bank, answers)


def _html(made: GapReport, *_: object) -> bytes:
    from audit.reports.html import render_html

    return render_html(made).encode()


def _json(made: GapReport, *_: object) -> bytes:
    from audit.reports.json_report import render_json

    return render_json(made).encode()


_RENDERERS: dict[str, Renderer] = {".pdf": _pdf, ".docx": _docx, ".xlsx": _xlsx, ".html": _html, ".json": _json}
FORMATS = tuple(suffix.lstrip(".") for suffix in _RENDERERS)
