"""``plumbline template``: an empty answers file."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.answers_out import answers_writer
from audit.cli.options import bank_options, chosen_bank
from audit.cli.outputs import write_whole
from audit.core.errors import UsageError
from audit.core.responses import Answers


@click.command()
@bank_options
@click.option("--prompts", is_flag=True, help="Add rows for opening questions and supplementary prompts.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE", help="FILE.csv or .xlsx"
)
def template(bank_id: str | None, bank_file: Path | None, prompts: bool, output: Path) -> None:
    """Write an empty answers file, one row per item, to fill in with a spreadsheet."""
    bank = chosen_bank(bank_id, bank_file)
    empty = answers_writer(output, ".csv", ".xlsx")(bank, Answers(), prompts)
    if output.exists() and output.read_bytes() not in (b"", empty):
        raise UsageError(f"{output} exists already and may hold answers. Choose another name, or remove it first.")
    write_whole(output, empty)
    levels = ", ".join(f"{level.number} {level.name}" for level in bank.scale.levels)
    click.echo(f"{output}: {len(bank.items)} items to rate.")
    click.echo(f"Rating: {levels}; na with a reason; dk for don't know; or leave it empty.")
    click.echo("Confidence: low, medium or high. Target: a level, if it is not the default.")
    click.echo("Never name a child or a family, or give details of a case.")
