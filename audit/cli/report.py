"""``plumbline report``: the gap report of an answers file, as PDF, DOCX, XLSX, HTML or JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from audit.cli.inputs import checked_name, choose_weighting, read_answers
from audit.cli.options import answers_argument, bank_options, chosen_bank, weighting_option
from audit.cli.outputs import write_whole
from audit.cli.today import today
from audit.core.bank import Bank, Weighting
from audit.core.errors import UsageError
from audit.core.library_loader import load_library
from audit.core.responses import Answers
from audit.core.scorecard import score_answers
from audit.reports.build import Cover, build_report
from audit.reports.gap_report import GapReport, Length

TITLE = "Gap report"
# A report with the bank and the answers that it was built from.
Renderer = Callable[[GapReport, Bank, Answers], bytes]


@click.command()
@answers_argument
@bank_options
@weighting_option
@click.option("--authority", required=True, metavar="NAME", help="Whose report it is.")
@click.option("--title", default=TITLE, show_default=True, metavar="TEXT")
@click.option(
    "--length",
    type=click.Choice([length.value for length in Length]),
    default=Length.FULL.value,
    show_default=True,
    help="brief: summary, priorities and plan. full: with the evidence. appendix: with every gap and every answer.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="FILE.pdf, .docx, .xlsx, .html or .json",
)
def report(
    answers: Path,
    bank_id: str | None,
    bank_file: Path | None,
    weighting: str | None,
    authority: str,
    title: str,
    length: str,
    output: Path,
) -> None:
    """Write the gap report of the answers in a CSV, JSON or XLSX file."""
    render = renderer_for(output)
    if output.resolve() == answers.resolve():
        raise UsageError(f"{output} holds the answers. Choose another name for the report.")
    cover = Cover(checked_name(authority, "authority"), checked_name(title, "title"), today())
    bank = chosen_bank(bank_id, bank_file, load_library().by_id)
    chosen = choose_weighting(bank, weighting)
    given = read_answers(answers, bank)
    made = make_report(bank, chosen, given, cover, Length(length))
    write_whole(output, render(made, bank, given))
    click.echo(f"{output}: {summary_line(made)}")


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
    renderers: dict[str, Renderer] = {".pdf": _pdf, ".docx": _docx, ".xlsx": _xlsx, ".html": _html, ".json": _json}
    suffix = output.suffix.casefold()
    if suffix not in renderers:
        *others, last = renderers
        raise UsageError(f"{output} must end in {', '.join(others)} or {last}.")
    return renderers[suffix]


# The libraries behind each format take time to import, and one run needs one of them.
def _pdf(made: GapReport, *_: object) -> bytes:
    from audit.reports.pdf.render import render_pdf

    return render_pdf(made)


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
