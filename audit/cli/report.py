"""``plumbline report``: the gap report of an answers file, or of each answers file in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from audit.cli.batch import Batch, carried_banks, write_batch
from audit.cli.batch_files import REPORTS
from audit.cli.inputs import checked_name, choose_weighting, read_answers
from audit.cli.options import bank_options, chosen_bank, weighting_option
from audit.cli.outputs import write_whole
from audit.cli.report_files import FORMATS, make_report, renderer_for, summary_line
from audit.cli.today import today
from audit.core.bank import Bank
from audit.core.errors import UsageError
from audit.core.library_loader import load_library
from audit.reports.build import Cover
from audit.reports.gap_report import Length

TITLE = "Gap report"


@dataclass(frozen=True)
class Wanted:
    """The options that one report and a folder of reports share, as they were given."""

    bank_id: str | None
    bank_file: Path | None
    weighting: str | None
    title: str
    length: str

    def bank(self) -> Bank:
        """The bank that the options name. Raises UsageError unless it is exactly one."""
        return chosen_bank(self.bank_id, self.bank_file, load_library().by_id)


@click.command()
@click.argument("answers", type=click.Path(path_type=Path), required=False)
@click.option(
    "--all-audits",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write a report of every answers file in DIR.",
)
@bank_options
@weighting_option
@click.option("--authority", metavar="NAME", help="Whose report it is.")
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
    metavar="FILE",
    help=f"FILE.pdf, .docx, .xlsx, .html or .json. With --all-audits a folder: DIR/{REPORTS} if left out.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Only with --all-audits: pdf if left out.")
@click.option("--overwrite", is_flag=True, help="Only with --all-audits: write reports that are there already anew.")
def report(
    answers: Path | None,
    folder: Path | None,
    authority: str | None,
    output: Path | None,
    form: str | None,
    overwrite: bool,
    **shared: Any,
) -> None:
    """Write the gap report of the answers in a CSV, JSON or XLSX file.

    With --all-audits DIR, write one report for each such file in DIR and in the folders below it. A folder in DIR is
    called after its authority, and so is a file that stands in DIR itself: "st-helens.csv" is St Helens. Each file is
    about the bank whose items it has, unless --bank names one. A report is called after its folder and file. One that
    is there already stays as it is, because you may have edited it. A faulty file does not stop the others.
    """
    wanted = Wanted(**shared)
    if folder is None:
        _refuse({"--format": form, "--overwrite": overwrite}, "goes with --all-audits DIR only.")
        _write_one(answers, authority, output, wanted)
    else:
        _refuse({"ANSWERS": answers, "--authority": authority}, "does not go with --all-audits. Leave one of them out.")
        _write_all(folder, output, form or FORMATS[0], wanted, overwrite=overwrite)


def _refuse(given: dict[str, object], problem: str) -> None:
    for name, value in given.items():
        if value:
            raise UsageError(f"{name} {problem}")


def _write_one(answers: Path | None, authority: str | None, output: Path | None, wanted: Wanted) -> None:
    if answers is None:
        raise UsageError("Name an answers file, or a folder of them with --all-audits DIR.")
    if authority is None:
        raise click.MissingParameter(param_type="option", param_hint="'--authority'")
    if output is None:
        raise click.MissingParameter(param_type="option", param_hint="'-o' / '--output'")
    render = renderer_for(output)
    if output.resolve() == answers.resolve():
        raise UsageError(f"{output} holds the answers. Choose another name for the report.")
    cover = Cover(checked_name(authority, "authority"), checked_name(wanted.title, "title"), today())
    bank = wanted.bank()
    chosen = choose_weighting(bank, wanted.weighting)
    given = read_answers(answers, bank)
    made = make_report(bank, chosen, given, cover, Length(wanted.length))
    write_whole(output, render(made, bank, given))
    click.echo(f"{output}: {summary_line(made)}")


def _write_all(folder: Path, output: Path | None, form: str, wanted: Wanted, *, overwrite: bool) -> None:
    if output is not None and output.suffix.casefold().lstrip(".") in FORMATS:
        raise UsageError(f"{output} is the name of a file. With --all-audits, -o names a folder.")
    named = wanted.bank_id is not None or wanted.bank_file is not None
    write_batch(
        Batch(
            folder=folder,
            output=output or folder / REPORTS,
            form=form,
            banks=(wanted.bank(),) if named else carried_banks(),
            weighting=wanted.weighting,
            title=checked_name(wanted.title, "title"),
            made_on=today(),
            length=Length(wanted.length),
            overwrite=overwrite,
        )
    )
