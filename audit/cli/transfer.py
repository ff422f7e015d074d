"""``plumbline import`` and ``plumbline export``: answers from a file into the store, and back."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.answers_out import answers_writer
from audit.cli.inputs import read_answers
from audit.cli.instance import audit_options, chosen_audit, chosen_person, workplace
from audit.cli.options import answers_argument
from audit.cli.outputs import write_whole
from audit.core.bank_loader import load_bank
from audit.core.responses import Answers
from audit.operations.importing import import_answers
from audit.operations.sheets import own_sheet
from audit.reports.wording import counted


@click.command("import")
@answers_argument
@audit_options
def import_file(answers: Path, slug: str, audit_id: int | None, email: str) -> None:
    """Save the answers in a CSV, JSON or XLSX file as new revisions, all or none."""
    place = workplace()
    person = chosen_person(place, email)
    membership, audit = chosen_audit(place, person, slug, audit_id)
    read = read_answers(answers, load_bank(audit.details.bank_id))
    changed = import_answers(place, person, slug, audit.id, read)
    click.echo(f"{membership.authority.name}, audit {audit.id}: {counted(changed, 'answer')} changed.")


@click.command("export")
@audit_options
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE", help="FILE.csv, .json or .xlsx"
)
def export_file(slug: str, audit_id: int | None, email: str, output: Path) -> None:
    """Write the answers in a form that import and score read."""
    writer = answers_writer(output, ".csv", ".json", ".xlsx")
    place = workplace()
    person = chosen_person(place, email)
    membership, audit = chosen_audit(place, person, slug, audit_id)
    sheet = own_sheet(place, person, slug, audit.id)
    given = sheet.responses
    answers = Answers(
        {name: given[name] for name in sheet.bank.items if name in given},
        {name: given[name] for name in sheet.bank.prompts if name in given},
    )
    write_whole(output, writer(sheet.bank, answers, True))
    click.echo(f"{output}: {counted(len(answers.items), 'answer')} of {membership.authority.name}, audit {audit.id}.")
