"""``plumbline report``: the gap report of an answers file, as PDF, HTML or JSON."""

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
    help="FILE.pdf, .html or .json",
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
    """Write the gap report of the answers in a CSV or JSON file."""
    render = renderer_for(output)
    if output.resolve() == answers.resolve():
        raise UsageError(f"{output} holds the answers. Choose another name for the report.")
    cover = Cover(checked_name(authority, "authority"), checked_name(title, "title"), today())
    bank = chosen_bank(bank_id, bank_file, load_library().by_id)
    chosen = choose_weighting(bank, weighting)
    made = make_report(bank, chosen, read_answers(answers, bank), cover, Length(length))
    write_whole(output, render(made))
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


def renderer_for(output: Path) -> Callable[[GapReport], bytes]:
    """What turns a report into the bytes of a file with this name. Raises UsageError for another suffix."""
    renderers = {".pdf": _pdf, ".html": _html, ".json": _json}
    suffix = output.suffix.casefold()
    if suffix not in renderers:
        raise UsageError(f"{output} must end in .pdf, .html or .json.")
    return renderers[suffix]


# The libraries behind each format take time to import, and one run needs one of them.
def _pdf(made: GapReport) -> bytes:
    from audit.reports.pdf.render import render_pdf

    return render_pdf(made)


def _html(made: GapReport) -> bytes:
    from audit.reports.html import render_html

    return render_html(made).encode()


def _json(made: GapReport) -> bytes:
    from audit.reports.json_report import render_json

    return render_json(made).encode()
