"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import click

from audit.core.bank import Bank
from audit.core.bank_loader import load_bank, load_bank_file
from audit.core.errors import UsageError

Command = Callable[..., Any]

answers_argument = click.argument("answers", type=click.Path(path_type=Path))


def bank_options(command: Command) -> Command:
    """``--bank ID`` and ``--bank-file FILE``; :func:`chosen_bank` turns them into the bank."""
    command = click.option(
        "--bank-file", type=click.Path(path_type=Path), metavar="FILE", help="A bank file of your own."
    )(command)
    return click.option("--bank", "bank_id", metavar="ID", help='A bank by id: see "plumbline bank list".')(command)


def chosen_bank(bank_id: str | None, bank_file: Path | None, known_findings: Collection[str] | None = None) -> Bank:
    """The bank that the options name. Raises UsageError unless exactly one of them is given."""
    if bank_id is not None and bank_file is None:
        return load_bank(bank_id, known_findings)
    if bank_file is not None and bank_id is None:
        return load_bank_file(bank_file, known_findings)
    raise UsageError("Name a bank, either with --bank ID or with --bank-file FILE.")


weighting_option = click.option("--weighting", metavar="NAME", help="A weighting of the bank; its first if left out.")
