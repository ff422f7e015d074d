"""``plumbline form``: the published form as PDF, blank or filled."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.inputs import checked_name, read_answers
from audit.cli.options import bank_options, chosen_bank
from audit.cli.outputs import write_whole
from audit.cli.today import today
from audit.core.errors import UsageError
from audit.core.library_loader import load_library
from audit.reports.build import Cover
from audit.reports.form import Form, build_form, publication_of
from audit.reports.wording import counted


@click.command()
@click.argument("answers", type=click.Path(path_type=Path), required=False)
@bank_options
@click.option("--authority", metavar="NAME", help="Whose form it is.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE.pdf")
def form(
    answers: Path | None, bank_id: str | None, bank_file: Path | None, authority: str | None, output: Path
) -> None:
    """Write the form to print for a meeting: blank, or filled with the answers in a CSV, JSON or XLSX file."""
    if output.suffix.casefold() != ".pdf":
        raise UsageError(f"{output} must end in .pdf.")
    if answers is not None and output.resolve() == answers.resolve():
        raise UsageError(f"{output} holds the answers. Choose another name for the form.")
    bank = chosen_bank(bank_id, bank_file)
    given = None if answers is None else read_answers(answers, bank)
    name = "" if authority is None else checked_name(authority, "authority")
    cover, publication = Cover(name, bank.title, today()), publication_of(bank, load_library())
    made = build_form(bank, cover, given, publication, ours=bank_file is None)
    write_whole(output, _pdf(made))
    click.echo(f"{output}: {'blank' if made.blank else 'filled'}, {counted(len(bank.items), bank.item_noun)}.")


def _pdf(made: Form) -> bytes:
    # The library behind PDF takes time to import, and a faulty call need not wait for it.
    from audit.reports.pdf.form import render_form

    return render_form(made)
