"""``plumbline demo``: the demonstration answers and their reports."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from audit.cli.outputs import make_folder, write_whole
from audit.cli.report_files import make_report, renderer_for, summary_line
from audit.cli.today import today
from audit.core.bank_loader import load_bank
from audit.core.demonstrations import NOTICE, Demonstration, load_demonstrations
from audit.core.errors import UsageError
from audit.reports.build import Cover
from audit.reports.gap_report import GapReport

FORMATS = (".pdf", ".html")


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option("--into-store", is_flag=True, help="Bring the audits into the instance instead of writing files.")
def demo(folder: Path | None, into_store: bool) -> None:
    """Write demonstration answers and their reports into DIR.

    They are illustrative readings of published evaluations, not assessments by the councils.
    """
    if (folder is None) != into_store:
        raise UsageError("Name a folder, or give --into-store.")
    if folder is None:
        _bring_in()
    else:
        _write(folder)
    click.echo("Illustrative readings of published evaluations: each rating cites the findings it rests on.")


def _bring_in() -> None:
    from audit.cli.instance import DEMONSTRATION_LEAD, workplace
    from audit.operations.demonstrating import bring_in
    from audit.operations.people import known_person

    place = workplace()
    person = known_person(place, DEMONSTRATION_LEAD, "Demonstration lead")
    for demonstration in load_demonstrations():
        authority = bring_in(place, person, demonstration)
        click.echo(f"{authority.slug}: {demonstration.bank_id} answered")


def _write(folder: Path) -> None:
    make_folder(folder)
    lines: list[str] = []
    steps = [(each, suffix) for each in load_demonstrations() for suffix in FORMATS]
    with click.progressbar(steps, label="Demonstration reports", file=sys.stderr) as bar:
        for demonstration, suffix in bar:
            bank = load_bank(demonstration.bank_id)
            answers = demonstration.answers(bank)
            made = demonstration_report(demonstration)
            path = folder / f"{demonstration.name}{suffix}"
            write_whole(path, renderer_for(path)(made, bank, answers))
            if suffix == FORMATS[0]:
                shutil.copyfile(demonstration.path, folder / demonstration.path.name)
                lines.append(f"{path}\n  {made.authority}, {made.bank.title}: {summary_line(made)}")
                lines += [f"  {sentence}" for sentence in made.headline.sentences]
    click.echo("\n".join(lines))


def demonstration_report(demonstration: Demonstration) -> GapReport:
    """The gap report of a demonstration, marked as an illustrative reading."""
    bank = load_bank(demonstration.bank_id)
    cover = Cover(
        authority=demonstration.authority,
        title=demonstration.title,
        made_on=today(),
        notice=NOTICE,
        about=demonstration.about,
    )
    return make_report(bank, bank.weightings[0], demonstration.answers(bank), cover)
