"""Writing the gap reports of a folder of answers files, one after the other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from audit.cli.batch_files import OTHER_SHEETS, AnswersFile, find_answers
from audit.cli.inputs import NAME_LIMIT, choose_weighting, read_data
from audit.cli.outputs import make_folder, write_whole
from audit.cli.report_files import make_report, renderer_for
from audit.core.answered_bank import answered_bank
from audit.core.bank import Bank
from audit.core.bank_loader import bank_ids, load_bank
from audit.core.errors import PlumblineError, UsageError
from audit.reports.build import Cover
from audit.reports.gap_report import Length
from audit.reports.wording import plural
from audit.reports.xlsx.reading import answer_rows, parse_answer_file


@dataclass(frozen=True)
class Batch:
    """What to write: the folder with the answers and the one for the reports, and how each report is made.

    ``form`` is a format of :data:`audit.cli.report_files.FORMATS`. ``banks`` are those that the answers may be about.
    """

    folder: Path
    output: Path
    form: str
    banks: tuple[Bank, ...]
    weighting: str | None
    title: str
    made_on: str
    length: Length
    overwrite: bool


def carried_banks() -> tuple[Bank, ...]:
    """The banks that Plumbline carries."""
    return tuple(map(load_bank, bank_ids()))


def write_batch(batch: Batch) -> None:
    """Write a report for each answers file of the folder, with a line on standard output for each.

    A fault costs a line on standard error, and no other report. Where there was one, UsageError is raised at the end,
    and says how many reports were written all the same.
    """
    found = find_answers(batch.folder, batch.output, f".{batch.form}")
    _check_weighting(batch)
    bar = sys.stderr.isatty()
    faults = list(found.unread)
    outcomes: list[bool] = []
    lines: list[str] = []
    for file in _watched(found.files) if bar else found.files:
        try:
            written, line = _write(file, batch)
        except PlumblineError as fault:
            faults.append(str(fault))
            continue
        outcomes.append(written)
        # A line would tear the bar apart.
        (lines.append if bar else click.echo)(_one_line(line))
    for line in lines:
        click.echo(line)
    for line in faults:
        click.echo(f"plumbline: {_one_line(line)}", err=True)
    _sum_up(batch.output, outcomes.count(True), outcomes.count(False), len(faults))


def _watched(files: tuple[AnswersFile, ...]) -> Iterator[AnswersFile]:
    with click.progressbar(files, label="Gap reports", show_pos=True, file=sys.stderr) as shown:
        yield from shown


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _sum_up(output: Path, written: int, kept: int, refused: int) -> None:
    """Say what was done. Raises UsageError with these words if a file was refused."""
    said = f"{written} {plural('report', written)} written to {output}" if written else "No report written"
    if kept:
        said += f", {kept} already there and left alone (--overwrite replaces)"
    if refused:
        raise UsageError(f"{said}, {refused} {plural('file', refused)} refused.")
    click.echo(f"{said}.")


def _check_weighting(batch: Batch) -> None:
    """Refuse a weighting that no bank has, once instead of for each file. Raises UsageError."""
    known = {weighting.name for bank in batch.banks for weighting in bank.weightings}
    if batch.weighting is not None and batch.weighting not in known:
        choose_weighting(batch.banks[0], batch.weighting)


def _write(file: AnswersFile, batch: Batch) -> tuple[bool, str]:
    """Whether the report was written, and a line that says so. Raises PlumblineError if the file is refused.

    A faulty file is refused even where its report is there already.
    """
    authority = _authority(file)
    data, source = read_data(file.path), str(file.path)
    bank = _bank(data, source, batch.banks)
    answers = parse_answer_file(data, source, bank)
    if file.report.exists() and not batch.overwrite:
        return False, f"{file.report}: was there already and stays as it is."
    cover = Cover(authority, batch.title, batch.made_on)
    made = make_report(bank, choose_weighting(bank, batch.weighting), answers, cover, batch.length)
    data = renderer_for(file.report)(made, bank, answers)
    make_folder(batch.output)
    write_whole(file.report, data)
    return True, f"{file.report}: {authority}, {bank.id}."


def _authority(file: AnswersFile) -> str:
    if file.path.suffix.casefold() in OTHER_SHEETS:
        raise UsageError(f"{file.path} is in a format that Plumbline does not read. Save it as XLSX.")
    if not file.authority:
        problem = "does not say whose answers it holds. Name it after the authority, or put it into a folder so named."
        raise UsageError(f"{file.path} {problem}")
    if len(file.authority) > NAME_LIMIT or not file.authority.isprintable():
        raise UsageError(
            f"{file.path} stands for an authority whose name is longer than {NAME_LIMIT} characters, or not printable. "
            "Rename the file or its folder."
        )
    return file.authority


def _bank(data: bytes, source: str, banks: tuple[Bank, ...]) -> Bank:
    """The bank that the answers are about. Raises UsageError where they do not show it."""
    if len(banks) == 1:
        return banks[0]
    found = answered_bank(answer_rows(data, source), banks)
    if found is None:
        known = " or ".join(bank.id for bank in banks)
        raise UsageError(f"{source} has no items that show whether it is about {known}. Name the bank with --bank.")
    return found
